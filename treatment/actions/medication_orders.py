"""Ordering a medication, holding, resuming and stopping it, and what is owed because of it."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import Role, User
from audit.problems import Refused
from duties import actions as duties
from duties.models import Duty
from patients import actions as patients
from patients.actions import at_stage, needs
from patients.models import Episode, Stage

from ..medication_safety import Level, check
from ..medication_safety.facts import warn
from ..medication_safety.naltrexone import liver_due_after
from ..models import Dose, Medication, MedicationOrder, OrderState, StopBecause
from ..models.doses import ClosedBecause
from ..models.medication_orders import Frequency, OrderedHow
from ..models.medications import Evidence
from .medication_facts import facts_of, findings_of
from .observations import where

HORIZON = timedelta(hours=36)  # doses are laid out so far ahead; our default
TOP_UP = timedelta(hours=24)  # and never less than this
FARTHEST_BACK = timedelta(days=90)  # every dose since the beginning is laid out; our default
ACKNOWLEDGE_WITHIN = {OrderedHow.VERBAL: timedelta(hours=24), OrderedHow.EMERGENCY: timedelta(hours=1)}  # [D]
COUNSEL_WITHIN = timedelta(hours=4)  # [D]


def require_passable(findings, *, reason="", accepted=frozenset()):
    """Nothing is in the way, or a prescriber said why all the same. Raises order_blocked, with every finding."""
    blocks = [one for one in findings if one.level == Level.BLOCK]
    left = [one for one in blocks if not one.overridable or not (reason or one.code in accepted)]
    if not left:
        return
    why = " ".join(one.sentence for one in left)
    hard = any(not one.overridable for one in left)
    then = "" if hard else " A prescriber may order it all the same, with a reason."
    members = {"codes": [one.code for one in left], "findings": [one.told() for one in findings]}
    raise Refused(f"{why}{then}", "order_blocked", members=members)


def written(episode, *, catalog, medication=None, name="", off_label=False, starts_at=None, at, by, **fields):
    """The order as it would be, not kept yet. Raises edition_superseded, order_incomplete, began_long_ago."""
    name = name.strip()
    medication = medication or catalog.entry(name)
    if medication and getattr(catalog.rows.get(medication.slug), "pk", None) != medication.pk:
        raise ValidationError("There is a newer edition of this medication. Use that one.", code="edition_superseded")
    if not (name or medication):
        raise ValidationError("Say which medication.", code="order_incomplete")
    evidence, words = medication.known_for(fields["indication"]) if medication else (Evidence.NONE, "")
    starts_at = starts_at or at
    if starts_at < timezone.now() - FARTHEST_BACK:
        raise ValidationError(
            "This began more than 90 days ago, and every dose since would be owed. Let it begin with the next one.",
            code="began_long_ago",
        )
    order = MedicationOrder(
        patient=episode.patient,
        facility=where(episode),
        episode=episode,
        medication=medication,
        name=name or medication.name,
        off_label=off_label if evidence == Evidence.NONE else evidence != Evidence.LABELED,
        evidence=evidence,
        evidence_in_words=words,
        controlled=bool(medication and medication.schedule) or _is_controlled(name, catalog),
        starts_at=starts_at,
        ordered_at=at,
        laid_out_until=starts_at - timedelta(microseconds=1),
        **fields,
    )
    order.ordered_by = order.ordered_by if order.ordered_by_id else by
    return order


def _is_controlled(name, catalog):
    """Does a text name anything that is controlled?"""
    return any(catalog.rows[slug].schedule for slug in catalog.entries(name))


def found_about(order, *, catalog):
    """Every finding about an order that is to be written, off-label use among them."""
    at = max(order.ordered_at, order.starts_at)
    found = check(facts_of(order.patient, at, catalog), order.proposed(catalog, at))
    if order.off_label:
        known = order.evidence_in_words or "Off-label, and the catalog knows of no evidence."
        found.append(warn("off_label", known, "catalog of medications"))
    return found


@needs(at_stage(*set(Stage) - {Stage.CLOSED}))
@transaction.atomic
def order_medication(episode, *, override_reason="", by, at=None, id=None, **fields):
    """A prescriber orders a medication; everything the rules find is kept with it.

    Raises order_blocked, edition_superseded, order_incomplete, began_long_ago, frequency_unclear,
    as_needed_unlimited, order_ended.
    """
    episode = Episode.objects.lock(episode.pk)
    order_medication.require(episode)
    at, catalog = at or timezone.now(), Medication.objects.catalog()
    order = written(episode, catalog=catalog, at=at, by=by, **fields)
    found = found_about(order, catalog=catalog)
    require_passable(found, reason=override_reason)
    if override_reason and any(one.level == Level.BLOCK for one in found):
        order.override_reason, order.overridden_by = override_reason, by
    return _begin(order, found, by=by, at=at, id=id)


@needs(at_stage(*set(Stage) - {Stage.CLOSED}))
@transaction.atomic
def take_verbal_order(episode, *, prescriber, read_back, by, at=None, id=None, **fields):
    """A nurse takes down what a prescriber said; the prescriber acknowledges it. Nobody but they may override.

    Raises not_read_back, not_a_prescriber, same_person, and what ordering raises.
    """
    episode = Episode.objects.lock(episode.pk)
    take_verbal_order.require(episode)
    if not read_back:
        raise ValidationError("Read the order back to the prescriber first.", code="not_read_back")
    at = at or timezone.now()
    return said(episode, OrderedHow.VERBAL, prescriber=prescriber, by=by, at=at, id=id, **fields)


def said(episode, how, *, prescriber, by, at, id=None, **fields):
    """An order that somebody took down, on a locked episode; its prescriber owes acknowledging it."""
    catalog = Medication.objects.catalog()
    order = written(episode, catalog=catalog, at=at, by=by, ordered_by=prescriber, how=how, taken_by=by, **fields)
    if prescriber.pk == by.pk:
        raise ValidationError("Whoever takes an order down is not its prescriber.", code="same_person")
    if not prescriber.is_at(order.facility, [Role.PRESCRIBER]):
        raise ValidationError("They are no prescriber there.", code="not_a_prescriber")
    found = found_about(order, catalog=catalog)
    require_passable(found)
    acknowledge = {
        "slug": "order_acknowledgment",
        "facility": order.facility,
        "episode": episode,
        "owner": prescriber,
        "owner_role": Role.PRESCRIBER,
        "due_at": at + ACKNOWLEDGE_WITHIN[how],
        "note": str(order),
    }
    return _begin(order, found, by=by, at=at, id=id, acknowledge_duty=acknowledge)


def _begin(order, found, *, by, at, id=None, **owed):
    """Keep it, end the one it replaces, lay out its doses, and owe what must be watched.

    `owed` is {column of the order: duty to open}. Its doses come back as `laid_out`.
    """
    order.findings = [one.told() for one in found]
    if id:
        order.id = id
    watched = order.medication_id and order.medication.monitoring
    if order.replaces is not None:
        _replace(order, watched=watched, by=by, at=at)
    if watched and order.monitoring_duty is None:
        owed["monitoring_duty"] = _monitoring_owed(order, at=at)
    for column, duty in zip(owed, duties.open_all([*owed.values()], by=by, at=at), strict=True):
        setattr(order, column, duty)
    after, order.laid_out_until = order.laid_out_until, max(at + HORIZON, order.laid_out_until)
    order.save(force_insert=True)
    order.laid_out = Dose.objects.bulk_create(_due(order, order.facility, after), ignore_conflicts=True)
    return order


def _replace(order, *, watched, by, at):
    """End the order before. Where the person goes on taking the same, what was owed and told for it goes on too.

    Where not, it is as when that order ends by itself (domain 6.6).
    """
    before = MedicationOrder.objects.select_related("medication", "facility", "episode__patient", "monitoring_duty")
    before = before.lock(order.replaces_id)
    if before.patient_id != order.patient_id:
        raise ValidationError("This is an order of somebody else.", code="order_ended")
    goes_on = before.medication_id and order.medication_id and before.medication.shares(order.medication)
    if goes_on and watched and before.monitoring_duty_id and before.monitoring_duty.is_open():
        order.monitoring_duty, before.monitoring_duty = before.monitoring_duty, None
    _end(before, OrderState.STOPPED, because=StopBecause.REPLACED, reason=f"replaced by {order}", by=by, at=at)
    if goes_on:
        order.told_at_start = before.told_at_start
    else:
        after_end([before], by=by, at=at)


def _monitoring_owed(order, *, at):
    """The values that this medication asks for: what `duties.open` takes."""
    return {
        "slug": "medication_monitoring",
        "facility": order.facility,
        "episode": order.episode,
        "owner_role": Role.PRESCRIBER,
        "due_at": liver_due_after(order.starts_at, max(at, order.starts_at)),
        "note": f"Liver values, {order.name}",
    }


def _due(order, place, after):
    """Doses that are due after then and until the order says that they are laid out; not written yet."""
    due = order.due_between(after, order.laid_out_until, place.tz()) if order.given_here else []
    return [Dose(patient_id=order.patient_id, facility=place, order=order, due_at=one) for one in due]


def lay_out(orders, *, until, places=None):
    """Write down the doses of these orders due until then. Done twice, it is done once."""
    doses = []
    for order in orders:
        after, order.laid_out_until = order.laid_out_until, max(until, order.laid_out_until)
        doses += _due(order, places[order.place_now] if places else order.facility, after)
    Dose.objects.bulk_create(doses, ignore_conflicts=True)
    MedicationOrder.objects.bulk_update(orders, ["laid_out_until"])


def _locked(order):
    """The order and its episode, both locked."""
    episode = Episode.objects.lock(order.episode_id)
    order = MedicationOrder.objects.lock(order.pk)
    order.episode = episode
    return order


def is_right(order):
    """Raises error_marked."""
    if order.entered_in_error_at:
        raise ValidationError("This is marked as entered in error.", code="error_marked")


def goes_on(order):
    """Raises order_ended unless it goes on."""
    is_right(order)
    if order.state != OrderState.ACTIVE:
        raise ValidationError("This order does not go on now.", code="order_ended")


def is_held(order):
    """Raises order_not_held."""
    is_right(order)
    if order.state != OrderState.HELD:
        raise ValidationError("This order is not held.", code="order_not_held")


def is_open(order):
    """Raises order_ended once it has ended."""
    is_right(order)
    if order.ended_at:
        raise ValidationError("This order has ended.", code="order_ended")


def _close_doses(order, because, *, at):
    """What was still to come waits for nobody; what was due before is still to be written down."""
    Dose.objects.open().filter(order=order, due_at__gte=at).update(closed_at=timezone.now(), closed_because=because)


@needs(goes_on)
@transaction.atomic
def hold(order, *, reason, by, at=None):
    """It is not given for now. Raises order_ended."""
    order, at = _locked(order), at or timezone.now()
    hold.require(order)
    order.move_to(OrderState.HELD)
    order.held_at, order.held_by, order.held_reason = at, by, reason
    order.save(update_fields=["state", "held_at", "held_by", "held_reason"])
    _close_doses(order, ClosedBecause.HELD, at=at)
    order.refresh_from_db()
    return order


@needs(is_held)
@transaction.atomic
def resume(order, *, override_reason="", by, at=None):
    """It goes on, after everything is asked again. Raises order_not_held, order_blocked."""
    order, at = _locked(order), at or timezone.now()
    resume.require(order)
    found = findings_of(order, at=at)
    require_passable(found, reason=override_reason, accepted=order.overridden())
    if override_reason and any(one.level == Level.BLOCK for one in found):
        order.override_reason, order.overridden_by = override_reason, by
    order.findings = [one.told() for one in found]
    order.move_to(OrderState.ACTIVE)
    order.held_at, order.held_by, order.held_reason = None, None, ""
    order.save()
    again = Dose.objects.filter(order=order, closed_because=ClosedBecause.HELD, due_at__gte=at)
    again.update(closed_at=None, closed_because="")
    order.laid_out_until = max(order.laid_out_until, at)
    lay_out([order], until=at + HORIZON)
    order.refresh_from_db()
    return order


def _end(order, state, *, by, at, because="", reason=""):
    """End a locked order; what was still to come waits for nobody."""
    order.move_to(state)
    order.held_at, order.held_by, order.held_reason = None, None, ""
    order.ended_at, order.ended_by, order.ended_because, order.end_reason = at, by, because, reason[:500]
    order.save()
    _close_doses(order, ClosedBecause.ENDED, at=at)


def complete(order, *, by, at):
    """The one dose that was ordered was written down, on a locked order: none is still to come."""
    order.move_to(OrderState.COMPLETED)
    order.ended_at, order.ended_by = at, by
    order.save(update_fields=["state", "ended_at", "ended_by"])


def after_end(orders, *, by, at):
    """The time of these has passed: what was watched is so no more, what the person must hear is owed (domain 6.6).

    It is not where the person goes on taking it by another order.
    """
    watched = Duty.objects.filter(monitoring_of__in=[order.pk for order in orders])
    duties.cancel_each(watched, by=by, at=at, reason="the medication has ended")
    wanted = [order for order in orders if order.still_to_be_told("stop") and order.episode.closed_at is None]
    if not wanted:
        return
    others = MedicationOrder.objects.open().filter(
        episode__in=[order.episode_id for order in wanted], medication__isnull=False
    )
    taken = list(others.select_related("medication"))
    wanted = [
        order
        for order in wanted
        if not any(row.episode_id == order.episode_id and row.medication.shares(order.medication) for row in taken)
    ]
    opened = duties.open_all([_counsel_owed(order, at=at, how="has ended") for order in wanted], by=by, at=at)
    for order, duty in zip(wanted, opened, strict=True):
        order.counsel_duty = duty
    MedicationOrder.objects.bulk_update(wanted, ["counsel_duty"])


def _counsel_owed(order, *, at, how):
    """What the person must hear now that it ended: what `duties.open` takes."""
    return {
        "slug": "medication_counsel",
        "facility": order.facility,
        "episode": order.episode,
        "owner_role": Role.NURSE,
        "due_at": at + COUNSEL_WITHIN,
        "note": f"{order.name} {how}: tell the person what that means",
    }


@needs(is_open)
@transaction.atomic
def stop(order, *, because, reason, told=(), by, at=None):
    """It ends early. What the person must hear when it does is said now, or owed (domain 6.6). Raises order_ended."""
    order, at = _locked(order), at or timezone.now()
    stop.require(order)
    _end(order, OrderState.STOPPED, because=because, reason=reason, by=by, at=at)
    _tell(order, "stop", told)
    if order.still_to_be_told("stop"):
        order.counsel_duty = duties.open(**_counsel_owed(order, at=at, how="was stopped"), by=by, at=at)
    if order.monitoring_duty_id and order.monitoring_duty.is_open():
        duties.cancel(order.monitoring_duty, by=by, at=at, reason="the medication was stopped")
    order.save(update_fields=["told_at_stop", "counsel_duty"])
    order.refresh_from_db()
    return order


def _tell(order, when, told):
    """Add what was said now."""
    field = "told_at_stop" if when == "stop" else "told_at_start"
    wanted = order.medication.counsel.get(when, []) if order.medication_id else []
    setattr(order, field, [code for code in wanted if code in {*getattr(order, field), *told}])


def is_to_be_told(order):
    """Raises nothing_to_tell when the person was told everything."""
    is_right(order)
    if not order.to_be_told():
        raise ValidationError("Nothing more is to be told about this medication.", code="nothing_to_tell")


@needs(is_to_be_told)
@transaction.atomic
def counsel(order, *, told, by, at=None):
    """The person was told what this medication, or stopping it, means. Raises nothing_to_tell."""
    order, at = _locked(order), at or timezone.now()
    counsel.require(order)
    when = "stop" if order.ended_at else "start"
    _tell(order, when, told)
    order.save(update_fields=["told_at_start", "told_at_stop"])
    if order.counsel_duty_id and not order.still_to_be_told("stop") and order.counsel_duty.is_open():
        duties.resolve(order.counsel_duty, by=by, at=at, reason="told")
    order.refresh_from_db()
    return order


def is_unacknowledged(order):
    """Raises nothing_to_acknowledge."""
    is_right(order)
    if order.taken_by_id is None or order.acknowledged_at:
        raise ValidationError("There is nothing to acknowledge here.", code="nothing_to_acknowledge")


@needs(is_unacknowledged)
@transaction.atomic
def acknowledge(order, *, by, at=None):
    """The prescriber says that this is what they ordered; another one only when that one is not there any more.

    Raises nothing_to_acknowledge, not_the_prescriber.
    """
    order, at = _locked(order), at or timezone.now()
    acknowledge.require(order)
    if by.pk != order.ordered_by_id:
        prescriber = User.objects.active_at(order.facility, Role.PRESCRIBER).filter(pk=order.ordered_by_id)
        if prescriber.exists():
            raise ValidationError(f"{order.ordered_by} acknowledges this.", code="not_the_prescriber")
    order.acknowledged_at, order.acknowledged_by = at, by
    order.save(update_fields=["acknowledged_at", "acknowledged_by"])
    if order.acknowledge_duty.is_open():
        duties.resolve(order.acknowledge_duty, by=by, at=at, reason="acknowledged")
    order.refresh_from_db()
    return order


def gave_nothing(order):
    """Raise doses_given."""
    if order.administrations.handed_out().exists():
        raise ValidationError("Doses were given by this order. Stop it instead.", code="doses_given")


@needs(gave_nothing)
@transaction.atomic
def mark_error(order, *, reason, by, at=None):
    """It was never ordered; nothing is due or owed because of it."""
    order, at = _locked(order), at or timezone.now()
    mark_error.require(order)
    order = patients.mark_error(order, reason=reason, by=by, at=at)
    Dose.objects.open().filter(order=order).update(closed_at=timezone.now(), closed_because=ClosedBecause.ENDED)
    for duty in (order.acknowledge_duty, order.counsel_duty, order.monitoring_duty):
        if duty is not None and duty.is_open():
            duties.cancel(duty, by=by, at=at, reason="entered in error")
    return order


def stop_all(episode, *, reason, by, at, to_be_told=True, told=()):
    """The person of a locked episode leaves the program: what staff gave is given no longer.

    What they must hear when it ends is owed, where it was not `told` on leaving (domain 6.6); `to_be_told` is False
    where nothing that goes on asks for a word.
    """
    rows = MedicationOrder.objects.open().filter(episode=episode, given_here=True)
    words = rows.said_at_stop().select_related("medication", "facility", "episode__patient")
    left = list(words) if to_be_told else []
    rows.update(
        state=OrderState.STOPPED,
        held_at=None,
        held_by=None,
        held_reason="",
        ended_at=at,
        ended_by=by,
        ended_because=StopBecause.LEFT,
        end_reason=reason[:500],
    )
    Dose.objects.open().filter(order__episode=episode, due_at__gte=at).update(
        closed_at=timezone.now(), closed_because=ClosedBecause.ENDED
    )
    if not left:
        return
    for order in left:
        _tell(order, "stop", told)
    MedicationOrder.objects.bulk_update(left, ["told_at_stop"])
    after_end(left, by=by, at=at)


ONCE = {"frequency": Frequency.ONCE, "times": [], "every": None}
