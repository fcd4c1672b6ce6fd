"""What the ambulance or hospital told us."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from accounts.models import Facility, by_whom, clinical
from audit.models import Record
from patients.codes import Source
from patients.models import Episode, Patient, PatientRows

from .analytes import drugs_of_family


class Consciousness(models.TextChoices):
    """AVPU scale."""

    ALERT = "alert", "Alert"
    VOICE = "voice", "Responds to voice"
    PAIN = "pain", "Responds to pain"
    UNRESPONSIVE = "unresponsive", "Unresponsive"


class Breathing(models.TextChoices):
    """How the person breathes."""

    NORMAL = "normal", "Normal"
    SLOWED = "slowed", "Slowed"
    ASSISTED = "assisted", "Assisted"


class WorkUp(models.TextChoices):
    """What a hospital looks at after an overdose, and sends along with the person (domain 6.1)."""

    GLUCOSE = "glucose", "Glucose"
    ECG = "ecg", "ECG"
    ACETAMINOPHEN = "acetaminophen", "Acetaminophen level"
    SALICYLATE = "salicylate", "Salicylate level"
    PREGNANCY = "pregnancy", "Pregnancy test"
    CK = "ck", "CK"
    RENAL = "renal", "Electrolytes and creatinine"
    LIVER = "liver", "Liver panel"
    URINALYSIS = "urinalysis", "Urinalysis"
    TOXICOLOGY = "toxicology", "Broad toxicology, with fentanyl"


def between(low, high):
    """Validators for a measurement: outside this range it is a typing error, not a finding."""
    return [MinValueValidator(low), MaxValueValidator(high)]


class Handovers(PatientRows):
    """Handovers."""


@clinical
class Handover(Record):
    """A person handed over after an overdose: from whom, in what state, with what given and what still open."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="handovers", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="handovers")
    source = models.CharField(max_length=20, choices=Source)
    source_name = models.CharField(max_length=200, blank=True, help_text="hospital, service or person")
    source_contact = models.CharField(max_length=200, blank=True, help_text="number to call back")
    received_at = models.DateTimeField()
    received_by = by_whom(null=False, blank=False)
    drugs_given = models.JSONField(
        default=list, blank=True, help_text="by ambulance or hospital: [{drug, dose, route, at}]"
    )
    consciousness = models.CharField(max_length=20, choices=Consciousness)
    breathing = models.CharField(max_length=20, choices=Breathing)
    respiratory_rate = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=between(0, 80), help_text="breaths a minute"
    )
    oxygen_saturation = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=between(0, 100), help_text="percent, room air"
    )
    heart_rate = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=between(0, 300), help_text="beats a minute"
    )
    systolic = models.PositiveSmallIntegerField(null=True, blank=True, validators=between(0, 320), help_text="mmHg")
    temperature = models.DecimalField(
        max_digits=3, decimal_places=1, null=True, blank=True, validators=between(25, 45), help_text="°C"
    )
    work_up = ArrayField(
        models.CharField(max_length=20, choices=WorkUp),
        default=list,
        db_default=[],
        blank=True,
        help_text="results that came with the person",
    )
    outstanding_results = models.TextField(blank=True, max_length=4000)
    expected_leaving_at = models.DateTimeField(
        null=True, blank=True, help_text="when the person is expected to leave the stabilizing unit"
    )
    warnings = ArrayField(
        models.CharField(max_length=200),
        default=list,
        blank=True,
        editable=False,
        help_text="numbers that called for emergency services, by the limits in force then",
    )

    objects = Handovers.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="a_work_up_is_of_what_is_looked_at",
                condition=Q(work_up__contained_by=WorkUp.values),
                violation_error_code="unknown_result",
                violation_error_message="There is no result of this name on the list.",
            ),
        ]
        indexes = [models.Index(fields=["patient", "-received_at"], name="handovers_of_a_person")]

    def __str__(self):
        return f"{self.patient}, from {self.source_name or self.get_source_display().lower()}"

    def did_not_come(self):
        """Results of the list that did not come along with the person, in words."""
        return [label for code, label in WorkUp.choices if code not in self.work_up]


class DrugCode(models.TextChoices):
    """What is given on the way or in hospital, as far as rules ask about it; the name stands beside it."""

    KETAMINE = "ketamine", "Ketamine"
    FENTANYL = "fentanyl", "Fentanyl"
    MORPHINE = "morphine", "Morphine"
    OTHER_OPIOID = "other_opioid", "Another opioid"
    MIDAZOLAM = "midazolam", "Midazolam"
    OTHER_BENZODIAZEPINE = "other_benzodiazepine", "Another benzodiazepine"
    NALOXONE = "naloxone", "Naloxone"
    OTHER = "other", "Something else"


class Giver(models.TextChoices):
    """Who gave it."""

    AMBULANCE = "ambulance", "Ambulance"
    HOSPITAL = "hospital", "Hospital"
    OTHER = "other", "Somebody else"
    UNKNOWN = "unknown", "Not known"


class DrugsGiven(PatientRows):
    """Drugs given before arrival."""

    def when(self):
        """With the instant they count from: when they were given or, where nobody knows, when the person came."""
        return self.annotate(counts_from=Coalesce("given_at", "handover__received_at"))

    def opioids(self, person, since):
        """Opioids this person was given since then: they count like any other (domain 6.6)."""
        codes = drugs_of_family("opioid", "fentanyl")
        return self.of(person).right().when().filter(drug__in=codes, counts_from__gte=since)


@clinical
class DrugGiven(Record):
    """A drug given by ambulance or hospital before the person came: it explains what a test finds (domain 6.5)."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="drugs_given_before", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="drugs")
    drug = models.CharField(max_length=20, choices=DrugCode)
    name = models.CharField(max_length=200, blank=True, help_text="as told, with its brand")
    dose = models.CharField(max_length=100, blank=True)
    route = models.CharField(max_length=50, blank=True)
    given_at = models.DateTimeField(null=True, blank=True)
    when_told = models.CharField(max_length=50, blank=True, help_text="where only words are known: “in the van”")
    giver = models.CharField(max_length=10, choices=Giver, default=Giver.UNKNOWN)
    noted_at = models.DateTimeField(editable=False)
    noted_by = by_whom(null=False, blank=False, editable=False)

    objects = DrugsGiven.as_manager()

    refusals = {
        "a_drug_given_never_changes": (
            "drug_fixed",
            "What was told never changes. Mark it as entered in error and write it down again.",
        )
    }

    class Meta:
        ordering = ["id"]
        verbose_name = "drug given before arrival"
        verbose_name_plural = "drugs given before arrival"
        constraints = [
            models.CheckConstraint(
                name="a_drug_not_on_the_list_has_a_name",
                condition=~Q(drug=DrugCode.OTHER) | ~Q(name=""),
                violation_error_code="drug_missing",
                violation_error_message="Say which drug it was.",
            ),
            models.CheckConstraint(
                name="a_drug_was_given_before_it_was_noted",
                condition=Q(given_at=None) | Q(given_at__lte=F("noted_at")),
                violation_error_code="in_the_future",
                violation_error_message="It was given after the time it was noted.",
            ),
        ]
        indexes = [models.Index(fields=["patient", "-noted_at"], name="drugs_given_to_a_person")]

    def __str__(self):
        return self.in_words()

    def in_words(self):
        """What, how much, when and by whom, as far as is known."""
        name = self.name or self.get_drug_display()
        when = f"{self.given_at:%Y-%m-%d %H:%M} UTC" if self.given_at else self.when_told
        by = "" if self.giver == Giver.UNKNOWN else f"by {self.get_giver_display().lower()}"
        return ", ".join(part for part in (" ".join(filter(None, [name, self.dose])), by, when) if part)
