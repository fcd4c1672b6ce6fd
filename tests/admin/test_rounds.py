"""The round sheet: everybody of a unit, who is next, and one person's round at a time."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import given
from tests.then import fresh
from treatment.actions import departures, observations
from treatment.models import Bed, RoundEntry

from .conftest import address

SHEET = reverse("admin:round_sheet")


@pytest.fixture
def order(clinic):
    return given.on_rounds(given.in_bed(clinic), clinic, at=given.ago(hours=1))


def test_one_tap_opens_a_persons_round_and_one_more_writes_it_down(clinic, order, sign_in):
    client = sign_in(clinic.technician)
    page = client.get(SHEET)
    [row] = page.context["rows"]
    assert (row["bed"], row["late"], row["form"]) == ("1", True, None) and "▲ 1 late" in page.content.decode()
    opened = client.get(row["open_url"].partition("#")[0])
    [row] = opened.context["rows"]
    text = opened.content.decode()
    assert not re.search(r"<input[^>]* checked", text) and "all fine" not in text.lower()
    data = {"_key": row["form"]["key"], "_next": opened.context["here"], "where": "bed", "state": "asleep"}
    url = address(order, "do", "enter")
    refused = client.post(url, data)
    assert refused.status_code == 409 and "breathing" in refused.content.decode()
    done = client.post(url, {**data, "breathing": "seen", "behavior": ["calm"], "distress": "0"})
    assert (done.status_code, done.url) == (302, opened.context["here"])
    entry = RoundEntry.objects.get()
    assert (entry.state, entry.behavior, entry.entered_by) == ("asleep", ["calm"], clinic.technician)
    [row] = client.get(done.url).context["rows"]
    assert (row["late"], row["last"]) == (False, entry)


def test_whoever_hurts_themselves_stands_on_their_page_until_they_were_asked(clinic, order, sign_in):
    given.seen(order, clinic, behavior=["self_harm"])
    page = sign_in(clinic.nurse).get(address(order.episode, "change")).content.decode()
    assert "Seen to hurt themselves" in page and address(order.episode, "do", "screen-suicide") in page
    given.asked(order.episode, clinic)
    assert "Seen to hurt" not in sign_in(clinic.nurse).get(address(order.episode, "change")).content.decode()


def test_whoever_is_not_found_is_searched_for_and_then_reported(clinic, order, sign_in):
    given.seen(order, clinic, where="not_found")
    client = sign_in(clinic.technician)
    page = client.get(SHEET)
    text = page.content.decode()
    assert "Search the unit and the grounds now" in text and "/do/report-missing/?_next=" in text
    departures.report_missing(order.episode, by=clinic.nurse)
    [row] = client.get(SHEET).context["rows"]
    assert (row["missing"], row["lost"], row["late"], row["clock"]) == (True, False, False, "")


def test_an_emergency_and_what_moves_the_wrong_way_stand_on_the_sheet(clinic, order, sign_in):
    for minutes, saturation in ((30, 97), (20, 95), (10, 91)):
        observations.observe(
            order.episode, oxygen_saturation=saturation, by=clinic.nurse, at=given.ago(minutes=minutes)
        )
    text = sign_in(clinic.nurse).get(SHEET).content.decode()
    assert "Oxygen saturation falls: 97, 95, 91" in text and "Call emergency services now" in text
    assert f"{address(order.episode, 'do', 'send-out')}?_next=" in text
    page = sign_in(clinic.nurse).get(f"{address(order.patient)}?tab=treatment").content.decode()
    assert "Vital signs: oxygen saturation falls: 97, 95, 91" in page
    assert "call now" in page and "call emergency services" in page, "the limit is shaded, and said in the table"


def test_whoever_is_watched_without_a_bed_is_not_left_out(clinic, sign_in):
    given.on_rounds(given.a_handover(clinic, "Zoe").episode, clinic, by=clinic.nurse)
    [row] = sign_in(clinic.nurse).get(SHEET).context["rows"]
    assert (row["patient"].preferred_name, row["bed"]) == ("Zoe", "")


def test_the_paper_sheet_has_everybody_on_it(clinic, order, sign_in):
    text = sign_in(clinic.nurse).get(f"{SHEET}?paper=1").content.decode()
    assert "tl-paper" in text and "Maria" in text and "Never ahead of time" in text


def test_nobody_elsewhere_sees_the_sheet(clinic, order, sign_in):
    assert "Maria" not in sign_in(clinic.nurse_elsewhere).get(SHEET).content.decode()
    for name in ("admin", "analyst", "privacy"):
        assert sign_in(getattr(clinic, name)).get(SHEET).status_code == 403


def test_forty_people_take_as_many_statements_as_two(clinic, sign_in):
    beds = [*clinic.beds, *(Bed.objects.create(unit=clinic.unit, label=f"{n}") for n in range(4, 13))]
    client, costs = sign_in(clinic.technician), []
    clinic.beds = beds
    for number in range(12):
        given.seen(given.on_rounds(given.in_bed(clinic, bed=number, name=f"P{number}"), clinic), clinic)
        if number in (1, 11):
            with CaptureQueriesContext(connection) as asked:
                page = client.get(SHEET)
            costs.append(len(asked))
            assert len(page.context["rows"]) == number + 1
    assert costs[0] == costs[1] <= 18, costs


def test_rounds_do_not_crowd_what_is_owed_on_the_front_page(clinic, order, sign_in):
    page = sign_in(clinic.nurse).get(reverse("admin:index"))
    assert "See the person on rounds" not in {row["duty"].ladder.name for row in page.context["duties"]["rows"]}
    assert page.context["rounds"]["late"] == 1 and "Round sheet" in page.content.decode()


def test_the_timeline_tells_only_what_stands_out(clinic, order, api):
    at = timezone.now() - timedelta(minutes=9)
    given.seen(order, clinic, at=at)
    given.seen(order, clinic, behavior=["tearful"], at=at + timedelta(minutes=3))
    struck = given.seen(order, clinic, behavior=["angry"], at=at + timedelta(minutes=6))
    given.rounds.strike(struck, reason="wrong person", by=clinic.nurse)
    given.seen(order, clinic, behavior=["confused"], words="does not know where he is")
    lines = api(clinic.nurse).get(f"/api/v1/patients/{order.patient_id}/timeline/?kinds=rounds").json()["results"]
    assert [line["words"] for line in lines] == [
        "On rounds: in bed, confused, does not know where he is",
        "Rounds ordered: Within every 15 minutes, first night",
    ]
    listed = api(clinic.nurse).get(f"/api/v1/rounds/?order={order.pk}").json()["results"]
    assert len(listed) == 4 and sum(bool(one["struck_at"]) for one in listed) == 1
    assert fresh(order).entries.count() == 4
