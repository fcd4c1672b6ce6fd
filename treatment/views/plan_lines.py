"""The lines of treatment plans: problems, goals, objectives, interventions."""

from django_filters import rest_framework as filters

from patients.views import Filters, Reads, Verb

from ..actions import plan_lines
from ..models import Goal, Intervention, Objective, Problem, TreatmentPlan
from ..serializers import (
    AmendGoalInput,
    AmendInterventionInput,
    AmendObjectiveInput,
    AmendProblemInput,
    FromTemplateInput,
    GoalInput,
    GoalSerializer,
    InterventionInput,
    InterventionSerializer,
    ObjectiveInput,
    ObjectiveSerializer,
    ProblemInput,
    ProblemSerializer,
)
from .placements import TREATS

OF_LINES = ["patient", "facility", "episode", "plan", "origin"]


class Problems(Reads):
    """Problems."""

    model = Problem
    serializer_class = ProblemSerializer
    related = ("plan",)
    filterset_fields = [*OF_LINES, "domain", "status", "condition"]
    follows_person, told = True, ()


class Goals(Reads):
    """Goals."""

    model = Goal
    serializer_class = GoalSerializer
    related = ("plan",)
    filterset_fields = [*OF_LINES, "problem"]
    follows_person, told = True, ()


class ObjectiveFilters(Filters):
    """Still worked on?"""

    open = filters.BooleanFilter(method="those_open")

    class Meta:
        model = Objective
        fields = [*OF_LINES, "goal", "status"]

    def those_open(self, rows, name, value):
        """Of plans in force and neither met nor dropped, or the others."""
        found = Objective.objects.open().values("pk")
        return rows.filter(pk__in=found) if value else rows.exclude(pk__in=found)


class Objectives(Reads):
    """Objectives."""

    model = Objective
    serializer_class = ObjectiveSerializer
    related = ("plan",)
    filterset_class = ObjectiveFilters
    follows_person, told = True, ()


class Interventions(Reads):
    """Interventions."""

    model = Intervention
    serializer_class = InterventionSerializer
    related = ("plan",)
    filterset_fields = [*OF_LINES, "objective", "modality", "role", "staff"]
    follows_person, told = True, ()


class AddProblem(Verb):
    """treatment.actions.plan_lines.add_problem"""

    noun, answer = TreatmentPlan, Problem
    name, label = "add-problem", "Add a problem"
    description = "Something that stands in the person’s way."
    allowed_roles = TREATS
    serializer_class = ProblemInput
    needs = plan_lines.add_problem.needs

    @classmethod
    def is_prompted(cls, row):
        """It stands on the page of the plan already."""
        return False

    def act(self, row, data, by):
        """Add."""
        return plan_lines.add_problem(row, **data, by=by)


class AddFromTemplate(Verb):
    """treatment.actions.plan_lines.add_from_template"""

    noun, answer = TreatmentPlan, Problem
    name, label = "add-from-template", "Add from a template"
    description = "Copy problems with goals, objectives and interventions; then edit every word of them."
    allowed_roles = TREATS
    serializer_class = FromTemplateInput
    needs = plan_lines.add_from_template.needs

    def act(self, row, data, by):
        """Copy."""
        return plan_lines.add_from_template(row, **data, by=by)


def add_below(above, below, shape, words):
    """The verb that adds a line below another."""
    attributes = {
        "__doc__": "treatment.actions.plan_lines.add_below",
        "noun": above,
        "answer": below,
        "name": f"add-{below._meta.model_name}",
        "label": f"Add {words}",
        "description": f"In a draft: {words} below this.",
        "allowed_roles": TREATS,
        "serializer_class": shape,
        "needs": plan_lines.add_below.needs,
        "act": lambda self, row, data, by: plan_lines.add_below(row, **data, by=by),
    }
    return type(f"Add{below.__name__}", (Verb,), attributes)


def amend(model, shape):
    """The verb that changes a line of a draft."""
    attributes = {
        "__doc__": "treatment.actions.plan_lines.amend_line",
        "noun": model,
        "name": "amend",
        "label": "Change",
        "description": "Change this, while the plan is a draft.",
        "allowed_roles": TREATS,
        "serializer_class": shape,
        "needs": plan_lines.amend_line.needs,
        "act": lambda self, row, data, by: plan_lines.amend_line(row, **data, by=by),
    }
    return type(f"Amend{model.__name__}", (Verb,), attributes)


def remove(model):
    """The verb that takes a line out of a draft."""
    attributes = {
        "__doc__": "treatment.actions.plan_lines.remove_line",
        "noun": model,
        "name": "remove",
        "label": "Take out",
        "description": "Take this out of the draft, and what hangs on it.",
        "confirm": "Take this out, with everything below it?",
        "allowed_roles": TREATS,
        "needs": plan_lines.remove_line.needs,
        "act": lambda self, row, data, by: plan_lines.remove_line(row, **data, by=by),
    }
    return type(f"Remove{model.__name__}", (Verb,), attributes)


AmendProblem, RemoveProblem = amend(Problem, AmendProblemInput), remove(Problem)
AmendGoal, RemoveGoal = amend(Goal, AmendGoalInput), remove(Goal)
AmendObjective, RemoveObjective = amend(Objective, AmendObjectiveInput), remove(Objective)
AmendIntervention, RemoveIntervention = amend(Intervention, AmendInterventionInput), remove(Intervention)
AddGoal = add_below(Problem, Goal, GoalInput, "a goal")
AddObjective = add_below(Goal, Objective, ObjectiveInput, "an objective")
AddIntervention = add_below(Objective, Intervention, InterventionInput, "an intervention")
