"""Asking about assault: the most closely kept rows there are, read by named clinicians only."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q

from accounts.models import Facility, User, by_whom, clinical
from audit.models import Record
from patients.models import Episode, Patient, PatientRows

COLLECT_WITHIN = timedelta(hours=120)  # urine, after exposure that is suspected (domain 6.7)


class AssaultScreens(PatientRows):
    """Assault screens."""

    def visible_to(self, user, roles):
        """Those this user wrote or was named for, of people they may see; whatever else their roles open."""
        named = AssaultReader.objects.right().filter(reader=user.pk).values("screen")
        mine = Q(screened_by=user.pk) | Q(pk__in=named)
        return super().visible_to(user, roles).filter(mine)


class Police(models.TextChoices):
    """What the person decides about the police; deciding later is a decision too."""

    YES = "yes", "Wants a report"
    NO = "no", "Wants none"
    UNDECIDED = "undecided", "Undecided"


@clinical
class AssaultScreen(Record):
    """Whether the person was drugged or assaulted: asked in private, never required (domain 6.7)."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="assault_screens", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="assault_screens")
    declined = models.BooleanField(default=False, help_text="asked, and the person does not want to speak of it")
    suspected = models.BooleanField(null=True, blank=True)
    happened_at = models.DateTimeField(null=True, blank=True, help_text="about when, where it is known")
    happened_in_words = models.CharField(max_length=200, blank=True)
    collection_offered = models.BooleanField(
        null=True, blank=True, help_text="urine within 120 h, first void best; a negative result rules nothing out"
    )
    collection_accepted = models.BooleanField(null=True, blank=True)
    not_offered_because = models.CharField(max_length=200, blank=True)
    referral_offered = models.BooleanField(
        null=True, blank=True, help_text="an examiner for sexual assault (SAFE or SANE)"
    )
    referral_accepted = models.BooleanField(null=True, blank=True)
    advocate = models.CharField(max_length=200, blank=True, help_text="who stands by the person")
    police = models.CharField(max_length=10, choices=Police, blank=True)
    report_is_mandatory = models.BooleanField(null=True, blank=True, help_text="by the law of the place")
    note = models.TextField(blank=True, max_length=4000)
    screened_at = models.DateTimeField(editable=False)
    screened_by = by_whom(null=False, blank=False, editable=False, db_index=True)

    objects = AssaultScreens.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="assault_was_asked_about_or_declined",
                condition=Q(declined=True, suspected=None) | Q(declined=False, suspected__isnull=False),
                violation_error_code="asked_or_declined",
                violation_error_message="Say what was answered, or that the person does not want to speak of it.",
            ),
            models.CheckConstraint(
                name="an_assault_is_not_in_the_future",
                condition=Q(happened_at=None) | Q(happened_at__lte=F("screened_at")),
                violation_error_code="in_the_future",
                violation_error_message="This is after the time it was asked about.",
            ),
            models.CheckConstraint(
                name="what_is_accepted_was_offered",
                condition=(Q(collection_accepted=None) | Q(collection_offered__isnull=False, collection_offered=True))
                & (Q(referral_accepted=None) | Q(referral_offered__isnull=False, referral_offered=True)),
                violation_error_code="not_offered",
                violation_error_message="Only what was offered is accepted or declined.",
            ),
        ]
        indexes = [models.Index(fields=["patient"], name="assault_of_a_person")]

    def __str__(self):
        return "Private screen"

    def hours_since(self):
        """Hours from what happened to the question, where both are known."""
        if self.happened_at is None:
            return None
        return round((self.screened_at - self.happened_at) / timedelta(hours=1), 1)

    def asks_for_collection(self):
        """Suspected, and not known to be longer ago than evidence lasts (domain 6.7)."""
        late = self.happened_at is not None and self.screened_at - self.happened_at > COLLECT_WITHIN
        return bool(self.suspected) and not late


class AssaultReaders(PatientRows):
    """Who was named."""

    def visible_to(self, user, roles):
        """Those of screens this user may read."""
        return self.filter(screen__in=AssaultScreen.objects.visible_to(user, roles).values("pk"))


@clinical
class AssaultReader(Record):
    """A clinician who may read one screen: named by somebody who may, and told why."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    screen = models.ForeignKey(AssaultScreen, on_delete=models.PROTECT, related_name="readers")
    reader = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    named_at = models.DateTimeField(editable=False)
    named_by = by_whom(null=False, blank=False, editable=False)

    objects = AssaultReaders.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["screen", "reader"],
                condition=Q(entered_in_error_at=None),
                name="a_reader_is_named_once",
                violation_error_code="named_already",
                violation_error_message="This clinician may read it already.",
            )
        ]

    def __str__(self):
        return str(self.reader)
