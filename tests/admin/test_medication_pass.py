"""The medication pass: one unit, everybody with what is due, late or as needed; the outcome in one touch."""

import re
from copy import copy
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from audit.models import AccessEvent, uuid7
from patients.models import Patient
from tests import given
from treatment.actions import doses
from treatment.models import Administration, Bed, BedStay, Dose, MedicationOrder, Placement

from .conftest import address


@pytest.fixture
def episode(clinic):
    return given.in_bed(clinic, at=given.ago(days=3))


def shown(client, **asked):
    return client.get(reverse("admin:medication_pass"), asked)


def test_everybody_of_the_unit_is_there_with_what_tells_them_apart(clinic, episode, sign_in):
    given.an_allergy(episode.patient, clinic, "Penicillin")
    photo = given.a_photo(episode.patient, clinic)
    Patient.objects.filter(pk=episode.patient_id).update(birth_date="1990-05-17")
    given.once(episode, clinic, at=given.ago(hours=2))
    given.as_needed(episode, clinic)
    text = shown(sign_in(clinic.nurse)).content.decode()
    for words in (
        "Maria", "born 1990-05-17", "Allergies: Penicillin", reverse("admin:patients_document_file", args=[photo.pk]),
        "lorazepam", "late 2 h", "needs a witness", "as needed for pain", "3 left in 24 h", "Bed 1",
        "not a full interaction checker", ">Declined<", ">Not available<", ">Missed<", ">Held<", ">On leave<",
    ):  # fmt: skip
        assert words in text, words
    assert episode.patient_id in AccessEvent.objects.first().patients


def test_one_touch_gives_comes_back_and_is_done_once(clinic, episode, sign_in):
    given.once(episode, clinic)
    client = sign_in(clinic.nurse)
    page = shown(client)
    text = page.content.decode()
    action = re.search(r'<form method="post" action="([^"]*/give/)">', text)[1]
    data = dict(re.findall(r'name="(_key|_next)" value="([^"]+)"', text))
    data["_next"] = data["_next"].replace("&amp;", "&")
    answer = client.post(action, data)
    assert (answer.status_code, answer.url) == (302, data["_next"])
    assert client.post(action, data).status_code == 302
    row = Administration.objects.get()
    assert (row.outcome, row.amount) == ("given", row.order.dose)
    waits = client.get(answer.url).content.decode()
    assert "Waits for a witness" in waits and "You gave it; somebody else says so." in waits
    other = sign_in(clinic.technician)
    assert f'action="{address(row, "do", "witness")}"' in shown(other).content.decode()


def test_another_outcome_is_a_form_that_is_filled_in_already(clinic, episode, sign_in):
    given.once(episode, clinic)
    client = sign_in(clinic.nurse)
    link = re.search(r'href="([^"]*not-given/\?outcome=missed[^"]*)"', shown(client).content.decode())[1]
    form = client.get(link.replace("&amp;", "&")).context["form"]
    assert form["outcome"].value() == "missed"


def test_who_is_away_is_shown_and_given_nothing(clinic, episode, sign_in):
    given.once(episode, clinic, "acetaminophen", dose=500)
    given.send_out(episode, clinic)
    text = shown(sign_in(clinic.nurse)).content.decode()
    assert "Sent out to hospital: General Hospital." in text and 'disabled title="The person is away."' in text
    assert "/give/" not in text and address(episode, "do", "record-on-leave") in text


def test_who_is_in_no_bed_is_on_a_list_of_their_own(clinic, sign_in):
    jo = given.in_outpatient(clinic, "Josephine")
    given.once(jo, clinic)
    client = sign_in(clinic.nurse)
    assert "Josephine" not in shown(client).content.decode()
    assert "Josephine" in shown(client, unit="none").content.decode()
    assert "Josephine" not in shown(sign_in(clinic.nurse_elsewhere), unit="none").content.decode()


def test_it_is_for_those_who_give_or_witness(clinic, episode, sign_in):
    given.once(episode, clinic)
    assert shown(sign_in(clinic.counselor)).status_code == 403
    technician = shown(sign_in(clinic.technician)).content.decode()
    assert "lorazepam" in technician and "/give/" not in technician
    elsewhere = shown(sign_in(clinic.nurse_elsewhere), unit=clinic.unit.pk).content.decode()
    assert "Maria" not in elsewhere


def test_the_next_dose_as_needed_has_its_day(clinic, episode, sign_in):
    order = given.as_needed(episode, clinic, min_hours=Decimal(30))
    doses.give_as_needed(order, reason="pain", by=clinic.nurse)
    next_at = timezone.now() + timedelta(hours=30)
    page = shown(sign_in(clinic.nurse)).content.decode()
    assert f"{timezone.localtime(next_at):%A}" in page.split("not before")[1].split("</time>")[0]


@pytest.mark.parametrize(("minutes", "still"), [(1, False), (3, True)])
def test_a_clock_that_stands_still_is_said_once_it_could_have_moved(
    clinic, episode, sign_in, settings, minutes, still
):
    order = given.ordered(episode, clinic)
    MedicationOrder.objects.filter(pk=order.pk).update(laid_out_until=given.ago(hours=1))
    settings.STARTED_AT = given.ago(minutes=minutes)
    page = shown(sign_in(clinic.nurse)).content.decode()
    assert ("stands still" in page, "The system is starting" in page) == (still, not still)
    assert "Work from the orders" in page


def crowd(clinic, episode, number, like):
    """So many people more in the unit, each with a copy of these orders, and a dose that is late or due."""
    placement, copies = episode.placements.get(), []
    for n in range(number):
        other = given.self_referred(clinic, f"Person {n}")
        here = Placement.objects.create(
            patient=other.patient,
            facility=clinic.here,
            episode=other,
            program=clinic.residential,
            began_at=placement.began_at,
            began_by=clinic.nurse,
        )
        bed = Bed.objects.create(unit=clinic.unit, label=f"{100 + n}")
        BedStay.begin(here, bed, by=clinic.nurse, at=placement.began_at)
        for order in like:
            copies.append(copy(order))
            copies[-1].pk, copies[-1].patient, copies[-1].episode = uuid7(), other.patient, other
    MedicationOrder.objects.bulk_create(copies)
    Dose.objects.bulk_create(
        Dose(patient=one.patient, facility=clinic.here, order=one, due_at=given.ago(hours=n % 4))
        for n, one in enumerate(copies)
        if one.frequency == "once"
    )


def statements(client):
    with CaptureQueriesContext(connection) as taken:
        page = shown(client)
    assert page.status_code == 200
    return len([one for one in taken.captured_queries if "SAVEPOINT" not in one["sql"]]), page


def test_forty_people_take_as_many_statements_as_two(clinic, episode, sign_in):
    like = [given.once(episode, clinic), given.as_needed(episode, clinic)]
    crowd(clinic, episode, 1, like)
    few, _ = statements(sign_in(clinic.nurse))
    Bed.objects.filter(label="100").update(label="one")
    crowd(clinic, episode, 38, like)
    many, page = statements(sign_in(clinic.nurse))
    assert len(page.context["rows"]) == 40 and all(row["doses"] and row["as_needed"] for row in page.context["rows"])
    assert many == few <= 25
