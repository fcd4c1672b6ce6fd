"""Tests for substances: what was collected, what was found, and how a clinician reads it (domain 6.5).

Nothing here says what a positive means. A clinician does, with the context beside it.
"""

from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from accounts.models import Facility, by_whom, clinical
from audit.models import Record, together
from duties.models import Duty
from patients.models import Episode, Patient, PatientRows

from .analytes import KETAMINE, OPIOID, choices

RISE = Decimal("1.5")  # of a value per creatinine between two samples (domain 6.5)
HINT_WITHIN = timedelta(days=100)  # after daily use, of which traces are found for so long (domain 6.5)


class Matrix(models.TextChoices):
    """What was collected."""

    URINE = "urine", "Urine"
    ORAL_FLUID = "oral_fluid", "Oral fluid"
    BLOOD = "blood", "Blood"
    HAIR = "hair", "Hair"
    BREATH = "breath", "Breath"


class Method(models.TextChoices):
    """How it is looked for. The first two presume; the others confirm."""

    POC = "poc", "Strip or cup, read on the spot"
    IMMUNOASSAY = "immunoassay", "Immunoassay"
    LCMS = "lcms", "LC-MS"
    GCMS = "gcms", "GC-MS"


CONFIRMS = [Method.LCMS, Method.GCMS]
CONFIRMING = [(one.value, one.label) for one in CONFIRMS]


class Validity(models.TextChoices):
    """Whether the sample can be relied on."""

    VALID = "valid", "Valid"
    DILUTE = "dilute", "Dilute"
    ADULTERATED = "adulterated", "Adulterated"
    SUBSTITUTED = "substituted", "Substituted"
    INSUFFICIENT = "insufficient", "Not enough of it"


class Why(models.TextChoices):
    """Why it was collected."""

    RANDOM = "random", "Drawn at random"
    CLINICAL = "clinical", "Asked for by a clinician"
    ARRIVAL = "arrival", "On arrival"
    WISHED = "wished", "The person wished it"
    LEGAL = "legal", "For a court or an authority"


class ToxTests(PatientRows):
    """Tests for substances."""

    def waiting(self):
        """Those whose results have not come."""
        return self.right().filter(resulted_at=None)

    def unread(self):
        """Those with a positive that no clinician has read yet."""
        return self.right().filter(read_duty__isnull=False, read_at=None)

    def opioid_positive(self, person, since):
        """Tests of this person collected since then in which an opioid was found, presumptive ones included."""
        found = AnalyteResult.objects.filter(test=OuterRef("pk"), detected=True, analyte__in=OPIOID)
        return self.of(person).right().filter(Exists(found), collected_at__gte=since)


def number(digits, places, *, most=None, **kwargs):
    """A number that a laboratory reports: not below nothing."""
    limits = [MinValueValidator(Decimal(0)), *([MaxValueValidator(Decimal(most))] if most else [])]
    return models.DecimalField(
        max_digits=digits, decimal_places=places, null=True, blank=True, validators=limits, **kwargs
    )


@clinical
class ToxTest(Record):
    """A sample that was collected and what it was tested for; results come later, and never change."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="tox_tests", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="tox_tests")
    why = models.CharField(max_length=10, choices=Why)
    matrix = models.CharField(max_length=10, choices=Matrix, default=Matrix.URINE)
    method = models.CharField(max_length=12, choices=Method)
    panel = ArrayField(models.CharField(max_length=30, choices=choices), help_text="what it was tested for, by name")
    confirms = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="confirmations", editable=False
    )
    collected_at = models.DateTimeField()
    collected_by = by_whom(null=False, blank=False)
    observed = models.BooleanField(null=True, blank=True, help_text="was somebody there when it was given?")
    temperature_ok = models.BooleanField(null=True, blank=True, help_text="was it as warm as it should be?")
    chain_of_custody = models.CharField(max_length=200, blank=True, help_text="only for a court or an authority")
    lab = models.CharField(max_length=200, blank=True)
    lab_reference = models.CharField(max_length=100, blank=True, help_text="the number the laboratory gave it")
    results_duty = models.OneToOneField(
        Duty, on_delete=models.PROTECT, null=True, blank=True, related_name="results_of_test", editable=False
    )
    resulted_at = models.DateTimeField(null=True, blank=True, editable=False)
    resulted_by = by_whom(editable=False)
    validity = models.CharField(max_length=12, choices=Validity, blank=True, editable=False)
    creatinine = number(6, 1, most=1000, editable=False, help_text="of the sample, mg/dL")
    note = models.CharField(max_length=1000, blank=True, editable=False, help_text="what the laboratory said beside")
    read_duty = models.ForeignKey(
        Duty, on_delete=models.PROTECT, null=True, blank=True, related_name="tests_to_read", editable=False
    )
    read_at = models.DateTimeField(null=True, blank=True, editable=False)
    read_by = by_whom(editable=False)
    contact_duty = models.OneToOneField(
        Duty, on_delete=models.PROTECT, null=True, blank=True, related_name="contact_after_test", editable=False
    )
    contacted_at = models.DateTimeField(null=True, blank=True, editable=False)
    contacted_by = by_whom(editable=False)
    contact_in_words = models.CharField(max_length=1000, blank=True, editable=False)

    objects = ToxTests.as_manager()

    refusals = {
        "a_test_with_results_never_changes": (
            "results_fixed",
            "Results never change. Mark the test as entered in error, or have the sample tested again.",
        ),
        "a_test_has_its_results": (
            "results_open",
            "This is ended by writing down the results, or by marking the test as entered in error.",
        ),
        "a_positive_is_read_by_a_clinician": (
            "reading_open",
            "This is ended by a clinician who reads the result and says what it is.",
        ),
        "an_unexpected_positive_is_spoken_about": (
            "contact_open",
            "This is ended by speaking with the person, and writing down what was said.",
        ),
    }
    PRESUMPTIVE = (
        "Presumptive: it may be wrong, and costs no place, no privileges and no rewards until it is confirmed."
    )

    class Meta:
        ordering = ["id"]
        verbose_name = "test"
        verbose_name_plural = "tests for substances"
        constraints = [
            together("results_of_a_test_have_who", "resulted_at", "resulted_by"),
            together("reading_a_test_has_who", "read_at", "read_by"),
            together("contact_after_a_test_has_who", "contacted_at", "contacted_by"),
            models.CheckConstraint(
                name="a_test_looks_for_something",
                condition=Q(panel__len__gt=0),
                violation_error_code="panel_empty",
                violation_error_message="Say what it is tested for, by name: no standard panel looks for ketamine.",
            ),
            models.CheckConstraint(
                name="results_say_whether_the_sample_was_valid",
                condition=Q(resulted_at=None, validity="") | Q(resulted_at__isnull=False) & ~Q(validity=""),
                violation_error_code="validity_missing",
                violation_error_message="Say whether the sample was valid.",
            ),
            models.CheckConstraint(
                name="results_come_after_the_sample",
                condition=Q(resulted_at=None) | Q(resulted_at__gte=F("collected_at")),
                violation_error_code="results_before_sample",
                violation_error_message="Results come after the sample was collected.",
            ),
            models.CheckConstraint(
                name="a_confirmation_is_by_mass_spectrometry",
                condition=Q(confirms=None) | Q(method__in=CONFIRMS),
                violation_error_code="method_presumes",
                violation_error_message="Only LC-MS or GC-MS confirms.",
            ),
            models.CheckConstraint(
                name="custody_is_for_courts_and_authorities",
                condition=Q(chain_of_custody="") | Q(why=Why.LEGAL),
                violation_error_code="custody_not_legal",
                violation_error_message="A chain of custody is kept only for a court or an authority.",
            ),
            models.CheckConstraint(
                name="a_sample_has_a_possible_creatinine",
                condition=Q(creatinine=None) | Q(creatinine__range=(0, 1000)),
                violation_error_code="not_plausible",
                violation_error_message="A number is outside what is possible. Check what was typed.",
            ),
            models.CheckConstraint(
                name="contact_after_a_test_has_words",
                condition=Q(contacted_at=None, contact_in_words="")
                | Q(contacted_at__isnull=False) & ~Q(contact_in_words=""),
                violation_error_code="words_missing",
                violation_error_message="Say what was said.",
            ),
            models.UniqueConstraint(
                fields=["confirms"],
                condition=Q(entered_in_error_at=None),
                name="a_test_is_confirmed_once",
                violation_error_code="confirmed_already",
                violation_error_message="This was sent to be confirmed already.",
            ),
        ]
        indexes = [
            models.Index(fields=["patient", "-collected_at"], name="tests_of_a_person"),
            models.Index(
                fields=["facility"],
                condition=Q(read_at=None, read_duty__isnull=False),
                name="tests_to_be_read_here",
            ),
        ]

    def __str__(self):
        kind = f"{self.get_matrix_display()}, {self.get_method_display()}"
        return f"Confirmation ({kind})" if self.confirms_id else f"Test ({kind})"

    def is_presumptive(self):
        """Strips and immunoassays presume; only mass spectrometry confirms."""
        return self.method not in CONFIRMS

    def standing(self):
        """Where it stands, in words. What a positive means is never said here but by a clinician's reading."""
        if self.resulted_at is None:
            return "No results yet."
        if self.read_duty_id is None:
            return "Nothing that a clinician must read."
        return f"Read by {self.read_by}." if self.read_at else "Not read by a clinician yet."

    def found(self):
        """Everything that was found, in words: positive or not detected; presumptive ones say so."""
        rows = sorted(self.results.all(), key=lambda row: (not row.detected, row.analyte))
        said = ", ".join(row.in_words() for row in rows)
        return f"{said} (presumptive)" if said and self.is_presumptive() else said

    def missing(self):
        """What it was tested for and no result came."""
        reported = {row.analyte for row in self.results.all()}
        return [code for code in self.panel if code not in reported] if self.resulted_at else []


class AnalyteResults(PatientRows):
    """Results."""

    def right(self):
        """Those of tests not marked as entered in error."""
        return self.filter(test__entered_in_error_at=None)

    def ketamine(self):
        """Of ketamine and what the body makes of it."""
        return self.filter(analyte__in=KETAMINE)


class AnalyteResult(Record):
    """What a test found of one substance. Append-only: a mistake is the whole test's, and marked there."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="analyte_results", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    test = models.ForeignKey(ToxTest, on_delete=models.PROTECT, related_name="results", db_index=False)
    analyte = models.CharField(max_length=30, choices=choices)
    detected = models.BooleanField(help_text="positive, or not detected")
    value = number(12, 3)
    unit = models.CharField(max_length=20, blank=True, help_text="such as ng/mL")
    cutoff = number(12, 3, help_text="in the same unit")

    objects = AnalyteResults.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="a_value_has_its_unit",
                condition=Q(value=None) & Q(cutoff=None) | ~Q(unit=""),
                violation_error_code="unit_missing",
                violation_error_message="A value has a unit.",
            ),
            models.CheckConstraint(
                name="no_value_is_below_nothing",
                condition=(Q(value=None) | Q(value__gte=0)) & (Q(cutoff=None) | Q(cutoff__gte=0)),
                violation_error_code="not_plausible",
                violation_error_message="A number is outside what is possible. Check what was typed.",
            ),
            models.UniqueConstraint(
                fields=["test", "analyte"],
                name="one_result_a_test_and_substance",
                violation_error_code="results_fixed",
                violation_error_message="There is a result for this already, and results never change.",
            ),
        ]
        indexes = [models.Index(fields=["patient", "analyte"], name="results_of_a_person")]

    def __str__(self):
        return self.in_words()

    def in_words(self):
        """Positive or not detected, and how much."""
        said = f"{self.get_analyte_display()} {'positive' if self.detected else 'not detected'}"
        return f"{said}, {self.value.normalize():f} {self.unit}" if self.value is not None else said


class Reading(models.TextChoices):
    """What a clinician takes a positive for."""

    RESIDUAL = "residual", "Left from earlier use"
    NEW_USE = "new_use", "New use"
    INDETERMINATE = "indeterminate", "Cannot be said"


class ToxReadings(PatientRows):
    """Readings."""


class ToxReading(Record):
    """How a clinician reads a positive, in a code and in words. Append-only: read again, the last one holds."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="tox_readings", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    test = models.ForeignKey(ToxTest, on_delete=models.PROTECT, related_name="readings")
    reading = models.CharField(max_length=15, choices=Reading)
    words = models.TextField(max_length=4000, help_text="why, in your words")
    read_at = models.DateTimeField()
    read_by = by_whom(null=False, blank=False)

    objects = ToxReadings.as_manager()

    refusals = {
        "a_clinician_reads_a_positive": (
            "not_a_clinician",
            "Only a nurse or a prescriber says what a positive is, never the system.",
        )
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="a_reading_has_words",
                condition=~Q(words=""),
                violation_error_code="words_missing",
                violation_error_message="Say why.",
            )
        ]
        indexes = [models.Index(fields=["patient", "-read_at"], name="readings_of_a_person")]

    def __str__(self):
        return self.get_reading_display()


def per_creatinine(value, creatinine):
    """A value in ng/mL by the creatinine of its sample in mg/dL: ng per mg; None where either is missing."""
    if value is None or not creatinine:
        return None
    return (Decimal(value) * 100 / Decimal(creatinine)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def risen(now, before):
    """How many times more per creatinine than in the sample before, where that is a hint; None where it is not."""
    if now is None or not before or now / before < RISE:
        return None
    return (now / before).quantize(Decimal("0.1"), ROUND_HALF_UP)
