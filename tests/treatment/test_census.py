"""How the beds stand and stood: each counted once, now and at any moment before."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from patients import actions as patients
from tests import given
from treatment.actions import beds, departures, leaves, placements
from treatment.models import Bed, Unit

CENSUS = "/api/v1/census/"


def states(at=None):
    """How many beds stand how, none left out."""
    (unit,) = Unit.objects.filter(name="East").census(at)
    return {state: unit.states.count(state) for state in unit.states}


@pytest.fixture
def history(clinic):
    """Three beds, ten days; one thing a day."""

    def day(number):
        return given.ago(days=10 - number)

    episode = given.in_bed(clinic, at=day(0))
    blocked = beds.block(clinic.beds[2], reason="repair", at=day(1), by=clinic.nurse)
    leave = given.go_on_leave(episode, clinic, at=day(2), expected_back_at=day(3))
    departure = leaves.not_back(leave, at=day(3), hold_bed_until=day(9), by=clinic.nurse)
    departures.found(departure, at=day(4), by=clinic.nurse)
    given.held(given.taken_in(clinic, "Tess", at=day(4)), clinic, at=day(4), until_at=day(6))
    beds.unblock(blocked, at=day(5), by=clinic.nurse)
    given.send_out(episode, clinic, at=day(6))
    given.cleared_again(episode, clinic, at=day(7))
    placements.bring_back(episode, at=day(7), by=clinic.nurse)
    wrong = given.in_bed(clinic, bed=1, name="Ann", at=day(7)).patient.bed_stays.get()
    patients.mark_error(wrong, reason="wrong person", by=clinic.nurse)
    given.leave(episode, clinic, at=day(8))
    return day


@pytest.mark.parametrize(
    ("after", "found"),
    [
        (-0.5, {"free": 3}),
        (0.5, {"taken": 1, "free": 2}),
        (1.5, {"taken": 1, "blocked": 1, "free": 1}),
        (2.5, {"on_leave": 1, "blocked": 1, "free": 1}),
        (3.5, {"held": 1, "blocked": 1, "free": 1}),
        (4.5, {"taken": 1, "blocked": 1, "expected": 1}),
        (5.5, {"taken": 1, "expected": 1, "free": 1}),
        (6.5, {"held": 1, "free": 2}),
        (7.5, {"taken": 1, "free": 2}),
        (8.5, {"free": 3}),
    ],
)
def test_the_census_of_any_moment_counts_each_bed_once(clinic, history, after, found):
    assert states(history(after)) == found


def test_now_is_counted_as_the_board_shows_it(clinic, api):
    given.on_leave(clinic)
    departures.report_missing(given.in_bed(clinic, bed=1, name="Ann"), by=clinic.nurse)
    given.held(given.taken_in(clinic, "Tess"), clinic, bed=2)
    (row,) = api(clinic.analyst).get(CENSUS).json()["results"]
    counted = [row[name] for name in ("beds", "taken", "on_leave", "kept", "expected", "blocked", "free")]
    assert counted == [3, 0, 1, 1, 1, 0, 0]
    board = api(clinic.nurse).get("/api/v1/bed-board/").json()["results"]
    assert sorted(bed["state"] for bed in board) == ["expected", "held", "on_leave"]
    assert states() == states(timezone.now())


def test_a_search_that_was_given_up_puts_nobody_in_the_bed(clinic):
    departure = departures.report_missing(
        given.in_bed(clinic, at=given.ago(days=2)), at=given.ago(days=1), by=clinic.nurse
    )
    departures.record_risk_decision(departure, risk="low", reason="wrote", by=clinic.prescriber)
    departures.end_search(departure, reason="at his aunt's", by=clinic.supervisor)
    assert states()["held"] == 1 and states(given.ago(hours=30))["taken"] == 1
    beds.assign(departure.placement, bed=clinic.beds[0], by=clinic.nurse)
    assert states()["taken"] == 1


def test_the_census_is_one_statement_and_may_be_asked_of_the_past_alone(clinic, api):
    given.in_bed(clinic, at=given.ago(days=3))
    with CaptureQueriesContext(connection) as asked:
        list(Unit.objects.census(given.ago(days=90)))
    assert len(asked) == 1
    client = api(clinic.analyst)
    (row,) = client.get(CENSUS, {"at": given.ago(days=2).isoformat()}).json()["results"]
    assert (row["taken"], row["free"]) == (1, 2)
    (row,) = client.get(CENSUS, {"at": given.ago(days=4).isoformat()}).json()["results"]
    assert (row["taken"], row["free"]) == (0, 3)
    answer = client.get(CENSUS, {"at": (timezone.now() + timedelta(days=1)).isoformat()})
    assert (answer.status_code, answer.json()["code"]) == (400, "in_the_future")
    assert client.get(CENSUS, {"at": "yesterday"}).status_code == 400


def test_ninety_days_are_one_statement(clinic):
    given.in_bed(clinic, at=given.ago(days=20))
    with CaptureQueriesContext(connection) as asked:
        days = Bed.objects.filter(unit=clinic.unit).taken_by_day(90)
    assert (len(asked), len(days), sum(number for _, number in days)) == (1, 91, 21)
    assert [number for _, number in Bed.objects.none().taken_by_day(2)] == [0, 0, 0]


def test_a_bed_is_counted_from_when_it_was_set_up_or_somebody_lay_in_it(clinic, api):
    new = Bed.objects.create(unit=clinic.unit, label="4", in_use_from=given.ago(days=5))
    late = Bed.objects.create(unit=clinic.unit, label="5")
    clinic.beds = [late]
    given.in_bed(clinic, at=given.ago(days=8))  # written down days after
    assert states(given.ago(days=10)) == {"free": 3}
    assert states(given.ago(days=7)) == {"free": 3, "taken": 1}
    assert states(given.ago(days=4)) == {"free": 4, "taken": 1}
    (row,) = api(clinic.analyst).get(CENSUS, {"at": given.ago(days=10).isoformat()}).json()["results"]
    assert (row["beds"], row["free"]) == (3, 3)
    assert states()["free"] == 4 and new in Bed.objects.free()
