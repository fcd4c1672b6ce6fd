"""What a prescriber orders: the medication, how much, how often, what for, and what was asked before."""

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Facility, by_whom, clinical
from audit.models import Record, together
from duties.models import Duty
from patients.models import Episode, Patient, PatientRows

from ..medication_safety import Proposed
from .medications import Counsel, Evidence, Medication, MedicationRoute
from .placements import Placement, Track

# How much one of a unit is in mg, where that is known.
IN_MG = {"mg": Decimal(1), "mcg": Decimal("0.001"), "g": Decimal(1000)}


class DoseUnit(models.TextChoices):
    """What a dose is counted in."""

    MG = "mg", "mg"
    MCG = "mcg", "micrograms"
    G = "g", "g"
    ML = "ml", "mL"
    TABLETS = "tablets", "tablets or capsules"
    PUFFS = "puffs", "puffs or sprays"
    PATCHES = "patches", "patches"
    UNITS = "units", "units"


class Frequency(models.TextChoices):
    """By which rule doses are due."""

    DAILY = "daily", "Every day, at these times"
    EVERY_DAYS = "every_days", "Every so many days, at these times"
    EVERY_HOURS = "every_hours", "Every so many hours"
    ONCE = "once", "Once"
    AS_NEEDED = "as_needed", "As needed"


class OrderState(models.TextChoices):
    """Does it go on?"""

    ACTIVE = "active", "Goes on"
    HELD = "held", "Held"
    STOPPED = "stopped", "Stopped"
    COMPLETED = "completed", "Completed"


class OrderedHow(models.TextChoices):
    """How the order reached the chart."""

    WRITTEN = "written", "Written by the prescriber"
    VERBAL = "verbal", "Said by the prescriber, written down and read back"
    EMERGENCY = "emergency", "Given in an emergency"


class StopBecause(models.TextChoices):
    """Why an order ended early."""

    DONE = "done", "No longer needed"
    NO_EFFECT = "no_effect", "Does not help"
    SIDE_EFFECT = "side_effect", "Side effect"
    RASH = "rash", "Rash"
    WISHED = "wished", "The person wishes it"
    REPLACED = "replaced", "Replaced by another order"
    LEFT = "left", "The person left the program"
    OTHER = "other", "Something else"


class MedicationOrders(PatientRows):
    """Medication orders."""

    along = ("patient", "facility", "medication")

    def open(self):
        """Those that go on, or are held."""
        return self.right().filter(state__in=[OrderState.ACTIVE, OrderState.HELD])

    def active(self):
        """Those that go on."""
        return self.right().filter(state=OrderState.ACTIVE)

    def said_at_stop(self):
        """Those of which the person must hear something when they end."""
        return self.filter(medication__counsel__has_key="stop")

    def unacknowledged(self):
        """Those somebody took down for a prescriber who has not seen them yet."""
        return self.right().filter(taken_by__isnull=False, acknowledged_at=None)

    def to_lay_out(self, until):
        """Those given here whose doses are not laid out until then, each with the place they are due at."""
        here = Placement.objects.open().filter(episode=OuterRef("episode"), track=Track.MAIN)
        return (
            self.active()
            .filter(
                Q(laid_out_until__lt=until) & (Q(ends_at=None) | Q(ends_at__gt=F("laid_out_until"))),
                given_here=True,
            )
            .annotate(
                place_now=Coalesce(
                    Subquery(here.values("facility_id")[:1]), F("facility_id"), output_field=models.UUIDField()
                )
            )
        )


def amount(**kwargs):
    """A dose: more than nothing, and less than anybody means."""
    limits = [MinValueValidator(Decimal("0.001")), MaxValueValidator(Decimal(99_999))]
    return models.DecimalField(max_digits=8, decimal_places=3, validators=limits, **kwargs)


@clinical
class MedicationOrder(Record):
    """An order. What it says never changes: stop it, and order anew."""

    NEXT = {
        OrderState.ACTIVE: {OrderState.HELD, OrderState.STOPPED, OrderState.COMPLETED},
        OrderState.HELD: {OrderState.ACTIVE, OrderState.STOPPED},
        OrderState.STOPPED: set(),
        OrderState.COMPLETED: set(),
    }

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="medication_orders", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="medication_orders")
    medication = models.ForeignKey(
        Medication, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="from the catalog"
    )
    name = models.CharField(
        max_length=200, help_text="as it was written; rules read it where it is not in the catalog"
    )
    dose = amount(help_text="at a time")
    dose_unit = models.CharField(max_length=10, choices=DoseUnit)
    route = models.CharField(max_length=20, choices=MedicationRoute)
    frequency = models.CharField(max_length=12, choices=Frequency)
    times = ArrayField(
        models.TimeField(), default=list, blank=True, help_text="on the wall clock of the place, as 08:00, 20:00"
    )
    every = models.PositiveSmallIntegerField(null=True, blank=True, help_text="hours or days")
    as_needed_for = models.CharField(max_length=200, blank=True)
    min_hours = models.DecimalField(
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.1")), MaxValueValidator(Decimal(168))],
        help_text="at least so many hours between doses taken as needed",
    )
    max_doses = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1)], help_text="at most in 24 hours, as needed"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    indication = models.CharField(max_length=200, help_text="what it is for")
    off_label = models.BooleanField(editable=False)
    evidence = models.CharField(max_length=10, choices=Evidence, editable=False)
    evidence_in_words = models.CharField(max_length=500, blank=True, editable=False)
    instructions = models.CharField(max_length=500, blank=True)
    given_here = models.BooleanField(default=True, help_text="by staff; if not, the person takes it at home")
    controlled = models.BooleanField(editable=False, help_text="each dose needs a witness")
    supply = models.ForeignKey(
        "treatment.MedicationStatement",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="orders",
        help_text="what the person brought, where doses are taken from it",
    )
    units_each = models.DecimalField(
        max_digits=5,
        decimal_places=2,
        default=Decimal(1),
        validators=[MinValueValidator(Decimal("0.25"))],
        help_text="how many tablets or pieces a dose takes, for the count",
    )
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")
    findings = models.JSONField(
        default=list, blank=True, editable=False, help_text="[{level, code, sentence, source, overridable}]"
    )
    override_reason = models.CharField(max_length=500, blank=True, editable=False)
    overridden_by = by_whom(editable=False)
    how = models.CharField(max_length=10, choices=OrderedHow, default=OrderedHow.WRITTEN, editable=False)
    ordered_at = models.DateTimeField(editable=False)
    ordered_by = by_whom(null=False, blank=False, editable=False, help_text="the prescriber")
    taken_by = by_whom(editable=False, help_text="who took down what was said, and read it back")
    acknowledge_duty = models.OneToOneField(
        Duty, on_delete=models.PROTECT, null=True, blank=True, related_name="medication_order", editable=False
    )
    acknowledged_at = models.DateTimeField(null=True, blank=True, editable=False)
    acknowledged_by = by_whom(editable=False)
    told_at_start = ArrayField(
        models.CharField(max_length=20, choices=Counsel), default=list, blank=True, editable=False
    )
    told_at_stop = ArrayField(
        models.CharField(max_length=20, choices=Counsel), default=list, blank=True, editable=False
    )
    counsel_duty = models.OneToOneField(
        Duty, on_delete=models.PROTECT, null=True, blank=True, related_name="counsel_of", editable=False
    )
    monitoring_duty = models.OneToOneField(
        Duty, on_delete=models.PROTECT, null=True, blank=True, related_name="monitoring_of", editable=False
    )
    state = models.CharField(max_length=10, choices=OrderState, default=OrderState.ACTIVE, editable=False)
    held_at = models.DateTimeField(null=True, blank=True, editable=False)
    held_by = by_whom(editable=False)
    held_reason = models.CharField(max_length=500, blank=True, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_by = by_whom(editable=False)
    ended_because = models.CharField(max_length=12, choices=StopBecause, blank=True, editable=False)
    end_reason = models.CharField(max_length=500, blank=True, editable=False)
    laid_out_until = models.DateTimeField(editable=False, help_text="doses are written down until then")

    objects = MedicationOrders.as_manager()

    refusals = {
        "an_order_takes_its_steps": ("order_ended", "This order has ended, or stands where this does not follow."),
        "what_is_ordered_never_changes": (
            "order_fixed",
            "What was ordered never changes. Stop it, and order it anew.",
        ),
        "a_verbal_order_is_acknowledged": (
            "order_unacknowledged",
            "This is ended by the prescriber, who acknowledges the order itself.",
        ),
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            together("holding_an_order_has_who", "held_at", "held_by"),
            together("ending_an_order_has_who", "ended_at", "ended_by"),
            together("acknowledging_an_order_has_who", "acknowledged_at", "acknowledged_by"),
            models.CheckConstraint(
                name="an_order_says_what_and_what_for",
                condition=~Q(name="") & ~Q(indication="") & Q(dose__gt=0),
                violation_error_code="order_incomplete",
                violation_error_message="Say which medication, how much, and what for.",
            ),
            models.CheckConstraint(
                name="an_order_says_how_often",
                # Nothing compared is neither true nor false, which a constraint lets pass.
                condition=Q(frequency="daily", times__len__gt=0, every=None)
                | Q(frequency="every_days", times__len__gt=0, every__isnull=False, every__gte=1, every__lte=366)
                | Q(frequency="every_hours", times=[], every__isnull=False, every__gte=1, every__lte=168)
                | Q(frequency__in=["once", "as_needed"], times=[], every=None),
                violation_error_code="frequency_unclear",
                violation_error_message="Say when doses are due: at which times, every how many hours or days.",
            ),
            models.CheckConstraint(
                name="as_needed_has_its_limits",
                condition=~Q(frequency="as_needed") & Q(as_needed_for="", min_hours=None, max_doses=None)
                | Q(frequency="as_needed", min_hours__isnull=False, max_doses__isnull=False)
                & Q(min_hours__gt=0, max_doses__gte=1)
                & ~Q(as_needed_for=""),
                violation_error_code="as_needed_unlimited",
                violation_error_message="As needed: say what for, how many hours apart, and how many in 24 hours.",
            ),
            models.CheckConstraint(
                name="an_order_ends_after_it_starts",
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                violation_error_code="ends_before_start",
                violation_error_message="An order ends after it starts.",
            ),
            models.CheckConstraint(
                name="an_order_that_was_said_was_read_back",
                condition=Q(how="written", taken_by=None, acknowledge_duty=None)
                | ~Q(how="written") & Q(taken_by__isnull=False, acknowledge_duty__isnull=False),
                violation_error_code="not_read_back",
                violation_error_message="An order that was said names who took it down, and is acknowledged.",
            ),
            models.CheckConstraint(
                name="nobody_orders_from_themselves",
                condition=Q(taken_by=None) | ~Q(taken_by=F("ordered_by")),
                violation_error_code="same_person",
                violation_error_message="Whoever takes an order down is not its prescriber.",
            ),
            models.CheckConstraint(
                name="an_override_has_who_and_why",
                condition=Q(override_reason="", overridden_by=None)
                | ~Q(override_reason="") & Q(overridden_by__isnull=False),
                violation_error_code="reason_missing",
                violation_error_message="Overriding a finding takes a prescriber and a reason.",
            ),
            models.CheckConstraint(
                name="an_order_that_is_held_says_why",
                condition=Q(state="held", held_at__isnull=False) & ~Q(held_reason="")
                | ~Q(state="held") & Q(held_at=None, held_reason=""),
                violation_error_code="reason_missing",
                violation_error_message="Say why it is held.",
            ),
            models.CheckConstraint(
                name="an_order_that_ended_says_when_and_why",
                condition=Q(state__in=["active", "held"], ended_at=None, ended_because="", end_reason="")
                | Q(state="completed", ended_at__isnull=False, ended_because="")
                | Q(state="stopped", ended_at__isnull=False) & ~Q(ended_because="") & ~Q(end_reason=""),
                violation_error_code="reason_missing",
                violation_error_message="Say why it was stopped.",
            ),
        ]
        indexes = [
            models.Index(fields=["patient", "-ordered_at"], name="orders_of_a_person"),
            models.Index(
                fields=["laid_out_until"],
                condition=Q(state="active", given_here=True, entered_in_error_at=None),
                name="orders_to_lay_out",
            ),
            models.Index(
                fields=["ends_at"],
                condition=Q(state="active", ends_at__isnull=False, entered_in_error_at=None),
                name="orders_to_end",
            ),
        ]

    def __str__(self):
        return f"{self.name} {self.amount_in_words()}"

    def amount_in_words(self):
        """“50 mg”."""
        return f"{self.dose.normalize():f} {self.get_dose_unit_display()}"

    def often_in_words(self):
        """When doses are due, on one line."""
        at = ", ".join(f"{one:%H:%M}" for one in self.times)
        if self.frequency == Frequency.DAILY:
            return f"every day at {at}"
        if self.frequency == Frequency.EVERY_DAYS:
            return f"every {self.every} days at {at}"
        if self.frequency == Frequency.EVERY_HOURS:
            return f"every {self.every} h"
        if self.frequency == Frequency.AS_NEEDED:
            apart = f"{self.min_hours.normalize():f} h apart, at most {self.max_doses} in 24 h"
            return f"as needed for {self.as_needed_for}: {apart}"
        return "once"

    def move_to(self, state):
        """Take a step. Raises order_ended."""
        if state not in self.NEXT[OrderState(self.state)]:
            raise ValidationError(self.refusals["an_order_takes_its_steps"][1], code="order_ended")
        self.state = state

    def drug(self, catalog):
        """As rules know it: from the catalog, or read from its name."""
        return self.medication.drug() if self.medication_id else catalog.read(self.name)

    def dose_mg(self):
        """At a time, in mg; None where that cannot be known."""
        return self.dose * IN_MG[self.dose_unit] if self.dose_unit in IN_MG else None

    def daily_mg(self):
        """In a day, in mg, at most; None where that cannot be known."""
        each = self.dose_mg()
        if each is None:
            return None
        per_day = {
            Frequency.DAILY: Decimal(len(self.times)),
            Frequency.EVERY_DAYS: Decimal(len(self.times)) / Decimal(self.every or 1),
            Frequency.EVERY_HOURS: Decimal(24) / Decimal(self.every or 24),
            Frequency.AS_NEEDED: Decimal(self.max_doses or 1),
            Frequency.ONCE: Decimal(1),
        }
        return each * per_day[self.frequency]

    def between_doses(self):
        """How long lies between doses, where the rule says days; None otherwise."""
        return timedelta(days=self.every) if self.frequency == Frequency.EVERY_DAYS and self.every else None

    def proposed(self, catalog, at):
        """What rules are asked about, when its next dose is given then."""
        return Proposed(
            drug=self.drug(catalog),
            at=at,
            dose_mg=self.dose_mg(),
            daily_mg=self.daily_mg(),
            every=self.between_doses(),
            key=self.pk,
            replaces=frozenset({self.replaces_id} - {None}),
        )

    def is_over(self, at):
        """Has its time passed?"""
        return self.ends_at is not None and self.ends_at <= at

    def still_to_be_told(self, when):
        """Codes of what the person was not told yet: at the start, or when it stops."""
        wanted = self.medication.counsel.get(when, []) if self.medication_id else []
        said = self.told_at_stop if when == "stop" else self.told_at_start
        return [code for code in wanted if code not in said]

    def to_be_told(self):
        """What the person is still to be told now, in sentences."""
        when = "start" if self.ended_at is None else "stop"
        return [Counsel(code).label for code in self.still_to_be_told(when)]

    def overridden(self):
        """Codes of what blocked and was overridden with a reason."""
        return {one["code"] for one in self.findings if one["level"] == "block"} if self.override_reason else set()

    def due_between(self, after, until, zone):
        """Instants of doses due after the first and up to the second, on the wall clock of the place.

        A wall time that a change of the clock leaves out is due right after the gap; one that comes twice, once.
        """
        until = min(until, self.ends_at - timedelta(microseconds=1)) if self.ends_at else until
        if self.frequency == Frequency.AS_NEEDED or until < self.starts_at:
            return []
        if self.frequency == Frequency.ONCE:
            return [self.starts_at] if after < self.starts_at <= until else []
        if self.frequency == Frequency.EVERY_HOURS:
            return list(self._by_hours(after, until))
        return [at for at in self._by_days(after, until, zone) if after < at <= until and at >= self.starts_at]

    def _by_hours(self, after, until):
        step = timedelta(hours=self.every)
        passed = max(0, (after - self.starts_at) // step)
        at = self.starts_at + passed * step
        while at <= until:
            if at > after:
                yield at
            at += step

    def _by_days(self, after, until, zone):
        first = self.starts_at.astimezone(zone).date()
        # The first day counts only when one of its times is still to come.
        if not any(self._instant(first, wall, zone) >= self.starts_at for wall in self.times):
            first += timedelta(days=1)
        step = self.every or 1
        begin = max(first, after.astimezone(zone).date() - timedelta(days=1))
        day = first + timedelta(days=-(-(begin - first).days // step) * step)
        while day <= until.astimezone(zone).date():
            for wall in sorted(self.times):
                yield self._instant(day, wall, zone)
            day += timedelta(days=step)

    @staticmethod
    def _instant(day, wall, zone):
        return datetime.combine(day, time(wall.hour, wall.minute), zone).astimezone(UTC)
