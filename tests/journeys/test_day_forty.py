"""A positive test on day 40, after ketamine in the ambulance: nobody loses anything, and a clinician reads it."""

from datetime import timedelta

import pytest
import time_machine

from tests import given
from treatment import tasks
from treatment.models import RandomDraw


@pytest.fixture
def go(clinic, api):
    """Do a verb or read an address, as somebody of the clinic; what it answers."""

    def go(who, address, body=None, status=None, **asked):
        client, url = api(getattr(clinic, who)), f"/api/v1/{address}/"
        answer = client.get(url, asked) if body is None else client.post(url, body)
        assert answer.status_code in ([status] if status else [200, 201]), (address, answer.json())
        return answer.json()

    return go


def test_a_positive_on_day_40_after_the_ambulance_gave_ketamine(clinic, go):
    came = given.ago(days=40)
    # Given somebody who used daily, and whom the ambulance gave ketamine and fentanyl on the way.
    with time_machine.travel(came, tick=False):
        handover = go(
            "nurse",
            "handovers",
            {
                "facility": str(clinic.here.pk),
                "source": "ambulance",
                "source_name": "Medic 7",
                "person": {"preferred_name": "Rowan"},
                "consciousness": "voice",
                "breathing": "normal",
                "respiratory_rate": 14,
                "oxygen_saturation": 97,
                "substances": [
                    {"substance": "2004", "route": "1", "frequency": "5", "days_used": 29, "source": "person",
                     "last_used_at": (came - timedelta(hours=3)).isoformat()}
                ],
                "drugs_given": [{"drug": "Ketamine 100 mg IM", "at": "17:40"}, {"drug": "fentanyl", "dose": "50 µg"}],
            },
        )  # fmt: skip
    given_then = go("counselor", "drugs-given", handover=handover["id"])["results"]
    told = {(one["drug"], one["giver"]) for one in given_then}  # within one instant keys have no order
    assert told == {("ketamine", "ambulance"), ("fentanyl", "ambulance")}
    episode = f"episodes/{handover['episode']}"
    person = handover["patient"]

    # When tests on days nobody foresees begin, nobody can read when the next one is.
    schedule = go(
        "counselor",
        f"{episode}/begin-random-tests",
        {"per": "week", "least": 1, "most": 3, "panel": ["ketamine", "norketamine", "fentanyl"], "method": "lcms"},
    )
    drawn = RandomDraw.objects.get()
    assert drawn.on.isoformat() not in go("supervisor", f"random-schedules/{schedule['id']}").values()
    assert not go("nurse", "random-tests", episode=handover["episode"])["results"]

    # And on the morning of the day it is owed, by the end of its window.
    with time_machine.travel(drawn.reveal_at, tick=False):
        assert tasks.turn_random_tests() == 1
        [owed] = go("nurse", "random-tests", open="true", episode=handover["episode"])["results"]
        assert "random_test" in kinds_owed(go, handover)
        sample = go(
            "technician",
            f"{episode}/collect-test",
            {"why": "random", "method": "lcms", "panel": ["ketamine", "norketamine", "fentanyl"], "observed": True},
        )
        assert go("nurse", f"random-tests/{owed['id']}")["outcome"] == "done"
        assert "test_results" in kinds_owed(go, handover)

        # When the laboratory answers later, then nobody and nothing says what the positive means.
        found = go(
            "nurse",
            f"tox-tests/{sample['id']}/record-results",
            {
                "validity": "valid",
                "creatinine": 90,
                "results": {
                    "ketamine": {"detected": True, "value": "22", "unit": "ng/mL", "cutoff": "1"},
                    "norketamine": {"detected": True, "value": "9", "unit": "ng/mL", "cutoff": "1"},
                    "fentanyl": {"detected": False},
                },
            },
        )
        assert found["found"].startswith("Ketamine positive, 22 ng/mL") and "Fentanyl not detected" in found["found"]
        assert (found["standing"], found["presumptive"]) == ("Not read by a clinician yet.", False)
        assert found["readings"] == [] and found["contact_duty"] is None
        assert not {"new_use", "residual"} & words_of(go("counselor", f"patients/{person}/timeline"))

        # Then what a clinician should know stands beside it.
        beside = go("prescriber", f"tox-tests/{sample['id']}/context")
        assert beside["days_since_last_use"] >= 40 and beside["days_used"] == 29
        assert any("Ketamine 100 mg IM" in one and "by ambulance" in one for one in beside["drugs_given"])
        assert beside["hints"] == [] and beside["prescribed_ketamine"] == []

        # And it is no ground to end anything, whoever says so.
        assert go("technician", f"tox-tests/{sample['id']}/read", {}, status=403)["code"] == "wrong_role"
        assert go("counselor", f"tox-tests/{sample['id']}/read", {}, status=403)["code"] == "wrong_role"
        reading = go(
            "prescriber",
            f"tox-tests/{sample['id']}/read",
            {"reading": "residual", "words": "Daily use until 41 days ago; ketamine in the ambulance; falling."},
        )
        assert reading["reading"] == "residual"
        assert "test_reading" not in kinds_owed(go, handover)
        assert "A positive was read: left from earlier use" in str(go("counselor", f"patients/{person}/timeline"))

        # When an opioid is found that nothing explains any more, somebody speaks with the person the same day.
        strip = go(
            "nurse",
            f"{episode}/collect-test",
            {"why": "clinical", "method": "poc", "panel": ["fentanyl", "ketamine"]},
        )
        found = {"fentanyl": {"detected": True}, "ketamine": {"detected": True}}
        strip = go("nurse", f"tox-tests/{strip['id']}/record-results", {"validity": "valid", "results": found})
        assert strip["presumptive"] and strip["contact_duty"] and "safety_contact" in kinds_owed(go, handover)
        refused = go("nurse", f"duties/{strip['contact_duty']}/resolve", {}, status=409)
        assert refused["code"] == "contact_open"
        go(
            "counselor",
            f"tox-tests/{strip['id']}/record-contact",
            {"words": "Did not know; took naloxone and test strips."},
        )
        assert "safety_contact" not in kinds_owed(go, handover)

    # And the next day is drawn, and is nobody's to know.
    assert RandomDraw.objects.get(spent_at=None).on > drawn.on


def kinds_owed(go, handover):
    """What is owed on the thread, by ladder."""
    rows = go("nurse", "duties", open="true", limit=100, episode=handover["episode"])["results"]
    return {row["kind"] for row in rows}


def words_of(timeline):
    """Every word of the timeline."""
    return {word for entry in timeline["results"] for word in entry["words"].split()}
