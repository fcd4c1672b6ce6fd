"""Ketamine from a prescriber or a clinic, often off-label: who gives it, and how the person is after it stops."""

from datetime import timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.models import Facility, by_whom, clinical
from audit.models import Record, together
from duties.models import Duty
from patients.codes import Known, Route
from patients.models import Condition, Patient, PatientRows
from patients.models.conditions import CodeSystem

SCHIZOPHRENIA = Q(system__in=[CodeSystem.ICD_10_CM, CodeSystem.ICD_10], code__startswith="F20") | Q(
    system=CodeSystem.ICD_11, code__startswith="6A20"
)
REVIEWS_AFTER = {week: timedelta(weeks=week) for week in (1, 2, 4)}  # domain 10
OPENS_BEFORE = {1: timedelta(days=2), 2: timedelta(days=3), 4: timedelta(days=7)}  # how early each counts: ours [D]


class PrescribedKetamineRows(PatientRows):
    """Ketamine that is prescribed."""

    def current(self):
        """What is taken or given now."""
        return self.right().filter(stopped_at=None)


class PrescribedKetamines(models.Manager.from_queryset(PrescribedKetamineRows)):
    """Each row with whether schizophrenia stands on the person's record: one column, so that no list asks again."""

    def get_queryset(self):
        """With that column."""
        known = Condition.objects.current().filter(SCHIZOPHRENIA, patient=OuterRef("patient"))
        return super().get_queryset().annotate(schizophrenia=Exists(known))


@clinical
class PrescribedKetamine(Record):
    """Ketamine somebody is given on purpose: by whom, how much, what for, and since when."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="prescribed_ketamine", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    prescriber = models.CharField(max_length=200, help_text="the prescriber or the clinic")
    prescriber_contact = models.CharField(max_length=200, blank=True, help_text="telephone or address")
    product = models.CharField(max_length=200, blank=True, help_text="racemic, esketamine, compounded …")
    route = models.CharField(max_length=2, choices=Route, default=Route.UNKNOWN)
    dose = models.CharField(max_length=200, blank=True)
    how_often = models.CharField(max_length=200, blank=True)
    indication = models.CharField(max_length=200, blank=True, help_text="what it is given for; often off-label")
    supervised = models.BooleanField(null=True, blank=True, help_text="taken in a clinic, with somebody beside it?")
    started_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(editable=False)
    recorded_by = by_whom(null=False, blank=False, editable=False)
    permitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    permitted_by = by_whom(editable=False)
    stopped_at = models.DateTimeField(null=True, blank=True, editable=False)
    stopped_by = by_whom(editable=False)
    stop_reason = models.CharField(max_length=500, blank=True, editable=False)

    objects = PrescribedKetamines()

    class Meta:
        verbose_name_plural = "prescribed ketamine"
        ordering = ["id"]
        constraints = [
            together("permission_to_call_a_prescriber_has_who", "permitted_at", "permitted_by"),
            together("stopping_ketamine_has_who", "stopped_at", "stopped_by"),
            models.CheckConstraint(
                name="prescribed_ketamine_names_its_prescriber",
                condition=~Q(prescriber=""),
                violation_error_code="prescriber_missing",
                violation_error_message="Say who prescribes it, or which clinic gives it.",
            ),
            models.CheckConstraint(
                name="stopping_ketamine_has_a_reason",
                condition=Q(stopped_at=None, stop_reason="") | Q(stopped_at__isnull=False) & ~Q(stop_reason=""),
                violation_error_code="reason_missing",
                violation_error_message="Say why it was stopped.",
            ),
        ]
        indexes = [models.Index(fields=["patient", "-recorded_at"], name="ketamine_of_a_person")]

    def __str__(self):
        return f"Ketamine from {self.prescriber}"

    def cautions(self):
        """What to raise with the prescriber, in sentences.

        About ketamine that is prescribed, never a ground to refuse or delay the person (domain 10).
        """
        if self.stopped_at:
            return []
        found = {
            "schizophrenia": self.schizophrenia,
            "pregnancy": self.patient.pregnant == Known.YES,
            "breastfeeding": self.patient.breastfeeding == Known.YES,
        }
        words = "Prescribed ketamine and {}: talk to the prescriber. No ground to refuse or delay anything here."
        return [words.format(what) for what, true in found.items() if true]


class PrescriberContacts(PatientRows):
    """Contacts with prescribers."""


@clinical
class PrescriberContact(Record):
    """The prescriber was spoken or written to, with the person's permission."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="prescriber_contacts", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    prescribed = models.ForeignKey(PrescribedKetamine, on_delete=models.PROTECT, related_name="contacts")
    spoke_with = models.CharField(max_length=200)
    words = models.TextField(max_length=4000, help_text="what was said, and what was agreed")
    contacted_at = models.DateTimeField(editable=False)
    contacted_by = by_whom(null=False, blank=False, editable=False)

    objects = PrescriberContacts.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="a_prescriber_contact_has_words",
                condition=~Q(words="") & ~Q(spoke_with=""),
                violation_error_code="words_missing",
                violation_error_message="Say who it was, and what was said.",
            )
        ]
        indexes = [models.Index(fields=["patient", "-contacted_at"], name="prescribers_of_a_person")]

    def __str__(self):
        return f"Contact with {self.spoke_with}"


class MoodReviews(PatientRows):
    """Reviews of mood."""

    def planned(self):
        """Those owed and not done yet."""
        return self.right().filter(reviewed_at=None)


@clinical
class MoodReview(Record):
    """How mood is, and whether suicide was asked about, 1, 2 and 4 weeks after prescribed ketamine stopped."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="mood_reviews", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    prescribed = models.ForeignKey(PrescribedKetamine, on_delete=models.PROTECT, related_name="reviews")
    week = models.PositiveSmallIntegerField(help_text="weeks after it stopped")
    duty = models.OneToOneField(Duty, on_delete=models.PROTECT, related_name="mood_review", editable=False)
    reviewed_at = models.DateTimeField(null=True, blank=True, editable=False)
    reviewed_by = by_whom(editable=False)
    mood = models.TextField(blank=True, max_length=4000, help_text="how the person is, in their words where possible")
    asked_about_suicide = models.BooleanField(null=True, blank=True)
    concern = models.BooleanField(null=True, blank=True, help_text="should somebody see or call them today?")

    objects = MoodReviews.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            together("a_mood_review_has_who", "reviewed_at", "reviewed_by"),
            models.CheckConstraint(
                name="a_mood_review_says_what_was_found",
                condition=Q(reviewed_at=None, mood="", asked_about_suicide=None, concern=None)
                | Q(reviewed_at__isnull=False, asked_about_suicide__isnull=False, concern__isnull=False)
                & ~Q(mood=""),
                violation_error_code="finding_missing",
                violation_error_message="Say how the person is, if suicide was asked about, and if there is a worry.",
            ),
            models.UniqueConstraint(
                fields=["prescribed", "week"],
                condition=Q(entered_in_error_at=None),
                name="one_mood_review_a_week",
                violation_error_code="review_planned",
                violation_error_message="This review is owed already.",
            ),
        ]
        indexes = [models.Index(fields=["patient"], name="mood_of_a_person")]

    def opens_at(self):
        """From when looking counts as this review: shortly before its week, or when it was said to be due earlier."""
        after = REVIEWS_AFTER[self.week] - OPENS_BEFORE[self.week]
        return min(self.prescribed.stopped_at + after, self.duty.due_at)

    def __str__(self):
        return f"Mood {self.week} {'week' if self.week == 1 else 'weeks'} after ketamine"
