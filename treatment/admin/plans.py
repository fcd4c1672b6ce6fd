"""Treatment plans: written on one page, printed on one sheet; their templates, lines and reviews."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html_join

from patients.admin import RecordAdmin
from patients.admin.forms import CHOICES, KEYS
from patients.admin.pads import Pad, Part
from patients.admin.records import LEADS_TO, yes_no
from patients.admin.tabs import plot
from patients.admin.words import NOTHING, at
from patients.models import Condition, Episode
from patients.views.bases import VERBS

from ..actions.plan_lines import offered
from ..actions.plans import Decision
from ..actions.progress import objectives_of, objectives_of_group
from ..models import (
    Goal,
    Intervention,
    Objective,
    PlanReview,
    PlanTemplate,
    Problem,
    SessionNote,
    SessionObjective,
    TreatmentPlan,
)
from ..models.progress import progress_of
from .words import PEOPLE

LEADS_TO["draft-plan"] = lambda plan: plan


def plan_of(row):
    """The plan a row is, or is a line of."""
    return row if isinstance(row, TreatmentPlan) else row.plan


def conditions(row):
    """What the person has."""
    rows = Condition.objects.of(plan_of(row).patient).current()
    return [(str(one.pk), str(one)) for one in rows]


def colleagues(row):
    """Who works where the plan was drafted; None for a row that is no part of a plan."""
    if not isinstance(row, (TreatmentPlan, Problem, Goal, Objective, Intervention)):
        return None
    posts = plan_of(row).facility.memberships.filter(ended_at=None, user__is_active=True).select_related("user")
    found = {str(post.user_id): f"{post.user}, {post.get_role_display().lower()}" for post in posts}
    return sorted(found.items(), key=lambda pair: pair[1])


def objectives(row):
    """Those of the plan in force now, or when the session of a note was held."""
    if isinstance(row, Episode):
        rows = Objective.objects.open().filter(episode=row)
    elif isinstance(row, SessionNote):
        rows = objectives_of(row.session)
    else:
        return []
    return [(str(one.pk), str(one)) for one in rows]


def decisions(row):
    """Each open objective, with what was said about it since the last review."""
    found = progress_of(row)
    going_on = [(key, one) for key, one in found.items() if one.objective.is_open()]
    return [(str(key), f"{one.objective.words.rstrip('.')} – {one.in_words()}") for key, one in going_on]


def ratings(row):
    """Each objective of each person in a group."""
    return [(str(one.pk), f"{one.patient}: {one.words}") for one in objectives_of_group(row)]


CHOICES |= {"condition": conditions, "staff": colleagues, "objective": objectives, "from_template": offered}
KEYS |= {"decisions": decisions, "ratings": ratings}


@admin.display(description="Worked on")
def said_worked_on(page, row):
    """What the session of a note worked on, one line each."""
    rows = SessionObjective.objects.standing().filter(session=row.session_id).select_related("objective")
    lines = [(one, f" – {one.words}" if one.words else "") for one in rows.order_by("pk")]
    return format_html_join("", "<div>{}{}</div>", lines) if lines else NOTHING


@admin.register(PlanTemplate)
class PlanTemplateAdmin(RecordAdmin):
    """What plans begin from. Editions never change."""

    list_display = ["name", "about", "edition", "reviewed_on", "review_due_on"]
    list_select_related = False
    list_filter = [yes_no("current", "current", "Newest edition", "Replaced", lambda rows: rows.current())]
    search_fields = ["name", "slug", "about"]
    ordering = ["slug", "-edition"]

    def get_list_filter(self, request):
        """It belongs to no place."""
        return self.list_filter

    def get_fields(self, request, obj=None):
        """As it is read."""
        written = {"problems": "offers", "sources": "where_from"}
        return [written.get(name, name) for name in super().get_fields(request, obj)]

    @admin.display(description="Problems")
    def offers(self, row):
        """Each with its goals and objectives."""
        lines = (
            (problem["words"], format_html_join("", "<li>{}: {} ({})</li>", _steps(problem)))
            for problem in row.problems
        )
        return format_html_join("", "<p><strong>{}</strong></p><ul>{}</ul>", lines)

    @admin.display(description="Sources")
    def where_from(self, row):
        """One line each."""
        return format_html_join("", "<div>{}</div>", ((source,) for source in row.sources))

    def alarms(self, request, row):
        """That it should have been checked again."""
        said = f"This template should have been checked again by {row.review_due_on:%b %d, %Y}."
        return [(said, "", "")] if row.is_past_review() else []


def _steps(problem):
    return (
        (goal["words"], step["words"], step["target"]) for goal in problem["goals"] for step in goal["objectives"]
    )


@admin.register(TreatmentPlan)
class TreatmentPlanAdmin(RecordAdmin):
    """Treatment plans: the whole of one is written on its page."""

    list_display = ["patient", "edition", "says_state", "drafted", "in_force", "over"]
    list_select_related = ["patient"]
    list_filter = [
        yes_no("in force", "in_force", "In force", "Others", lambda rows: rows.in_force()),
        yes_no("draft", "draft", "To be signed", "Others", lambda rows: rows.drafts()),
        "person_answer",
    ]
    search_fields = PEOPLE
    on_page = ["episode__patient", "placement__patient", "placement__program", "previous__patient"]
    corrects = {"write": {"own_words"}}
    verb_order = ("sign", "record-person-answer", "review", "add-problem", "add-from-template")
    below = ["reviews"]
    drafted, in_force, over = at("drafted_at", "Drafted"), at("in_force_at", "In force"), at("ended_at", "Over")

    @admin.display(description="State")
    def says_state(self, row):
        """In words."""
        return row.state()

    def get_fields(self, request, obj=None):
        """The words of the person stand with the plan, not among its facts."""
        return ["says_state", *(name for name in super().get_fields(request, obj) if name != "own_words")]

    def next_verb(self, row):
        """Signing, then the person, then the review."""
        if row.in_force_at:
            return "review"
        if not row.problems.standing().exists():
            return "add-from-template"
        return "record-person-answer" if row.staff_signed_at else "sign"

    def done(self, request, verb, row, made):
        """A review leads to the next version."""
        found = super().done(request, verb, row, made)
        return self.page_of(made.pk) if verb.name == "review" else found

    def pads(self, request, row):
        """What the person wants, while the plan is a draft."""
        if not (row.is_draft() and self._writes(request, row)):
            return []
        return [Pad(request, row, "write", "own_words", label="What the person wants, in their own words", rows=4)]

    def _writes(self, request, row):
        return next(verb for verb in VERBS[TreatmentPlan] if verb.name == "write").allows(request.user, row)

    def on_tab(self, request, row, tab):
        """The plan itself; in a draft, one form is open where it was asked for."""
        writes = row.is_draft() and self._writes(request, row)
        here = self.page_of(row.pk)
        shown = _shown(row, progress_of(row) if row.in_force_at else {}, writes, here)
        return {"plan": {**shown, "part": self._part(request, row, here) if writes else None}}

    def _part(self, request, row, here):
        """The form that the address asks for, on the plan or on one of its lines."""
        name, key = request.GET.get("do", ""), request.GET.get("to", "")
        found = {str(one.pk): one for one in [row, *_every_line(row)]}.get(key)
        if found is None or name not in {verb.name for verb in VERBS[type(found)]} - {"remove", "mark-error"}:
            return None
        kept = self.admin_site.get_model_admin(type(found)).corrects.get(name, ())
        return Part(request, found, name, kept=kept, back=f"{here}#l-{found.pk}")

    def get_urls(self):
        """And its sheet."""
        sheet = path("<uuid:pk>/print/", self._wrapped(self.print_view), name="treatment_treatmentplan_print")
        return [sheet, *super().get_urls()]

    def print_view(self, request, pk):
        """The plan on a sheet, black on white, with room for signatures."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        row = self.get_object(request, str(pk))
        return TemplateResponse(request, "admin/plan_print.html", {"plan": _shown(row, {}, False, "")})


def _shown(row, progress, writes, here):
    """What the page, the tab and the sheet say of a plan."""
    for line in _every_line(row):
        line.progress = progress.get(line.pk)
    return {"row": row, "problems": row.problems_with_goals, "writes": writes, "here": here}


def _every_line(row):
    """Every line of a plan, from above."""
    for problem in row.problems_with_goals:
        yield problem
        for goal in problem.goals_here:
            yield goal
            for objective in goal.objectives_here:
                yield objective
                yield from objective.interventions_here


@plot("plan")
def plan_in_force(request, patient):
    """The plan everybody works by, with how far each objective has come."""
    row = TreatmentPlan.objects.of(patient).in_force().select_related("patient").first()
    if row is None:
        return ""
    here = reverse("admin:treatment_treatmentplan_change", args=[row.pk])
    return render_to_string("admin/plan.html", {"plan": _shown(row, progress_of(row), False, here), "tells": True})


class _LineAdmin(RecordAdmin):
    """A line of a plan: its page is the plan's, so what is done to it leads there."""

    list_select_related = ["patient", "plan"]
    search_fields = PEOPLE

    def done(self, request, verb, row, made):
        """On to the plan, to where the line stands."""
        found = super().done(request, verb, row, made)
        plan = self.admin_site.get_model_admin(TreatmentPlan).page_of(row.plan_id)
        return found if request.POST.get("_next") else f"{plan}#l-{made.pk}"

    @admin.display(description="Version", ordering="plan__edition")
    def edition(self, row):
        """Of the plan."""
        return row.plan.edition


@admin.register(Problem)
class ProblemAdmin(_LineAdmin):
    """Problems."""

    list_display = ["patient", "domain", "words", "status", "edition"]
    list_filter = ["domain", "status"]
    on_page = ["episode__patient", "plan__patient", "origin"]
    corrects = {"amend": {"domain", "words", "condition", "status"}}
    below = ["goals"]


@admin.register(Goal)
class GoalAdmin(_LineAdmin):
    """Goals."""

    list_display = ["patient", "own_words", "words", "edition"]
    on_page = ["episode__patient", "plan__patient", "problem", "origin"]
    corrects = {"amend": {"own_words", "words"}}
    below = ["objectives"]


@admin.register(Objective)
class ObjectiveAdmin(_LineAdmin):
    """Objectives."""

    list_display = ["patient", "words", "target", "target_on", "status", "edition"]
    list_filter = [yes_no("open", "open", "Open, of plans in force", "Others", lambda rows: rows.open()), "status"]
    on_page = ["episode__patient", "plan__patient", "goal", "origin"]
    corrects = {"amend": {"words", "measure", "baseline", "target", "target_on", "status", "status_reason"}}
    below = ["interventions", "ratings"]


@admin.register(Intervention)
class InterventionAdmin(_LineAdmin):
    """Interventions."""

    list_display = ["patient", "what", "modality", "whose", "frequency", "edition"]
    list_select_related = ["patient", "plan", "staff"]
    list_filter = ["modality", "role"]
    on_page = ["episode__patient", "plan__patient", "objective", "origin"]
    corrects = {"amend": {"what", "modality", "role", "staff", "frequency", "duration"}}

    @admin.display(description="Whose work")
    def whose(self, row):
        """By name or role."""
        return row.who()


@admin.register(PlanReview)
class PlanReviewAdmin(RecordAdmin):
    """Reviews of plans."""

    list_display = ["patient", "edition", "reviewed", "reviewed_by"]
    list_select_related = ["patient", "plan", "reviewed_by"]
    search_fields = PEOPLE
    on_page = ["episode__patient", "plan__patient", "next_plan__patient"]
    reviewed = at("reviewed_at", "Reviewed")

    @admin.display(description="Version", ordering="plan__edition")
    def edition(self, row):
        """Of the plan that was reviewed."""
        return row.plan.edition

    def get_fields(self, request, obj=None):
        """The decisions in words."""
        return ["decided" if name == "decisions" else name for name in super().get_fields(request, obj)]

    @admin.display(description="Decisions")
    def decided(self, row):
        """One line an objective."""
        labels = dict(Decision.choices)
        lines = (
            (one["words"], labels[one["decision"]], f": {one['reason']}" if one["reason"] else "", one["progress"])
            for one in row.decisions
        )
        return format_html_join("", "<div>{} – <strong>{}</strong>{} ({})</div>", lines)


@admin.register(SessionObjective)
class SessionObjectiveAdmin(RecordAdmin):
    """What sessions worked on."""

    list_display = ["patient", "objective", "progress", "no_objective", "held"]
    list_select_related = ["patient", "objective", "session"]
    list_filter = ["progress", "no_objective"]
    search_fields = PEOPLE
    on_page = ["session__patient", "objective"]
    held = at("noted_at", "Noted")
