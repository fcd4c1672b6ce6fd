"""Calls made to people and to those around them."""

from datetime import datetime, time, timedelta

from django.db import models
from django.db.models import Q

from accounts.models import Facility, by_whom
from duties.models import Duty
from patients.models import ContactPoint, Patient, PatientRows, Supporter

from .check_ins import CheckIn

DAYS_AHEAD = 7


class CallOutcome(models.TextChoices):
    """What came of a call. Each has its own consequence."""

    REACHED = "reached", "Reached"
    NO_ANSWER = "no_answer", "No answer"
    VOICEMAIL = "voicemail", "Left a neutral message"
    WRONG_NUMBER = "wrong_number", "Wrong or dead number"
    ASKED_TO_STOP = "asked_to_stop", "Asked not to be contacted"
    IN_CUSTODY = "in_custody", "In custody"
    READMITTED = "readmitted", "In treatment elsewhere"
    DIED = "died", "Said to have died"


class Way(models.TextChoices):
    """Who got in touch with whom, and how."""

    CALLED = "called", "We called"
    PHONED = "phoned", "They phoned us"
    CAME_BY = "came_by", "They came by"
    LETTER = "letter", "By letter"


class Reassessment(models.TextChoices):
    """What came of offering to look at the level of care again, as a red answer calls for (domain 7.3)."""

    ACCEPTED = "accepted", "Offered, and accepted"
    DECLINED = "declined", "Offered, and declined"
    UNDER_WAY = "under_way", "Being assessed or placed already"
    NOT_OFFERED = "not_offered", "Not offered, for the reason in the note"


UNREACHED = frozenset({CallOutcome.NO_ANSWER, CallOutcome.VOICEMAIL, CallOutcome.WRONG_NUMBER})


class Band(models.TextChoices):
    """Times of day at which people are called, on their own clock [D]."""

    MORNING = "morning", "Morning"
    AFTERNOON = "afternoon", "Afternoon"
    EVENING = "evening", "Evening"

    @classmethod
    def of(cls, instant, zone):
        """The band an instant falls into for a person in this zone."""
        hour = instant.astimezone(zone).time()
        return cls.MORNING if hour < time(12) else cls.AFTERNOON if hour < time(17) else cls.EVENING


HOURS = {
    Band.MORNING: (time(9), time(12)),
    Band.AFTERNOON: (time(12), time(17)),
    Band.EVENING: (time(17), time(20)),
}


def next_try(tries, now, zone, points=()):
    """When to try next: not twice on one day of theirs, and first at the time of day least tried (domain 7.3).

    `tries` are (at, band) of what was tried; where the person named hours for one of their numbers, within those.
    """
    today, tried = now.astimezone(zone).date(), {at.astimezone(zone).date() for at, _ in tries}
    count = {band: sum(one == band for _, one in tries) for band in Band}
    found = []
    for ahead in range(DAYS_AHEAD + 1):
        day = today + timedelta(days=ahead)
        for band, hours in HOURS.items():
            starts, ends = (datetime.combine(day, hour, zone) for hour in hours)
            if day not in tried and ends > now:
                found.append((max(starts, now), band))
    wanted = [one for one in found if any(point.prefers(one[0], zone) for point in points)]
    return min(wanted or found, key=lambda one: (count[one[1]], one[0]))[0]


class CallAttempts(PatientRows):
    """Calls made."""

    def to_the_person(self):
        """Those to the person themselves."""
        return self.filter(supporter=None)


class CallAttempt(models.Model):
    """One call that somebody made: to a person, or to somebody around them. Append-only."""

    id = models.BigAutoField(primary_key=True)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="call_attempts", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+", db_index=False)
    duty = models.ForeignKey(
        Duty, on_delete=models.PROTECT, null=True, blank=True, related_name="call_attempts", help_text="the call owed"
    )
    check_in = models.ForeignKey(
        CheckIn, on_delete=models.PROTECT, null=True, blank=True, related_name="call_attempts"
    )
    contact_point = models.ForeignKey(
        ContactPoint, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    supporter = models.ForeignKey(
        Supporter,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="call_attempts",
        help_text="empty: the person themselves",
    )
    at = models.DateTimeField()
    by = by_whom(null=False, blank=False)
    recorded_at = models.DateTimeField(db_default=models.functions.Now(), editable=False)
    outcome = models.CharField(max_length=20, choices=CallOutcome)
    band = models.CharField(max_length=10, choices=Band, help_text="the time of day where the person is")
    way = models.CharField(max_length=10, choices=Way, db_default=Way.CALLED)
    reassessment = models.CharField(
        max_length=20,
        choices=Reassessment,
        blank=True,
        db_default="",
        help_text="of the level of care: what came of it",
    )
    note = models.CharField(max_length=500, blank=True)

    objects = CallAttempts.as_manager()

    refusals = {
        "a_red_call_says_what_came_of_the_offer": (
            "offer_missing",
            "This is ended by writing down the call, with what came of offering to look at the level of care again.",
        )
    }

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="a_supporter_is_called_for_no_more_than_to_reach",
                condition=Q(supporter=None) | Q(outcome__in=["reached", "no_answer", "voicemail", "wrong_number"]),
                violation_error_code="not_of_a_supporter",
                violation_error_message="What a supporter tells about the person is logged as what it is.",
            ),
            models.CheckConstraint(
                name="whoever_got_in_touch_was_there",
                condition=Q(way="called") | ~Q(outcome__in=["no_answer", "voicemail", "wrong_number"]),
                violation_error_code="they_were_there",
                violation_error_message="Whoever got in touch of their own accord was there: say what came of it.",
            ),
            models.CheckConstraint(
                name="a_letter_ends_no_call",
                condition=~Q(way="letter") | Q(duty=None),
                violation_error_code="letter_is_no_call",
                violation_error_message="A letter is no call: write down with the plan that the person got in touch.",
            ),
            models.CheckConstraint(
                name="a_new_look_is_offered_to_whoever_was_reached",
                condition=Q(reassessment="") | Q(outcome="reached", supporter=None),
                violation_error_code="not_reached",
                violation_error_message="Only to somebody who was reached could a new look at the level be offered.",
            ),
            models.CheckConstraint(
                name="a_new_look_that_was_not_offered_has_a_reason",
                condition=~Q(reassessment="not_offered") | ~Q(note=""),
                violation_error_code="reason_missing",
                violation_error_message="Say in the note why a new look at the level of care was not offered.",
            ),
        ]
        indexes = [
            models.Index(fields=["patient", "-at"], name="calls_to_a_person"),
            models.Index(fields=["facility", "-at"], name="calls_from_here"),
        ]

    def __str__(self):
        return f"Call to {self.supporter or self.patient}: {self.get_outcome_display().lower()}"
