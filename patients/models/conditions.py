"""Diagnoses, the criteria behind them, and remission."""

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from accounts.models import Facility, by_whom, clinical
from audit.models import Record, Rows

from .access import PatientRows
from .people import Patient


class CodeSystem(models.TextChoices):
    """Where a code is from."""

    ICD_10_CM = "icd_10_cm", "ICD-10-CM"
    ICD_10 = "icd_10", "ICD-10 (WHO)"
    ICD_11 = "icd_11", "ICD-11"
    SITE = "site", "The site's own"


class ConditionStatus(models.TextChoices):
    """Does the person have it now?"""

    ACTIVE = "active", "Active"
    REMISSION = "remission", "In remission"
    RESOLVED = "resolved", "Resolved"


class ConditionSeverity(models.TextChoices):
    """How bad it is."""

    MILD = "mild", "Mild"
    MODERATE = "moderate", "Moderate"
    SEVERE = "severe", "Severe"


class Remission(models.TextChoices):
    """Early from three months, sustained from twelve: no criterion met but craving (domain 5.4)."""

    EARLY = "early", "Early remission"
    SUSTAINED = "sustained", "Sustained remission"

    @classmethod
    def since(cls, last_met_on, today):
        """What it may be called when criteria were last met on that day; None before three months."""
        months = (today.year - last_met_on.year) * 12 + today.month - last_met_on.month
        months -= today.day < last_met_on.day
        return cls.SUSTAINED if months >= 12 else cls.EARLY if months >= 3 else None


class Conditions(PatientRows):
    """Conditions."""

    def current(self):
        """Those the person has, in remission or not."""
        return self.right().exclude(status=ConditionStatus.RESOLVED)

    def mental(self):
        """Those coded by ICD as a mental disorder, other than one of substance use."""
        tenth = Q(system__in=[CodeSystem.ICD_10_CM, CodeSystem.ICD_10], code__startswith="F")
        eleventh = Q(system=CodeSystem.ICD_11, code__regex=r"^6[A-E]")
        of_use = Q(code__startswith="F1") | Q(system=CodeSystem.ICD_11, code__startswith="6C4")
        return self.filter(tenth | eleventh).exclude(of_use)


@clinical
class Condition(Record):
    """A diagnosis, coded or in words."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="conditions", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    system = models.CharField(max_length=10, choices=CodeSystem, default=CodeSystem.ICD_10_CM)
    code = models.CharField(max_length=20, blank=True)
    words = models.CharField(max_length=200)
    onset_on = models.DateField(null=True, blank=True)
    severity = models.CharField(max_length=10, choices=ConditionSeverity, blank=True)
    status = models.CharField(max_length=10, choices=ConditionStatus, default=ConditionStatus.ACTIVE, editable=False)
    principal = models.BooleanField(default=False, editable=False, help_text="what the person is treated for first")
    criteria_last_met_on = models.DateField(
        null=True, blank=True, editable=False, help_text="the last day on which any criterion but craving was met"
    )
    remission = models.CharField(max_length=10, choices=Remission, blank=True, editable=False)
    remission_on = models.DateField(null=True, blank=True, editable=False, help_text="when it was found")
    controlled_environment = models.BooleanField(
        default=False, editable=False, help_text="where the substance cannot be had"
    )
    noted_at = models.DateTimeField()
    noted_by = by_whom(null=False, blank=False)

    objects = Conditions.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="a_condition_has_words",
                condition=~Q(words=""),
                violation_error_code="words_missing",
                violation_error_message="Say in words what the condition is.",
            ),
            models.CheckConstraint(
                name="an_icd_code_looks_like_one",
                condition=Q(code="")
                | ~Q(system__in=["icd_10_cm", "icd_10"])
                | Q(code__regex=r"^[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?$"),
                violation_error_code="code_malformed",
                violation_error_message="An ICD-10 code looks like F16.20.",
            ),
            models.CheckConstraint(
                name="remission_has_its_kind_and_days",
                condition=Q(
                    status="remission",
                    remission__in=["early", "sustained"],
                    remission_on__isnull=False,
                    criteria_last_met_on__isnull=False,
                )
                | ~Q(status="remission")
                & Q(remission="", remission_on=None, criteria_last_met_on=None, controlled_environment=False),
                violation_error_code="remission_half_recorded",
                violation_error_message="Remission records its kind, and when criteria were last met.",
            ),
            models.CheckConstraint(  # the shortest three months have 89 days
                name="remission_takes_its_time",
                condition=Q(remission="")
                | Q(remission="early", remission_on__gte=F("criteria_last_met_on") + timedelta(days=89))
                | Q(remission="sustained", remission_on__gte=F("criteria_last_met_on") + timedelta(days=365)),
                violation_error_code="too_soon_for_remission",
                violation_error_message="Early remission takes three months without criteria, sustained twelve.",
            ),
            models.CheckConstraint(
                name="what_is_resolved_is_not_principal",
                condition=Q(principal=False) | ~Q(status="resolved"),
                violation_error_code="condition_resolved",
                violation_error_message="This condition is resolved.",
            ),
            models.UniqueConstraint(
                fields=["patient"],
                condition=Q(principal=True, entered_in_error_at=None),
                name="one_principal_condition_per_person",
                violation_error_code="principal_taken",
                violation_error_message="Another condition is the principal one.",
            ),
        ]
        indexes = [models.Index(fields=["patient"], name="conditions_of_a_person")]

    def __str__(self):
        return f"{self.words} ({self.code})" if self.code else self.words


class Criterion(models.TextChoices):
    """The criteria of a substance use disorder, in short words of our own; which count is the set's business."""

    LARGER = "larger", "More, or for longer, than meant"
    CUT_DOWN = "cut_down", "Wanted or tried to cut down, without lasting success"
    TIME = "time", "Much time spent getting, using or recovering"
    CRAVING = "craving", "Craving"
    ROLES = "roles", "Falls short at work, school or home because of use"
    SOCIAL = "social", "Goes on despite trouble with people"
    GIVEN_UP = "given_up", "Gave up what mattered"
    HAZARDOUS = "hazardous", "Uses where it is dangerous"
    HARM = "harm", "Goes on despite harm to body or mind"
    TOLERANCE = "tolerance", "Needs more for the same effect"
    WITHDRAWAL = "withdrawal", "Withdrawal, or uses to avoid it"


class CriteriaSets(Rows):
    """Criteria sets."""

    def current(self, slug):
        """The newest edition."""
        return self.filter(slug=slug).order_by("-edition").first()


class CriteriaSet(Record):
    """The criteria that count for a class of substances, as versioned data: items, bands and suggested codes."""

    slug = models.SlugField(max_length=50)
    edition = models.PositiveIntegerField(default=1)
    name = models.CharField(max_length=200)
    items = models.JSONField(help_text="[{code, text}]")
    codes = models.JSONField(help_text="severity to {active, remission}, in ICD-10-CM")
    source = models.CharField(max_length=500)

    objects = CriteriaSets.as_manager()

    refusals = {
        "a_criteria_set_never_changes": (
            "criteria_published",
            "A criteria set never changes; publish a new edition.",
        )
    }

    class Meta:
        ordering = ["slug", "-edition"]
        constraints = [
            models.UniqueConstraint(
                fields=["slug", "edition"],
                name="one_criteria_set_per_edition",
                violation_error_code="edition_taken",
                violation_error_message="This edition of the criteria exists already.",
            )
        ]

    def __str__(self):
        return f"{self.name} ({self.edition})"

    def has(self, criterion):
        """Does it count for this class?"""
        return any(item["code"] == criterion for item in self.items)


class CriteriaAssessments(PatientRows):
    """Assessments."""


@clinical
class CriteriaAssessment(Record):
    """Which criteria were met in the past twelve months, found by a clinician."""

    patient = models.ForeignKey(
        Patient, on_delete=models.PROTECT, related_name="criteria_assessments", db_index=False
    )
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    criteria_set = models.ForeignKey(CriteriaSet, on_delete=models.PROTECT, related_name="+")
    met = ArrayField(
        models.CharField(max_length=20, choices=Criterion),
        default=list,
        blank=True,
        help_text="in the past twelve months",
    )
    withdrawal_like = models.CharField(
        max_length=500,
        blank=True,
        help_text="symptoms like withdrawal, also where they are no criterion: craving, low mood, anxiety, sleep",
    )
    assessed_at = models.DateTimeField()
    assessed_by = by_whom(null=False, blank=False)

    objects = CriteriaAssessments.as_manager()

    refusals = {
        "only_criteria_of_the_set_are_met": (
            "criterion_unknown",
            "This criterion does not count for this substance.",
        ),
    }

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["patient", "-assessed_at"], name="criteria_of_a_person")]

    def __str__(self):
        return f"{self.criteria_set.name}: {self.count()} met"

    def count(self):
        """How many criteria are met."""
        return len(set(self.met))

    def severity(self):
        """None below two criteria, mild to three, moderate to five, severe from six (domain 5.4); "" for none."""
        count = self.count()
        if count < 2:
            return ""
        return (
            ConditionSeverity.MILD
            if count < 4
            else (ConditionSeverity.MODERATE if count < 6 else ConditionSeverity.SEVERE)
        )

    def suggested_code(self):
        """The ICD-10-CM code this would usually be given (domain 5.5), or "". A suggestion, never a diagnosis."""
        return self.criteria_set.codes.get(self.severity(), {}).get("active", "")

    def suggested_code_in_remission(self):
        """The code once it is in remission, or ""."""
        return self.criteria_set.codes.get(self.severity(), {}).get("remission", "")
