"""Random tests: every day is as likely as any other, no earlier day tells a later one, and nobody sees one coming."""

import random
from collections import Counter
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given as for_all
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as some

from aftercare.actions.closings import close
from duties import actions as duties
from patients.models import CloseReason
from patients.views.bases import READS
from tests import given
from tests.then import duty, forbidden, fresh, owed, refused
from treatment.actions import departures, leaves, placements, random_tests
from treatment.models import RandomDraw, RandomSchedule, RandomTest
from treatment.models import random_tests as rule
from treatment.models.random_tests import draw, period_of

NEW_YORK = ZoneInfo("America/New_York")
MONDAY = date(2026, 6, 1)
EVERY = list(range(7))
# An alarm in some ten thousand runs: chi-square at p = 0.0001 by degrees of freedom.
CHI = {6: 27.9, 36: 77.0}


def days(count, *, per="week", least=1, most=3, weekdays=EVERY, after=MONDAY - timedelta(days=1), chance=rule.CHANCE):
    """So many days, one drawn after the other as the action draws them."""
    found, last = [], None
    for _ in range(count):
        taken = sum(day >= last.began_on for day in found[-31:]) if last else 0
        last = draw(
            per=per, least=least, most=most, weekdays=weekdays, after=after, last=last, taken=taken, chance=chance
        )
        found.append(last.on)
        after = last.on
    return found


def far_from_even(counts, expected):
    """Chi-square."""
    return sum((count - expected) ** 2 / expected for count in counts)


@hypothesis_settings(max_examples=200, deadline=None)
@for_all(
    least=some.integers(1, 4),
    more=some.integers(0, 3),
    weekdays=some.sets(some.integers(0, 6), min_size=1),
    start=some.integers(0, 400),
    per=some.sampled_from(["week", "month"]),
)
def test_every_whole_period_holds_its_least_and_its_most(least, more, weekdays, start, per):
    most, after = least + more, MONDAY + timedelta(days=start)
    found = days(30, per=per, least=least, most=most, weekdays=weekdays, after=after)
    assert found == sorted(set(found)) and found[0] > after
    assert {day.weekday() for day in found} <= weekdays
    periods = Counter(period_of(day, per)[0] for day in found)
    first, *whole = sorted(periods)
    for began_on in whole[:-1]:  # the last may not be full yet
        possible = [day for day in period_of(began_on, per) if day.weekday() in weekdays]
        assert min(least, len(possible)) <= periods[began_on] <= most
    assert periods[first] <= most
    gaps = [(b - a).days for a, b in pairwise(whole)]
    assert all(gap == 7 for gap in gaps) if per == "week" else all(gap in range(28, 32) for gap in gaps)


def test_every_day_of_the_week_is_as_likely_as_any_other():
    found = days(7000, least=1, most=3)
    counts = Counter(day.weekday() for day in found)
    assert far_from_even([counts[day] for day in EVERY], 1000) < CHI[6]


def test_every_pair_of_days_is_as_likely_as_any_other():
    found = days(8400, least=2, most=2)
    pairs = Counter(tuple(day.weekday() for day in pair) for pair in zip(found[::2], found[1::2], strict=True))
    assert len(pairs) == 21 and far_from_even(pairs.values(), 200) < 56  # 20 degrees of freedom, p = 0.00003


def test_one_week_tells_nothing_about_the_next():
    found = [day.weekday() for day in days(9801, least=1, most=1)]
    pairs = Counter(pairwise(found))
    expected = 9800 / 49
    assert far_from_even([pairs[a, b] for a in EVERY for b in EVERY], expected) < CHI[36] + 12  # rows, columns too


def test_chance_is_that_of_the_system_and_nothing_that_is_seeded_moves_it():
    assert isinstance(rule.CHANCE, random.SystemRandom)
    runs = []
    for _ in range(2):
        random.seed(7)
        runs.append(days(40))
    assert runs[0] != runs[1]


def test_the_days_that_were_seen_do_not_tell_the_next_one_to_somebody_who_guesses():
    found = [day.weekday() for day in days(4000, least=1, most=1)]
    seen, right = Counter(), 0
    for day in found:  # guesses the day that came least, or most: neither does better than one in seven
        right += bool(seen) and day == min(EVERY, key=lambda one: seen[one])
        seen[day] += 1
    assert abs(right - 4000 / 7) < 5 * (4000 / 7 * 6 / 7) ** 0.5


@pytest.fixture
def jo(clinic):
    """Somebody in outpatient."""
    return given.in_outpatient(clinic)


def at(day, hour, minute=0):
    """A wall time of Harbor House."""
    return datetime.combine(day, time(hour, minute), NEW_YORK)


def begin(episode, clinic, **rule):
    return given.tested_at_random(episode, clinic, at=at(date(2026, 6, 7), 12), **{"least": 2, **rule})


def ahead(schedule):
    return schedule.draws.get(spent_at=None)


def test_nobody_learns_of_a_test_before_its_morning_and_then_it_is_owed_by_the_end_of_its_window(clinic, jo):
    schedule = begin(jo, clinic)
    before, drawn = owed(jo), ahead(schedule)
    assert drawn.reveal_at == at(drawn.on, 6) and schedule.draws.count() == 1
    assert random_tests.turn(drawn.reveal_at - timedelta(seconds=1)) == 0
    assert (owed(jo), RandomTest.objects.count()) == (before, 0)
    assert random_tests.turn(drawn.reveal_at) == 1 and random_tests.turn(drawn.reveal_at) == 0
    test = RandomTest.objects.get()
    assert (test.on, test.closes_at, duty(jo, "random_test")) == (drawn.on, at(drawn.on, 18), test.duty)
    assert test.duty.due_at == test.closes_at and not schedule.draws.filter(spent_at=None).exists()
    with refused("random_test_open"):
        duties.resolve(test.duty, by=clinic.nurse)


def test_the_day_that_is_drawn_has_no_page_no_address_no_history_and_is_in_no_answer(clinic, jo, api):
    schedule = begin(jo, clinic)
    drawn = ahead(schedule)
    assert RandomDraw not in READS and not hasattr(RandomDraw, "history")
    client = api(clinic.supervisor)
    told = client.get(f"/api/v1/random-schedules/{schedule.pk}/").content.decode()
    told += client.get(f"/api/v1/patients/{jo.patient_id}/timeline/").content.decode()
    told += client.get(f"/api/v1/duties/?episode={jo.pk}").content.decode()
    told += str(list(schedule.history.values()))
    assert drawn.on.isoformat() not in told and "not to be known" in told
    assert client.get("/api/v1/random-schedules/?draws__on=2026-06-08").status_code == 400
    assert not [field for field in RandomSchedule._meta.concrete_fields if "next" in field.name]


def test_a_sample_does_what_is_asked_for_and_the_next_day_is_drawn(clinic, jo):
    schedule = begin(jo, clinic)
    random_tests.turn(ahead(schedule).reveal_at)
    test = RandomTest.objects.get()
    other = given.a_test(jo, clinic, panel=["thc"], at=at(test.on, 9))
    assert fresh(test).closed_at is None and other.pk
    sample = given.a_test(jo, clinic, panel=["ketamine", "thc"], why="random", at=at(test.on, 10))
    assert (fresh(test).outcome, fresh(test).test, fresh(test.duty).outcome) == ("done", sample, "resolved")
    assert ahead(schedule).on > test.on
    with refused("outcome_known"):
        random_tests.excuse(test, reason="late", by=clinic.nurse)


@pytest.mark.parametrize(
    ("verb", "outcome", "how"), [("excuse", "excused", "excused"), ("miss", "missed", "canceled")]
)
def test_a_test_may_be_excused_or_missed_for_a_reason(clinic, jo, verb, outcome, how):
    schedule = begin(jo, clinic)
    random_tests.turn(ahead(schedule).reveal_at)
    test = RandomTest.objects.get()
    getattr(random_tests, verb)(test, reason="at a funeral", by=clinic.counselor, at=at(test.on, 11))
    assert (fresh(test).outcome, fresh(test.duty).outcome, ahead(schedule).on > test.on) == (outcome, how, True)
    with forbidden("the_outcome_of_a_random_test_never_changes"):
        RandomTest.objects.update(outcome="done")


def test_what_nobody_collected_is_missed_when_its_day_is_over_and_the_next_morning_may_be_the_next(clinic, jo):
    schedule = begin(jo, clinic, least=7, most=7)
    day = ahead(schedule).on
    for _ in range(3):
        assert random_tests.turn(at(day, 6)) == 1
        assert random_tests.turn(at(day, 23, 59)) == 0
        day += timedelta(days=1)
        assert random_tests.turn(at(day, 0)) == 1  # closed as missed; a day drawn anew
        assert ahead(schedule).on == day
    assert set(RandomTest.objects.values_list("outcome", "reason")) == {("missed", random_tests.NOBODY_COLLECTED)}


def test_a_day_on_which_the_system_stood_still_is_drawn_again(clinic, jo):
    schedule = begin(jo, clinic)
    late = at(ahead(schedule).on + timedelta(days=3), 12)
    assert random_tests.turn(late) == 0
    assert not RandomTest.objects.exists() and ahead(schedule).reveal_at > late


def test_a_window_is_of_the_wall_clock_on_the_day_the_clocks_change(clinic, jo):
    schedule = given.tested_at_random(
        jo, clinic, at=at(date(2026, 10, 31), 12), least=7, most=7, window_from=time(5), window_until=time(9)
    )
    drawn = ahead(schedule)
    assert (drawn.on, drawn.reveal_at) == (date(2026, 11, 1), at(date(2026, 11, 1), 5))
    random_tests.turn(drawn.reveal_at)
    assert RandomTest.objects.get().over_at - at(drawn.on, 0) == timedelta(hours=25)


def test_while_the_person_is_away_nobody_is_tested_and_back_a_day_is_drawn_anew(clinic):
    episode = given.in_bed(clinic, at=given.ago(days=5))
    schedule = given.tested_at_random(episode, clinic, at=given.ago(days=4), least=7, most=7)
    random_tests.turn(ahead(schedule).reveal_at)
    test = RandomTest.objects.get()
    given.send_out(episode, clinic)
    assert (fresh(test).outcome, fresh(test).reason) == ("excused", "sent to hospital")
    assert fresh(schedule).paused_at and not schedule.draws.filter(spent_at=None).exists()
    assert random_tests.turn(given.ago(days=-9)) == 0
    with refused("paused_already"):
        random_tests.pause(schedule, reason="again", by=clinic.nurse)
    given.cleared_again(episode, clinic)
    placements.bring_back(episode, by=clinic.nurse)
    assert fresh(schedule).paused_at is None and ahead(schedule).on > fresh(test).on
    with refused("not_paused"):
        random_tests.resume(schedule, by=clinic.nurse)


def test_what_somebody_paused_for_a_reason_is_not_begun_again_by_coming_back(clinic):
    episode = given.in_bed(clinic, at=given.ago(days=5))
    schedule = given.tested_at_random(episode, clinic, at=given.ago(days=4))
    random_tests.pause(schedule, reason="catheter", by=clinic.counselor, at=given.ago(days=2))
    absence = given.go_on_leave(episode, clinic)
    leaves.come_back(absence, alert=True, searched=True, use_since=False, by=clinic.nurse)
    assert fresh(schedule).pause_reason == "catheter" and not schedule.draws.filter(spent_at=None).exists()
    random_tests.resume(schedule, by=clinic.counselor)
    assert ahead(schedule)


def test_of_somebody_who_is_away_no_day_is_drawn_until_they_are_back(clinic):
    absence = given.on_leave(clinic, at=given.ago(days=5), left=given.ago(hours=1))
    schedule = given.tested_at_random(absence.episode, clinic)
    assert fresh(schedule).paused_at and not schedule.draws.exists()
    departure = leaves.not_back(absence, by=clinic.nurse)
    assert fresh(schedule).paused_at
    departures.found(departure, by=clinic.nurse)
    assert fresh(schedule).paused_at is None and ahead(schedule)


def test_pausing_in_the_middle_of_a_week_never_makes_it_more_than_its_most(clinic, jo):
    schedule = begin(jo, clinic, least=2, most=2)
    for _ in range(12):
        random_tests.turn(ahead(schedule).reveal_at)
        test = schedule.tests.open().get()
        random_tests.miss(test, reason="so it was", by=clinic.nurse, at=at(test.on, 10))
        random_tests.pause(schedule, reason="away", by=clinic.nurse, at=at(test.on, 11))
        random_tests.resume(schedule, by=clinic.nurse, at=at(test.on, 12))
    weeks = Counter(period_of(one.on, "week")[0] for one in schedule.tests.all())
    assert set(weeks.values()) == {2}


def test_it_ends_with_the_program_and_with_the_episode(clinic, jo):
    schedule = begin(jo, clinic)
    random_tests.turn(ahead(schedule).reveal_at)
    given.leave(jo, clinic, reason="2")
    assert fresh(schedule).ended_at and RandomTest.objects.get().outcome == "excused"
    again = given.tested_at_random(jo, clinic)
    close(fresh(jo), reason=CloseReason.COMPLETED, by=clinic.supervisor)
    assert fresh(again).ended_at and not RandomDraw.objects.filter(spent_at=None).exists()
    with refused("schedule_ended"):
        random_tests.end(again, reason="again", by=clinic.nurse)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"least": 4, "most": 3}, "numbers_crossed"),
        ({"least": 1, "most": 8}, "numbers_crossed"),
        ({"weekdays": [7]}, "weekdays_missing"),
        ({"window_from": time(18), "window_until": time(8)}, "window_crossed"),
        ({"panel": []}, "panel_empty"),
        ({"panel": ["luck"]}, "unknown_analyte"),
    ],
)
def test_a_rule_that_cannot_be_is_refused(clinic, jo, fields, code):
    with refused(code):
        given.tested_at_random(jo, clinic, **fields)


def test_there_is_one_schedule_and_one_day_ahead(clinic, jo):
    schedule = given.tested_at_random(jo, clinic, weekdays=[])
    assert schedule.weekdays == EVERY
    with forbidden("random_tests_have_days"):
        RandomSchedule.objects.update(weekdays=[])
    with refused("schedule_open"):
        given.tested_at_random(jo, clinic)
    drawn = ahead(schedule)
    with forbidden("one_day_is_drawn_ahead"):
        drawn.pk = None
        RandomDraw.objects.create(
            schedule=schedule, on=drawn.on, period_began_on=drawn.on, wanted=1, reveal_at=drawn.reveal_at,
            drawn_at=drawn.drawn_at,
        )  # fmt: skip
    random_tests.mark_error(schedule, reason="another person", by=clinic.nurse)
    assert not RandomDraw.objects.filter(spent_at=None).exists()
    assert given.tested_at_random(jo, clinic)
