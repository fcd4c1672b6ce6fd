"""Units, beds, who lies where, and how many are free."""

from django.db.models import Count, Q
from django_filters import rest_framework as filters

from accounts.models import CHART, EVERYONE, Role
from patients.models import Patient
from patients.views import Filters, Reads, Told, Verb, unset

from ..actions import beds
from ..models import Bed, BedBlock, BedStay, Unit
from ..serializers import (
    BedBlockSerializer,
    BedSerializer,
    BedStaySerializer,
    BlockInput,
    BoardSerializer,
    CensusSerializer,
    MoveBedInput,
    UnitSerializer,
)

KNOWS_BEDS = CHART | {Role.ADMIN}
MOVES = frozenset({Role.NURSE, Role.PRESCRIBER, Role.COUNSELOR, Role.SUPERVISOR, Role.INTAKE})
BLOCKS = frozenset({Role.NURSE, Role.SUPERVISOR, Role.TECHNICIAN, Role.ADMIN})


class Units(Reads):
    """Wards and houses of the user's places."""

    model = Unit
    serializer_class = UnitSerializer
    allowed_roles = KNOWS_BEDS
    place = "facility"
    filterset_fields = ["facility"]


class BedFilters(Filters):
    """Where, and free?"""

    facility = filters.UUIDFilter("unit__facility")
    free = filters.BooleanFilter(method="by_free")

    class Meta:
        model = Bed
        fields = ["unit"]

    def by_free(self, rows, name, value):
        """Nobody lies in it, nobody is kept for, and it is not blocked."""
        return rows.filter(pk__in=Bed.objects.free()) if value else rows.exclude(pk__in=Bed.objects.free())


class Beds(Reads):
    """Beds of the user's places."""

    model = Bed
    serializer_class = BedSerializer
    allowed_roles = KNOWS_BEDS
    place = "unit__facility"
    related = ("unit",)
    filterset_class = BedFilters


class BedStayFilters(Filters):
    """Still there?"""

    open = unset("ended_at")

    class Meta:
        model = BedStay
        fields = ["patient", "facility", "placement", "bed"]


class BedStays(Reads):
    """Who lies where."""

    model = BedStay
    serializer_class = BedStaySerializer
    filterset_class = BedStayFilters
    told = (
        Told("placement", "in bed {bed__unit__name} {bed__label}", "{move_reason}", at="began_at", by="began_by"),
        Told("placement", "bed {bed__unit__name} {bed__label} given up", at="ended_at", by="ended_by"),
    )


class BedBlockFilters(Filters):
    """Ended by hand?"""

    open = unset("ended_at")
    unit = filters.UUIDFilter("bed__unit")

    class Meta:
        model = BedBlock
        fields = ["bed", "reason"]


class BedBlocks(Reads):
    """Beds that cannot be used for a while."""

    model = BedBlock
    serializer_class = BedBlockSerializer
    allowed_roles = KNOWS_BEDS
    place = "bed__unit__facility"
    related = ("bed__unit__facility",)
    filterset_class = BedBlockFilters


class Board(Reads):
    """Each bed: free, taken, kept or blocked, and by whom for those who may see them."""

    model = Bed
    serializer_class = BoardSerializer
    allowed_roles = KNOWS_BEDS
    place = "unit__facility"
    related = ("unit__facility",)
    filterset_fields = ["unit", "unit__facility"]

    def get_queryset(self):
        """With its state; whoever may not see the person is told that the bed is taken."""
        return super().get_queryset().on_board(Patient.objects.visible_to(self.request.user, CHART))

    def paginate_queryset(self, queryset):
        """A page; the access log is told about everybody named on it."""
        rows = super().paginate_queryset(queryset)
        self.request.patients.update(bed.patient_shown for bed in rows if bed.patient_shown)
        return rows


class MoveBed(Verb):
    """treatment.actions.beds.move"""

    noun, answer = BedStay, BedStay
    name, label = "move", "Move to another bed"
    description = "One stay ends and the next begins, with the reason; the program stays as it is."
    allowed_roles = MOVES
    serializer_class = MoveBedInput

    def act(self, row, data, by):
        """Move."""
        return beds.move(row, **data, by=by)


class Block(Verb):
    """treatment.actions.beds.block"""

    noun, answer = Bed, BedBlock
    name, label = "block", "Block the bed"
    description = "Nobody can be put in it, until then or until it is unblocked."
    allowed_roles = BLOCKS
    serializer_class = BlockInput

    def act(self, row, data, by):
        """Block."""
        return beds.block(row, **data, by=by)


class Unblock(Verb):
    """treatment.actions.beds.unblock"""

    noun = BedBlock
    name, label = "unblock", "Unblock"
    description = "The bed can be used again."
    allowed_roles = BLOCKS

    def act(self, row, data, by):
        """Unblock."""
        return beds.unblock(row, **data, by=by)


class Census(Reads):
    """Beds taken, kept and free, unit by unit; nobody's name."""

    model = Unit
    serializer_class = CensusSerializer
    allowed_roles = EVERYONE
    place = "facility"
    filterset_fields = ["facility"]

    def get_queryset(self):
        """With the counts."""
        here = Q(beds__stays__ended_at=None, beds__stays__id__isnull=False, beds__stays__entered_in_error_at=None)
        away = Q(beds__stays__held_until_at__isnull=False)
        return (
            super()
            .get_queryset()
            .annotate(
                bed_count=Count("beds", distinct=True),
                taken=Count("beds", filter=here & ~away, distinct=True),
                kept=Count("beds", filter=here & away, distinct=True),
            )
        )
