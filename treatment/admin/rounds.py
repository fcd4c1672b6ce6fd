"""Rounds: orders of them, each time somebody was seen, batches to be looked at; and vital signs over time."""

from datetime import timedelta

from django.contrib import admin, messages
from django.utils import timezone
from django.utils.html import format_html_join

from patients.admin import RecordAdmin
from patients.admin.forms import CHOICES
from patients.admin.plots import Point, line
from patients.admin.records import LEADS_TO, yes_no
from patients.admin.tabs import plot
from patients.admin.words import NOTHING, at, clock, moment

from ..models import Checklist, Observation, RoundBatch, RoundEntry, RoundOrder
from ..models.observations import UNITS
from ..models.rounds import EXCEPTIONS, moves
from .words import PEOPLE

VITALS = {
    "respiratory_rate": "Breathing",
    "oxygen_saturation": "Oxygen saturation",
    "heart_rate": "Heart rate",
    "systolic": "Systolic pressure",
    "temperature": "Temperature",
}
SCALES = {  # where a picture begins and ends
    "respiratory_rate": (0, 40),
    "oxygen_saturation": (70, 100),
    "heart_rate": (30, 180),
    "systolic": (60, 220),
    "temperature": (34, 42),
}
LATELY = timedelta(hours=24)
SHOWN = 200  # readings in a picture


def levels(row):
    """The levels in force, the closest last."""
    return [(item["code"], item["text"]) for item in Checklist.objects.current("observation-levels").items]


CHOICES["level"] = levels
LEADS_TO["order-rounds"] = lambda order: order


@admin.register(RoundOrder)
class RoundOrderAdmin(RecordAdmin):
    """Who is watched how closely."""

    list_display = ["patient", "level_name", "next_round", "reason", "ordered", "how_ended"]
    list_select_related = ["patient", "duty__ladder"]
    list_filter = [yes_no("going on", "open", "Going on", "Ended", lambda rows: rows.open())]
    search_fields = [*PEOPLE, "level_name"]
    on_page = ["episode__patient", "duty__ladder", "duty__facility", "review_duty__ladder"]
    below = ["entries"]
    ordered = at("ordered_at", "Ordered")

    @admin.display(description="Next round", ordering="duty__due_at")
    def next_round(self, row):
        """The clock of its duty, or why it stands."""
        if row.is_over():
            return NOTHING
        return "Away" if row.duty.suspended_at else clock(row.duty.due_at)

    @admin.display(description="Ended")
    def how_ended(self, row):
        """Why, once they have."""
        return row.duty.close_reason or NOTHING

    def next_verb(self, row):
        """The next round."""
        return "enter"

    def done(self, request, verb, row, made):
        """What whoever made the round does at once."""
        where = super().done(request, verb, row, made)
        if isinstance(made, RoundEntry) and (now := made.what_now()):
            messages.error(request, f"{made.patient}: {now}")
        return where


@admin.register(RoundEntry)
class RoundEntryAdmin(RecordAdmin):
    """Each time somebody was seen, or looked for."""

    list_display = ["patient", "observed", "where", "state", "breathing", "did", "distress", "entered_by", "struck"]
    list_select_related = ["patient", "entered_by", "strike"]
    list_filter = [
        yes_no("stands out", "stands_out", "Stands out", "Usual", lambda rows: rows.filter(EXCEPTIONS)),
        "where",
        yes_no("struck", "struck", "Struck", "Right", lambda rows: rows.exclude(strike=None)),
    ]
    search_fields = PEOPLE
    on_page = ["order__patient", "strike__struck_by"]
    observed = at("observed_at", "Seen")

    @admin.display(description="Did")
    def did(self, row):
        """In words."""
        words = dict(RoundEntry._meta.get_field("behavior").base_field.choices)
        return ", ".join(words[one].lower() for one in row.behavior) or NOTHING

    @admin.display(description="Struck")
    def struck(self, row):
        """Why, when it was a mistake."""
        return row.strike.reason if hasattr(row, "strike") else NOTHING

    def get_fields(self, request, obj=None):
        """With why it was struck."""
        return [*super().get_fields(request, obj), "struck"]

    def alarms(self, request, row):
        """What is to be done at once."""
        return [(now, "", "")] if (now := row.what_now()) and not hasattr(row, "strike") else []


@admin.register(RoundBatch)
class RoundBatchAdmin(RecordAdmin):
    """Rounds that cannot have been as they are written."""

    list_display = ["written_by", "rounds", "why", "first", "last", "looked", "looked_by"]
    list_select_related = ["written_by", "looked_by"]
    list_filter = [yes_no("waiting", "state", "To be looked at", "Looked at", lambda rows: rows.open())]
    search_fields = ["written_by__first_name", "written_by__last_name", "written_by__username"]
    on_page = ["duty__ladder"]
    first, last, looked = at("first_at", "From"), at("last_at", "Until"), at("looked_at", "Looked at")

    @admin.display(description="Why")
    def why(self, row):
        """The rules that found them, in words."""
        if not hasattr(self, "words"):
            self.words = {item["code"]: item["text"] for item in Checklist.objects.current("round-batches").items}
        return "; ".join(self.words.get(sign, sign) for sign in row.signs)

    def get_fields(self, request, obj=None):
        """The reasons in words."""
        return ["why" if name == "signs" else name for name in super().get_fields(request, obj)]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The page, with the rounds whose people this user may see; the access log is told about everybody on it."""
        batch = self.get_object(request, object_id)
        page = self.admin_site.get_model_admin(RoundEntry)
        rows = page.get_queryset(request).filter(pk__in=batch.entries().values("pk")).select_related("patient")
        rows = list(rows.order_by("entered_at")[:SHOWN])
        request.patients.update(row.patient_id for row in rows)
        told = {
            "title": "The rounds",
            "heads": ["Person", "Where", "Seen", "Written down"],
            "rows": [
                (
                    page.page_of(row.pk),
                    [row.patient, row.get_where_display(), moment(row.observed_at), moment(row.entered_at)],
                )
                for row in rows
            ],
        }
        return super().change_view(request, object_id, form_url, {"sections": [told], **(extra_context or {})})

    def next_verb(self, row):
        """Saying what was found."""
        return "look-at"


def readings_of(patients):
    """{patient: {code: [(at, value)]}} of the last day, oldest first, in one statement."""
    since = timezone.now() - LATELY
    rows = Observation.objects.right().filter(patient__in=patients, observed_at__gte=since).order_by("observed_at")
    found = {}
    for patient, when, *values in rows.values_list("patient", "observed_at", *VITALS):
        for code, value in zip(VITALS, values, strict=True):
            if value is not None:
                found.setdefault(patient, {}).setdefault(code, []).append((when, value))
    return found


@plot("treatment")
def vitals(request, patient):
    """Each vital sign over time, its limits shaded behind it; above them what moves the wrong way."""
    rows = list(Observation.objects.of(patient).right().order_by("-observed_at")[:SHOWN])
    if not rows:
        return ""
    emergency, usual, trends = Checklist.objects.current_of("emergency-warning", "medical-clearance", "vital-trends")
    now_limits = {item["code"]: item["below"] for item in emergency.items if "below" in item}
    usual_limits = {item["measured_as"]: item for item in usual.items if "measured_as" in item}
    readings = {
        code: [(row.observed_at, getattr(row, code)) for row in reversed(rows) if getattr(row, code) is not None]
        for code in VITALS
    }
    said = [sentence for _, sentence in moves(readings, trends.items)]
    pictures = (
        line(
            f"{title} ({UNITS[code]})",
            [
                Point(when, float(value), "; ".join(_told(code, value, now_limits, usual_limits)))
                for when, value in found
            ],
            bottom=SCALES[code][0],
            top=SCALES[code][1],
            bands=_bands(code, now_limits, usual_limits),
        )
        for code, title in VITALS.items()
        if (found := readings[code])
    )
    flags = format_html_join("", '<p class="tl-note">▲ Vital signs: {}.</p>', ((sentence,) for sentence in said))
    return flags + format_html_join("", "{}", ((picture,) for picture in pictures))


def _told(code, value, now_limits, usual_limits):
    """What the table says beside a number."""
    if code in now_limits and value < now_limits[code]:
        yield "call emergency services"
    elif code in usual_limits:
        low, high = usual_limits[code].get("low"), usual_limits[code].get("high")
        if low is not None and value < low:
            yield "below usual"
        if high is not None and value > high:
            yield "above usual"


def _bands(code, now_limits, usual_limits):
    """(from, to, words): what calls for help now, and what is usual."""
    bottom, top = SCALES[code]
    bands = [(bottom, now_limits[code], "call now")] if code in now_limits else []
    if code in usual_limits:
        bands.append((usual_limits[code].get("low", bottom), usual_limits[code].get("high", top), "usual"))
    return bands
