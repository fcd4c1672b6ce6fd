"""The wait list: put on it, called while waiting, raised, left; and who is next when a place is free."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import Role
from duties import actions as duties
from patients.actions import at_stage, needs
from patients.models import Episode, Stage

from ..models import Offer, OfferOutcome, Program, WaitListEntry
from ..models.waiting import LeftBecause
from .intakes import ADMIT_WITHIN
from .programs import check_age

CONTACT_EVERY = timedelta(days=7)  # people waiting are contacted at least weekly (domain 10)
OFFER_WITHIN = timedelta(hours=4)


@needs(at_stage(Stage.INTAKE, Stage.TREATMENT, Stage.AFTERCARE))
@transaction.atomic
def put_on_wait_list(episode, *, program, since_at=None, by, at=None):
    """The person waits for a place: they are called every week, and no longer owed an admission that cannot be.

    Whoever is followed up after treatment and needs it again waits like everybody else.
    Raises program_closed, outside_age_range, waiting_already.
    """
    episode = Episode.objects.lock(episode.pk)
    program = Program.objects.lock(program.pk)
    at = at or timezone.now()
    put_on_wait_list.require(episode)
    program.require_open()
    check_age(program, episode, at=at)
    entry = WaitListEntry.objects.create(
        patient_id=episode.patient_id,
        facility=program.facility,
        episode=episode,
        program=program,
        duty=_owe_contact(episode, program, by=by, at=at),
        since_at=min(since_at or at, at),
        since_by=by,
    )
    admission = _admission_duty(episode)
    if admission is not None and admission.is_open():
        duties.cancel(admission, by=by, at=at, reason=f"waits for {program}")
    return entry


def _owe_contact(episode, program, *, by, at):
    return duties.open(**_contact(episode, program, due_at=at + CONTACT_EVERY), by=by, at=at)


def _contact(episode, program, *, due_at):
    """What `duties.open` takes."""
    return {
        "slug": "waiting_contact",
        "facility": program.facility,
        "episode": episode,
        "owner_role": Role.INTAKE,
        "due_at": due_at,
        "note": str(program),
    }


def _admission_duty(episode):
    intake = episode.intakes.right().select_related("admission_duty").latest_first().first()
    return intake.admission_duty if intake else None


def is_waiting(entry):
    """Raise not_waiting when the person waits no more."""
    if entry.left_at or entry.entered_in_error_at:
        raise ValidationError("The person does not wait for this place any more.", code="not_waiting")


def locked(entry):
    """The entry, locked after its episode. Raises not_waiting."""
    episode = Episode.objects.lock(entry.episode_id)
    entry = WaitListEntry.objects.select_related("program__facility").lock(entry.pk)
    is_waiting(entry)
    entry.episode = episode
    return entry


@needs(is_waiting)
@transaction.atomic
def log_waiting_contact(entry, *, reached, note="", next_contact_at=None, by, at=None):
    """Somebody called. Reached, the next call is owed within a week; not reached, this one stays owed.

    One call counts for every list the person is on. Raises contact_too_rare.
    """
    entry = locked(entry)
    at = at or timezone.now()
    due_at = next_contact_at or at + CONTACT_EVERY
    if due_at > at + CONTACT_EVERY:
        raise ValidationError("People who wait are called at least once a week.", code="contact_too_rare")
    waiting = list(entry.episode.wait_list_entries.open().select_related("duty__facility", "program__facility"))
    if reached:
        _called(entry.episode, waiting, due_at=due_at, said=note or "reached", by=by, at=at)
    else:
        for one in waiting:
            if one.duty.is_open():
                duties.tried(one.duty, by=by, at=at, note=note or "not reached")
    entry.refresh_from_db()
    return entry


def _called(episode, waiting, *, due_at, said, by, at):
    """On each of these lists the call was made, and the next is owed by whoever owed this one."""
    wanted = []
    for one in waiting:
        wanted.append(_contact(episode, one.program, due_at=due_at))
        if one.duty.is_open():
            wanted[-1] |= {"note": said, "because_of": one.duty, "owner_id": one.duty.owner_id}
            wanted[-1] |= {"owner_role": one.duty.owner_role, "facility": one.duty.facility}
    before = [one.duty_id for one in waiting]
    for one, duty in zip(waiting, duties.open_all(wanted, by=by, at=at, done=before, reason=said), strict=True):
        one.duty = duty
    WaitListEntry.objects.bulk_update(waiting, ["duty"])


@needs(is_waiting)
@transaction.atomic
def raise_priority(entry, *, raised, reason, by, at=None):
    """Move somebody up by hand, by one to three, or take that back with zero; always with a reason."""
    entry = locked(entry)
    at = at or timezone.now()
    entry.raised, entry.raised_reason = raised, reason if raised else ""
    entry.raised_at, entry.raised_by = (at, by) if raised else (None, None)
    entry.save(update_fields=["raised", "raised_at", "raised_by", "raised_reason"])
    entry.refresh_from_db()
    return entry


@needs(is_waiting)
@transaction.atomic
def leave_wait_list(entry, *, because, note="", by, at=None):
    """The person waits no more. At intake the admission is owed again, unless they wait for something else."""
    entry = locked(entry)
    at = at or timezone.now()
    episode = entry.episode
    others = episode.wait_list_entries.open().exclude(pk=entry.pk)
    intake = episode.intakes.right().select_related("admission_duty").latest_first().first()
    owed = intake and intake.admission_duty
    if episode.stage == Stage.INTAKE and owed and not owed.is_open() and not others.exists():
        intake.admission_duty = duties.open(
            "admission",
            facility=episode.facility,
            episode=episode,
            owner_role=Role.INTAKE,
            due_at=at + ADMIT_WITHIN,
            note=f"no longer waits for {entry.program}",
            by=by,
            at=at,
        )
        intake.save(update_fields=["admission_duty"])
    _end(entry, because, note=note, by=by, at=at)
    entry.refresh_from_db()
    return entry


def end_entries(episode, because, *, by, at):
    """End every entry of a locked episode with its duties and offers."""
    for entry in episode.wait_list_entries.open().select_related("program__facility"):
        _end(entry, because, by=by, at=at)


def end_as_admitted(episode, program, *, by, at):
    """The person of a locked episode comes to this locked program, for which they waited; which duties that ends."""
    entries, left = episode.wait_list_entries.open().filter(program=program), LeftBecause.ADMITTED
    entries.update(left_at=at, left_by=by, left_because=left)
    if program.offered:
        offers = episode.offers.open().filter(program=program)
        offers.update(ended_at=at, ended_by=by, outcome=OfferOutcome.WITHDRAWN, note=left.label)
    return Q(waiting_contact_of__program=program) | Q(place_to_offer__program=program) | Q(offer__program=program)


def _end(entry, because, *, by, at, note=""):
    because = LeftBecause(because)
    for offer in entry.offers.open().select_related("duty"):
        end_offer(offer, OfferOutcome.WITHDRAWN, note=because.label, by=by, at=at)
        place_freed(entry.program, besides=entry, by=by, at=at)
    owed = [key for key in (entry.duty_id, entry.place_duty_id) if key]
    duties.cancel_each(owed, by=by, at=at, reason=because.label)
    entry.left_at, entry.left_by, entry.left_because, entry.left_note = at, by, because, note
    entry.save(update_fields=["left_at", "left_by", "left_because", "left_note"])


def end_offer(offer, outcome, *, by, at, note=""):
    """Give an offer its outcome, and end the duty to hear from the person."""
    offer.ended_at, offer.ended_by, offer.outcome = at, by, outcome
    offer.note = note or offer.note
    offer.save(update_fields=["ended_at", "ended_by", "outcome", "note"])
    if offer.duty.is_open():
        close = duties.cancel if outcome in (OfferOutcome.WITHDRAWN, OfferOutcome.LAPSED) else duties.resolve
        close(offer.duty, by=by, at=at, reason=OfferOutcome(outcome).label)
    return offer


def place_freed(program, *, by, at, besides=None):
    """A place is free: somebody owes offering it to the next in line. Nobody is admitted by the machine."""
    entry = next_in_line(program, besides=besides, at=at)
    if entry is not None:
        thought_of([entry], [duties.open(**place_owed(entry, at=at), by=by, at=at)])


def next_in_line(program, *, at, besides=None):
    """Whose entry is next, locked, or None when nobody waits.

    Next is whoever has no offer and is not being thought of already; somebody whose entry is being changed
    right now is passed over.
    """
    busy = Exists(Offer.objects.open().filter(entry=OuterRef("pk")))
    waiting = (
        WaitListEntry.objects.open()
        .in_line(at)
        .filter(~busy, Q(place_duty=None) | Q(place_duty__closed_at__isnull=False), program=program)
    )
    if besides is not None:
        waiting = waiting.exclude(pk=besides.pk)
    waiting = waiting.select_related("episode__patient", "program__facility")
    return waiting.select_for_update(no_key=True, skip_locked=True, of=("self",)).first()


def place_owed(entry, *, at):
    """What `duties.open` takes: a place that is free, to be offered to whoever is next; then call `thought_of`."""
    return {
        "slug": "offer_place",
        "facility": entry.program.facility,
        "episode": entry.episode,
        "owner_role": Role.INTAKE,
        "due_at": at + OFFER_WITHIN,
        "note": str(entry.program),
    }


def thought_of(entries, opened):
    """Offering them a place is owed by these duties."""
    for entry, duty in zip(entries, opened, strict=True):
        entry.place_duty = duty
        entry.save(update_fields=["place_duty"])
