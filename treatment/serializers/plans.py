"""Treatment plans, their lines, their reviews, and what sessions worked on."""

from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from patients.serializers import ERROR, Input, Key, Moment, RowInput, Strict

from ..actions.plans import Decision
from ..models import (
    Goal,
    Intervention,
    Objective,
    PlanReview,
    PlanTemplate,
    Problem,
    SessionObjective,
    TreatmentPlan,
)
from ..models.progress import BY_ITSELF, NoObjective, ProgressRating
from .shapes import ABOUT

LINE = [*ABOUT, "plan", "origin", "added_at", "added_by"]
WORKED_ON = ["worked_on", "no_objective", "no_objective_words"]


@extend_schema_field(OpenApiTypes.UUID)
class RowKey(serializers.Field):
    """The key of a row that only the action can judge: whose it is depends on what it is written into."""

    default_error_messages = {"key_malformed": "This is no key."}

    def to_internal_value(self, data):
        """The key itself."""
        try:
            return UUID(str(data))
        except ValueError:
            self.fail("key_malformed")

    def to_representation(self, value):
        """As it was given."""
        return str(getattr(value, "pk", value))


class KeyedField(serializers.DictField):
    """Something said of each of several rows, by their keys."""

    def to_internal_value(self, data):
        """With every key spelled the same way."""
        found = super().to_internal_value(data)
        key = RowKey()
        key.bind("key", self)
        return {str(key.run_validation(one)): said for one, said in found.items()}


class PlanTemplateSerializer(serializers.ModelSerializer):
    """What a plan may begin from."""

    problems = serializers.ListField(child=serializers.DictField(), read_only=True)
    sources = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = PlanTemplate
        fields = [
            "id",
            "version",
            "slug",
            "edition",
            "name",
            "about",
            "substance",
            "problems",
            "sources",
            "reviewed_on",
            "review_due_on",
        ]


class TreatmentPlanSerializer(serializers.ModelSerializer):
    """One version of a plan; its lines are rows of their own."""

    class Meta:
        model = TreatmentPlan
        fields = [
            *ABOUT,
            "placement",
            "edition",
            "previous",
            "own_words",
            "drafted_at",
            "drafted_by",
            "staff_signed_at",
            "staff_signed_by",
            "person_answer",
            "person_answer_words",
            "copy_offered",
            "person_answered_at",
            "person_answered_by",
            "next_review_at",
            "in_force_at",
            "in_force_by",
            "ended_at",
            "ended_by",
            "ended_because",
            *ERROR,
        ]


@extend_schema_serializer(component_name="PlanProblem")
class ProblemSerializer(serializers.ModelSerializer):
    """Something that stands in the person's way."""

    class Meta:
        model = Problem
        fields = [*LINE, "domain", "words", "status", "condition"]


class GoalSerializer(serializers.ModelSerializer):
    """Where the person wants to be."""

    class Meta:
        model = Goal
        fields = [*LINE, "problem", "own_words", "words"]


class ObjectiveSerializer(serializers.ModelSerializer):
    """A step that can be measured."""

    class Meta:
        model = Objective
        fields = [
            *LINE,
            "goal",
            "words",
            "measure",
            "baseline",
            "target",
            "target_on",
            "status",
            "status_reason",
        ]


class InterventionSerializer(serializers.ModelSerializer):
    """What is done, by whom."""

    class Meta:
        model = Intervention
        fields = [*LINE, "objective", "what", "modality", "role", "staff", "frequency", "duration"]


class ObjectiveWithInterventions(ObjectiveSerializer):
    """With what is done toward it."""

    interventions = InterventionSerializer(many=True, source="interventions_here", read_only=True)

    class Meta(ObjectiveSerializer.Meta):
        fields = [*ObjectiveSerializer.Meta.fields, "interventions"]


class GoalWithObjectives(GoalSerializer):
    """With the steps to it."""

    objectives = ObjectiveWithInterventions(many=True, source="objectives_here", read_only=True)

    class Meta(GoalSerializer.Meta):
        fields = [*GoalSerializer.Meta.fields, "objectives"]


@extend_schema_serializer(component_name="PlanProblemWithGoals")
class ProblemWithGoals(ProblemSerializer):
    """With the goals."""

    goals = GoalWithObjectives(many=True, source="goals_here", read_only=True)

    class Meta(ProblemSerializer.Meta):
        fields = [*ProblemSerializer.Meta.fields, "goals"]


class WholePlanSerializer(TreatmentPlanSerializer):
    """A plan with every line of it."""

    problems = ProblemWithGoals(many=True, source="problems_with_goals", read_only=True)

    class Meta(TreatmentPlanSerializer.Meta):
        fields = [*TreatmentPlanSerializer.Meta.fields, "problems"]


class ProgressSerializer(serializers.Serializer):
    """What signed notes say about one objective since the last review."""

    objective = serializers.UUIDField(source="objective.pk")
    words = serializers.CharField(source="objective.words")
    target = serializers.CharField(source="objective.target")
    target_on = serializers.DateField(source="objective.target_on")
    status = serializers.CharField(source="objective.status")
    ratings = serializers.SerializerMethodField(help_text="how many")
    counts = serializers.DictField(child=serializers.IntegerField(), help_text="{rating: how often}")
    last = serializers.ChoiceField(choices=ProgressRating.choices, allow_blank=True)
    last_at = serializers.DateTimeField(allow_null=True)
    trend = serializers.ChoiceField(choices=["toward", "level", "away"], allow_blank=True)

    def get_ratings(self, one) -> int:
        """How many."""
        return len(one.ratings)


class PlanProgressSerializer(serializers.Serializer):
    """The progress of a plan."""

    objectives = ProgressSerializer(many=True)


class PlanReviewSerializer(serializers.ModelSerializer):
    """What a review decided."""

    decisions = serializers.ListField(child=serializers.DictField(), read_only=True)

    class Meta:
        model = PlanReview
        fields = [*ABOUT, "plan", "next_plan", "note", "decisions", "reviewed_at", "reviewed_by", *ERROR]


class SessionObjectiveSerializer(serializers.ModelSerializer):
    """What a session worked on."""

    class Meta:
        model = SessionObjective
        fields = [
            "id",
            "version",
            "patient",
            "facility",
            "session",
            "objective",
            "progress",
            "no_objective",
            "words",
            "noted_at",
            "noted_by",
        ]


# What verbs take.


class DraftPlanInput(Input):
    """What the person wants, in their words; what they said at intake, when left out."""

    id = Key(required=False, help_text="a key of your own, UUID version 7")
    own_words = serializers.CharField(
        max_length=4000, required=False, allow_blank=True, style={"base_template": "textarea.html"}
    )


class WritePlanInput(Strict):
    """What the person wants, in their words."""

    own_words = serializers.CharField(max_length=4000, allow_blank=True, style={"base_template": "textarea.html"})


class LineInput(Strict, serializers.ModelSerializer):
    """One line of a draft."""

    serializer_field_mapping = RowInput.serializer_field_mapping


class ProblemInput(LineInput):
    """What the problem is."""

    condition = RowKey(required=False, allow_null=True, help_text="the diagnosis behind it, where there is one")

    class Meta:
        model = Problem
        fields = ["domain", "words", "condition", "status"]


class GoalInput(LineInput):
    """What the goal is, in the person's words and in ours."""

    class Meta:
        model = Goal
        fields = ["own_words", "words"]


class ObjectiveInput(LineInput):
    """What is to happen, measured by what, from where, to where, until when."""

    class Meta:
        model = Objective
        fields = ["words", "measure", "baseline", "target", "target_on", "status", "status_reason"]
        extra_kwargs = {"words": {"label": "What is to happen"}, "target_on": {"label": "By which day"}}


class InterventionInput(LineInput):
    """What is done, by whom, how often, for how long."""

    staff = RowKey(required=False, allow_null=True, help_text="who does it, where that is one person")

    class Meta:
        model = Intervention
        fields = ["what", "modality", "role", "staff", "frequency", "duration"]


class Optional:
    """Every field may be left out: what is not sent stays as it is."""

    def get_fields(self):
        """None is required."""
        fields = super().get_fields()
        for field in fields.values():
            field.required = False
        return fields


class AmendProblemInput(Optional, ProblemInput):
    """What of it changes."""


class AmendGoalInput(Optional, GoalInput):
    """What of it changes."""


class AmendObjectiveInput(Optional, ObjectiveInput):
    """What of it changes."""


class AmendInterventionInput(Optional, InterventionInput):
    """What of it changes."""


class FromTemplateInput(Strict):
    """Which problems are copied."""

    from_template = serializers.ListField(
        child=serializers.CharField(max_length=101),
        allow_empty=False,
        max_length=50,
        label="Copy into the draft",
        help_text="each as template/problem; all of it is edited afterwards",
    )


class SignPlanInput(Input):
    """When the plan is looked at again."""

    next_review_at = Moment(required=False, help_text="as often as the program says, when left out")


class PersonAnswerInput(SignPlanInput, RowInput):
    """What the person said, and that they were offered a copy."""

    copy_offered = serializers.BooleanField(default=False, help_text="a copy of the plan was offered to the person")

    class Meta:
        model = TreatmentPlan
        fields = ["occurred_at", "person_answer", "person_answer_words", "copy_offered", "next_review_at"]
        extra_kwargs = {"person_answer": {"required": True, "allow_blank": False}}


class DecisionInput(Strict):
    """What is decided about one objective."""

    decision = serializers.ChoiceField(choices=Decision.choices)
    reason = serializers.CharField(
        max_length=500, required=False, allow_blank=True, help_text="what changes, what was reached, or why dropped"
    )


class ReviewPlanInput(Input):
    """What the review came to, and what is decided about each open objective."""

    note = serializers.CharField(max_length=4000, style={"base_template": "textarea.html"})
    decisions = KeyedField(
        child=DecisionInput(), default=dict, help_text="by objective; each with what was said since the last review"
    )


NO_OBJECTIVE = [(one.value, one.label) for one in NoObjective if one not in BY_ITSELF]


class RatedInput(Strict):
    """How far an objective came, and a few words."""

    progress = serializers.ChoiceField(choices=ProgressRating.choices)
    words = serializers.CharField(max_length=500, required=False, allow_blank=True)


class WorkedOnLine(Strict):
    """An objective that was worked on, and how far it came."""

    objective = RowKey()
    progress = serializers.ChoiceField(choices=ProgressRating.choices)
    words = serializers.CharField(max_length=500, required=False, allow_blank=True)


class WhyNotInput(Strict):
    """Why no objective was worked on."""

    no_objective = serializers.ChoiceField(
        choices=NO_OBJECTIVE,
        required=False,
        allow_blank=True,
        label="Why none was worked on, if so",
        help_text="only where that is so; without a plan it is filled in by itself",
    )
    no_objective_words = serializers.CharField(max_length=500, required=False, allow_blank=True, label="In words")


class WorkedOnInput(WhyNotInput):
    """What a session worked on, or why on nothing."""

    worked_on = WorkedOnLine(
        many=True,
        required=False,
        label="Objectives of this session",
        help_text="the objectives of the plan that this session worked on",
    )


class SignNoteInput(WorkedOnInput, Input):
    """What was worked on, where it was not said before."""


class WriteNoteInput(WorkedOnInput):
    """The draft as it now stands, and what was worked on."""

    text = serializers.CharField(max_length=40_000, allow_blank=True, trim_whitespace=False)


class RateGroupInput(WhyNotInput, Input):
    """What each person worked on; and why none, for everybody who is not named."""

    ratings = KeyedField(child=RatedInput(), default=dict, help_text="by objective, which says whose it is")
