"""Counseling notes (42 CFR 2.11): kept apart from the chart, sealed, read by their author and whom they let read.

What is *not* such a note, and belongs into the session note: medication, when a session began and ended, its kind
and how often, results of tests, and any summary of diagnosis, functioning, plan, symptoms, prognosis or progress
(domain 1.7).
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import Facility, Role, User, by_whom, clinical
from audit.models import Record, together
from patients.models import Access, Because, Patient, PatientRows

from .placements import Period
from .sealed import seal, unseal
from .sessions import Session

# Those who treat addiction or the mind by talking, and whom the author may let read (domain 1.7).
KEEP = frozenset({Role.COUNSELOR, Role.PRESCRIBER, Role.SUPERVISOR})
NOT_HERE = (
    "What you made of the conversation, for yourself. Nobody reads it but you and whom you name. Not here but in the"
    " session note: medication, start and end, kind and frequency, test results, and any summary of diagnosis,"
    " functioning, plan, symptoms, prognosis or progress."
)


class CounselingRows(PatientRows):
    """Rows that only the author of a note, and those the author named, may see."""

    def people_open_to(self, user, roles):
        """The condition that this user cares for the person; emergency access opens none of this (domain 1.5)."""
        reached = Access.objects.reaching(user, set(roles) & KEEP).exclude(because=Because.BREAK_GLASS)
        return Q(Exists(reached.filter(patient=OuterRef("patient_id"))))


class CounselingNotes(CounselingRows):
    """Counseling notes."""

    def visible_to(self, user, roles):
        """One's own, and those one was named for: no role, no privacy officer and no emergency opens another."""
        named = CounselingGrant.objects.in_force().filter(reader=user.pk).values("note")
        return self.filter(self.people_open_to(user, roles), Q(written_by=user.pk) | Q(pk__in=named))

    def sealed_under_another_key(self, name):
        """Those to be sealed anew."""
        return self.exclude(key_id__in=["", name])


@clinical
class CounselingNote(Record):
    """What a counselor made of a conversation: sealed at rest, and locked once signed."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="counseling_notes")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="counseling_notes")
    key_id = models.CharField(max_length=20, blank=True, editable=False, help_text="of the key it is sealed under")
    sealed = models.BinaryField(default=b"", blank=True, editable=False)
    written_at = models.DateTimeField(editable=False)
    written_by = by_whom(null=False, blank=False, editable=False)
    signed_at = models.DateTimeField(null=True, blank=True, editable=False)
    signed_by = by_whom(editable=False)

    objects = CounselingNotes.as_manager()

    refusals = {
        "a_signed_counseling_note_never_changes": ("note_signed", "This note is signed and cannot be changed."),
        "a_counseling_note_stays_where_it_is": (
            "note_fixed",
            "A counseling note stays with its author and its session.",
        ),
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            together("a_counseling_signature_has_who", "signed_at", "signed_by"),
            models.CheckConstraint(
                name="a_signed_counseling_note_has_text",
                condition=Q(signed_at=None) | ~Q(key_id=""),
                violation_error_code="note_empty",
                violation_error_message="An empty note cannot be signed.",
            ),
            models.CheckConstraint(
                name="a_counseling_note_is_signed_by_its_author",
                condition=Q(signed_by=None) | Q(signed_by=F("written_by")),
                violation_error_code="not_the_author",
                violation_error_message="Only its author signs a counseling note.",
            ),
        ]
        indexes = [
            models.Index(fields=["written_by"], name="counseling_notes_of_user"),
            models.Index(fields=["key_id"], name="counseling_notes_by_key"),
        ]

    def __str__(self):
        return "Counseling note"

    @property
    def text(self):
        """What it says, opened where it is read and kept nowhere. Raises seal_broken."""
        return unseal(self.key_id, self.sealed, self)

    @text.setter
    def text(self, text):
        self.key_id, self.sealed = seal(text, self)

    def is_draft_of(self, user):
        """Is it this user's to write?"""
        return self.signed_at is None and self.entered_in_error_at is None and self.written_by_id == user.pk


class CounselingGrants(CounselingRows):
    """Who was let read."""

    def in_force(self, now=None):
        """Those that open a note now."""
        return self.right().filter(revoked_at=None, until_at__gt=now or timezone.now())

    def visible_to(self, user, roles):
        """Those of notes one may read."""
        return self.filter(note__in=CounselingNote.objects.visible_to(user, roles).values("pk"))


@clinical
class CounselingGrant(Record):
    """Somebody whom the author of a note lets read it: who, why, until when. Nobody else gives this."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    note = models.ForeignKey(CounselingNote, on_delete=models.PROTECT, related_name="grants")
    reader = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    until_at = models.DateTimeField()
    granted_at = models.DateTimeField(editable=False)
    granted_by = by_whom(null=False, blank=False, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_by = by_whom(editable=False)

    objects = CounselingGrants.as_manager()

    refusals = {
        "only_its_author_lets_others_read": (
            "not_the_author",
            "Only the author of a counseling note lets somebody else read it.",
        ),
        "a_grant_never_changes": ("grant_fixed", "This never changes: take it back, and give it anew."),
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            together("a_revoked_grant_has_who", "revoked_at", "revoked_by"),
            models.CheckConstraint(
                name="a_grant_says_why_and_until_when",
                condition=~Q(reason="") & Q(until_at__gt=F("granted_at")),
                violation_error_code="until_in_the_past",
                violation_error_message="Say why, and until when, some time from now.",
            ),
            models.CheckConstraint(
                name="a_grant_is_taken_back_after_it_was_given",
                condition=Q(revoked_at=None) | Q(revoked_at__gte=F("granted_at")),
                violation_error_code="ends_before_start",
                violation_error_message="Somebody was let read the note only after that.",
            ),
            ExclusionConstraint(
                name="a_reader_is_let_read_once",
                expressions=[
                    ("note", RangeOperators.EQUAL),
                    ("reader", RangeOperators.EQUAL),
                    (Period("granted_at", Coalesce("revoked_at", "until_at")), RangeOperators.OVERLAPS),
                ],
                condition=Q(entered_in_error_at=None),
                violation_error_code="granted_already",
                violation_error_message="They may read it already.",
            ),
        ]

    def __str__(self):
        return str(self.reader)
