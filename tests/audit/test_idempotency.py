"""A verb sent twice is done once."""

import pytest
from django.db import connection
from rest_framework.test import APIClient

from audit.models import AccessEvent, RequestKey
from duties import actions as duties
from patients.models import Episode
from tests import given


def refer(clinic, name="Jo"):
    """What is sent to begin a thread."""
    return {"facility": str(clinic.here.pk), "entry": "self", "person": {"preferred_name": name}}


def test_a_success_is_answered_again_and_not_done_again(clinic, api):
    client = api(clinic.intake)
    first = client.post("/api/v1/episodes/", refer(clinic), HTTP_IDEMPOTENCY_KEY="one")
    again = client.post("/api/v1/episodes/", refer(clinic), HTTP_IDEMPOTENCY_KEY="one")
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert "Idempotency-Replayed" not in first
    assert again["Idempotency-Replayed"] == "true"
    assert Episode.objects.count() == 1
    assert RequestKey.objects.get().status == 201


def test_without_a_key_it_is_done_each_time(clinic, api):
    client = api(clinic.intake)
    for _ in range(2):
        assert client.post("/api/v1/episodes/", refer(clinic)).status_code == 201
    assert Episode.objects.count() == 2
    assert not RequestKey.objects.exists()


def test_a_refusal_is_tried_again(clinic, api):
    episode = given.taken_in(clinic)
    other = given.in_bed(clinic, bed=0, name="Ann")
    client = api(clinic.nurse)
    asked = {"program": str(clinic.residential.pk), "bed": str(clinic.beds[0].pk)}
    address = f"/api/v1/episodes/{episode.pk}/admit/"
    refused = client.post(address, asked, HTTP_IDEMPOTENCY_KEY="one")
    assert (refused.status_code, refused.json()["code"]) == (409, "bed_taken")
    assert not RequestKey.objects.exists()
    for stay in other.patient.bed_stays.open():
        stay.end(by=clinic.nurse, at=given.ago(minutes=-1))
    admitted = client.post(
        address, {**asked, "occurred_at": given.ago(minutes=-2).isoformat()}, HTTP_IDEMPOTENCY_KEY="one"
    )
    assert admitted.status_code == 201, admitted.json()


@pytest.mark.parametrize("change", ["body", "path"])
def test_a_different_request_under_the_same_key_is_422(clinic, api, change):
    client = api(clinic.intake)
    client.post("/api/v1/episodes/", refer(clinic), HTTP_IDEMPOTENCY_KEY="one")
    path = "/api/v1/episodes/?x=1" if change == "path" else "/api/v1/episodes/"
    answer = client.post(path, refer(clinic, "Ann" if change == "body" else "Jo"), HTTP_IDEMPOTENCY_KEY="one")
    assert (answer.status_code, answer.json()["code"]) == (422, "key_reused")
    assert Episode.objects.count() == 1


def test_a_key_belongs_to_its_user(clinic, api):
    for user in (clinic.intake, clinic.counselor):
        answer = api(user).post("/api/v1/episodes/", refer(clinic), HTTP_IDEMPOTENCY_KEY="one")
        assert answer.status_code == 201
        assert "Idempotency-Replayed" not in answer
    assert Episode.objects.count() == 2


@pytest.mark.parametrize("key", ["", "x" * 201, "caf\xe9", "a\tb"])
def test_a_malformed_key_is_400(clinic, api, key):
    answer = api(clinic.intake).post("/api/v1/episodes/", refer(clinic), HTTP_IDEMPOTENCY_KEY=key)
    assert (answer.status_code, answer.json()["code"]) == (400, "key_malformed")
    assert not Episode.objects.exists()


def test_a_replay_needs_sight_of_the_row_as_the_first_did(clinic, api):
    duty = given.self_referred(clinic).duties.open().get()
    address, client = f"/api/v1/duties/{duty.pk}/acknowledge/", api(clinic.intake)
    assert client.post(address, HTTP_IDEMPOTENCY_KEY="one").status_code == 200
    duties.end_membership(clinic.intake.memberships.get(), by=clinic.admin)
    assert client.post(address, HTTP_IDEMPOTENCY_KEY="one").status_code == 403


def test_what_is_out_of_sight_because_it_was_done_is_answered_again(clinic, api):
    problem = given.a_plan(given.in_outpatient(clinic), clinic).problems.get()
    address, client = f"/api/v1/problems/{problem.pk}/remove/", api(clinic.counselor)
    first, again = (client.post(address, HTTP_IDEMPOTENCY_KEY="one") for _ in range(2))
    assert (first.status_code, again.status_code, again.json()) == (200, 200, first.json())
    assert again["Idempotency-Replayed"] == "true"
    assert problem.patient_id in AccessEvent.objects.last().patients
    for asked in ({}, {"HTTP_IDEMPOTENCY_KEY": "another"}, {"HTTP_IDEMPOTENCY_KEY": "x" * 201}):
        assert client.post(address, **asked).status_code == 404
    duties.end_membership(clinic.counselor.memberships.get(), by=clinic.admin)
    assert client.post(address, HTTP_IDEMPOTENCY_KEY="one").status_code == 403


def test_a_stale_version_does_not_stop_a_replay(clinic, api):
    duty = given.self_referred(clinic).duties.open().get()
    address, client = f"/api/v1/duties/{duty.pk}/acknowledge/", api(clinic.intake)
    for _ in range(2):
        answer = client.post(address, HTTP_IDEMPOTENCY_KEY="one", HTTP_IF_MATCH=f'"{duty.version}"')
        assert answer.status_code == 200


def test_two_at_once_with_one_key_are_one(committed_clinic, run_both):
    def send():
        client = APIClient()
        client.force_authenticate(committed_clinic.intake)
        return client.post("/api/v1/episodes/", refer(committed_clinic), HTTP_IDEMPOTENCY_KEY="one")

    results = run_both(send, send)
    assert [result.error for result in results] == [None, None]
    first, second = (result.value for result in results)
    assert first.status_code == second.status_code == 201
    assert first.json() == second.json()
    assert sorted("Idempotency-Replayed" in answer for answer in (first, second)) == [False, True]
    assert Episode.objects.count() == 1
    assert AccessEvent.objects.filter(action="episodes-list", status=201).count() == 2


def test_an_answer_is_kept_only_when_the_verb_commits(committed_clinic):
    client = APIClient()
    client.force_authenticate(committed_clinic.intake)
    duty = given.self_referred(committed_clinic).duties.open().get()
    # The promise is checked at COMMIT, after the answer was written under the key.
    answer = client.post(f"/api/v1/duties/{duty.pk}/resolve/", HTTP_IDEMPOTENCY_KEY="one")
    assert (answer.status_code, answer.json()["code"]) == (409, "thread_dropped")
    assert not RequestKey.objects.exists()
    assert not connection.in_atomic_block
