"""After discharge: plans, check-ins, what people answer, and deaths."""

from django.contrib import admin
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from duties.admin import DutyAdmin
from duties.views import Duties
from patients.admin import RecordAdmin
from patients.admin.forms import CHOICES, KEYS
from patients.admin.head import element, faint, link, loud
from patients.admin.people import EpisodeAdmin
from patients.admin.plots import Point, line
from patients.admin.records import yes_no
from patients.admin.supporters import SupporterAdmin
from patients.admin.tabs import plot
from patients.admin.words import at, due, moment
from patients.codes import Channel
from patients.models import ContactPoint

from . import questions, scripts
from .actions.calls import CALLS
from .actions.plans import UNREACHABLE
from .actions.supporters import unreached, whom_to_call
from .models import (
    AftercarePlan,
    Answer,
    AnswerDraft,
    CallAttempt,
    CheckIn,
    CheckInLink,
    DeathReport,
    Pause,
    SafeWord,
    Schedule,
    Tier,
    Tiering,
)
from .views.plans import FOLLOWS_UP
from .views.schedules import dates

PEOPLE = ["patient__preferred_name", "patient__legal_name"]

EpisodeAdmin.does |= {"aftercare_end": "close", "withdrew_review": "begin-aftercare"}


def schedules(row):
    """The schedules in use at the place: by name, the newest edition of each."""
    place = row.facility_id if row is not None else None
    found = Schedule.objects.filter(Q(facility=place) | Q(facility=None)).order_by("slug", "edition")
    return {one.slug: one.name for one in found}.items()


def numbers(row):
    """The numbers of whoever a call is owed to, as they are dialed."""
    found = ContactPoint.objects.right().of(row.patient) if row is not None and row.patient_id else ()
    phones = found and found.filter(channel=Channel.PHONE, revoked_at=None)
    return {str(one.pk): one.typed or one.value for one in phones}.items()


CHOICES |= {"schedule": schedules, "contact_point": numbers}
DutyAdmin.below = [*DutyAdmin.below, "call_attempts"]
SupporterAdmin.below = [*SupporterAdmin.below, "call_attempts"]


def whom_else(self, request, row, tab):
    """Beside a call or review of somebody who was not reached: whom one may call instead, and that they turned up."""
    if row.patient_id is None or not row.is_open() or row.ladder.slug not in {*CALLS, *UNREACHABLE}:
        return {}
    return {**_turned_up(row), **_around(self, request, row)}


def _turned_up(row):
    """Where to write down that the person answered a letter, or came, instead of being found."""
    plan = AftercarePlan.objects.of(row.patient).filter(episode=row.episode_id).order_by("began_at").last()
    return {"turned_up": plan} if plan and row.ladder.slug in UNREACHABLE else {}


def _around(self, request, row):
    records = row.patient.records()
    if not unreached(records).exists() or not Duties.seen_by(request.user, FOLLOWS_UP).filter(pk=row.pk).exists():
        return {}
    around = scripts.around(whom_to_call(records), row.patient, request.user)
    here = {"facility": row.facility_id, "here": self.page_of(row.pk)}
    return {"around": {"patient": row.patient, "supporters": around, **here}}


DutyAdmin.on_tab = whom_else

ON_TOP = {"craving", "ketamine_days", "wants_call", "text"}  # inputs of their own
YES_NO = [("true", "Yes"), ("false", "No")]


def questions_below(row):
    """The other questions of a check-in, one line each, with what may be answered."""
    each = [question for question in questions.current().each if question.key not in ON_TOP]
    return [(question.key, _asked(question), _choices(question)) for question in each]


def _asked(question):
    if question.kind != "choices":
        return question.ask["en"]
    return f"{question.ask['en']} ({', '.join(value for value, _ in question.offered())})"


def _choices(question):
    return YES_NO if question.kind == "yes_no" else question.offered() if question.kind == "choice" else []


KEYS["given"] = questions_below


@plot("aftercare")
def craving(request, patient):
    """What the person said of their craving, from 0 to 100, at each check-in."""
    said = Answer.objects.of(patient).right().exclude(craving=None).order_by("answered_at")
    return line("Craving", [Point(*one) for one in said.values_list("answered_at", "craving")], top=100)


def tier_in_words(plan):
    """The tier with its color, its shape and the word."""
    tier = Tier(plan.tier)
    if tier == Tier.GREEN:
        return faint(f"{tier.shape} {tier.label}")
    return loud(tier.label, "soon" if tier == Tier.AMBER else "late", tier.shape)


@element("tier")
def tier(head):
    """How closely the person is followed after treatment; a rest of the check-ins beside it."""
    rows = head.patient.aftercare_plans.active()
    rest = Pause.objects.in_force(timezone.now()).filter(plan=OuterRef("pk")).values("until_at")[:1]
    plan = rows.annotate(rests_until=Subquery(rest)).first()
    if plan is None:
        return ""
    words = link(plan, tier_in_words(plan))
    return (
        format_html("{} {}", words, faint(f"rests until {moment(plan.rests_until)}")) if plan.rests_until else words
    )


@admin.register(AftercarePlan)
class AftercarePlanAdmin(RecordAdmin):
    """Plans."""

    list_display = ["patient", "tier_now", "schedule_name", "coach", "began", "ended", "end_reason"]
    list_select_related = ["patient", "schedule", "coach"]
    list_filter = [
        yes_no("active", "active", "Active", "Ended", lambda rows: rows.filter(ended_at=None)),
        "tier",
        "end_reason",
    ]
    search_fields = PEOPLE
    on_page = ["episode__patient", "discharge__patient", "end_duty__ladder"]
    below = ["check_ins", "tierings", "pauses"]
    began, ended = at("began_at", "Began"), at("ended_at", "Ended")

    @admin.display(description="Tier", ordering="tier")
    def tier_now(self, row):
        """In color, shape and word."""
        return tier_in_words(row)

    @admin.display(description="Schedule", ordering="schedule__name")
    def schedule_name(self, row):
        """By what they are followed up."""
        return row.schedule.name


@admin.register(CheckIn)
class CheckInAdmin(RecordAdmin):
    """Check-ins."""

    list_display = ["patient", "step", "due", "why", "outcome", "closed"]
    list_select_related = ["patient"]
    list_filter = [
        yes_no(
            "call list",
            "call",
            "To be called now",
            "Others",
            lambda rows: rows.filter(pk__in=CheckIn.objects.unanswered(timezone.now()).values("pk")),
        ),
        yes_no("open", "open", "Open", "Closed", lambda rows: rows.filter(closed_at=None)),
        "outcome",
    ]
    search_fields = PEOPLE
    ordering = ["-due_at", "pk"]
    on_page = ["plan__patient", "plan__schedule", "duty__ladder"]
    below = ["answers"]
    due, closed = due(), at("closed_at", "Closed")

    @admin.display(description="Step", ordering="number")
    def step(self, row):
        """Counted from 1, as people do."""
        return row.number + 1

    def next_verb(self, row):
        """The answer, in time or late."""
        return "answer"


@admin.register(CallAttempt)
class CallAttemptAdmin(RecordAdmin):
    """Calls made."""

    list_display = ["patient", "supporter", "outcome", "when", "by", "note"]
    list_select_related = ["patient", "supporter", "by"]
    list_filter = ["outcome", "band"]
    search_fields = [*PEOPLE, "note"]
    ordering = ["-at", "-pk"]
    on_page = ["duty__ladder", "check_in__patient"]
    when = at("at", "When")


@admin.register(Answer)
class AnswerAdmin(RecordAdmin):
    """Answers."""

    list_display = ["patient", "how", "craving", "ketamine_days", "wants_call", "answered"]
    list_select_related = ["patient"]
    list_filter = ["how", "wants_call"]
    search_fields = PEOPLE
    on_page = ["check_in__patient"]
    answered = at("answered_at", "Answered")

    def get_fields(self, request, obj=None):
        """What was given, in words."""
        return ["said" if name == "given" else name for name in super().get_fields(request, obj)]

    @admin.display(description="What was said")
    def said(self, row):
        """Question by question."""
        if not row.given:
            return "-"
        asked = questions.edition(row.questions_edition)
        lines = [(asked.get(key), value) for key, value in row.given.items()]
        return format_html_join("", "<p>{} <strong>{}</strong></p>", ((q.ask["en"], q.said(v)) for q, v in lines))


@admin.register(SafeWord)
class SafeWordAdmin(RecordAdmin):
    """Words for links; never the word itself."""

    list_display = ["patient", "hint", "chosen", "dropped"]
    list_select_related = ["patient"]
    list_filter = [yes_no("in force", "in_force", "In force", "Dropped", lambda rows: rows.filter(dropped_at=None))]
    search_fields = PEOPLE
    hidden_fields = RecordAdmin.hidden_fields | {"word_hash"}
    on_page = ["patient", "chosen_by"]
    chosen, dropped = at("chosen_at", "Chosen"), at("dropped_at", "Dropped")


@admin.register(CheckInLink)
class CheckInLinkAdmin(RecordAdmin):
    """Links; never where they lead."""

    list_display = ["patient", "issued", "expires", "opened", "ended", "ended_how"]
    list_select_related = ["patient"]
    list_filter = [
        yes_no("open", "open", "Open", "Ended", lambda rows: rows.filter(ended_at=None)),
        "ended_how",
    ]
    search_fields = PEOPLE
    hidden_fields = RecordAdmin.hidden_fields | {"token_hash"}
    on_page = ["check_in__patient"]
    issued, expires = at("issued_at", "Issued"), at("expires_at", "Until")
    opened, ended = at("opened_at", "Opened"), at("ended_at", "Ended")


@admin.register(AnswerDraft)
class AnswerDraftAdmin(RecordAdmin):
    """Who began to answer; what they said is read once it is sent in."""

    list_display = ["patient", "began", "touched", "alarmed", "ended", "ended_how"]
    list_select_related = ["patient"]
    list_filter = [
        yes_no("open", "open", "Not sent in", "Over", lambda rows: rows.filter(ended_at=None)),
        "ended_how",
    ]
    search_fields = PEOPLE
    hidden_fields = RecordAdmin.hidden_fields | {"given", "passed", "misread"}
    on_page = ["check_in__patient"]
    began, touched = at("began_at", "Began"), at("touched_at", "Last answer")
    alarmed, ended = at("alarmed_at", "Somebody called in"), at("ended_at", "Ended")


@admin.register(Schedule)
class ScheduleAdmin(RecordAdmin):
    """Schedules. Editions never change."""

    list_display = ["name", "slug", "edition", "facility", "published", "days"]
    list_select_related = ["facility"]
    search_fields = ["name", "slug"]
    ordering = ["slug", "-edition"]
    published = at("published_at", "Published")

    def get_fields(self, request, obj=None):
        """The steps in days, and the dates they come to."""
        return ["days" if name == "steps" else name for name in super().get_fields(request, obj)] + ["would_fall"]

    @admin.display(description="Dates, from today and green")
    def would_fall(self, row):
        """The first twenty, each answered when it is due."""
        shown = dates(row)
        lines = format_html_join(
            "", "<li>{} <small>{}</small></li>", ((one["local"], one["why"]) for one in shown["dates"][:20])
        )
        return format_html("<p>By the clock of {}</p><ol>{}</ol>", shown["zone"], lines)

    @admin.display(description="Steps after day 0")
    def days(self, row):
        """In days, or in hours where shorter."""
        return ", ".join(
            f"day {step.days}" if step.days else f"{step.total_seconds() / 3600:.2g} h" for step in row.steps
        )


@admin.register(Tiering)
class TieringAdmin(RecordAdmin):
    """Tiers given, with the signs they were given for."""

    list_display = ["patient", "tier", "why", "because", "when", "by"]
    list_select_related = ["patient", "by"]
    list_filter = ["tier", "because"]
    search_fields = PEOPLE
    ordering = ["-at", "-pk"]
    on_page = ["plan__patient", "plan__schedule", "check_in__patient", "answer__check_in__patient"]
    when = at("at", "When")

    def get_fields(self, request, obj=None):
        """The signs in words."""
        return ["why" if name == "signs" else name for name in super().get_fields(request, obj)]

    @admin.display(description="Why")
    def why(self, row):
        """In words."""
        return row.words()


@admin.register(Pause)
class PauseAdmin(RecordAdmin):
    """When check-ins rest."""

    list_display = ["patient", "because", "paused", "until", "resumed"]
    list_select_related = ["patient"]
    list_filter = ["because"]
    search_fields = PEOPLE
    on_page = ["plan__patient", "plan__schedule"]
    paused, until, resumed = at("paused_at", "From"), at("until_at", "Until"), at("resumed_at", "Back early")


@admin.register(DeathReport)
class DeathReportAdmin(RecordAdmin):
    """Deaths reported."""

    list_display = ["patient", "told_by", "reported", "confirmed", "withdrawn"]
    list_select_related = ["patient"]
    list_filter = [
        yes_no("confirmed", "confirmed", "Confirmed", "Open", lambda rows: rows.exclude(confirmed_at=None))
    ]
    search_fields = PEOPLE
    on_page = ["episode__patient", "duty__ladder"]
    reported, confirmed = at("reported_at", "Reported"), at("confirmed_at", "Confirmed")
    withdrawn = at("withdrawn_at", "Withdrawn")
