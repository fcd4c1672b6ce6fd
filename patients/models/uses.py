"""What a person uses, and that they were asked."""

from decimal import ROUND_HALF_UP, Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from accounts.models import Facility, by_whom, clinical
from audit.models import Record

from ..codes import (
    BENZODIAZEPINES,
    OPIOIDS,
    SEDATIVES,
    Answered,
    CoUse,
    Frequency,
    Rank,
    Route,
    Source,
    Substance,
    Tolerance,
    UseSetting,
)
from .access import PatientRows
from .people import Patient

# Injecting, snorting and smoking are riskier than swallowing (domain 10).
RISKIER_ROUTES = frozenset({Route.INJECTED, Route.INHALED, Route.SMOKED})
# Stopping these after daily use can be dangerous; that no taper is needed holds for ketamine only (domain 6.3).
# Sedatives are ours beside what is named there: they are stopped like benzodiazepines.
NEEDS_CARE_TO_STOP = frozenset({Substance.ALCOHOL, Substance.GHB}) | BENZODIAZEPINES | SEDATIVES | OPIOIDS
DAILY_FROM = 28  # days of the last 30 that are as good as daily (domain default)
ANESTHETIC_DOSE = "1–2 mg/kg"


class SubstanceUses(PatientRows):
    """What people use."""

    def ketamine(self):
        """Of ketamine, past or present."""
        return self.right().filter(substance=Substance.KETAMINE)

    def current(self):
        """What is known now: for each person and substance the newest row that is no mistake."""
        same = self.model.objects.right().filter(patient=OuterRef("patient"), substance=OuterRef("substance"))
        later = Q(noted_at__gt=OuterRef("noted_at")) | Q(noted_at=OuterRef("noted_at"), pk__gt=OuterRef("pk"))
        return self.right().exclude(Exists(same.filter(later)))


def up_to(most):
    """Validators of a number that is counted from nothing."""
    return [MinValueValidator(0), MaxValueValidator(most)]


def milligrams(**kwargs):
    """A dose in milligrams: more than nothing, and less than anybody means."""
    limits = [MinValueValidator(Decimal("0.1")), MaxValueValidator(Decimal(99_999))]
    return models.DecimalField(max_digits=7, decimal_places=1, null=True, blank=True, validators=limits, **kwargs)


@clinical
class SubstanceUse(Record):
    """What a person uses: drug, route, frequency, amount, first and last use, and who said so."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="substance_uses", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    substance = models.CharField(max_length=4, choices=Substance)
    rank = models.CharField(
        max_length=1, choices=Rank, blank=True, help_text="stays with the substance until changed"
    )
    route = models.CharField(max_length=2, choices=Route, default=Route.UNKNOWN)
    frequency = models.CharField(max_length=2, choices=Frequency, default=Frequency.UNKNOWN)
    days_used = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=up_to(30), help_text="of the last 30 days"
    )
    amount = models.CharField(max_length=200, blank=True, help_text="purity and route unknown: as told")
    usual_dose_mg = milligrams(help_text="mg at a time, as told; purity unknown")
    first_used_on = models.DateField(null=True, blank=True)
    age_first_used = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=up_to(120), help_text="years, at first use"
    )
    last_used_at = models.DateTimeField(null=True, blank=True)
    setting = models.CharField(max_length=10, choices=UseSetting, blank=True)
    setting_in_words = models.CharField(max_length=200, blank=True)
    used_for = models.CharField(max_length=200, blank=True, help_text="what it is for, such as bladder pain or sleep")
    prescribed = models.BooleanField(null=True, blank=True)
    tolerance = models.CharField(max_length=10, choices=Tolerance, blank=True, help_text="the amount that is needed")
    tolerance_in_words = models.CharField(max_length=200, blank=True)
    dose_was_mg = milligrams(help_text="mg at a time, before it rose or fell")
    source = models.CharField(max_length=20, choices=Source)
    noted_at = models.DateTimeField()
    noted_by = by_whom(null=False, blank=False)

    objects = SubstanceUses.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="use_is_not_in_the_future",
                condition=Q(last_used_at=None) | Q(last_used_at__lte=F("noted_at")),
                violation_error_code="use_in_the_future",
                violation_error_message="The last use is after the time it was noted.",
            ),
            models.CheckConstraint(
                name="use_is_counted_in_what_can_be",
                condition=(Q(days_used=None) | Q(days_used__lte=30))
                & (Q(age_first_used=None) | Q(age_first_used__lte=120))
                & (Q(usual_dose_mg=None) | Q(usual_dose_mg__gt=0))
                & (Q(dose_was_mg=None) | Q(dose_was_mg__gt=0)),
                violation_error_code="out_of_range",
                violation_error_message="A number of days, an age or a dose is outside of what can be.",
            ),
            models.UniqueConstraint(
                fields=["patient", "rank"],
                condition=Q(entered_in_error_at=None) & ~Q(rank=""),
                name="one_substance_per_rank",
                violation_error_code="rank_taken",
                violation_error_message="Another substance has this rank. Rank each substance once.",
            ),
        ]
        indexes = [models.Index(fields=["patient", "-noted_at"], name="use_of_a_person")]

    def __str__(self):
        return self.get_substance_display()

    def is_ketamine(self):
        """Rules about ketamine ask this, and fire for nothing else (domain 10)."""
        return self.substance == Substance.KETAMINE

    def is_opioid(self):
        """One of the opioids."""
        return self.substance in OPIOIDS

    def has_riskier_route(self):
        """Injected, snorted or smoked (domain 10)."""
        return self.route in RISKIER_ROUTES

    def is_daily_or_unknown(self):
        """Used daily, or nobody knows how often."""
        daily = self.days_used is not None and self.days_used >= DAILY_FROM
        return daily or self.frequency in {Frequency.DAILY, Frequency.UNKNOWN}

    def needs_withdrawal_review(self):
        """Daily or unknown use of what is dangerous to stop suddenly: before the first night (domain 6.3)."""
        return self.substance in NEEDS_CARE_TO_STOP and self.is_daily_or_unknown()

    def dose_per_kg(self, weight_kg):
        """The usual dose of ketamine in mg/kg, when dose and weight are both known. No rule uses it (domain 10)."""
        if not (self.is_ketamine() and self.usual_dose_mg and weight_kg):
            return None
        return (Decimal(self.usual_dose_mg) / Decimal(weight_kg)).quantize(Decimal("0.01"), ROUND_HALF_UP)

    def dose_in_words(self, weight_kg):
        """The same for people: never without what is not known about it, nor without the anesthetic dose."""
        dose = self.dose_per_kg(weight_kg)
        if dose is None:
            return ""
        return f"{dose} mg/kg, purity and route unknown; the anesthetic dose is {ANESTHETIC_DOSE}"

    def notes(self):
        """What to bear in mind about this use, in sentences (domain 6.3, 10)."""
        said = []
        if self.is_ketamine():
            said.append("Ketamine alone can often be stopped without a taper; tolerance falls once it is stopped.")
        if self.needs_withdrawal_review():
            said.append("Not to be stopped suddenly: a prescriber reviews withdrawal before the first night.")
        if self.has_riskier_route():
            said.append("Injecting, snorting and smoking are riskier than swallowing.")
        return said


class UseScreenings(PatientRows):
    """Screenings of use."""


def asked(question):
    """The answer to one question of the list."""
    return models.CharField(max_length=10, choices=Answered, verbose_name=question.label.lower())


@clinical
class UseScreening(Record):
    """The whole list was asked (domain 6.3); what was answered with yes is also written down as use."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="use_screenings", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    ketamine = asked(CoUse.KETAMINE)
    alcohol = asked(CoUse.ALCOHOL)
    ghb = asked(CoUse.GHB)
    benzodiazepines = asked(CoUse.BENZODIAZEPINES)
    opioids = asked(CoUse.OPIOIDS)
    stimulants = asked(CoUse.STIMULANTS)
    cannabis = asked(CoUse.CANNABIS)
    mdma = asked(CoUse.MDMA)
    hallucinogens = asked(CoUse.HALLUCINOGENS)
    setting = models.CharField(max_length=10, choices=UseSetting, default=UseSetting.UNKNOWN)
    setting_in_words = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=20, choices=Source)
    screened_at = models.DateTimeField()
    screened_by = by_whom(null=False, blank=False)

    objects = UseScreenings.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="every_substance_was_asked_about",
                condition=Q(**{f"{question}__in": Answered.values for question in CoUse.values}),
                violation_error_code="not_asked",
                violation_error_message="Ask about each substance of the list.",
            ),
        ]
        indexes = [models.Index(fields=["patient", "-screened_at"], name="screenings_of_a_person")]

    def __str__(self):
        return f"Asked what {self.patient} uses"
