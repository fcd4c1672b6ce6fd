"""No more messages, by a click in an email: as good as STOP in a text."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from aftercare import pages
from aftercare.models import CheckIn
from audit.models import AccessEvent
from duties import actions as duties
from duties.models import Duty
from messaging import actions as messaging
from messaging.channels import email
from messaging.models import InboundMessage, OptOut
from tests import given
from tests.then import fresh

HOST = "https://p.example.org"
ADDRESS = "maria@example.org"


@pytest.fixture(autouse=True)
def public(settings):
    cache.clear()  # where pages are counted
    settings.PUBLIC_URL = HOST


@pytest.fixture
def episode(clinic):
    return given.in_aftercare(clinic, at=given.ago(days=2), email=ADDRESS)


@pytest.fixture
def client():
    return Client(enforce_csrf_checks=True)


def address(patient):
    """Where a click in an email leads."""
    return email.stop_address(patient.contact_points.get(channel="email").pk).removeprefix(HOST)


def is_followed(episode):
    return episode.aftercare_plans.active().exists() and CheckIn.objects.open().of(episode.patient).exists()


def test_an_email_has_the_button_and_a_click_on_its_page_ends_everything_written_by_machine(clinic, episode, client):
    now = CheckIn.objects.get().due_at
    duties.tick(now)
    messaging.send(now)
    [letter] = mail.outbox
    where = f"{HOST}{address(episode.patient)}"
    assert letter.extra_headers["List-Unsubscribe"] == f"<{where}>"
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert where in letter.body
    asked = client.get(where.removeprefix(HOST))
    assert asked.status_code == 200 and not OptOut.objects.exists() and is_followed(episode)  # a scanner looked at it
    assert len(asked.content) < 50_000 and episode.patient.preferred_name not in asked.content.decode()
    done = client.post(where.removeprefix(HOST))
    assert pages._words()["en"]["stopped"] in done.content.decode()
    plan = episode.aftercare_plans.get()
    assert (plan.end_reason, plan.tier, OptOut.objects.get().channel) == ("withdrew", "green", "")
    assert set(plan.check_ins.values_list("outcome", flat=True)) == {"withdrew"}
    assert Duty.objects.open().filter(episode=episode, ladder__slug="withdrew_review").count() == 1
    assert InboundMessage.objects.get().channel == "email"


def test_mail_programs_press_it_themselves_and_it_may_be_pressed_again(episode, client):
    for _ in range(2):
        pressed = client.post(address(episode.patient), {"List-Unsubscribe": "One-Click"})
        assert pressed.status_code == 200
    assert OptOut.objects.count() == 1 and not is_followed(episode)
    event = AccessEvent.objects.order_by("-at").first()
    assert (event.path, event.username, event.patients) == ("/c/", "person by email", [episode.patient_id])


def test_in_the_language_of_the_person_or_the_one_they_choose(episode, client):
    type(episode.patient).objects.filter(pk=episode.patient_id).update(language="es")
    where, words = address(episode.patient), pages._words()
    assert words["es"]["stop_button"] in client.get(where).content.decode()
    assert words["en"]["stop_button"] in client.get(f"{where}?l=en").content.decode()


@pytest.mark.parametrize(
    "change", [lambda at: f"{at}x", lambda at: at.replace(".", ""), lambda at: f"{at[:8]}{at[:5:-1]}"]
)
def test_an_address_that_nobody_signed_stops_nothing(episode, client, change):
    for ask in (client.get, client.post):
        answer = ask(change(address(episode.patient)))
        assert (answer.status_code, answer.content) == (404, client.get("/c/unknown").content)
    assert is_followed(episode)


def test_an_address_that_several_people_have_opts_nobody_out_and_gets_nothing_more(clinic, episode, client):
    other = given.self_referred(clinic, "Ben")
    point = given.an_address(other.patient, clinic, ADDRESS.upper())
    client.post(address(episode.patient))
    assert not OptOut.objects.exists() and is_followed(episode)
    assert fresh(point).revoked_at and episode.patient.contact_points.get(channel="email").revoked_at
    reviews = Duty.objects.open().filter(ladder__slug="message_review")
    assert {review.patient for review in reviews} == {episode.patient, other.patient}


def test_without_a_public_host_there_is_no_button(settings, episode):
    settings.PUBLIC_URL = ""
    now = CheckIn.objects.get().due_at
    duties.tick(now)
    messaging.send(now)
    [letter] = mail.outbox
    assert "List-Unsubscribe" not in letter.extra_headers and "tell us and we stop" in letter.body
