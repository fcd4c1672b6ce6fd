"""Instruments, and what people answered to them."""

from django.contrib import admin
from django.utils.html import format_html_join

from patients.admin import RecordAdmin
from patients.admin.forms import KEYS, OFFERS
from patients.admin.plots import Point, line
from patients.admin.records import LEADS_TO, yes_no
from patients.admin.tabs import plot
from patients.admin.words import at

from ..models import Assessment, Instrument

PEOPLE = ["patient__preferred_name", "patient__legal_name"]


def items(row):
    """The items of an instrument, one line each, with what may be answered."""
    asked = row.instrument
    return [
        (item["code"], item["text"], [] if "between" in item else asked.may_be_answered(item)) for item in asked.items
    ]


def offered_instruments(rows):
    """The newest editions."""
    current = rows.filter(pk__in=Instrument.objects.current().values("pk")).order_by("name")
    return [(row.pk, f"{row.name}: {row.about}") for row in current]


KEYS["answers"] = items
OFFERS[Instrument] = offered_instruments
LEADS_TO["begin-assessment"] = lambda assessment: assessment


@admin.register(Instrument)
class InstrumentAdmin(RecordAdmin):
    """Questionnaires. Editions never change."""

    list_display = ["name", "about", "edition", "loinc"]
    list_select_related = False
    list_filter = [yes_no("current", "current", "Newest edition", "Replaced", lambda rows: rows.current())]
    search_fields = ["name", "slug", "about"]
    ordering = ["slug", "-edition"]

    def get_list_filter(self, request):
        """It belongs to no place."""
        return self.list_filter

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
        yes_no("answered", "answered", "Answered", "To be answered", lambda rows: rows.exclude(answered_at=None)),
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
            (one["name"], "" if one["score"] is None else one["score"], one["says"]) for one in row.scores.values()
        )
        return format_html_join("", "<div>{} {}: {}</div>", lines)

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


@plot("treatment")
def trends(request, patient):
    """Every score over time, its bands behind it."""
    rows = Assessment.objects.of(patient).answered().select_related("instrument").order_by("answered_at")
    told = {}
    for row in rows:
        for code, one in row.scores.items():
            if one["score"] is not None:
                told.setdefault((row.instrument.slug, code), []).append((row, one))
    return format_html_join("", "{}", ((_trend(found),) for found in told.values()))


def _trend(found):
    """One score over time, its bands behind it."""
    newest, one = found[-1]
    rule = next(rule for rule in newest.instrument.scores if rule["name"] == one["name"])
    top = newest.instrument.highest(rule)
    edges = [*(band["from"] for band in rule["bands"]), top]
    bands = [(low, high, band["says"]) for band, low, high in zip(rule["bands"], edges, edges[1:], strict=False)]
    points = [Point(row.answered_at, score["score"], score["says"]) for row, score in found]
    return line(f"{newest.instrument.name}: {one['name'].lower()}", points, top=top, bands=bands)
