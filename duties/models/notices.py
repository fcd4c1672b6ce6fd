"""The outbox, and the clock's own pulse."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from accounts.models import EVERYONE, Facility, OnCallShift, Role, User, by_whom
from audit.models import Record, Rows
from audit.planned import moment
from patients.models import Patient

from .duties import Duty
from .ladders import PAGED


class NoticeState(models.TextChoices):
    """Where a notice is."""

    WAITING = "waiting", "Waiting"
    HANDING_OVER = "handing_over", "Being handed over"
    SENT = "sent", "Sent"
    UNCONFIRMED = "unconfirmed", "Handed over, outcome unknown"
    FAILED = "failed", "Failed"
    CANCELED = "canceled", "Not sent"


# Not read, and nobody has seen to it since: what it speaks of is still owed, and has not begun anew.
NEWS = Q(read_at=None, duty__closed_at=None, climb=F("duty__climb"))


class Notices(Rows):
    """Notices."""

    def unsent(self):
        """Those waiting to be handed over."""
        return self.filter(state=NoticeState.WAITING)

    def visible_to(self, user, roles):
        """Notices of the duties this user may see."""
        return self.filter(duty__in=Duty.objects.visible_to(user, roles))

    def inbox(self, user):
        """What this user has been told: by name, through a role held at the place, or while on call there.

        Whoever is on call may be paged for any role, so that all that is critical at the place is theirs to read.
        """
        now = moment()
        shifts = OnCallShift.objects.standing().filter(user=user, starts_at__lte=now, ends_at__gt=now)
        paged = Q(Exists(shifts.filter(facility=OuterRef("facility")))) & Q(
            Q(critical=True) | Q(to_role__in=PAGED), facility__in=user.places_as(EVERYONE)
        )
        return self.filter(Q(to_user=user) | Q(to_user=None) & user.holds("to_role") | paged, to_patient=False)


class Notice(Record):
    """Something to tell somebody because a rung was reached: the outbox, and the staff inbox."""

    # A trigger holds the three against the duty, as those of its events.
    duty = models.ForeignKey(
        Duty, on_delete=models.PROTECT, related_name="notices", db_index=False, db_constraint=False
    )
    facility = models.ForeignKey(
        Facility, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    patient = models.ForeignKey(
        Patient,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    rung = models.PositiveSmallIntegerField()
    round = models.PositiveIntegerField(default=0)
    climb = models.PositiveIntegerField(default=0)
    to_patient = models.BooleanField(default=False)
    to_user = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    to_role = models.CharField(
        max_length=20, choices=[*Role.choices, *((whom.value, whom.label) for whom in PAGED)], blank=True
    )
    template = models.SlugField(max_length=50, db_index=False)
    critical = models.BooleanField(default=False)
    late_by_us = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    send_at = models.DateTimeField(help_text="not before this")
    expires_at = models.DateTimeField(help_text="not worth sending after this")
    state = models.CharField(max_length=20, choices=NoticeState, default=NoticeState.WAITING)
    state_reason = models.CharField(max_length=100, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = by_whom()

    objects = Notices.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["duty", "climb", "rung", "round"],
                name="one_notice_per_rung",
                violation_error_code="notice_made",
                violation_error_message="This rung has its notice already.",
            ),
            models.UniqueConstraint(
                fields=["patient"],
                condition=Q(to_patient=True, late_by_us=True, state=NoticeState.WAITING),
                name="one_waiting_message_after_an_outage",
                violation_error_code="message_waiting",
                violation_error_message="A message to this person is waiting already.",
            ),
            models.CheckConstraint(
                name="a_notice_is_to_the_person_or_to_staff",
                condition=Q(to_patient=True, patient__isnull=False, to_user=None, to_role="")
                | Q(to_patient=False) & (Q(to_user__isnull=False) | ~Q(to_role="")),
                violation_error_code="notice_to_whom",
                violation_error_message="A notice is to the person or to staff.",
            ),
            models.CheckConstraint(
                name="a_handover_has_a_lease",
                condition=Q(state=NoticeState.HANDING_OVER, lease_until__isnull=False)
                | ~Q(state=NoticeState.HANDING_OVER) & Q(lease_until=None),
                violation_error_code="lease_missing",
                violation_error_message="A notice being handed over has a lease.",
            ),
            models.CheckConstraint(
                name="a_reading_has_who",
                condition=Q(read_at=None, read_by=None) | Q(read_at__isnull=False, read_by__isnull=False),
                violation_error_code="half_recorded",
                violation_error_message="A reading records when and by whom.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-critical", "to_patient", "send_at"], condition=Q(state="waiting"), name="notices_in_line"
            ),
            models.Index(fields=["lease_until"], condition=Q(state="handing_over"), name="notices_on_lease"),
            models.Index(fields=["to_user", "-made_at"], condition=Q(to_patient=False), name="inbox_of_a_user"),
            models.Index(
                fields=["facility", "to_role", "-made_at"], condition=Q(to_patient=False), name="inbox_of_a_role"
            ),
            models.Index(fields=["facility", "-made_at"], condition=Q(critical=True), name="notices_that_ring"),
        ]

    def __str__(self):
        return f"{self.template} for {self.duty}"


class Pulse(models.Model):
    """When each part of the engine last ran: what the watchdog reads."""

    name = models.CharField(max_length=50, primary_key=True)
    at = models.DateTimeField()

    def __str__(self):
        return f"{self.name} {self.at:%Y-%m-%d %H:%M:%S}"
