"""Doses: laid out by the wall clock, given once, seen by a witness, limited as needed, and late where people look."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import given as generated
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from duties.models import Duty
from tests import given
from tests.then import code_of, forbidden, fresh, refused
from treatment.actions import departures, doses
from treatment.actions import medication_orders as orders
from treatment.models import Administration, Dose, MedicationOrder, OrderState
from treatment.tasks import turn_doses

NEW_YORK = ZoneInfo("America/New_York")
HOUR = timedelta(hours=1)


@pytest.fixture
def episode(clinic):
    return given.self_referred(clinic, "Maria")


# When doses are due.


def local(day, hour, minute=0):
    """An instant on New York's wall clock."""
    return datetime.combine(day, time(hour, minute), NEW_YORK)


def due(frequency, starts_at, after, until, **fields):
    """Wall times of what is due, in New York."""
    order = MedicationOrder(frequency=frequency, starts_at=starts_at, **fields)
    return [at.astimezone(NEW_YORK) for at in order.due_between(after, until, NEW_YORK)]


SPRING, FALL = date(2026, 3, 8), date(2026, 11, 1)  # the days on which clocks change


def test_eight_in_the_morning_stays_eight_whatever_the_clocks_do():
    for day in (SPRING, FALL):
        first = local(day - timedelta(days=1), 0)
        found = due("daily", first, first, first + timedelta(days=3, hours=2), times=[time(8), time(20)])
        assert [at.hour for at in found] == [8, 20] * 3
        assert len({at.astimezone(UTC) for at in found}) == 6


def test_a_wall_time_that_is_left_out_is_due_after_the_gap_and_one_that_comes_twice_is_due_once():
    start = local(SPRING - timedelta(days=1), 12)
    [gap] = due("daily", start, start, start + timedelta(hours=20), times=[time(2, 30)])
    assert (gap.astimezone(UTC), gap.hour) == (datetime(2026, 3, 8, 7, 30, tzinfo=UTC), 3)
    start = local(FALL - timedelta(days=1), 12)
    [twice] = due("daily", start, start, start + timedelta(hours=24), times=[time(1, 30)])
    assert twice.astimezone(UTC) == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


def test_every_so_many_hours_are_hours_that_pass():
    start = local(SPRING, 0)
    found = due("every_hours", start, start, start + timedelta(hours=12), every=4)
    assert [(at - start).total_seconds() / 3600 for at in found if at != start] == [4, 8, 12]


def test_every_four_weeks_at_nine():
    start = local(date(2026, 1, 5), 7)
    found = due("every_days", start, start, start + timedelta(days=85), every=28, times=[time(9)])
    assert [at.date() for at in found] == [date(2026, 1, 5) + timedelta(days=28) * n for n in range(4)]
    assert {at.hour for at in found} == {9}
    # Begun after nine: the first is the next day's, and the count goes on from there.
    late = due(
        "every_days", local(date(2026, 1, 5), 10), start, start + timedelta(days=30), every=28, times=[time(9)]
    )
    assert [at.date() for at in late] == [date(2026, 1, 6), date(2026, 2, 3)]


def test_once_and_up_to_the_end():
    start = local(date(2026, 1, 5), 7)
    just_before = start - timedelta(microseconds=1)
    assert len(due("once", start, just_before, start + HOUR)) == 1
    assert due("once", start, start, start + HOUR) == []
    ended = due("every_hours", start, just_before, start + 10 * HOUR, every=1, ends_at=start + 3 * HOUR)
    assert len(ended) == 3
    assert due("as_needed", start, just_before, start + 10 * HOUR) == []


@hypothesis_settings(max_examples=150, deadline=None)
@generated(
    begin=st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1)),
    cuts=st.lists(st.integers(1, 60 * 80), min_size=1, max_size=6),
    times=st.sets(st.times(), min_size=1, max_size=4),
    every=st.integers(1, 9),
    frequency=st.sampled_from(["daily", "every_days", "every_hours"]),
)
def test_however_the_days_are_cut_each_dose_is_due_once(begin, cuts, times, every, frequency):
    start = begin.replace(tzinfo=UTC)
    fields = {
        "daily": {"times": sorted(times)},
        "every_days": {"times": sorted(times), "every": every},
        "every_hours": {"every": every},
    }[frequency]
    at, parts = start - timedelta(microseconds=1), []
    for minutes in cuts:
        until = at + timedelta(minutes=minutes)
        parts += due(frequency, start, at, until, **fields)
        at = until
    whole = due(frequency, start, start - timedelta(microseconds=1), at, **fields)
    assert parts == whole == sorted(whole)


# Giving.


def test_a_dose_is_given_once_and_says_who_when_and_how_much(clinic, episode):
    order = given.once(episode, clinic, "acetaminophen", dose=500)
    dose = given.a_dose(order)
    row = doses.give(dose, by=clinic.nurse)
    assert (row.outcome, row.amount, row.administered_by, row.is_given()) == ("given", 500, clinic.nurse, True)
    assert (fresh(dose).closed_because, fresh(order).state) == ("recorded", OrderState.COMPLETED)
    with refused("dose_recorded"):
        doses.give(dose, by=clinic.prescriber)
    with forbidden("a_dose_is_given_once"):
        Administration.objects.create(
            patient=row.patient, facility=row.facility, episode=row.episode, order=order, due=dose, outcome="missed",
            reason="x", administered_at=row.administered_at, administered_by=clinic.nurse,
        )  # fmt: skip
    for change in ({"amount": 1}, {"outcome": "missed"}, {"administered_by": clinic.prescriber}, {"reason": "x"}):
        with forbidden("an_administration_never_changes"):
            Administration.objects.filter(pk=row.pk).update(**change)


@pytest.mark.django_db(transaction=True)
def test_two_who_tap_at_once_give_it_once(committed_clinic, run_both):
    order = given.once(given.self_referred(committed_clinic), committed_clinic, "acetaminophen", dose=500)
    dose = given.a_dose(order)
    results = run_both(
        lambda: doses.give(dose, by=committed_clinic.nurse), lambda: doses.give(dose, by=committed_clinic.prescriber)
    )
    assert sorted(code_of(one.error) for one in results if one.error) == ["dose_recorded"]
    assert Administration.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_give_as_needed_at_once_keep_the_limit(committed_clinic, run_both):
    order = given.as_needed(given.self_referred(committed_clinic), committed_clinic)
    results = run_both(
        *(lambda by=by: doses.give_as_needed(order, reason="pain", by=by)
          for by in (committed_clinic.nurse, committed_clinic.prescriber))
    )  # fmt: skip
    assert [code_of(one.error) for one in results if one.error] == ["too_soon"]
    assert Administration.objects.count() == 1


def test_not_too_early_not_while_held_and_not_to_somebody_in_hospital(clinic):
    episode = given.in_bed(clinic, at=given.ago(days=2))
    order = given.ordered(episode, clinic, frequency="every_hours", every=8)
    first, second = order.doses.order_by("due_at")[:2]
    with refused("too_early"):
        doses.give(second, by=clinic.nurse)
    with refused("not_yet_due"):
        doses.not_given(second, outcome="missed", reason="x", by=clinic.nurse)
    orders.hold(order, reason="vomits", by=clinic.nurse)
    with refused("dose_closed"):
        doses.give(second, by=clinic.nurse)
    with refused("order_held"):
        doses.give(first, by=clinic.nurse)
    orders.resume(order, by=clinic.prescriber)
    departure = departures.report_missing(episode, by=clinic.nurse)
    with refused("person_away"):
        doses.give(first, by=clinic.nurse)
    departures.found(departure, by=clinic.nurse)
    given.send_out(episode, clinic)
    with refused("person_away"):
        doses.give(first, by=clinic.nurse)


@pytest.mark.parametrize("outcome", ["held", "missed", "not_available"])
def test_what_was_not_given_says_why(clinic, episode, outcome):
    dose = given.a_dose(given.once(episode, clinic, "acetaminophen", dose=500))
    with refused("reason_missing"):
        doses.not_given(dose, outcome=outcome, by=clinic.nurse)
    row = doses.not_given(dose, outcome=outcome, reason="it was so", by=clinic.nurse)
    assert (row.amount, row.is_given(), fresh(dose).closed_because) == (None, False, "recorded")


def test_declining_needs_no_reason(clinic, episode):
    dose = given.a_dose(given.once(episode, clinic, "acetaminophen", dose=500))
    assert doses.not_given(dose, outcome="refused", by=clinic.nurse).reason == ""


def test_what_came_due_in_hospital_is_written_down_together(clinic):
    episode = given.sent_out(clinic, at=given.ago(hours=20))
    order = given.ordered(episode, clinic, frequency="every_hours", every=2, at=given.ago(hours=7))
    doses.record_on_leave(episode, by=clinic.nurse)
    assert set(order.administrations.values_list("outcome", "reason")) == {("on_leave", "General Hospital")}
    assert order.administrations.count() == 4 and not order.doses.open().filter(due_at__lte=timezone.now()).exists()
    with refused("nothing_due"):
        doses.record_on_leave(episode, by=clinic.nurse)


def test_a_mistake_stays_and_its_dose_is_owed_again(clinic, episode):
    order = given.ordered(episode, clinic, "acetaminophen", frequency="every_hours", every=8, dose=500)
    dose = given.a_dose(order)
    wrong = doses.give(dose, by=clinic.nurse)
    doses.mark_error(wrong, reason="was for another", by=clinic.nurse)
    assert fresh(dose).closed_at is None and Administration.objects.count() == 1
    doses.not_given(dose, outcome="refused", by=clinic.nurse)
    assert dose.administrations.count() == 2


@pytest.mark.parametrize("hours, is_owed", [(0, True), (8, False)])
def test_a_mistake_is_owed_again_only_if_its_order_went_on_when_it_was_due(clinic, episode, hours, is_owed):
    start = given.ago(hours=10)
    order = given.ordered(episode, clinic, "acetaminophen", frequency="every_hours", every=8, dose=500, at=start)
    dose = order.doses.order_by("due_at")[hours // 8]
    wrong = doses.not_given(dose, outcome="refused", by=clinic.nurse, at=dose.due_at)
    second = order.doses.order_by("due_at")[1]
    orders.hold(order, reason="vomits", by=clinic.nurse, at=second.due_at)
    doses.mark_error(wrong, reason="was for another", by=clinic.nurse)
    assert (fresh(dose).closed_at is None) == is_owed


@pytest.mark.parametrize("ahead", [timedelta(0), timedelta(minutes=30)])
def test_the_one_dose_of_an_order_is_owed_again_when_it_was_written_down_by_mistake(clinic, episode, ahead):
    order = given.once(episode, clinic, starts_at=timezone.now() + ahead)
    dose = given.a_dose(order)
    wrong = doses.give(dose, by=clinic.nurse)
    assert fresh(order).state == "completed"
    doses.mark_error(wrong, reason="was for another", by=clinic.nurse)
    assert fresh(dose).closed_at is None
    assert doses.give(dose, by=clinic.nurse).due == dose and fresh(dose).closed_at


def test_an_emergency_that_was_none_leaves_no_dose_owed(clinic, episode):
    row = given.emergency_dose(episode, clinic)
    doses.mark_error(row, reason="was for another", by=clinic.nurse)
    assert not row.order.doses.open().exists()


# A witness.


def test_what_is_controlled_counts_once_somebody_else_saw_it(clinic, episode):
    row = given.given_dose(given.once(episode, clinic), clinic)
    assert (row.needs_witness, row.is_given(), Administration.objects.given().count()) == (True, False, 0)
    with refused("own_witness"):
        doses.witness(row, by=clinic.nurse)
    row = doses.witness(row, by=clinic.technician)
    assert row.is_given() and list(Administration.objects.given()) == [row]
    with refused("nothing_to_witness"):
        doses.witness(row, by=clinic.supervisor)
    with forbidden("what_was_witnessed_never_changes"):
        Administration.objects.filter(pk=row.pk).update(witnessed_by=clinic.supervisor)


# As needed.


def test_as_needed_has_hours_between_and_so_many_a_day(clinic, episode):
    start = given.ago(days=2)
    order = given.as_needed(episode, clinic, at=start)
    for hours in (0, 6, 12):
        doses.give_as_needed(order, reason="pain", by=clinic.nurse, at=start + hours * HOUR)
    for hours, code in ((12.5, "too_soon"), (6, "too_soon"), (18, "too_many"), (23.9, "too_many"), (-6, "too_early")):
        with refused(code):
            doses.give_as_needed(order, reason="pain", by=clinic.nurse, at=start + hours * HOUR)
    doses.give_as_needed(order, reason="pain", by=clinic.nurse, at=start + 24 * HOUR)
    with refused("too_many"):  # written down later: with the one after it, it would be one too many
        doses.give_as_needed(order, reason="pain", by=clinic.nurse, at=start + 18 * HOUR)


def test_a_mistake_does_not_count_against_the_limit(clinic, episode):
    order = given.as_needed(episode, clinic)
    row = doses.give_as_needed(order, reason="pain", by=clinic.nurse)
    doses.mark_error(row, reason="not given after all", by=clinic.nurse)
    assert doses.give_as_needed(order, reason="pain", by=clinic.nurse)
    daily = given.ordered(episode, clinic)
    with refused("not_as_needed"):
        doses.give_as_needed(daily, reason="pain", by=clinic.nurse)


# What is asked again before a dose.


def test_before_the_first_dose_everything_is_asked_again(clinic, episode):
    order = given.ordered(episode, clinic, "sertraline", frequency="every_hours", every=8)
    given.an_allergy(episode.patient, clinic, "sertraline")
    with refused("order_blocked"):
        given.given_dose(order, clinic)


def test_an_allergy_that_became_known_is_in_the_way_of_the_next_dose_too(clinic, episode):
    order = given.ordered(episode, clinic, "sertraline", frequency="every_hours", every=8)
    given.given_dose(order, clinic)
    orders.lay_out([order], until=timezone.now() + timedelta(days=1))
    given.an_allergy(episode.patient, clinic, "sertraline")
    with refused("order_blocked"):
        given.given_dose(order, clinic)


def test_an_opioid_taken_while_naltrexone_was_missed_is_in_the_way_of_the_next_dose(clinic, episode):
    start = given.ago(days=5)
    given.asked_before_naltrexone(episode.patient, clinic, at=start - HOUR)
    order = given.ordered(
        episode, clinic, "naltrexone", dose=25, frequency="every_hours", every=24,
        indication="Alcohol use disorder", at=start, starts_at=start,
    )  # fmt: skip
    orders.counsel(order, told=["blockade", "before_opioids", "wallet_card", "naloxone"], by=clinic.nurse, at=start)
    given.given_dose(order, clinic)
    doses.lay_out_all(timezone.now())
    second, *_, last = order.doses.open().filter(due_at__lte=timezone.now()).order_by("due_at")
    assert {one["code"] for one in doses.give(second, by=clinic.nurse, at=second.due_at).findings} == set()
    given.using(episode.patient, clinic, "0501", last_used_at=given.ago(hours=6))
    with refused("order_blocked"):
        doses.give(last, by=clinic.nurse)


def test_what_a_prescriber_overrode_is_not_in_the_way_of_the_dose_and_nothing_else_is_let_by(clinic, episode):
    order = given.ordered(
        episode, clinic, "naltrexone", dose=25, frequency="once", indication="Alcohol use disorder",
        override_reason="tested elsewhere",
    )  # fmt: skip
    with refused("counsel_missing"):
        given.given_dose(order, clinic)
    orders.counsel(order, told=["blockade", "before_opioids", "wallet_card", "naloxone"], by=clinic.nurse)
    given.taking(episode.patient, clinic, "tramadol")
    with refused("order_blocked"):
        given.given_dose(order, clinic)
    given.medication.decide_medication(
        episode.patient.medication_statements.get(), decision="stopped", by=clinic.prescriber, at=given.ago(days=30)
    )
    row = given.given_dose(order, clinic)
    assert {"naltrexone_test_missing"} <= {one["code"] for one in row.findings}


def test_each_injection_comes_with_a_talk_about_reversal_and_is_asked_about_anew(clinic, episode):
    start = given.ago(days=28)
    given.asked_before_naltrexone(episode.patient, clinic, at=start - HOUR)
    order = given.ordered(
        episode, clinic, "Vivitrol", dose=380, route="intramuscular", frequency="every_days", every=28,
        times=[timezone.localtime(start, NEW_YORK).time().replace(second=0, microsecond=0)],
        indication="Alcohol use disorder", at=start, starts_at=start - timedelta(minutes=5),
    )  # fmt: skip
    orders.counsel(order, told=["blockade", "before_opioids", "wallet_card", "naloxone"], by=clinic.nurse, at=start)
    with refused("counsel_missing"):
        given.given_dose(order, clinic)
    first = given.given_dose(order, clinic, told=["reversal"], site="left gluteal")
    assert {"naltrexone_reversal"} <= {one["code"] for one in first.findings}
    doses.lay_out_all(timezone.now())
    given.using(episode.patient, clinic, "0709", last_used_at=given.ago(days=1))
    with refused("order_blocked"):
        given.given_dose(order, clinic, told=["reversal"])


def test_after_missed_days_lamotrigine_is_not_simply_given_on(clinic, episode):
    start = given.ago(days=20)
    order = given.ordered(
        episode, clinic, "lamotrigine", dose=25, indication="Bipolar disorder", at=start, starts_at=start
    )
    orders.counsel(order, told=["rash", "gap"], by=clinic.nurse)
    given.given_dose(order, clinic)
    orders.lay_out([order], until=timezone.now())
    late = order.doses.open().order_by("due_at").last()
    row = doses.give(late, by=clinic.nurse, at=late.due_at)
    assert {one["code"] for one in row.findings} == {
        "lamotrigine_rash_watch"
    }  # asked again, and 25 mg is a beginning


# What time does.


def test_doses_are_laid_out_a_day_ahead_however_often_it_is_done(clinic, episode):
    order = given.ordered(episode, clinic, frequency="every_hours", every=4)
    home = given.ordered(episode, clinic, "melatonin", given_here=False)
    assert doses.lay_out_all(timezone.now()) == 0
    now = timezone.now() + timedelta(days=1)
    assert (doses.lay_out_all(now), doses.lay_out_all(now)) == (1, 0)
    times = list(order.doses.order_by("due_at").values_list("due_at", flat=True))
    assert times[-1] > now + timedelta(hours=24)
    assert {later - earlier for earlier, later in pairwise(times)} == {4 * HOUR}
    assert not home.doses.exists()


def test_an_order_ends_when_its_time_has_passed(clinic, episode):
    order = given.ordered(episode, clinic, ends_at=timezone.now() + HOUR)
    assert doses.end_orders(timezone.now()) == 0
    later = timezone.now() + 2 * HOUR
    assert (doses.end_orders(later), doses.end_orders(later)) == (1, 0)
    assert (fresh(order).state, fresh(order).ended_at) == (OrderState.COMPLETED, order.ends_at)


def late_duties():
    return Duty.objects.open().filter(ladder__slug="doses_late")


def test_where_doses_are_late_the_nurses_owe_them_together_until_they_are_not(clinic, episode):
    orders_ = [
        given.once(episode, clinic, "acetaminophen", dose=500, at=given.ago(minutes=minutes)) for minutes in (59, 61)
    ]
    assert doses.watch_late(timezone.now()) == (1, 0)
    assert doses.watch_late(timezone.now()) == (0, 0)
    [owed] = late_duties()
    assert (owed.facility, owed.owner_role, owed.patient) == (clinic.here, "nurse", None)
    given.given_dose(orders_[1], clinic, at=timezone.now())
    assert doses.watch_late(timezone.now()) == (0, 1)
    assert not late_duties().exists()
    given.given_dose(given.once(episode, clinic, at=given.ago(hours=2)), clinic, at=given.ago(minutes=61))
    assert doses.watch_late(timezone.now()) == (1, 0)  # nobody has witnessed it


def test_the_beat_does_its_work_once(clinic, episode):
    given.once(episode, clinic, "acetaminophen", dose=500, at=given.ago(hours=2))
    assert turn_doses() == (0, 0, (1, 0))
    assert turn_doses() == (0, 0, (0, 0))


def test_a_dose_keeps_its_order_and_time(clinic, episode):
    dose = given.a_dose(given.once(episode, clinic))
    with forbidden("a_dose_stays_where_it_is_due"):
        Dose.objects.filter(pk=dose.pk).update(due_at=timezone.now())
    with forbidden("a_closed_dose_says_why"):
        Dose.objects.filter(pk=dose.pk).update(closed_at=timezone.now())


def test_over_http_a_dose_is_found_given_and_witnessed(clinic, api):
    episode = given.in_bed(clinic, at=given.ago(days=2))
    given.once(episode, clinic)
    nurse = api(clinic.nurse)
    [dose] = nurse.get(f"/api/v1/doses/?unit={clinic.unit.pk}&open=true").json()["results"]
    assert dose["episode"] == str(episode.pk)
    row = nurse.post(f"/api/v1/doses/{dose['id']}/give/", {}, "json").json()
    assert (row["outcome"], row["amount"], row["is_given"]) == ("given", "1.000", False)
    assert nurse.post(f"/api/v1/doses/{dose['id']}/give/", {}, "json").json()["code"] == "dose_recorded"
    own = nurse.post(f"/api/v1/administrations/{row['id']}/witness/", {}, "json")
    assert own.json()["code"] == "own_witness"
    seen = api(clinic.technician).post(f"/api/v1/administrations/{row['id']}/witness/", {}, "json").json()
    assert seen["is_given"] is True
    told = nurse.get(f"/api/v1/patients/{episode.patient_id}/timeline/?kinds=medication").json()["results"]
    assert [one["words"] for one in told] == ["Lorazepam completed", "Ordered lorazepam, for Alcohol withdrawal"]
