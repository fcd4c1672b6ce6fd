"""Appointments and series."""

from django.db.models import Q
from django_filters import rest_framework as filters

from patients.models import Episode
from patients.views import Filters, Reads, Told, Verb
from patients.views.errors import mark_error

from ..actions import appointments
from ..models import Appointment, AppointmentState, Series, Session
from ..models.sessions import WRITES
from ..serializers import (
    AppointmentSerializer,
    BeginInput,
    CancelAppointmentInput,
    ChangeAppointmentInput,
    LogAppointmentInput,
    PlanInput,
    PlanSeriesInput,
    SeriesSerializer,
)


class AppointmentFilters(Filters):
    """Of whom, with whom, when; still to come?"""

    starts_after = filters.IsoDateTimeFilter("starts_at", lookup_expr="gte")
    starts_before = filters.IsoDateTimeFilter("starts_at", lookup_expr="lt")

    class Meta:
        model = Appointment
        fields = ["patient", "facility", "episode", "series", "counselor", "kind", "state"]


class Appointments(Reads):
    """Appointments."""

    model = Appointment
    serializer_class = AppointmentSerializer
    filterset_class = AppointmentFilters
    told = (
        Told("sessions", "{kind} session planned for {starts_at}", at="planned_at", by="planned_by"),
        Told(
            "sessions",
            "{kind} session of {starts_at} canceled",
            "{cancel_because}",
            "{cancel_words}",
            at="closed_at",
            by="closed_by",
            where=Q(state=AppointmentState.CANCELED),
        ),
    )


class SeriesReads(Reads):
    """Series."""

    model = Series
    serializer_class = SeriesSerializer
    filterset_fields = ["patient", "facility", "episode", "counselor"]
    told = ()  # its appointments tell


class Plan(Verb):
    """treatment.actions.appointments.plan"""

    noun, answer = Episode, Appointment
    name, label = "plan-session", "Plan a session"
    description = "One session with the person, at a time of its own."
    allowed_roles = WRITES
    serializer_class = PlanInput
    needs = appointments.plan.needs

    def act(self, row, data, by):
        """Plan."""
        return appointments.plan(row, **data, by=by)


class PlanSeries(Verb):
    """treatment.actions.appointments.plan_series"""

    noun, answer = Episode, Series
    name, label = "plan-series", "Plan a weekly session"
    description = "Once a week at the same hour of this place's clock, until a day or so many times."
    allowed_roles = WRITES
    serializer_class = PlanSeriesInput
    needs = appointments.plan_series.needs

    def act(self, row, data, by):
        """Plan."""
        return appointments.plan_series(row, **data, by=by)


class ChangeAppointment(Verb):
    """treatment.actions.appointments.change"""

    noun = Appointment
    name, label = "change", "Move or change"
    description = "This one alone, or with the rest of its series: as many days later, to the same hour."
    allowed_roles = WRITES
    serializer_class = ChangeAppointmentInput
    needs = appointments.change.needs

    def act(self, row, data, by):
        """Change."""
        return appointments.change(row, **data, by=by)


class CancelAppointment(Verb):
    """treatment.actions.appointments.cancel"""

    noun = Appointment
    name, label = "cancel", "Cancel"
    description = "It will not take place: this one alone, or with the rest of its series."
    allowed_roles = WRITES
    serializer_class = CancelAppointmentInput
    needs = appointments.cancel.needs

    def act(self, row, data, by):
        """Cancel."""
        return appointments.cancel(row, **data, by=by)


class BeginSession(Verb):
    """treatment.actions.appointments.begin"""

    noun = Appointment
    name, label = "begin", "Begin"
    description = "It begins now. From afar, first: where the person is, who can hear, and how help would reach them."
    allowed_roles = WRITES
    serializer_class = BeginInput
    needs = appointments.begin.needs

    def act(self, row, data, by):
        """Begin."""
        return appointments.begin(row, **data, by=by)


class EndSession(Verb):
    """treatment.actions.appointments.end"""

    noun = Appointment
    name, label = "end", "End"
    description = "It is over now; log it next."
    allowed_roles = WRITES
    needs = appointments.end.needs

    def act(self, row, data, by):
        """End."""
        return appointments.end(row, **data, by=by)


class LogAppointment(Verb):
    """treatment.actions.appointments.log_appointment"""

    noun, answer = Appointment, Session
    name, label = "log-appointment", "Log it"
    description = "Who came, or did not: a session with what was planned and when it was, and a draft of its note."
    allowed_roles = WRITES
    serializer_class = LogAppointmentInput
    needs = appointments.log_appointment.needs

    def act(self, row, data, by):
        """Log."""
        return appointments.log_appointment(row, **data, by=by)


MarkAppointmentError = mark_error(Appointment, appointments.mark_error, allowed_roles=WRITES)
