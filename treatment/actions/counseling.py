"""Counseling notes: begun, written, signed, read by others for a while, and sealed anew under another key."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from patients import actions as patients
from patients.actions import needs

from ..models import CounselingGrant, CounselingNote
from ..models.counseling import KEEP
from ..models.sealed import seal, sealing_key


def is_right(session):
    """Raises error_marked."""
    if session.entered_in_error_at:
        raise ValidationError("This is marked as entered in error.", code="error_marked")


@needs(is_right)
@transaction.atomic
def begin_note(session, *, by, at=None, id=None):
    """An empty note of one's own beside a session (42 CFR 2.11). Nothing is owed: a duty would tell others of it.

    Raises error_marked or not_a_clinician_here.
    """
    is_right(session)
    if not by.is_at(session.facility, KEEP):
        raise ValidationError(
            "Only a clinician who works at this place keeps such notes.", code="not_a_clinician_here"
        )
    note = CounselingNote(
        patient_id=session.patient_id,
        facility_id=session.facility_id,
        session=session,
        written_at=at or timezone.now(),
        written_by=by,
    )
    if id:
        note.id = id
    note.save(force_insert=True)
    return note


def is_draft(note):
    """Raises error_marked or note_signed."""
    is_right(note)
    if note.signed_at:
        message = CounselingNote.refusals["a_signed_counseling_note_never_changes"][1]
        raise ValidationError(message, code="note_signed")


@needs(is_draft)
@transaction.atomic
def write(note, *, text, by, at=None):
    """Change a draft; it is sealed before the database sees it. Raises not_the_author, note_signed, error_marked."""
    note = _own(note, by)
    is_draft(note)
    note.text = text
    note.save(update_fields=["key_id", "sealed"])
    note.refresh_from_db()
    return note


@needs(is_draft)
@transaction.atomic
def sign(note, *, by, at=None):
    """Sign a note: from now on the database lets nobody change it. Raises note_empty, or what `write` does."""
    note = _own(note, by)
    is_draft(note)
    note.signed_at, note.signed_by = at or timezone.now(), by
    note.save(update_fields=["signed_at", "signed_by"])
    note.refresh_from_db()
    return note


@transaction.atomic
def mark_error(note, *, reason, by, at=None):
    """Mark a note as a mistake: only its author. It stays sealed, and is read by nobody they named any more.

    Raises ends_before_start when somebody was let read it only after that.
    """
    _own(note, by)
    CounselingGrant.objects.right().filter(note=note, revoked_at=None).update(
        revoked_at=at or timezone.now(), revoked_by=by
    )
    return patients.mark_error(note, reason=reason, by=by, at=at)


@needs(is_right)
@transaction.atomic
def let_read(note, *, reader, reason, until_at, by, at=None):
    """The author lets one more clinician read, until a stated time; nobody else can give this.

    Raises not_the_author, not_a_clinician_here, until_in_the_past, granted_already, error_marked.
    """
    note = _own(note, by)
    is_right(note)
    if reader.pk == by.pk or not reader.is_at(note.facility, KEEP):
        raise ValidationError("Name another clinician who works at this place.", code="not_a_clinician_here")
    grant = CounselingGrant(
        patient_id=note.patient_id,
        facility_id=note.facility_id,
        note=note,
        reader=reader,
        reason=reason,
        until_at=until_at,
        granted_at=at or timezone.now(),
        granted_by=by,
    )
    grant.save(force_insert=True)
    return grant


def is_in_force(grant):
    """Raises revoked_already."""
    if grant.revoked_at or grant.entered_in_error_at or grant.until_at <= timezone.now():
        raise ValidationError("They cannot read it any more.", code="revoked_already")


@needs(is_in_force)
@transaction.atomic
def revoke(grant, *, by, at=None):
    """The author takes it back. Raises not_the_author, revoked_already or ends_before_start."""
    grant = CounselingGrant.objects.lock(grant.pk)
    is_in_force(grant)
    if grant.granted_by_id != by.pk:
        raise _not_theirs()
    grant.revoked_at, grant.revoked_by = at or timezone.now(), by
    grant.save(update_fields=["revoked_at", "revoked_by"])
    grant.refresh_from_db()
    return grant


@transaction.atomic
def reseal(batch=200):
    """Seal so many notes under the key that seals now; returns how many. Done again, it does nothing.

    Raises seal_broken when one of them cannot be opened.
    """
    rows = CounselingNote.objects.sealed_under_another_key(sealing_key()).order_by("pk")
    found = list(rows.select_for_update(no_key=True, of=("self",), skip_locked=True)[:batch])
    for note in found:
        note.key_id, note.sealed = seal(note.text, note)
    CounselingNote.objects.bulk_update(found, ["key_id", "sealed"])
    return len(found)


def _own(note, by):
    note = CounselingNote.objects.select_related("facility").lock(note.pk)
    if note.written_by_id != by.pk:
        raise _not_theirs()
    return note


def _not_theirs():
    return ValidationError("Only the author of a counseling note does this.", code="not_the_author")
