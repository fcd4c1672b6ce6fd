"""Notes are written on their page, saved while they are typed, and read once more before they are signed."""

import re

import pytest
from django.urls import reverse

from tests import given
from tests.then import fresh
from treatment.actions import groups, sessions
from treatment.models import Session, SessionNote

from .conftest import address

SCRIPT = {"Accept": "application/json"}


@pytest.fixture
def note(clinic):
    """A draft of the counselor's."""
    return given.a_session(given.in_bed(clinic), clinic, text="Slept badly.")


def saves(client, note, text, **more):
    """What the page's script sends."""
    return client.post(address(note, "do", "write"), {"text": text, **more}, headers=SCRIPT)


def test_a_draft_is_written_on_its_own_page_by_its_author_alone(clinic, note, sign_in):
    page = sign_in(clinic.counselor).get(address(note)).content.decode()
    assert "data-pad" in page and "throughline/pads.js" in page
    assert re.search(r"<textarea[^>]*>\s*Slept badly\.</textarea>", page)
    sessions.sign(note, by=clinic.counselor)
    page = sign_in(clinic.counselor).get(address(note)).content.decode()
    assert "data-pad" not in page and "Slept badly." in page


def test_what_is_typed_is_saved_by_the_page_and_the_next_version_told(clinic, note, sign_in):
    client = sign_in(clinic.counselor)
    told = saves(client, note, "Slept well.", _version=note.version)
    assert told.status_code == 200, told.content
    assert fresh(note).text == "Slept well."
    assert told.json()["version"] == fresh(note).version > note.version
    assert re.fullmatch(r"\d\d:\d\d", told.json()["saved"])
    again = saves(client, note, "Slept well, and ate.", _version=told.json()["version"])
    assert again.status_code == 200 and fresh(note).text == "Slept well, and ate."


def test_the_same_text_sent_twice_with_one_key_is_stored_once(clinic, note, sign_in):
    client = sign_in(clinic.counselor)
    sent = {"_version": note.version, "_key": "5" * 32}
    first, second = (saves(client, note, "Once.", **sent) for _ in range(2))
    assert first.json() == second.json()
    assert note.history.filter(text="Once.").count() == 1


@pytest.mark.parametrize("version", ["²", "9" * 5000, "x", "-1"])
def test_a_version_that_is_none_overwrites_nothing(clinic, note, sign_in, version):
    assert saves(sign_in(clinic.counselor), note, "Mine.", _version=version).status_code == 412
    assert fresh(note).text == note.text


def test_a_second_tab_is_told_and_overwrites_nothing(clinic, note, sign_in):
    client = sign_in(clinic.counselor)
    saves(client, note, "From one tab.", _version=note.version)
    told = saves(client, note, "From the other.", _version=note.version)
    assert (told.status_code, told.json()["code"]) == (412, "stale")
    assert told.json()["version"] == fresh(note).version
    assert fresh(note).text == "From one tab."


def test_a_script_is_told_why_in_words(clinic, note, sign_in):
    client = sign_in(clinic.counselor)
    long = saves(client, note, "x" * 40_001)
    assert (long.status_code, long.json()["code"]) == (400, "invalid") and "40000" in long.json()["sentence"]
    sessions.sign(note, by=clinic.counselor)
    late = saves(client, note, "Later.")
    assert (late.status_code, late.json()["code"]) == (409, "note_signed")
    client.logout()
    assert saves(client, note, "Nobody.").status_code == 302
    assert fresh(note).text == "Slept badly."


def test_a_session_just_logged_leads_to_its_note(clinic, sign_in):
    episode = given.in_bed(clinic)
    typed = {
        "kind": "individual", "attendance": "attended",
        "started_at": "2026-01-05T10:00", "ended_at": "2026-01-05T10:50",
    }  # fmt: skip
    answer = sign_in(clinic.counselor).post(address(episode, "do", "log-session"), typed)
    assert answer.url == address(Session.objects.latest("pk").notes.get())


def test_what_is_signed_is_read_once_more_before_it(clinic, note, sign_in):
    page = sign_in(clinic.counselor).get(address(note, "do", "sign")).content.decode()
    assert "Slept badly." in page


def test_a_verb_returns_to_the_page_that_asked_and_never_elsewhere(clinic, note, sign_in):
    client, today = sign_in(clinic.counselor), reverse("admin:index")
    page = client.get(f"{address(note, 'do', 'sign')}?_next={today}").content.decode()
    assert f'name="_next" value="{today}"' in page
    away = client.post(address(note, "do", "write"), {"text": "A", "_next": "//evil.example/x"})
    assert away.url == address(note)
    assert client.post(address(note, "do", "sign"), {"_next": today}).url == today


def test_a_group_has_one_grid_with_a_line_for_each_and_each_chart_its_own_part(clinic, sign_in):
    maria, sam = given.in_bed(clinic), given.in_bed(clinic, bed=1, name="Samuel")
    group = given.a_group(clinic, maria, sam)
    page = sign_in(clinic.counselor).get(address(group)).content.decode()
    assert page.count("data-pad ") == 3
    assert "We spoke about triggers." in page and "Maria took part." in page and "Samuel took part." in page
    of_maria = SessionNote.objects.get(session__group=group, patient=maria.patient)
    chart = sign_in(clinic.counselor).get(address(of_maria)).content.decode()
    assert "We spoke about triggers." in chart and "Maria took part." in chart and "Samuel" not in chart
    groups.sign_group(group, by=clinic.counselor)
    assert "data-pad " not in sign_in(clinic.counselor).get(address(group)).content.decode()


def test_the_grid_takes_as_many_statements_for_five_as_for_two(clinic, sign_in, django_assert_max_num_queries):
    people = [given.in_bed(clinic, bed=number, name=f"P{number}") for number in range(3)]
    few, many = given.a_group(clinic, people[0]), given.a_group(clinic, *people)
    client = sign_in(clinic.counselor)
    client.get(address(few))
    with django_assert_max_num_queries(100) as first:
        client.get(address(few))
    with django_assert_max_num_queries(len(first)):
        assert client.get(address(many)).content.decode().count("data-pad ") == 4


def test_the_names_in_a_group_are_not_shown_elsewhere(clinic, sign_in):
    group = given.a_group(clinic, given.in_bed(clinic, name="Josephine"))
    page = sign_in(clinic.nurse_elsewhere).get(address(group))
    assert page.status_code == 404 and "Josephine" not in page.content.decode()


def test_a_plan_is_written_on_one_page(clinic, sign_in):
    plan = given.a_plan(given.in_bed(clinic), clinic)
    client, goal = sign_in(clinic.counselor), plan.goals.get()
    page = client.get(address(plan)).content.decode()
    assert "data-pad " in page and f"?do=add-objective&amp;to={goal.pk}" in page and 'id="part"' not in page
    opened = client.get(address(plan), {"do": "add-objective", "to": goal.pk})
    part = opened.context["plan"]["part"]
    assert 'id="part"' in opened.content.decode() and "autofocus" in opened.content.decode()
    typed = {"words": "Naps less.", "measure": "Naps", "target": "1", "target_on": "2030-01-05", "_next": part.back}
    assert client.post(part.url, typed).url == f"{address(plan)}#l-{goal.pk}"
    assert "Naps less." in client.get(address(plan)).content.decode()
    stranger = {"do": "amend", "to": given.a_plan(given.in_outpatient(clinic), clinic).problems.get().pk}
    assert client.get(address(plan), stranger).context["plan"]["part"] is None
    assert "?do=" not in sign_in(clinic.technician).get(address(plan)).content.decode()


def test_a_plan_takes_as_many_statements_on_its_page_and_its_sheet_however_long(
    clinic, sign_in, django_assert_max_num_queries
):
    few, many = (
        given.a_plan(given.in_bed(clinic, bed=number, name=f"P{number}"), clinic, steps=steps)
        for number, steps in ((0, 1), (1, 5))
    )
    client = sign_in(clinic.counselor)
    for to in ("change", "print"):
        client.get(address(few, to))
        with django_assert_max_num_queries(60) as first:
            client.get(address(few, to))
        with django_assert_max_num_queries(len(first)):
            page = client.get(address(many, to)).content.decode()
        assert "Step 5" in page and "P1" in page
    assert sign_in(clinic.nurse_elsewhere).get(address(many, "print")).status_code == 404
