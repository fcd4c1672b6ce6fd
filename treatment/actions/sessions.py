"""Logging a session; writing and signing its note."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import Role
from duties import actions as duties
from patients.actions import at_stage, needs
from patients.models import Episode, Stage

from ..models import Session, SessionNote

SIGN_WITHIN = timedelta(hours=24)


@needs(at_stage(Stage.STABILIZING, Stage.ENGAGING, Stage.INTAKE, Stage.TREATMENT, Stage.AFTERCARE))
@transaction.atomic
def log_session(episode, *, kind, started_at, ended_at, attendance, by, text="", at=None, id=None):
    """A session took place, or the person did not come; a note is drafted and its signature owed."""
    episode = Episode.objects.lock(episode.pk)
    at = at or timezone.now()
    # Stabilizing too: what took place before somebody was sent out is often written down after.
    log_session.require(episode)
    if started_at > at:
        raise ValidationError("A session is logged once it has begun.", code="in_the_future")
    placement = episode.placements.open().filter(track="main").first()
    facility = placement.facility if placement else episode.facility
    session = Session(
        patient_id=episode.patient_id,
        facility=facility,
        episode=episode,
        placement=placement,
        kind=kind,
        started_at=started_at,
        ended_at=ended_at,
        attendance=attendance,
        logged_at=at,
        logged_by=by,
    )
    if id:
        session.id = id
    session.save(force_insert=True)
    duty = duties.open(
        "sign_note",
        facility=facility,
        patient=episode.patient,
        episode=episode,
        owner=by,
        owner_role=Role.COUNSELOR,
        due_at=at + SIGN_WITHIN,
        by=by,
        at=at,
    )
    SessionNote.objects.create(
        patient_id=episode.patient_id,
        facility=facility,
        session=session,
        sign_duty=duty,
        text=text,
        drafted_at=at,
        drafted_by=by,
    )
    return session


@transaction.atomic
def write(note, *, text, by, at=None):
    """Change a draft. Raises note_signed, not_the_author, or error_marked for one entered in error."""
    note = SessionNote.objects.lock(note.pk)
    _require_draft_of(note, by)
    note.text = text
    note.save(update_fields=["text"])
    note.refresh_from_db()
    return note


@transaction.atomic
def sign(note, *, by, at=None):
    """Sign a note: from now on the database lets nobody change it."""
    note = SessionNote.objects.lock(note.pk)
    at = at or timezone.now()
    _require_draft_of(note, by)
    note.signed_at, note.signed_by = at, by
    note.save(update_fields=["signed_at", "signed_by"])
    if note.sign_duty.is_open():
        duties.resolve(note.sign_duty, by=by, at=at, reason="signed")
    note.refresh_from_db()
    return note


def _require_draft_of(note, by):
    if note.entered_in_error_at:
        raise ValidationError("This note is marked as entered in error.", code="error_marked")
    if note.signed_at:
        message = SessionNote.refusals["a_signed_note_never_changes"][1]
        raise ValidationError(message, code="note_signed")
    if note.drafted_by_id != by.pk:
        raise ValidationError("Only its author writes and signs a note.", code="not_the_author")
