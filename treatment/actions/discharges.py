"""The treatment side of leaving; where it leads is aftercare's."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, Subquery
from django.utils import timezone

from accounts.models import Role
from duties import actions as duties
from patients.actions import needs
from patients.models import Episode

from ..models import (
    BedHold,
    Checklist,
    Departure,
    DepartureKind,
    Discharge,
    DischargeProposal,
    DischargeReason,
    ProposalOutcome,
    TransferKind,
)
from ..models.discharges import TRANSFERS, Said
from . import transfers
from .departures import begin, owed, settle
from .holds import settle_hold
from .placements import end_placements, main_of, open_placements
from .proposals import end_proposals
from .summaries import draft

SIGN_SUMMARY_WITHIN = timedelta(hours=72)
REST_WITHIN = timedelta(hours=24)
INFORMATION = {"crisis", "overdose", "tolerance", "naloxone"}


def gaps(checklist, answers, reason=None):
    """What has not been said or given, in sentences; with a reason, only what must be done before leaving so."""
    missing = []
    for item in checklist.items:
        if reason is not None and reason not in item["before"]:
            continue
        answer = (answers.get(item["code"]) or {}).get("answer")
        if answer not in Said.values:
            missing.append(f"{item['text']}: not answered")
        elif answer == Said.NOT_DONE:
            missing.append(f"{item['text']}: not done")
    return missing


def _talked_about(answers):
    """The items of the checklist that were talked about or offered."""
    return {code for code, one in answers.items() if one.get("answer") in (Said.DONE, Said.DECLINED)}


def offered_information(answers):
    """Was each of crisis, overdose, lowered tolerance and naloxone talked about or offered?"""
    return _talked_about(answers) >= INFORMATION


def record(episode, *, reason, by, at, checklist_answers=None, summary="", going_to="", contact="", also=()):
    """End every placement of a locked episode with its bed, and a leave; write the discharge from the main one.

    Raises not_placed; not_on_checklist; not_ready with the list of what a planned discharge still needs;
    two_signatures_needed; search_first; destination_missing. What an unplanned one could not do is owed afterwards.
    After a transfer the person is on the way. The summary is drafted from the record unless given. `also` are
    duties of the caller's, opened along; returns (discharge, they).
    """
    places = open_placements(
        episode,
        proposed=Exists(DischargeProposal.objects.open().filter(episode=episode)),
        searched=Exists(Departure.objects.open().filter(episode=episode)),
        holds_bed=Exists(BedHold.objects.holding(at).filter(episode=episode)),
        checklist=Subquery(Checklist.objects.of("discharge").values("pk")[:1]),
        items=Subquery(Checklist.objects.of("discharge").values("items")[:1]),
    )
    main = main_of(places)
    checklist, answers = Checklist(pk=main.checklist, items=main.items), checklist_answers or {}
    _require_known(checklist, answers)
    missing = gaps(checklist, answers, reason)
    if missing:
        raise ValidationError([ValidationError(gap, code="not_ready") for gap in missing])
    proposal = _proposal(episode, reason, proposed=main.proposed, by=by, at=at)
    departure = episode.departures.open().first() if main.searched else None
    begins_search = settle(reason, departure=departure, by=by, at=at)
    about, left = {"facility": main.facility, "episode": episode}, gaps(checklist, answers)
    wanted = {
        "summary": {
            "slug": "sign_summary",
            "owner": by,
            "owner_role": Role.COUNSELOR,
            "due_at": at + SIGN_SUMMARY_WITHIN,
            **about,
        }
    }
    if left:
        wanted["rest"] = {
            "slug": "discharge_rest",
            "owner_role": Role.COUNSELOR,
            "due_at": at + REST_WITHIN,
            "note": "; ".join(left),
            **about,
        }
    if begins_search:
        wanted["search"], wanted["risk"] = owed(episode, main, DepartureKind.AGAINST_ADVICE, at=at)
    if reason in TRANSFERS:
        to = {"owner_role": Role.COUNSELOR, **about}
        wanted["arrival"] = transfers.arrival_owed(TransferKind.DISCHARGE, going_to, **to, at=at)
    if main.holds_bed:
        settle_hold(episode, by=by, at=at)
    words, also = DischargeReason(reason).label, [*wanted.values(), *also]
    opened = end_placements(episode, places, told=_talked_about(answers), by=by, at=at, reason=words, also=also)
    made = dict(zip(wanted, opened, strict=False))
    if begins_search:
        against = {"search_duty": made["search"], "risk_duty": made["risk"]}
        begin(episode, main, DepartureKind.AGAINST_ADVICE, by=by, at=at, **against)
    discharge = Discharge(
        patient_id=episode.patient_id,
        facility=main.facility,
        episode=episode,
        placement=main,
        reason=reason,
        going_to=going_to,
        checklist=checklist,
        checklist_answers=answers,
        information_offered=offered_information(answers),
        rest_duty=made.get("rest"),
        proposal=proposal,
        summary_duty=made["summary"],
        discharged_at=at,
        discharged_by=by,
    )
    discharge.summary = summary or draft(discharge)
    discharge.save(force_insert=True)
    if reason in TRANSFERS:
        to = {"destination": going_to, "contact": contact, "discharge": discharge}
        transfers.begin(episode, TransferKind.DISCHARGE, duty=made["arrival"], **to, by=by, at=at)
    return discharge, opened[len(wanted) :]


def _require_known(checklist, answers):
    if set(answers) - {item["code"] for item in checklist.items}:
        raise ValidationError("This is not on the checklist.", code="not_on_checklist")


def _proposal(episode, reason, *, proposed, by, at):
    """The agreed proposal when the facility ends treatment; any other open one is withdrawn."""
    if reason != DischargeReason.BY_FACILITY:
        if proposed:
            end_proposals(episode, ProposalOutcome.WITHDRAWN, by=by, at=at, note=DischargeReason(reason).label)
        return None
    proposal = episode.discharge_proposals.agreed().first()
    if proposal is None:
        raise ValidationError(
            "Ending somebody's treatment needs a proposal signed by two, with an alternative.",
            code="two_signatures_needed",
        )
    end_proposals(episode, ProposalOutcome.CARRIED_OUT, by=by, at=at)
    return proposal


def is_right(discharge):
    """Raise error_marked."""
    if discharge.entered_in_error_at:
        raise ValidationError("This discharge is marked as entered in error.", code="error_marked")


def has_checklist(discharge):
    """Raise not_on_checklist for one that was written before there was a checklist."""
    if discharge.checklist_id is None:
        raise ValidationError("This discharge has no checklist.", code="not_on_checklist")


def is_draft(discharge):
    """Raise summary_signed."""
    if discharge.summary_signed_at:
        raise ValidationError(Discharge.refusals["a_signed_summary_never_changes"][1], code="summary_signed")


def _locked(discharge, action):
    """The discharge, locked after its episode, when the action may still be done to it."""
    Episode.objects.lock(discharge.episode_id)
    discharge = Discharge.objects.select_related("rest_duty", "summary_duty", "checklist").lock(discharge.pk)
    action.require(discharge)
    return discharge


@needs(is_right, has_checklist)
@transaction.atomic
def complete_checklist(discharge, *, checklist_answers, by, at=None):
    """Say what has been said or given since; with the last of it the duty ends. Raises not_on_checklist."""
    discharge = _locked(discharge, complete_checklist)
    at = at or timezone.now()
    _require_known(discharge.checklist, checklist_answers)
    answers = discharge.checklist_answers | checklist_answers
    discharge.checklist_answers, discharge.information_offered = answers, offered_information(answers)
    discharge.save(update_fields=["checklist_answers", "information_offered"])
    duty, left = discharge.rest_duty, gaps(discharge.checklist, answers)
    if duty is not None and duty.is_open():
        if left:
            duties.tried(duty, by=by, at=at, note="; ".join(left))
        else:
            duties.resolve(duty, by=by, at=at, reason="said and given")
    discharge.refresh_from_db()
    return discharge


@needs(is_right, is_draft)
@transaction.atomic
def write_summary(discharge, *, summary, by, at=None):
    """Change the draft of the summary. Raises summary_signed."""
    discharge = _locked(discharge, write_summary)
    discharge.summary = summary
    discharge.save(update_fields=["summary"])
    discharge.refresh_from_db()
    return discharge


@needs(is_right, is_draft)
@transaction.atomic
def sign_discharge_summary(discharge, *, by, at=None):
    """Sign the summary: from now on the database lets nobody change it. Raises summary_signed, summary_empty."""
    discharge = _locked(discharge, sign_discharge_summary)
    at = at or timezone.now()
    discharge.summary_signed_at, discharge.summary_signed_by = at, by
    discharge.save(update_fields=["summary_signed_at", "summary_signed_by"])
    if discharge.summary_duty_id and discharge.summary_duty.is_open():
        duties.resolve(discharge.summary_duty, by=by, at=at, reason="signed")
    discharge.refresh_from_db()
    return discharge
