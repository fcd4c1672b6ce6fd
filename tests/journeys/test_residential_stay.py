"""A 28-day residential stay over HTTP, with passes, a night elopement and the return in the morning."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from patients.models import Episode
from tests import given

HOME = ZoneInfo("America/New_York")


class Stay:
    """Who does what, when, and what is seen afterwards."""

    def __init__(self, clinic, api):
        self.clinic, self.api = clinic, api
        self.arrival = timezone.now().astimezone(HOME).date() - timedelta(days=29)
        self.patient = self.episode = None

    def at(self, day, clock):
        """A wall time of a day of the stay, counted from 1."""
        hours, minutes = map(int, clock.split(":"))
        day = self.arrival + timedelta(days=day - 1)
        return datetime(day.year, day.month, day.day, hours, minutes, tzinfo=HOME).isoformat()

    def does(self, who, what, day, clock, **body):
        """A verb, done at that time; what it answers."""
        body = {"occurred_at": self.at(day, clock), **body}
        answer = self.api(getattr(self.clinic, who)).post(f"/api/v1/{what}/", body)
        assert answer.status_code in (200, 201), (what, answer.json())
        return answer.json()

    def sees(self, what, who="nurse", **query):
        """What is read."""
        answer = self.api(getattr(self.clinic, who)).get(f"/api/v1/{what}/", query)
        assert answer.status_code == 200, answer.json()
        return answer.json()

    def owed(self):
        """What is owed to the person, in words."""
        return {duty["name"] for duty in self.sees("duties", episode=self.episode, open="true")["results"]}

    def census(self, day, clock):
        """How the three beds stood then."""
        (row,) = self.sees("census", at=self.at(day, clock))["results"]
        names = ("taken", "on_leave", "kept", "expected", "blocked", "free")
        assert sum(row[name] for name in names) == row["beds"] == 3
        return {name: row[name] for name in names if row[name]}


@pytest.fixture
def stay(clinic, api):
    return Stay(clinic, api)


def test_twenty_eight_days_with_a_night_away(stay):
    given_somebody_expected_with_a_bed_held(stay)
    when_they_are_admitted_into_it(stay)
    when_they_go_on_a_pass_and_come_back(stay)
    when_they_are_found_gone_at_two_in_the_morning(stay)
    then_they_are_looked_for_and_a_clinician_judges_the_risk(stay)
    when_they_return_in_the_morning(stay)
    when_they_are_late_from_a_leave_and_come_back_after_all(stay)
    when_they_are_discharged_on_day_twenty_eight(stay)
    then_the_thread_goes_on_and_the_bed_is_free(stay)
    then_the_whole_stay_is_told_in_order(stay)


def given_somebody_expected_with_a_bed_held(stay):
    handover = stay.does(
        "nurse", "handovers", 1, "06:00",
        facility=str(stay.clinic.here.pk), person={"preferred_name": "Rosa"}, source="hospital",
        source_name="General Hospital", consciousness="alert", breathing="normal",
        substances=[{"substance": "2004", "route": "1", "source": "person"}],
    )  # fmt: skip
    stay.patient, stay.episode = handover["patient"], handover["episode"]
    episode = f"episodes/{stay.episode}"
    stay.hold = stay.does(
        "intake", f"{episode}/hold-bed", 1, "07:00",
        bed=str(stay.clinic.beds[0].pk), reason="comes tonight", until_at=stay.at(2, "07:00"),
    )  # fmt: skip
    stay.does("nurse", f"{episode}/stop-observations", 1, "08:00", reason="awake and walking")
    stay.does("nurse", f"{episode}/clear", 1, "09:00", basis="cleared", findings=given.findings())
    stay.does("counselor", f"{episode}/talk", 1, "11:00", outcome="accepted", information_offered=True)
    stay.does("nurse", f"{episode}/screen-suicide", 1, "12:00", wish=False, thoughts=False, behavior=False)
    stay.does(
        "intake", f"{episode}/complete-intake", 1, "13:00",
        program=str(stay.clinic.residential.pk), agreed_to_treatment=True, patient_notice_given=True,
    )  # fmt: skip
    assert stay.census(1, "07:30") == {"expected": 1, "free": 2}


def when_they_are_admitted_into_it(stay):
    stay.does(
        "nurse", f"episodes/{stay.episode}/admit", 1, "18:00",
        program=str(stay.clinic.residential.pk), bed=str(stay.clinic.beds[0].pk),
        expected_end_on=str(stay.arrival + timedelta(days=27)),
    )  # fmt: skip
    assert stay.sees(f"bed-holds/{stay.hold['id']}")["outcome"] == "used"
    assert stay.census(1, "18:00") == {"taken": 1, "free": 2}
    given.a_plan_in_force(
        Episode.objects.get(pk=stay.episode), stay.clinic, at=datetime.fromisoformat(stay.at(3, "10:00"))
    )


def when_they_go_on_a_pass_and_come_back(stay):
    leave = stay.does(
        "technician", f"episodes/{stay.episode}/go-on-leave", 10, "13:00",
        kind="pass", destination="her sister", reason="a birthday", expected_back_at=stay.at(10, "18:00"),
        approved_by=str(stay.clinic.counselor.pk), contact="212 555 0123", conditions="No visits at the club.",
    )  # fmt: skip
    assert "Expected back from leave" in stay.owed()
    assert stay.census(10, "15:00") == {"on_leave": 1, "free": 2}
    stay.does(
        "counselor", f"absences/{leave['id']}/extend-leave", 10, "17:30",
        expected_back_at=stay.at(10, "20:00"), reason="the train is late",
    )  # fmt: skip
    back = stay.does(
        "technician", f"absences/{leave['id']}/come-back", 10, "19:40",
        alert="yes", searched="done", use_since="no", return_note="tired and glad",
    )  # fmt: skip
    assert (back["returned_by"], back["searched"]) == (str(stay.clinic.technician.pk), "done")
    assert "Expected back from leave" not in stay.owed()


def when_they_are_found_gone_at_two_in_the_morning(stay):
    stay.departure = stay.does(
        "technician", f"episodes/{stay.episode}/report-missing", 17, "02:00",
        last_seen="at 1 in the corridor, gray coat", hold_bed_until=stay.at(19, "02:00"),
    )  # fmt: skip
    assert {"Look for the person, and call them", "Decide how great the risk is for a person who left"} <= stay.owed()
    assert stay.census(17, "03:00") == {"kept": 1, "free": 2}


def then_they_are_looked_for_and_a_clinician_judges_the_risk(stay):
    search = f"departures/{stay.departure['id']}"
    stay.does("nurse", f"duties/{stay.departure['search_duty']}/tried", 17, "02:15", note="phone off")
    decided = stay.does(
        "prescriber", f"{search}/record-risk-decision", 17, "02:40",
        risk="medium", reason="used daily until two weeks ago; no thoughts of suicide",
    )  # fmt: skip
    again = stay.sees(f"duties/{decided['risk_duty']}")
    assert datetime.fromisoformat(again["due_at"]) == datetime.fromisoformat(stay.at(17, "06:40"))
    assert decided["police_at"] is None


def when_they_return_in_the_morning(stay):
    found = stay.does("technician", f"departures/{stay.departure['id']}/found", 17, "08:30", note="rang at the door")
    assert found["outcome"] == "found"
    assert stay.census(17, "09:00") == {"taken": 1, "free": 2}
    (here,) = stay.sees("bed-stays", patient=stay.patient, open="true")["results"]
    assert (here["bed"], here["held_until_at"]) == (str(stay.clinic.beds[0].pk), None)
    stay.does(
        "nurse", f"episodes/{stay.episode}/screen-suicide", 17, "09:00", wish=False, thoughts=False, behavior=False
    )


def when_they_are_late_from_a_leave_and_come_back_after_all(stay):
    leave = stay.does(
        "nurse", f"episodes/{stay.episode}/go-on-leave", 24, "09:00",
        kind="court", destination="County court", reason="hearing", expected_back_at=stay.at(24, "13:00"),
    )  # fmt: skip
    departure = stay.does(
        "nurse", f"absences/{leave['id']}/not-back", 24, "14:10", last_seen="left the court at noon"
    )
    assert departure["absence"] == leave["id"]
    stay.does(
        "prescriber", f"departures/{departure['id']}/record-risk-decision", 24, "14:30", risk="low", reason="called"
    )
    stay.does("nurse", f"departures/{departure['id']}/found", 24, "15:00", note="the bus had broken down")
    assert [stay.census(24, clock) for clock in ("12:00", "14:20", "16:00")] == [
        {"on_leave": 1, "free": 2},
        {"kept": 1, "free": 2},
        {"taken": 1, "free": 2},
    ]


def when_they_are_discharged_on_day_twenty_eight(stay):
    left = stay.does(
        "counselor", f"episodes/{stay.episode}/discharge", 28, "11:00",
        reason="1", coach=str(stay.clinic.aftercare.pk), checklist_answers=given.said(),
    )  # fmt: skip
    stay.does("counselor", f"discharges/{left['id']}/sign-discharge-summary", 28, "11:30")


def then_the_thread_goes_on_and_the_bed_is_free(stay):
    assert stay.sees(f"episodes/{stay.episode}")["stage"] == "aftercare"
    assert "Check-in" in stay.owed()
    assert not {"Expected back from leave", "Look for the person, and call them"} & stay.owed()
    assert stay.census(28, "12:00") == {"free": 3}
    assert {bed["state"] for bed in stay.sees("bed-board")["results"]} == {"free"}


def then_the_whole_stay_is_told_in_order(stay):
    told = stay.sees(f"patients/{stay.patient}/timeline", kinds="placement", limit=100)["results"]
    words = [line["words"].split(",")[0] for line in reversed(told)]
    story = [
        "Bed East 1 held",
        "Residential begins",
        "On leave at her sister",
        "Leave changed",
        "Back from leave",
        "Missing",
        "Search: found",
        "On leave at County court",
        "Leave over",
        "Missing",
        "Search: found",
        "Residential ends",
    ]
    rest = iter(words)
    assert all(one in rest for one in story), words
