"""Waiting for a place: who waits for what, in which order, and the places they are offered."""

from datetime import timedelta

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.utils import timezone

from accounts.models import Facility, by_whom, clinical
from audit.models import Record
from duties.models import Duty
from patients.codes import Known
from patients.models import Episode, Patient, PatientRows

from .beds import Bed, BedOverride
from .handovers import Handover
from .placements import Program

RECENT = timedelta(days=30)  # an overdose this recent raises priority (domain 10)
RAISES = 2  # what each recorded reason adds; a raise by hand adds one to three
MOST = 3


class LeftBecause(models.TextChoices):
    """Why somebody is no longer on a wait list."""

    ADMITTED = "admitted", "Admitted"
    DECLINED = "declined", "Does not want this place"
    ELSEWHERE = "elsewhere", "Found a place elsewhere"
    UNREACHABLE = "unreachable", "Could not be reached"
    OTHER_PROGRAM = "other_program", "Another program fits better"
    MISTAKE = "mistake", "Put on by mistake"
    CLOSED = "closed", "The thread of care ended"


class WaitListEntries(PatientRows):
    """Wait list entries."""

    def open(self):
        """Those still waiting."""
        return self.right().filter(left_at=None)

    def in_line(self, now=None):
        """With their priority, the first in line first: what raises it is read from the record (domain 10)."""
        now = now or timezone.now()
        overdoses = Handover.objects.right().filter(patient=OuterRef("patient"), received_at__gte=now - RECENT)
        rows = self.annotate(after_overdose=Exists(overdoses), pregnant=Q(patient__pregnant=Known.YES))
        overdose, pregnant = (
            Case(When(**{reason: True}, then=Value(RAISES)), default=Value(0))
            for reason in ("after_overdose", "pregnant")
        )
        return rows.annotate(priority=F("raised") + overdose + pregnant).order_by("-priority", "since_at", "pk")


@clinical
class WaitListEntry(Record):
    """A person waiting for a place in a program, called at least once a week while they wait."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="wait_list_entries", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="wait_list_entries")
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="wait_list_entries")
    duty = models.OneToOneField(
        Duty, on_delete=models.PROTECT, related_name="waiting_contact_of", help_text="the next call to them"
    )
    place_duty = models.OneToOneField(
        Duty,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="place_to_offer",
        help_text="a place is free, and they are next in line",
    )
    since_at = models.DateTimeField(help_text="when they asked, or were found to need it")
    since_by = by_whom(null=False, blank=False)
    raised = models.PositiveSmallIntegerField(
        default=0, validators=[MaxValueValidator(MOST)], help_text="raised by hand, 0-3"
    )
    raised_at = models.DateTimeField(null=True, blank=True, editable=False)
    raised_by = by_whom(editable=False)
    raised_reason = models.CharField(max_length=500, blank=True, editable=False)
    left_at = models.DateTimeField(null=True, blank=True, editable=False)
    left_by = by_whom(editable=False)
    left_because = models.CharField(max_length=20, choices=LeftBecause, blank=True, editable=False)
    left_note = models.CharField(max_length=500, blank=True, editable=False)

    objects = WaitListEntries.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "wait list entries"
        constraints = [
            models.CheckConstraint(
                name="leaving_a_wait_list_has_who_and_why",
                condition=Q(left_at=None, left_by=None, left_because="")
                | Q(left_at__isnull=False, left_by__isnull=False) & ~Q(left_because=""),
                violation_error_code="half_recorded",
                violation_error_message="Leaving a wait list records when, by whom and why.",
            ),
            models.CheckConstraint(
                name="a_raise_by_hand_has_who_and_why",
                condition=Q(raised_at=None, raised_by=None, raised=0)
                | Q(raised_at__isnull=False, raised_by__isnull=False, raised__lte=MOST) & ~Q(raised_reason=""),
                violation_error_code="reason_missing",
                violation_error_message="Raising somebody's priority by hand, by one to three, needs a reason.",
            ),
            models.UniqueConstraint(
                fields=["episode", "program"],
                condition=Q(left_at=None, entered_in_error_at=None),
                name="waiting_once_per_program",
                violation_error_code="waiting_already",
                violation_error_message="The person is on this wait list already.",
            ),
        ]
        indexes = [
            models.Index(fields=["patient", "-since_at"], name="waiting_of_a_person"),
            models.Index(fields=["program"], condition=Q(left_at=None), name="people_waiting"),
        ]

    def __str__(self):
        return f"{self.patient} waiting for {self.program}"

    def days_waiting(self, now=None):
        """Whole days from asking to admission, or until now: what TEDS wants to know (domain 3.2)."""
        return max(0, ((self.left_at or now or timezone.now()) - self.since_at).days)

    def reasons(self):
        """What raises the priority of an entry read `in_line`, in words."""
        found = []
        if self.after_overdose:
            found.append("overdose in the last 30 days")
        if self.pregnant:
            found.append("pregnant")
        if self.raised:
            found.append(f"raised by {self.raised}: {self.raised_reason}")
        return found


class OfferOutcome(models.TextChoices):
    """What became of an offer."""

    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    LAPSED = "lapsed", "Not answered in time"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Offers(PatientRows):
    """Offers."""

    def open(self):
        """Those without an outcome."""
        return self.right().filter(ended_at=None)

    def holding(self, at):
        """Those that keep a place for somebody at this moment."""
        return self.open().filter(until_at__gt=at)


@clinical
class Offer(Record):
    """A place kept for somebody on the wait list, until they answer or the time is over."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="offers", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="offers")
    entry = models.ForeignKey(WaitListEntry, on_delete=models.PROTECT, related_name="offers")
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="offers")
    bed = models.ForeignKey(Bed, on_delete=models.PROTECT, null=True, blank=True, related_name="offers")
    bed_override = models.CharField(
        max_length=10, choices=BedOverride, blank=True, help_text="why, where the bed is for others"
    )
    duty = models.OneToOneField(
        Duty, on_delete=models.PROTECT, related_name="offer", help_text="to hear from them in time"
    )
    offered_at = models.DateTimeField()
    offered_by = by_whom(null=False, blank=False)
    until_at = models.DateTimeField(help_text="the place is kept until then")
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_by = by_whom(editable=False)
    outcome = models.CharField(max_length=20, choices=OfferOutcome, blank=True, editable=False)
    note = models.CharField(max_length=500, blank=True)

    objects = Offers.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="an_offer_ends_with_who_and_how",
                condition=Q(ended_at=None, ended_by=None, outcome="")
                | Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(outcome=""),
                violation_error_code="half_recorded",
                violation_error_message="The end of an offer records when, by whom and how.",
            ),
            models.CheckConstraint(
                name="an_offer_holds_for_a_while",
                condition=Q(until_at__gt=F("offered_at")),
                violation_error_code="offer_in_the_past",
                violation_error_message="Keep the place until some time after it is offered.",
            ),
            models.UniqueConstraint(
                fields=["entry"],
                condition=Q(ended_at=None, entered_in_error_at=None),
                name="one_offer_at_a_time",
                violation_error_code="offered_already",
                violation_error_message="The person has an open offer already.",
            ),
            models.UniqueConstraint(
                fields=["bed"],
                condition=Q(ended_at=None, entered_in_error_at=None),
                name="a_bed_is_offered_once",
                violation_error_code="bed_offered",
                violation_error_message="This bed is kept for somebody it was offered to.",
            ),
        ]
        indexes = [
            models.Index(fields=["patient", "-offered_at"], name="offers_of_a_person"),
            models.Index(fields=["until_at"], condition=Q(ended_at=None), name="offers_running"),
        ]

    def __str__(self):
        return f"{self.program} offered to {self.patient}"
