"""The call list: whom to call now, why, on which number, in what words; the outcome in one click."""

import pytest
from django.urls import reverse

from accounts.models import Role
from duties.models import Kind
from patients.actions import contacts
from patients.models import ContactPoint
from tests import given
from tests.then import duty, fresh
from treatment.actions import worries

from .conftest import address


@pytest.fixture
def jo(clinic):
    """Somebody about whom somebody close is worried."""
    episode = given.self_referred(clinic, "Josephine")
    called_about(episode, clinic)
    return episode


def called_about(episode, clinic):
    """A call to them is owed."""
    close = given.a_supporter(episode.patient, clinic)
    worries.log_worry(close, facility=clinic.here, words="Has not been seen.", by=clinic.counselor)


def a_number(episode, clinic, value="+14155550123", **more):
    """A number of theirs."""
    return contacts.add_contact_point(episode.patient, channel="phone", value=value, by=clinic.counselor, **more)


@pytest.fixture
def calls(sign_in):
    """The call list as somebody sees it."""
    return lambda user: sign_in(user).get(reverse("admin:call_list"))


def test_whoever_is_owed_a_call_is_on_it_with_why_number_and_words(clinic, jo, calls):
    a_number(jo, clinic, best_time="after the late shift")
    page = calls(clinic.counselor).content.decode()
    for said in ("Josephine", "Somebody close to them is worried", "tel:+14155550123", "after the late shift"):
        assert said in page
    assert "I am calling for Josephine" in page
    assert not any(
        word in page.split("What to say")[1].split("</dl>")[0].lower()
        for word in ("clinic", "treatment", "recovery", "ketamine")
    )


def test_the_words_are_in_the_language_of_the_person(clinic, jo, calls):
    type(jo.patient).objects.filter(pk=jo.patient_id).update(language="es")
    page = calls(clinic.counselor).content.decode()
    assert "Llamo para hablar con Josephine" in page and 'lang="es"' in page


def test_no_answer_is_one_click_and_comes_back_to_the_list(clinic, jo, sign_in):
    owed, client = duty(jo, "contact"), sign_in(clinic.counselor)
    here = reverse("admin:call_list")
    answer = client.post(address(owed, "do", "log-call"), {"outcome": "no_answer", "_next": here})
    assert answer.url == here
    assert owed.events.get(kind=Kind.TRIED).note == "No answer."
    assert "No answer." in client.get(here).content.decode()
    form = client.get(f"{address(owed, 'do', 'log-call')}?outcome=reached").content.decode()
    assert '<option value="reached" selected' in form
    client.post(address(owed, "do", "log-call"), {"outcome": "reached", "_next": here})
    assert fresh(owed).closed_at and "Josephine" not in client.get(here).content.decode()


def test_a_message_is_left_only_where_it_is_safe(clinic, jo, calls):
    a_number(jo, clinic)
    assert "leave no message" in calls(clinic.counselor).content.decode()
    voicemail = next(o for o in calls(clinic.counselor).context["rows"][0]["outcomes"] if o["value"] == "voicemail")
    assert voicemail["why_not"]
    ContactPoint.objects.filter(patient=jo.patient).update(safe_to_leave_message=True)
    voicemail = next(o for o in calls(clinic.counselor).context["rows"][0]["outcomes"] if o["value"] == "voicemail")
    assert not voicemail["why_not"]


def test_a_number_that_is_dead_is_not_offered(clinic, jo, calls):
    contacts.mark_broken(a_number(jo, clinic), by=clinic.counselor)
    page = calls(clinic.counselor).content.decode()
    assert "tel:" not in page and "There is no number that works" in page


def test_nobody_sees_whom_they_may_not(clinic, jo, calls):
    assert calls(clinic.nurse).status_code == 403
    elsewhere = given.a_user("counselor_elsewhere", clinic.elsewhere, Role.COUNSELOR)
    page = calls(elsewhere)
    assert page.status_code == 200 and page.context["rows"] == [] and "Josephine" not in page.content.decode()


def test_the_list_takes_as_many_statements_for_three_as_for_one(clinic, jo, sign_in, django_assert_max_num_queries):
    client, here = sign_in(clinic.counselor), reverse("admin:call_list")
    client.get(here)
    with django_assert_max_num_queries(25) as first:
        client.get(here)
    for name in ("Ann", "Bea"):
        other = given.self_referred(clinic, name)
        called_about(other, clinic)
        a_number(other, clinic, value="+14155550199")
    with django_assert_max_num_queries(len(first)):
        assert len(client.get(here).context["rows"]) == 3
