"""Rounds: who is watched how closely, each time they were seen, and what cannot have been as it is written."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from duties import actions as duties
from duties.models import Kind, Notice
from messaging.actions import send
from tests import given
from tests.then import duty, forbidden, fresh, owed, refused
from treatment.actions import departures, leaves, placements, rounds
from treatment.models import Bed, Checklist, Program, RoundBatch, RoundEntry, RoundOrder, Unit
from treatment.models.rounds import Written, implausible, moves

MINUTE = timedelta(minutes=1)


@pytest.fixture
def episode(clinic):
    return given.in_bed(clinic)


@pytest.fixture
def order(clinic, episode):
    return given.on_rounds(episode, clinic, at=given.ago(minutes=50))


# What is owed.


def test_one_duty_rolls_and_the_next_round_is_never_later_than_the_level_says(clinic, episode, order):
    assert order.duty.owner_role == "nurse" and not order.duty.keeps_thread
    at, waits = given.ago(minutes=45), set()
    for _ in range(12):
        given.seen(order, clinic, at=at)
        wait = (fresh(order.duty).due_at - at).total_seconds() / 60
        assert 9 <= wait <= 15
        waits.add(wait)
        at += 3 * MINUTE
    assert len(waits) > 6, "drawn by chance"
    assert episode.duties.filter(ladder__slug="round").count() == 1
    assert duty(episode, "round") == order.duty and order.entries.count() == 12


@pytest.mark.django_db
@pytest.mark.parametrize(("hour", "least", "most"), [(21, 40, 60), (23, 20, 30), (6, 20, 30), (7, 40, 60)])
def test_at_night_others_hold(clinic, hour, least, most):
    order = RoundOrder(checklist=Checklist.objects.current("observation-levels"), level="night", facility=clinic.here)
    at = datetime(2026, 3, 1, hour, 30, tzinfo=ZoneInfo(clinic.here.zone))
    assert all(least * MINUTE <= order.next_due(at) - at <= most * MINUTE for _ in range(50))


def test_what_is_written_late_or_out_of_order_never_brings_the_next_round_forward(clinic, order):
    given.seen(order, clinic, at=given.ago(minutes=5))
    due_at = fresh(order.duty).due_at
    given.seen(order, clinic, at=given.ago(minutes=20))
    assert fresh(order.duty).due_at == due_at


def test_whoever_was_not_found_is_looked_for_again_at_once(clinic, order):
    at = timezone.now()
    entry = given.seen(order, clinic, where="not_found", at=at)
    assert fresh(order.duty).due_at == at + 5 * MINUTE
    assert entry.what_now().endswith("Report them missing.")


def test_whoever_hurts_themselves_is_come_to_now_until_they_were_asked(clinic, episode, order):
    entry = given.seen(order, clinic, behavior=["tearful", "self_harm"])
    come = duty(episode, "safety_now")
    assert (come.owner_role, come.due_at) == ("nurse", entry.observed_at) and "Ask about suicide" in come.note
    given.seen(order, clinic, behavior=["self_harm"])
    assert owed(episode).count("safety_now") == 1
    given.safety.screen_suicide(episode, declined=True, by=clinic.nurse)
    assert "safety_now" in owed(episode)
    with refused("self_harm_open"):
        duties.resolve(come, by=clinic.nurse, reason="went in")
    given.asked(episode, clinic, at=entry.observed_at - MINUTE)
    assert "safety_now" in owed(episode), "asked before that was seen"
    given.asked(episode, clinic)
    assert "safety_now" not in owed(episode)


def test_whoever_hurts_themselves_is_come_to_again_when_somebody_else_was_asked(clinic, episode, order):
    given.seen(order, clinic, behavior=["self_harm"])
    screen = given.asked(episode, clinic)
    assert "safety_now" not in owed(episode)
    given.safety.mark_error(screen, reason="wrong person", by=clinic.nurse)
    come = duty(episode, "safety_now")
    assert come.owner_role == "nurse" and come.note.endswith("somebody else.")
    given.asked(episode, clinic)
    given.safety.mark_error(given.asked(episode, clinic), reason="twice", by=clinic.nurse)
    assert "safety_now" not in owed(episode)


def test_somebody_who_is_looked_for_was_not_seen_in_bed(clinic, episode, order):
    departures.report_missing(episode, at=given.ago(minutes=30), by=clinic.nurse)
    given.seen(order, clinic, where="not_found", at=given.ago(minutes=20))
    assert not RoundBatch.objects.exists()
    given.seen(order, clinic, at=given.ago(minutes=40))
    assert not RoundBatch.objects.exists(), "seen before they were missing"
    given.seen(order, clinic, at=given.ago(minutes=10))
    assert RoundBatch.objects.get().signs == ["away"]


def test_rounds_that_are_ordered_while_somebody_is_looked_for_rest_until_they_are_found(clinic, episode):
    departure = departures.report_missing(episode, by=clinic.nurse)
    order = given.on_rounds(episode, clinic)
    assert fresh(order.duty).suspended_at
    departures.found(departure, by=clinic.nurse)
    assert not fresh(order.duty).suspended_at


def test_a_late_round_is_told_inside_and_never_by_mail(clinic, episode, mailoutbox):
    order = given.on_rounds(episode, clinic)
    for minutes in (0, 5, 15):
        duties.tick(fresh(order.duty).due_at + minutes * MINUTE)
    send(order.duty.due_at + 15 * MINUTE)
    told = Notice.objects.filter(duty=order.duty).order_by("rung")
    assert [(one.to_role, one.state, one.state_reason) for one in told] == [
        ("nurse", "sent", "inbox_only"),
        ("supervisor", "sent", "inbox_only"),
    ]
    assert not mailoutbox


def test_a_tick_does_not_say_that_somebody_was_seen(clinic, order):
    for one in (order.duty, order.review_duty):
        with refused("rounds_go_on"):
            duties.resolve(one, by=clinic.nurse)
    duties.cancel(fresh(order.duty), reason="moved home", by=clinic.supervisor)  # a decision, with a name
    with refused("rounds_over"):
        given.seen(order, clinic)


# Who orders what.


def test_raising_takes_a_nurse_and_lowering_close_watching_a_prescriber(clinic, episode):
    first = given.on_rounds(episode, clinic, level="general", by=clinic.nurse)
    closer = given.on_rounds(episode, clinic, level="q5", by=clinic.nurse)
    assert (fresh(first.duty).outcome, fresh(first.duty).close_reason) == ("canceled", "now: Within every 5 minutes")
    with refused("lowering_not_allowed"):
        given.on_rounds(episode, clinic, level="q15", by=clinic.nurse)
    with refused("lowering_not_allowed"):
        rounds.stop_rounds(closer, reason="better", by=clinic.nurse)
    with refused("same_level"):
        given.on_rounds(episode, clinic, level="q5")
    lower = given.on_rounds(episode, clinic, level="general")
    rounds.stop_rounds(lower, reason="sleeps, eats, talks", by=clinic.nurse)
    assert not {"round", "round_review"} & set(owed(episode))


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"level": "q7"}, "level_unknown"),
        ({"by": "technician"}, "level_not_allowed"),
        ({"reason": ""}, "reason_missing"),
    ],
)
def test_an_order_is_refused(clinic, episode, fields, code):
    by = getattr(clinic, fields.pop("by", "nurse"))
    with refused(code):
        rounds.order_rounds(episode, **{"level": "q15", "reason": "x", **fields}, by=by)


def test_a_level_is_reviewed_and_the_next_review_owed(clinic, episode, order):
    before = order.review_duty
    at = timezone.now()
    order = rounds.review_rounds(order, reason="still restless", by=clinic.prescriber, at=at)
    assert (fresh(before).outcome, order.review) == ("resolved", "still restless")
    assert duty(episode, "round_review").due_at == at + timedelta(hours=24)
    assert (before.owner_role, order.review_duty.owner_role) == ("prescriber", "prescriber")


def test_two_orders_never_go_on_at_one_time(clinic, episode, order):
    now = timezone.now()
    wanted = {"slug": "round", "facility": clinic.here, "episode": episode, "owner_role": "nurse", "due_at": now}
    with forbidden("one_open_duty_per_mark"):
        duties.open_all([{**wanted, "once": order.duty.once}], by=clinic.nurse, at=now)


def test_an_order_in_error_is_owed_by_nobody(clinic, episode, order):
    rounds.mark_error(order, reason="wrong person", by=clinic.nurse)
    assert not {"round", "round_review"} & set(owed(episode))
    with refused("rounds_over"):
        given.seen(order, clinic)


# What is written down.


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"where": "bed"}, "half_recorded"),
        ({"where": "not_found", "state": "asleep", "breathing": "seen"}, "half_recorded"),
        ({"where": "bed", "state": "asleep"}, "breathing_missing"),
        ({"where": "bed", "state": "awake", "at": timezone.now() + 10 * MINUTE}, "in_the_future"),
    ],
)
def test_a_round_is_refused(clinic, order, fields, code):
    if "at" in fields:
        fields["at"] = timezone.now() + 10 * MINUTE
    with refused(code):
        rounds.enter(order, by=clinic.nurse, **fields)


def test_a_round_has_two_clocks_and_the_second_is_the_databases(clinic, order):
    at = given.ago(minutes=12)
    entry = fresh(given.seen(order, clinic, at=at))
    assert entry.observed_at == at and abs(entry.entered_at - timezone.now()) < MINUTE
    forged = RoundEntry.objects.create(
        order=order, patient_id=order.patient_id, facility=clinic.here, observed_at=at, entered_at=at,
        entered_by=clinic.nurse, where="bed", state="awake",
    )  # fmt: skip
    assert fresh(forged).entered_at > at + 10 * MINUTE


def test_a_round_is_never_changed_or_removed(clinic, order, owner):
    entry = given.seen(order, clinic)
    rounds.strike(entry, reason="wrong person", by=clinic.technician)
    for sql in (
        "UPDATE treatment_roundentry SET words = 'x'",
        "DELETE FROM treatment_roundentry",
        "UPDATE treatment_roundstrike SET reason = 'x'",
    ):
        with pytest.raises(DatabaseError) as caught, transaction.atomic():
            connection.cursor().execute(sql)
        assert caught.value.__cause__.sqlstate == "42501"
    source = "SELECT tgname FROM pg_trigger WHERE tgname LIKE '%%_never_changes' AND tgrelid = %s::regclass"
    for table in ("treatment_roundentry", "treatment_roundstrike", "treatment_incidententry"):
        assert owner.execute(source, [table]).rowcount == 1, "whoever holds the grant is refused too"
    with refused("struck_already"):
        rounds.strike(entry, reason="again", by=clinic.nurse)
    assert not order.entries.right().exists()


@pytest.mark.parametrize(
    ("breathing", "sign"), [("none", "no breathing seen"), ("hard", "breathing is hard, slow or noisy")]
)
def test_breathing_calls_for_emergency_services(clinic, episode, order, breathing, sign):
    entry = given.seen(order, clinic, state="asleep", breathing=breathing)
    assert duty(episode, "emergency_warning").emergency_warning.signs == [sign]
    assert entry.what_now().startswith("Call emergency services now")


# Away and back.


def test_rounds_rest_while_somebody_is_sent_out_and_are_owed_when_they_are_back(clinic, episode, order):
    given.send_out(episode, clinic)
    assert fresh(order.duty).suspended_at and not fresh(order.review_duty).suspended_at
    given.cleared_again(episode, clinic)
    at = timezone.now()
    placements.bring_back(episode, by=clinic.nurse, at=at)
    assert (fresh(order.duty).due_at, fresh(order.duty).suspended_at) == (at, None)


def test_rounds_rest_while_somebody_is_looked_for(clinic, episode, order):
    departure = departures.report_missing(episode, by=clinic.nurse)
    assert order.duty.events.filter(kind=Kind.SUSPENDED, note="missing").exists()
    departures.found(departure, by=clinic.nurse)
    assert fresh(order.duty).suspended_at is None


def test_on_pass_they_rest_until_then_and_are_owed_on_return(clinic, episode, order):
    absence = given.go_on_leave(episode, clinic)
    assert (fresh(order.duty).next_action_at, fresh(order.duty).suspended_at is None) == (
        absence.expected_back_at, False
    )  # fmt: skip
    at = timezone.now()
    leaves.come_back(absence, alert="yes", searched="done", use_since="no", by=clinic.technician, at=at)
    assert (fresh(order.duty).due_at, fresh(order.duty).suspended_at) == (at, None)


def test_whoever_leaves_is_watched_by_nobody(clinic, episode, order):
    given.leave(episode, clinic, coach=clinic.aftercare)
    assert fresh(order.duty).outcome == fresh(order.review_duty).outcome == "canceled"


# What cannot have been.

AT = datetime(2026, 3, 1, 3, 0, tzinfo=ZoneInfo("UTC"))


def told(order="A", where="bed", seen=0, entered=None):
    """A round so many seconds after three, written down so many later."""
    observed_at = AT + timedelta(seconds=seen)
    return Written(order, where, observed_at, AT + timedelta(seconds=seen + 5 if entered is None else entered))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("new", "before", "away", "signs"),
    [
        (told("E", seen=40), [told(o, seen=10 * n) for n, o in enumerate("ABCD")], False, ["fast"]),
        (told("E", seen=61), [told(o, seen=10 * n) for n, o in enumerate("ABCD")], False, []),
        (told("E", "common", seen=40), [told(o, "common", 10 * n) for n, o in enumerate("ABCD")], False, []),
        (told("C"), [told("A"), told("B")], False, ["identical"]),
        (told("C", "group"), [told("A", "group"), told("B", "group")], False, []),
        (told(entered=3601), [], False, ["late"]),
        (told(entered=3600), [], False, []),
        (told(seen=120), [told(seen=0), told(seen=60)], False, ["crowded"]),
        (told(seen=121), [told(seen=0), told(seen=60)], False, []),
        (told(), [], True, ["away"]),
    ],
)
def test_what_cannot_have_been_is_known_at_every_edge(new, before, away, signs):
    assert implausible(new, before, Checklist.objects.current("round-batches").items, away=away) == signs


def test_a_batch_is_one_duty_of_a_supervisor_and_refuses_nothing(clinic, episode, order):
    given.send_out(episode, clinic)
    for minutes in (0, 3, 6):
        given.seen(order, clinic, at=timezone.now() + minutes * MINUTE / 10)
    batch = RoundBatch.objects.get()
    assert (batch.rounds, batch.signs, batch.entries().count()) == (3, ["away", "crowded"], 3)
    assert (batch.duty.owner_role, batch.duty.patient) == ("supervisor", None)
    assert not any(name in batch.duty.note for name in ("Maria", "Technician")), "all of the place may read it"
    with refused("batch_open"):
        duties.resolve(batch.duty, by=clinic.supervisor)
    with refused("own_rounds"):
        rounds.look_at(batch, finding="I was there", by=clinic.technician)
    rounds.look_at(batch, finding="typed after the ambulance left", by=clinic.supervisor)
    assert fresh(batch.duty).outcome == "resolved"
    with refused("looked_at_already"):
        rounds.look_at(batch, finding="again", by=clinic.supervisor)
    given.seen(order, clinic)
    assert RoundBatch.objects.open().count() == 1, "the next one is another batch"


def test_a_usual_round_is_flagged_by_nobody(clinic, order):
    given.seen(order, clinic, at=given.ago(minutes=3))
    assert not RoundBatch.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "found"),
    [
        ((97, 95, 94), "oxygen saturation falls: 97, 95, 94"),
        ((97, 96, 95), ""),
        ((97, 94, 94), ""),
        ((99, 97, 95, 93), "oxygen saturation falls: 97, 95, 93"),
        ((97, 94), ""),
    ],
)
def test_vital_signs_that_move_the_wrong_way(values, found):
    readings = {"oxygen_saturation": [(AT + n * MINUTE, value) for n, value in enumerate(values)]}
    limits = Checklist.objects.current("vital-trends").items
    assert [sentence for _, sentence in moves(readings, limits, AT + 5 * MINUTE)] == ([found] if found else [])
    assert moves(readings, limits, AT + timedelta(hours=13)) == []


# What it costs.


def test_writing_down_a_round_takes_few_statements_however_many_there_are(clinic, order):
    list(clinic.technician.posts)
    costs = []
    for _ in range(4):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            given.seen(order, clinic)
        costs.append(sum("SAVEPOINT" not in one["sql"] for one in asked.captured_queries))
    assert costs[0] <= 12 and len(set(costs[:2])) == 1, costs


def test_whoever_is_watched_is_watched_where_they_go(clinic):
    order = given.on_rounds(given.in_bed(clinic), clinic)
    unit = Unit.objects.create(facility=clinic.elsewhere, name="West")
    there = Program.objects.create(
        facility=clinic.elsewhere, name="Residential", setting="residential", needs_bed=True
    )
    bed = Bed.objects.create(unit=unit, label="1")
    given.moved(order.episode, program=there, bed=bed, by=clinic.nurse)
    goes_on = RoundOrder.objects.open().get()
    assert fresh(order.duty).outcome == "canceled" and order.duty_id != goes_on.duty_id
    assert (goes_on.level, goes_on.reason, goes_on.facility) == (order.level, order.reason, clinic.elsewhere)
    assert {goes_on.duty.facility, goes_on.review_duty.facility} == {clinic.elsewhere}
    given.moved(order.episode, program=clinic.outpatient, by=clinic.nurse_elsewhere)
    assert RoundOrder.objects.open().get().facility == clinic.here
