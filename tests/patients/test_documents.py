"""Documents: kept with their row, known by their bytes, handed out as files; photos only with consent."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from audit.models import AccessEvent
from patients import actions as patients
from patients.models import Document
from tests import given
from tests.then import forbidden, fresh, refused

PDF = b"%PDF-1.7 a letter"


@pytest.fixture
def person(clinic):
    return given.self_referred(clinic).patient


def a_file(content=PDF, name="scan.pdf", says="application/pdf"):
    return SimpleUploadedFile(name, content, content_type=says)


def send(client, clinic, person, content=PDF, key=None, kind="referral_letter", **fields):
    """Upload a document as a browser or a scanner would."""
    told = {"facility": clinic.here.pk, "kind": kind, "title": "Letter", "file": a_file(content), **fields}
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(f"/api/v1/patients/{person.pk}/add-document/", told, format="multipart", headers=headers)


def test_a_document_comes_back_as_it_was_sent_as_a_file_and_the_log_names_the_person(clinic, person, api):
    client = api(clinic.nurse)
    made = send(client, clinic, person)
    assert made.status_code == 201, made.content
    body = made.json()
    assert (body["media_type"], body["size"], len(body["sha256"])) == ("application/pdf", len(PDF), 64)
    answer = client.get(f"/api/v1/documents/{body['id']}/file/")
    assert (answer.content, answer["Content-Type"]) == (PDF, "application/pdf")
    assert answer["Content-Disposition"].startswith("attachment;") and "Jo" not in answer["Content-Disposition"]
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "no-store")
    assert AccessEvent.objects.filter(path__endswith="/file/").latest("at").patients == [person.pk]
    assert send(client, clinic, person).status_code == 201  # the same bytes twice are two documents


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (PDF, "application/pdf"),
        (given.PNG, "image/png"),
        (b"\xff\xd8\xff\xe0 a picture", "image/jpeg"),
        ("Señal: 7 ng/mL\r\n".encode(), "text/plain"),
        (b"MZ\x90\x00 a program", None),
        (b"PK\x03\x04 a word processor's", None),
        (b"<a>\x00</a>", None),
        (b"\xfe\xff\x00T", None),
    ],
)
def test_what_a_file_is_its_bytes_say(clinic, person, content, found):
    if found:
        assert given.a_document(person, clinic, content=content).media_type == found
    else:
        with refused("file_type_not_kept"):
            given.a_document(person, clinic, content=content)


def test_too_large_and_empty_are_refused_with_a_code(clinic, person, api, settings):
    settings.DOCUMENT_MAX_BYTES = 1000
    client = api(clinic.nurse)
    for content, status, code in (
        (b"%PDF-" + b"x" * 996, 409, "file_too_large"),
        (b"%PDF-" + b"x" * 200_000, 413, "too_large"),
        (b"", 409, "file_empty"),
    ):
        answer = send(client, clinic, person, content)
        assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not Document.objects.exists()
    assert send(client, clinic, person, b"%PDF-" + b"x" * 995).status_code == 201


def test_sent_twice_with_one_key_it_is_kept_once(clinic, person, api):
    client = api(clinic.nurse)
    first, again = (send(client, clinic, person, key="scan-1") for _ in range(2))
    assert first.json()["id"] == again.json()["id"] and Document.objects.count() == 1
    assert send(client, clinic, person, b"%PDF-1.7 another", key="scan-1").json()["code"] == "key_reused"


def test_a_photo_needs_consent_and_is_gone_when_it_is_taken_back(clinic, person, api, client):
    with refused("consent_missing"):
        given.a_photo(person, clinic, consented=False)
    with refused("photo_not_an_image"):
        given.a_photo(person, clinic, content=PDF)
    photo = given.a_photo(person, clinic)
    client.force_login(clinic.nurse)
    file = reverse("admin:patients_document_file", args=[photo.pk])
    page = reverse("admin:patients_episode_change", args=[person.episodes.get().pk])
    assert f'src="{file}"' in client.get(page).content.decode()
    assert client.get(file).content == given.PNG
    patients.withdraw_consent(photo, by=clinic.nurse)
    assert file not in client.get(page).content.decode()
    assert client.get(file).status_code == 403
    answer = api(clinic.nurse).get(f"/api/v1/documents/{photo.pk}/file/")
    assert (answer.status_code, answer.json()["code"]) == (409, "consent_withdrawn")
    with refused("consent_withdrawn"):
        patients.withdraw_consent(photo, by=clinic.nurse)
    letter = given.a_document(person, clinic)
    with refused("no_consent_given"):
        patients.withdraw_consent(letter, by=clinic.nurse)


def test_a_mistake_is_in_no_list_and_is_kept(clinic, person, api):
    letter = given.a_document(person, clinic)
    patients.mark_error(letter, reason="another person's", by=clinic.nurse)
    client = api(clinic.nurse)
    assert client.get("/api/v1/documents/").json()["results"] == []
    assert client.get(f"/api/v1/documents/{letter.pk}/").json()["entered_in_error_reason"] == "another person's"
    assert client.get(f"/api/v1/documents/{letter.pk}/file/").content == PDF


def test_who_may_not_see_the_person_gets_no_file(clinic, person, api, client):
    letter = given.a_document(person, clinic)
    for user in (clinic.nurse_elsewhere, clinic.outsider, clinic.admin):
        assert api(user).get(f"/api/v1/documents/{letter.pk}/file/").status_code in (403, 404)
        client.force_login(user)
        assert client.get(reverse("admin:patients_document_file", args=[letter.pk])).status_code in (403, 404)


def test_the_database_keeps_photos_consented_and_corrections_short(clinic, person):
    letter = patients.amend_document(given.a_document(person, clinic), title="Of the ward", by=clinic.nurse)
    rows = Document.objects.filter(pk=letter.pk)
    assert fresh(letter).title == "Of the ward"
    with forbidden("a_photo_needs_consent"):
        rows.update(kind="photo", media_type="image/png")
    with forbidden("a_photo_is_an_image"):
        rows.update(kind="photo", consented_at=given.ago(), consented_by=clinic.nurse)
    with forbidden("consent_is_withdrawn_where_it_was_given"):
        rows.update(consent_withdrawn_at=given.ago(), consent_withdrawn_by=clinic.nurse)
    with forbidden("a_document_has_a_title"):
        rows.update(title="")
