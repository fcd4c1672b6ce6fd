"""Medical clearance."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import Role
from duties import actions as duties
from patients.actions import at_stage, needs
from patients.models import UNCLEARED, ClearanceBasis, Entry, Episode, Stage

from ..models import Checklist, Clearance
from ..models.clearances import Finding
from .conversations import TALK_WITHIN, bring_talk_forward

LOOK_AGAIN_WITHIN = timedelta(hours=4)
NEEDS_CHECKLIST = {ClearanceBasis.CLEARED, ClearanceBasis.SCREENED}


def gaps(checklist, findings, numbers=None):
    """What stands between these findings and clearance, in sentences. Numbers are those measured, by their name."""
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
        elif finding == Finding.MET and _is_outside(item, number := (numbers or {}).get(item.get("measured_as"))):
            missing.append(f"{item['text']}: {number} was measured; say their own baseline, or that it is not met")
    return missing


def _is_outside(item, number):
    """Is the number that was measured beyond the limits of its item?"""
    if number is None:
        return False
    return not item.get("low", number) <= number <= item.get("high", number)


@needs(at_stage(Stage.STABILIZING, Stage.ENGAGING, Stage.INTAKE, Stage.TREATMENT, Stage.AFTERCARE))
@transaction.atomic
def clear(episode, *, basis, by, findings=None, reason="", hospital="", contact_number="", at=None, **numbers):
    """The person may begin treatment, on this ground. Raises not_clear with the list of what is missing.

    Items and limits: domain default for clearance after ketamine; each may be met at the person's own baseline.
    An override is a prescriber's, with a reason. Raises clearance_needed when an overdose or a hospital stay
    is called no ground for looking. It lapses when the checklist says (domain 6.1: after 72 h); what was never
    needed does not lapse. In treatment it renews the ground, as another program may ask for more.
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
        missing = gaps(checklist, findings, numbers)
        if missing:
            raise ValidationError([ValidationError(gap, code="not_clear") for gap in missing])
    lapses_at = at + checklist.valid_for if checklist.valid_for and basis != ClearanceBasis.NOT_NEEDED else None
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
        lapses_at=lapses_at,
        **numbers,
    )
    ground = {"cleared_at": at, "cleared_by": by, "clearance_basis": basis, "clearance_lapses_at": lapses_at}
    away = episode.absences.open().exists()
    if episode.stage == Stage.STABILIZING and not away:
        episode.move_to(Stage.ENGAGING, by=by, at=at, **ground)
        # From now on they may listen.
        bring_talk_forward(episode, due_at=at + TALK_WITHIN, by=by, at=at)
    else:
        for field, value in ground.items():
            setattr(episode, field, value)
        episode.save(update_fields=list(ground))
    for earlier in episode.clearances.right().filter(look_again_duty__closed_at=None, look_again_duty__isnull=False):
        duties.resolve(earlier.look_again_duty, by=by, at=at, reason="looked at again")
    return clearance


def withdraw(episode, *, reason, by, at):
    """The clearance of a locked episode is taken back; looking at the person again is owed."""
    duty = duties.open(
        "clearance_again",
        facility=episode.facility,
        episode=episode,
        owner_role=Role.NURSE,
        due_at=at + LOOK_AGAIN_WITHIN,
        note=reason,
        by=by,
        at=at,
    )
    clearance = episode.clearances.in_force().order_by("cleared_at", "pk").last()
    clearance.withdrawn_at, clearance.withdrawn_by, clearance.withdrawn_reason = at, by, reason[:500]
    clearance.look_again_duty = duty
    clearance.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason", "look_again_duty"])
    for field, value in UNCLEARED.items():
        setattr(episode, field, value)
    episode.save(update_fields=list(UNCLEARED))
    return clearance


def is_cleared(episode):
    """Raise not_cleared where there is nothing to take back."""
    if episode.cleared_at is None:
        raise ValidationError("The person is not cleared now.", code="not_cleared")


@needs(at_stage(Stage.STABILIZING, Stage.ENGAGING, Stage.INTAKE, Stage.AFTERCARE), is_cleared)
@transaction.atomic
def withdraw_clearance(episode, *, reason, by, at=None):
    """New use or symptoms: what was found does not hold any more. Raises not_cleared.

    Whoever is in treatment already is sent out instead, which withdraws it too.
    """
    episode = Episode.objects.lock(episode.pk)
    at = at or timezone.now()
    withdraw_clearance.require(episode)
    clearance = withdraw(episode, reason=reason, by=by, at=at)
    clearance.refresh_from_db()
    return clearance
