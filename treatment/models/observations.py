"""What is measured at the bedside, what is still to be measured, and numbers that call for help now."""

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.models import Facility, by_whom, clinical
from audit.models import Record, together
from duties.models import Duty
from patients.models import Episode, Patient, PatientRows

# Outside these it is a typing error, not a finding.
PLAUSIBLE = {
    "respiratory_rate": (0, 80),
    "oxygen_saturation": (30, 100),
    "heart_rate": (0, 300),
    "systolic": (30, 320),
    "diastolic": (10, 220),
    "temperature": (25, 45),
}
UNITS = {
    "respiratory_rate": "breaths a minute",
    "oxygen_saturation": "percent, room air",
    "heart_rate": "beats a minute",
    "systolic": "mmHg",
    "diastolic": "mmHg",
    "temperature": "°C",
}


def vital(name):
    """The column of a vital sign."""
    given = {
        "null": True,
        "blank": True,
        "validators": [MinValueValidator(PLAUSIBLE[name][0]), MaxValueValidator(PLAUSIBLE[name][1])],
        "help_text": UNITS[name],
    }
    if name == "temperature":
        return models.DecimalField(max_digits=3, decimal_places=1, **given)
    return models.PositiveSmallIntegerField(**given)


def plausible(name):
    """A constraint: every vital sign lies where people live, and the lower pressure below the upper."""
    condition = Q(systolic=None) | Q(diastolic=None) | Q(diastolic__lt=F("systolic"))
    for vital_sign, (low, high) in PLAUSIBLE.items():
        condition &= Q(**{vital_sign: None}) | Q(**{f"{vital_sign}__range": (low, high)})
    return models.CheckConstraint(
        name=name,
        condition=condition,
        violation_error_code="not_plausible",
        violation_error_message="A number is outside what is possible. Check what was typed.",
    )


def warnings(values, limits):
    """The limits that these values cross, in words. Limits are items of a checklist: {code, text, below | is}."""
    found = []
    for limit in limits:
        value = values.get(limit["code"])
        if value is None or value == "":
            continue
        if ("below" in limit and value < limit["below"]) or value in limit.get("is", ()):
            found.append(limit["text"])
    return found


class Sedation(models.IntegerChoices):
    """How easily the person is roused."""

    ALERT = 0, "Awake and alert"
    DROWSY = 1, "Drowsy, wakes by themselves"
    VOICE = 2, "Asleep, wakes to a voice"
    TOUCH = 3, "Hard to wake, wakes to touch or pain"
    NOT_ROUSABLE = 4, "Cannot be woken"


class Observations(PatientRows):
    """Observations."""


@clinical
class Observation(Record):
    """What was measured at one moment. It never changes; a mistake is marked, and measured again."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="observations", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="observations")
    observed_at = models.DateTimeField()
    observed_by = by_whom(null=False, blank=False)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False, help_text="when it was written down")
    respiratory_rate = vital("respiratory_rate")
    oxygen_saturation = vital("oxygen_saturation")
    heart_rate = vital("heart_rate")
    systolic = vital("systolic")
    diastolic = vital("diastolic")
    temperature = vital("temperature")
    sedation = models.PositiveSmallIntegerField(null=True, blank=True, choices=Sedation)
    pain = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(10)], help_text="0 none, 10 the worst"
    )
    note = models.CharField(max_length=1000, blank=True)
    warnings = ArrayField(
        models.CharField(max_length=200),
        default=list,
        blank=True,
        editable=False,
        help_text="limits that were crossed, by those in force then",
    )

    objects = Observations.as_manager()

    refusals = {
        "an_observation_never_changes": (
            "observation_fixed",
            "An observation never changes. Mark it as entered in error and record another.",
        )
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            plausible("an_observation_is_possible"),
            models.CheckConstraint(
                name="a_score_is_on_its_scale",
                condition=(Q(sedation=None) | Q(sedation__lte=4)) & (Q(pain=None) | Q(pain__lte=10)),
                violation_error_code="off_the_scale",
                violation_error_message="Sedation goes from 0 to 4, pain from 0 to 10.",
            ),
            models.CheckConstraint(
                name="something_was_observed",
                condition=Q(respiratory_rate__isnull=False)
                | Q(oxygen_saturation__isnull=False)
                | Q(heart_rate__isnull=False)
                | Q(systolic__isnull=False)
                | Q(temperature__isnull=False)
                | Q(sedation__isnull=False)
                | Q(pain__isnull=False)
                | ~Q(note=""),
                violation_error_code="nothing_observed",
                violation_error_message="Write down at least one thing that was seen or measured.",
            ),
        ]
        indexes = [models.Index(fields=["patient", "-observed_at"], name="observations_of_a_person")]

    def __str__(self):
        return f"{self.patient}, {self.observed_at:%Y-%m-%d %H:%M} UTC"


class ObservationOrders(PatientRows):
    """Orders."""

    def open(self):
        """Those whose duty is still owed."""
        return self.right().filter(duty__closed_at=None)


@clinical
class ObservationOrder(Record):
    """Observations to be made by a schedule: one duty, owed again after each entry; they end when it does."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="observation_orders")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="observation_orders")
    checklist = models.ForeignKey(
        "treatment.Checklist", on_delete=models.PROTECT, related_name="+", help_text="the schedule"
    )
    duty = models.OneToOneField(Duty, on_delete=models.PROTECT, related_name="observation_order")
    made = models.PositiveSmallIntegerField(default=0, editable=False, help_text="entries so far")
    began_at = models.DateTimeField()
    began_by = by_whom(null=False, blank=False)

    objects = ObservationOrders.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["episode", "checklist"],
                condition=Q(entered_in_error_at=None),
                name="a_schedule_is_ordered_once",
                violation_error_code="observed_already",
                violation_error_message="These observations were ordered already.",
            ),
        ]

    def __str__(self):
        return f"Observations of {self.patient}"

    def after_entry(self, made):
        """How long after this many entries the next is due; None after the last."""
        items = self.checklist.items
        return timedelta(minutes=items[made]["minutes"]) if made < len(items) else None

    def why_extra(self, seen):
        """Why an entry does not count for what is owed, in words; nothing where it does.

        Breathing and waking are what the schedule is for, and a number taken again at once is no later look.
        """
        missing = [name for name in self.checklist.items[self.made].get("asks", ()) if getattr(seen, name) is None]
        if missing:
            return f"observed without {', '.join(name.replace('_', ' ') for name in missing)}"
        early = self.duty.due_at - seen.observed_at > self.after_entry(self.made) / 2
        return "observed early, beside the schedule" if early else ""


class EmergencyWarnings(PatientRows):
    """Warnings."""

    def open(self):
        """Those nobody has answered, and nobody has decided to drop."""
        return self.right().filter(answered_at=None, duty__closed_at=None)


@clinical
class EmergencyWarning(Record):
    """Numbers that call for emergency services now, until somebody has answered for them."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="emergency_warnings")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="emergency_warnings")
    duty = models.OneToOneField(Duty, on_delete=models.PROTECT, related_name="emergency_warning")
    signs = ArrayField(models.CharField(max_length=200), help_text="limits that were crossed")
    raised_at = models.DateTimeField()
    raised_by = by_whom(null=False, blank=False)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    answered_by = by_whom(editable=False)
    answer = models.CharField(max_length=500, blank=True, editable=False, help_text="what was done")

    objects = EmergencyWarnings.as_manager()

    refusals = {
        "a_warning_is_answered": (
            "warning_open",
            "This is ended by sending the person to hospital, or by a nurse or prescriber who says what was done.",
        )
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            together("an_answer_to_a_warning_has_who", "answered_at", "answered_by"),
            models.CheckConstraint(
                name="an_answer_to_a_warning_says_what",
                condition=Q(answered_at=None) | ~Q(answer=""),
                violation_error_code="reason_missing",
                violation_error_message="Say what was done.",
            ),
        ]

    def __str__(self):
        return f"{self.patient}: {', '.join(self.signs)}"

    def sentence(self):
        """What must be seen before anything else."""
        return f"Call emergency services now: {', '.join(self.signs)}."
