"""Which instruments a program asks when, and what is asked of whom."""

from django.utils import timezone
from django_filters import rest_framework as filters

from accounts.models import EVERYONE
from duties.models import Duty
from patients.serializers import ReasonInput
from patients.views import Filters, Reads, Verb, unset

from ..actions import assessments, schedules
from ..models import Assessment, AssessmentSchedule, Program, ScheduledAssessment
from ..serializers import AssessmentScheduleSerializer, ScheduleAssessmentInput, ScheduledAssessmentSerializer
from .programs import RUNS
from .safety import ASKS


class AssessmentScheduleFilters(Filters):
    """In force?"""

    open = unset("ended_at")

    class Meta:
        model = AssessmentSchedule
        fields = ["program", "instrument", "slug", "after_discharge"]


class AssessmentSchedules(Reads):
    """When programs ask which instruments."""

    model = AssessmentSchedule
    serializer_class = AssessmentScheduleSerializer
    allowed_roles = EVERYONE
    place = "program__facility"
    related = ("program__facility", "instrument")
    filterset_class = AssessmentScheduleFilters


class ScheduledAssessmentFilters(Filters):
    """Owed, overdue, mine?"""

    open = filters.BooleanFilter(method="by_open")
    overdue = filters.BooleanFilter(method="by_overdue")
    mine = filters.BooleanFilter(method="by_mine")
    due_before = filters.IsoDateTimeFilter("duty__due_at", lookup_expr="lt")

    class Meta:
        model = ScheduledAssessment
        fields = ["patient", "facility", "episode", "slug", "schedule"]

    def _among(self, rows, found, value):
        return rows.filter(pk__in=found.values("pk")) if value else rows.exclude(pk__in=found.values("pk"))

    def by_open(self, rows, name, value):
        """Still owed."""
        return self._among(rows, ScheduledAssessment.objects.open(), value)

    def by_overdue(self, rows, name, value):
        """Still owed after it was due."""
        return self._among(rows, ScheduledAssessment.objects.overdue(timezone.now()), value)

    def by_mine(self, rows, name, value):
        """Owed by whoever asks, by name or through a role."""
        mine = ScheduledAssessment.objects.filter(duty__in=Duty.objects.owed_by(self.request.user))
        return self._among(rows, mine, value)


class ScheduledAssessments(Reads):
    """What is asked of people again and again; with `overdue`, what is late."""

    model = ScheduledAssessment
    serializer_class = ScheduledAssessmentSerializer
    related = ("schedule__instrument", "duty")
    filterset_class = ScheduledAssessmentFilters
    told = ()  # its duties tell


class ScheduleAssessment(Verb):
    """treatment.actions.schedules.schedule_assessment"""

    noun, answer = Program, AssessmentSchedule
    name, label = "schedule-assessment", "Schedule an assessment"
    description = (
        "Ask an instrument of everybody here, in place of how it was asked before; or of those who are discharged"
        " from now on, and of those it was asked of before."
    )
    allowed_roles = RUNS
    serializer_class = ScheduleAssessmentInput
    needs = schedules.schedule_assessment.needs

    def act(self, row, data, by):
        """Schedule."""
        return schedules.schedule_assessment(row, **data, by=by)


class UseDefaultSchedules(Verb):
    """treatment.actions.schedules.use_default_schedules"""

    noun = Program
    name, label = "use-default-schedules", "Ask the usual assessments"
    description = (
        "Mood, anxiety, recovery, craving and, where ketamine is used, the bladder; mood, anxiety and recovery also"
        " monthly after discharge. Each can be changed."
    )
    allowed_roles = RUNS
    needs = schedules.use_default_schedules.needs

    def act(self, row, data, by):
        """Use."""
        return schedules.use_default_schedules(row, **data, by=by)


class EndSchedule(Verb):
    """treatment.actions.schedules.end_schedule"""

    noun = AssessmentSchedule
    name, label = "end", "Not asked any more"
    description = "The program does not ask this any more, and nobody there owes it."
    confirm = "What is owed of it is taken back. End it?"
    allowed_roles = RUNS
    serializer_class = ReasonInput
    needs = schedules.end_schedule.needs

    def act(self, row, data, by):
        """End."""
        return schedules.end_schedule(row, **data, by=by)


class AskScheduled(Verb):
    """treatment.actions.assessments.ask"""

    noun, answer = ScheduledAssessment, Assessment
    name, label = "ask", "Ask now"
    description = "Begin it with the person; its questions are on the next page."
    allowed_roles = ASKS
    needs = assessments.ask.needs

    def act(self, row, data, by):
        """Ask."""
        return assessments.ask(row, **data, by=by)


class DeclineScheduled(Verb):
    """treatment.actions.assessments.decline_scheduled"""

    noun, answer = ScheduledAssessment, Assessment
    name, label = "decline", "The person declined"
    description = "The person does not want to be asked this time; the next time is owed."
    allowed_roles = ASKS
    serializer_class = ReasonInput
    needs = assessments.decline_scheduled.needs

    def act(self, row, data, by):
        """Decline."""
        return assessments.decline_scheduled(row, **data, by=by)
