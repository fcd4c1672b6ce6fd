"""Programs, the time people spend in them, and being away."""

from accounts.models import CARE, EVERYONE, Role
from patients.models import Episode
from patients.serializers import ReasonInput
from patients.views import Filters, Reads, Told, Verb, unset

from ..actions import placements
from ..models import Absence, Placement, Program
from ..serializers import (
    AbsenceSerializer,
    AdmitInput,
    BringBackInput,
    ExpectedEndInput,
    MoveInput,
    PlacementSerializer,
    ProgramSerializer,
    SendOutInput,
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
    related = ("patient", "program")
    filterset_class = PlacementFilters
    told = (
        Told("placement", "{program__name} begins", at="began_at", by="began_by"),
        Told("placement", "{program__name} ends", "{end_reason}", at="ended_at", by="ended_by"),
    )


class AbsenceFilters(Filters):
    """Still away?"""

    away = unset("returned_at")

    class Meta:
        model = Absence
        fields = ["patient", "facility", "episode", "placement"]


class Absences(Reads):
    """People sent out."""

    model = Absence
    serializer_class = AbsenceSerializer
    filterset_class = AbsenceFilters
    told = (
        Told("placement", "sent to {destination}", "{reason}", at="left_at", by="left_by"),
        Told("placement", "back from {destination}", at="returned_at", by="returned_by"),
        Told("placement", "will not be back from {destination}", at="ended_at", by="ended_by"),
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

    def act(self, row, data, by):
        """Set."""
        return placements.set_expected_end(row, **data, by=by)


class SendOut(Verb):
    """treatment.actions.placements.send_out"""

    noun, answer = Episode, Absence
    name, label = "send-out", "Send to hospital"
    description = "Send the person to hospital: somebody owes a call about them, and the bed is kept."
    allowed_roles = CARE
    serializer_class = SendOutInput
    needs = placements.send_out.needs

    def act(self, row, data, by):
        """Send out."""
        return placements.send_out(row, **data, by=by)


class BringBack(Verb):
    """treatment.actions.placements.bring_back"""

    noun, answer = Episode, Absence
    name, label = "bring-back", "Back from hospital"
    description = "The person is back and cleared: on with where they were sent out from."
    allowed_roles = ADMITS
    serializer_class = BringBackInput
    needs = placements.bring_back.needs

    def act(self, row, data, by):
        """Bring back."""
        return placements.bring_back(row, **data, by=by)


class NotComingBack(Verb):
    """treatment.actions.placements.not_coming_back"""

    noun = Episode
    name, label = "not-coming-back", "Not coming back"
    description = "The person will not return to this stay: the bed is freed, and a talk is owed."
    confirm = "This ends the stay and gives the bed away. Go on?"
    allowed_roles = TREATS | ADMITS
    serializer_class = ReasonInput
    needs = placements.not_coming_back.needs

    def act(self, row, data, by):
        """End the stay."""
        return placements.not_coming_back(row, **data, by=by)
