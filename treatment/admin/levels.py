"""Levels of care: what they ask for, which one a person needs, moves between them, and the hours delivered."""

from datetime import datetime, time

from django.contrib import admin
from django.utils import timezone
from django.utils.html import format_html_join

from patients.admin import RecordAdmin
from patients.admin.forms import KEYS
from patients.admin.people import EpisodeAdmin
from patients.admin.places import PlaceAdmin
from patients.admin.plots import Point, line
from patients.admin.records import LEADS_TO
from patients.admin.tabs import plot
from patients.admin.words import at
from patients.codes import Answered

from ..actions.travels import TRAVELS
from ..models import Checklist, Dealt, LevelMapping, LevelOfCareAssessment, LevelStandard, Placement, Step
from ..models.hours import weekly
from ..models.levels import named
from .words import PEOPLE, unset

IN_WORDS = {"under": "under the band", "over": "over the band", "in": "in the band", "part": "part of a week"}


def needs(row):
    """The items of our own checklist, one line each."""
    items = Checklist.objects.current("level-needs").items
    return [(item["code"], f"{item['dimension']}. {item['text']}", Answered.choices) for item in items]


KEYS["needs"] = needs
KEYS["travels"] = lambda row: [(check.code, check.words) for check in TRAVELS]
EpisodeAdmin.does |= {"level_review": "assess-level", "level_assessment": "assess-level"}
LEADS_TO["assess-level"] = lambda assessment: assessment


@admin.register(LevelStandard)
class LevelStandardAdmin(PlaceAdmin):
    """What levels ask for: the defaults, and what a place sets beside them."""

    list_display = ["level", "words", "asam_edition", "for_minors", "hours_from", "hours_below", "review", "facility"]
    list_select_related = ["facility"]
    list_filter = ["asam_edition"]
    search_fields = ["level", "source"]
    ordering = ["asam_edition", "level", "pk"]
    own_fields = [
        "facility",
        "asam_edition",
        "level",
        "for_minors",
        "hours_from",
        "hours_below",
        "review_after",
        "source",
    ]

    @admin.display(description="In words")
    def words(self, row):
        """As its edition says it."""
        return named(row.asam_edition, row.level)

    @admin.display(description="Assessed again after", ordering="review_after")
    def review(self, row):
        """In days."""
        return f"{row.review_after.days} days"


@admin.register(LevelMapping)
class LevelMappingAdmin(RecordAdmin):
    """Which rating asks for which level, loaded under a license."""

    list_display = ["name", "number", "asam_edition", "license_holder", "licensed_until", "loaded", "withdrawn"]
    list_select_related = False
    list_filter = ["asam_edition", unset("withdrawn_at", "In use", "Withdrawn")]
    search_fields = ["name", "license_holder", "license_reference"]
    on_page = ["facility"]
    loaded, withdrawn = at("loaded_at", "Loaded"), at("withdrawn_at", "Withdrawn")

    def get_fields(self, request, obj=None):
        """The content as lines."""
        return [{"content": "rated_by"}.get(name, name) for name in super().get_fields(request, obj)]

    @admin.display(description="Ratings")
    def rated_by(self, row):
        """Each dimension with its tokens."""
        lines = (
            (
                " ".join(filter(None, [one["dimension"], one["subdimension"], one["name"]])),
                ", ".join(f"{token} → {level or 'none'}" for token, level in one["tokens"].items()),
            )
            for one in row.content["dimensions"]
        )
        return format_html_join("", "<div>{}: {}</div>", lines)


@admin.register(LevelOfCareAssessment)
class LevelOfCareAssessmentAdmin(RecordAdmin):
    """Which level of care people need."""

    list_display = [
        "patient", "kind", "indicated", "recommended", "authorized", "placed", "assessed", "signed", "cosigned"
    ]  # fmt: skip
    list_select_related = ["patient"]
    list_filter = ["kind", "variance_reason", unset("signed_at", "Draft", "Signed")]
    search_fields = PEOPLE
    on_page = [
        "facility", "episode__patient", "placement__patient", "placement__program", "checklist", "mapping",
        "sign_duty__ladder", "review_duty__ladder", "cosign_duty__ladder",
    ]  # fmt: skip
    below = ["steps"]
    corrects = {
        "amend": {
            "credential", "barriers", "preferences", "modifiers", "indicated", "recommended", "authorized", "placed",
            "variance_reason", "justification", "edition",
        }
    }  # fmt: skip
    reviews = {"sign": ("rated", "levels", "variance_reason", "justification"), "cosign": ("rated", "levels")}
    verb_order = ("sign", "cosign", "amend")
    assessed, signed = at("assessed_at", "Assessed"), at("signed_at", "Signed")
    cosigned = at("cosigned_at", "Co-signed")

    def get_fields(self, request, obj=None):
        """Ratings, needs and levels in words."""
        written = {"ratings": "rated", "needs": "needed", "indicated": "levels"}
        left_out = {"recommended", "authorized", "placed"}
        return [written.get(name, name) for name in super().get_fields(request, obj) if name not in left_out]

    @admin.display(description="Ratings")
    def rated(self, row):
        """One line each."""
        lines = (
            (
                " ".join(filter(None, [one["dimension"], one["subdimension"]])),
                one["token"],
                f", at least {one['min_level']}" if one["min_level"] else "",
                ". ".join(filter(None, [one.get("evidence"), one.get("sources")])),
            )
            for one in row.ratings
        )
        return format_html_join("", "<div>{}: <strong>{}</strong>{} {}</div>", lines)

    @admin.display(description="Needs")
    def needed(self, row):
        """What was answered with yes, then the others."""
        words = dict(Answered.choices)
        items = row.checklist.items if row.checklist else []
        lines = ((item["text"], words[row.needs[item["code"]]]) for item in items if item["code"] in row.needs)
        return format_html_join("", "<div>{}: <strong>{}</strong></div>", lines)

    @admin.display(description="Levels")
    def levels(self, row):
        """Indicated, recommended, authorized and placed, each by itself."""
        columns = ("indicated", "recommended", "authorized", "placed")
        lines = ((name.capitalize(), row.label_of(name)) for name in columns if getattr(row, name))
        return format_html_join("", "<div>{}: <strong>{}</strong></div>", lines)

    def next_verb(self, row):
        """The signature, then the second."""
        return "sign" if row.signed_at is None else "cosign" if row.waits_for_cosignature() else ""


@admin.register(Step)
class StepAdmin(RecordAdmin):
    """Moves between programs."""

    list_display = ["patient", "direction", "from_where", "to_where", "reason", "moved"]
    list_select_related = ["patient", "left__program", "began__program"]
    list_filter = ["direction"]
    search_fields = PEOPLE
    on_page = [
        "episode__patient", "left__patient", "left__program", "began__patient", "began__program",
        "assessment__patient", "review_duty__ladder", "contact_duty__ladder",
    ]  # fmt: skip
    moved = at("moved_at", "Moved")

    @admin.display(description="From")
    def from_where(self, row):
        """The program that was left."""
        return row.left.program

    @admin.display(description="To")
    def to_where(self, row):
        """The program that was begun."""
        return row.began.program

    def get_fields(self, request, obj=None):
        """The checklist in words."""
        return ["seen_to" if name == "travels" else name for name in super().get_fields(request, obj)]

    @admin.display(description="What travels")
    def seen_to(self, row):
        """Each line, with what was in the way and what was done about it."""
        words = dict(Dealt.choices)
        lines = (
            (
                one["says"],
                one["gap"] or "nothing in the way",
                f". {words[one['answer']]}: {one['words']}" if "answer" in one else "",
            )
            for one in row.travels.values()
        )
        return format_html_join("", "<div>{}: {}{}</div>", lines)


@plot("treatment")
def clinical_hours(request, patient):
    """Clinical hours by week, one picture for each level the person was at, its band behind the line."""
    found = {}
    for week in weekly(Placement.objects.of(patient), now=timezone.now()):
        found.setdefault((week.edition, week.level, week.band), []).append(week)
    return format_html_join("", "{}", ((_hours(weeks),) for weeks in found.values() if any(w.hours for w in weeks)))


def _hours(weeks):
    """One level: the weeks at it, and how many hours it asks for."""
    last = weeks[-1]
    low, high = (None if edge is None else float(edge) for edge in (last.hours_from, last.hours_below))
    top = max(float(week.hours) for week in weeks)
    top = max(top * 1.1, high or 0, (low or 0) * 1.5, 1)
    bands = [] if low is None and high is None else [(low or 0, high or top, f"{last.level}: {last.band}")]
    points = [Point(_noon(week.week), float(week.hours), IN_WORDS.get(week.state, "")) for week in weeks]
    level = f", level {last.level}" if last.level else ""
    return line(f"Clinical hours by week{level}", points, unit=" h", top=top, bands=bands)


def _noon(day):
    """A day as an instant that is that day wherever somebody looks from."""
    return timezone.make_aware(datetime.combine(day, time(12)))
