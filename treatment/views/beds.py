"""Units, beds, who lies where, and how many are free."""

from django.db.models import Q
from django.utils import timezone
from django_filters import rest_framework as filters

from accounts.models import CHART, EVERYONE, Role
from audit.problems import Problem
from patients.models import Episode, Patient
from patients.serializers import CLOCKS_DIFFER
from patients.views import Filters, Reads, Told, Verb, unset
from patients.views.errors import mark_error

from ..actions import beds, holds
from ..models import Bed, BedBlock, BedHold, BedRestriction, BedStay, Placement, Unit
from ..serializers import (
    AssignBedInput,
    BedBlockSerializer,
    BedHoldSerializer,
    BedRestrictionSerializer,
    BedSerializer,
    BedStaySerializer,
    BlockInput,
    BoardSerializer,
    CensusSerializer,
    HoldBedInput,
    MoveBedInput,
    RestrictInput,
    UnitSerializer,
)

KNOWS_BEDS = CHART | {Role.ADMIN}
MOVES = frozenset({Role.NURSE, Role.PRESCRIBER, Role.COUNSELOR, Role.SUPERVISOR, Role.INTAKE})
RESTRICTS = frozenset({Role.SUPERVISOR, Role.ADMIN})
BLOCKS = frozenset({Role.NURSE, Role.SUPERVISOR, Role.TECHNICIAN, Role.ADMIN})


class Units(Reads):
    """Wards and houses of the user's places."""

    model = Unit
    serializer_class = UnitSerializer
    allowed_roles = KNOWS_BEDS
    place = "facility"
    filterset_fields = ["facility"]

    @classmethod
    def whole(cls, rows):
        """With whom its beds are for."""
        return rows.with_restrictions()


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

    @classmethod
    def whole(cls, rows):
        """With whom it is for."""
        return super().whole(rows).with_restrictions()


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


class BedRestrictionFilters(Filters):
    """In force still?"""

    open = unset("ended_at")

    class Meta:
        model = BedRestriction
        fields = ["unit", "bed", "kind"]


class BedRestrictions(Reads):
    """For whom beds are kept."""

    model = BedRestriction
    serializer_class = BedRestrictionSerializer
    allowed_roles = KNOWS_BEDS
    related = ("unit__facility", "bed__unit__facility")
    filterset_class = BedRestrictionFilters

    @classmethod
    def seen_by(cls, user, roles):
        """Those at the user's places, of a bed as of a unit."""
        places = user.places_as(roles)
        return cls.model.objects.filter(Q(unit__facility__in=places) | Q(bed__unit__facility__in=places))


class BedHoldFilters(Filters):
    """Not ended by hand?"""

    open = unset("ended_at")

    class Meta:
        model = BedHold
        fields = ["patient", "facility", "episode", "bed", "outcome"]


class BedHolds(Reads):
    """Beds held for people who are expected."""

    model = BedHold
    serializer_class = BedHoldSerializer
    filterset_class = BedHoldFilters
    told = (
        Told(
            "placement",
            "bed {bed__unit__name} {bed__label} held",
            "until {until_at}",
            "{reason}",
            at="held_at",
            by="held_by",
        ),
        Told(
            "placement", "hold of bed {bed__unit__name} {bed__label} ended", "{outcome}", at="ended_at", by="ended_by"
        ),
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
    needs = beds.move.needs

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
    needs = beds.block.needs

    def act(self, row, data, by):
        """Block."""
        return beds.block(row, **data, by=by)


class Unblock(Verb):
    """treatment.actions.beds.unblock"""

    noun = BedBlock
    name, label = "unblock", "Unblock"
    description = "The bed can be used again."
    allowed_roles = BLOCKS
    needs = beds.unblock.needs

    def act(self, row, data, by):
        """Unblock."""
        return beds.unblock(row, **data, by=by)


class AssignBed(Verb):
    """treatment.actions.beds.assign"""

    noun, answer = Placement, BedStay
    name, label = "assign-bed", "Give a bed"
    description = "A bed for somebody who is here, in a program with beds, and lies in none."
    allowed_roles = MOVES
    serializer_class = AssignBedInput
    needs = beds.assign.needs

    def act(self, row, data, by):
        """Assign."""
        return beds.assign(row, **data, by=by)


class HoldBed(Verb):
    """treatment.actions.holds.hold_bed"""

    noun, answer = Episode, BedHold
    name, label = "hold-bed", "Hold a bed"
    description = "Keep a free bed for the person, who is expected; it is free again by itself in time."
    allowed_roles = MOVES
    serializer_class = HoldBedInput
    needs = holds.hold_bed.needs

    def act(self, row, data, by):
        """Hold."""
        return holds.hold_bed(row, **data, by=by)


class ReleaseHold(Verb):
    """treatment.actions.holds.release_hold"""

    noun = BedHold
    name, label = "release-hold", "Release the bed"
    description = "The bed is free again before its time."
    allowed_roles = MOVES
    needs = holds.release_hold.needs

    def act(self, row, data, by):
        """Release."""
        return holds.release_hold(row, **data, by=by)


class Restrict(Verb):
    """treatment.actions.beds.restrict"""

    noun, answer = Unit, BedRestriction
    name, label = "restrict", "Keep for some people"
    description = "Every bed of it is for these people; others get one with a coded reason."
    allowed_roles = RESTRICTS
    serializer_class = RestrictInput

    def act(self, row, data, by):
        """Restrict."""
        return beds.restrict(row, **data, by=by)


class RestrictBed(Verb):
    """treatment.actions.beds.restrict"""

    noun, answer = Bed, BedRestriction
    name, label = "restrict", "Keep for some people"
    description = "The bed is for these people; others get it with a coded reason."
    allowed_roles = RESTRICTS
    serializer_class = RestrictInput

    def act(self, row, data, by):
        """Restrict."""
        return beds.restrict(row, **data, by=by)


class LiftRestriction(Verb):
    """treatment.actions.beds.lift"""

    noun = BedRestriction
    name, label = "lift", "Lift"
    description = "The bed, or the unit, is for anybody again."
    allowed_roles = RESTRICTS
    needs = beds.lift.needs

    def act(self, row, data, by):
        """Lift."""
        return beds.lift(row, **data, by=by)


MarkBedStayError = mark_error(BedStay)
MarkBedHoldError = mark_error(BedHold)


class CensusFilters(Filters):
    """Where, and when?"""

    at = filters.IsoDateTimeFilter(method="at_moment", help_text="now, when left out; nothing is known of the future")

    class Meta:
        model = Unit
        fields = ["facility"]

    def at_moment(self, rows, name, value):
        """As it stood then. Raises in_the_future."""
        if value > timezone.now() + CLOCKS_DIFFER:
            raise Problem(400, "in_the_future", "Nobody knows yet how the beds will stand then.")
        return rows.census(value)


class Census(Reads):
    """How the beds of each unit stand, or stood; nobody's name."""

    model = Unit
    serializer_class = CensusSerializer
    allowed_roles = EVERYONE
    place = "facility"
    filterset_class = CensusFilters

    def get_queryset(self):
        """With how each of its beds stands."""
        return super().get_queryset().census()
