"""Treatment plans, their templates and reviews."""

from django_filters import rest_framework as filters

from accounts.models import EVERYONE
from patients.models import Episode
from patients.serializers import ReasonInput
from patients.views import Filters, Reads, Told, Verb
from patients.views.errors import mark_error

from ..actions import groups, plans, progress
from ..models import GroupSession, PlanReview, PlanTemplate, SessionObjective, TreatmentPlan
from ..models.progress import progress_of
from ..models.sessions import WRITES
from ..serializers import (
    DraftPlanInput,
    PersonAnswerInput,
    PlanProgressSerializer,
    PlanReviewSerializer,
    PlanTemplateSerializer,
    RateGroupInput,
    ReviewPlanInput,
    SessionObjectiveSerializer,
    SignPlanInput,
    TreatmentPlanSerializer,
    WholePlanSerializer,
    WritePlanInput,
)
from .placements import TREATS


class PlanTemplateFilters(Filters):
    """The newest editions alone?"""

    current = filters.BooleanFilter(method="newest")

    class Meta:
        model = PlanTemplate
        fields = ["slug", "edition", "substance"]

    def newest(self, rows, name, value):
        """The newest of each, or those that were replaced."""
        newest = PlanTemplate.objects.current().values("pk")
        return rows.filter(pk__in=newest) if value else rows.exclude(pk__in=newest)


class PlanTemplates(Reads):
    """What plans may begin from."""

    model = PlanTemplate
    serializer_class = PlanTemplateSerializer
    allowed_roles = EVERYONE
    filterset_class = PlanTemplateFilters


class TreatmentPlanFilters(Filters):
    """In force, or a draft?"""

    in_force = filters.BooleanFilter(method="those_in_force")
    draft = filters.BooleanFilter(method="those_drafted")

    class Meta:
        model = TreatmentPlan
        fields = ["patient", "facility", "episode", "placement", "edition", "person_answer", "ended_because"]

    def those_in_force(self, rows, name, value):
        """What everybody works by, or the others."""
        found = TreatmentPlan.objects.in_force().values("pk")
        return rows.filter(pk__in=found) if value else rows.exclude(pk__in=found)

    def those_drafted(self, rows, name, value):
        """Those both have not signed, or the others."""
        found = TreatmentPlan.objects.drafts().values("pk")
        return rows.filter(pk__in=found) if value else rows.exclude(pk__in=found)


class TreatmentPlans(Reads):
    """Treatment plans, version by version."""

    model = TreatmentPlan
    serializer_class = TreatmentPlanSerializer
    filterset_class = TreatmentPlanFilters
    told = (
        Told("plan", "plan signed by staff: version {edition}", at="staff_signed_at", by="staff_signed_by"),
        Told("plan", "plan put to the person: {person_answer}", at="person_answered_at", by="person_answered_by"),
        Told("plan", "plan in force: version {edition}", at="in_force_at", by="in_force_by"),
        Told("plan", "plan over: version {edition}", "{ended_because}", at="ended_at", by="ended_by"),
    )


class WholePlan(TreatmentPlans):
    """A plan with every problem, goal, objective and intervention."""

    serializer_class = WholePlanSerializer


class PlanProgress(TreatmentPlans):
    """What signed notes say about each objective of this version: so since the last review."""

    serializer_class = PlanProgressSerializer

    def get_object(self):
        """The progress of the row."""
        return Progressed(super().get_object())


class Progressed:
    """A plan as what was reached in it."""

    def __init__(self, plan):
        self.version, self.objectives = plan.version, list(progress_of(plan).values())


class PlanReviews(Reads):
    """Reviews of plans."""

    model = PlanReview
    serializer_class = PlanReviewSerializer
    related = ("plan__patient",)
    filterset_fields = ["patient", "facility", "episode", "plan", "next_plan"]
    told = (Told("plan", "plan reviewed: version {plan__edition}", at="reviewed_at", by="reviewed_by"),)


class SessionObjectives(Reads):
    """What sessions worked on: as their notes are seen."""

    model = SessionObjective
    serializer_class = SessionObjectiveSerializer
    filterset_fields = ["patient", "facility", "session", "objective", "progress", "no_objective"]
    told = ()  # the session and its note tell


class DraftPlan(Verb):
    """treatment.actions.plans.draft_plan"""

    noun, answer = Episode, TreatmentPlan
    name, label = "draft-plan", "Draft the plan"
    description = "Begin the treatment plan; it is written on the next page."
    allowed_roles = TREATS
    serializer_class = DraftPlanInput
    needs = plans.draft_plan.needs

    def act(self, row, data, by):
        """Draft."""
        return plans.draft_plan(row, **data, by=by)


class WritePlan(Verb):
    """treatment.actions.plans.write_plan"""

    noun = TreatmentPlan
    name, label = "write", "Write what the person wants"
    description = "In their own words, while the plan is a draft."
    allowed_roles = TREATS
    serializer_class = WritePlanInput
    needs = plans.write_plan.needs

    @classmethod
    def is_prompted(cls, row):
        """It stands on the page of the plan already."""
        return False

    def act(self, row, data, by):
        """Write."""
        return plans.write_plan(row, **data, by=by)


class SignPlan(Verb):
    """treatment.actions.plans.sign_plan"""

    noun = TreatmentPlan
    name, label = "sign", "Sign for staff"
    description = "Nothing in the plan changes from now on; it is in force once the person has been asked too."
    confirm = "A signed plan is locked. Sign it?"
    allowed_roles = TREATS
    serializer_class = SignPlanInput
    needs = plans.sign_plan.needs

    def act(self, row, data, by):
        """Sign."""
        return plans.sign_plan(row, **data, by=by)


class RecordPersonAnswer(Verb):
    """treatment.actions.plans.record_person_answer"""

    noun = TreatmentPlan
    name, label = "record-person-answer", "The person signed, or said why not"
    description = "How the person signed, or why they did not, and that they were offered a copy."
    allowed_roles = TREATS
    serializer_class = PersonAnswerInput
    needs = plans.record_person_answer.needs

    def act(self, row, data, by):
        """Record."""
        return plans.record_person_answer(row, **data, by=by)


class ReopenPlan(Verb):
    """treatment.actions.plans.reopen_plan"""

    noun = TreatmentPlan
    name, label = "reopen", "Back to a draft"
    description = "Take the one signature back, so that the plan can be changed before both sign it."
    confirm = "The signature that is there will have to be given again. Go on?"
    allowed_roles = TREATS
    serializer_class = ReasonInput
    needs = plans.reopen_plan.needs

    def act(self, row, data, by):
        """Reopen."""
        return plans.reopen_plan(row, **data, by=by)


class ReviewPlan(Verb):
    """treatment.actions.plans.review_plan"""

    noun, answer = TreatmentPlan, TreatmentPlan
    name, label = "review", "Review"
    description = "Decide about each open objective. The next version is drafted from that, and is signed again."
    allowed_roles = TREATS
    serializer_class = ReviewPlanInput
    needs = plans.review_plan.needs

    def act(self, row, data, by):
        """Review."""
        return plans.review_plan(row, **data, by=by)


MarkPlanError = mark_error(TreatmentPlan, plans.mark_error, TREATS)
MarkPlanReviewError = mark_error(PlanReview, allowed_roles=TREATS)


class RateGroup(Verb):
    """treatment.actions.progress.rate_group"""

    noun, answer = GroupSession, SessionObjective
    name, label = "rate-group", "What each worked on"
    description = "Rate the objectives that people worked on; say why not for everybody else."
    allowed_roles = WRITES
    serializer_class = RateGroupInput
    needs = (groups.has_drafts,)

    def act(self, row, data, by):
        """Rate."""
        return progress.rate_group(row, **data, by=by)
