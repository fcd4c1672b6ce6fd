"""Recording what a person uses, and what is owed because of it."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import Role
from duties import actions as duties
from patients import actions as patients
from patients.actions import needs
from patients.models import Episode, Stage, SubstanceUse

from ..models import HarmReductionOffer, MedicationOffer, WithdrawalReview
from ..models.uses import (
    MedicationResponse,
    Response,
    asks_for_harm_reduction,
    asks_for_opioid_medication,
    asks_for_withdrawal_review,
    before_the_night,
)
from .clearances import withdraw
from .investigations import hung_on
from .schedules import begin_for_use

OFFER_WITHIN = timedelta(hours=24)  # domain default
ASK_AGAIN_AFTER = timedelta(days=7)  # domain default


@transaction.atomic
def record_use(patient, *, facility, by, at=None, **fields):
    """What the person uses, as told by somebody at a time, and what follows from it."""
    return record_uses(patient, [fields], facility=facility, by=by, at=at)[0]


@transaction.atomic
def record_uses(patient, rows, *, facility, by, at=None):
    """Several at once."""
    at = at or timezone.now()
    uses = patients.record_uses(patient, rows, facility=facility, by=by, at=at)
    _follow(patient, uses, by=by, at=at)
    return uses


@transaction.atomic
def screen_use(patient, *, facility, by, at=None, **answers):
    """The whole list was asked, and what follows from the answers."""
    at = at or timezone.now()
    screening, uses = patients.screen_use(patient, facility=facility, by=by, at=at, **answers)
    _follow(patient, uses, by=by, at=at)
    return screening


def open_episode(patient):
    """The open episode of a locked person, locked, on whichever of their records it is; or None."""
    episode = Episode.objects.open().filter(patient__in=patient.records()).first()
    return episode and Episode.objects.lock(episode.pk)


def _follow(patient, uses, *, by, at):
    """What is owed on an open thread because of these uses; each once."""
    episode = open_episode(patient) if uses else None
    if episode is None:
        return
    if episode.cleared_at and episode.stage != Stage.TREATMENT and any(_since(use, episode) for use in uses):
        withdraw(episode, reason="used since the clearance", by=by, at=at)
    _open(asked_for(episode, uses, at=at), by=by, at=at)
    if episode.stage == Stage.TREATMENT and any(use.is_ketamine() for use in uses):
        begin_for_use(episode, by=by, at=at)


def asked_for(episode, uses, *, at):
    """What these uses ask for on a locked thread: [(row, what `duties.open` takes)]."""
    wanted = []
    if asks_for_harm_reduction(uses):
        wanted += _offer(HarmReductionOffer, episode, due_at=at + OFFER_WITHIN)
    if any(use.is_opioid() for use in uses):
        wanted += _opioid_medication(episode, at=at)
    if asks_for_withdrawal_review(uses):
        wanted += _withdrawal_review(episode, uses, at=at)
    return wanted


def _since(use, episode):
    """Was this used after the person was cleared?"""
    return use.last_used_at is not None and use.last_used_at > episode.cleared_at


# Which ladder an offer is owed on, and who owes it.
OWED = {
    HarmReductionOffer: ("harm_reduction", Role.NURSE),
    MedicationOffer: ("moud_offer", Role.PRESCRIBER),
}


def _open(wanted, *, by, at):
    """These rows are owed: each is written with its duty, all of which are opened in the statements of one."""
    for row in hung_on(duties.open_all([owed for _, owed in wanted], by=by, at=at), wanted):
        row.save()


def _offer(model, episode, *, due_at):
    """An offer is owed, unless one is: the row, or the one that was planned before, with what is to be opened."""
    offer = model.objects.planned().select_related("duty").filter(patient=episode.patient_id).first()
    if offer is not None and offer.duty.is_open():
        return []
    offer = offer or model(patient_id=episode.patient_id)
    offer.facility, offer.episode = episode.facility, episode
    slug, role = OWED[model]
    return [(offer, _owed(episode, slug, role, due_at))]


def _owed(episode, slug, role, due_at):
    """What `duties.open` takes."""
    return {
        "slug": slug,
        "facility": episode.facility,
        "episode": episode,
        "owner_role": role,
        "due_at": due_at,
    }


def _opioid_medication(episode, *, at):
    """Once an episode, to somebody for whom opioids come first."""
    if not asks_for_opioid_medication(SubstanceUse.objects.current().filter(patient__in=episode.patient.records())):
        return []
    if episode.medication_offers.right().exclude(offered_at=None).exists():
        return []
    return _offer(MedicationOffer, episode, due_at=at + OFFER_WITHIN)


def _withdrawal_review(episode, uses, *, at):
    """A prescriber's review is owed before the night, for what was not looked at in this episode."""
    known = list(episode.withdrawal_reviews.right().select_related("duty"))
    done = [review for review in known if review.reviewed_at]
    substances = asks_for_withdrawal_review(use for use in uses if not any(review.covers(use) for review in done))
    if not substances:
        return []
    review = next((review for review in known if not review.reviewed_at), None)
    review = review or WithdrawalReview(patient_id=episode.patient_id, episode=episode, substances=[])
    review.facility = episode.facility
    review.substances = sorted({*review.substances, *substances})
    if review.duty_id is not None and review.duty.is_open():
        review.save()
        return []
    due_at = before_the_night(episode.facility, at)
    return [(review, _owed(episode, "withdrawal_review", Role.PRESCRIBER, due_at))]


def is_right(row):
    """Raise error_marked."""
    if row.entered_in_error_at:
        raise ValidationError("This is marked as entered in error.", code="error_marked")


def is_to_be_offered(offer):
    """Raise done_already."""
    if offer.offered_at:
        raise ValidationError("This was recorded already.", code="done_already")


def is_to_be_reviewed(review):
    """Raise done_already."""
    if review.reviewed_at:
        raise ValidationError("This was recorded already.", code="done_already")


def _locked(row, action):
    """A planned row, its episode locked before it."""
    Episode.objects.lock(row.episode_id)
    row = type(row).objects.lock(row.pk)
    action.require(row)
    return row


def _made(offer, *, again, ask_again_at, by, at, **said):
    """Write down what came of an offer; when the person wants to be asked again, that is owed."""
    if ask_again_at and not again:
        raise ValidationError("Only “ask again” has a time to ask again.", code="not_later")
    for field, value in {**said, "offered_at": at, "offered_by": by}.items():
        setattr(offer, field, value)
    offer.save()
    if offer.duty.is_open():
        duties.resolve(offer.duty, by=by, at=at, reason=offer.get_response_display())
    if again and offer.episode.closed_at is None:
        _open(_offer(type(offer), offer.episode, due_at=ask_again_at or at + ASK_AGAIN_AFTER), by=by, at=at)
    offer.refresh_from_db()
    return offer


@needs(is_to_be_offered, is_right)
@transaction.atomic
def offer_harm_reduction(offer, *, offered, response, note="", ask_again_at=None, by, at=None):
    """Harm reduction was offered. Raises offer_empty, done_already, not_later."""
    offer = _locked(offer, offer_harm_reduction)
    again = response == Response.LATER
    said = {"offered": sorted(set(offered)), "response": response, "note": note}
    return _made(offer, again=again, ask_again_at=ask_again_at, by=by, at=at or timezone.now(), **said)


@needs(is_to_be_offered, is_right)
@transaction.atomic
def offer_medication(offer, *, response, medication="", referred_to="", note="", ask_again_at=None, by, at=None):
    """Medication for opioid use disorder, or a referral, was offered. Raises referred_nowhere, done_already."""
    offer = _locked(offer, offer_medication)
    again = response == MedicationResponse.LATER
    said = {"response": response, "medication": medication, "referred_to": referred_to, "note": note}
    return _made(offer, again=again, ask_again_at=ask_again_at, by=by, at=at or timezone.now(), **said)


@needs(is_to_be_reviewed, is_right)
@transaction.atomic
def record_withdrawal_review(review, *, taper, plan, scale="", score=None, by, at=None):
    """A prescriber reviewed withdrawal. Raises plan_missing, scale_missing, done_already."""
    review = _locked(review, record_withdrawal_review)
    at = at or timezone.now()
    review.reviewed_at, review.reviewed_by = at, by
    review.taper, review.plan, review.scale, review.score = taper, plan, scale, score
    review.save()
    if review.duty.is_open():
        duties.resolve(review.duty, by=by, at=at, reason="reviewed")
    review.refresh_from_db()
    return review
