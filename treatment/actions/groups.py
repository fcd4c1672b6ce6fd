"""Group sessions: one attendance, what is shared written once, and each person's own note."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import Role
from audit.planned import Planned
from duties import actions as duties
from duties.models import Duty
from patients import actions as patients
from patients.actions import needs
from patients.models import Episode

from ..models import GroupSession, Placement, Session, SessionNote
from ..models.sessions import CAME
from ..models.telehealth import TELEHEALTH
from . import cosigning, missed
from .carried import carried_over, carry, let_go, settle
from .progress import require_linked
from .sessions import SIGN_WITHIN, because, check_times

OF_EACH = ("attendance_reason", "how", *TELEHEALTH, "oriented", "consented")


def somebody_is_in_it(program):
    """Raise nobody_in_the_group where the program has nobody who could have come."""
    if not program.placements.open().exists():
        raise ValidationError("Nobody is in this program now.", code="nobody_in_the_group")


@needs(somebody_is_in_it)
@transaction.atomic
def log_group(*, program, kind, topic, started_at, ended_at, people, by, text="", at=None, id=None):
    """A group took place: a session for everybody on its list, and a draft for those who came.

    `people` are {"episode", "attendance", "line"} and what else is said of each (OF_EACH), one a person. Each chart
    holds the shared text and that person's own line. What was planned is carried over. Raises nobody_in_the_group,
    in_the_group_twice, in_the_future, session_too_long, telehealth_blank or not_in_program, with who.
    """
    at = at or timezone.now()  # whether anybody is in the program, the list itself answers below
    check_times(started_at, ended_at, at=at)
    if not people:
        raise ValidationError("Say who was there, and who was not.", code="nobody_in_the_group")
    lines = {line["episode"].pk: line for line in people}
    if len(lines) < len(people):
        raise ValidationError("A person is in the attendance of a group once.", code="in_the_group_twice")
    episodes = list(
        Episode.objects.filter(pk__in=lines)
        .select_related("patient")
        .order_by("pk")
        .select_for_update(no_key=True, of=("self",))
    )
    placements = {one.episode_id: one for one in Placement.objects.open().filter(program=program, episode__in=lines)}
    if missing := len(lines) - len(placements):
        raise ValidationError(
            "%(missing)s of these people are not in this program.", code="not_in_program", params={"missing": missing}
        )
    group = GroupSession(
        facility_id=program.facility_id,
        program=program,
        kind=kind,
        topic=topic,
        text=text,
        started_at=started_at,
        ended_at=ended_at,
        led_by=by,
        logged_at=at,
        logged_by=by,
    )
    if id:
        group.id = id
    group.save(force_insert=True)
    held = [
        Session(
            patient=episode.patient,
            facility=program.facility,
            episode=episode,
            placement=placements[episode.pk],
            group=group,
            kind=kind,
            started_at=started_at,
            ended_at=ended_at,
            attendance=lines[episode.pk]["attendance"],
            attendance_because=because(
                lines[episode.pk]["attendance"], lines[episode.pk].get("attendance_because", "")
            ),
            **{name: lines[episode.pk][name] for name in OF_EACH if name in lines[episode.pk]},
            logged_at=at,
            logged_by=by,
        )
        for episode in episodes
    ]
    planned = carried_over(episodes, kind, started_at, ended_at)
    carry(planned, held)
    missed.follow(held, facility=program.facility, by=by, at=at)
    Session.objects.bulk_create(held)
    settle(planned, held, by=by, at=at)
    came = [session for session in held if session.attendance in CAME]
    signature = {
        "slug": "sign_note",
        "facility": program.facility,
        "owner": by,
        "owner_role": Role.COUNSELOR,
        "due_at": at + SIGN_WITHIN,
    }
    owed = duties.open_all(
        [{**signature, "patient": session.episode.patient, "episode": session.episode} for session in came],
        by=by,
        at=at,
    )
    SessionNote.objects.bulk_create(
        SessionNote(
            patient_id=session.patient_id,
            facility_id=session.facility_id,
            session=session,
            sign_duty=duty,
            text=lines[session.episode_id].get("line", ""),
            drafted_at=at,
            drafted_by=by,
        )
        for session, duty in zip(came, owed, strict=True)
    )
    return group


def was_never_signed(group):
    """Raise error_marked or note_signed: what is shared may still be changed."""
    _require_right(group)
    if group.was_signed():
        message = GroupSession.refusals["a_shared_text_that_was_signed_never_changes"][1]
        raise ValidationError(message, code="note_signed")


def has_drafts(group):
    """Raise nothing_to_sign."""
    if not SessionNote.objects.drafts().filter(session__group=group, session__entered_in_error_at=None).exists():
        raise ValidationError("No note of this group is a draft any more.", code="nothing_to_sign")


def has_no_signed_note(group):
    """Raise error_marked or note_signed."""
    _require_right(group)
    if group.has_signed_notes():
        raise ValidationError("A note of this group is signed. Mark that note first.", code="note_signed")


@needs(was_never_signed)
@transaction.atomic
def write_group(group, *, text, by, at=None):
    """Change what the group shares, while no note of it was ever signed. Raises note_signed, not_the_author."""
    group = GroupSession.objects.lock(group.pk)
    write_group.require(group)
    _require_own(group, by)
    group.text = text
    group.save(update_fields=["text"])
    group.refresh_from_db()
    return group


@needs(has_drafts)
@transaction.atomic(savepoint=False)  # it joins the verb's, and a savepoint of its own is two statements more
def sign_group(group, *, by, at=None):
    """Sign every draft of this group that is one's own. Raises note_empty or worked_on_missing with how many."""
    # whether there is any draft, one's own drafts answer below
    group = GroupSession.objects.select_related("facility").lock(group.pk)
    at = at or timezone.now()
    found = OWN_DRAFTS(group.pk, by.pk)
    if not found:
        raise ValidationError("You have no draft of this group to sign.", code="nothing_to_sign")
    if empty := sum(note.is_unfinished() for note in found):
        raise ValidationError(
            "%(empty)s of the notes have no line of their own yet. Each says what that person did or said.",
            code="note_empty",
            params={"empty": empty},
        )
    require_linked(found, by=by, at=at)
    cosign = cosigning.owed_for(found, facility=group.facility, by=by, at=at)
    if any(cosign):
        for note, duty in zip(found, cosign, strict=True):
            note.signed_at, note.signed_by, note.cosign_duty = at, by, duty
        SessionNote.objects.bulk_update(found, ["signed_at", "signed_by", "cosign_duty"])
    else:
        SessionNote.objects.filter(pk__any_of=[note.pk for note in found]).update(signed_at=at, signed_by=by)
    duties.resolve_each([note.sign_duty_id for note in found], by=by, at=at, reason="signed")
    return group


OWN_DRAFTS = Planned(
    lambda group, author: (
        SessionNote.objects.drafts()
        .written_by(author)
        .filter(session__group=group, session__entered_in_error_at=None)
        .only("session", "sign_duty", "format", "sections", "text")
        .order_by("pk")
        .select_for_update(no_key=True, of=("self",))
    ),
    UUID,
    UUID,
)


@needs(has_no_signed_note)
@transaction.atomic
def mark_group_error(group, *, reason, by, at=None):
    """It did not take place: the group, everybody's session and the drafts are marked. Raises note_signed."""
    group = GroupSession.objects.lock(group.pk)
    at = at or timezone.now()
    mark_group_error.require(group)
    _require_own(group, by)
    sessions = group.sessions.right()
    drafts = SessionNote.objects.drafts().filter(session__in=sessions)
    keys = list(drafts.values_list("pk", flat=True))
    mark = {"entered_in_error_at": at, "entered_in_error_by": by, "entered_in_error_reason": reason}
    duties.cancel_each(Duty.objects.filter(note_to_sign__in=keys), reason="entered in error", by=by, at=at)
    SessionNote.objects.filter(pk__in=keys).update(**mark)
    held = list(sessions.select_related("facility", "contact_duty"))
    missed.forget(held, by=by, at=at, why="entered in error")
    let_go(held)
    sessions.update(**mark)
    return patients.mark_error(group, reason=reason, by=by, at=at)


def _require_right(group):
    if group.entered_in_error_at:
        raise ValidationError("This group is marked as entered in error.", code="error_marked")


def _require_own(group, by):
    if not group.is_written_by(by):
        raise ValidationError("Only whoever led a group writes about it.", code="not_the_author")
