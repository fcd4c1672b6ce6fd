"""Rounds: how closely somebody is watched, writing down each time they were seen, and what a supervisor looks at."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from accounts.models import Role
from duties import actions as duties
from patients import actions as patients
from patients.actions import at_stage, needs
from patients.models import Episode, Stage

from ..models import (
    Absence,
    Checklist,
    Departure,
    DepartureKind,
    RoundBatch,
    RoundEntry,
    RoundOrder,
    RoundStrike,
)
from ..models.rounds import LOOK_AGAIN, Behavior, BreathingSeen, Seen, Written, implausible
from .absences import ELSEWHERE
from .observations import crossed, raise_warning, where
from .safety import come_to_self_harm

LEVELS, BATCHES, WARNING = "observation-levels", "round-batches", "round-warning"
AWAY = timedelta(hours=72)  # rounds that are ordered while the person is away rest until they are back
LOOK_WITHIN = timedelta(hours=24)  # a supervisor, at a batch that was flagged [D]
LATELY = timedelta(hours=2)  # as far back as rounds are compared
COMPARED = 100  # and no more of them


def _order(episode):
    """The order going on, locked with what it hangs on; or None."""
    found = episode.round_orders.open().values_list("pk", flat=True).first()
    return None if found is None else RoundOrder.objects.lock(found)


def require_lowering(order, place, by):
    """Raise lowering_not_allowed unless one of the roles that may end or lower this level is theirs (domain 10)."""
    roles = order.item()["lowers"]
    if not by.is_at(place, roles):
        who = " or ".join(Role(role).label.lower() for role in roles)
        raise ValidationError(
            "To end or lower “%(level)s” takes a %(who)s.",
            code="lowering_not_allowed",
            params={"level": order.level_name, "who": who},
        )


def _may_follow(order, item, ranks, place, by):
    """Raise same_level, or lowering_not_allowed when the new level is lower."""
    if order.level == item["code"]:
        raise ValidationError("The person is watched at this level already.", code="same_level")
    if ranks.index(item["code"]) < (ranks.index(order.level) if order.level in ranks else len(ranks)):
        require_lowering(order, place, by)


@needs(at_stage(Stage.STABILIZING, Stage.ENGAGING, Stage.INTAKE, Stage.TREATMENT))
@transaction.atomic
def order_rounds(episode, *, level, reason, by, at=None, id=None):
    """Watch somebody this closely; an order that goes on is replaced, and its rounds stay with it.

    Who may order a level, and who may lower one, is data (checklist observation-levels). Raises level_unknown,
    level_not_allowed, lowering_not_allowed, same_level.
    """
    episode = Episode.objects.lock(episode.pk)
    at = at or timezone.now()
    order_rounds.require(episode)
    levels, place = Checklist.objects.current(LEVELS), where(episode)
    ranks = [item["code"] for item in levels.items]
    if level not in ranks:
        raise ValidationError("There is no such level of observation.", code="level_unknown")
    item = levels.items[ranks.index(level)]
    if not by.is_at(place, item["orders"]):
        raise ValidationError("Your role may not order this level.", code="level_not_allowed")
    before = _order(episode)
    if before is not None:
        _may_follow(before, item, ranks, place, by)
        _end(before, reason=f"now: {item['text']}", by=by, at=at)
    return _begin(episode, place, levels, item, reason=reason, by=by, at=at, id=id)


def follow(episode, place, *, by, at):
    """Whoever is watched is watched where they go: the order ends here, and goes on there at its level (domain 10).

    Nobody lowers a level by moving somebody. Whoever moves them orders what is there; the next round is owed there.
    """
    before = _order(episode)
    if before is None or before.facility_id == place.pk:
        return None
    _end(before, reason=f"goes on at {place}", by=by, at=at)
    return _begin(episode, place, before.checklist, before.item(), reason=before.reason, by=by, at=at)


def _begin(episode, place, levels, item, *, reason, by, at, id=None):
    """An order, its first round and its review owed."""
    made = RoundOrder(
        patient_id=episode.patient_id,
        facility=place,
        episode=episode,
        checklist=levels,
        level=item["code"],
        level_name=item["text"],
        reason=reason,
        ordered_at=at,
        ordered_by=by,
    )
    if id:
        made.id = id
    about = {"facility": place, "episode": episode}
    review_at = at + timedelta(hours=item["review_hours"])
    reviews = Role.PRESCRIBER if Role.NURSE not in item["lowers"] else Role.NURSE
    made.duty, made.review_duty = duties.open_all(
        [
            {
                "slug": "round",
                "owner_role": Role.NURSE,
                "due_at": made.next_due(at),
                "once": f"rounds:{episode.pk}",
                "note": item["text"],
                **about,
            },
            {"slug": "round_review", "owner_role": reviews, "due_at": review_at, "note": item["text"], **about},
        ],
        by=by,
        at=at,
    )
    made.save(force_insert=True)
    if any(ELSEWHERE.first(episode.pk)):
        duties.suspend(made.duty, until=at + AWAY, by=by, at=at, reason="away")
    return made


def _end(order, *, reason, by, at):
    """No more rounds by this order, and nobody reviews it."""
    for duty in (order.duty, order.review_duty):
        if duty.is_open():
            duties.cancel(duty, by=by, at=at, reason=reason)


def goes_on(order):
    """Raise rounds_over once the order has ended."""
    if order.is_over() or order.entered_in_error_at:
        raise ValidationError(
            "These rounds have ended. Look at the person's page for the order now.", code="rounds_over"
        )


def _locked(order):
    """The order, locked after its episode."""
    Episode.objects.lock(order.episode_id)
    order = RoundOrder.objects.lock(order.pk)
    goes_on(order)
    return order


@needs(goes_on)
@transaction.atomic
def stop_rounds(order, *, reason, by, at=None):
    """Nobody needs to watch any more, says somebody who may lower this level. Raises lowering_not_allowed."""
    order = _locked(order)
    require_lowering(order, order.facility, by)
    _end(order, reason=reason, by=by, at=at or timezone.now())
    return _fresh(order)


@needs(goes_on)
@transaction.atomic
def review_rounds(order, *, reason, by, at=None):
    """The level is still needed, and why; the next review is owed."""
    order = _locked(order)
    at = at or timezone.now()
    before, item = order.review_duty, order.item()
    order.review_duty = duties.open(
        "round_review",
        facility=order.facility,
        episode=order.episode,
        owner_role=before.owner_role,
        due_at=at + timedelta(hours=item["review_hours"]),
        because_of=before,
        note=item["text"],
        by=by,
        at=at,
    )
    order.reviewed_at, order.reviewed_by, order.review = at, by, reason
    order.save(update_fields=["review_duty", "reviewed_at", "reviewed_by", "review"])
    if before.is_open():
        duties.resolve(before, by=by, at=at, reason=reason)
    return _fresh(order)


def _fresh(order):
    return RoundOrder.objects.all().read_along().get(pk=order.pk)


@needs(goes_on)
@transaction.atomic
def enter(order, *, by, at=None, **seen):
    """Somebody was seen, or was not found: one row with its own time, and the next round is owed.

    What is written late or out of order never brings the next round forward. Never refused for being implausible:
    that is flagged, and a supervisor looks (domain 10). Breathing that is not seen calls for emergency services, and
    whoever hurts themselves is come to now.
    """
    episode = Episode.objects.lock(order.episode_id)
    at = at or timezone.now()
    last = RoundEntry.objects.filter(order=OuterRef("pk")).order_by("-observed_at").values("observed_at")[:1]
    then = Absence.objects.right().filter(
        Q(returned_at=None) | Q(returned_at__gt=at), Q(ended_at=None) | Q(ended_at__gt=at), left_at__lte=at
    )
    sought = Departure.objects.right().filter(
        Q(ended_at=None) | Q(ended_at__gt=at), kind=DepartureKind.MISSING, noticed_at__lte=at
    )
    rows = RoundOrder.objects.annotate(
        last_seen=Subquery(last),
        was_away=Exists(then.filter(episode=OuterRef("episode")))
        | Exists(sought.filter(episode=OuterRef("episode"))),
    )
    order = rows.lock(order.pk)
    goes_on(order)
    entry = RoundEntry.objects.create(
        order=order, patient_id=order.patient_id, facility=order.facility, observed_at=at, entered_by=by, **seen
    )
    entry.order = order
    if not order.duty.suspended_at and (order.last_seen is None or at > order.last_seen):
        due_at = at + LOOK_AGAIN if entry.where == Seen.NOT_FOUND else order.next_due(at)
        duties.reschedule(order.duty, due_at=due_at, by=by, at=at, note=entry.get_where_display())
    _flag(entry, away=order.was_away and not entry.is_absent(), by=by)
    if entry.breathing in (BreathingSeen.HARD, BreathingSeen.NONE):
        signs = crossed({"breathing": entry.breathing}, Checklist.objects.current(WARNING))
        raise_warning(episode, signs, by=by, at=at)
    if Behavior.SELF_HARM in entry.behavior:
        note = "Seen on a round: hurts themselves, or speaks of it. Ask about suicide."
        come_to_self_harm(episode, facility=entry.facility, note=note, by=by, at=at)
    return entry


def _flag(entry, *, away, by):
    """A supervisor is to look at rounds that cannot have been as they are written: one duty a batch, not a row."""
    now = entry.entered_at
    before = RoundEntry.objects.filter(entered_by=by, entered_at__gt=now - LATELY).exclude(pk=entry.pk)
    rows = before.order_by("-entered_at").values_list("order", "where", "observed_at", "entered_at")[:COMPARED]
    new = Written(entry.order_id, entry.where, entry.observed_at, now)
    limits = Checklist.objects.current(BATCHES).items
    signs = implausible(new, [Written(*row) for row in rows], limits, away=away)
    if not signs:
        return
    if _joined(entry, signs, now, by=by):
        return
    words = {item["code"]: item["text"] for item in limits}
    duty = duties.open(
        "round_batch",
        facility=entry.facility,
        owner_role=Role.SUPERVISOR,
        due_at=now + LOOK_WITHIN,
        once=f"rounds:{by.pk}",
        note=", ".join(words[sign] for sign in signs),  # everybody here may read it: it names nobody
        by=by,
        at=now,
    )
    if duty is None:  # the same user flagged another at this very moment
        _joined(entry, signs, now, by=by)
        return
    RoundBatch.objects.create(
        facility=entry.facility, written_by=by, signs=signs, first_at=now, last_at=now, duty=duty
    )


def _joined(entry, signs, now, *, by):
    """Did it join a batch nobody has looked at yet?"""
    open_ones = RoundBatch.objects.open().filter(facility=entry.facility, written_by=by)
    batch = open_ones.select_for_update(no_key=True).first()
    if batch is None:
        return False
    batch.signs = [*batch.signs, *(sign for sign in signs if sign not in batch.signs)]
    batch.rounds, batch.last_at = batch.rounds + 1, max(batch.last_at, now)
    batch.save(update_fields=["signs", "rounds", "last_at"])
    return True


def is_not_looked_at(batch):
    """Raise looked_at_already once a supervisor has said what they found."""
    if batch.looked_at:
        raise ValidationError("Somebody has looked at these rounds already.", code="looked_at_already")


@needs(is_not_looked_at)
@transaction.atomic
def look_at(batch, *, finding, by, at=None):
    """A supervisor looked at rounds that were flagged, and says what they found. Raises own_rounds."""
    batch = RoundBatch.objects.select_related("duty").lock(batch.pk)
    at = at or timezone.now()
    look_at.require(batch)
    batch.looked_at, batch.looked_by, batch.finding = at, by, finding
    batch.save(update_fields=["looked_at", "looked_by", "finding"])
    if batch.duty.is_open():
        duties.resolve(batch.duty, by=by, at=at, reason=finding)
    batch.refresh_from_db()
    return batch


def is_not_struck(entry):
    """Raise struck_already."""
    if RoundStrike.objects.filter(entry=entry).exists():
        raise ValidationError("This round was struck already.", code="struck_already")


@needs(is_not_struck)
@transaction.atomic
def strike(entry, *, reason, by, at=None):
    """It was written down by mistake: it stays readable, and counts for nothing. What is owed next stays owed."""
    Episode.objects.lock(RoundOrder.objects.values_list("episode", flat=True).get(pk=entry.order_id))
    is_not_struck(entry)
    RoundStrike.objects.create(
        entry=entry, patient_id=entry.patient_id, facility_id=entry.facility_id, reason=reason, struck_by=by
    )
    return entry


@transaction.atomic
def mark_error(order, *, reason, by, at=None):
    """It was ordered by mistake: nobody is to be watched by it."""
    Episode.objects.lock(order.episode_id)
    order = RoundOrder.objects.lock(order.pk)
    _end(order, reason="entered in error", by=by, at=at or timezone.now())
    return patients.mark_error(order, reason=reason, by=by, at=at)
