"""A place offered to somebody who waits: accepted, declined, withdrawn, or not answered in time."""

import logging
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.actions import refuse
from accounts.models import Role, User
from duties import actions as duties
from patients.actions import needs
from patients.models import Episode, Stage

from ..models import Bed, Offer, OfferOutcome, Program, WaitListEntry
from .placements import admit, move
from .programs import check_age, check_bed, check_free, check_room
from .waiting import end_offer, is_waiting, locked, place_freed

log = logging.getLogger(__name__)

HOLDS_FOR = timedelta(hours=48)  # domain default
REMIND_BEFORE = timedelta(hours=4)


def has_no_offer(entry):
    """Raise offered_already."""
    if entry.offers.open().exists():
        refuse(Offer, "one_offer_at_a_time")


@needs(is_waiting, has_no_offer)
@transaction.atomic
def offer_place(entry, *, bed=None, bed_override="", until_at=None, note="", by, at=None):
    """Keep a place for somebody until they answer. Raises program_full, bed_taken, bed_offered, offered_already."""
    entry = locked(entry)
    has_no_offer(entry)
    program = Program.objects.lock(entry.program_id)
    at = at or timezone.now()
    until_at = until_at or at + HOLDS_FOR
    if program.closed_at or bed is not None:
        bed = bed and Bed.objects.select_related("unit__facility").lock(bed.pk)
        bed_override = check_bed(program, bed, episode=entry.episode, at=at, override=bed_override)
        check_free(bed)
    check_age(program, entry.episode, at=at)
    check_room(program, episode=entry.episode, at=at)
    duty = duties.open(
        "place_offered",
        facility=program.facility,
        episode=entry.episode,
        owner_role=Role.INTAKE,
        due_at=max(at, until_at - REMIND_BEFORE),
        note=str(program),
        by=by,
        at=at,
    )
    offer = Offer.objects.create(
        patient_id=entry.patient_id,
        facility=program.facility,
        episode=entry.episode,
        entry=entry,
        program=program,
        bed=bed,
        bed_override=bed_override,
        duty=duty,
        offered_at=at,
        offered_by=by,
        until_at=until_at,
        note=note,
    )
    if entry.place_duty_id and entry.place_duty.is_open():
        duties.resolve(entry.place_duty, by=by, at=at, reason="offered")
    return offer


def is_unanswered(offer):
    """Raise offer_ended."""
    if offer.ended_at or offer.entered_in_error_at:
        raise ValidationError("This offer was answered or taken back already.", code="offer_ended")


def _locked(offer, *, at=None):
    """An open offer, locked after its episode and entry. Raises offer_ended, offer_lapsed."""
    entry = locked(WaitListEntry(pk=offer.entry_id, episode_id=offer.episode_id))
    offer = Offer.objects.select_related("duty", "bed__unit").lock(offer.pk)
    is_unanswered(offer)
    if at is not None and offer.until_at <= at:
        raise ValidationError("The place was kept until then, and no longer. Offer it again.", code="offer_lapsed")
    offer.entry, offer.episode, offer.program = entry, entry.episode, entry.program
    return offer


@needs(is_unanswered)
@transaction.atomic
def accept_offer(
    offer,
    *,
    bed=None,
    bed_override="",
    counselor=None,
    expected_end_on=None,
    next_contact_at=None,
    travels=None,
    back=None,
    by,
    at=None,
):
    """The person comes: admit them to the place kept for them, or move them there with what travels.

    `back` is the action that takes somebody in from aftercare again, which is of the app that follows them up.
    """
    at = at or timezone.now()
    offer = _locked(offer, at=at)
    offer.ended_at, offer.ended_by, offer.outcome = at, by, OfferOutcome.ACCEPTED
    offer.save(update_fields=["ended_at", "ended_by", "outcome"])  # what was owed for it ends as the person comes
    stage = offer.episode.stage
    comes = move if stage == Stage.TREATMENT else back if back and stage == Stage.AFTERCARE else admit
    also = {"next_contact_at": next_contact_at, "travels": travels} if comes is move else {}
    return comes(
        offer.episode,
        program=offer.program,
        bed=bed or offer.bed,
        bed_override=bed_override or (offer.bed_override if bed is None else ""),
        counselor=counselor,
        expected_end_on=expected_end_on,
        **also,
        by=by,
        at=at,
    )


@needs(is_unanswered)
@transaction.atomic
def decline_offer(offer, *, note="", by, at=None):
    """The person does not want this place now; they go on waiting, and somebody owes offering it to the next."""
    return _give_back(offer, OfferOutcome.DECLINED, note=note, by=by, at=at)


@needs(is_unanswered)
@transaction.atomic
def withdraw_offer(offer, *, reason, by, at=None):
    """Take an offer back; the person goes on waiting."""
    return _give_back(offer, OfferOutcome.WITHDRAWN, note=reason, by=by, at=at)


def _give_back(offer, outcome, *, note, by, at):
    at = at or timezone.now()
    offer = _locked(offer)
    end_offer(offer, outcome, note=note, by=by, at=at)
    place_freed(offer.program, besides=offer.entry, by=by, at=at)
    offer.refresh_from_db()
    return offer


def lapse_offers(now):
    """Give up places nobody answered for in time. Returns how many."""
    due, count = Offer.objects.open().filter(until_at__lte=now).order_by("until_at"), 0
    for offer in due.select_related("entry"):
        try:
            count += _lapse(offer, now)
        except Exception:  # one poisoned offer must not stop the others; the next beat tries again
            log.exception("offer %s is stuck", offer.pk)
    return count


@transaction.atomic
def _lapse(offer, now):
    """The person is called at once, and the next in line is thought of."""
    system = User.objects.system()
    Episode.objects.lock(offer.episode_id)
    offer = Offer.objects.select_related("duty", "entry__duty", "program__facility").lock(offer.pk)
    if offer.ended_at:
        return 0
    end_offer(offer, OfferOutcome.LAPSED, by=system, at=now)
    waiting = offer.entry.duty
    if offer.entry.left_at is None and waiting.is_open() and waiting.due_at > now:
        duties.reschedule(waiting, due_at=now, by=system, at=now, note="did not answer an offer in time")
    place_freed(offer.program, besides=offer.entry, by=system, at=now)
    return 1
