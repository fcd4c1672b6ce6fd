"""What a treatment plan is made of: problems, goals, objectives that can be measured, and who does what."""

from django.db import models
from django.db.models import Q

from accounts.models import Facility, Role, by_whom
from audit.models import Record, history, together
from patients.models import Condition, Episode, Patient, PatientRows

from .plans import TreatmentPlan


def line(model):
    """A line of a plan: whose it is, the line of an earlier version it goes on from, who took it out of a draft.

    It is right or wrong with its plan, so it carries no mark of error of its own.
    """
    plural = str(model._meta.verbose_name_plural)
    protected = {"on_delete": models.PROTECT}
    model.add_to_class("patient", models.ForeignKey(Patient, related_name=f"plan_{plural}", **protected))
    model.add_to_class("facility", models.ForeignKey(Facility, related_name="+", **protected))
    model.add_to_class("episode", models.ForeignKey(Episode, related_name=f"plan_{plural}", **protected))
    model.add_to_class("plan", models.ForeignKey(TreatmentPlan, related_name=plural, **protected))
    origin = models.ForeignKey("self", null=True, blank=True, related_name="+", editable=False, **protected)
    model.add_to_class("origin", origin)
    model.add_to_class("added_at", models.DateTimeField(editable=False))
    model.add_to_class("added_by", by_whom(null=False, blank=False, editable=False))
    model.add_to_class("removed_at", models.DateTimeField(null=True, blank=True, editable=False))
    model.add_to_class("removed_by", by_whom(editable=False))
    taken_out = together(f"a_{model._meta.model_name}_taken_out_has_who", "removed_at", "removed_by")
    model._meta.constraints = [*model._meta.constraints, taken_out]
    model._meta.original_attrs["constraints"] = model._meta.constraints
    return history(model)


class Lines(PatientRows):
    """Lines of plans."""

    def standing(self):
        """Those nobody took out of their draft."""
        return self.filter(removed_at=None)

    def visible_to(self, user, roles):
        """Of the people this user may see; what was taken out of a draft is history alone."""
        return super().visible_to(user, roles).filter(removed_at=None)


class PlanDomain(models.TextChoices):
    """What a problem is about."""

    USE = "use", "Use"
    BODY = "body", "Bladder and body"
    SLEEP = "sleep", "Sleep"
    MOOD = "mood", "Mood"
    TRAUMA = "trauma", "Trauma"
    CO_USE = "co_use", "Other substances"
    HOUSING = "housing", "Housing"
    WORK = "work", "Work and school"
    LEGAL = "legal", "Legal"
    FAMILY = "family", "Family and friends"
    RECOVERY = "recovery", "Recovery supports"
    OTHER = "other", "Other"


class ProblemStatus(models.TextChoices):
    """Is it worked on?"""

    ACTIVE = "active", "Worked on"
    DEFERRED = "deferred", "Later, as agreed"
    RESOLVED = "resolved", "Resolved"


@line
class Problem(Record):
    """Something that stands in the person's way."""

    domain = models.CharField(max_length=10, choices=PlanDomain)
    words = models.TextField(max_length=1000)
    status = models.CharField(max_length=10, choices=ProblemStatus, default=ProblemStatus.ACTIVE)
    condition = models.ForeignKey(
        Condition, on_delete=models.PROTECT, null=True, blank=True, related_name="plan_problems"
    )

    objects = Lines.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="a_problem_has_words",
                condition=~Q(words=""),
                violation_error_code="words_missing",
                violation_error_message="Say what the problem is.",
            )
        ]

    parent, child = "plan", "goal"

    def __str__(self):
        return f"{self.get_domain_display()}: {self.words}"


@line
class Goal(Record):
    """Where the person wants to be: in their words, and in ours."""

    problem = models.ForeignKey(Problem, on_delete=models.PROTECT, related_name="goals")
    own_words = models.CharField(max_length=500, blank=True, help_text="as the person says it")
    words = models.CharField(max_length=500, blank=True, help_text="in clinical words")

    objects = Lines.as_manager()

    refusals = {
        "a_goal_is_of_the_plan_of_its_problem": ("another_plan", "A goal belongs to the plan of its problem."),
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="a_goal_has_words",
                condition=~Q(own_words="") | ~Q(words=""),
                violation_error_code="words_missing",
                violation_error_message="Say what the goal is, best in the person’s own words.",
            )
        ]

    parent, child = "problem", "objective"

    def __str__(self):
        return self.own_words or self.words


class ObjectiveStatus(models.TextChoices):
    """How far it has come."""

    OPEN = "open", "Open"
    PARTLY_MET = "partly_met", "Partly met, goes on"
    MET = "met", "Met"
    DROPPED = "dropped", "Dropped"


OPEN = [ObjectiveStatus.OPEN, ObjectiveStatus.PARTLY_MET]


class Objectives(Lines):
    """Objectives."""

    def open(self):
        """Those of plans in force that are neither met nor dropped."""
        plan = {"plan__in_force_at__isnull": False, "plan__ended_at": None, "plan__entered_in_error_at": None}
        return self.going_on().filter(**plan)

    def going_on(self):
        """Those neither met nor dropped, of any plan."""
        return self.standing().filter(status__in=OPEN)


@line
class Objective(Record):
    """A step that can be measured: by what, from where, to where, until when."""

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="objectives")
    words = models.CharField(max_length=500)
    measure = models.CharField(max_length=200, help_text="what is counted or scored")
    baseline = models.CharField(max_length=100, blank=True, help_text="what it is now")
    target = models.CharField(max_length=100, help_text="what it is to be")
    target_on = models.DateField(help_text="by which day")
    status = models.CharField(max_length=10, choices=ObjectiveStatus, default=ObjectiveStatus.OPEN)
    status_reason = models.CharField(max_length=500, blank=True, help_text="why it was dropped, or what was found")

    objects = Objectives.as_manager()

    refusals = {
        "an_objective_is_of_the_plan_of_its_goal": ("another_plan", "An objective belongs to the plan of its goal."),
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="an_objective_can_be_measured",
                condition=~Q(words="") & ~Q(measure="") & ~Q(target=""),
                violation_error_code="not_measurable",
                violation_error_message="Say what is to happen, what is measured, and what it is to be.",
            ),
            models.CheckConstraint(
                name="a_dropped_objective_says_why",
                condition=~Q(status=ObjectiveStatus.DROPPED) | ~Q(status_reason=""),
                violation_error_code="reason_missing",
                violation_error_message="Say why the objective was dropped.",
            ),
        ]

    parent, child = "goal", "intervention"

    def __str__(self):
        return self.words

    def is_open(self):
        """Neither met nor dropped?"""
        return self.status in OPEN


class Modality(models.TextChoices):
    """What kind of help."""

    MOTIVATIONAL = "motivational", "Motivational interviewing"
    CBT = "cbt", "Cognitive behavioral therapy"
    CONTINGENCY = "contingency", "Contingency management"
    TRAUMA = "trauma", "Trauma-focused work"
    EDUCATION = "education", "Education"
    GROUP = "group", "Group"
    FAMILY = "family", "Family work"
    MEDICAL = "medical", "Medical care"
    MEDICATION = "medication", "Medication"
    MONITORING = "monitoring", "Monitoring"
    CASE_MANAGEMENT = "case_management", "Case management"
    PEER = "peer", "Peer support"
    SELF = "self", "The person’s own step"
    OTHER = "other", "Other"


@line
class Intervention(Record):
    """What is done toward an objective, by whom, how often, for how long."""

    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="interventions")
    what = models.CharField(max_length=500)
    modality = models.CharField(max_length=20, choices=Modality)
    role = models.CharField(max_length=20, choices=Role, blank=True, help_text="whose work it is")
    staff = by_whom(help_text="who does it, where that is one person")
    frequency = models.CharField(max_length=100, blank=True, help_text="as in: twice a week")
    duration = models.CharField(max_length=100, blank=True, help_text="as in: for eight weeks")

    objects = Lines.as_manager()

    refusals = {
        "an_intervention_is_of_the_plan_of_its_objective": (
            "another_plan",
            "An intervention belongs to the plan of its objective.",
        ),
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="an_intervention_says_what_and_whose",
                condition=~Q(what="") & (~Q(role="") | Q(staff__isnull=False) | Q(modality=Modality.SELF)),
                violation_error_code="nobody_does_it",
                violation_error_message="Say what is done, and whose work it is.",
            )
        ]

    parent, child = "objective", ""

    def __str__(self):
        return self.what

    def who(self):
        """By name, else by role, else the person."""
        return str(self.staff) if self.staff_id else self.get_role_display() if self.role else "the person"
