"""Instruments, what people answered to them, and what is asked when."""

from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join

from patients.admin import RecordAdmin
from patients.admin.forms import KEYS, OFFERS
from patients.admin.plots import Bar, Lane, Point, lane, lanes_of, line
from patients.admin.records import LEADS_TO, yes_no
from patients.admin.tabs import plot
from patients.admin.words import NOTHING, at, due

from ..models import (
    Assessment,
    AssessmentSchedule,
    Instrument,
    InstrumentPermission,
    MedicationOrder,
    Placement,
    ScheduledAssessment,
)
from ..models.instruments import KeptAs
from ..models.trends import trends
from .words import PEOPLE, unset


def items(row):
    """The items of an instrument, one line each, with what may be answered."""
    asked = row.instrument
    return [
        (item["code"], item["text"], [] if "between" in item else asked.may_be_answered(item)) for item in asked.items
    ]


def offered_instruments(rows, row=None):
    """The newest editions that may be used today; one that is written down with a verb of its own says so."""
    usable = Instrument.objects.usable(timezone.localdate()).values("pk")
    return [
        (row.pk, f"{row.name}: {row.about}{f' ({KeptAs(row.kept_as).label.lower()})' if row.kept_as else ''}")
        for row in rows.filter(pk__in=usable).order_by("kept_as", "name")
    ]


KEYS["answers"] = items
OFFERS[Instrument] = offered_instruments
LEADS_TO["begin-assessment"] = LEADS_TO["ask"] = lambda assessment: assessment


@admin.register(Instrument)
class InstrumentAdmin(RecordAdmin):
    """Questionnaires. Editions never change."""

    list_display = ["name", "about", "edition", "loinc", "usable"]
    list_select_related = False
    list_filter = [
        yes_no("current", "current", "Newest edition", "Replaced", lambda rows: rows.current()),
        yes_no("loaded", "from", "Loaded by us", "Delivered", lambda rows: rows.exclude(loaded_at=None)),
        yes_no("usable", "usable", "May be used", "May not", lambda rows: rows.usable(timezone.localdate())),
    ]
    below = ["permissions"]
    search_fields = ["name", "slug", "about"]
    ordering = ["slug", "-edition"]

    def get_list_filter(self, request):
        """It belongs to no place."""
        return self.list_filter

    def get_queryset(self, request):
        """With whether it may be used today."""
        usable = Instrument.objects.usable(timezone.localdate()).filter(pk=OuterRef("pk"))
        return super().get_queryset(request).annotate(is_usable=Exists(usable))

    @admin.display(description="May be used", boolean=True)
    def usable(self, row):
        """Is it the newest edition, with a permission in force where it needs one?"""
        return row.is_usable

    def get_fields(self, request, obj=None):
        """As it is read."""
        written = {"items": "asked", "scores": "bands"}
        return [written.get(name, name) for name in super().get_fields(request, obj) if name != "choices"]

    @admin.display(description="Items")
    def asked(self, row):
        """Each with its answers."""
        lines = ((item["code"], item["text"], _answers(row, item)) for item in row.items)
        return format_html_join("", "<p>{} {}<br>{}</p>", lines)

    @admin.display(description="Scores")
    def bands(self, row):
        """Each with its bands."""
        lines = (
            (rule["name"], "; ".join(f"from {band['from']}: {band['says']}" for band in rule["bands"]))
            for rule in row.scores
        )
        return format_html_join("", "<div>{}: {}</div>", lines)


def _more(one):
    """What else a score says of itself."""
    said = ["prorated"] if one.get("prorated") else []
    said += [f"cut-off for {one['sex']}"] if one.get("sex") else []
    return "".join(f"; {words}" for words in [*said, *filter(None, [one.get("moved")])])


def _answers(row, item):
    told = row.may_be_answered(item)
    return f"{told[0][0]} to {told[-1][0]}" if "between" in item else "; ".join(f"{v} {words}" for v, words in told)


@admin.register(Assessment)
class AssessmentAdmin(RecordAdmin):
    """What people answered."""

    list_display = ["patient", "instrument", "answered", "came_to", "severity"]
    list_select_related = ["patient", "instrument"]
    list_filter = [
        "severity",
        yes_no("to answer", "answered", "To be answered", "Answered or declined", lambda rows: rows.to_answer()),
        yes_no("waiting", "state", "Waiting for somebody", "Others", lambda rows: rows.unsettled()),
    ]
    search_fields = [*PEOPLE, "instrument__name"]
    on_page = ["episode__patient", "instrument", "duty__ladder"]
    answered = at("answered_at", "Answered")
    reviews = {"answer": ("instrument", "asked")}

    @admin.display(description="Read first")
    def asked(self, row):
        """What stands before the items."""
        return row.instrument.ask or row.instrument.about

    def get_fields(self, request, obj=None):
        """As it is read."""
        written = {"answers": "said", "scores": "came_to"}
        return [written.get(name, name) for name in super().get_fields(request, obj)]

    @admin.display(description="Came to")
    def came_to(self, row):
        """Each score with its band."""
        lines = (
            (one["name"], "" if one["score"] is None else one["score"], one["says"], _more(one))
            for one in row.scores.values()
        )
        return format_html_join("", "<div>{} {}: {}{}</div>", lines)

    @admin.display(description="Answers")
    def said(self, row):
        """In words."""
        asked = row.instrument
        lines = (
            (item["text"], dict(asked.may_be_answered(item)).get(value, value))
            for item in asked.items
            if (value := row.answers.get(item["code"])) is not None
        )
        return format_html_join("", "<div>{} – {}</div>", lines)

    def alarms(self, request, row):
        """What cannot wait, while nobody came."""
        return [(f"{'; '.join(row.flags).capitalize()}. {now}", "", "")] if (now := row.what_now()) else []

    def next_verb(self, row):
        """The answers, then what they called for."""
        return "settle" if row.answered_at else "answer"


def where_it_is_asked(row):
    """The button that asks what is scheduled: {url, label}; where a noun of its own keeps it, on the page of that."""
    kept_as = row.schedule.instrument.kept_as
    if kept_as == KeptAs.BLADDER_LOG:
        return {"url": reverse("admin:patients_episode_do", args=[row.episode_id, "log-bladder"]), "label": "Log it"}
    if kept_as == KeptAs.CRITERIA:
        url = reverse("admin:patients_patient_do", args=[row.patient_id, "assess-criteria"])
        return {"url": url, "label": "Assess them"}
    return {"url": reverse("admin:treatment_scheduledassessment_do", args=[row.pk, "ask"]), "label": "Ask now"}


@admin.register(InstrumentPermission)
class InstrumentPermissionAdmin(RecordAdmin):
    """By whose leave."""

    list_display = ["instrument", "given_by", "reference", "given_on", "valid_until"]
    list_select_related = ["instrument"]
    search_fields = ["instrument__name", "given_by", "reference"]

    def get_list_filter(self, request):
        """It belongs to no place."""
        return self.list_filter


@admin.register(AssessmentSchedule)
class AssessmentScheduleAdmin(RecordAdmin):
    """When programs ask what."""

    list_display = ["program", "instrument", "asked", "role", "only_ketamine", "ended"]
    list_select_related = ["program", "instrument"]
    list_filter = [unset("ended_at", "In force", "Ended"), "after_discharge", "role"]
    search_fields = ["program__name", "instrument__name"]
    on_page = ["program__facility"]
    ended = at("ended_at", "Ended")

    @admin.display(description="Asked")
    def asked(self, row):
        """In words."""
        return row.in_words().capitalize()


@admin.register(ScheduledAssessment)
class ScheduledAssessmentAdmin(RecordAdmin):
    """What is asked of people again and again."""

    list_display = ["patient", "instrument", "due", "by", "last"]
    list_select_related = ["patient", "schedule__instrument", "duty__ladder", "duty__owner"]
    list_filter = [
        yes_no("overdue", "state", "Overdue", "Others", lambda rows: rows.overdue(timezone.now())),
        yes_no("owed", "owed", "Owed", "Not asked any more", lambda rows: rows.open()),
    ]
    search_fields = [*PEOPLE, "schedule__instrument__name"]
    ordering = ["duty__due_at", "pk"]
    on_page = ["episode__patient", "schedule__instrument", "duty__ladder", "duty__owner"]
    last = at("last_at", "Last asked")

    @admin.display(description="Instrument", ordering="slug")
    def instrument(self, row):
        """By name."""
        return row.schedule.instrument

    @admin.display(description="Due", ordering="duty__due_at")
    def due(self, row):
        """The clock of its duty; why not, when it is not owed."""
        if row.duty is None:
            return NOTHING
        return due()(self, row.duty) if row.duty.is_open() else row.duty.close_reason

    @admin.display(description="By")
    def by(self, row):
        """Whoever owes it."""
        return NOTHING if row.duty is None else row.duty.owner or f"any {row.duty.get_owner_role_display().lower()}"

    def alarms(self, request, row):
        """What a noun of its own keeps is written down there."""
        if not row.is_owed() or not row.schedule.instrument.kept_as:
            return []
        there = where_it_is_asked(row)
        return [(f"{row.schedule.instrument} is due.", there["url"], there["label"])]

    def next_verb(self, row):
        """Asking."""
        return "ask"


@lane
def placements(patient):
    """Where the person was in treatment."""
    rows = Placement.objects.of(patient).right().filter(track="main").select_related("program").order_by("began_at")
    return [Lane("Program", [Bar(row.began_at, row.ended_at, row.program.name) for row in rows])]


@lane
def medication(patient):
    """What was ordered for the person."""
    rows = MedicationOrder.objects.of(patient).right().order_by("starts_at")
    return [Lane("Medication", [Bar(row.starts_at, row.ended_at or row.ends_at, row.name) for row in rows])]


@plot("treatment")
def scores(request, patient):
    """Every score over time, its bands behind it, and what else went on under it."""
    found = [
        (f"{one.instrument.name}: {score['name'].lower()}", score)
        for one in trends(patient)
        for score in one.scores()
        if score["points"]
    ]
    lanes = lanes_of(patient) if found else []
    return format_html_join("", "{}", ((_drawn(title, score, lanes),) for title, score in found))


def _drawn(title, score, lanes):
    """One score over time."""
    edges = [*(band["from"] for band in score["bands"]), score["top"]]
    bands = [(low, high, band["says"]) for band, low, high in zip(score["bands"], edges, edges[1:], strict=False)]
    points = [Point(point["at"], point["value"], point["band"]) for point in score["points"]]
    return line(title, points, top=score["top"], bands=bands, lanes=lanes)
