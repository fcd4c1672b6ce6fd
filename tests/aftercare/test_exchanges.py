"""What people text back: a check-in answered question by question, words that somebody reads, and stop."""

from datetime import timedelta

import pytest
from django.utils import timezone
from twilio.request_validator import RequestValidator

from accounts.models import User
from aftercare import questions
from aftercare.actions import check_ins, exchanges, links, plans, screening, tiers
from aftercare.models import AftercarePlan, Answer, AnswerDraft, CheckIn
from audit.models import AccessEvent
from duties import actions as duties
from duties.models import Duty
from messaging import actions as messaging
from messaging import texts
from messaging.actions.ways import may_call
from messaging.channels import sms
from messaging.models import InboundMessage, OptOut, Receipt, Reply, Text
from patients import actions as patients
from tests import given
from tests.then import fresh

NUMBER = "+12125550111"


@pytest.fixture(autouse=True)
def public(settings):
    settings.PUBLIC_URL, settings.SMS_TOKEN = "https://p.example.org", "secret"
    settings.SMS_ACCOUNT, settings.SMS_FROM = "AC1", "+12125550100"


@pytest.fixture
def episode(clinic):
    episode = given.in_aftercare(clinic, at=given.ago(days=2))
    a_number(episode.patient, clinic)
    return episode


def a_number(patient, clinic, number=NUMBER, channel="sms", scopes=("check_in",)):
    point = patients.add_contact_point(patient, channel=channel, value=number, scopes=[*scopes], by=clinic.nurse)
    return patients.verify(point, by=clinic.nurse, how="" if channel == "sms" else "answered")


def write(body, number=NUMBER, key=None, at=None):
    """Somebody texts this; what they are answered, newest first."""
    key = key or f"SM{InboundMessage.objects.count()}"
    exchanges.hear(
        provider="twilio",
        provider_id=key,
        number=number,
        body=body,
        by=User.objects.system(),
        at=at or timezone.now(),
    )
    return [reply.body for reply in Reply.objects.filter(inbound__provider_id=key)]


def current():
    return CheckIn.objects.open().get()


def asking():
    return AnswerDraft.objects.in_conversation().get().asking


def slug_of(body):
    return Reply.objects.get(body=body).text.slug


def owed(episode, slug):
    return list(episode.duties.open().filter(ladder__slug=slug))


def post(client, address, form, token="secret", **headers):
    signature = RequestValidator(token).compute_signature(f"https://p.example.org{address}", form)
    return client.post(address, form, headers={"X-Twilio-Signature": signature} | headers)


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_whole_check_in_is_answered_by_digits(clinic, episode, language):
    patients.amend(episode.patient, language=language, by=clinic.intake)
    first, yes, no = current(), *{"en": ("Yes.", "no"), "es": ("Sí", "NO")}[language]
    [said] = write(yes)
    assert questions.current().get("craving").sms[language] in said and "911" in said
    answers = {"craving": " 35", "ketamine_days": "0", "used_other": no, "safe_now": "1", "confidence": "3",
               "text": "Doing well", "wants_call": no, "meetings": "none"}  # fmt: skip
    for _ in range(30):
        question = questions.current().get(asking())
        [said] = write(answers.get(question.key, "skip" if language == "en" else "saltar"))
        if not AnswerDraft.objects.in_conversation().exists():
            break
        assert said == questions.current().get(asking()).sms[language]
    [answer] = Answer.objects.filter(check_in=first)
    assert (answer.how, answer.craving, answer.wants_call, answer.text) == ("sms", 35, False, "Doing well")
    assert answer.given["safe_now"] is True and answer.given["meetings"] == 0
    assert slug_of(said) == "answers_done" and fresh(first).outcome == "answered" and current() != first
    assert owed(episode, "read_message")


@pytest.mark.parametrize("somebody_is_there", [True, False])
def test_low_mood_is_asked_about_by_text_and_a_dark_thought_brings_numbers_at_once(
    clinic, episode, somebody_is_there
):
    if somebody_is_there:
        given.on_call(clinic)
    write("1")
    answers = {"phq_1": "2", "phq_2": "2", "safe_now": "1", "bladder_blood": "2", "bladder_urgent": "2"}
    while asking() != "phq_9":
        write(answers.get(asking(), "1"))
    answers_to_it = {slug_of(said): said for said in write("2")}
    assert set(answers_to_it) == {"numbers_now", "question"}
    # Nobody is paged about it, so nobody is said to be on the way; a clinician calls the same day.
    assert "988" in answers_to_it["numbers_now"] and "told" not in answers_to_it["numbers_now"]
    assert answers_to_it["numbers_now"].startswith("Nobody is here") != somebody_is_there
    while AnswerDraft.objects.in_conversation().exists():
        write(answers.get(asking(), "skip"))
    [answer] = Answer.objects.all()
    assert (answer.given["phq_9"], answer.given["bladder_blood"], answer.questions_edition) == (2, False, 2)
    assert owed(episode, "safety_review") and owed(episode, "red_call") and not owed(episode, "critical_contact")


def test_what_is_not_understood_is_asked_once_more_and_then_left_to_somebody(clinic, episode):
    write("1")
    assert slug_of(write("dunno")[0]) == "question_again"
    write("40")
    assert asking() != "craving"
    write("what")
    assert slug_of(write("what??")[0]) == "answers_left"
    assert Answer.objects.get().given == {"craving": 40} and owed(episode, "read_message")
    assert not AnswerDraft.objects.open().exists()


@pytest.mark.parametrize(
    ("kind", "body", "means"),
    [
        ("yes_no", "Sí!", "yes"),
        ("yes_no", "no sé", "no se"),
        ("yes_no", "2", "no"),
        ("scale", "about 30", "30"),
        ("scale", "3 or 4", "3 or 4"),
        ("scale", "3.5", "3 5"),
        ("scale", "nada", "0"),
        ("scale", "30.", "30"),
    ],
)
def test_a_text_is_read_as_far_as_it_is_plain(kind, body, means):
    question = questions.Question(key="q", kind=kind, ask={"en": "?"}, low=0, high=100)
    assert exchanges.read(question, body) == means


@pytest.mark.parametrize(
    ("body", "slug", "pace", "days"),
    [
        ("Fewer", "wish_fewer", 2, 7),
        ("menos", "wish_fewer", 2, 7),
        ("PAUSA", "wish_rest", 1, 14),
        ("As usual", "wish_usual", 1, 7),
    ],
)
def test_how_often_they_want_to_hear_from_us_is_done_at_once(clinic, body, slug, pace, days):
    episode = given.in_aftercare(clinic, at=given.ago(days=40), reason="1")
    a_number(episode.patient, clinic)
    plan = episode.aftercare_plans.get()
    AftercarePlan.objects.filter(pk=plan.pk).update(early_from_at=None)
    check_ins.turn()
    check_ins.answer(current(), how="call", craving=0, by=clinic.aftercare)
    heard, before = timezone.now(), current()
    assert slug_of(write(body)[0]) == slug
    assert fresh(plan).pace == pace and fresh(plan).ended_at is None
    rests = plan.pauses.filter(because="asked")
    assert rests.exists() == (slug == "wish_rest")
    if slug == "wish_usual":
        assert current().due_at == before.due_at
    elif slug == "wish_fewer":
        assert current().due_at > before.due_at
    else:
        assert current().due_at >= heard + timedelta(days=14)
        assert [one.note for one in owed(episode, "read_message")] == ["asked for two weeks without check-ins"]
        write("pause")
        assert rests.count() == 1
        write("usual")
        assert current().due_at < heard + timedelta(days=2)


def test_while_somebody_is_in_danger_a_rest_is_for_a_person_to_give(clinic, episode):
    plan = episode.aftercare_plans.get()
    tiers.raise_tier(plan, tier="red", reason="heard so", by=clinic.aftercare)
    before = current().due_at
    assert slug_of(write("pause")[0]) == "words_kept"
    assert current().due_at == before and not plan.pauses.exists() and owed(episode, "red_call")
    assert owed(episode, "read_message")[0].note.startswith("asked for two weeks")


def test_in_a_conversation_it_is_no_answer_and_in_their_own_words_it_is_no_wish(clinic, episode):
    plan = episode.aftercare_plans.get()
    write("1")
    assert slug_of(write("fewer")[0]) == "wish_fewer" and asking() == "craving"
    AnswerDraft.objects.update(asking="text")
    write("less")
    assert fresh(plan).pace == 2 and AnswerDraft.objects.get().given["text"] == "less"


def test_own_words_are_kept_for_somebody_the_same_day(clinic, episode):
    assert slug_of(write("My sister moved in with me")[0]) == "words_kept_begin"
    [duty] = owed(episode, "read_message")
    assert duty.owner == clinic.aftercare and duty.due_at - timezone.now() < timedelta(days=4)
    assert "sister" not in duty.note
    write("and it goes well")
    assert len(owed(episode, "read_message")) == 1 and not Answer.objects.exists()


@pytest.mark.parametrize("body", ["I took too much", "Me quiero MORIR"])
def test_words_of_danger_call_somebody_in_and_are_answered_with_numbers_at_once(clinic, episode, body):
    given.on_call(clinic)
    [said] = write(body)
    assert slug_of(said) == "numbers_now" and "988" in said
    assert "has been told" in said
    [alarm] = owed(episode, "critical_contact")
    assert alarm.ladder.critical and alarm.due_at <= timezone.now() and body not in alarm.note


def test_words_of_danger_are_heard_however_much_somebody_writes(clinic, episode, monkeypatch):
    monkeypatch.setattr(exchanges, "TALKATIVE", 2)
    assert all(write("hello") for _ in range(2))
    assert write("hello") == write("fewer") == write("I want to die") == []
    assert owed(episode, "critical_contact") and episode.aftercare_plans.get().pace == 1


def test_an_answer_that_means_danger_does_the_same_and_ends_the_questions(clinic, episode):
    write("1")
    write("90")
    while asking() != "safe_now":
        write("skip")
    assert slug_of(write("2")[0]) == "numbers_now"
    assert owed(episode, "critical_contact") and Answer.objects.get().given["safe_now"] is False


def test_words_are_alarming_in_both_languages_and_harmless_ones_are_not():
    for body in ("I want to die", "no quiero vivir más", "OD'd again", "I don’t want to live", "suicidal"):
        assert screening.alarming(body), body
    for body in ("ok", "35", "I feel better today", "Hoy estoy mejor", "my suitcase", "I could eat"):
        assert not screening.alarming(body), body


def test_stop_in_the_middle_ends_the_conversation_and_the_check_ins(clinic, episode):
    write("1")
    write("40")
    assert slug_of(write("STOP")[0]) == "opted_out"
    assert not AnswerDraft.objects.open().exists() and Answer.objects.get().given == {"craving": 40}
    assert not CheckIn.objects.open().exists() and not CheckIn.objects.filter(outcome="missed").exists()
    assert owed(episode, "withdrew_review")


def test_stop_said_again_ends_what_began_since_with_no_second_confirmation(clinic, episode):
    write("STOP")
    later = plans.begin(episode, schedule="telephone", by=clinic.aftercare)
    assert write("stop") == []
    assert (fresh(later).end_reason, CheckIn.objects.open().exists()) == ("withdrew", False)
    assert len(owed(episode, "withdrew_review")) == 1 and OptOut.objects.count() == 1
    assert set(CheckIn.objects.values_list("outcome", flat=True)) == {"withdrew"}


@pytest.mark.parametrize(
    ("agreed", "before", "calls"),
    [
        (False, None, 0),
        (True, None, 1),
        (True, "they asked not to be called", 0),
        (True, "they took it back", 0),
    ],
)
def test_after_stop_a_human_calls_only_where_an_agreement_to_calls_stands(clinic, episode, agreed, before, calls):
    phone = a_number(episode.patient, clinic, "+12125550199", "phone", ["check_in"] if agreed else [])
    if before == "they asked not to be called":
        messaging.opt_out(episode.patient, channel="phone", how="said so", by=clinic.aftercare)
    elif before:
        patients.revoke(phone, by=clinic.nurse)
    write("STOP")
    assert (len(owed(episode, "contact")), len(owed(episode, "withdrew_review"))) == (calls, 1)


def test_stop_ends_a_plain_call_that_nobody_agreed_to_and_never_one_for_a_sign(clinic, episode):
    given.a_call_owed(episode, clinic)
    plan = episode.aftercare_plans.get()
    tiers.raise_tier(plan, tier="red", reason="sounded low", by=clinic.aftercare)
    write("STOP")
    assert (owed(episode, "contact"), len(owed(episode, "red_call")), fresh(plan).tier) == ([], 1, "red")


def test_not_at_all_said_to_one_of_us_stops_calls_as_well_and_what_stop_left_open(clinic, episode, api):
    a_number(episode.patient, clinic, "+12125550199", "phone")
    write("STOP")
    said, address = {"channel": "", "how": "at the door"}, f"/api/v1/patients/{episode.patient_id}/opt-out/"
    assert may_call(episode.patient.records())
    assert api(clinic.nurse).post(address, said).status_code == 201
    assert not may_call(episode.patient.records())
    again = api(clinic.nurse).post(address, said)
    assert (again.status_code, again.json()["code"]) == (409, "opted_out")


@pytest.mark.parametrize("channel", ["", "email"])
def test_what_is_said_to_staff_is_as_good_as_a_text(clinic, episode, api, channel):
    write("1")
    write("40")
    said = {"channel": channel, "how": "said so on the phone"}
    answer = api(clinic.nurse).post(f"/api/v1/patients/{episode.patient_id}/opt-out/", said)
    assert answer.status_code == 201, answer.json()
    assert CheckIn.objects.open().exists() == AnswerDraft.objects.open().exists() == bool(channel)
    assert [duty.note for duty in owed(episode, "withdrew_review")] == (
        [] if channel else ["asked for no more check-ins. said so on the phone"]
    )


def test_a_late_reply_counts(clinic, episode):
    check_in = current()
    duties.tick(check_in.due_at + timedelta(hours=25))
    check_ins.turn(check_in.due_at + timedelta(days=3))
    CheckIn.objects.filter(closed_at=None).update(due_at=timezone.now() + timedelta(days=3))
    assert fresh(check_in).outcome == "missed_by_us"  # no message went out
    write("1")
    for _ in range(2):
        write("nonsense") if asking() != "craving" else write("20")
    write("nonsense")
    assert Answer.objects.get().check_in == check_in


def test_a_replay_changes_nothing(clinic, episode):
    write("1", key="SMx")
    before = (Reply.objects.count(), asking())
    write("1", key="SMx")
    assert (Reply.objects.count(), asking()) == before


def test_a_number_that_several_have_is_nobodys_answer(clinic, episode):
    twin = given.self_referred(clinic, "Ben")
    a_number(twin.patient, clinic)
    write("1")
    assert not AnswerDraft.objects.exists()
    about = Duty.objects.open().filter(facility=clinic.here, patient=None)
    assert about.get().ladder.slug == "read_message"
    assert slug_of(write("I want to die")[0]) == "numbers_now"
    assert about.get(ladder__slug="who_wrote").ladder.critical


def test_what_comes_from_a_number_nobody_has_is_read_and_answered_only_in_danger(clinic, episode):
    about = Duty.objects.open().filter(facility=clinic.here, patient=None)
    for body in ("STOP", "help"):
        assert write(body, number="+12125550188") == [] and not about.exists()
    assert write("It is Maria, I have a new phone", number="+12125550188") == []
    assert about.get().ladder.slug == "read_message"
    assert slug_of(write("no quiero vivir", number="+12125550188")[0]) == "numbers_now"
    assert about.filter(ladder__slug="who_wrote").exists()


def test_what_cannot_be_worked_out_is_kept_for_somebody(clinic, episode, monkeypatch):
    monkeypatch.setattr(exchanges, "take", lambda *args, **kwargs: 1 / 0)
    write("40")
    assert InboundMessage.objects.get().body == "40" and owed(episode, "read_message")


def test_the_text_of_a_check_in_carries_the_link_of_who_chose_a_word(clinic, episode):
    notice = current().duty.notices.model(duty=current().duty, template="check_in", facility=clinic.here)
    _, letter = texts.to_person(notice, episode.patient, "sms")
    assert "Reply 1" in letter.body and "/c/" not in letter.body
    links.choose_safe_word(episode.patient, word="green kettle", by=clinic.aftercare)
    _, letter = texts.to_person(notice, episode.patient, "sms")
    assert f"https://p.example.org/c/{current().links.get().token()}" in letter.body
    assert texts.parts(letter.body) == 1 and not texts.revealing(letter.body)


def test_no_question_by_text_and_no_text_of_ours_tells_a_stranger_anything(clinic):
    for question in questions.current().each:
        for said in question.sms.values():
            assert not texts.revealing(said) and texts.parts(said) == 1, said
    for text in Text.objects.published():
        assert not texts.revealing(text.body), text


def test_the_provider_signs_or_is_not_heard(clinic, episode, client):
    form = {"MessageSid": "SM1", "From": NUMBER, "Body": "1"}
    assert post(client, sms.MESSAGES, form, token="wrong").status_code == 403
    assert client.post(sms.MESSAGES, form).status_code == 403
    assert not InboundMessage.objects.exists()
    heard = post(client, sms.MESSAGES, form)
    assert heard.status_code == 200 and heard["Content-Type"] == "text/xml" and b"<Message" not in heard.content
    assert post(client, sms.MESSAGES, form).status_code == 200
    assert InboundMessage.objects.count() == 1 and asking() == "craving"
    event = AccessEvent.objects.order_by("-id").first()
    assert (event.username, event.patients) == ("provider of texts", [episode.patient_id])
    assert post(client, sms.RECEIPTS, {"MessageSid": "SM9", "MessageStatus": "delivered"}).status_code == 200
    assert Receipt.objects.get().status == "delivered"


def test_what_the_provider_sends_malformed_is_refused_and_never_breaks(clinic, episode, client, monkeypatch):
    for address in (sms.MESSAGES, sms.RECEIPTS):
        assert post(client, address, {"Body": "1"}).status_code == 400
        assert client.get(address).status_code == 405
        assert client.post(address, "x" * 40_000, content_type="application/x-www-form-urlencoded").status_code == 413
        assert client.post(address, b"\xff\x00", content_type="multipart/form-data; boundary=").status_code in {
            400,
            403,
        }
    assert post(client, sms.MESSAGES, {"MessageSid": "S" * 500, "From": "\x00", "Body": "é"}).status_code == 400
    assert (
        post(client, sms.MESSAGES, {"MessageSid": "S" * 500, "From": "?", "Body": "\x00é" * 3000}).status_code == 200
    )
    monkeypatch.setattr(messaging, "receive", lambda **kwargs: 1 / 0)
    assert post(client, sms.MESSAGES, {"MessageSid": "SM2", "From": NUMBER, "Body": "1"}).status_code == 503
