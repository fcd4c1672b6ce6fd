"""Giving doses, saying why one was not given, witnessing, and what time does to them."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone

from accounts.models import Facility, Role, User
from duties import actions as duties
from duties.models import Duty
from patients import actions as patients
from patients.actions import at_stage, needs
from patients.models import Episode, Stage

from ..medication_safety import Facts, Proposed, is_asked_each_time
from ..medication_safety.general import allergies
from ..medication_safety.lamotrigine import restart_after
from ..models import (
    Absence,
    Administration,
    Departure,
    DepartureKind,
    Dose,
    DoseOutcome,
    Medication,
    MedicationOrder,
    OrderState,
)
from ..models.doses import LATE_AFTER, SOON_WITHIN, ClosedBecause
from ..models.medication_orders import Frequency, OrderedHow
from ..models.medications import Counsel
from .absences import OUT
from .medication_facts import allergies_of, findings_of
from .medication_orders import (
    HORIZON,
    ONCE,
    TOP_UP,
    after_end,
    complete,
    is_right,
    lay_out,
    require_passable,
    said,
)

DAY = timedelta(hours=24)
AT_ONCE = 500  # orders laid out in one transaction


def is_owed(dose):
    """Raises dose_recorded, or dose_closed where its order was held or ended."""
    if dose.closed_because == ClosedBecause.RECORDED:
        raise ValidationError("Somebody wrote down already what became of this dose.", code="dose_recorded")
    if dose.closed_at:
        raise ValidationError("This dose is not owed: its order is held or has ended.", code="dose_closed")


def _locked(order_id, episode_id):
    """Episode, then order: two who give to one person come one after the other."""
    episode = Episode.objects.lock(episode_id)
    order = MedicationOrder.objects.lock(order_id)
    order.episode = episode
    return order


def _require_open(order, at):
    """Raises error_marked, order_held, order_ended; what happened before the end may be written down later."""
    is_right(order)
    if order.state == OrderState.HELD and at >= order.held_at:
        raise ValidationError("This order is held.", code="order_held")
    if order.ended_at and at > order.ended_at and not _ended_with_its_dose(order, at):
        raise ValidationError("This order has ended.", code="order_ended")


def _ended_with_its_dose(order, at):
    """Was it for one dose, which somebody wrote down? Where that was a mistake, the dose may still be given."""
    once = order.frequency == Frequency.ONCE and order.how != OrderedHow.EMERGENCY
    return once and order.state == OrderState.COMPLETED and not order.is_over(at)


def _last_given(order, at):
    """When a dose was last handed out, or None. Raises person_away: nothing is given to somebody who is elsewhere."""
    absences = Absence.objects.open().filter(episode=OuterRef("episode"), left_at__lte=at)
    searches = Departure.objects.open().filter(episode=OuterRef("episode"), noticed_at__lte=at)
    newest = Administration.objects.handed_out().filter(order=OuterRef("pk")).order_by("-administered_at")
    rows = MedicationOrder.objects.filter(pk=order.pk)
    is_away, is_missing, last = rows.values_list(
        Exists(absences),
        Exists(searches.filter(kind=DepartureKind.MISSING)),
        Subquery(newest.values("administered_at")[:1]),
    ).get()
    if is_away:
        raise ValidationError("The person is away. Record the dose as “on leave”.", code="person_away")
    if is_missing:
        raise ValidationError("The person is being looked for. Say first that they were found.", code="person_away")
    return last


def _require_told(order):
    """Raises counsel_missing before a first dose (domain 6.6)."""
    if left := order.still_to_be_told("start"):
        words = " ".join(Counsel(code).label for code in left)
        raise ValidationError(f"Before the first dose the person is told: {words}", code="counsel_missing")


def _found_before(order, *, last, told, at):
    """What the rules find now: at a first dose, after a gap, and at each of naltrexone or of an opioid (domain 6.6).

    Who was away, or used, may take neither as if nothing had been; and an allergy that became known meanwhile is in
    the way of every dose. An injection of naltrexone comes with an offer of a reversal agent (label 12/2025, domain
    11). Raises order_blocked.
    """
    catalog = Medication.objects.catalog() if order.medication_id is None else None
    drug = order.drug(catalog)
    after_gap = "lamotrigine" in drug.ingredients and last and at - last > restart_after(with_valproate=False)
    if last is None:
        _require_told(order)
    if order.medication_id and (left := set(order.medication.counsel.get("each", [])) - set(told)):
        words = " ".join(Counsel(code).label for code in left)
        raise ValidationError(f"With each dose: {words}", code="counsel_missing")
    if last is None or after_gap or is_asked_each_time(drug):
        found = findings_of(order, at=at, catalog=catalog)
    else:
        known = Facts(at=at, allergies=allergies_of(order.patient, catalog))
        found = list(allergies(known, Proposed(drug, at)))
    require_passable(found, accepted=order.overridden())
    return [one.told() for one in found]


def _record(order, outcome, *, by, at, id=None, due=None, **fields):
    """One row; the dose it was waits for nobody any more, and an order for one dose is done."""
    given = Administration(
        patient_id=order.patient_id,
        facility=due.facility if due else order.facility,
        episode=order.episode,
        order=order,
        due=due,
        outcome=outcome,
        administered_at=at,
        administered_by=by,
        needs_witness=order.controlled and outcome == DoseOutcome.GIVEN,
        **fields,
    )
    if id:
        given.id = id
    given.save(force_insert=True)
    if due is not None:
        due.closed_at, due.closed_because = timezone.now(), ClosedBecause.RECORDED
        due.save(update_fields=["closed_at", "closed_because"])
    if order.frequency == Frequency.ONCE and order.state == OrderState.ACTIVE:
        complete(order, by=by, at=at)
    return given


@needs(is_owed)
@transaction.atomic
def give(dose, *, amount=None, site="", told=(), by, at=None, id=None):
    """The dose was given. Twice, it is given once; what is controlled counts once somebody else has seen it.

    Raises dose_recorded, dose_closed, too_early, order_held, order_ended, person_away, counsel_missing,
    order_blocked.
    """
    order = _locked(dose.order_id, dose.order.episode_id)
    dose, at = Dose.objects.select_related("facility").lock(dose.pk), at or timezone.now()
    give.require(dose)
    _require_open(order, at)
    if at < dose.due_at - SOON_WITHIN:
        raise ValidationError("It is too early for this dose.", code="too_early")
    last = _last_given(order, at)
    found = _found_before(order, last=last, told=told, at=at)
    return _record(
        order, DoseOutcome.GIVEN, due=dose, amount=amount or order.dose, site=site, told=list(told), findings=found,
        by=by, at=at, id=id,
    )  # fmt: skip


@needs(is_owed)
@transaction.atomic
def not_given(dose, *, outcome, reason="", by, at=None, id=None):
    """The dose was declined, held, missed, not available, or the person was on leave; declining needs no reason.

    Raises dose_recorded, dose_closed, not_yet_due, reason_missing.
    """
    order = _locked(dose.order_id, dose.order.episode_id)
    dose, at = Dose.objects.select_related("facility").lock(dose.pk), at or timezone.now()
    not_given.require(dose)
    is_right(order)
    if outcome == DoseOutcome.MISSED and at < dose.due_at:
        raise ValidationError("A dose is missed once it was due.", code="not_yet_due")
    return _record(order, outcome, due=dose, reason=reason, by=by, at=at, id=id)


def is_as_needed(order):
    """Raises not_as_needed, order_held or order_ended."""
    if order.frequency != Frequency.AS_NEEDED:
        raise ValidationError("This is not given as needed.", code="not_as_needed")
    _require_open(order, timezone.now())


def _require_room(order, at):
    """Raises too_soon and too_many: hours between doses, and doses in any 24 hours around this one."""
    near = order.administrations.handed_out().filter(administered_at__gt=at - DAY, administered_at__lt=at + DAY)
    apart = timedelta(hours=float(order.min_hours))
    longest = max(apart, DAY)
    if apart > DAY:
        near = order.administrations.handed_out().filter(
            administered_at__gt=at - longest, administered_at__lt=at + longest
        )
    times = sorted(near.values_list("administered_at", flat=True))
    closest = min(times, key=lambda one: abs(one - at), default=None)
    if closest is not None and abs(closest - at) < apart:
        hours = f"{order.min_hours.normalize():f}"
        raise ValidationError(f"At least {hours} hours lie between two doses.", code="too_soon")
    with_this = sorted([*times, at])
    for end in with_this:
        if end >= at and sum(end - DAY < one <= end for one in with_this) > order.max_doses:
            raise ValidationError(f"At most {order.max_doses} in 24 hours.", code="too_many")


@needs(is_as_needed)
@transaction.atomic
def give_as_needed(order, *, reason, amount=None, site="", by, at=None, id=None):
    """A dose taken as needed, for a reason.

    Raises too_soon, too_many, person_away, order_held, order_ended, order_blocked, counsel_missing.
    """
    order, at = _locked(order.pk, order.episode_id), at or timezone.now()
    if order.frequency != Frequency.AS_NEEDED:
        is_as_needed(order)
    _require_open(order, at)
    if at < order.starts_at:
        raise ValidationError("This order has not begun.", code="too_early")
    if order.is_over(at):
        raise ValidationError("This order has ended.", code="order_ended")
    last = _last_given(order, at)
    _require_room(order, at)
    found = _found_before(order, last=last, told=(), at=at)
    return _record(
        order, DoseOutcome.GIVEN, amount=amount or order.dose, reason=reason, site=site, findings=found,
        by=by, at=at, id=id,
    )  # fmt: skip


@needs(at_stage(*set(Stage) - {Stage.CLOSED}))
@transaction.atomic
def give_emergency_dose(episode, *, prescriber, reason, site="", by, at=None, id=None, **fields):
    """A dose that could not wait; the prescriber acknowledges it within the hour. Raises what a verbal order does."""
    episode = Episode.objects.lock(episode.pk)
    give_emergency_dose.require(episode)
    at = at or timezone.now()
    order = said(
        episode, OrderedHow.EMERGENCY, prescriber=prescriber, instructions=reason, by=by, at=at, **ONCE, **fields
    )
    order.episode = episode
    return _record(
        order, DoseOutcome.GIVEN, due=order.laid_out[0], amount=order.dose, reason=reason, site=site,
        findings=order.findings, by=by, at=at, id=id,
    )  # fmt: skip


def _due_since(absence, at):
    return Dose.objects.open().filter(order__episode=absence.episode_id, due_at__gte=absence.left_at, due_at__lte=at)


def is_away_from_doses(episode, at=None):
    """Raises not_away, or nothing_due while no dose came due since the person left; the absence otherwise."""
    absence = OUT.first(episode.pk)
    if absence is None:
        raise ValidationError("The person is not away.", code="not_away")
    if not _due_since(absence, at or timezone.now()).exists():
        raise ValidationError("No dose came due since the person left.", code="nothing_due")
    return absence


@needs(is_away_from_doses)
@transaction.atomic
def record_on_leave(episode, *, by, at=None):
    """Every dose that came due while the person is away was not given because of that.

    Raises not_away, nothing_due.
    """
    episode = Episode.objects.lock(episode.pk)
    at = at or timezone.now()
    absence = is_away_from_doses(episode, at)
    doses = list(_due_since(absence, at).select_for_update(no_key=True, of=("self",)).order_by("due_at", "pk"))
    rows = [
        Administration(
            patient_id=dose.patient_id,
            facility_id=dose.facility_id,
            episode=episode,
            order_id=dose.order_id,
            due=dose,
            outcome=DoseOutcome.ON_LEAVE,
            administered_at=at,
            administered_by=by,
            reason=absence.destination,
        )
        for dose in doses
    ]
    Administration.objects.bulk_create(rows)
    Dose.objects.filter(pk__in=[dose.pk for dose in doses]).update(
        closed_at=timezone.now(), closed_because=ClosedBecause.RECORDED
    )
    return rows[-1]


def waits_for_a_witness(given):
    """Raises nothing_to_witness."""
    if given.entered_in_error_at or not given.needs_witness or given.witnessed_at:
        raise ValidationError("This waits for no witness.", code="nothing_to_witness")


@needs(waits_for_a_witness)
@transaction.atomic
def witness(given, *, by, at=None):
    """Somebody else saw it given; only now it counts. Raises nothing_to_witness, own_witness."""
    Episode.objects.lock(given.episode_id)
    given = Administration.objects.lock(given.pk)
    witness.require(given)
    given.witnessed_at, given.witnessed_by = at or timezone.now(), by
    given.save(update_fields=["witnessed_at", "witnessed_by"])
    given.refresh_from_db()
    return given


@transaction.atomic
def mark_error(given, *, reason, by, at=None):
    """It was not so: the row stays, and its dose is owed again if its order still went on when it was due.

    An order for one dose ended by this very row, so that its dose is owed again; not that of an emergency.
    """
    order, at = _locked(given.order_id, given.episode_id), at or timezone.now()
    given = patients.mark_error(given, reason=reason, by=by, at=at)
    stood_still_at = None if _ended_with_its_dose(order, at) else order.held_at or order.ended_at
    if given.due_id and (stood_still_at is None or given.due.due_at < stood_still_at):
        Dose.objects.filter(pk=given.due_id).update(closed_at=None, closed_because="")
    return given


# What time does.


def lay_out_all(now):
    """Lay out every dose due in the next day that is not yet; returns how many orders were topped up."""
    done = 0
    while True:
        with transaction.atomic():
            rows = MedicationOrder.objects.to_lay_out(now + TOP_UP).order_by("pk")
            rows = list(rows.select_for_update(no_key=True, skip_locked=True, of=("self",))[:AT_ONCE])
            if not rows:
                return done
            lay_out(rows, until=now + HORIZON, places=Facility.objects.in_bulk({row.place_now for row in rows}))
            done += len(rows)


@transaction.atomic
def end_orders(now):
    """Orders whose time has passed are completed, and what that asks for is owed or no longer owed."""
    rows = MedicationOrder.objects.active().filter(ends_at__lte=now).order_by("pk")
    rows = rows.select_related("facility", "medication", "episode__patient")
    rows = list(rows.select_for_update(no_key=True, skip_locked=True, of=("self",))[:AT_ONCE])
    if not rows:
        return 0
    system = User.objects.system()
    for order in rows:
        order.state, order.ended_at, order.ended_by = OrderState.COMPLETED, order.ends_at, system
    MedicationOrder.objects.bulk_update(rows, ["state", "ended_at", "ended_by"])
    after_end(rows, by=system, at=now)
    return len(rows)


@transaction.atomic
def watch_late(now):
    """Where doses are late or wait for a witness, the nurses owe them together: one duty a place, while it is so."""
    late = list(Dose.objects.late(now).values_list("facility", flat=True).distinct())
    unseen = Administration.objects.unwitnessed().filter(administered_at__lt=now - LATE_AFTER)
    places = {*late, *unseen.values_list("facility", flat=True).distinct()}
    marks = {_mark(place): place for place in places}
    owed = Duty.objects.open().filter(once__startswith=_mark(""))
    known = {duty.once: duty for duty in owed}
    by = User.objects.system() if marks or known else None
    facilities = Facility.objects.in_bulk({place for mark, place in marks.items() if mark not in known})
    for facility in facilities.values():
        duties.open(
            "doses_late",
            facility=facility,
            owner_role=Role.NURSE,
            due_at=now,
            once=_mark(facility.pk),
            note="Doses are late, or wait for a witness: see the medication pass",
            by=by,
            at=now,
        )
    over = [duty.pk for mark, duty in known.items() if mark not in marks]
    if over:
        duties.resolve_each(Duty.objects.filter(pk__in=over), by=by, at=now, reason="no dose is late any more")
    return len(facilities), len(over)


def _mark(place):
    return f"doses_late:{place}"
