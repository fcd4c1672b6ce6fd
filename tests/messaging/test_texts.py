"""What a stranger may read over a shoulder tells them nothing; staff mail names nobody."""

import re
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings as django_settings
from django.template.loader import get_template

from duties.models import Rung, Whom
from messaging import texts
from messaging.actions.texts import check
from messaging.models import Text
from patients.codes import Language

# Texts that go on with a conversation the person began: who writes, and how to end it, was said before.
IN_CONVERSATION = {"question_first", "question", "question_again", "numbers_now"}
TO_PEOPLE = ["check_in_soon", "check_in", "check_in_again"]
NEUTRAL = re.compile(
    r"""\b(?:
    program|substanc|drug|ketamin|special.k|recover|treat|rehab|clinic|patient|therap|counsel|addict|sober
    |detox|overdos|aftercare|relapse|abstin|using|health|hospital|medic|doctor|nurse|sponsor|meeting|group|house
    |dose|alcohol|opioid|test|sample|discharge|admi|www\.|\.com|\.org
    |sustanci|droga|recupera|tratamiento|rehabilita|clínic|pacient|terap|consejer|adicc|sobri|desintoxica
    |sobredosis|recaída|salud|enfermer|alta|reunión|grupo|prueba
    )""",
    re.IGNORECASE | re.VERBOSE,
)


@pytest.fixture
def letter_to(clinic):
    """What somebody would read of a text that is shipped."""

    def write(language, slug, channel="email", name="Maria Fernanda de la Cruz", **fields):
        type(clinic.here).objects.filter(pk=clinic.here.pk).update(**fields)
        clinic.here.refresh_from_db()
        person = SimpleNamespace(preferred_name=name, language=language, sender_name="")
        notice = SimpleNamespace(template=slug, facility=clinic.here, duty_id=None)
        return texts.to_person(notice, person, channel)[1]

    return write


@pytest.mark.parametrize("slug", TO_PEOPLE)
@pytest.mark.parametrize("language", Language.values)
class TestEmail:
    """Every email to a person, in every language."""

    def test_it_is_neutral_short_and_complete(self, letter_to, language, slug):
        letter = letter_to(language, slug)
        for part in letter:
            assert not NEUTRAL.search(part), NEUTRAL.search(part)
        assert "throughline" not in "".join(letter).lower()
        assert len(letter.body) <= 600
        assert "Maria Fernanda de la Cruz" in letter.body
        assert "Your contact" in letter.body
        assert "+1 555 0100" in letter.body
        assert "911" in letter.body and "988" in letter.body
        assert ("tell us and we stop" if language == "en" else "díganos y dejamos") in letter.body
        assert ("around the clock" if language == "en" else "las 24 horas") in letter.body
        assert letter.sender.startswith("Your contact <")
        assert "{" not in letter.body and "[" not in letter.body and "\n\n\n" not in letter.body
        for sentence in re.split(r"[.:]\s|,\n", letter.body):
            assert len(sentence.split()) <= 18, sentence

    def test_an_unknown_name_and_no_phone(self, letter_to, language, slug):
        body = letter_to(language, slug, name="Unknown", phone="").body
        assert "Unknown" not in body and "call ." not in body
        assert body.startswith("Hello,\n" if language == "en" else "Hola:\n")

    def test_names_are_written_as_they_are(self, letter_to, language, slug):
        assert "D'Arcy <b>" in letter_to(language, slug, name="D'Arcy\n<b>").body


@pytest.mark.django_db
def test_everything_shipped_may_be_published():
    shipped = Text.objects.filter(facility=None)
    assert {text.language for text in shipped} == set(Language.values)
    for text in shipped:
        check(text)
        letter = texts.sample(text)
        assert not NEUTRAL.search(letter.subject + texts.filled(text.body, {"link": "", "phone": "1"})), text
        if text.channel == "sms":
            assert text.slug in IN_CONVERSATION or letter.body.startswith("Your contact:")
            assert len(letter.body) <= 160


def test_a_text_message_says_who_writes_and_how_to_end_it(letter_to):
    letter = letter_to("en", "check_in", "sms")
    assert letter.subject == ""
    assert letter.body == (
        "Your contact: how are you? Reply 1 to answer or call +1 555 0100. Emergency: 911. STOP to end."
    )
    assert "Maria" not in letter.body  # the phone may be anybody's


def test_the_neutral_sender_survives_odd_characters(letter_to, settings):
    settings.DEFAULT_FROM_EMAIL = "Throughline Messages <hello@example.net>"
    letter = letter_to("es", "check_in", sender_name="José, tu contacto")
    assert letter.sender.endswith("<hello@example.net>")
    assert "Throughline" not in letter.sender


@pytest.mark.django_db
def test_every_template_a_rung_names_exists():
    rungs = Rung.objects.exclude(template="")
    assert rungs.exists()
    to_people = set(rungs.filter(whom=Whom.PATIENT).values_list("template", flat=True))
    for template in set(rungs.exclude(whom=Whom.PATIENT).values_list("template", flat=True)):
        get_template(f"messaging/{template}.txt")
    shipped = Text.objects.published().filter(facility=None).values_list("slug", "channel", "language")
    wanted = {
        (slug, channel, language) for slug in to_people for channel in ("email", "sms") for language in Language
    }
    assert wanted <= set(shipped)


def staff_letter(template, late=timedelta(hours=2, minutes=5), **fields):
    due_at = datetime(2026, 3, 9, 14, 10, tzinfo=UTC)
    duty = SimpleNamespace(due_at=due_at, ladder=SimpleNamespace(name="Talk with the person"))
    facility = SimpleNamespace(name="Harbor House", tz=lambda: ZoneInfo("America/New_York"))
    person = SimpleNamespace(preferred_name="Maria")
    flags = {"critical": False, "late_by_us": False, **fields}
    notice = SimpleNamespace(template=template, duty=duty, facility=facility, patient=person, **flags)
    return texts.to_staff(notice, due_at + late)


@pytest.mark.parametrize(
    ("template", "subject"),
    [
        ("soon", "Throughline: something is due soon"),
        ("due", "Throughline: something is due"),
        ("late", "Throughline: something is late"),
    ],
)
def test_staff_are_told_what_where_and_when_and_never_who(template, subject):
    letter = staff_letter(template)
    assert letter.subject == subject
    assert "Talk with the person" in letter.body
    assert "Harbor House" in letter.body
    assert "Mon Mar 09, 10:10 EDT" in letter.body
    assert "late by 2 hours 5 minutes" in letter.body
    assert "Maria" not in "".join(letter)
    assert letter.sender == django_settings.DEFAULT_FROM_EMAIL


def test_staff_are_told_that_it_is_critical_and_that_we_were_late():
    plain = staff_letter("late").body
    assert "critical" not in plain and "stood still" not in plain
    loud = staff_letter("late", critical=True, late_by_us=True).body
    assert "critical" in loud and "stood still" in loud


@pytest.mark.parametrize(
    ("late", "words"),
    [
        (timedelta(seconds=-2), "now"),
        (timedelta(seconds=59), "now"),
        (timedelta(minutes=1), "late by 1 minute"),
        (timedelta(minutes=-40), "in 40 minutes"),
        (timedelta(days=3, hours=2, minutes=9), "late by 3 days 2 hours"),
        (timedelta(days=1), "late by 1 day"),
    ],
)
def test_when_in_words(late, words):
    due_at = datetime(2026, 3, 9, 14, 10, tzinfo=UTC)
    assert texts.when(due_at, due_at + late) == words
