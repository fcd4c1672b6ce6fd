"""One row a request, kept whatever came of it; and history that knows who and which request."""

import logging
from uuid import UUID

import pytest
from django.db import OperationalError, connection
from knox.models import AuthToken
from rest_framework.test import APIClient

from audit.models import AccessEvent, uuid7
from patients.models import Episode
from tests import given


def last():
    """The newest row."""
    return AccessEvent.objects.order_by("-id").first()


def test_a_reading_says_who_read_about_whom(clinic, api):
    episode = given.self_referred(clinic)
    response = api(clinic.nurse).get(f"/api/v1/patients/{episode.patient_id}/", REMOTE_ADDR="192.0.2.7")
    assert response.status_code == 200
    row = last()
    assert (row.user, row.username) == (clinic.nurse.pk, "nurse")
    assert (row.method, row.path) == ("GET", f"/api/v1/patients/{episode.patient_id}/")
    assert (row.action, row.status, row.code) == ("patients-one", 200, "")
    assert row.patients == [episode.patient_id]
    assert row.ip == "192.0.2.7"
    assert row.request_id == UUID(response["X-Request-ID"])
    assert row.request_id.version == 7
    assert response["Cache-Control"] == "no-store"


def test_a_list_names_everybody_on_the_page_and_nobody_else(clinic, api):
    people = [given.self_referred(clinic, name).patient_id for name in ("Jo", "Ann", "Bo")]
    api(clinic.nurse).get("/api/v1/episodes/?limit=2")
    assert set(last().patients) == set(people[:2])


def test_a_creation_names_the_person_it_made(clinic, api):
    answer = api(clinic.intake).post(
        "/api/v1/episodes/",
        {"facility": str(clinic.here.pk), "entry": "self", "person": {"preferred_name": "Jo"}},
    )
    assert last().patients == [UUID(answer.json()["patient"])]


def test_a_person_named_in_the_body_is_named(clinic, api):
    one, other = (given.self_referred(clinic, name).patient for name in ("Jo", "Ann"))
    refused = api(clinic.supervisor).post(f"/api/v1/patients/{one.pk}/merge/", {"into": str(other.pk)})
    assert refused.json()["code"] == "both_episodes_open"
    assert set(last().patients) == {one.pk, other.pk}


def test_a_refusal_is_kept_with_its_code_and_its_person(committed_clinic):
    client = APIClient()
    client.force_authenticate(committed_clinic.counselor)
    episode = given.self_referred(committed_clinic)
    client.post(f"/api/v1/episodes/{episode.pk}/talk/", {"outcome": "accepted"})
    row = last()
    assert (row.status, row.code, row.patients) == (409, "wrong_stage", [episode.patient_id])
    assert not connection.in_atomic_block


def test_reaching_for_a_hidden_person_names_them(clinic, api):
    episode = given.self_referred(clinic)
    for user, status, code in [
        (clinic.nurse_elsewhere, 404, "not_found"),
        (clinic.outsider, 403, "wrong_role"),
    ]:
        response = api(user).get(f"/api/v1/episodes/{episode.pk}/")
        assert (response.status_code, response.json()["code"]) == (status, code)
        assert (last().user, last().status, last().code) == (user.pk, status, code)
    api(clinic.nurse_elsewhere).get(f"/api/v1/episodes/{episode.pk}/")
    assert last().patients == [episode.patient_id]


def test_the_wrong_role_is_403_where_the_right_one_would_be_200(clinic, api):
    episode = given.self_referred(clinic)
    answer = api(clinic.technician).post(f"/api/v1/episodes/{episode.pk}/close/", {"reason": "withdrew"})
    assert (answer.status_code, answer.json()["code"]) == (403, "wrong_role")


def test_a_role_at_another_place_does_not_count(clinic, api):
    """Counselor there and technician here does not make a counselor here."""
    both = given.a_user("both", clinic.here, "technician")
    given.accounts.join(both, facility=clinic.elsewhere, role="counselor", by=clinic.admin)
    episode = given.self_referred(clinic)
    answer = api(both).post(f"/api/v1/episodes/{episode.pk}/close/", {"reason": "withdrew"})
    assert (answer.status_code, answer.json()["code"]) == (403, "wrong_role")
    assert last().patients == [episode.patient_id]
    created = api(both).post(
        "/api/v1/episodes/",
        {"facility": str(clinic.here.pk), "entry": "self", "person": {"preferred_name": "Jo"}},
    )
    assert (created.status_code, created.json()["code"]) == (403, "wrong_role")


def test_who_is_not_signed_in_is_recorded_as_nobody(db, api):
    api().get("/api/v1/patients/")
    assert (last().user, last().username, last().status, last().code) == (None, "", 401, "not_signed_in")


@pytest.mark.parametrize("path", ["/api/v1/a%00b/", "/api/v1/" + "x" * 2000 + "/", "/api/v1/%ff%fe/", "/admin/%00/"])
def test_odd_addresses_are_recorded_and_are_no_500(clinic, client, path):
    client.force_login(clinic.admin)
    response = client.get(path)
    assert response.status_code == 404
    assert last().status == 404
    assert len(last().path) <= 500


def test_the_admin_is_recorded_too(clinic, client):
    client.force_login(clinic.admin)
    client.get("/admin/")
    assert (last().username, last().path) == ("admin", "/admin/")


@pytest.mark.parametrize("path", ["/api/v1/schema/", "/api/v1/docs/", "/static/x.css", "/"])
def test_what_concerns_nobody_is_not_recorded(db, client, path):
    client.get(path)
    assert not AccessEvent.objects.exists()


def test_an_address_the_client_makes_up_is_not_believed(clinic, api, settings):
    client = api(clinic.nurse)
    client.get("/api/v1/me/", REMOTE_ADDR="192.0.2.7", HTTP_X_FORWARDED_FOR="198.51.100.1")
    assert last().ip == "192.0.2.7"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    client.get("/api/v1/me/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="198.51.100.1, 203.0.113.9")
    assert last().ip == "203.0.113.9"
    client.get("/api/v1/me/", REMOTE_ADDR="")
    assert last().ip is None


def test_what_cannot_be_recorded_is_not_answered(clinic, api, monkeypatch, caplog):
    def gone(*args, **kwargs):
        raise OperationalError("no space left")

    patient = given.self_referred(clinic).patient
    monkeypatch.setattr(AccessEvent, "write", gone)
    with caplog.at_level(logging.CRITICAL):
        answer = api(clinic.nurse).get(f"/api/v1/patients/{patient.pk}/")
    assert (answer.status_code, answer.json()["code"]) == (503, "not_recorded")
    assert patient.preferred_name.encode() not in answer.content
    assert answer["X-Request-ID"] in caplog.text


@pytest.mark.parametrize("how", ["token", "session"])
def test_history_knows_who_and_which_request(committed_clinic, how):
    episode = given.self_referred(committed_clinic)
    client = APIClient()
    if how == "token":
        client.credentials(HTTP_AUTHORIZATION=f"Token {AuthToken.objects.create(committed_clinic.nurse)[1]}")
    else:
        client.force_login(committed_clinic.nurse)
    answer = client.post(f"/api/v1/patients/{episode.patient_id}/amend/", {"legal_name": "Josephine"})
    assert answer.status_code == 200, answer.json()
    history = episode.patient.history.order_by("-pgh_id").first()
    assert history.legal_name == "Josephine"
    assert history.pgh_context == {"user": str(committed_clinic.nurse.pk), "request": answer["X-Request-ID"]}
    # And the next one, outside of any request, knows nothing of it.
    Episode.objects.filter(pk=episode.pk).update(previous=None)
    assert not episode.history.order_by("-pgh_id").first().pgh_context


def test_the_privacy_officer_reads_who_looked(clinic, api):
    patient = given.self_referred(clinic).patient
    api(clinic.nurse).get(f"/api/v1/patients/{patient.pk}/")
    officer = api(clinic.privacy)
    rows = officer.get(f"/api/v1/access-events/?patient={patient.pk}").json()["results"]
    assert [row["username"] for row in rows] == ["nurse"]
    assert last().patients == [patient.pk]
    assert officer.get("/api/v1/access-events/").status_code == 400
    assert officer.get("/api/v1/access-events/?patient=x").status_code == 400
    assert officer.get(f"/api/v1/access-events/?patient={uuid7()}").status_code == 404
    stranger = given.a_user("officer_elsewhere", clinic.elsewhere, "privacy")
    assert api(stranger).get(f"/api/v1/access-events/?patient={patient.pk}").status_code == 404
