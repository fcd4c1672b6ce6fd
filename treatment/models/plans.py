"""Treatment plans: drafted, signed by both, in force, and reviewed into the next version."""

from functools import cached_property

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import Facility, by_whom, clinical
from audit.models import Record, Rows, together
from patients.codes import Substance
from patients.models import Episode, Patient, PatientRows

from .placements import Placement


class PlanTemplates(Rows):
    """Templates, edition by edition."""

    def current(self):
        """The newest edition of each."""
        newer = PlanTemplate.objects.filter(slug=OuterRef("slug"), edition__gt=OuterRef("edition"))
        return self.filter(~Exists(newer))

    def offered_to(self, patient):
        """The newest ones that fit what this person uses or used: ketamine's only on ketamine rows (domain 10)."""
        used = patient.substance_uses.model.objects.of(patient).right().values("substance")
        return self.current().filter(Q(substance="") | Q(substance__in=used))


class PlanTemplate(Record):
    """Problems with goals, objectives and interventions to begin a plan from, as versioned data."""

    slug = models.SlugField(max_length=50)
    edition = models.PositiveIntegerField(default=1)
    name = models.CharField(max_length=100)
    about = models.CharField(max_length=300)
    substance = models.CharField(
        max_length=4, choices=Substance, blank=True, help_text="only for people who use or used this; empty: for all"
    )
    problems = models.JSONField(help_text="[{code, domain, words, why, goals: [{words, objectives: […]}]}]")
    sources = models.JSONField(help_text="[one in plain words]")
    reviewed_on = models.DateField(help_text="last checked against its sources")
    review_due_on = models.DateField(help_text="to be checked again by then")

    objects = PlanTemplates.as_manager()

    refusals = {
        "a_plan_template_never_changes": ("template_published", "A template never changes; publish a new edition.")
    }

    class Meta:
        ordering = ["slug", "-edition"]
        constraints = [
            models.UniqueConstraint(
                fields=["slug", "edition"],
                name="one_plan_template_per_edition",
                violation_error_code="edition_taken",
                violation_error_message="This edition of the template exists already.",
            ),
            models.CheckConstraint(
                name="a_plan_template_has_sources",
                condition=~Q(sources=[]) & ~Q(problems=[]),
                violation_error_code="sources_missing",
                violation_error_message="Say what it offers, and where that is from.",
            ),
            models.CheckConstraint(
                name="a_plan_template_is_reviewed_again",
                condition=Q(review_due_on__gt=models.F("reviewed_on")),
                violation_error_code="review_before_review",
                violation_error_message="The next review comes after the last.",
            ),
        ]

    def __str__(self):
        return self.name

    def is_past_review(self, today=None):
        """Should somebody have checked it again by now?"""
        return self.review_due_on < (today or timezone.localdate())


class PersonAnswer(models.TextChoices):
    """What the person said to the plan, and how it was taken down."""

    PAPER = "paper", "Signed on paper"
    SCREEN = "screen", "Signed on a screen"
    ALOUD = "aloud", "Agreed aloud, before a witness"
    DECLINED = "declined", "Declined to sign"
    UNABLE = "unable", "Could not sign"


# Each of these says more in words: who was the witness, or why there is no signature.
IN_WORDS = [PersonAnswer.ALOUD, PersonAnswer.DECLINED, PersonAnswer.UNABLE]


class PlanOver(models.TextChoices):
    """Why a plan is in force no more."""

    SUPERSEDED = "superseded", "Followed by its next version"
    TREATMENT_ENDED = "treatment_ended", "Treatment ended"


class TreatmentPlans(PatientRows):
    """Treatment plans."""

    def drafts(self):
        """Those not in force yet, signed by one or by nobody."""
        return self.right().filter(in_force_at=None, ended_at=None)

    def in_force(self):
        """Those everybody works by now."""
        return self.right().filter(in_force_at__isnull=False, ended_at=None)

    def in_force_at(self, instant):
        """Those that were in force then: a value, or a column of an outer query."""
        begun = self.right().filter(in_force_at__lte=instant)
        return begun.filter(Q(ended_at=None) | Q(ended_at__gt=instant))


@clinical
class TreatmentPlan(Record):
    """One version of the plan of an episode. The first signature locks all of it; the second puts it in force."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="treatment_plans", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="treatment_plans")
    placement = models.ForeignKey(
        Placement, on_delete=models.PROTECT, related_name="treatment_plans", help_text="where it was drafted"
    )
    edition = models.PositiveSmallIntegerField(editable=False, help_text="counted from 1 in an episode")
    previous = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="next", editable=False
    )
    own_words = models.TextField(
        blank=True, max_length=4000, help_text="what the person wants from this, as they say it"
    )
    drafted_at = models.DateTimeField(editable=False)
    drafted_by = by_whom(null=False, blank=False, editable=False)
    staff_signed_at = models.DateTimeField(null=True, blank=True, editable=False)
    staff_signed_by = by_whom(editable=False)
    person_answer = models.CharField(max_length=10, choices=PersonAnswer, blank=True)
    person_answer_words = models.CharField(
        max_length=500, blank=True, help_text="who was the witness; or why the person declined or could not sign"
    )
    copy_offered = models.BooleanField(default=False, help_text="a copy of the plan was offered to the person")
    person_answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    person_answered_by = by_whom(editable=False, help_text="who was there")
    next_review_at = models.DateTimeField(
        null=True, blank=True, help_text="when it is looked at again; as often as the program says, when left out"
    )
    in_force_at = models.DateTimeField(null=True, blank=True, editable=False)
    in_force_by = by_whom(editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_by = by_whom(editable=False)
    ended_because = models.CharField(max_length=20, choices=PlanOver, blank=True, editable=False)

    objects = TreatmentPlans.as_manager()

    refusals = {
        "a_signed_plan_never_changes": (
            "plan_signed",
            "This plan is signed and cannot be changed. Take it back to a draft, or review it.",
        ),
        "a_plan_in_force_never_changes": (
            "plan_signed",
            "This plan is in force and cannot be changed. Review it: that makes the next version.",
        ),
        "a_plan_that_is_over_never_changes": ("plan_over", "This version of the plan is over."),
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            together("a_staff_signature_has_who", "staff_signed_at", "staff_signed_by"),
            together("an_answer_to_a_plan_has_who", "person_answered_at", "person_answered_by"),
            together("a_plan_in_force_has_who", "in_force_at", "in_force_by"),
            together("a_plan_over_has_who", "ended_at", "ended_by"),
            models.CheckConstraint(
                name="an_answer_to_a_plan_is_whole",
                condition=Q(person_answered_at=None, person_answer="", person_answer_words="")
                | Q(person_answered_at__isnull=False) & ~Q(person_answer=""),
                violation_error_code="half_recorded",
                violation_error_message="What the person said is recorded with when and by whom.",
            ),
            models.CheckConstraint(
                name="no_signature_is_said_why",
                condition=~Q(person_answer__in=IN_WORDS) | ~Q(person_answer_words=""),
                violation_error_code="reason_missing",
                violation_error_message="Say who was the witness, or why the person did not sign.",
            ),
            models.CheckConstraint(
                name="a_copy_of_the_plan_is_offered",
                condition=Q(person_answered_at=None) | Q(copy_offered=True),
                violation_error_code="copy_not_offered",
                violation_error_message="Offer the person a copy of the plan first.",
            ),
            models.CheckConstraint(
                name="a_plan_in_force_was_put_to_both",
                condition=Q(in_force_at=None) | Q(staff_signed_at__isnull=False, person_answered_at__isnull=False),
                violation_error_code="signature_missing",
                violation_error_message="A plan is in force once staff signed it and the person was asked to.",
            ),
            models.CheckConstraint(
                name="a_plan_over_says_why",
                condition=Q(ended_at=None, ended_because="") | Q(ended_at__isnull=False) & ~Q(ended_because=""),
                violation_error_code="half_recorded",
                violation_error_message="A plan that is over says why.",
            ),
            models.CheckConstraint(
                name="a_plan_ends_after_it_is_in_force",
                condition=Q(ended_at=None) | Q(in_force_at=None) | Q(ended_at__gte=models.F("in_force_at")),
                violation_error_code="ends_before_start",
                violation_error_message="A plan ends after it was put in force.",
            ),
            models.UniqueConstraint(
                fields=["episode"],
                condition=Q(in_force_at__isnull=False, ended_at=None, entered_in_error_at=None),
                name="one_plan_in_force_per_episode",
                violation_error_code="plan_in_force",
                violation_error_message="A plan is in force already. Review it: that makes the next version.",
            ),
            models.UniqueConstraint(
                fields=["episode"],
                condition=Q(in_force_at=None, ended_at=None, entered_in_error_at=None),
                name="one_plan_draft_per_episode",
                violation_error_code="plan_drafted",
                violation_error_message="A draft of the plan is open already. Go on with that one.",
            ),
            models.UniqueConstraint(
                fields=["episode", "edition"],
                condition=Q(entered_in_error_at=None),
                name="one_plan_per_edition",
                violation_error_code="edition_taken",
                violation_error_message="This version of the plan exists already.",
            ),
        ]
        indexes = [models.Index(fields=["patient"], name="plans_of_a_person")]

    def __str__(self):
        return f"Treatment plan of {self.patient}, version {self.edition}"

    def is_signed(self):
        """By one of the two at least: nothing in it changes from then on."""
        return self.staff_signed_at is not None or self.person_answered_at is not None

    def is_draft(self):
        """May it still be written?"""
        return not (self.is_signed() or self.ended_at or self.entered_in_error_at)

    def is_in_force(self):
        """Is it what everybody works by?"""
        return bool(self.in_force_at and not self.ended_at and not self.entered_in_error_at)

    def state(self):
        """In words."""
        if self.entered_in_error_at:
            return "Entered in error"
        if self.ended_at:
            return self.get_ended_because_display()
        if self.in_force_at:
            return "In force"
        if self.staff_signed_at:
            return "Waits for the person’s signature"
        return "Waits for the signature of staff" if self.person_answered_at else "Draft"

    @cached_property
    def problems_with_goals(self):
        """Its problems with goals, objectives and interventions below them as lists, in four statements."""
        return grown(self)


def grown(plan):
    """The lines of a plan as a tree: [problem], each with .goals_here, .objectives_here, .interventions_here."""
    problems = above = list(plan.problems.standing().select_related("condition"))
    for name in ("goals", "objectives", "interventions"):
        rows = getattr(plan, name).standing()
        rows = list(rows.select_related("staff") if name == "interventions" else rows)
        by_key = {row.pk: row for row in above}
        for row in above:
            setattr(row, f"{name}_here", [])
        for row in rows:
            over = by_key[getattr(row, f"{row.parent}_id")]
            getattr(over, f"{name}_here").append(row)
            setattr(row, row.parent, over)
        above = rows
    return problems


class PlanReviews(PatientRows):
    """Reviews."""


@clinical
class PlanReview(Record):
    """A review of the plan in force: what was decided about each objective, and the draft it led to."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="plan_reviews", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="plan_reviews")
    plan = models.ForeignKey(TreatmentPlan, on_delete=models.PROTECT, related_name="reviews")
    next_plan = models.ForeignKey(TreatmentPlan, on_delete=models.PROTECT, related_name="made_by_review")
    note = models.TextField(max_length=4000)
    decisions = models.JSONField(help_text="[{objective, words, progress, decision, reason}]")
    reviewed_at = models.DateTimeField(editable=False)
    reviewed_by = by_whom(null=False, blank=False, editable=False)

    objects = PlanReviews.as_manager()

    refusals = {
        "a_plan_review_never_changes": ("review_fixed", "A review never changes. Review the plan again."),
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="a_plan_review_has_a_note",
                condition=~Q(note=""),
                violation_error_code="reason_missing",
                violation_error_message="Say in words what the review came to.",
            ),
            models.UniqueConstraint(
                fields=["next_plan"],
                condition=Q(entered_in_error_at=None),
                name="one_review_makes_one_version",
                violation_error_code="plan_drafted",
                violation_error_message="A draft of the plan is open already. Go on with that one.",
            ),
        ]
        indexes = [models.Index(fields=["patient", "-reviewed_at"], name="plan_reviews_of_a_person")]

    def __str__(self):
        return f"Review of the plan of {self.patient}, version {self.plan.edition}"
