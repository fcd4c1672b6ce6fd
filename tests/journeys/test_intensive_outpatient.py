"""An intensive-outpatient course with a group, a lapse and a step up, over HTTP."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import given
from tests.then import duty, owed

DAY = timedelta(days=1)


@pytest.fixture
def course(clinic, api):
    """Jo begins intensive outpatient three weeks ago; whoever acts does so through the API."""
    now = timezone.now()
    clinic.evening = given.an_evening_program(clinic)
    episode = given.ready(clinic, "Jo", program=clinic.evening, at=now - 22 * DAY)
    given.an_address(episode.patient, clinic, "jo@example.org")
    clients = {}

    def do(who, address, **body):
        client = clients.setdefault(who, api(getattr(clinic, who)))
        answer = client.post(f"/api/v1/{address}/", body, "json")
        return answer.status_code, answer.json()

    def done(who, address, at, **body):
        status, said = do(who, address, occurred_at=at.isoformat(), **body)
        assert status in (200, 201), said
        return said

    def read(who, address):
        return clients.setdefault(who, api(getattr(clinic, who))).get(f"/api/v1/{address}").json()

    clinic.do, clinic.done, clinic.read, clinic.now = do, done, read, now
    return episode


def given_a_course_with_its_groups(clinic, episode):
    """Admitted, assessed, gone through; three groups a week for two weeks, and one hour alone."""
    thread, began = f"episodes/{episode.pk}", clinic.now - 21 * DAY
    placement = clinic.done(
        "nurse", f"{thread}/admit", began, program=str(clinic.evening.pk), counselor=str(clinic.counselor.pk)
    )
    given.patients.record_no_known_allergies(episode.patient, facility=clinic.here, by=clinic.nurse, at=began)
    clinic.done("nurse", f"placements/{placement['id']}/reconcile", began, takes_nothing=True)
    level = {"kind": "admission", "indicated": "2.1", "recommended": "2.1", "authorized": "2.1"}
    draft = clinic.done(
        "counselor", f"{thread}/assess-level", began, credential="addiction_counselor", needs={"use": "yes"}, **level
    )
    clinic.done("counselor", f"level-assessments/{draft['id']}/sign", began)
    for days in (20, 18, 16, 13, 11, 9):
        start = clinic.now - days * DAY
        group = clinic.done(
            "counselor",
            f"programs/{clinic.evening.pk}/log-group",
            start + timedelta(hours=4),
            kind="group",
            topic="Craving",
            text="We spoke about craving.",
            started_at=start.isoformat(),
            ended_at=(start + timedelta(hours=3)).isoformat(),
            people={str(episode.pk): {"attendance": "attended", "line": "Jo spoke of Friday."}},
        )
        clinic.done("counselor", f"group-sessions/{group['id']}/sign-group", start + timedelta(hours=5))
    return placement


def when_jo_lapses(clinic, episode):
    """Jo misses a group, and tells the counselor alone that they used; the level is looked at again."""
    thread, told = f"episodes/{episode.pk}", clinic.now - 2 * DAY
    missed = told - DAY
    clinic.done(
        "counselor",
        f"programs/{clinic.evening.pk}/log-group",
        missed + timedelta(hours=4),
        kind="group",
        topic="Sleep",
        started_at=missed.isoformat(),
        ended_at=(missed + timedelta(hours=3)).isoformat(),
        people={str(episode.pk): {"attendance": "no_show"}},
    )
    clinic.done(
        "counselor",
        f"{thread}/log-session",
        told,
        kind="individual",
        attendance="attended",
        started_at=(told - timedelta(hours=1)).isoformat(),
        ended_at=told.isoformat(),
        text="Used on Friday and since; no ground lost, Jo came to say so.",
    )
    level = {"kind": "transition", "indicated": "3.5", "recommended": "3.5", "placed": "2.1"}
    address, said = f"{thread}/assess-level", {"credential": "in_training", **level}
    assert clinic.do("counselor", address, **said)[1]["code"] == "variance_unexplained"
    reason = {"variance_reason": "no_bed", "justification": "A bed is free the day after tomorrow."}
    draft = clinic.done("counselor", address, told, **{**said, **reason})
    clinic.done("counselor", f"level-assessments/{draft['id']}/sign", told)
    assert "cosign_level" in owed(episode)
    clinic.done("supervisor", f"level-assessments/{draft['id']}/cosign", told, credential="psychologist")
    return draft


def test_jo_goes_from_evening_groups_through_a_lapse_up_to_a_bed(clinic, course):
    episode = course
    given_a_course_with_its_groups(clinic, episode)
    hours = clinic.read("counselor", f"patients/{episode.patient_id}/clinical-hours/?weeks=5")
    assert sum(float(week["hours"]) for week in hours) == 18
    assert {week["level"] for week in hours} == {"2.1"}

    lapse = when_jo_lapses(clinic, episode)
    assert "level_review" in owed(episode)

    # The step up is refused with all that is in the way, in one go.
    step = {"program": str(clinic.residential.pk), "bed": str(clinic.beds[0].pk), "reason": "lapse"}
    status, problem = clinic.do("counselor", f"episodes/{episode.pk}/move", **step)
    assert (status, problem["code"]) == (409, "would_be_dropped")
    assert problem["to_answer"] == [{"code": "notes", "detail": "1 unsigned note(s) in Evening"}]
    [note] = clinic.read("counselor", f"session-notes/?patient={episode.patient_id}&draft=true")["results"]
    clinic.done("counselor", f"session-notes/{note['id']}/sign", clinic.now)
    placed = clinic.done("counselor", f"episodes/{episode.pk}/move", clinic.now, **step)

    # Jo is in the bed; the step says which way, and on what it rests.
    assert placed["program"] == str(clinic.residential.pk)
    [made] = clinic.read("counselor", f"steps/?episode={episode.pk}")["results"]
    assert (made["direction"], made["assessment"], made["contact_duty"]) == ("up", lapse["id"], None)
    assert duty(episode, "treatment_plan").owner == clinic.counselor
    told = clinic.read("counselor", f"patients/{episode.patient_id}/timeline/?kinds=placement,assessments")["results"]
    words = [entry["words"] for entry in told]
    assert "Step up: Evening to Residential, lapse" in words
    lapsed = "Level of care assessed: transition to another level, 3.5 indicated, 3.5 recommended, 2.1 placed, no bed"
    assert lapsed in words and sum("Level of care assessed" in line for line in words) == 2
    assert clinic.do("nurse_elsewhere", f"episodes/{episode.pk}/move", **step)[0] == 404
