"""On what legal ground a person is here."""

from datetime import timedelta

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import Facility, by_whom, clinical
from audit.models import Record, together
from duties.models import Duty
from patients.models import Patient, PatientRows


class LegalKind(models.TextChoices):
    """What kind of ground."""

    VOLUNTARY = "voluntary", "Voluntary"
    HOLD = "hold", "Emergency hold"
    COURT = "court", "Court-ordered"
    PROBATION = "probation", "Probation or parole"
    OTHER = "other", "Other"


# An order to be in treatment, or probation, is no permission to lock somebody in [D].
INVOLUNTARY = [LegalKind.HOLD]


class LegalStatuses(PatientRows):
    """Legal statuses."""

    def open(self):
        """Those in force, or run out with nobody having said so."""
        return self.right().filter(ended_at=None)

    def against_their_will(self, at):
        """Those by which somebody may be held against their will at this moment; what ran out holds nobody."""
        return self.open().filter(kind__in=INVOLUNTARY, from_at__lte=at, until_at__gt=at)


@clinical
class LegalStatus(Record):
    """A legal ground with its hard clock: what ends at a stated time is decided before, by somebody who owes it."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="legal_statuses")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(
        max_length=10, choices=LegalKind, help_text="an unlocked unit cannot hold anyone, whatever the paper says"
    )
    authority = models.CharField(max_length=200, blank=True, help_text="who ordered it")
    reference = models.CharField(max_length=100, blank=True, help_text="their file number")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True, help_text="by law; voluntary stays have no clock")
    decide_hours_before = models.PositiveSmallIntegerField(
        default=48,
        validators=[MaxValueValidator(1000)],
        help_text="how many hours before the end somebody owes the decision",
    )
    reported = models.CharField(
        max_length=500, blank=True, help_text="what is reported to whom, and on which consent of the person"
    )
    duty = models.OneToOneField(
        Duty, on_delete=models.PROTECT, null=True, blank=True, related_name="legal_status", editable=False
    )
    recorded_at = models.DateTimeField(editable=False)
    recorded_by = by_whom(null=False, blank=False, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_by = by_whom(editable=False)
    end_reason = models.CharField(max_length=500, blank=True, editable=False)

    objects = LegalStatuses.as_manager()

    class Meta:
        verbose_name_plural = "legal statuses"
        ordering = ["id"]
        constraints = [
            together("a_legal_end_has_who", "ended_at", "ended_by"),
            models.CheckConstraint(
                name="a_legal_status_ends_after_it_begins",
                condition=Q(until_at=None) | Q(until_at__gt=F("from_at")),
                violation_error_code="ends_before_start",
                violation_error_message="A legal status ends after it begins.",
            ),
            models.CheckConstraint(
                name="a_legal_end_has_a_reason",
                condition=Q(ended_at=None, end_reason="") | Q(ended_at__isnull=False) & ~Q(end_reason=""),
                violation_error_code="reason_missing",
                violation_error_message="Say why it holds no longer.",
            ),
            models.CheckConstraint(
                name="a_voluntary_stay_has_no_clock",
                condition=~Q(kind="voluntary") | Q(until_at=None),
                violation_error_code="voluntary_has_no_end",
                violation_error_message="A voluntary stay has no legal end: the person may leave at any time.",
            ),
            models.CheckConstraint(
                name="a_hold_has_an_end",
                condition=~Q(kind="hold") | Q(until_at__isnull=False),
                violation_error_code="hold_without_end",
                violation_error_message="A hold ends at a time set by law. Say when.",
            ),
            models.CheckConstraint(
                name="a_legal_clock_has_its_duty",
                condition=Q(until_at=None) | Q(duty__isnull=False),
                violation_error_code="clock_without_duty",
                violation_error_message="What ends at a stated time is owed by somebody.",
            ),
            models.UniqueConstraint(
                fields=["patient", "kind"],
                condition=Q(ended_at=None, entered_in_error_at=None),
                name="one_legal_status_of_a_kind",
                violation_error_code="legal_status_open",
                violation_error_message="A legal status of this kind is in force. Renew or end it.",
            ),
        ]

    def decide_by_at(self):
        """When the decision about its end is owed; None where the law sets no end."""
        return self.until_at and self.until_at - timedelta(hours=self.decide_hours_before)

    def is_urgent(self, now=None):
        """In force, and is the decision owed by now?"""
        by = self.decide_by_at()
        return self.ended_at is None and by is not None and by <= (now or timezone.now())

    def in_words(self, now=None):
        """The kind, and until when on the place's clock; that it ran out, when nobody renewed or ended it."""
        if self.until_at is None or self.ended_at:
            return self.get_kind_display()
        end = self.until_at.astimezone(self.facility.tz())
        now = now or timezone.now()
        how, year = "ran out" if self.until_at <= now else "until", "" if end.year == now.year else f" {end.year},"
        return f"{self.get_kind_display()} {how} {end:%b} {end.day},{year} {end:%H:%M}"

    def __str__(self):
        return f"{self.patient}: {self.get_kind_display().lower()}"
