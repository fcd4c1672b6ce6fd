"""Medical clearance."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import Role
from duties import actions as duties
from patients.actions import at_stage, needs
from patients.models import ClearanceBasis, Entry, Episode, Stage

from ..models import Checklist, Clearance
from ..models.clearances import Finding
from .handovers import TALK_WITHIN

NEEDS_CHECKLIST = {ClearanceBasis.CLEARED, ClearanceBasis.SCREENED}


def gaps(checklist, findings):
    """What stands between these findings and clearance, in sentences."""
    missing = []
    known = {item["code"] for item in checklist.items}
    for code in sorted(set(findings) - known):
        missing.append(f"“{code}” is not on the checklist")
    for item in checklist.items:
        answer = findings.get(item["code"]) or {}
        finding, reason = answer.get("finding"), answer.get("reason", "")
        if finding not in Finding.values:
            missing.append(f"{item['text']}: not answered")
        elif finding == Finding.NOT_MET:
            missing.append(f"{item['text']}: not met" + (f" ({reason})" if reason else ""))
        elif finding == Finding.OWN_BASELINE and not reason:
            missing.append(f"{item['text']}: say what their own baseline is")
    return missing


@needs(at_stage(Stage.STABILIZING, Stage.ENGAGING, Stage.INTAKE, Stage.AFTERCARE))
@transaction.atomic
def clear(episode, *, basis, by, findings=None, reason="", hospital="", contact_number="", at=None):
    """The person may begin treatment, on this ground. Raises not_clear with the list of what is missing.

    Items and limits: domain default for clearance after ketamine; each may be met at the person's own baseline.
    An override is a prescriber's, with a reason. Raises clearance_needed when an overdose or a hospital stay
    is called no ground for looking.
    """
    episode = Episode.objects.lock(episode.pk)
    at = at or timezone.now()
    clear.require(episode)
    checklist = Checklist.objects.current("medical-clearance")
    findings = findings or {}
    if basis == ClearanceBasis.OVERRIDDEN:
        if not by.is_at(episode.facility, [Role.PRESCRIBER]):
            raise ValidationError("Only a prescriber here may override.", code="prescriber_needed")
    elif basis == ClearanceBasis.NOT_NEEDED:
        if episode.entry == Entry.OVERDOSE or episode.stage == Stage.STABILIZING:
            raise ValidationError(
                "After an overdose or a hospital stay the person is looked at first.", code="clearance_needed"
            )
    elif basis in NEEDS_CHECKLIST:
        missing = gaps(checklist, findings)
        if missing:
            raise ValidationError([ValidationError(gap, code="not_clear") for gap in missing])
    clearance = Clearance.objects.create(
        patient_id=episode.patient_id,
        facility_id=episode.facility_id,
        episode=episode,
        checklist=checklist,
        findings=findings,
        basis=basis,
        reason=reason,
        hospital=hospital,
        contact_number=contact_number,
        cleared_at=at,
        cleared_by=by,
    )
    ground = {"cleared_at": at, "cleared_by": by, "clearance_basis": basis}
    away = episode.absences.open().exists()
    if episode.stage == Stage.STABILIZING and not away:
        episode.move_to(Stage.ENGAGING, by=by, at=at, **ground)
        _bring_talk_forward(episode, by=by, at=at)
    else:
        for field, value in ground.items():
            setattr(episode, field, value)
        episode.save(update_fields=list(ground))
    return clearance


def _bring_talk_forward(episode, *, by, at):
    """From now on they may listen: the talk is owed within a day, or before they leave if that is sooner."""
    for talk in episode.conversations.planned():
        if talk.duty.due_at > at + TALK_WITHIN:
            duties.reschedule(talk.duty, due_at=at + TALK_WITHIN, by=by, at=at)
