"""Check-ins and answers."""

from django.db.models import Q

from accounts.models import CARE
from patients.views import Filters, Reads, Told, Verb, unset
from patients.views.errors import mark_error

from .. import questions
from ..actions import check_ins
from ..models import WAS_ANSWERED, Answer, CheckIn
from ..serializers import (
    AnswerInput,
    AnswerSerializer,
    CheckInSerializer,
)


class CheckInFilters(Filters):
    """Still open?"""

    open = unset("closed_at")

    class Meta:
        model = CheckIn
        fields = ["patient", "facility", "plan", "plan__episode", "outcome"]


class CheckIns(Reads):
    """Planned contacts."""

    model = CheckIn
    serializer_class = CheckInSerializer
    filterset_class = CheckInFilters
    told = (
        Told(
            "check-ins",
            "check-in {outcome}",
            at="closed_at",
            by="closed_by",
            where=~Q(outcome__in=WAS_ANSWERED),  # the answer tells those
        ),
    )


class AnswerFilters(Filters):
    """About whom, to what?"""

    class Meta:
        model = Answer
        fields = ["patient", "facility", "check_in", "how", "wants_call"]


class Answers(Reads):
    """What people said."""

    model = Answer
    serializer_class = AnswerSerializer
    filterset_class = AnswerFilters
    told = (
        Told(
            "check-ins",
            "answered {how}",
            "craving {craving}",
            "used on {ketamine_days} days",
            "{wants_call}wants a call",
            at="answered_at",
            by="answered_by",
        ),
    )


def flat(data):
    """The answers of the form beside each other, as the actions take them. Raises unknown_question."""
    given = data.pop("given", {})
    for key in given:
        questions.current().get(key)
    return {**given, **data}


class WriteAnswer(Verb):
    """aftercare.actions.check_ins.answer"""

    noun, answer = CheckIn, Answer
    name, label = "answer", "Write down the answer"
    description = "What the person said, in time or late; the next check-in is made at once."
    allowed_roles = CARE
    serializer_class = AnswerInput

    def act(self, row, data, by):
        """Answer."""
        return check_ins.answer(row, **flat(data), by=by)


MarkAnswerError = mark_error(Answer, check_ins.mark_error)
