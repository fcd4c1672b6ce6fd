"""Closing an episode; reporting, confirming and withdrawing a death."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import Role
from duties import actions as duties
from duties.models import Duty, Notice, NoticeState
from patients import actions as patients
from patients.actions import needs
from patients.models import CloseReason, Episode, Patient, Stage
from treatment.actions.absences import end_absence
from treatment.actions.appointments import cancel_planned
from treatment.actions.departures import end_departures
from treatment.actions.holds import settle_hold
from treatment.actions.investigations import end_with_episode
from treatment.actions.placements import end_placements, open_placements
from treatment.actions.proposals import end_proposals
from treatment.actions.random_tests import end_random_tests
from treatment.actions.transfers import call_off
from treatment.actions.waiting import end_entries
from treatment.models import (
    Absence,
    Appointment,
    BedHold,
    BodyCheck,
    Clearance,
    Conversation,
    Departure,
    Discharge,
    DischargeProposal,
    Handover,
    Intake,
    Offer,
    Placement,
    ProposalOutcome,
    RandomSchedule,
    Transfer,
    TransferOutcome,
    UrologyReferral,
    WaitListEntry,
)
from treatment.models.waiting import LeftBecause

from ..models import AftercarePlan, DeathReport, PlanEnd
from .plans import end_plan

PAUSE = timedelta(hours=72)
FIND_OUT_WITHIN = timedelta(hours=24)
OFFERING = {Stage.REFERRED, Stage.STABILIZING, Stage.ENGAGING}
NOT_THE_PERSON_S_WORD = {CloseReason.COMPLETED, CloseReason.TRANSFERRED, CloseReason.ADMINISTRATIVE}
# Nobody else took the person on, nor did they say no.
OURS_ALONE = {CloseReason.COMPLETED, CloseReason.ADMINISTRATIVE}
# What stands for somebody's safety beside ladders that are critical: it is done, or said not to be owed, first.
SAFETY = (
    "answers_review", "arrival_observation", "ask_again", "bladder_review", "medical_review", "missing_risk_decision",
    "missing_search", "red_call", "safety_contact", "safety_review", "withdrawal_review",
)  # fmt: skip


def shut(episode, *, reason, note, by, at):
    """Close a locked episode and cancel whatever is still owed on it, in the caller's transaction."""
    goes_on = _goes_on(episode)
    for plan in episode.aftercare_plans.active() if goes_on["plan"] else ():
        end_plan(plan, reason=PlanEnd.CLOSED, by=by, at=at)
    for absence in episode.absences.open() if goes_on["absence"] else ():
        end_absence(absence, by=by, at=at, reason="episode closed")
    if goes_on["placement"]:
        end_placements(episode, open_placements(episode), by=by, at=at, reason=CloseReason(reason).label)
    if goes_on["hold"]:
        settle_hold(episode, by=by, at=at)
    if goes_on["waiting"]:
        end_entries(episode, LeftBecause.CLOSED, by=by, at=at)
    if goes_on["search"]:
        end_departures(episode, note="episode closed", by=by, at=at)
    if goes_on["proposal"]:
        end_proposals(episode, ProposalOutcome.WITHDRAWN, note="episode closed", by=by, at=at)
    if goes_on["transfer"]:
        call_off(episode, note="episode closed", by=by, at=at)
    ended = f"episode closed: {CloseReason(reason).label}"
    if goes_on["appointment"]:
        cancel_planned(episode, words="episode closed", by=by, at=at)
    if goes_on["chance"]:
        end_random_tests(episode, reason=ended, by=by, at=at)
    if goes_on["checks"] or goes_on["referral"]:
        end_with_episode(episode, reason=ended, by=by, at=at)
    duties.cancel_each(episode.duties, by=by, at=at, reason=ended)
    episode.move_to(
        Stage.CLOSED,
        by=by,
        at=at,
        reason=note,
        closed_at=at,
        closed_by=by,
        close_reason=reason,
    )


def _goes_on(episode):
    """What of a locked episode has not ended, in one statement: {name: whether there is any}."""
    open_rows = {
        "plan": AftercarePlan.objects.active(),
        "absence": Absence.objects.open(),
        "placement": Placement.objects.open(),
        "hold": BedHold.objects.open(),
        "waiting": WaitListEntry.objects.open(),
        "search": Departure.objects.open(),
        "proposal": DischargeProposal.objects.open(),
        "transfer": Transfer.objects.open(),
        "chance": RandomSchedule.objects.right().filter(ended_at=None),
        "checks": BodyCheck.objects.open(),
        "referral": UrologyReferral.objects.open(),
        "appointment": Appointment.objects.planned(),
    }
    asked = {name: Exists(rows.filter(episode=OuterRef("pk"))) for name, rows in open_rows.items()}
    return Episode.objects.filter(pk=episode.pk).values(**asked).get()


def may_be_closed(episode):
    """Raise closed_already or still_in_treatment."""
    if episode.stage == Stage.CLOSED:
        raise ValidationError("This episode is closed already.", code="closed_already")
    if episode.stage == Stage.TREATMENT:
        raise ValidationError("Discharge the person first.", code="still_in_treatment")


@needs(may_be_closed)
@transaction.atomic
def close(episode, *, reason, note="", by, at=None):
    """Close an episode: a signed decision with a coded reason. Re-entry is always open.

    Raises still_in_treatment (discharge first), report_the_death, declare_lost (its own decision, `lost.py`),
    arrival_not_confirmed (domain 10: also for any other reason of ours, while somebody is on the way),
    not_asked (a no without the two questions of domain 10, or a closing of ours before treatment without them);
    for a closing of ours alone safety_owed, with what it is; reason_missing for an administrative one without words.
    """
    episode = Episode.objects.lock(episode.pk)
    at = at or timezone.now()
    if reason == CloseReason.DIED:
        raise ValidationError("A death is reported and then confirmed.", code="report_the_death")
    if reason == CloseReason.LOST:
        raise ValidationError("That contact is lost is declared by a supervisor.", code="declare_lost")
    close.require(episode)
    if reason in NOT_THE_PERSON_S_WORD:
        is_nowhere_on_the_way(episode)
    if reason == CloseReason.ADMINISTRATIVE and not note.strip():
        raise ValidationError("Say in words why the program closes this.", code="reason_missing")
    if reason in OURS_ALONE:
        _is_safe(episode)
    if reason == CloseReason.TRANSFERRED and not _has_arrived(episode):
        _refuse_as_unconfirmed()
    if episode.stage in OFFERING and _was_never_asked(episode, reason):
        raise ValidationError(
            "Record the talk first: may we contact the person again, and was information offered?",
            code="not_asked",
        )
    shut(episode, reason=reason, note=note, by=by, at=at)
    return episode


def is_nowhere_on_the_way(episode):
    """Raise arrival_not_confirmed: whoever was sent on is not written off before it is known what became of them."""
    if episode.transfers.open().exists():
        _refuse_as_unconfirmed()


def _is_safe(episode):
    """Raise safety_owed, with the list: nobody is closed on by us while they are in danger, or looked for."""
    owed = episode.duties.open().filter(Q(ladder__critical=True) | Q(ladder__slug__in=SAFETY))
    names = list(owed.order_by("due_at").values_list("ladder__name", flat=True)[:5])
    if names:
        raise ValidationError(
            "Something for the person's safety is owed still: %(what)s. See to that first.",
            code="safety_owed",
            params={"what": "; ".join(names)},
        )


def _refuse_as_unconfirmed():
    raise ValidationError("Nobody has confirmed that the person arrived elsewhere.", code="arrival_not_confirmed")


def _has_arrived(episode):
    """Did they arrive where they were sent last?"""
    sent = episode.transfers.right().exclude(outcome=TransferOutcome.CALLED_OFF).order_by("left_at", "pk").last()
    return sent is not None and sent.outcome == TransferOutcome.ARRIVED


def _was_never_asked(episode, reason):
    """Is a no to be closed on that nobody has recorded with its two questions? Withdrawing from a talk is a no.

    So is ending it ourselves before it: whoever goes without it was told nothing.
    """
    if reason == CloseReason.WITHDREW or reason in OURS_ALONE:
        no = episode.conversations.planned().exists()
    else:
        no = reason == CloseReason.DECLINED
    return no and not episode.conversations.asked().exists()


# What the road itself is made of: marked with its thread, since alone it would leave a person half way.
OF_THE_ROAD = (
    Handover, Clearance, Conversation, Intake, WaitListEntry, Offer, Placement, Departure, DischargeProposal,
    Discharge, Transfer, AftercarePlan,
)  # fmt: skip


@transaction.atomic
def mark_error(episode, *, reason, by, at=None):
    """The thread was begun by mistake, or for the wrong person: it ends wherever it is, and counts for nothing.

    Nobody is followed up because of it, as after a discharge. What the road is made of is marked with it; what was
    written down along it is marked one by one, since some of it may be of this person.
    """
    episode = Episode.objects.lock(episode.pk)
    at = at or timezone.now()
    if episode.stage != Stage.CLOSED:
        shut(episode, reason=CloseReason.ADMINISTRATIVE, note=reason, by=by, at=at)
    marked = {"entered_in_error_at": at, "entered_in_error_by": by, "entered_in_error_reason": reason}
    for noun in OF_THE_ROAD:
        noun.objects.right().filter(episode=episode).update(**marked)
    return patients.mark_error(episode, reason=reason, by=by, at=at)


def is_not_reported_dead(patient):
    """Raise death_reported."""
    if patient.is_reported_dead():
        raise ValidationError("A death has been reported already.", code="death_reported")


@needs(is_not_reported_dead)
@transaction.atomic
def report_death(patient, *, facility, told_by, by, at=None):
    """Somebody said the person died: every message to them stops now, and finding out is owed."""
    patient = Patient.objects.lock_survivor(patient.pk)
    at = at or timezone.now()
    report_death.require(patient)
    episode = _open_episode(patient)
    patient.death_reported_at, patient.death_reported_by = at, by
    patient.save(update_fields=["death_reported_at", "death_reported_by"])
    review = duties.open(
        "death_review",
        facility=facility,
        patient=patient,
        episode=episode,
        owner_role=Role.SUPERVISOR,
        due_at=at + FIND_OUT_WITHIN,
        by=by,
        at=at,
    )
    others = _duties(patient).exclude(pk=review.pk)
    duties.suspend_each(others, until=at + PAUSE, by=by, at=at, reason="a death was reported")
    Notice.objects.filter(patient__in=patient.records(), to_patient=True).unsent().update(
        state=NoticeState.CANCELED, state_reason="death reported"
    )
    return DeathReport.objects.create(
        patient=patient,
        facility=facility,
        episode=episode,
        duty=review,
        told_by=told_by,
        reported_at=at,
        reported_by=by,
    )


def _open_episode(patient):
    """The open episode of a locked person, locked, on whichever of their records it is."""
    episode = Episode.objects.open().filter(patient__in=patient.records()).first()
    return episode and Episode.objects.lock(episode.pk)


def _duties(patient):
    """What is owed to a person, on whichever of their records."""
    return Duty.objects.filter(patient__in=patient.records())


def tell_of_a_sign_of_life(patient, *, by, at):
    """Somebody answered or wrote who was reported dead: whoever owes finding out hears at once, and once."""
    if not (patient.death_reported_at or patient.merged_into_id) or not patient.is_reported_dead():
        return  # nearly always, and not asked for
    reviews = _duties(patient).open().filter(ladder__slug="death_review", climb=0)
    duties.reschedule_each(reviews, due_at=at, by=by, at=at, note="heard from since: an answer or a message came in")


def is_undecided(report):
    """Raise death_confirmed, report_withdrawn."""
    if report.confirmed_at:
        raise ValidationError("This death is confirmed.", code="death_confirmed")
    if report.withdrawn_at:
        raise ValidationError("This report was withdrawn.", code="report_withdrawn")


def _locked_report(report):
    patient = Patient.objects.lock(report.patient_id)
    report = DeathReport.objects.lock(report.pk)
    is_undecided(report)
    return patient, report


@needs(is_undecided)
@transaction.atomic
def confirm_death(report, *, reason, by, at=None):
    """The death is confirmed: the episode closes, and nothing more is owed to the person."""
    patient, report = _locked_report(report)
    at = at or timezone.now()
    episode = _open_episode(patient)
    patient.death_confirmed_at, patient.death_confirmed_by = at, by
    patient.save(update_fields=["death_confirmed_at", "death_confirmed_by"])
    report.confirmed_at, report.confirmed_by, report.reason = at, by, reason
    report.save(update_fields=["confirmed_at", "confirmed_by", "reason"])
    if report.duty.is_open():
        duties.resolve(report.duty, by=by, at=at, reason="confirmed")
    if episode:
        shut(episode, reason=CloseReason.DIED, note=reason, by=by, at=at)
    duties.cancel_each(_duties(patient), by=by, at=at, reason="the person died")
    report.refresh_from_db()
    return report


@needs(is_undecided)
@transaction.atomic
def withdraw_death_report(report, *, reason, by, at=None):
    """The person is alive: what was paused goes on."""
    patient, report = _locked_report(report)
    at = at or timezone.now()
    patient.death_reported_at = patient.death_reported_by = None
    patient.save(update_fields=["death_reported_at", "death_reported_by"])
    report.withdrawn_at, report.withdrawn_by, report.reason = at, by, reason
    report.save(update_fields=["withdrawn_at", "withdrawn_by", "reason"])
    _open_episode(patient)  # for the order of locks
    for duty in _duties(patient).open().exclude(suspended_at=None).order_by("pk"):
        duties.resume(duty, by=by, at=at)
    if report.duty.is_open():
        duties.resolve(report.duty, by=by, at=at, reason="the person is alive")
    report.refresh_from_db()
    return report
