"""What happened to a person, newest first, in a constant number of statements."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from aftercare.actions import check_ins
from duties.models import DutyEvent
from patients.views import READS
from patients.views.timeline import Timeline
from tests import given
from tests.then import fresh
from treatment.actions import sessions
from treatment.models import Session


def told(api, user, person, **asked):
    """The timeline as the API gives it."""
    answer = api(user).get(f"/api/v1/patients/{person.pk}/timeline/", asked)
    assert answer.status_code == 200, answer.content
    return answer.json()


@pytest.fixture
def road(clinic):
    """Somebody after forty days, with a session whose note is signed and one whose note is a draft."""
    began = given.ago(days=40)
    episode = given.in_bed(clinic, at=began)
    sessions.sign(given.a_session(episode, clinic, at=given.ago(days=39)), by=clinic.counselor, at=given.ago(days=38))
    given.a_session(episode, clinic, text="Secret draft.", at=given.ago(days=20))
    given.leave(episode, clinic, coach=clinic.aftercare, at=given.ago(days=10))
    check_in = episode.aftercare_plans.get().check_ins.get()
    check_ins.answer(check_in, how="call", craving=20, by=clinic.aftercare, at=given.ago(days=8))
    return fresh(episode)


def test_it_tells_in_plain_words_newest_first(clinic, api, road):
    found = told(api, clinic.nurse, road.patient, limit=100)
    assert found["next"] is None
    moments = [entry["at"] for entry in found["results"]]
    assert moments == sorted(moments, reverse=True)
    words = [entry["words"] for entry in found["results"]]
    for said in (
        "Answered by phone, craving 20",
        "Discharge: treatment completed",
        "Note signed: individual session",
        "Individual session, attended",
        "In bed East 1",
        "Residential begins",
        "Handed over by General Hospital, alert",
        "Clearance: medically cleared",
    ):
        assert said in words
    by = {entry["words"]: entry["by"]["name"] for entry in found["results"]}
    assert by["Note signed: individual session"] == "Counselor"
    assert words.count("Note signed: individual session") == 1, "a draft tells nothing"
    assert "Secret draft" not in str(found)


def test_it_is_narrowed_by_kind_by_whom_and_when(clinic, api, road):
    person = road.patient
    assert {entry["kind"] for entry in told(api, clinic.nurse, person, kinds="sessions,notes")["results"]} == {
        "sessions",
        "notes",
    }
    mine = told(api, clinic.nurse, person, by=clinic.aftercare.pk)["results"]
    assert mine and {entry["by"]["id"] for entry in mine} == {str(clinic.aftercare.pk)}
    since = (timezone.now() - timedelta(days=15)).isoformat()
    late = told(api, clinic.nurse, person, since=since)["results"]
    early = told(api, clinic.nurse, person, until=since)["results"]
    assert late and early and len(late) + len(early) == len(told(api, clinic.nurse, person)["results"])
    client = api(clinic.nurse)
    for asked, code in (
        ({"kinds": "gossip"}, "invalid"),
        ({"befor": "x"}, "unknown_filter"),
        ({"limit": "0"}, "invalid"),
    ):
        answer = client.get(f"/api/v1/patients/{person.pk}/timeline/", asked)
        assert (answer.status_code, answer.json()["code"]) == (400, code), asked
    nowhere = client.get(f"/api/v1/patients/{person.pk}/timeline/", {"before": "x~1~2"})
    assert (nowhere.status_code, nowhere.json()["code"]) == (404, "cursor_malformed")


def test_pages_miss_nothing_and_repeat_nothing_even_when_all_happened_at_once(clinic, api):
    at = given.ago(days=3)
    episode = given.in_bed(clinic, at=at)
    duty = episode.duties.first()
    DutyEvent.objects.bulk_create(
        DutyEvent(duty=duty, patient=episode.patient, kind="tried", at=at, by=clinic.nurse) for _ in range(12)
    )
    whole = told(api, clinic.nurse, episode.patient, limit=100)["results"]
    found, before = [], None
    while True:
        page = told(api, clinic.nurse, episode.patient, limit=4, **({"before": before} if before else {}))
        found += page["results"]
        before = page["next"]
        if not before:
            break
    assert found == whole and len(found) > 20


def test_a_mistake_is_told_as_one(clinic, api, road):
    session = Session.objects.order_by("started_at").last()
    sessions_before = told(api, clinic.nurse, road.patient, kinds="sessions")["results"]
    assert not sessions_before[0]["entered_in_error"]
    given.patients.mark_error(session, reason="wrong person", by=clinic.nurse)
    assert told(api, clinic.nurse, road.patient, kinds="sessions")["results"][0]["entered_in_error"]


def test_nobody_is_told_about_a_person_they_may_not_see(clinic, api, road):
    for user in (clinic.outsider, clinic.nurse_elsewhere, clinic.admin, clinic.analyst):
        answer = api(user).get(f"/api/v1/patients/{road.patient.pk}/timeline/")
        assert answer.status_code in (403, 404), user
        assert Timeline(road.patient, user).page()[0] == []


def test_five_years_take_no_more_statements_than_a_day(clinic, api):
    episode = given.in_bed(clinic, at=given.ago(days=1))
    person = episode.patient
    five_years = [given.ago(hours=12 * n) for n in range(3650)]

    def taken():
        with CaptureQueriesContext(connection) as found:
            told(api, clinic.nurse, person)
        asked = [query for query in found.captured_queries if "SET CONSTRAINTS" not in query["sql"]]  # the tests' own
        return len(asked), asked

    few, _ = taken()
    Session.objects.bulk_create(
        Session(
            patient=person,
            facility=clinic.here,
            episode=episode,
            kind="individual",
            started_at=at,
            ended_at=at,
            attendance="attended",
            logged_at=at,
            logged_by=clinic.counselor,
        )
        for at in five_years[:2000]
    )
    duty = episode.duties.first()
    DutyEvent.objects.bulk_create(
        DutyEvent(duty=duty, patient=person, kind="tried", at=at, by=clinic.nurse) for at in five_years
    )
    many, queries = taken()
    assert many == few <= 7, "\n".join(query["sql"][:200] for query in queries)


def test_every_noun_about_a_person_says_what_it_tells():
    silent = [
        view.__name__
        for model, view in READS.items()
        if view.told is None and any(field.name == "patient" for field in model._meta.fields)
    ]
    assert not silent, "say `told = (Told(…), …)` in its Reads, or `told = ()` where it tells nothing"


def test_an_empty_filter_of_the_timeline_is_refused(clinic, api):
    url = f"/api/v1/patients/{given.self_referred(clinic).patient_id}/timeline/"
    assert api(clinic.nurse).get(url).status_code == 200
    assert api(clinic.nurse).get(url, {"until": ""}).status_code == 400
