"""What is asked at a check-in, and what counts as an answer."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from aftercare import questions
from aftercare.actions import check_ins
from aftercare.models import CheckIn
from patients import actions as patients
from patients.models import SubstanceUse
from tests import given
from tests.then import refused
from treatment.models import Instrument

NEXT_WEEK = timedelta(days=7)


@pytest.fixture
def first(clinic):
    given.in_aftercare(clinic, at=given.ago(hours=1))
    return CheckIn.objects.open().get()


def keys(check_in, **said):
    return [question.key for question in questions.asked(check_in, said)]


def test_what_was_given_decides_what_is_asked_next(clinic, first):
    asked = keys(first)
    assert "other_use" not in asked and "phq_9" not in asked
    assert "opioid_days" in keys(first, used_other=True, other_use=["opioid"])
    assert "ghb_days" not in keys(first, used_other=True, other_use=["opioid"])
    assert "phq_9" not in keys(first, phq_1=2, phq_2=0)
    assert {"phq_3", "phq_9"} <= set(keys(first, phq_1=2, phq_2=1))


def test_ketamine_is_asked_about_only_where_it_is_used(clinic, first):
    about_it = {"ketamine_days", "bladder_blood", "bladder_pain", "bladder_urgent"}
    assert about_it <= set(keys(first))
    for use in SubstanceUse.objects.of(first.patient).ketamine():
        patients.mark_error(use, reason="somebody else's", by=clinic.nurse)
    assert not about_it & set(keys(first))


def test_what_was_told_lately_is_not_asked_again(clinic, first):
    check_ins.answer(first, how="call", by=clinic.aftercare, phq_1=0, bam_2=1, craving=5, at=first.due_at)
    second = CheckIn.objects.open().get()
    assert not {"phq_1", "bam_2"} & set(keys(second))
    assert {"craving", "phq_2", "bam_3"} <= set(keys(second))
    second.due_at = first.due_at + NEXT_WEEK
    assert {"phq_1", "bam_2"} <= set(keys(second))


@pytest.mark.parametrize(
    ("key", "raw", "kept"),
    [
        ("craving", "100", 100),
        ("craving", 0, 0),
        ("ketamine_days", " 31 ", 31),
        ("safe_now", "2", False),
        ("safe_now", "Sí", True),
        ("wants_call", True, True),
        ("confidence", "4", 4),
        ("other_use", "ghb, opioid", ["opioid", "ghb"]),
        ("other_use", ["alcohol"], ["alcohol"]),
        ("text", " Fine. ", "Fine."),
    ],
)
def test_answers_are_read_from_json_forms_and_digits(clinic, key, raw, kept):
    assert questions.clean(questions.current().get(key), raw) == kept


@pytest.mark.parametrize(
    ("key", "raw", "code"),
    [
        ("craving", 101, "answer_out_of_range"),
        ("craving", -1, "answer_out_of_range"),
        ("craving", "4.5", "not_a_number"),
        ("craving", True, "not_a_number"),
        ("craving", "٣", "not_a_number"),
        ("craving", {"a": 1}, "not_a_number"),
        ("ketamine_days", "9" * 400, "answer_out_of_range"),
        ("safe_now", "maybe", "not_yes_or_no"),
        ("confidence", 5, "not_a_choice"),
        ("confidence", True, "not_a_choice"),
        ("other_use", "ketchup", "not_a_choice"),
        ("text", 5, "not_words"),
        ("text", "a\0b", "not_words"),
        ("text", "\ud800", "not_words"),
        ("text", "a" * 4001, "answer_too_long"),
    ],
)
def test_what_is_no_answer_is_refused(clinic, key, raw, code):
    with pytest.raises(ValidationError) as caught:
        questions.clean(questions.current().get(key), raw)
    assert caught.value.code == code


def test_an_answer_keeps_what_was_given_and_by_which_edition(clinic, first):
    with refused("unknown_question"):
        check_ins.answer(first, how="call", by=clinic.aftercare, shoe_size=9)
    said = {"craving": "30", "used_other": True, "other_use": ["opioid", "alcohol"], "opioid_days": 2, "text": "ok"}
    kept = check_ins.answer(first, how="link", by=clinic.aftercare, **said)
    assert (kept.given["craving"], kept.given["opioid_days"], kept.questions_edition) == (30, 2, 2)
    assert (kept.craving, kept.other_use, kept.wants_call, kept.text) == (
        30,
        "Opioids (2 days), Alcohol",
        False,
        "ok",
    )


def test_keys_of_the_verb_itself_are_no_questions(clinic, api, first):
    said = {"how": "call", "given": {"by": "x"}}
    refusal = api(clinic.aftercare).post(f"/api/v1/check-ins/{first.pk}/answer/", said, format="json")
    assert (refusal.status_code, refusal.json()["code"]) == (409, "unknown_question")
    said = {"how": "call", "craving": 10, "given": {"confidence": 3, "safe_now": True}}
    made = api(clinic.aftercare).post(f"/api/v1/check-ins/{first.pk}/answer/", said, format="json")
    assert made.status_code == 201
    assert made.json()["given"] == {"craving": 10, "confidence": 3, "safe_now": True}


def test_a_question_left_empty_is_no_answer_to_it(clinic, api, first):
    said = {"how": "call", "given": {"confidence": None, "safe_now": True}}
    made = api(clinic.aftercare).post(f"/api/v1/check-ins/{first.pk}/answer/", said, format="json")
    assert (made.status_code, made.json()["given"]) == (201, {"safe_now": True})


def test_questions_are_whole_in_both_languages_and_a_text_is_one_text(clinic):
    shipped = {(i.slug, item["code"]): item["text"] for i in Instrument.objects.all() for item in i.items}
    for question in questions.current().each:
        assert question.ask["en"] and question.ask["es"]
        for words in question.sms.values():
            assert len(words) <= 160 and not set(words.lower()) & set("áíóú“”–…")
            for revealing in ("ketamin", "drug", "recover", "treatment", "sober", "droga", "tratamiento"):
                assert revealing not in words.lower()
        assert all(choice["en"] and choice["es"] for choice in question.choices)
        if question.of:
            assert question.ask["en"] == shipped[tuple(question.of)]
