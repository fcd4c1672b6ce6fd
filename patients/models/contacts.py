"""How a person is reached."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from accounts.models import by_whom, clinical
from audit.models import Record, together

from ..codes import Channel, Scope
from .access import PatientRows
from .people import Patient


class ContactPoints(PatientRows):
    """Ways to reach people."""

    def usable(self, channel, scope):
        """Verified, working, and agreed to for this purpose: the only ones a machine may write to."""
        return self.right().filter(
            channel=channel,
            scopes__contains=[scope],
            verified_at__isnull=False,
            consented_at__isnull=False,
            broken_at=None,
            revoked_at=None,
        )


@clinical
class ContactPoint(Record):
    """An address or number of a person, and what it may be used for."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="contact_points")
    channel = models.CharField(max_length=10, choices=Channel)
    value = models.CharField(max_length=254)
    position = models.PositiveSmallIntegerField(default=1, help_text="1 is tried first")
    safe_to_leave_message = models.BooleanField(default=False)
    verified_at = models.DateTimeField(null=True, blank=True, editable=False)
    verified_by = by_whom(editable=False)
    scopes = ArrayField(
        models.CharField(max_length=20, choices=Scope), default=list, blank=True, help_text="agreed to"
    )
    consented_at = models.DateTimeField(null=True, blank=True, editable=False)
    consented_by = by_whom(editable=False)
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
            models.CheckConstraint(
                name="scopes_are_consented_to",
                condition=Q(scopes=[]) | Q(consented_at__isnull=False),
                violation_error_code="scope_without_consent",
                violation_error_message="What a contact point may be used for needs the person's agreement.",
            ),
        ]
        indexes = [models.Index(fields=["patient", "channel"], name="contacts_of_a_person")]

    def __str__(self):
        return f"{self.get_channel_display()} of {self.patient}"
