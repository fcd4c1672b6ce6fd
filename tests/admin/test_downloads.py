"""Lists as files: what the page shows to whoever asks, and nothing that a spreadsheet carries out."""

import csv
from io import StringIO
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import AccessEvent
from config import downloads
from patients.actions import add_contact_point
from patients.admin import people
from patients.admin.sheets import sheet
from patients.models import Patient
from tests import given

from .conftest import listing

PEOPLE = reverse("admin:patients_patient_download")
BEDS = reverse("admin:census_download")
CALLS = reverse("admin:call_list_download")


def lines(answer):
    """The rows of a file under its head, as a spreadsheet reads it."""
    assert answer["Content-Type"] == "text/csv; charset=utf-8", answer
    text = answer.content.decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(StringIO(text[1:], newline="")))


def last_event():
    return AccessEvent.objects.latest("id")


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("=cmd|' /C calc'!A0", "'=cmd\\|' /C calc'!A0"),
        ("+1+1", "'+1+1"),
        ("-1+1", "'-1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＝1+1", "'＝1+1"),
        ("Madonna", "Madonna"),
        ("مريم", "مريم"),
        ("\u200fרות\u200b", "\u200fרות\u200b"),
        ('Ann, "Nan"\nLee', 'Ann, "Nan"\nLee'),
    ],
)
def test_a_name_is_kept_as_it_is_and_is_no_formula_in_the_file(clinic, sign_in, name, written):
    given.a_handover(clinic, name)
    (line,) = lines(sign_in(clinic.nurse).get(PEOPLE))
    assert Patient.objects.get().preferred_name == name
    assert line["Preferred name"] == written


@pytest.mark.parametrize("begun", "=+-@\t\r")
def test_no_cell_begins_with_what_a_spreadsheet_carries_out(clinic, begun):
    ((cell,),) = list(csv.reader(StringIO(sheet("x", [f"{begun}1+A1"], []).content.decode()[1:], newline="")))
    assert cell == f"'{begun}1+A1"


def test_the_file_has_the_people_of_the_list_with_its_filters_and_the_log_names_them(clinic, sign_in):
    mine = given.a_handover(clinic, "Maria").episode
    given.self_referred(clinic, "Sam")
    given.a_handover(SimpleNamespace(here=clinic.elsewhere, nurse=clinic.nurse_elsewhere), "Zoe")
    client = sign_in(clinic.nurse)
    assert {line["Preferred name"] for line in lines(client.get(PEOPLE))} == {"Maria", "Sam"}
    assert len(last_event().patients) == 2
    asked = {"stage": mine.stage}
    assert f"{PEOPLE}?stage={mine.stage}" in client.get(listing(Patient), asked).content.decode()
    (line,) = lines(client.get(PEOPLE, asked))
    assert (line["Preferred name"], line["Stage"], line["Place"]) == ("Maria", "Stabilizing", "Harbor House")
    event = last_event()
    assert (event.patients, event.action) == ([mine.patient_id], "admin:patients_patient_download")
    assert lines(client.get(PEOPLE, {"q": "maria"})) == [line]
    assert client.get(PEOPLE, {"patient__legal_name__startswith": "a"}).status_code == 400


def test_who_may_not_see_a_page_downloads_nothing_of_it(clinic, sign_in):
    episode = given.in_aftercare(clinic)
    given.a_call_owed(episode, clinic)
    for user in (clinic.outsider, clinic.admin, clinic.analyst):
        assert sign_in(user).get(PEOPLE).status_code == 403
        assert sign_in(user).get(CALLS).status_code == 403
    assert sign_in(clinic.outsider).get(BEDS).status_code == 403
    assert lines(sign_in(clinic.nurse_elsewhere).get(PEOPLE)) == []
    assert lines(sign_in(clinic.nurse_elsewhere).get(BEDS)) == []
    client = sign_in(given.a_user("coach", clinic.elsewhere, "aftercare"))
    assert lines(client.get(CALLS)) == [] and last_event().patients == []
    client.logout()
    assert client.get(PEOPLE).status_code == 302


def test_the_call_list_says_whom_to_call_and_leaves_out_what_was_said(clinic, sign_in):
    episode = given.in_aftercare(clinic)
    add_contact_point(episode.patient, channel="phone", value="+12125550188", by=clinic.nurse)
    given.a_call_owed(episode, clinic)
    (line,) = lines(sign_in(clinic.aftercare).get(CALLS))
    assert (line["Person"], line["Place"]) == ("Maria", "Harbor House")
    assert line["Numbers"].startswith("'+1")  # a number, and not a sum
    assert last_event().patients == [episode.patient_id]


def test_the_beds_are_counted_now_or_at_a_moment(clinic, sign_in):
    given.in_bed(clinic, at=given.ago(days=2))
    client = sign_in(clinic.analyst)
    (line,) = lines(client.get(BEDS))
    assert (line["Unit"], line["Beds"], line["Taken"], line["Free"]) == ("East", "3", "1", "2")
    (line,) = lines(client.get(BEDS, {"at": f"{given.ago(days=3):%Y-%m-%dT%H:%M}"}))
    assert (line["Taken"], line["Free"]) == ("0", "3")
    malformed = ("yesterday", "2026-03-08T02:30", "0001-01-01T00:00:00+14:00", "\x00")
    for asked, code in (*((text, "filter_malformed") for text in malformed), ("2099-01-01T00:00", "in_the_future")):
        assert client.get(BEDS, {"at": asked}).status_code == 302
        assert last_event().code == code


def test_what_is_too_long_is_refused_and_not_cut_off(clinic, sign_in, monkeypatch):
    monkeypatch.setattr(people, "MOST", 1)
    monkeypatch.setattr(downloads, "MOST", 0)
    given.a_handover(clinic, "Maria")
    given.a_call_owed(given.in_aftercare(clinic, name="Ann"), clinic)
    for user, url in ((clinic.nurse, PEOPLE), (clinic.nurse, BEDS), (clinic.aftercare, CALLS)):
        client = sign_in(user)
        answer = client.get(url)
        event = last_event()
        assert (event.status, event.code, event.patients) == (302, "too_many_rows", [])
        assert "at most" in client.get(answer["Location"]).content.decode()


def test_a_file_asks_as_much_of_the_database_for_ten_as_for_two(clinic, sign_in):
    client = sign_in(clinic.nurse)

    def asked():
        with CaptureQueriesContext(connection) as found:
            assert client.get(PEOPLE).status_code == 200
        return len(found)

    for name in ("Ann", "Ben"):
        given.a_handover(clinic, name)
    few = asked()
    for number in range(8):
        given.a_handover(clinic, f"Person {number}")
    assert asked() == few
