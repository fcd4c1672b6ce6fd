"""Notes in parts and their co-signing, on pages."""

import pytest
from django.urls import reverse

from tests import given
from tests.then import fresh, refused
from treatment.actions import cosigning, formats, groups, sessions
from treatment.models import SessionNote

from .conftest import address

DAP = {"data": "Slept badly.", "assessment": "Tired.", "plan": "Walk at noon."}


@pytest.fixture
def episode(clinic):
    return given.in_bed(clinic)


@pytest.fixture
def note(clinic, episode):
    return given.a_session(episode, clinic, text="Slept badly.")


def in_dap(note, clinic):
    formats.change_format(note, format="dap", by=clinic.counselor)
    return formats.write_sections(note, sections=DAP, by=clinic.counselor)


def test_the_headings_stand_wherever_the_note_is_read(clinic, note, api, sign_in):
    note = in_dap(note, clinic)
    page = sign_in(clinic.counselor).get(address(note)).content.decode()
    assert all(f">{heading}</label>" in page for heading in ("Data", "Assessment", "Plan"))
    sessions.sign(note, by=clinic.counselor)
    told = api(clinic.nurse).get(reverse("session-notes-one", args=[note.pk])).json()
    assert [(part["heading"], part["text"]) for part in told["parts"]] == [
        ("Data", "Slept badly."),
        ("Assessment", "Tired."),
        ("Plan", "Walk at noon."),
    ]
    page = sign_in(clinic.nurse).get(address(note)).content.decode()
    assert all(f"<h3>{heading}</h3>" in page for heading in ("Data", "Assessment", "Plan"))


def test_the_page_saves_all_parts_at_once(clinic, note, sign_in):
    note = in_dap(note, clinic)
    sent = {f"sections.{key}": text for key, text in {**DAP, "plan": "", "data": "Slept."}.items()}
    client = sign_in(clinic.counselor)
    script = {"Accept": "application/json"}
    answer = client.post(address(note, "do", "write-sections"), {**sent, "_version": note.version}, headers=script)
    assert answer.status_code == 200, answer.content
    assert fresh(note).sections == {"data": "Slept.", "assessment": "Tired."}


def test_a_line_of_a_group_may_have_parts_too(clinic, episode, sign_in):
    group = given.a_group(clinic, episode)
    line = SessionNote.objects.get(session__group=group)
    assert line.format == "free"
    formats.change_format(line, format="dap", by=clinic.counselor)
    with refused("note_empty"):
        groups.sign_group(group, by=clinic.counselor)
    formats.write_sections(line, sections=DAP, by=clinic.counselor)
    groups.sign_group(group, by=clinic.counselor)
    assert "<strong>Assessment</strong>" in sign_in(clinic.nurse).get(address(group)).content.decode()


def test_it_waits_on_the_supervisors_front_page_alone(clinic, episode, sign_in, api):
    trainee = given.a_trainee(clinic)
    note = sessions.sign(given.a_session(episode, clinic, by=trainee), by=trainee)
    page = sign_in(clinic.supervisor).get(reverse("admin:index"))
    assert [row["note"] for row in page.context["cosigning"]["rows"]] == [note]
    assert "To co-sign" in page.content.decode()
    assert "cosigning" not in sign_in(clinic.counselor).get(reverse("admin:index")).context
    found = api(clinic.supervisor).get(reverse("session-notes-list"), {"to_cosign": "true"}).json()["results"]
    assert [one["id"] for one in found] == [str(note.pk)]
    cosigning.cosign(note, by=clinic.supervisor)
    page = sign_in(clinic.supervisor).get(reverse("admin:index"))
    assert page.context["cosigning"]["rows"] == []
