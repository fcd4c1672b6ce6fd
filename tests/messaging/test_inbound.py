"""What people write to us, what it does at once, and what the provider says became of what was sent."""

from datetime import time

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import ProgrammingError
from django.utils import timezone

from accounts.models import Facility, User
from duties.models import Duty, NoticeState
from messaging import actions, texts
from messaging.actions import send
from messaging.channels import sms
from messaging.models import Attempt, InboundMessage, OptOut, Receipt, Reply
from patients import actions as patients
from patients.models import ContactPoint, Patient

from .conftest import MOBILE, a_notice, only_texts, takes_texts, the_person
from .test_send import after, is_at, reviews


def write(body, key="SM1", number=MOBILE, **fields):
    return actions.receive(provider="twilio", provider_id=key, number=number, body=body, **fields)


def bodies(gateway):
    return [message["body"] for message in gateway.taken]


@pytest.mark.parametrize("words", ["STOP", " stop. ", "Unsubscribe", "opt-out", "ALTO", "no más", "Don’t text me!"])
def test_stop_is_every_way_at_once_with_one_confirmation(texter, gateway, words):
    waits = a_notice(texter.duty, send_at=after(hours=2))
    received = write(words)
    [stopped] = received.opted_out
    assert (stopped.patient, stopped.canceled) == (texter.patient, 1)
    is_at(waits, NoticeState.CANCELED, "opted_out")
    assert write("STOP", "SM2").opted_out[0].opt_out == stopped.opt_out
    send()
    assert bodies(gateway) == [
        "Your contact: you will get no more messages. If you want them again, reply START or call +1 555 0100."
    ]
    assert not mail.outbox


@pytest.mark.parametrize("words", ["I cannot stop using", "please do not stop", "", "the end is near", "1"])
def test_other_words_are_for_a_person_to_read(texter, words):
    received = write(words)
    assert (received.inbound.meaning, received.opted_out) == ("other", [])
    assert not OptOut.objects.exists() and not Reply.objects.exists()


def test_a_replay_changes_nothing(texter, gateway):
    first = write("STOP")
    OptOut.objects.update(lifted_at=timezone.now(), lifted_by=User.objects.system())
    again = write("STOP")
    assert (again.inbound, again.new, again.opted_out) == (first.inbound, False, [])
    assert not OptOut.objects.in_force().exists()
    assert InboundMessage.objects.count() == 1


def test_two_deliveries_at_once_stop_once(committed_clinic, gateway, run_both):
    person = the_person(committed_clinic)
    takes_texts(person.patient, committed_clinic)
    results = run_both(lambda: write("STOP"), lambda: write("STOP"))
    assert [result.error for result in results] == [None, None]
    assert sorted(result.value.new for result in results) == [False, True]
    assert OptOut.objects.count() == Reply.objects.count() == 1


def test_the_confirmation_comes_within_five_minutes_or_not_at_all(texter, gateway):
    write("STOP")
    send(after(minutes=6))
    assert not gateway.taken
    assert Reply.objects.get().state == NoticeState.CANCELED


def test_answers_go_at_night_and_count_toward_no_cap(texter, clinic, gateway, quiet_hours, settings):
    Facility.objects.update(quiet_from=time(8, 1), quiet_until=time(8), most_a_day=1, most_in_7_days=3)
    write("HELP")
    send()
    [said] = bodies(gateway)
    assert said.startswith("Your contact: we write as agreed") and "911" in said and "988" in said
    settings.KEEP_QUIET_HOURS = False
    notice = a_notice(texter.duty)
    send()
    is_at(notice, NoticeState.SENT)


def test_after_stop_only_the_confirmation_and_the_numbers_go(texter, gateway):
    stopped, after_it = write("STOP").inbound, write("hello", "SM2").inbound
    system = User.objects.system()
    actions.reply(after_it, "words_kept", by=system)
    actions.reply(after_it, "numbers_now", by=system, presence="Nobody is here now.", numbers="911, 988")
    send()
    states = dict(Reply.objects.values_list("text__slug", "state"))
    assert states == {"opted_out": "sent", "words_kept": "canceled", "numbers_now": "sent"}
    assert bodies(gateway)[1:] == ["Nobody is here now. 911, 988"] and stopped.meaning == "opted_out"


def test_numbers_that_wait_are_not_taken_back_by_a_stop(texter, gateway):
    system, inbound = User.objects.system(), write("I want to die").inbound
    actions.reply(inbound, "words_kept", by=system)
    actions.reply(inbound, "numbers_now", by=system, presence="Nobody is here now.", numbers="911, 988")
    write("STOP", "SM2")
    send()
    assert Reply.objects.get(text__slug="words_kept").state == NoticeState.CANCELED
    assert len(gateway.taken) == 2


def test_in_their_language_from_the_name_they_chose(texter, clinic, gateway):
    Patient.objects.update(language="es")
    actions.choose_sender_name(texter.patient, sender_name="Lola", by=clinic.nurse)
    write("ayuda")
    send()
    assert bodies(gateway)[0].startswith("Lola: escribimos como acordamos.")


def test_start_lifts_it_and_somebody_talks_with_them(texter, gateway):
    write("STOP")
    write("start", "SM2")
    assert not OptOut.objects.in_force().exists()
    assert reviews(once=f"message:{texter.patient.pk}:wants_messages").exists()
    send()
    assert len(gateway.taken) == 2


def test_a_shared_number_opts_nobody_out_and_gets_nothing_more(texter, clinic, gateway):
    other = the_person(clinic, preferred_name="Jo")
    takes_texts(other.patient, clinic)
    received = write("ALTO")
    assert received.inbound.patient is None and received.opted_out == []
    assert not OptOut.objects.exists()
    for person in (texter, other):
        assert reviews(once=f"message:{person.patient.pk}:shared_number").count() == 1
        notice = a_notice(person.duty)
        send()
        is_at(notice, NoticeState.SENT)  # by email
    write("stop", "SM2")
    send()
    assert len(bodies(gateway)) == 1  # the confirmation, once, in the language of the word
    assert "EMPEZAR" in bodies(gateway)[0]
    assert len(mail.outbox) == 2


def test_a_number_somebody_gave_up_is_the_next_ones_alone(texter, clinic):
    before = the_person(clinic, preferred_name="Jo")
    patients.revoke(takes_texts(before.patient, clinic), by=clinic.nurse)
    [stopped] = write("STOP").opted_out
    assert stopped.patient == texter.patient


def test_a_number_nobody_has(texter, gateway):
    received = write("STOP", number="+447700900123")
    assert (received.inbound.meaning, received.inbound.patient) == ("unknown_number", None)
    assert not Reply.objects.exists()


def test_where_nobody_sends_nobody_is_answered(db, gateway):
    received = write("STOP", number="+447700900123")
    assert received.inbound.facility is None
    assert actions.reply(received.inbound, "help", by=User.objects.system()) is None


@pytest.mark.parametrize("words", ["STOP", "START", "HELP", "hello"])
def test_somebody_whom_no_place_follows_is_heard_all_the_same(db, gateway, words):
    number = "+12125550177"
    person = Patient.objects.create(preferred_name="Jo")
    ContactPoint.objects.create(patient=person, channel="sms", value=number)
    received = write(words, number=number)
    assert (received.inbound.patient, received.inbound.facility) == (person, None)
    assert OptOut.objects.in_force().of(person).exists() == (words == "STOP")
    assert not Reply.objects.exists()


def test_two_records_of_one_person_are_one(texter, clinic):
    old = Patient.objects.create(preferred_name="M.", merged_into=texter.patient)
    takes_texts(old, clinic)
    assert len(write("STOP").opted_out) == 1


def test_nothing_automatic_interrupts_a_conversation(texter):
    write("I am fine, thank you")
    notice = a_notice(texter.duty)
    send()
    is_at(notice, NoticeState.WAITING, "conversation")
    send(after(minutes=31))
    is_at(notice, NoticeState.SENT)


def test_an_answer_is_sent_once_however_often_it_is_asked_for(texter, gateway):
    inbound = write("hello").inbound
    for _ in range(2):
        actions.reply(inbound, "received", by=User.objects.system())
    send()
    send()
    assert len(gateway.taken) == 1
    assert Attempt.objects.get().reply.inbound == inbound
    with pytest.raises(ValidationError) as refusal:
        actions.reply(inbound, "no_such_text", by=User.objects.system())
    assert refusal.value.code == "text_unknown"


def test_an_answer_that_may_have_arrived_is_not_sent_again(texter, gateway):
    gateway.does = "500"
    write("help")
    send()
    send(after(minutes=3))
    reply = Reply.objects.get()
    assert reply.state == NoticeState.UNCONFIRMED
    assert reviews(once=f"message:{texter.patient.pk}:unconfirmed").count() == 1


def test_what_came_in_is_never_changed(texter):
    write("hello")
    with pytest.raises(ProgrammingError, match="permission denied"):
        InboundMessage.objects.update(body="something else")


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("STOP STOP!!", "en"),
        ("🛑", "en"),
        ("Stop 🙏🏽", "en"),
        ("Please stop sending me these texts.", "en"),
        ("I don’t want any more messages from you", "en"),
        ("Can you stop texting me? Thanks", "en"),
        ("take me off your list", "en"),
        ("How do I unsubscribe?", "en"),
        ("stop por favor", "en"),
        ("Ya no quiero recibir mensajes", "es"),
        ("¡Por favor, dejen de mandarme mensajes!", "es"),
        ("no me envíe nada más", "es"),
        ("Quítenme de la lista", "es"),
        ("quiero darme de baja", "es"),
        ("QUIERO CANCELAR LOS MENSAJES", "es"),
    ],
)
def test_stop_may_be_said_in_ones_own_words(words, language):
    assert texts.meaning(words) == ("opted_out", language)


@pytest.mark.parametrize(
    "words",
    [
        "I want to stop",
        "please don't stop texting me",
        "I never stop thinking about it",
        "stop drinking",
        "stop the pain",
        "I don't want to die",
        "cancel my appointment",
        "send me more messages",
        "👍",
        "quiero parar de consumir",
        "no quiero dejar de recibir mensajes",
        "no puedo parar",
        "ya no puedo más",
        "quiero salir de esto",
        "no",
        "please",
        "stop " * 40,
    ],
)
def test_who_may_mean_something_else_is_read_by_somebody(words):
    assert texts.meaning(words) is None


def test_keywords_mean_one_thing():
    assert texts.meaning("¡Alto!") == ("opted_out", "es")
    assert texts.meaning("help") == ("help", "en")
    assert texts.meaning("stop it hurts") is None


class TestReceipts:
    """What the provider says became of a message."""

    @pytest.fixture
    def sent(self, texter, clinic, gateway):
        only_texts(texter, clinic)
        texter.notice = a_notice(texter.duty)
        send()
        texter.key = gateway.taken[0]["sid"]
        return texter

    def tell(self, key, status, code=""):
        return actions.receipt(provider="twilio", provider_id=key, status=status, code=code)

    def test_delivered(self, sent):
        self.tell(sent.key, "delivered")
        is_at(sent.notice, NoticeState.SENT)
        assert not reviews().exists()

    def test_the_number_is_dead(self, sent):
        for _ in range(2):
            self.tell(sent.key, "undelivered", "30005")
        is_at(sent.notice, NoticeState.FAILED, "undelivered")
        sent.mobile.refresh_from_db()
        assert sent.mobile.broken_at
        assert Duty.objects.open().filter(ladder__slug="contact_broken", patient=sent.patient).count() == 1
        assert Receipt.objects.count() == 1

    def test_switched_off_is_not_dead(self, sent):
        self.tell(sent.key, "failed", "30003")
        sent.mobile.refresh_from_db()
        assert sent.mobile.broken_at is None
        assert reviews(once=f"message:{sent.patient.pk}:undelivered").count() == 1

    def test_the_carrier_was_told_to_stop(self, sent):
        for _ in range(2):
            self.tell(sent.key, "undelivered", "21610")
        is_at(sent.notice, NoticeState.FAILED, "opted_out")
        assert [row.channel for row in OptOut.objects.in_force().of(sent.patient)] == ["sms"]
        assert [review.once for review in reviews()] == [f"message:{sent.patient.pk}:told_to_stop"]

    def test_it_may_come_before_we_have_written_down_what_it_is_about(self, texter, clinic, gateway, monkeypatch):
        only_texts(texter, clinic)
        real = sms.send

        def send_and_hear(*letter):
            outcome = real(*letter)
            self.tell(outcome.provider_id, "failed", "21211")
            return outcome

        monkeypatch.setattr(sms, "send", send_and_hear)
        notice = a_notice(texter.duty)
        send()
        is_at(notice, NoticeState.FAILED, "undelivered")
        texter.mobile.refresh_from_db()
        assert texter.mobile.broken_at

    def test_what_is_about_nothing_of_ours_is_kept(self, sent):
        assert self.tell("SM-somebody-elses", "failed", "30005").pk
        is_at(sent.notice, NoticeState.SENT)
