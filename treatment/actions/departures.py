"""Somebody is missing, or left against advice: the search, the risk, the police, and how it ended (domain 10)."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.actions import refuse
from accounts.models import Role
from duties import actions as duties
from patients.actions import at_stage, needs
from patients.models import Episode, Stage

from ..models import Checklist, Departure, DischargeReason
from ..models.departures import DepartureKind, DepartureOutcome
from .absences import bed_to_find, end_absence, is_not_in_hospital, pause_at_bedside, resume_at_bedside
from .observations import drop_orders
from .placements import HOLD_BED_FOR, NOTHING, back_to_bed, main_of, open_placements

DECIDE_WITHIN = timedelta(hours=1)  # a clinician's risk decision, from discovery (domain 10)
HERE = [Stage.STABILIZING, Stage.ENGAGING, Stage.INTAKE, Stage.TREATMENT]  # most who leave do so before treatment


def is_not_looked_for(episode):
    """Raise missing_already."""
    if episode.departures.open().exists():
        refuse(Departure, "one_search_at_a_time")


@needs(at_stage(*HERE), is_not_looked_for, is_not_in_hospital)
@transaction.atomic
def report_missing(
    episode, *, kind=DepartureKind.MISSING, last_seen="", circumstances="", hold_bed_until=None, by, at=None
):
    """Somebody is not where they should be: the search and the call begin now, and the bed is kept.

    A leave they did not come back from is over, and what is owed at the bedside rests. Before treatment `kind` may
    say that they left against advice; in treatment a discharge says so, and begins the search.
    Raises missing_already, away_already, hold_in_the_past, discharge_instead.
    """
    episode = Episode.objects.lock(episode.pk)
    at = at or timezone.now()
    _, _, leave = report_missing.require(episode)
    in_treatment = episode.stage == Stage.TREATMENT
    if in_treatment and kind != DepartureKind.MISSING:
        raise ValidationError(
            "Discharge the person as having left against advice: the search begins with it.", code="discharge_instead"
        )
    hold_bed_until = hold_bed_until or at + HOLD_BED_FOR
    if hold_bed_until <= at:
        raise ValidationError("Keep the bed until some time after it was noticed.", code="hold_in_the_past")
    placement = main_of(open_placements(episode)) if in_treatment else None
    if leave is not None:
        end_absence(leave, by=by, at=at, reason="did not come back")
    if placement and placement.has_bed:
        placement.bed_stays.open().update(held_until_at=hold_bed_until)
    pause_at_bedside(episode, until=hold_bed_until, reason="missing", by=by, at=at)
    search, risk = duties.open_all(owed(episode, placement, kind, at=at), by=by, at=at)
    return begin(
        episode,
        placement,
        kind,
        search_duty=search,
        risk_duty=risk,
        absence=leave,
        last_seen=last_seen,
        circumstances=circumstances,
        by=by,
        at=at,
    )


def owed(episode, placement, kind, *, at):
    """What is owed for somebody who left: finding them from now on, and judging the risk within the hour."""
    facility = (placement or episode).facility
    about = {"facility": facility, "episode": episode, "note": DepartureKind(kind).label}
    return [
        {"slug": "missing_search", "owner_role": Role.NURSE, "due_at": at, **about},
        {
            "slug": "missing_risk_decision",
            "owner_role": Role.PRESCRIBER,
            "due_at": at + DECIDE_WITHIN,
            **about,
        },
    ]


def begin(episode, placement, kind, *, search_duty, risk_duty, by, at, **fields):
    """Somebody of a locked episode left, from a placement or before any; what is owed for that has been opened."""
    return Departure.objects.create(
        patient_id=episode.patient_id,
        facility=search_duty.facility,
        episode=episode,
        placement=placement,
        kind=kind,
        search_duty=search_duty,
        risk_duty=risk_duty,
        noticed_at=at,
        noticed_by=by,
        **fields,
    )


def is_looked_for(departure):
    """Raise search_over."""
    if departure.ended_at or departure.entered_in_error_at:
        raise ValidationError("This search has ended.", code="search_over")


def risk_is_judged(departure):
    """Raise risk_not_decided."""
    if departure.risk_at is None:
        raise ValidationError("A clinician says first how great the risk is.", code="risk_not_decided")


def _locked(departure, action):
    """The search, locked after its episode, when the action may still be done to it."""
    episode = Episode.objects.lock(departure.episode_id)
    departure = Departure.objects.select_related("risk_duty__ladder", "placement__program__facility").lock(
        departure.pk
    )
    action.require(departure)
    departure.episode = episode
    return departure


def repeat_after(risk):
    """When the next decision is due after this one: versioned data, the sooner the greater the risk."""
    items = Checklist.objects.current("missing-risk").items
    return timedelta(hours=next(item["again_after_hours"] for item in items if item["code"] == risk))


@needs(is_looked_for)
@transaction.atomic
def record_risk_decision(departure, *, risk, reason, by, at=None):
    """A clinician says how great the risk is; the next decision is owed, the sooner the greater it is."""
    departure = _locked(departure, record_risk_decision)
    at = at or timezone.now()
    departure.risk, departure.risk_reason = risk, reason
    departure.risk_at, departure.risk_by = at, by
    due_at, said = at + repeat_after(risk), f"{departure.get_risk_display()}: {reason}"
    if departure.risk_duty.is_open():
        departure.risk_duty = duties.renew(departure.risk_duty, due_at=due_at, by=by, at=at, note=said)
    else:
        departure.risk_duty = duties.open(
            "missing_risk_decision",
            facility=departure.facility,
            episode=departure.episode,
            owner_role=Role.PRESCRIBER,
            due_at=due_at,
            note=said,
            by=by,
            at=at,
        )
    departure.save(update_fields=["risk", "risk_reason", "risk_at", "risk_by", "risk_duty"])
    departure.refresh_from_db()
    return departure


@needs(is_looked_for)
@transaction.atomic
def record_police_contact(departure, *, basis, told, by, at=None):
    """The police were told, on this basis, this and no more. Raises police_basis_missing."""
    departure = _locked(departure, record_police_contact)
    departure.police_at, departure.police_by = at or timezone.now(), by
    departure.police_basis, departure.police_told = basis, told
    departure.save(update_fields=["police_at", "police_by", "police_basis", "police_told"])
    departure.refresh_from_db()
    return departure


@needs(is_looked_for)
@transaction.atomic
def found(departure, *, note="", bed=None, bed_override="", by, at=None):
    """The person is back, or known to be safe. Whoever is still in treatment has their bed again, or another."""
    departure = _locked(departure, found)
    at = at or timezone.now()
    placement, episode = departure.placement, departure.episode
    if placement and episode.stage == Stage.TREATMENT and placement.ended_at is None:
        back_to_bed(placement, bed, override=bed_override, episode=episode, by=by, at=at)
    if episode.stage in HERE:
        resume_at_bedside(episode, note="found", by=by, at=at)
    also = bed_to_find(placement.pk) if placement else NOTHING
    _end(departure, DepartureOutcome.FOUND, duties.resolve_each, note=note, also=also, by=by, at=at)
    departure.refresh_from_db()
    return departure


@needs(is_looked_for, risk_is_judged)
@transaction.atomic
def end_search(departure, *, reason, by, at=None):
    """Stop looking: a decision somebody signs for. Raises risk_not_decided before a clinician judged the risk."""
    departure, at = _locked(departure, end_search), at or timezone.now()
    if departure.placement_id is None and departure.episode.stage in HERE:
        drop_orders(departure.episode, reason="left", by=by, at=at)
    _end(departure, DepartureOutcome.SEARCH_ENDED, duties.cancel_each, note=reason, by=by, at=at)
    departure.refresh_from_db()
    return departure


def _end(departure, outcome, close_each, *, note, by, at, also=NOTHING):
    """The search is over: it is owed no more, nor a decision about the risk, nor `also`."""
    departure.ended_at, departure.ended_by, departure.outcome, departure.note = at, by, outcome, note
    departure.save(update_fields=["ended_at", "ended_by", "outcome", "note"])
    owed = Q(search_for=departure) | Q(risk_of=departure) | also
    close_each(departure.episode.duties.filter(owed), by=by, at=at, reason=departure.get_outcome_display())


def end_departures(episode, *, note, by, at):
    """The thread of a locked episode ends, and with it the open search."""
    for departure in episode.departures.open():
        _end(departure, DepartureOutcome.CLOSED, duties.cancel_each, note=note, by=by, at=at)


def settle(reason, *, departure, by, at):
    """What a discharge for this reason means for the search: leaving without a word is looked for first.

    Raises search_first, risk_not_decided. The search goes on after the discharge, until the person is found or
    somebody ends it; for somebody who left against advice it begins. Returns whether it has to begin.
    """
    if reason == DischargeReason.ABSCONDED:
        if departure is None:
            raise ValidationError("Report the person missing first: somebody looks for them.", code="search_first")
        risk_is_judged(departure)
    elif reason != DischargeReason.AGAINST_ADVICE and departure is not None:
        note = DischargeReason(reason).label
        _end(departure, DepartureOutcome.SEARCH_ENDED, duties.cancel_each, note=note, by=by, at=at)
    return reason == DischargeReason.AGAINST_ADVICE and departure is None
