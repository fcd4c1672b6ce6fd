"""Instruments, and what people answered to them."""

from django_filters import rest_framework as filters

from accounts.models import EVERYONE
from patients.models import Episode
from patients.serializers import ReasonInput
from patients.views import Filters, Reads, Told, Verb, unset
from patients.views.errors import mark_error

from ..actions import assessments
from ..models import Assessment, Instrument
from ..serializers import AnswersInput, AssessmentSerializer, BeginAssessmentInput, InstrumentSerializer
from .safety import ASKS, PLANS


class InstrumentFilters(Filters):
    """The newest editions alone?"""

    current = filters.BooleanFilter(method="newest")

    class Meta:
        model = Instrument
        fields = ["slug", "edition"]

    def newest(self, rows, name, value):
        """The newest of each, or those that were replaced."""
        newest = Instrument.objects.current().values("pk")
        return rows.filter(pk__in=newest) if value else rows.exclude(pk__in=newest)


class Instruments(Reads):
    """Questionnaires."""

    model = Instrument
    serializer_class = InstrumentSerializer
    allowed_roles = EVERYONE
    filterset_class = InstrumentFilters


class AssessmentFilters(Filters):
    """Of which instrument? Still to be answered?"""

    open = unset("answered_at")

    class Meta:
        model = Assessment
        fields = ["patient", "facility", "episode", "instrument", "instrument__slug", "severity"]


class Assessments(Reads):
    """What people answered; by instrument__slug, a trend."""

    model = Assessment
    serializer_class = AssessmentSerializer
    related = ("instrument",)
    filterset_class = AssessmentFilters
    told = (
        Told("assessments", "answered {instrument__name}", "{severity}", at="answered_at", by="answered_by"),
        Told("assessments", "spoke about the answers", "{settled_reason}", at="settled_at", by="settled_by"),
    )


class BeginAssessment(Verb):
    """treatment.actions.assessments.begin_assessment"""

    noun, answer = Episode, Assessment
    name, label = "begin-assessment", "Begin an assessment"
    description = "Choose an instrument; its questions are on the next page."
    allowed_roles = ASKS
    serializer_class = BeginAssessmentInput
    needs = assessments.begin_assessment.needs

    def act(self, row, data, by):
        """Begin."""
        return assessments.begin_assessment(row, **data, by=by)


class AnswerAssessment(Verb):
    """treatment.actions.assessments.answer"""

    noun = Assessment
    name, label = "answer", "Write down the answers"
    description = "What was answered is scored at once; what cannot wait is owed to somebody before you go on."
    allowed_roles = ASKS
    serializer_class = AnswersInput
    needs = assessments.answer.needs

    def act(self, row, data, by):
        """Answer."""
        return assessments.answer(row, **data, by=by)


class SettleAssessment(Verb):
    """treatment.actions.assessments.settle"""

    noun = Assessment
    name, label = "settle", "I spoke with the person about it"
    description = "A clinician looked at what the answers called for, and says what they found."
    allowed_roles = PLANS
    serializer_class = ReasonInput
    needs = assessments.settle.needs

    def act(self, row, data, by):
        """Settle."""
        return assessments.settle(row, **data, by=by)


MarkAssessmentError = mark_error(Assessment, assessments.mark_error)
