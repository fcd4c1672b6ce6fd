"""Logging a session; writing and signing its note, and what comes after it was signed."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import Role
from duties import actions as duties
from patients import actions as patients
from patients.actions import at_stage, needs
from patients.models import Episode, Stage

from ..models import Addendum, GroupSession, Placement, Session, SessionNote
from ..models.formats import missing
from ..models.sessions import CAME, Attendance, AttendanceReason
from . import cosigning, missed, progress
from .carried import carried_over, carry, let_go, settle
from .formats import begun_with, format_of, is_one_text

SIGN_WITHIN = timedelta(hours=24)
CLOCKS_DIFFER = timedelta(minutes=5)
LONGEST = timedelta(hours=24)
ABOUT_IT = ("patient", "facility", "episode", "group", "contact_duty", "appointment__log_duty")
# Stabilizing too: what took place before somebody was sent out is often written down after.
HAVE_SESSIONS = (Stage.STABILIZING, Stage.ENGAGING, Stage.INTAKE, Stage.TREATMENT, Stage.AFTERCARE)


@needs(at_stage(*HAVE_SESSIONS))
@transaction.atomic
def log_session(
    episode,
    *,
    kind,
    started_at,
    ended_at,
    attendance,
    by,
    attendance_because="",
    attendance_reason="",
    text="",
    format="",
    appointment=None,
    worked_on=None,
    no_objective="",
    no_objective_words="",
    at=None,
    id=None,
    **facts,
):
    """A session took place, or the person did not come; a note is drafted and its signature owed.

    It carries over what was planned for that time, when something was. What it worked on is what `progress.link`
    takes. Raises wrong_stage, in_the_future, session_too_long, telehealth_blank, reason_missing,
    not_oriented_or_willing or appointment_logged.
    """
    episode = Episode.objects.select_related("facility", "patient").lock(episode.pk)
    at = at or timezone.now()
    log_session.require(episode)
    check_times(started_at, ended_at, at=at)
    placement = Placement.objects.main_of(episode)
    facility = placement.facility if placement else episode.facility
    session = Session(
        patient=episode.patient,
        facility=facility,
        episode=episode,
        placement=placement,
        kind=kind,
        started_at=started_at,
        ended_at=ended_at,
        attendance=attendance,
        attendance_because=because(attendance, attendance_because),
        attendance_reason=attendance_reason,
        logged_at=at,
        logged_by=by,
        **facts,
    )
    if id:
        session.id = id
    planned = [appointment] if appointment else carried_over([episode], kind, started_at, ended_at)
    carry(planned, [session])
    missed.follow([session], facility=facility, by=by, at=at)
    session.save(force_insert=True)
    settle(planned, [session], by=by, at=at)
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
    format = format or format_of(kind, program=placement and placement.program, by=by)
    SessionNote.objects.create(
        patient_id=episode.patient_id,
        facility=facility,
        session=session,
        sign_duty=duty,
        drafted_at=at,
        drafted_by=by,
        **begun_with(format, text),
    )
    told = {"worked_on": worked_on, "no_objective": no_objective, "no_objective_words": no_objective_words}
    progress.link(session, **told, by=by, at=at)
    return session


def check_times(started_at, ended_at, *, at):
    """Its actual beginning and end lie behind, and less than a day apart. Raises in_the_future, session_too_long."""
    if started_at > at:
        raise ValidationError("A session is logged once it has begun.", code="in_the_future")
    if ended_at > at + CLOCKS_DIFFER:
        raise ValidationError("A session is logged with its actual end, once it is over.", code="in_the_future")
    if ended_at - started_at >= LONGEST:
        raise ValidationError("A session takes less than a day. Check both dates.", code="session_too_long")


def because(attendance, reason):
    """Why somebody was late, left or did not come: not known yet, while nobody has said."""
    return reason or ("" if attendance == Attendance.ATTENDED else AttendanceReason.UNKNOWN)


@transaction.atomic
def write(note, *, text, by, at=None, **worked_on):
    """Change a draft of one text, and what was worked on.

    Raises has_parts, note_signed, not_the_author, error_marked, and what links raise.
    """
    note = SessionNote.objects.lock(note.pk)
    require_draft_of(note, by)
    is_one_text(note)
    progress.link(note.session, **worked_on, by=by, at=at or timezone.now())
    note.text = text
    note.save(update_fields=["text"])
    note.refresh_from_db()
    return note


def may_be_corrected(session):
    """Raises error_marked or note_signed."""
    if session.entered_in_error_at:
        raise ValidationError("This session is marked as entered in error.", code="error_marked")
    note = session.notes.right().first()
    if note and note.signed_at:
        raise ValidationError(
            SessionNote.refusals["a_session_with_a_signed_note_never_changes"][1], code="note_signed"
        )
    if note is None and session.group_id and session.group.has_signed_notes():
        message = Session.refusals["an_attendance_that_was_signed_never_changes"][1]
        raise ValidationError(message, code="note_signed")


@needs(may_be_corrected)
@transaction.atomic
def amend_session(session, *, by, at=None, **changes):
    """Correct what was logged, while its note is a draft. Raises not_the_author, note_signed, in_the_future."""
    Episode.objects.lock(session.episode_id)
    session = Session.objects.select_related(*ABOUT_IT).lock(session.pk)
    at = at or timezone.now()
    amend_session.require(session)
    note = session.notes.right().first()
    if by.pk not in {session.logged_by_id, note and note.author_id()}:
        raise ValidationError("Only whoever logged a session corrects it.", code="not_the_author")
    before = session.attendance
    for field, value in changes.items():
        setattr(session, field, value)
    check_times(session.started_at, session.ended_at, at=at)
    if session.attendance != before:
        if "attendance_because" not in changes:
            session.attendance_because = ""
        _corrected(session, before, by=by, at=at)
    session.attendance_because = because(session.attendance, session.attendance_because)
    session.save(update_fields=[*changes, "attendance_because", "contact_duty"])
    session.refresh_from_db()
    return session


def _corrected(session, before, *, by, at):
    """They came after all, or did not: what follows from that, instead of what followed before."""
    if before == Attendance.NO_SHOW:
        missed.forget([session], by=by, at=at, why="corrected")
        session.contact_duty = None
    session.attendance_because = because(session.attendance, session.attendance_because)
    missed.follow([session], facility=session.facility, by=by, at=at)
    if session.appointment and (before in CAME) != (session.attendance in CAME):
        settle([session.appointment], [session], by=by, at=at)


@transaction.atomic
def sign(note, *, by, at=None, **worked_on):
    """Sign a note: from now on the database lets nobody change it. Without a license, a co-signature is owed.

    Raises note_empty, parts_missing, worked_on_missing, note_signed, not_the_author or error_marked.
    """
    lock_group(note)
    along = ("facility", "session__patient", "session__episode")
    note = SessionNote.objects.select_related(*along).lock(note.pk)
    at = at or timezone.now()
    require_draft_of(note, by)
    require_whole(note)
    progress.link(note.session, **worked_on, by=by, at=at)
    progress.require_linked([note], by=by, at=at)
    note.signed_at, note.signed_by = at, by
    (note.cosign_duty,) = cosigning.owed_for([note], facility=note.facility, by=by, at=at)
    note.save(update_fields=["signed_at", "signed_by", "cosign_duty"])
    if note.sign_duty.is_open():
        duties.resolve(note.sign_duty, by=by, at=at, reason="signed")
    note.refresh_from_db(fields=["version"])
    return note


def require_whole(note):
    """Raises note_empty, or parts_missing with which."""
    if note.is_empty():
        raise ValidationError("An empty note cannot be signed.", code="note_empty")
    if left := missing(note.format, note.sections):
        raise ValidationError(
            "These parts are empty still: %(parts)s.", code="parts_missing", params={"parts": ", ".join(left)}
        )


def lock_group(note):
    """What the group shares must not change while it is being signed."""
    group = note.session.group_id
    return GroupSession.objects.lock(group) if group else None


@transaction.atomic
def adopt_draft(note, *, by, at=None):
    """Take over the draft of somebody who left: they stay named, and you write and sign it from now on."""
    note = SessionNote.objects.lock(note.pk)
    at = at or timezone.now()
    require_draft(note)
    require_left(note)
    roles = [role for role in (Role.COUNSELOR, Role.SUPERVISOR) if by.is_at(note.facility, [role])]
    if not roles:
        raise ValidationError("You are no counselor or supervisor there.", code="not_a_member")
    note.adopted_at, note.adopted_by = at, by
    note.save(update_fields=["adopted_at", "adopted_by"])
    if note.sign_duty.is_open():
        said = f"took over the draft of {note.drafted_by}"
        duties.reassign(note.sign_duty, owner=by, owner_role=roles[0], note=said, by=by, at=at)
    note.refresh_from_db()
    return note


@transaction.atomic
def add_addendum(note, *, text, by, at=None):
    """Add to a signed note, by anybody who may write notes of this person. Raises note_not_signed."""
    along = ("facility", "session__patient", "session__episode", "returned_by")
    note = SessionNote.objects.select_related(*along).lock(note.pk)
    at = at or timezone.now()
    require_signed(note)
    addendum = Addendum.objects.create(
        patient_id=note.patient_id,
        facility_id=note.facility_id,
        note=note,
        text=text,
        added_at=at,
        added_by=by,
    )
    cosigning.answered(note, by=by, at=at)
    return addendum


@needs(patients.is_right)
@transaction.atomic
def mark_note_error(note, *, reason, by, at=None):
    """Mark a note as a mistake: its author or a supervisor. A draft's signature is owed no more.

    The draft of somebody who left may be discarded by whoever could take it over.
    """
    note = SessionNote.objects.lock(note.pk)
    at = at or timezone.now()
    authors = {note.author_id(), note.signed_by_id}
    if by.pk not in authors and not by.is_at(note.facility, [Role.SUPERVISOR]):
        left = SessionNote.objects.orphaned().filter(pk=note.pk).exists()
        if not (left and by.is_at(note.facility, [Role.COUNSELOR])):
            raise ValidationError("Only its author or a supervisor marks a note.", code="not_the_author")
    note = patients.mark_error(note, reason=reason, by=by, at=at)
    if note.sign_duty.is_open():
        duties.cancel(note.sign_duty, reason="entered in error", by=by, at=at)
    cosigning.drop(note, by=by, at=at)
    return note


@needs(patients.is_right)
@transaction.atomic
def mark_session_error(session, *, reason, by, at=None):
    """Mark a session as a mistake, and its draft with it; a note that was signed is marked by itself."""
    Episode.objects.lock(session.episode_id)
    about = Session.objects.select_related(*ABOUT_IT).lock(session.pk)
    at = at or timezone.now()
    session = patients.mark_error(session, reason=reason, by=by, at=at)
    missed.forget([about], by=by, at=at, why="entered in error")
    let_go([about])
    for note in session.notes.right().filter(signed_at=None).select_related("sign_duty"):
        patients.mark_error(note, reason=reason, by=by, at=at)
        if note.sign_duty.is_open():
            duties.cancel(note.sign_duty, reason="entered in error", by=by, at=at)
    return session


@needs(patients.is_right)
@transaction.atomic
def mark_addendum_error(addendum, *, reason, by, at=None):
    """Mark an addendum as a mistake: whoever added it, or a supervisor."""
    if by.pk != addendum.added_by_id and not by.is_at(addendum.facility, [Role.SUPERVISOR]):
        raise ValidationError("Only its author or a supervisor marks an addendum.", code="not_the_author")
    return patients.mark_error(addendum, reason=reason, by=by, at=at)


def require_draft(note):
    """Raises error_marked or note_signed."""
    _require_right(note)
    if note.signed_at:
        message = SessionNote.refusals["a_signed_note_never_changes"][1]
        raise ValidationError(message, code="note_signed")


def require_signed(note):
    """Raises error_marked or note_not_signed."""
    _require_right(note)
    if note.signed_at is None:
        raise ValidationError("This note is still a draft: write in it instead.", code="note_not_signed")


def require_left(note):
    """Raises author_is_here."""
    if not SessionNote.objects.orphaned().filter(pk=note.pk).exists():
        raise ValidationError("Its author still works with this person, and can finish it.", code="author_is_here")


def _require_right(note):
    if note.entered_in_error_at:
        raise ValidationError("This note is marked as entered in error.", code="error_marked")


def require_draft_of(note, by):
    require_draft(note)
    if note.author_id() != by.pk:
        raise ValidationError("Only its author writes and signs a note.", code="not_the_author")
