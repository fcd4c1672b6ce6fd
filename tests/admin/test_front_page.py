"""What the pages say to a place where little has happened yet, and to who is not signed in."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import AccessEvent
from patients.models import Episode
from tests import given

from .conftest import address, begin, go_the_road, listing
from .test_pages import nouns, reader


def statements(client, url):
    """How many a page takes."""
    with CaptureQueriesContext(
        connection,
    ) as taken:
        assert client.get(url).status_code == 200
    return len([query for query in taken.captured_queries if "SAVEPOINT" not in query["sql"]])


def test_alarming_numbers_come_first(clinic, sign_in):
    handover = given.a_handover(clinic, respiratory_rate=6)
    given.clearances.clear(handover.episode, basis="cleared", findings=given.findings(), by=clinic.nurse)
    text = sign_in(clinic.nurse).get(address(handover)).content.decode()
    assert "Call emergency services now: breathing under 10 a minute." in text
    assert address(handover.episode, "do", "send-out") in text


@pytest.mark.parametrize(("minutes", "still"), [(1, False), (3, True)])
def test_a_clock_that_stands_still_is_said_once_it_could_have_moved(clinic, sign_in, settings, minutes, still):
    settings.STARTED_AT = given.ago(minutes=minutes)
    page = sign_in(clinic.nurse).get(reverse("admin:index")).content.decode()
    assert ("The clock stands still" in page, "It is starting" in page) == (still, not still)


@pytest.mark.slow
def test_statements_do_not_grow_with_the_rows(clinic, sign_in):
    def everything():
        counts = {}
        for model, page in nouns():
            if model is not AccessEvent:
                counts[model._meta.label] = statements(sign_in(reader(clinic, page)), listing(model))
        for user in (clinic.counselor, clinic.aftercare, clinic.supervisor):
            counts[f"front page {user}"] = statements(sign_in(user), reverse("admin:index"))
        client = sign_in(clinic.nurse)
        first = Episode.objects.order_by("pk").first()
        counts["episode"], counts["patient"] = (statements(client, address(row)) for row in (first, first.patient))
        return counts

    go_the_road(clinic)
    few = everything()
    for bed, name in ((1, "Ana"), (2, "Bo")):
        go_the_road(clinic, name, bed)
        given.self_referred(clinic, f"{name} too")
    assert everything() == few
    assert max(few.values()) < 70, few


def test_the_login_page_stands_alone(client, db):
    text = client.get(reverse("admin:login")).content.decode()
    assert "Email only, not a paging system." in text and "Log in" in text
    assert "https://" not in text and "http://" not in text.replace("http://www.w3.org", "")


def test_signing_in_by_hand(client, clinic):
    clinic.nurse.set_password("a long enough password")
    clinic.nurse.save()
    answer = client.post(
        reverse("admin:login"), {"username": "nurse", "password": "a long enough password", "next": "/admin/"}
    )
    assert answer.status_code == 302
    assert client.get(reverse("admin:index")).status_code == 200


def test_beginning_is_for_those_who_may(clinic, sign_in):
    handover = admin.site._registry[given.handovers.Handover].model
    assert sign_in(clinic.nurse).get(begin(handover, "receive")).status_code == 200
    assert sign_in(clinic.analyst).get(begin(handover, "receive")).status_code == 403
    assert sign_in(clinic.outsider).get(begin(handover, "receive")).status_code == 403


def test_an_empty_list_says_whether_anything_was_looked_for(clinic, sign_in):
    client, page = sign_in(clinic.supervisor), reverse("admin:treatment_dischargeproposal_changelist")
    assert "There is nothing here yet" in client.get(page).content.decode()
    assert "Nothing fits what you look for" in client.get(page, {"open": "yes"}).content.decode()
