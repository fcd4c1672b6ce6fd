"""Clinical hours delivered each week, against what the level asks for."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from patients import actions as patients
from tests import given
from treatment.actions import departures, placements, sessions
from treatment.models import Placement, Program
from treatment.models.hours import last_week, under, weekly

NEW_YORK = ZoneInfo("America/New_York")


def monday(weeks_ago, hour=0, minute=0, days=0):
    """An instant on the wall clock of Harbor House, counted from a Monday."""
    today = timezone.now().astimezone(NEW_YORK).date()
    day = today - timedelta(days=today.weekday() + 7 * weeks_ago - days)
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=NEW_YORK)


@pytest.fixture
def episode(clinic):
    """In the intensive program for four weeks."""
    intensive = Program.objects.create(
        facility=clinic.here, name="Intensive", setting="outpatient", level_of_care="2.1"
    )
    clinic.intensive = intensive
    at = monday(4, days=-1)
    episode = given.ready(clinic, program=intensive, at=at)
    placements.admit(episode, program=intensive, counselor=clinic.counselor, by=clinic.intake, at=at)
    return episode


def held(episode, clinic, start, hours=1, kind="individual", attendance="attended"):
    end = start + timedelta(hours=hours)
    facts = {"oriented": True, "consented": True} if kind == "integration" else {}
    when = {"started_at": start, "ended_at": end, "at": end}
    return sessions.log_session(episode, kind=kind, attendance=attendance, by=clinic.counselor, **when, **facts)


def told(now=None):
    """{weeks ago: (hours, state)} of everybody."""
    found = weekly(Placement.objects.all(), now=now or timezone.now())
    this = monday(0).date()
    return {(this - week.week).days // 7: (float(week.hours), week.state) for week in found}


def test_what_was_delivered_counts_by_its_actual_times_and_by_the_week_of_the_place(clinic, episode):
    for kind in ("individual", "family", "group", "psychoeducation", "integration"):
        held(episode, clinic, monday(2, 10), hours=2, kind=kind)
    held(episode, clinic, monday(1, 0, 0), hours=1.5, attendance="late")
    held(episode, clinic, monday(1, 0) - timedelta(minutes=1), hours=0.5, attendance="partial")
    held(episode, clinic, monday(1, 12), hours=5, attendance="no_show")
    held(episode, clinic, monday(1, 12), hours=5, attendance="excused")
    patients.mark_error(held(episode, clinic, monday(1, 14), hours=5), reason="wrong", by=clinic.counselor)
    found = told()
    assert (found[2], found[1], found[3], found[4]) == ((10.5, "in"), (1.5, "under"), (0, "under"), (0, "under"))
    assert found[0][1] == "part" and found[5][1] == "part"


@pytest.mark.parametrize(("hours", "state"), [(8.99, "under"), (9, "in"), (19.99, "in"), (20, "over")])
def test_the_band_begins_with_its_lower_edge_and_ends_before_its_upper(clinic, episode, hours, state):
    held(episode, clinic, monday(1, 1), hours=hours)
    assert told()[1][1] == state


def test_a_week_partly_in_hospital_is_no_whole_week(clinic, episode):
    absence = given.send_out(episode, clinic, at=monday(2, 10))
    given.cleared_again(absence.episode, clinic, at=monday(1, 9))
    placements.bring_back(absence.episode, by=clinic.nurse, at=monday(1, 10))
    assert [told()[weeks][1] for weeks in (3, 2, 1)] == ["under", "part", "part"]


def test_a_week_in_which_somebody_was_looked_for_is_no_whole_week(clinic, episode):
    departure = departures.report_missing(episode, by=clinic.nurse, at=monday(2, 10))
    departures.found(departure, by=clinic.nurse, at=monday(1, 10))
    assert [told()[weeks][1] for weeks in (3, 2, 1)] == ["under", "part", "part"]


def test_a_program_for_minors_has_the_band_of_its_edition_for_minors(clinic, episode):
    Program.objects.filter(pk=clinic.intensive.pk).update(asam_edition="3", max_age=17)
    held(episode, clinic, monday(1, 10), hours=7)
    assert told()[1] == (7, "in")
    Program.objects.filter(pk=clinic.intensive.pk).update(max_age=18)
    assert told()[1] == (7, "under")


def test_the_places_own_band_goes_before_the_default(clinic, episode):
    from treatment.models import LevelStandard

    LevelStandard.objects.create(
        facility=clinic.here, asam_edition="4", level="2.1", hours_from=3, hours_below=6, source="payer",
        review_after=timedelta(days=14),
    )  # fmt: skip
    held(episode, clinic, monday(1, 10), hours=4)
    assert told()[1] == (4, "in")


def test_it_takes_one_statement_and_those_with_too_few_are_listed(clinic, episode):
    other = given.ready(clinic, "Kim", program=clinic.intensive, at=monday(3))
    placements.admit(other, program=clinic.intensive, by=clinic.intake, at=monday(3))
    held(other, clinic, monday(1, 9), hours=9)
    given.in_outpatient(clinic, "Pat", at=monday(3))  # asks for fewer than nine
    now = timezone.now()
    with CaptureQueriesContext(
        connection,
    ) as taken:
        found = last_week(Placement.objects.all(), now=now)
    assert len(taken.captured_queries) == 1
    assert sorted((float(week.hours), week.state) for week in found) == [(0, "in"), (0, "under"), (9, "in")]
    assert [row.episode for row in under(Placement.objects.all(), now=now)] == [episode]


def test_over_http_by_person_and_by_program(clinic, episode, api):
    held(episode, clinic, monday(1, 10), hours=4)
    client, address = api(clinic.counselor), f"/api/v1/patients/{episode.patient_id}/clinical-hours/"
    weeks = client.get(f"{address}?weeks=2").json()
    assert [(week["week"], week["hours"], week["state"]) for week in weeks] == [
        (str(monday(1).date()), "4.00", "under"), (str(monday(0).date()), "0.00", "part"),
    ]  # fmt: skip
    assert (weeks[0]["level"], weeks[0]["hours_from"], weeks[0]["hours_below"]) == ("2.1", "9.00", "20.00")
    assert client.get(f"{address}?weeks=0").status_code == 400
    assert client.get(f"{address}?month=2").json()["code"] == "unknown_filter"
    listed = api(clinic.supervisor).get(f"/api/v1/under-hours/?program={clinic.intensive.pk}").json()["results"]
    assert [(row["name"], row["week"]["hours"]) for row in listed] == [("Jo", "4.00")]
    assert api(clinic.supervisor).get(f"/api/v1/under-hours/?program={clinic.outpatient.pk}").json()["results"] == []
    assert api(clinic.supervisor).get(f"/api/v1/under-hours/?unit={clinic.unit.pk}").json()["results"] == []
    assert api(clinic.nurse_elsewhere).get("/api/v1/under-hours/").json()["results"] == []
    assert api(clinic.nurse_elsewhere).get(address).status_code == 404
