"""Alcohol and GHB beside ketamine on the first night: over HTTP, from the handover to the signed incident."""

from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from patients.codes import CoUse
from tests import given
from treatment.models import Checklist


@pytest.fixture
def staff(clinic, api):
    """`staff("nurse").do("episodes/…/clear", …)`: each signed in, each refusal a failure of the test."""
    cache.clear()

    class Colleague:
        def __init__(self, name):
            self.client = api(getattr(clinic, name))

        def do(self, path, **body):
            answer = self.client.post(f"/api/v1/{path}/", body, "json")
            assert answer.status_code in (200, 201), (path, answer.content)
            return answer.json()

        def refused(self, path, **body):
            answer = self.client.post(f"/api/v1/{path}/", body, "json")
            assert answer.status_code == 409, (path, answer.status_code, answer.content)
            return answer.json()["code"]

        def list(self, path, **asked):
            answer = self.client.get(f"/api/v1/{path}/", asked)
            assert answer.status_code == 200, (path, answer.content)
            return answer.json()["results"]

        def owed(self, episode):
            return {one["kind"]: one for one in self.list("duties", episode=episode, open="true")}

    return Colleague


def test_alcohol_and_ghb_beside_ketamine_on_the_first_night(clinic, staff, client):
    nurse, prescriber, technician = staff("nurse"), staff("prescriber"), staff("technician")
    counselor, intake, supervisor = staff("counselor"), staff("intake"), staff("supervisor")
    came = timezone.now() - timedelta(hours=2)

    # Given somebody handed over after ketamine, who when asked drinks every day and takes GHB,
    handover = nurse.do(
        "handovers", facility=str(clinic.here.pk), person={"preferred_name": "Robin"}, source="hospital",
        source_name="General Hospital", consciousness="voice", breathing="normal", respiratory_rate=14,
        oxygen_saturation=97, occurred_at=came.isoformat(),
        substances=[{"substance": "2004", "route": "1", "source": "hospital"}],
    )  # fmt: skip
    episode, patient = handover["episode"], handover["patient"]
    assert "arrival_observation" in nurse.owed(episode) and "withdrawal_review" not in nurse.owed(episode)
    co_use = {question: {"answer": "no"} for question in CoUse.values}
    co_use |= {"ketamine": {"answer": "yes", "route": "1"}, "alcohol": {"answer": "yes", "frequency": "5"}}
    co_use |= {"ghb": {"answer": "yes", "frequency": "5"}}
    nurse.do(f"patients/{patient}/screen-use", facility=str(clinic.here.pk), setting="party", co_use=co_use)

    # then a prescriber owes a withdrawal review before the night, and makes it.
    due_at = datetime.fromisoformat(nurse.owed(episode)["withdrawal_review"]["due_at"])
    night = due_at.astimezone(clinic.here.tz())
    assert due_at <= timezone.now() + timedelta(hours=24)
    assert night.time() == clinic.here.night_from or abs(due_at - timezone.now()) < timedelta(minutes=5)
    [review] = prescriber.list("withdrawal-reviews", patient=patient)
    told = {"scale": "ciwa_ar", "score": 11, "taper": True, "plan": "Every 15 minutes tonight; GHB may come late."}
    prescriber.do(f"withdrawal-reviews/{review['id']}/record-withdrawal-review", **told)
    assert "withdrawal_review" not in nurse.owed(episode)

    # Observed after arrival, cleared, talked to and taken in, Robin has a bed for the night.
    for minutes in (15, 30, 45, 60):
        seen = {"respiratory_rate": 13, "oxygen_saturation": 97, "sedation": 1}
        nurse.do(
            f"episodes/{episode}/observe", **seen, occurred_at=(came + minutes * timedelta(minutes=1)).isoformat()
        )
    findings = {item["code"]: {"finding": "met"} for item in Checklist.objects.current("medical-clearance").items}
    nurse.do(f"episodes/{episode}/clear", basis="cleared", findings=findings)
    counselor.do(f"episodes/{episode}/talk", outcome="accepted")
    nurse.do(f"episodes/{episode}/screen-suicide", wish=False, thoughts=False, behavior=False)
    intake.do(
        f"episodes/{episode}/complete-intake", program=str(clinic.residential.pk), agreed_to_treatment=True,
        patient_notice_given=True,
    )  # fmt: skip
    nurse.do(f"episodes/{episode}/admit", program=str(clinic.residential.pk), bed=str(clinic.beds[0].pk))

    # When the prescriber orders rounds every 15 minutes, a nurse may not lower them.
    order = prescriber.do(f"episodes/{episode}/order-rounds", level="q15", reason="withdrawal, first night")
    assert (
        nurse.refused(f"episodes/{episode}/order-rounds", level="general", reason="asleep") == "lowering_not_allowed"
    )
    calm = {"where": "bed", "state": "asleep", "breathing": "seen"}
    rounds = [technician.do(f"round-orders/{order['id']}/enter", **calm) for _ in range(2)]
    assert [one["what_now"] for one in rounds] == ["", ""] and "emergency_warning" not in nurse.owed(episode)

    # When breathing is hard on the next one, emergency services are called, and Robin is sent out, the bed kept.
    bad = technician.do(f"round-orders/{order['id']}/enter", **{**calm, "breathing": "hard"}, words="six a minute")
    assert bad["what_now"].startswith("Call emergency services now")
    [warning] = nurse.list("emergency-warnings", episode=episode, open="true")
    low = technician.do(f"episodes/{episode}/observe", respiratory_rate=7, oxygen_saturation=88, sedation=4)
    assert low["warnings"][0] == "Call emergency services now" and len(low["warnings"]) == 4
    hold = (timezone.now() + timedelta(hours=48)).isoformat()
    nurse.do(f"episodes/{episode}/send-out", destination="General", reason="breathing", hold_bed_until=hold)
    assert nurse.list("emergency-warnings", episode=episode, open="true") == []
    assert [bed["state"] for bed in nurse.list("bed-board") if bed["label"] == "1"] == ["held"]
    assert nurse.list("round-orders", episode=episode)[0]["paused_at"], "nobody looks for Robin in the bed"
    client.force_login(clinic.technician)
    [row] = client.get(reverse("admin:round_sheet")).context["rows"]
    assert (row["away"], row["late"]) == (True, False)

    # The technician reports it in Robin's own words and nobody else's; the supervisors are paged at once.
    incident = technician.do(
        f"emergency-warnings/{warning['id']}/report-incident", kind="medical", severity=4, place="room 1",
        happened_at=low["occurred_at"], facts="Breathing six, then seven a minute.",
        done_at_once="Turned on the side, called 911.", part="Breathing became slow at night; sent to hospital.",
    )  # fmt: skip
    assert incident["page_duty"] and incident["emergency_warning"] == warning["id"]

    # Back and cleared, Robin has the same bed, and is looked at now.
    nurse.do(f"episodes/{episode}/clear", basis="cleared", findings=findings)
    nurse.do(f"episodes/{episode}/bring-back")
    back = nurse.list("round-orders", episode=episode, open="true")[0]
    assert back["paused_at"] is None and datetime.fromisoformat(back["due_at"]) <= timezone.now()
    technician.do(f"round-orders/{order['id']}/enter", **calm)
    assert [bed["state"] for bed in nurse.list("bed-board") if bed["label"] == "1"] == ["taken"]

    # A supervisor who did not report it reviews it, decides what changes, and signs.
    at = f"incidents/{incident['id']}"
    assert supervisor.do(f"{at}/begin-review")["state"] == "review"
    supervisor.do(f"{at}/write-findings", conclusion="GHB withdrawal began at night.", factors=["use", "rules"])
    due = (timezone.now() + timedelta(days=7)).isoformat()
    supervisor.do(
        f"{at}/add-action", words="Pulse oximeter on each first night", owner=str(clinic.nurse.pk), due_at=due
    )
    [outside] = supervisor.list("incident-reports", incident=incident["id"], open="true")
    supervisor.do(f"incident-reports/{outside['id']}/settle", outcome="made", words="by phone, ref 77")
    signed = supervisor.do(f"{at}/sign-off")
    assert (signed["state"], signed["signed_by"]) == ("signed", str(clinic.supervisor.pk))

    # Then the chart tells what stood out, in the order in which it happened, and nothing of the review.
    lines = counselor.client.get(f"/api/v1/patients/{patient}/timeline/?kinds=rounds,incidents").json()["results"]
    assert [line["words"] for line in lines] == [
        "Incident, it happened to them, Breathing became slow at night; sent to hospital.",
        "On rounds: in bed, breathing hard, slow or noisy, six a minute",
        "Rounds ordered: Within every 15 minutes, withdrawal, first night",
    ]
    assert {"round", "round_review", "treatment_plan"} <= set(nurse.owed(episode))
    assert "emergency_warning" not in nurse.owed(episode)
    assert given.Bed.objects.get(pk=clinic.beds[0].pk).stays.open().get().held_until_at is None
