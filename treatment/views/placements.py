"""Programs, and the time people spend in them."""

from accounts.models import EVERYONE, Role
from patients.models import Episode
from patients.views import Filters, Reads, Told, Verb, unset

from ..actions import placements
from ..models import Placement, Program
from ..serializers import (
    AdmitInput,
    ExpectedEndInput,
    MoveInput,
    PlacementSerializer,
    ProgramSerializer,
)

ADMITS = frozenset({Role.INTAKE, Role.NURSE, Role.PRESCRIBER, Role.SUPERVISOR})
TREATS = frozenset({Role.COUNSELOR, Role.NURSE, Role.PRESCRIBER, Role.SUPERVISOR})


class ProgramFilters(Filters):
    """Still taking people?"""

    open = unset("closed_at")

    class Meta:
        model = Program
        fields = ["facility", "setting", "needs_bed", "asam_edition", "level_of_care"]


class Programs(Reads):
    """Programs of the user's places."""

    model = Program
    serializer_class = ProgramSerializer
    allowed_roles = EVERYONE
    related = ("facility",)
    place = "facility"
    filterset_class = ProgramFilters


class PlacementFilters(Filters):
    """Still going on?"""

    open = unset("ended_at")

    class Meta:
        model = Placement
        fields = ["patient", "facility", "episode", "program", "track"]


class Placements(Reads):
    """The time people spend in programs."""

    model = Placement
    serializer_class = PlacementSerializer
    related = ("patient", "program__facility")
    filterset_class = PlacementFilters
    told = (
        Told("placement", "{program__name} begins", at="began_at", by="began_by"),
        Told("placement", "{program__name} ends", "{end_reason}", at="ended_at", by="ended_by"),
    )


class Admit(Verb):
    """treatment.actions.placements.admit"""

    noun, answer = Episode, Placement
    name, label = "admit", "Admit"
    description = "Begin treatment in a program, in a bed where the program has beds."
    allowed_roles = ADMITS
    serializer_class = AdmitInput
    needs = placements.admit.needs

    def act(self, row, data, by):
        """Admit."""
        return placements.admit(row, **data, by=by)


class Move(Verb):
    """treatment.actions.placements.move"""

    noun, answer = Episode, Placement
    name, label = "move", "Move to another program"
    description = "End one placement and begin the next in one go; nothing is dropped on the way."
    allowed_roles = TREATS | ADMITS
    serializer_class = MoveInput
    needs = placements.move.needs

    def act(self, row, data, by):
        """Move."""
        return placements.move(row, **data, by=by)


class SetExpectedEnd(Verb):
    """treatment.actions.placements.set_expected_end"""

    noun = Placement
    name, label = "set-expected-end", "Set the expected end"
    description = "When the person is expected to leave; the bed board shows it."
    allowed_roles = TREATS | ADMITS
    serializer_class = ExpectedEndInput
    needs = placements.set_expected_end.needs

    def act(self, row, data, by):
        """Set."""
        return placements.set_expected_end(row, **data, by=by)
