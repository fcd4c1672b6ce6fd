"""The people around the person."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from accounts.models import by_whom, clinical
from audit.models import Record, together

from .access import PatientRows
from .people import Patient


class SupporterKind(models.TextChoices):
    """What somebody is to the person's care."""

    EMERGENCY_CONTACT = "emergency_contact", "Emergency contact"
    PROXY = "proxy", "Health-care proxy"
    OTHER = "other", "Other supporter"


class MayKnow(models.TextChoices):
    """What a supporter may be told, each agreed to by the person."""

    PRESENCE = "presence", "That the person is here"
    WELL_BEING = "well_being", "How they are, in general"
    VISITS = "visits", "Visits and calls"
    APPOINTMENTS = "appointments", "Appointments"
    TREATMENT = "treatment", "Diagnosis and treatment"
    MEDICATION = "medication", "Medication"
    LEAVING = "leaving", "Leaving, planned or not"
    EMERGENCY = "emergency", "An emergency"


class Supporters(PatientRows):
    """People around people."""

    def may_be_told(self, what):
        """Those with written permission to know this, and whom nobody must keep away from the person."""
        return self.right().filter(
            may_know__contains=[what], permission_given_at__isnull=False, do_not_contact_at=None
        )

    def forbidden(self):
        """Those who must not be contacted."""
        return self.right().exclude(do_not_contact_at=None)


@clinical
class Supporter(Record):
    """Somebody around the person. Without written permission they may know nothing, not even who is here."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="supporters", db_index=False)
    name = models.CharField(max_length=200)
    relation = models.CharField(max_length=100, blank=True, help_text="in the person's words: sister, sponsor")
    kind = models.CharField(max_length=20, choices=SupporterKind, default=SupporterKind.OTHER)
    phone = models.CharField(max_length=32, blank=True)
    email = models.EmailField(blank=True)
    may_know = ArrayField(models.CharField(max_length=20, choices=MayKnow), default=list, blank=True, editable=False)
    may_know_words = models.CharField(
        max_length=500, blank=True, editable=False, help_text="limits in the person's own words"
    )
    permission_given_at = models.DateTimeField(null=True, blank=True, editable=False, help_text="in writing")
    permission_given_by = by_whom(editable=False, help_text="who saw it")
    do_not_contact_at = models.DateTimeField(null=True, blank=True, editable=False)
    do_not_contact_by = by_whom(editable=False)
    do_not_contact_reason = models.CharField(max_length=500, blank=True, editable=False)

    objects = Supporters.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            together("a_permission_has_who", "permission_given_at", "permission_given_by"),
            together("a_contact_ban_has_who", "do_not_contact_at", "do_not_contact_by"),
            models.CheckConstraint(
                name="a_supporter_has_a_name",
                condition=~Q(name=""),
                violation_error_code="name_missing",
                violation_error_message="Give a name, or what the person calls them.",
            ),
            models.CheckConstraint(
                name="what_a_supporter_may_know_is_named",
                condition=Q(may_know__contained_by=MayKnow.values),
                violation_error_code="unknown_permission",
                violation_error_message="There is nothing of this name that a supporter may know.",
            ),
            models.CheckConstraint(
                name="without_permission_a_supporter_knows_nothing",
                condition=Q(permission_given_at__isnull=False) | Q(may_know=[], may_know_words=""),
                violation_error_code="permission_missing",
                violation_error_message="A supporter may know nothing without the person's written permission.",
            ),
            models.CheckConstraint(
                name="who_must_not_be_contacted_is_told_nothing",
                condition=Q(do_not_contact_at=None) | Q(permission_given_at=None),
                violation_error_code="contact_forbidden",
                violation_error_message="This supporter must not be contacted, and may be told nothing.",
            ),
            models.CheckConstraint(
                name="a_contact_ban_has_a_reason",
                condition=Q(do_not_contact_at=None, do_not_contact_reason="")
                | Q(do_not_contact_at__isnull=False) & ~Q(do_not_contact_reason=""),
                violation_error_code="reason_missing",
                violation_error_message="Say why this supporter must not be contacted.",
            ),
        ]
        indexes = [models.Index(fields=["patient"], name="supporters_of_a_person")]

    def __str__(self):
        return f"{self.name} ({self.relation})" if self.relation else self.name
