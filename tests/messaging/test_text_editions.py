"""What people are written: drafted at a place, published when it tells a stranger nothing, never changed after."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from messaging import actions, texts
from messaging.models import Text

from .conftest import a_notice


def draft(clinic, body="{from_whom}: how is your day?[ {phone}] STOP to end.", **fields):
    fields = {"slug": "check_in", "channel": "sms", "language": "en", **fields}
    return actions.draft_text(facility=clinic.here, body=body, by=clinic.supervisor, **fields)


def refused(action, *args, **fields):
    with pytest.raises(ValidationError) as refusal, transaction.atomic():
        action(*args, **fields)
    return refusal.value.code


def test_the_places_own_words_from_the_moment_they_are_published(clinic, texter, gateway):
    texter.point.patient.contact_points.filter(channel="email").update(position=9)
    text = draft(clinic)
    assert text.edition == 1 and Text.objects.current("check_in", "sms", "en", clinic.here).facility is None
    actions.publish_text(text, by=clinic.supervisor)
    a_notice(texter.duty)
    actions.send()
    assert gateway.taken[0]["body"] == "Your contact: how is your day? +1 555 0100 STOP to end."
    assert Text.objects.current("check_in", "sms", "en", clinic.elsewhere).facility is None
    assert draft(clinic).edition == 2


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("Time for your Recovery check-in", "recovery"),
        ("¿Cómo va el tratamiento?", "tratamiento"),
        ("Any ketamine since Monday?", "ketamine"),
        ("Look here: https://mysoberlife.org/x", "sober"),
        ("Greetings from Harbor House", "Harbor House"),
        ("Your Residential days are over", "Residential"),
    ],
)
def test_what_would_tell_a_stranger_is_not_published(clinic, body, words):
    text = draft(clinic, body)
    with pytest.raises(ValidationError) as refusal:
        actions.publish_text(text, by=clinic.supervisor)
    assert refusal.value.code == "text_reveals"
    assert words in refusal.value.messages[0]


def test_what_cannot_be_filled_in_or_is_too_long(clinic):
    assert refused(actions.publish_text, draft(clinic, "{nmae}, hello"), by=clinic.admin) == "text_word_unknown"
    assert refused(actions.publish_text, draft(clinic, "a" * 161), by=clinic.admin) == "text_too_long"
    assert refused(draft, clinic, slug="no_such") == "text_unknown"
    with pytest.raises(IntegrityError, match="an_email_has_a_subject"), transaction.atomic():
        draft(clinic, channel="email")


def test_a_published_text_never_changes(clinic):
    text = actions.publish_text(draft(clinic), by=clinic.admin)
    assert refused(actions.amend_text, text, body="other", by=clinic.admin) == "text_published"
    assert refused(actions.publish_text, text, by=clinic.admin) == "text_published"
    with pytest.raises(IntegrityError, match="a published text never changes"), transaction.atomic():
        Text.objects.filter(pk=text.pk).update(body="other")


def test_over_http_with_how_it_would_be_read(clinic, api):
    asked = {
        "facility": str(clinic.here.pk),
        "slug": "check_in",
        "channel": "sms",
        "language": "es",
        "body": "{from_whom}: ¿cómo está?",
    }
    made = api(clinic.supervisor).post(reverse("texts-list"), asked)
    assert made.status_code == 201, made.content
    assert made.json()["as_read"] == {
        "subject": "",
        "body": "Your contact: ¿cómo está?",
        "characters": 25,
        "parts": 1,
        "in_the_way": "",
    }
    key = made.json()["id"]
    worse = api(clinic.supervisor).post(reverse("texts-amend", args=[key]), {"body": "su terapia"})
    assert "terapia" in worse.json()["as_read"]["in_the_way"]
    refusal = api(clinic.supervisor).post(reverse("texts-publish", args=[key]), {})
    assert (refusal.status_code, refusal.json()["code"]) == (409, "text_reveals")
    api(clinic.supervisor).post(reverse("texts-amend", args=[key]), {"body": "¿cómo va?"})
    done = api(clinic.supervisor).post(reverse("texts-publish", args=[key]), {})
    assert (done.status_code, done.json()["published_by"]) == (200, str(clinic.supervisor.pk))


def test_the_name_they_chose_tells_nothing_either(person, clinic):
    chosen = actions.choose_sender_name(person.patient, sender_name="  Lola ", by=clinic.nurse)
    assert chosen.sender_name == "Lola"
    assert refused(actions.choose_sender_name, chosen, sender_name="Dr. Rehab", by=clinic.nurse) == "text_reveals"


@pytest.mark.parametrize(
    ("body", "many"),
    [("a" * 160, 1), ("a" * 161, 2), ("é" * 160, 1), ("á" * 70, 1), ("á" * 71, 2), ("[" * 81, 2)],
)
def test_how_many_messages_it_is_sent_as(body, many):
    assert texts.parts(body) == many
