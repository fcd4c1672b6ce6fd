"""Referral to urology, with a clock until the person was seen (domain 6.4)."""

from datetime import timedelta

from django.db import models
from django.db.models import Q

from accounts.models import Facility, by_whom, clinical
from audit.models import Record, together
from duties.models import Duty
from patients.models import Episode, Patient, PatientRows

STOPPED_FOR = timedelta(weeks=4)  # symptoms that last longer than this after stopping are referred (domain 6.4)


class ReferredBecause(models.TextChoices):
    """Why urology is asked (domain 6.4)."""

    SYMPTOMS = "symptoms", "Symptoms more than four weeks after stopping"
    BLOCKED = "blocked", "Hydronephrosis or retention, or the suspicion"
    BLOOD = "blood", "Blood to be seen, without an infection"
    OTHER = "other", "Something else"


URGENT = {ReferredBecause.BLOOD}  # domain 6.4


class UrologyReferrals(PatientRows):
    """Referrals."""

    def open(self):
        """Those of whom the person was not seen, and nobody said why not."""
        return self.right().filter(ended_at=None)


@clinical
class UrologyReferral(Record):
    """A person to be seen by urology: planned, made, sent, with an appointment, seen; the clock runs until then."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="urology_referrals", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="urology_referrals")
    because = models.CharField(max_length=10, choices=ReferredBecause)
    urgent = models.BooleanField(default=False)
    duty = models.OneToOneField(Duty, on_delete=models.PROTECT, related_name="urology_referral", editable=False)
    planned_at = models.DateTimeField(editable=False)
    planned_by = by_whom(null=False, blank=False, editable=False)
    uti_excluded = models.BooleanField(null=True, blank=True, help_text="was an infection of the urine excluded?")
    sti_excluded = models.BooleanField(null=True, blank=True, help_text="was an STI excluded?")
    not_excluded_because = models.CharField(max_length=500, blank=True, help_text="why it does not wait for that")
    question = models.TextField(blank=True, max_length=4000, help_text="what urology is asked")
    made_at = models.DateTimeField(null=True, blank=True, editable=False)
    made_by = by_whom(editable=False)
    sent_to = models.CharField(max_length=200, blank=True, editable=False)
    sent_at = models.DateTimeField(null=True, blank=True, editable=False)
    sent_by = by_whom(editable=False)
    appointment_at = models.DateTimeField(null=True, blank=True, editable=False)
    appointment_by = by_whom(editable=False)
    seen_at = models.DateTimeField(null=True, blank=True, editable=False)
    outcome = models.TextField(
        blank=True, max_length=4000, editable=False, help_text="what urology found and advised"
    )
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_by = by_whom(editable=False)
    not_seen_because = models.CharField(max_length=500, blank=True, editable=False)

    objects = UrologyReferrals.as_manager()

    refusals = {
        "a_referral_ends_when_the_person_was_seen": (
            "referral_open",
            "This is ended by writing down the visit, or by closing the referral with a reason.",
        ),
        "a_referral_that_ended_never_changes": ("referral_ended", "This referral has ended."),
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            together("making_a_referral_has_who", "made_at", "made_by"),
            together("sending_a_referral_has_who", "sent_at", "sent_by"),
            together("an_appointment_has_who", "appointment_at", "appointment_by"),
            together("the_end_of_a_referral_has_who", "ended_at", "ended_by"),
            models.CheckConstraint(
                name="infections_are_excluded_first",
                condition=Q(made_at=None)
                | Q(uti_excluded__isnull=False, uti_excluded=True, sti_excluded__isnull=False, sti_excluded=True)
                | ~Q(not_excluded_because=""),
                violation_error_code="infection_not_excluded",
                violation_error_message="Exclude an infection of the urine and an STI first, or say why this "
                "cannot wait for that.",
            ),
            models.CheckConstraint(
                name="a_referral_goes_in_order",
                condition=(Q(sent_at=None) | Q(made_at__isnull=False) & ~Q(sent_to=""))
                & (Q(appointment_at=None) | Q(sent_at__isnull=False)),
                violation_error_code="out_of_order",
                violation_error_message="A referral is made, then sent to somebody, then has an appointment.",
            ),
            models.CheckConstraint(
                name="a_referral_ends_seen_or_for_a_reason",
                condition=Q(ended_at=None, seen_at=None, outcome="", not_seen_because="")
                | Q(ended_at__isnull=False, seen_at__isnull=False, not_seen_because="") & ~Q(outcome="")
                | Q(ended_at__isnull=False, seen_at=None, outcome="") & ~Q(not_seen_because=""),
                violation_error_code="reason_missing",
                violation_error_message="Say what urology found, or why the person was not seen.",
            ),
            models.UniqueConstraint(
                fields=["episode"],
                condition=Q(ended_at=None, entered_in_error_at=None),
                name="one_urology_referral_at_a_time",
                violation_error_code="referred_already",
                violation_error_message="There is an open referral already.",
            ),
        ]
        indexes = [models.Index(fields=["patient", "-planned_at"], name="urology_of_a_person")]

    def __str__(self):
        return f"Urology{' (urgent)' if self.urgent else ''}: {self.get_because_display().lower()}"

    def standing(self):
        """The last step that was taken, in a word."""
        if self.ended_at:
            return "Seen" if self.seen_at else "Closed, not seen"
        steps = (("appointment_at", "Appointment set"), ("sent_at", "Sent"), ("made_at", "Made, to be sent"))
        return next((words for step, words in steps if getattr(self, step)), "To be made")
