"""Appointments, and the weekly series they belong to."""

from django.contrib import admin

from patients.admin import RecordAdmin
from patients.admin.records import LEADS_TO, yes_no
from patients.admin.words import at

from ..models import Appointment, Series
from .words import PEOPLE

LEADS_TO["plan-session"] = lambda appointment: appointment
LEADS_TO["plan-series"] = lambda series: series
LEADS_TO["log-appointment"] = lambda session: session.notes.get()


@admin.register(Appointment)
class AppointmentAdmin(RecordAdmin):
    """Sessions that are planned."""

    list_display = ["patient", "kind", "starts", "how", "counselor", "state"]
    list_select_related = ["patient", "counselor"]
    list_filter = [
        "state",
        "kind",
        "how",
        yes_no("in a series", "in_series", "Weekly", "Once", lambda rows: rows.exclude(series=None)),
    ]
    search_fields = PEOPLE
    on_page = ["episode__patient", "series__patient", "log_duty__ladder"]
    verb_order = ("begin", "end", "log-appointment", "change", "cancel")
    corrects = {
        "change": {"starts_at", "how", "place"},
        "begin": {"person_where", "call_back", "who_can_hear", "emergency_route"},
        "log-appointment": {"person_where", "call_back", "who_can_hear", "emergency_route"},
    }
    below = ["sessions"]
    starts = at("starts_at", "Starts")

    def next_verb(self, row):
        """Beginning, ending, then logging it."""
        return "begin" if row.begun_at is None else "log-appointment" if row.over_at else "end"


@admin.register(Series)
class SeriesAdmin(RecordAdmin):
    """Weekly sessions."""

    list_display = ["patient", "kind", "first_on", "local_time", "counselor"]
    list_select_related = ["patient", "counselor"]
    list_filter = ["kind", "how"]
    search_fields = PEOPLE
    on_page = ["episode__patient"]
    below = ["appointments"]
