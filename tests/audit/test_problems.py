"""Every refusal has a code and a sentence, and says which request it was."""

import json
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError
from rest_framework.test import APIRequestFactory

from aftercare.models import Schedule
from audit.models import uuid7
from audit.problems import constraint_refusals, gaps, problem, refusal
from duties.models import Duty
from patients.models import Episode
from tests import given

FUTURE = "2031-01-01T00:00:00Z"


def handover(clinic, **more):
    """What is sent to hand somebody over."""
    return {
        "facility": str(clinic.here.pk),
        "person": {"preferred_name": "Maria"},
        "source": "hospital",
        "consciousness": "alert",
        "breathing": "normal",
        **more,
    }


def refused(response, status, code):
    """This refusal, well formed."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    body = response.json()
    assert body["code"] == code
    assert body["status"] == status
    assert body["type"] == f"urn:throughline:problem:{code}"
    assert body["title"] and body["detail"]
    assert body["instance"] == f"urn:uuid:{response['X-Request-ID']}"
    return body


def test_an_action_that_refuses_is_409_with_its_code_and_sentence(clinic, api):
    episode = given.self_referred(clinic)
    body = refused(
        api(clinic.counselor).post(f"/api/v1/episodes/{episode.pk}/talk/", {"outcome": "accepted"}),
        409,
        "wrong_stage",
    )
    assert body["detail"] == "This cannot be done while the person is at “intake”."
    assert "gaps" not in body


def test_what_is_in_the_way_is_listed(clinic, api):
    episode = given.a_handover(clinic).episode
    answer = api(clinic.nurse).post(
        f"/api/v1/episodes/{episode.pk}/clear/", {"basis": "cleared", "findings": {"alert": {"finding": "met"}}}
    )
    body = refused(answer, 409, "not_clear")
    assert "Walking: not answered" in body["gaps"]
    assert "Walking: not answered" in body["detail"]


def test_the_loser_of_a_race_hears_the_constraints_own_sentence(clinic, api):
    given.in_bed(clinic, bed=0)
    second = given.taken_in(clinic, name="Ann")
    answer = api(clinic.nurse).post(
        f"/api/v1/episodes/{second.pk}/admit/",
        {"program": str(clinic.residential.pk), "bed": str(clinic.beds[0].pk)},
    )
    body = refused(answer, 409, "bed_taken")
    assert body["detail"].startswith("The bed is taken")


def test_a_promise_broken_at_commit_is_a_409(committed_clinic, api):
    episode = given.self_referred(committed_clinic)
    duty = episode.duties.open().get()
    answer = api(committed_clinic.intake).post(f"/api/v1/duties/{duty.pk}/resolve/")
    refused(answer, 409, "thread_dropped")
    duty.refresh_from_db()
    assert duty.is_open()


def test_a_key_used_before_is_a_409(clinic, api):
    key = str(uuid7())
    client = api(clinic.nurse)
    assert client.post("/api/v1/handovers/", handover(clinic, id=key)).status_code == 201
    refused(client.post("/api/v1/handovers/", handover(clinic, id=key)), 409, "key_taken")


@pytest.mark.parametrize(
    ("more", "path", "code"),
    [
        ({"id": str(uuid4())}, "id", "not_version_7"),
        ({"breathing": "backwards"}, "breathing", "invalid_choice"),
        ({"bed": "1"}, "bed", "unknown"),
        ({"person": {"name": "Maria"}}, "person.name", "unknown"),
        ({"source_name": "a\x00b"}, "source_name", "null_characters_not_allowed"),
        ({"source_name": "x" * 201}, "source_name", "max_length"),
        ({"source_name": 3.3e29}, "source_name", "invalid"),
        ({"drugs_given": [{"drug": 1}]}, "drugs_given.0.drug", "invalid"),
        ({"heart_rate": 301}, "heart_rate", "max_value"),
        ({"heart_rate": 10**30}, "heart_rate", "max_value"),
        ({"substances": [{"substance": "2004", "source": "x"}]}, "substances.0.source", "invalid_choice"),
        ({"expected_leaving_at": "2026-11-23T10:00"}, "expected_leaving_at", "zone_missing"),
        ({"expected_leaving_at": "9999-12-31T23:59:59-12:00"}, "expected_leaving_at", "out_of_range"),
        ({"expected_leaving_at": "0001-01-01T00:00:00+14:00"}, "expected_leaving_at", "out_of_range"),
        ({"drugs_given": [{"drug": "nal\ud800oxone"}]}, "drugs_given.0.drug", "surrogate_characters_not_allowed"),
    ],
)
def test_a_wrong_shape_is_a_400_that_says_where(clinic, api, more, path, code):
    sent = json.dumps({key: value for key, value in handover(clinic, **more).items() if value is not None})
    answer = api(clinic.nurse).post("/api/v1/handovers/", sent, content_type="application/json")
    fields = refused(answer, 400, "invalid")["fields"]
    assert code in [error["code"] for error in fields[path]]
    assert list(fields) == [path]


@pytest.mark.parametrize(
    ("more", "path", "detail"),
    [
        ({"breathing": "\ud800"}, "breathing", '"?" is not a valid choice.'),
        ({"a\ud800": 1}, "a?", "There is no such field here."),
        ({"person": {"preferred_name": "Maria", "\ud800": 1}}, "person.?", "There is no such field here."),
        ({"patient": "\ud800"}, "patient", "“?” is not a valid UUID."),
    ],
)
def test_half_a_character_that_a_refusal_would_repeat_is_shown_as_a_question_mark(clinic, api, more, path, detail):
    sent = json.dumps(handover(clinic, **more))  # as “\ud800”, which every JSON parser takes
    answer = api(clinic.nurse).post("/api/v1/handovers/", sent, content_type="application/json")
    assert refused(answer, 400, "invalid")["fields"][path][0]["detail"] == detail


def test_something_named_that_is_not_there_is_a_404_that_says_which(clinic, api):
    body = {**handover(clinic), "patient": str(uuid7())}
    del body["person"]
    fields = refused(api(clinic.nurse).post("/api/v1/handovers/", body), 404, "not_found")["fields"]
    assert fields["patient"][0]["code"] == "does_not_exist"


def test_what_has_not_happened_yet_cannot_be_recorded(clinic, api):
    body = refused(
        api(clinic.nurse).post("/api/v1/handovers/", handover(clinic, occurred_at=FUTURE)), 400, "in_the_future"
    )
    assert list(body["fields"]) == ["occurred_at"]


def test_somebody_known_and_somebody_new_are_not_both_sent(clinic, api):
    known = given.self_referred(clinic).patient
    answer = api(clinic.nurse).post("/api/v1/handovers/", handover(clinic, patient=str(known.pk)))
    assert refused(answer, 400, "invalid")["fields"][""][0]["code"] == "two_people"


@pytest.mark.parametrize("body", ["{", "[" * 100_000, "\xff", '{"a": NaN}', '{"a": 1' + "0" * 5000 + "}"])
def test_what_is_no_json_is_malformed(clinic, api, body):
    answer = api(clinic.nurse).post("/api/v1/handovers/", body.encode("latin-1"), content_type="application/json")
    refused(answer, 400, "malformed")


def test_a_body_that_is_no_object_is_refused(clinic, api):
    refused(api(clinic.nurse).post("/api/v1/handovers/", [1]), 400, "invalid")


def test_a_body_that_is_too_large_is_413(clinic, api, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    answer = api(clinic.nurse).post("/api/v1/handovers/", handover(clinic, source_name="x" * 200))
    refused(answer, 413, "too_large")


def test_other_ways_to_ask_wrongly(clinic, api):
    client = api(clinic.nurse)
    refused(client.put("/api/v1/patients/", {}), 405, "method_not_allowed")
    refused(client.post("/api/v1/handovers/", "a=b", content_type="text/plain"), 415, "unsupported_media_type")
    refused(client.get("/api/v1/patients/", HTTP_ACCEPT="text/csv"), 406, "not_acceptable")
    refused(client.get("/api/v1/nowhere/"), 404, "not_found")
    refused(client.get(f"/api/v1/patients/{uuid7()}/"), 404, "not_found")
    for limit in ("101", "000000001000", "9" * 4000):
        refused(client.get(f"/api/v1/patients/?limit={limit}"), 400, "limit_malformed")
    refused(client.get("/api/v1/patients/?cursor=x"), 404, "cursor_malformed")
    refused(client.get(f"/api/v1/patients/?q=maria&cursor={uuid7()}"), 404, "cursor_malformed")
    refused(client.get(f"/api/v1/wait-list/?cursor={uuid7()}"), 404, "cursor_malformed")  # it has one page
    refused(client.get("/api/v1/duties/?patient="), 400, "filter_empty")
    refused(client.get("/api/v1/duties/?open=true&open=false"), 400, "filter_repeated")
    refused(client.get("/api/v1/duties/?open=null"), 400, "filter_malformed")
    refused(client.get("/api/v1/checklists/?edition=0.5"), 400, "invalid")
    refused(client.get("/api/v1/patients/?patient=x"), 400, "unknown_filter")
    refused(client.get("/api/v1/patients/?name=ab"), 400, "invalid")
    refused(client.get("/api/v1/patients/?name=%00abc"), 400, "invalid")
    refused(client.get("/api/v1/episodes/?patient=x"), 400, "invalid")


def test_what_is_read_in_a_way_of_its_own_refuses_what_nobody_asks_for_there_too(clinic, api):
    person = given.self_referred(clinic).patient.pk
    schedule = Schedule.objects.first().pk
    client = api(clinic.supervisor)
    for address, takes in (
        ("people-to-call/?", "mine=true"),
        ("load/?", "limit=5"),
        (f"patients/{person}/timeline/?", "limit=5"),
        (f"patients/{person}/clinical-hours/?", "weeks=2"),
        (f"patients/{person}/trends/?", "instrument=phq-9"),
        (f"patients/{person}/merge-preview/?", f"into={given.self_referred(clinic, 'Jo').patient.pk}"),
        (f"schedules/{schedule}/dates/?", "tier=amber"),
    ):
        asked = f"/api/v1/{address}{takes}"
        assert client.get(asked).status_code == 200, asked
        refused(client.get(f"{asked}&facility={clinic.here.pk}"), 400, "unknown_filter")
        refused(client.get(f"{asked}&{takes}"), 400, "filter_repeated")
        refused(client.get(f"/api/v1/{address}{takes.split('=')[0]}="), 400, "filter_empty")


def test_whoever_is_not_signed_in_hears_so(clinic, api):
    answer = api().get("/api/v1/patients/")
    refused(answer, 401, "not_signed_in")
    assert answer["WWW-Authenticate"].startswith("Token")


@pytest.mark.parametrize(
    ("header", "status"), [(b"Token \xff\xfe", 400), (b"Token a\x00b", 400), (b"Token a b", 401), (b"Token x", 401)]
)
def test_an_odd_token_is_no_500(db, client, header, status):
    answer = client.get("/api/v1/me/", HTTP_AUTHORIZATION=header.decode("latin-1"))
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"


def test_a_session_without_its_csrf_token_is_refused(clinic):
    from rest_framework.test import APIClient

    client = APIClient(enforce_csrf_checks=True)
    client.force_login(clinic.nurse)
    refused(client.post("/api/v1/handovers/", handover(clinic)), 403, "csrf_failed")


def test_a_row_that_changed_meanwhile_is_412(clinic, api):
    duty = given.self_referred(clinic).duties.open().get()
    client = api(clinic.intake)
    seen = client.get(f"/api/v1/duties/{duty.pk}/")["ETag"]
    acknowledged = client.post(f"/api/v1/duties/{duty.pk}/acknowledge/", HTTP_IF_MATCH=seen)
    assert acknowledged.status_code == 200
    assert acknowledged["ETag"] != seen
    refused(client.post(f"/api/v1/duties/{duty.pk}/acknowledge/", HTTP_IF_MATCH=seen), 412, "stale")
    for malformed in ("x", str(duty.version)):  # a tag stands between quotes
        answer = client.post(f"/api/v1/duties/{duty.pk}/acknowledge/", HTTP_IF_MATCH=malformed)
        refused(answer, 400, "etag_malformed")
    again = client.post(f"/api/v1/duties/{duty.pk}/acknowledge/", HTTP_IF_MATCH=acknowledged["ETag"])
    assert again.status_code == 200


def database_error(kind, sqlstate, constraint=None):
    """An error as psycopg's arrives through Django."""
    cause = Exception("from the database")
    cause.sqlstate, cause.diag = sqlstate, SimpleNamespace(constraint_name=constraint)
    error = kind("from the database")
    error.__cause__ = cause
    return error


def answer_to(error):
    """What the handler answers."""
    return problem(error, {"request": APIRequestFactory().get("/api/v1/")})


@pytest.mark.parametrize("sqlstate", ["40001", "40P01", "57P01"])
def test_a_busy_database_means_try_again(sqlstate):
    response = answer_to(database_error(OperationalError, sqlstate))
    assert (response.status_code, response.data["code"]) == (503, "try_again")


def test_an_unknown_constraint_is_our_bug():
    error = database_error(IntegrityError, "23514", "nobody_knows")
    assert answer_to(error) is None
    with pytest.raises(IntegrityError):
        refusal(error)


def test_a_row_that_is_gone_is_a_refusal():
    assert refusal(database_error(IntegrityError, "23503", "some_fk"))[0] == "referred_row_missing"


def test_our_bug_is_a_500_with_the_requests_id(clinic, api, monkeypatch):
    def broken(*args, **kwargs):
        raise IntegrityError("unheard of")

    monkeypatch.setattr("duties.actions.acknowledge", broken)
    duty = given.self_referred(clinic).duties.open().get()
    client = api(clinic.intake)
    client.raise_request_exception = False
    refused(client.post(f"/api/v1/duties/{duty.pk}/acknowledge/"), 500, "our_bug")


def test_sentences_carry_their_values():
    error = ValidationError("“%(who)s” is not here.", code="not_here", params={"who": "Jo"})
    assert refusal(error) == ("not_here", "“Jo” is not here.")
    assert gaps(error) == []
    listed = ValidationError([ValidationError("one", code="a"), ValidationError("two", code="a")])
    assert refusal(listed) == ("a", "In the way: one; two.")
    assert gaps(listed) == ["one", "two"]


def test_model_refusals_are_known():
    for model in (Episode, Duty):
        for name, said in model.refusals.items():
            assert constraint_refusals()[name] == said
