"""The verbs of following people up, at their heaviest, take few statements: none is asked once a row."""

from functools import partial

import pytest
from django.utils import timezone

from accounts.models import User
from aftercare.actions import calls, check_ins, exchanges, links, opting_out
from aftercare.models import AftercarePlan, Answer, AnswerDraft, CheckIn
from duties import actions as duties
from messaging.models import InboundMessage
from patients import actions as patients
from tests import given
from tests.then import owed, statements

NUMBER = "+12125550111"


@pytest.fixture(autouse=True)
def public(settings):
    settings.PUBLIC_URL, settings.SMS_TOKEN = "https://p.example.org", "secret"
    settings.SMS_ACCOUNT, settings.SMS_FROM = "AC1", "+12125550100"


@pytest.fixture
def episode(clinic):
    """In aftercare, with an address, a number for texts and one for calls, and a call that is owed."""
    episode = given.in_aftercare(clinic, at=given.ago(days=2))
    for channel, how in (("sms", ""), ("phone", "answered")):
        point = {"channel": channel, "value": NUMBER, "scopes": ["check_in"]}
        patients.verify(
            patients.add_contact_point(episode.patient, by=clinic.nurse, **point), by=clinic.nurse, how=how
        )
    return episode


def a_text(body):
    """They write this; done when it is called."""
    said = {
        "provider": "twilio",
        "provider_id": f"SM{InboundMessage.objects.count()}",
        "number": NUMBER,
        "body": body,
    }
    return partial(exchanges.hear, by=User.objects.system(), at=timezone.now(), **said)


def hears(body):
    a_text(body)()


def half_answered():
    """They are answering by text, and have told of use and of a dark thought."""
    hears("1")
    answers = {
        "craving": "90",
        "ketamine_days": "3",
        "phq_1": "2",
        "phq_2": "2",
        "bladder_blood": "2",
        "bladder_urgent": "2",
    }
    while AnswerDraft.objects.in_conversation().get().asking != "phq_9":
        hears(answers.get(AnswerDraft.objects.in_conversation().get().asking, "1"))
    hears("1")


def a_reminder_waits():
    duties.tick(CheckIn.objects.open().get().due_at)


def at_most(number, act):
    told = statements(act)
    assert len(told) <= number, f"{len(told)}\n" + "\n".join(one[:200] for one in told)


# What is owed under its mark already takes two more: it is found, and noted there that there is more.

# Opting out ends the plan and owes a review of it. What was half answered by text is an answer first, with its tier
# and its calls, in the same transaction: that is a second verb.


@pytest.mark.parametrize(("talking", "number"), [(False, 16), (True, 28)])
def test_opting_out_takes_few_and_with_half_an_answer_those_of_answering_as_well(clinic, episode, talking, number):
    if talking:
        half_answered()
    a_reminder_waits()
    at_most(number, lambda: opting_out.opt_out(episode.patient, how="said so", by=clinic.nurse))
    assert AftercarePlan.objects.get().end_reason == "withdrew" and Answer.objects.exists() == talking


# A text is kept, its sender found, and answered, beside what it asks for.


@pytest.mark.parametrize(("talking", "number"), [(False, 23), (True, 35)])
def test_a_text_that_says_stop_takes_those_of_opting_out_beside_its_own(clinic, episode, talking, number):
    if talking:
        half_answered()
    a_reminder_waits()
    stop = a_text("STOP")
    at_most(number, stop)
    assert AftercarePlan.objects.get().end_reason == "withdrew" and Answer.objects.exists() == talking


def test_the_last_answer_by_text_takes_at_most_25(clinic, episode):
    half_answered()
    while AnswerDraft.objects.in_conversation().exists():
        last = a_text("skip")
        told = statements(last)
    assert AftercarePlan.objects.get().tier == "red" and "red_call" in owed(episode)
    assert len(told) <= 25, "\n".join(one[:200] for one in told)


# Beside the answer a page and a reading are owed at once, and they are told who is there now: a second verb as well.


def test_words_of_danger_take_those_of_answering_beside_paging_somebody(clinic, episode):
    half_answered()
    at_most(28, a_text("I want to kill myself"))
    assert {"critical_contact", "red_call", "read_message"} <= set(owed(episode))


@pytest.mark.parametrize(("talking", "number"), [(False, 23), (True, 35)])
def test_a_call_in_which_they_ask_us_to_stop_takes_those_of_opting_out_beside_its_own(
    clinic, episode, talking, number
):
    given.missed(episode)
    if talking:
        half_answered()
    call = episode.duties.open().get(ladder__slug="contact")
    at_most(number, lambda: calls.log_call(call, outcome="asked_to_stop", note="no", by=clinic.aftercare))
    assert AftercarePlan.objects.get().end_reason == "withdrew" and Answer.objects.exists() == talking


SAID = {"ketamine_days": 3, "phq_9": 2, "wants_call": True, "craving": 90}


@pytest.mark.parametrize(("outcome", "said"), [("reached", SAID), ("in_custody", {}), ("no_answer", {})])
def test_a_call_takes_at_most_25(clinic, episode, outcome, said):
    given.missed(episode)
    call = episode.duties.open().get(ladder__slug="contact")
    at_most(25, lambda: calls.log_call(call, outcome=outcome, note="no", by=clinic.aftercare, **said))


def test_marking_an_answer_as_an_error_takes_at_most_25(clinic, episode):
    plan = AftercarePlan.objects.get()
    for craving in (0, 70):
        check_ins.answer(plan.check_ins.open().get(), how="link", craving=craving, by=clinic.aftercare)
    wrong = check_ins.answer(plan.check_ins.open().get(), how="link", by=clinic.aftercare, **SAID)
    at_most(25, lambda: check_ins.mark_error(wrong, reason="not hers", by=clinic.aftercare))
    assert AftercarePlan.objects.get().tier == "amber"


# Whoever asks for fewer check-ins, or for a rest, on the last page asks for a verb of its own: another pace, which
# fits, or a pause that somebody reads of, with the check-in made just now moved to its end.


@pytest.mark.parametrize(("wish", "number"), [("", 17), ("fewer", 22), ("rest", 29)])
def test_sending_in_takes_at_most_25_and_with_a_wish_those_of_granting_it(clinic, episode, wish, number):
    links.choose_safe_word(episode.patient, word="green kettle", hint="kitchen", by=clinic.aftercare)
    link = links.issue(CheckIn.objects.open().get(), at=timezone.now())
    said = {"craving": "90", "phq_1": "2", "phq_2": "2", "text": "Not so good."}
    said |= {} if wish == "rest" else {"ketamine_days": "3"}  # no rest for who is red
    links.save(link, said, by=clinic.aftercare)
    at_most(number, lambda: links.send_in(link, wants_call=True, wish=wish, by=clinic.aftercare))
    assert "read_message" in owed(episode)
