"""Units, beds, who lies where, and for whom beds are kept."""

from django.contrib import admin
from django.utils import timezone

from patients.admin import RecordAdmin
from patients.admin.forms import OFFERS
from patients.admin.places import PlaceAdmin
from patients.admin.records import yes_no
from patients.admin.words import NOTHING, at

from ..models import Bed, BedBlock, BedHold, BedRestriction, BedStay, Placement, Program, Unit
from ..models.beds import BedState, state_at
from .words import PEOPLE, unset

SHOWN = {BedState.ON_LEAVE: "taken", BedState.OFFERED: "held", BedState.EXPECTED: "held"}


def in_short(state):
    """How a bed stands, without a word about whose it is."""
    return SHOWN.get(state, BedState.TAKEN if state == BedState.HELD else state)


def with_places(rows):
    """[(row, what it is called)]: with its place, where these are of several, whose units may be called alike."""
    several = len({place for _, place in rows}) > 1
    return [(row, f"{place}, {row}" if several else str(row)) for row, place in rows]


def offered_beds(rows, row=None):
    """Free beds first; one that is not says why. Whoever is placed already is offered the beds of that place."""
    if isinstance(row, (BedStay, Placement)):
        rows = rows.filter(unit__facility=row.facility_id)
    stood = dict(Bed.objects.filter(pk__in=rows.values("pk")).values_list("pk", state_at()))
    beds = with_places([(bed, bed.unit.facility) for bed in rows.select_related("unit__facility")])
    beds.sort(key=lambda bed: (stood[bed[0].pk] != BedState.FREE, bed[1]))
    why = {pk: "" if state == BedState.FREE else f" ({in_short(state)})" for pk, state in stood.items()}
    return [(bed.pk, f"{words}{why[bed.pk]}") for bed, words in beds]


def offered_programs(rows, row=None):
    """Those that still take people first."""
    programs = with_places([(program, program.facility) for program in rows.select_related("facility")])
    programs.sort(key=lambda program: (program[0].closed_at is not None, program[1]))
    return [(program.pk, f"{words}{' (closed)' if program.closed_at else ''}") for program, words in programs]


OFFERS |= {Bed: offered_beds, Program: offered_programs}


def for_whom(row):
    """What its restrictions say, in words."""
    return ", ".join(BedRestriction.as_told(one).in_words() for one in row.restricted)


@admin.register(Unit)
class UnitAdmin(PlaceAdmin):
    """Wards and houses."""

    list_display = ["name", "facility", "program", "locked", "is_for"]
    list_select_related = ["facility", "program"]
    search_fields = ["name"]
    ordering = ["name"]
    own_fields = ["facility", "name", "program", "locked"]
    below = ["beds", "restrictions"]

    def get_queryset(self, request):
        """With whom its beds are for."""
        return super().get_queryset(request).with_restrictions()

    @admin.display(description="Only for")
    def is_for(self, row):
        """In words."""
        return for_whom(row) or NOTHING


@admin.register(Bed)
class BedAdmin(PlaceAdmin):
    """Beds."""

    where = "unit.facility_id"
    list_display = ["label", "unit", "place", "state", "is_for"]
    list_select_related = ["unit__facility"]
    search_fields = ["label", "unit__name"]
    ordering = ["unit__name", "label"]
    own_fields = ["unit", "label"]
    on_page = ["unit__facility"]
    below = ["stays", "holds", "blocks", "restrictions"]

    def get_queryset(self, request):
        """With how it stands, which says nothing about whose it is."""
        return super().get_queryset(request).with_restrictions().annotate(stands=state_at())

    @admin.display(description="Place")
    def place(self, row):
        """Where it stands."""
        return row.unit.facility

    @admin.display(description="State")
    def state(self, row):
        """Free or not."""
        return in_short(row.stands).capitalize()

    @admin.display(description="Only for")
    def is_for(self, row):
        """In words."""
        return for_whom(row) or NOTHING


@admin.register(BedBlock)
class BedBlockAdmin(RecordAdmin):
    """Beds that cannot be used for a while."""

    list_display = ["bed", "reason", "began", "until", "ended"]
    list_select_related = ["bed__unit"]
    list_filter = ["reason", unset("ended_at", "Not ended", "Ended")]
    search_fields = ["bed__label", "bed__unit__name", "note"]
    on_page = ["bed__unit"]
    began, until, ended = at("began_at", "Began"), at("until_at", "Until"), at("ended_at", "Ended")

    def next_verb(self, row):
        """Giving it back."""
        return "unblock"


@admin.register(BedRestriction)
class BedRestrictionAdmin(RecordAdmin):
    """For whom beds are kept."""

    list_display = ["where", "whom", "began", "ended"]
    list_select_related = ["unit", "bed__unit"]
    list_filter = ["kind", unset("ended_at", "In force", "Lifted")]
    search_fields = ["unit__name", "bed__label", "bed__unit__name", "note"]
    on_page = ["unit", "bed__unit"]
    began, ended = at("began_at", "Since"), at("ended_at", "Lifted")

    def get_list_filter(self, request):
        """Its place is its unit's or its bed's."""
        return self.list_filter

    @admin.display(description="Where")
    def where(self, row):
        """A bed, or every bed of a unit."""
        return row.bed or row.unit

    @admin.display(description="Only for", ordering="kind")
    def whom(self, row):
        """In words."""
        return row.in_words()

    def next_verb(self, row):
        """Lifting it."""
        return "" if row.ended_at else "lift"


@admin.register(BedHold)
class BedHoldAdmin(RecordAdmin):
    """Beds held for people who are expected."""

    list_display = ["patient", "bed", "held", "until", "how_ended"]
    list_select_related = ["patient", "bed__unit"]
    list_filter = [
        yes_no("holding", "holding", "Holding", "Over", lambda rows: rows.holding(timezone.now())),
        "outcome",
    ]
    search_fields = [*PEOPLE, "bed__label"]
    on_page = ["episode__patient", "bed__unit"]
    held, until = at("held_at", "Held"), at("until_at", "Until")

    @admin.display(description="Ended", ordering="outcome")
    def how_ended(self, row):
        """How; by itself, when its time was over."""
        if row.outcome:
            return row.get_outcome_display()
        return "Its time was over" if row.is_over(timezone.now()) else NOTHING

    def next_verb(self, row):
        """Giving it back."""
        return "release-hold"


@admin.register(BedStay)
class BedStayAdmin(RecordAdmin):
    """Who lies where."""

    list_display = ["patient", "bed", "began", "held_until", "ended"]
    list_select_related = ["patient", "bed__unit"]
    list_filter = [unset("ended_at", "Open", "Ended")]
    search_fields = [*PEOPLE, "bed__label"]
    on_page = ["bed__unit", "placement__patient", "placement__program"]
    began, held_until, ended = at("began_at", "Began"), at("held_until_at", "Kept until"), at("ended_at", "Ended")
