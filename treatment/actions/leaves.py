"""Out on leave with a time to be back: extended, back, or not back and looked for."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import Role
from duties import actions as duties
from patients import actions as patients
from patients.actions import at_stage, needs
from patients.models import Episode, Stage

from ..models import Absence, AbsenceKind
from .absences import end_absence, is_present, pause_at_bedside, resume_at_bedside
from .departures import report_missing
from .placements import main_of, open_placements

MAY_APPROVE = frozenset({Role.PRESCRIBER, Role.COUNSELOR, Role.NURSE, Role.SUPERVISOR})


def _owe_return(episode, placement, *, destination, due_at, by, at):
    return duties.open(
        "leave",
        facility=placement.facility,
        episode=episode,
        owner_role=Role.NURSE,
        due_at=due_at,
        note=destination,
        by=by,
        at=at,
    )


@needs(at_stage(Stage.TREATMENT), is_present)
@transaction.atomic
def go_on_leave(
    episode,
    *,
    kind,
    destination,
    reason,
    expected_back_at,
    approved_by=None,
    contact="",
    conditions="",
    by,
    at=None,
):
    """A person goes out for a while: the bed stays theirs, and somebody expects them back.

    What is owed at the bedside rests until then. Raises not_a_leave, no_bed, not_a_clinician, back_before_leaving.
    """
    episode = Episode.objects.lock(episode.pk)
    at = at or timezone.now()
    go_on_leave.require(episode)
    if kind == AbsenceKind.HOSPITAL:
        raise ValidationError("Whoever goes to hospital is sent out.", code="not_a_leave")
    placement = main_of(open_placements(episode))
    if not placement.has_bed:
        raise ValidationError("Only somebody with a bed goes on leave from it.", code="no_bed")
    approved_by = approved_by or by
    if not approved_by.is_at(placement.facility, MAY_APPROVE):
        raise ValidationError("A clinician of this place agrees to a leave.", code="not_a_clinician")
    if expected_back_at <= at:
        raise ValidationError("Say when the person is expected back, after they left.", code="back_before_leaving")
    absence = Absence.objects.create(
        patient_id=episode.patient_id,
        facility=placement.facility,
        episode=episode,
        placement=placement,
        kind=kind,
        duty=_owe_return(episode, placement, destination=destination, due_at=expected_back_at, by=by, at=at),
        destination=destination,
        reason=reason,
        left_at=at,
        left_by=by,
        expected_back_at=expected_back_at,
        approved_by=approved_by,
        contact=contact,
        conditions=conditions,
    )
    pause_at_bedside(episode, until=expected_back_at, reason="on leave", by=by, at=at)
    return absence


def is_on_leave(absence):
    """Raise not_on_leave unless the person is out on this leave."""
    if not (absence.is_open() and absence.is_leave()):
        raise ValidationError("The person is not out on this leave any more.", code="not_on_leave")


def _locked(absence, action):
    """The leave, locked after its episode, when the action may still be done to it."""
    episode = Episode.objects.lock(absence.episode_id)
    absence = Absence.objects.select_related("duty", "placement__facility").lock(absence.pk)
    action.require(absence)
    absence.episode = episode
    return absence


@needs(is_on_leave)
@transaction.atomic
def extend_leave(absence, *, expected_back_at, reason, by, at=None):
    """The person may stay out longer, or comes back sooner. Raises not_on_leave, back_before_leaving."""
    absence = _locked(absence, extend_leave)
    at = at or timezone.now()
    if expected_back_at <= at:
        raise ValidationError("Say when the person is expected back, from now on.", code="back_before_leaving")
    if absence.duty.is_open():
        duties.reschedule(absence.duty, due_at=expected_back_at, by=by, at=at, note=reason)
    else:
        about = {"destination": absence.destination, "due_at": expected_back_at}
        absence.duty = _owe_return(absence.episode, absence.placement, by=by, at=at, **about)
    absence.expected_back_at = expected_back_at
    absence.extended_at, absence.extended_by, absence.extension_reason = at, by, reason
    absence.save(update_fields=["duty", "expected_back_at", "extended_at", "extended_by", "extension_reason"])
    pause_at_bedside(absence.episode, until=expected_back_at, reason="leave extended", by=by, at=at)
    absence.refresh_from_db()
    return absence


@needs(is_on_leave)
@transaction.atomic
def come_back(absence, *, alert, searched, use_since, return_note="", by, at=None):
    """The person is back from leave, and this is how: what is owed at the bedside is owed now."""
    absence = _locked(absence, come_back)
    at = at or timezone.now()
    absence.returned_at, absence.returned_by = at, by
    absence.alert, absence.searched, absence.use_since = alert, searched, use_since
    absence.return_note = return_note
    absence.save(update_fields=["returned_at", "returned_by", "alert", "searched", "use_since", "return_note"])
    if absence.duty.is_open():
        duties.resolve(absence.duty, by=by, at=at, reason="back")
    resume_at_bedside(absence.episode, note="back from leave", by=by, at=at)
    absence.refresh_from_db()
    return absence


@needs(is_on_leave)
@transaction.atomic
def not_back(absence, *, last_seen="", circumstances="", hold_bed_until=None, by, at=None):
    """The person did not come back: the leave ends, and the search and the call begin now (domain 10)."""
    absence = _locked(absence, not_back)
    missing = {"last_seen": last_seen, "circumstances": circumstances, "hold_bed_until": hold_bed_until}
    return report_missing(absence.episode, by=by, at=at, **missing)


def is_no_open_absence_to_hospital(absence):
    """Raise still_away for somebody who is in hospital: their way back is a verb of its own."""
    if absence.is_open() and not absence.is_leave():
        raise ValidationError("Bring the person back first, or say that they will not be.", code="still_away")


@needs(is_no_open_absence_to_hospital)
@transaction.atomic
def mark_error(absence, *, reason, by, at=None):
    """The person was not away: nobody expects them any more. Raises still_away, error_marked."""
    episode = Episode.objects.lock(absence.episode_id)
    absence = Absence.objects.select_related("duty").lock(absence.pk)
    at = at or timezone.now()
    mark_error.require(absence)
    if absence.is_open():
        end_absence(absence, by=by, at=at, reason="entered in error")
        resume_at_bedside(episode, note="was not on leave", by=by, at=at)
    return patients.mark_error(absence, reason=reason, by=by, at=at)
