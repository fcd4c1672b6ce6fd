"""Instruments, and what people answered to them."""

from django.utils import timezone
from django_filters import rest_framework as filters
from rest_framework.parsers import JSONParser, MultiPartParser

from accounts.models import EVERYONE
from patients.models import CriteriaAssessment, Episode, Patient
from patients.serializers import AssessCriteriaInput, ReasonInput
from patients.views import Filters, Reads, Told, Verb
from patients.views.conditions import DIAGNOSES
from patients.views.documents import parts
from patients.views.errors import mark_error

from ..actions import assessments, instruments
from ..models import Assessment, Instrument, InstrumentPermission
from ..serializers import (
    AnswersInput,
    AssessmentSerializer,
    BeginAssessmentInput,
    InstrumentPermissionSerializer,
    InstrumentSerializer,
    LoadInstrumentInput,
    PermissionInput,
)
from .programs import RUNS
from .safety import ASKS, PLANS


class InstrumentFilters(Filters):
    """The newest editions alone? Those that may be used today?"""

    current = filters.BooleanFilter(method="newest")
    usable = filters.BooleanFilter(method="may_be_used")

    class Meta:
        model = Instrument
        fields = ["slug", "edition"]

    def newest(self, rows, name, value):
        """The newest of each, or those that were replaced."""
        newest = Instrument.objects.current().values("pk")
        return rows.filter(pk__in=newest) if value else rows.exclude(pk__in=newest)

    def may_be_used(self, rows, name, value):
        """The newest editions with a permission in force where one is needed, or all others."""
        usable = Instrument.objects.usable(timezone.localdate()).values("pk")
        return rows.filter(pk__in=usable) if value else rows.exclude(pk__in=usable)


class Instruments(Reads):
    """Questionnaires."""

    model = Instrument
    serializer_class = InstrumentSerializer
    allowed_roles = EVERYONE
    filterset_class = InstrumentFilters


class LoadInstrument(Verb):
    """treatment.actions.instruments.load_instrument"""

    noun, creates = Instrument, True
    name, label = "load", "Load an instrument"
    description = "From a file, with the permission to use it. Once loaded it never changes; load a newer edition."
    allowed_roles = RUNS
    serializer_class = LoadInstrumentInput
    parser_classes = [MultiPartParser, JSONParser]

    def sent(self, request):
        """What is in the fields and the file, however the form was written."""
        return parts(request)

    def act(self, row, data, by):
        """Load."""
        return instruments.load_instrument(data.pop("file").read(), **data, by=by)


class RecordPermission(Verb):
    """treatment.actions.instruments.record_permission"""

    noun, answer = Instrument, InstrumentPermission
    name, label = "record-permission", "Record a permission"
    description = "Permission to use it was given anew, or ends earlier; the last word counts."
    allowed_roles = RUNS
    serializer_class = PermissionInput
    needs = instruments.record_permission.needs

    def act(self, row, data, by):
        """Record."""
        return instruments.record_permission(row, **data, by=by)


class InstrumentPermissions(Reads):
    """By whose leave a site uses what it has loaded."""

    model = InstrumentPermission
    serializer_class = InstrumentPermissionSerializer
    allowed_roles = EVERYONE
    filterset_fields = ["instrument", "instrument__slug"]
    related = ("instrument",)


class AssessmentFilters(Filters):
    """Of which instrument? Still to be answered?"""

    open = filters.BooleanFilter(method="to_answer")

    class Meta:
        model = Assessment
        fields = ["patient", "facility", "episode", "instrument", "instrument__slug", "severity"]

    def to_answer(self, rows, name, value):
        """Neither answered nor declined, or one of the two."""
        waiting = rows.filter(answered_at=None, declined_at=None)
        return waiting if value else rows.exclude(pk__in=waiting.values("pk"))


class Assessments(Reads):
    """What people answered; by instrument__slug, a trend."""

    model = Assessment
    serializer_class = AssessmentSerializer
    related = ("instrument",)
    filterset_class = AssessmentFilters
    told = (
        Told("assessments", "answered {instrument__name}", "{severity}", at="answered_at", by="answered_by"),
        Told("assessments", "declined {instrument__name}", "{declined_reason}", at="declined_at", by="declined_by"),
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


class DeclineAssessment(Verb):
    """treatment.actions.assessments.decline"""

    noun = Assessment
    name, label = "decline", "The person declined"
    description = "The person did not want to answer; what is scheduled is asked again when its turn comes."
    allowed_roles = ASKS
    serializer_class = ReasonInput
    needs = assessments.decline.needs

    def act(self, row, data, by):
        """Decline."""
        return assessments.decline(row, **data, by=by)


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


class AssessCriteria(Verb):
    """treatment.actions.assessments.assess_criteria"""

    noun, answer = Patient, CriteriaAssessment
    name, label = "assess-criteria", "Assess criteria of use disorder"
    description = "Which criteria were met in the past twelve months; severity follows from how many."
    allowed_roles = DIAGNOSES
    serializer_class = AssessCriteriaInput

    def act(self, row, data, by):
        """Assess."""
        return assessments.assess_criteria(row, **data, by=by)
