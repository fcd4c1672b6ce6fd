"""Being away: sent out to hospital, or out on leave."""

from django.db.models import Q

from accounts.models import CARE
from patients.models import Episode
from patients.serializers import ReasonInput
from patients.views import Filters, Reads, Told, Verb, unset
from patients.views.errors import mark_error

from ..actions import leaves, placements
from ..models import Absence, AbsenceKind, Departure
from ..serializers import (
    AbsenceSerializer,
    BringBackInput,
    ComeBackInput,
    ExtendLeaveInput,
    GoOnLeaveInput,
    MissingInput,
    SendOutInput,
)
from .placements import ADMITS, TREATS

OUT = Q(kind=AbsenceKind.HOSPITAL)


class AbsenceFilters(Filters):
    """Still away?"""

    away = unset("returned_at")

    class Meta:
        model = Absence
        fields = ["patient", "facility", "episode", "placement", "kind"]


class Absences(Reads):
    """People sent out."""

    model = Absence
    serializer_class = AbsenceSerializer
    filterset_class = AbsenceFilters
    told = (
        Told("placement", "sent to {destination}", "{reason}", at="left_at", by="left_by", where=OUT),
        Told("placement", "back from {destination}", at="returned_at", by="returned_by", where=OUT),
        Told(
            "placement",
            "will not be back from {destination}",
            "{end_reason}",
            at="ended_at",
            by="ended_by",
            where=OUT,
        ),
        Told(
            "placement",
            "on leave at {destination}",
            "{kind}",
            "expected back {expected_back_at}",
            at="left_at",
            by="left_by",
            where=~OUT,
        ),
        Told(
            "placement",
            "leave changed",
            "expected back {expected_back_at}",
            "{extension_reason}",
            at="extended_at",
            by="extended_by",
        ),
        Told(
            "placement",
            "back from leave",
            "{searched}",
            "alert: {alert}",
            "use while out: {use_since}",
            "{return_note}",
            at="returned_at",
            by="returned_by",
            where=~OUT,
        ),
        Told("placement", "leave over", "{end_reason}", at="ended_at", by="ended_by", where=~OUT),
    )


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


class GoOnLeave(Verb):
    """treatment.actions.leaves.go_on_leave"""

    noun, answer = Episode, Absence
    name, label = "go-on-leave", "Go on leave"
    description = "The person goes out for a while: the bed stays theirs, and somebody expects them back."
    allowed_roles = CARE
    serializer_class = GoOnLeaveInput
    needs = leaves.go_on_leave.needs

    def act(self, row, data, by):
        """Go."""
        return leaves.go_on_leave(row, **data, by=by)


class ComeBack(Verb):
    """treatment.actions.leaves.come_back"""

    noun = Absence
    name, label = "come-back", "Back from leave"
    description = "The person is back, and this is how; what is owed at their bedside is owed now."
    allowed_roles = CARE
    serializer_class = ComeBackInput
    needs = leaves.come_back.needs

    def act(self, row, data, by):
        """Receive."""
        return leaves.come_back(row, **data, by=by)


class ExtendLeave(Verb):
    """treatment.actions.leaves.extend_leave"""

    noun = Absence
    name, label = "extend-leave", "Expected back at another time"
    description = "The person may stay out longer, or comes back sooner."
    allowed_roles = TREATS
    serializer_class = ExtendLeaveInput
    needs = leaves.extend_leave.needs

    def act(self, row, data, by):
        """Extend."""
        return leaves.extend_leave(row, **data, by=by)


class NotBack(Verb):
    """treatment.actions.leaves.not_back"""

    noun, answer = Absence, Departure
    name, label = "not-back", "Did not come back"
    description = "The search and the call begin now, a risk decision is owed within the hour, the bed is kept."
    allowed_roles = CARE
    serializer_class = MissingInput
    needs = leaves.not_back.needs

    def act(self, row, data, by):
        """Report."""
        return leaves.not_back(row, **data, by=by)


MarkAbsenceError = mark_error(Absence, leaves.mark_error)
