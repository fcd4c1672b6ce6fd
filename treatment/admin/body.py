"""The bladder and its trend, what is measured, and referrals to urology."""

from django.contrib import admin
from django.utils.html import format_html_join

from patients.admin import RecordAdmin
from patients.admin.forms import KEYS
from patients.admin.plots import Point, line
from patients.admin.records import LEADS_TO, yes_no
from patients.admin.tabs import plot
from patients.admin.words import NOTHING, at, due

from ..models import BladderEntry, BodyCheck, Investigation, UrologyReferral
from ..models.bladder import COUNTED
from ..models.investigations import MEASURES, in_words, measure_name
from .words import PEOPLE, unset

SHOWN = 200
TRENDS = {"voids": "Passed urine in 24 hours", "nocturia": "Times up at night", "urgency": "Urgency", "pain": "Pain"}
SCALES = {"urgency": 10, "pain": 10}


def measures(investigation):
    """What this kind measures, one line each."""
    return [(code, measure_name(code)) for code in MEASURES[investigation.kind]]


KEYS["values"] = measures
LEADS_TO["order-investigation"] = lambda investigation: investigation
LEADS_TO["refer-to-urology"] = lambda referral: referral


@plot("body")
def bladder(request, patient):
    """Each number of the bladder log over time, its red flags marked; the same numbers in a table beside it."""
    rows = list(BladderEntry.objects.of(patient).right().order_by("-logged_at", "-pk")[:SHOWN])
    drawn = (line(TRENDS[name], _points(rows, name), top=SCALES.get(name)) for name in COUNTED if name in TRENDS)
    return format_html_join("", "{}", ((one,) for one in drawn if one))


def _points(rows, name):
    return [
        Point(row.logged_at, getattr(row, name), ", ".join(row.red_flags), bool(row.red_flags))
        for row in rows
        if getattr(row, name) is not None
    ]


@plot("body")
def creatinine_and_liver(request, patient):
    """Creatinine and the liver over time."""
    told = {}
    rows = Investigation.objects.of(patient).done().filter(kind__in=["renal", "liver"]).order_by("-done_at")[:SHOWN]
    for row in rows:
        for code, one in row.values.items():
            if "value" in one:
                told.setdefault((code, one["unit"]), []).append((row, one))
    drawn = (
        line(
            measure_name(code),
            [Point(row.done_at, float(one["value"]), one["out"], bool(row.red_flags)) for row, one in found],
            unit=f" {unit}",
        )
        for (code, unit), found in told.items()
    )
    return format_html_join("", "{}", ((one,) for one in drawn if one))


@admin.register(Investigation)
class InvestigationAdmin(RecordAdmin):
    """What is ordered, done and read."""

    list_display = ["patient", "name", "due_by", "stands", "says", "signs"]
    list_select_related = ["patient"]
    list_filter = [
        yes_no("to be done", "open", "To be done", "Others", lambda rows: rows.open()),
        yes_no("to be read", "unread", "To be read", "Others", lambda rows: rows.unread()),
        "kind",
    ]
    search_fields = [*PEOPLE, "what"]
    on_page = ["episode__patient", "duty__ladder", "read_duty__ladder", "body_check__patient"]
    reviews = {"read": ("says", "signs")}
    due_by = at("due_at", "Due")

    def get_fields(self, request, obj=None):
        """The values in words."""
        written = {"values": "says", "red_flags": "signs"}
        return [written.get(name, name) for name in super().get_fields(request, obj)]

    @admin.display(description="What", ordering="kind")
    def name(self, row):
        """By name."""
        return str(row)

    @admin.display(description="State")
    def stands(self, row):
        """In words."""
        return row.standing()

    @admin.display(description="Result")
    def says(self, row):
        """On one line."""
        return in_words(row.values) or NOTHING

    @admin.display(description="Cannot wait")
    def signs(self, row):
        """In words."""
        return ", ".join(row.red_flags)

    def alarms(self, request, row):
        """What cannot wait, while nobody has read it."""
        if not row.red_flags or row.read_at or row.entered_in_error_at:
            return []
        return [(f"A prescriber looks at the person today: {', '.join(row.red_flags)}.", "", "")]

    def next_verb(self, row):
        """The result, then reading it."""
        return "record-result" if row.done_at is None else "read"


@admin.register(BodyCheck)
class BodyCheckAdmin(RecordAdmin):
    """Checks, owed or made."""

    list_display = ["patient", "name", "due", "ended", "stop_reason"]
    list_select_related = ["patient", "duty__ladder"]
    list_filter = [unset("ended_at", "To be made", "Ended")]
    search_fields = PEOPLE
    on_page = ["episode__patient", "duty__ladder"]
    below = ["investigations"]
    ended = at("ended_at", "Ended")

    @admin.display(description="Due", ordering="duty__due_at")
    def due(self, row):
        """The clock of its duty."""
        return due()(self, row.duty)


@admin.register(UrologyReferral)
class UrologyReferralAdmin(RecordAdmin):
    """Referrals, with the clock of their next step."""

    list_display = ["patient", "because", "urgent", "stands", "due", "appointment"]
    list_select_related = ["patient", "duty__ladder"]
    list_filter = [unset("ended_at", "Not seen yet", "Ended"), "urgent"]
    search_fields = [*PEOPLE, "sent_to"]
    on_page = ["episode__patient", "duty__ladder"]
    appointment = at("appointment_at", "Appointment")

    @admin.display(description="State")
    def stands(self, row):
        """The last step taken."""
        return row.standing()

    @admin.display(description="Due", ordering="duty__due_at")
    def due(self, row):
        """The clock of its duty."""
        return due()(self, row.duty)

    def next_verb(self, row):
        """The next step."""
        if row.sent_at is None:
            return "send"
        return "record-visit" if row.appointment_at else "set-appointment"
