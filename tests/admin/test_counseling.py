"""Counseling notes: on no page but their own, and there for their author and whom they let read."""

import json
import secrets

import pytest
from django.urls import reverse

from accounts.models import Role
from patients.models import Access, Because
from tests import given
from treatment.actions import counseling
from treatment.models import CounselingGrant, CounselingNote, Session, SessionNote

from .conftest import TABS, address, listing

SECRET = "Speaks of the harbor at night."


@pytest.fixture
def note(clinic):
    return given.a_counseling_note(given.in_bed(clinic), clinic, text=SECRET)


def reads(api, user, note):
    """What asking for the note by its key answers somebody: the text, or the status."""
    answer = api(user).get(reverse("counseling-notes-one", args=[note.pk]))
    return answer.json()["text"] if answer.status_code == 200 else answer.status_code


def everywhere(client, note):
    """Every page of the admin on which anything of a note might stand: {address: answer}."""
    person, session = note.patient, note.session
    pages = [
        *(f"{address(person)}?tab={tab}" for tab in TABS),
        address(session),
        address(note),
        address(note, "do", "write"),
        address(note, "history"),
        address(SessionNote.objects.get(session=session)),
        *(listing(model) for model in (CounselingNote, CounselingGrant, Session, SessionNote)),
        f"{listing(CounselingNote)}?q=Maria",
        f"{listing(CounselingNote)}?q=harbor",
        f"{reverse('admin:search')}?s=harbor",
        reverse("admin:index"),
    ]
    return {page: client.get(page) for page in pages}


# Those who read most are asked each time, the others where there is more of it.
READ_MOST = {Role.SUPERVISOR, Role.PRIVACY}
NEVER = [
    pytest.param(role, marks=() if role in READ_MOST else pytest.mark.slow) for role in Role if role != Role.COUNSELOR
]


@pytest.mark.parametrize("role", NEVER)
def test_no_role_reads_it_anywhere(role, clinic, note, api, sign_in):
    user = getattr(clinic, role.value)
    user.is_superuser = True  # which opens nothing
    user.save()
    Access.grant(note.patient, because=Because.BREAK_GLASS, at=given.ago(hours=1), user=user)
    client = api(user)
    assert reads(api, user, note) in (403, 404)
    for query in ({}, {"patient": note.patient_id}, {"session": note.session_id}, {"draft": "true"}):
        answer = client.get(reverse("counseling-notes-list"), query)
        assert answer.status_code == 403 or answer.json()["results"] == [], query
    for name in ("write", "sign", "let-read", "mark-error"):
        answer = client.post(reverse(f"counseling-notes-{name}", args=[note.pk]), {"text": "x", "reason": "x"})
        assert answer.status_code in (403, 404), name
    told = client.get(reverse("patients-timeline", args=[note.patient_id])).content.decode()
    assert str(note.pk) not in told and "ounseling" not in told
    for name in ("sessions", "session-notes"):
        assert str(note.pk) not in client.get(reverse(f"{name}-list"), {"patient": note.patient_id}).content.decode()
    for page, answer in everywhere(sign_in(user), note).items():
        text = answer.content.decode()
        assert "harbor" not in text.replace("q=harbor", "").replace('value="harbor"', ""), page
        assert str(note.pk) not in text or answer.status_code in (403, 404), page
    assert sign_in(user).get(address(note)).status_code in (403, 404)


def test_its_author_reads_it_on_its_own_page_and_no_list_or_change_shows_it(clinic, note, api, sign_in):
    assert reads(api, clinic.counselor, note) == SECRET
    listed = api(clinic.counselor).get(reverse("counseling-notes-list")).json()["results"]
    assert [one["id"] for one in listed] == [str(note.pk)] and "text" not in listed[0]
    assert "harbor" not in json.dumps(listed)
    for page, answer in everywhere(sign_in(clinic.counselor), note).items():
        shown = "harbor" in answer.content.decode().replace("q=harbor", "").replace('value="harbor"', "")
        assert shown is (page in {address(note), address(note, "do", "write")}), page
    page = sign_in(clinic.counselor).get(address(note)).content.decode()
    assert "Not here but in the session note: medication" in " ".join(page.split())
    counseling.sign(note, by=clinic.counselor)
    assert "harbor" in sign_in(clinic.counselor).get(address(note)).content.decode()


def test_a_seal_that_does_not_open_is_said_on_its_page(clinic, note, settings, sign_in):
    settings.COUNSELING_KEYS = {"other": secrets.token_bytes(32)}
    page = sign_in(clinic.counselor).get(address(note))
    assert page.status_code == 200 and "cannot be opened" in page.content.decode()
