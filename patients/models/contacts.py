"""How a person is reached."""

from datetime import UTC, datetime, time, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from accounts.models import by_whom, clinical
from audit.models import Record, together

from ..codes import BY_NUMBER, Channel, Scope
from .access import PatientRows
from .people import Patient


class Weekday(models.TextChoices):
    """Days of the week, in the person's own zone."""

    MONDAY = "mon", "Monday"
    TUESDAY = "tue", "Tuesday"
    WEDNESDAY = "wed", "Wednesday"
    THURSDAY = "thu", "Thursday"
    FRIDAY = "fri", "Friday"
    SATURDAY = "sat", "Saturday"
    SUNDAY = "sun", "Sunday"


class VerifiedHow(models.TextChoices):
    """How it became known that the person is reached here."""

    ANSWERED = "answered", "They answered a call"
    REPLIED = "replied", "They replied to a message"
    IN_PERSON = "in_person", "Tried together, in person"
    OTHER = "other", "Otherwise"


class ContactPoints(PatientRows):
    """Ways to reach people."""

    def agreed(self, channels, scope):
        """Working, and agreed to for this purpose, in the order of the person's choice."""
        return self.right().filter(
            channel__in=channels,
            scopes__contains=[scope],
            consented_at__isnull=False,
            broken_at=None,
            revoked_at=None,
        )

    def usable(self, channels, scope):
        """Verified as well: the only ones a machine may write to."""
        return self.agreed(channels, scope).filter(verified_at__isnull=False)

    def by_number(self, number):
        """Everybody's rows with this number, for texts or for calls."""
        return self.right().filter(channel__in=BY_NUMBER, value=number)

    def by_address(self, address):
        """Everybody's rows with this address for email."""
        return self.right().filter(channel=Channel.EMAIL, value__iexact=address)


@clinical
class ContactPoint(Record):
    """An address or number of a person, and what it may be used for."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="contact_points", db_index=False)
    channel = models.CharField(max_length=10, choices=Channel)
    value = models.CharField(max_length=254)
    typed = models.CharField(max_length=254, blank=True, editable=False, help_text="as it was written down")
    position = models.PositiveSmallIntegerField(default=1, help_text="1 is tried first")
    safe_to_leave_message = models.BooleanField(default=False)
    verified_at = models.DateTimeField(null=True, blank=True, editable=False)
    verified_by = by_whom(editable=False)
    verified_how = models.CharField(max_length=10, choices=VerifiedHow, blank=True, editable=False)
    preferred_days = ArrayField(
        models.CharField(max_length=3, choices=Weekday), default=list, blank=True, help_text="none: any day"
    )
    preferred_from = models.TimeField(null=True, blank=True, help_text="the person's own clock")
    preferred_until = models.TimeField(null=True, blank=True, help_text="may be after midnight")
    best_time = models.CharField(max_length=200, blank=True, help_text="in their words: after the late shift")
    scopes = ArrayField(
        models.CharField(max_length=20, choices=Scope), default=list, blank=True, help_text="agreed to"
    )
    consented_at = models.DateTimeField(null=True, blank=True, editable=False)
    consented_by = by_whom(editable=False)
    consent_wording = models.CharField(
        max_length=50, blank=True, db_default="", editable=False, help_text="the edition of the words agreed to"
    )
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_by = by_whom(editable=False)
    broken_at = models.DateTimeField(null=True, blank=True, editable=False)
    broken_by = by_whom(editable=False)

    objects = ContactPoints.as_manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            together("a_verification_has_who", "verified_at", "verified_by"),
            together("a_consent_has_who", "consented_at", "consented_by"),
            together("a_revocation_has_who", "revoked_at", "revoked_by"),
            together("a_broken_mark_has_who", "broken_at", "broken_by"),
            together("preferred_hours_have_both_ends", "preferred_from", "preferred_until"),
            models.CheckConstraint(
                name="preferred_hours_last_some_time",
                condition=Q(preferred_from=None) | ~Q(preferred_from=F("preferred_until")),
                violation_error_code="hours_empty",
                violation_error_message="The preferred hours end when they begin. Leave them out for any time.",
            ),
            models.CheckConstraint(
                name="a_phone_number_is_international",
                condition=~Q(channel="phone") | Q(value__regex=r"^\+[1-9][0-9]{6,14}(;ext=[0-9]{1,11})?$"),
                violation_error_code="phone_malformed",
                violation_error_message="This is not a phone number that can be called.",
            ),
            models.CheckConstraint(
                name="a_number_for_texts_is_international",
                condition=~Q(channel="sms") | Q(value__regex=r"^\+[1-9][0-9]{6,14}$"),
                violation_error_code="phone_malformed",
                violation_error_message="This is not a phone number that takes text messages.",
            ),
            models.CheckConstraint(
                name="scopes_are_consented_to",
                condition=Q(scopes=[]) | Q(consented_at__isnull=False),
                violation_error_code="scope_without_consent",
                violation_error_message="What a contact point may be used for needs the person's agreement.",
            ),
        ]
        indexes = [
            models.Index(fields=["patient", "channel"], name="contacts_of_a_person"),
            models.Index(fields=["value"], condition=Q(channel__in=["phone", "sms"]), name="people_by_number"),
        ]

    def __str__(self):
        return f"{self.get_channel_display()} of {self.patient}"

    def prefers(self, instant, zone):
        """Would the person rather be reached at this hour? Hours after midnight belong to the day before."""
        wall = instant.astimezone(zone)
        start, end = self.preferred_from or time.min, self.preferred_until
        day = wall.date()
        if end is not None and end < start:
            if wall.time() < end:
                day -= timedelta(days=1)
            elif wall.time() < start:
                return False
        elif wall.time() < start or (end is not None and wall.time() >= end):
            return False
        return not self.preferred_days or Weekday.values[day.weekday()] in self.preferred_days

    def preferred_starts(self, instant, zone):
        """When preferred hours may begin in the week after an instant, in order."""
        today = instant.astimezone(zone).date()
        starts = {
            datetime.combine(today + timedelta(days=days), self.preferred_from or time.min, zone)
            .replace(fold=fold)
            .astimezone(UTC)
            for days in range(9)
            for fold in (0, 1)
        }
        return [start for start in sorted(starts) if start > instant and self.prefers(start, zone)]
