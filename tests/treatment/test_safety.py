"""Asking about suicide: what the answers call for, and that nobody waits for somebody who never comes."""

from datetime import timedelta
from itertools import product

import pytest

from accounts.models import Role
from duties import actions as duties
from tests import given
from tests.then import duty, forbidden, fresh, owed, refused
from treatment.actions import safety
from treatment.models import SuicideScreen
from treatment.models.safety import ASKED, danger
from treatment.models.uses import before_the_night

NO = {"wish": False, "thoughts": False, "behavior": False}
THOUGHTS = {"wish": True, "thoughts": True, "method": False, "intent": False, "plan": False, "behavior": False}


@pytest.fixture
def episode(clinic):
    return given.self_referred(clinic)


def ask(episode, clinic, **answers):
    return safety.screen_suicide(episode, **{"by": clinic.nurse, **answers})


@pytest.mark.parametrize(
    ("answers", "level"),
    [
        (NO, "none"),
        ({**NO, "wish": True}, "low"),
        (THOUGHTS, "low"),
        ({**THOUGHTS, "method": True}, "moderate"),
        ({**NO, "behavior": True, "recent": False}, "moderate"),
        ({**THOUGHTS, "intent": True}, "high"),
        ({**THOUGHTS, "plan": True}, "high"),
        ({**NO, "behavior": True, "recent": True}, "high"),
        # What was not answered counts as a yes.
        ({"wish": True, "thoughts": True}, "high"),
        ({**THOUGHTS, "plan": None}, "high"),
        ({**THOUGHTS, "method": None}, "moderate"),
        ({**NO, "behavior": True}, "high"),
        ({"wish": False, "thoughts": False}, "high"),
        ({**NO, "wish": None}, "low"),
        # What was said all the same is heard.
        ({**NO, "intent": True}, "high"),
    ],
)
def test_what_the_answers_call_for(answers, level):
    assert danger(**answers) == level


def test_leaving_a_question_out_never_makes_the_danger_less():
    rank = {"none": 0, "low": 1, "moderate": 2, "high": 3}
    for answers in product((True, False, None), repeat=len(ASKED)):
        said = dict(zip(ASKED, answers, strict=True))
        skipped = {"method", "intent", "plan"} if said["thoughts"] is False else set()
        skipped |= {"recent"} if said["behavior"] is False else set()
        for question in (one for one in ASKED if said[one] is None and one not in skipped):
            known = [rank[danger(**{**said, question: answer})] for answer in (True, False)]
            assert rank[danger(**said)] >= max(known), (said, question)


def test_in_high_danger_a_nurse_owes_coming_now(clinic, episode):
    screen = ask(episode, clinic, **{**THOUGHTS, "plan": True})
    owes = duty(episode, "safety_now")
    assert (owes.ladder.critical, owes.owner_role, owes.due_at) == (True, Role.NURSE, screen.screened_at)
    assert (screen.duty, screen.what_now()) == (owes, "Stay with the person. A nurse or prescriber comes now.")


def test_in_moderate_danger_a_prescriber_owes_a_look_the_same_day(clinic, episode):
    screen = ask(episode, clinic, **{**THOUGHTS, "method": True})
    owes = duty(episode, "safety_review")
    assert (owes.owner_role, owes.due_at) == (Role.PRESCRIBER, before_the_night(clinic.here, screen.screened_at))


@pytest.mark.parametrize("answers", [NO, THOUGHTS])
def test_otherwise_nothing_is_owed_because_of_it(clinic, episode, answers):
    screen = ask(episode, clinic, **answers)
    assert (screen.duty, owed(episode), screen.what_now()) == (None, ["intake"], "")
    with refused("nothing_to_settle"):
        safety.clear_safety(screen, reason="fine", by=clinic.nurse)


def test_a_form_is_answered_or_declined(clinic, episode):
    for nonsense in ({}, {"declined": True, "wish": False}, {"method": True}):
        with refused("asked_or_declined"):
            ask(episode, clinic, **nonsense)


def test_danger_ends_by_a_plan_or_by_a_clinician_and_not_by_a_tick(clinic, episode):
    first, second = ask(episode, clinic, thoughts=True), ask(episode, clinic, thoughts=True)
    with refused("safety_open"):
        duties.resolve(second.duty, by=clinic.nurse)
    safety.record_safety_plan(second, safety_plan="Calls her sister; pills are with the nurse.", by=clinic.counselor)
    for screen in (fresh(first), fresh(second)):  # who asked twice is answered once
        assert (screen.settled, screen.settled_by, screen.duty.outcome) == ("planned", clinic.counselor, "resolved")
    with refused("settled_already"):
        safety.clear_safety(second, reason="again", by=clinic.nurse)
    third = ask(episode, clinic, thoughts=True)
    safety.clear_safety(third, reason="misheard; asked again in full, all no", by=clinic.prescriber)
    assert (fresh(third).settled, owed(episode)) == ("cleared", ["intake"])


def test_the_answers_never_change_and_danger_is_always_owed_to_somebody(clinic, episode):
    screen = ask(episode, clinic, **NO)
    with forbidden("a_suicide_screen_never_changes"):
        SuicideScreen.objects.filter(pk=screen.pk).update(level="low")
    with pytest.raises(Exception, match="danger_is_owed_to_somebody"):
        SuicideScreen.objects.create(
            patient=episode.patient, facility=clinic.here, episode=episode, screened_at=screen.screened_at,
            screened_by=clinic.nurse, thoughts=True, level="high",
        )  # fmt: skip


def test_what_was_asked_of_somebody_else_is_not_owed(clinic, episode):
    screen = ask(episode, clinic, thoughts=True)
    safety.mark_error(screen, reason="wrong person", by=clinic.nurse)
    assert (owed(episode), fresh(screen.duty).outcome) == (["intake"], "canceled")
    with refused("suicide_screen_missing"):
        given.intakes.complete_intake(episode, program=clinic.outpatient, by=clinic.intake)


def test_what_was_settled_by_asking_somebody_else_is_owed_again(clinic, episode):
    answered = given.assessed(episode, clinic, q9=2)
    screen = ask(episode, clinic, **NO)
    assert fresh(answered).settled_at and "safety_review" not in owed(episode)
    safety.mark_error(screen, reason="wrong person", by=clinic.nurse)
    answered = fresh(answered)
    assert (answered.settled_at, answered.duty) == (None, duty(episode, "safety_review"))
    assert answered.duty.note.startswith("PHQ-9: thoughts of being better off dead")


def test_answers_that_were_settled_in_the_same_contact_as_a_mistake_are_owed_too(clinic, episode):
    screen = ask(episode, clinic, **NO)
    answered = given.assessed(episode, clinic, q9=2)
    assert answered.settled_at and answered.duty is None
    safety.mark_error(screen, reason="wrong person", by=clinic.nurse)
    assert fresh(answered).duty == duty(episode, "safety_review")


def test_whoever_was_asked_in_another_screen_too_is_not_owed_it_again(clinic, episode):
    answered = given.assessed(episode, clinic, q9=2)
    wrong, _ = ask(episode, clinic, **NO), ask(episode, clinic, **NO)
    safety.mark_error(wrong, reason="twice", by=clinic.nurse)
    assert fresh(answered).settled_at and "safety_review" not in owed(episode)


def test_a_plan_that_was_made_with_somebody_else_settles_nothing_and_stands_on_no_other_screen(clinic, episode):
    first, wrong = ask(episode, clinic, thoughts=True), ask(episode, clinic, thoughts=True)
    safety.record_safety_plan(wrong, safety_plan="Call Ana.", by=clinic.nurse)
    assert fresh(first).safety_plan == "Call Ana."
    safety.mark_error(wrong, reason="wrong person", by=clinic.nurse)
    first = fresh(first)
    assert (first.settled_at, first.safety_plan, first.duty) == (None, "", duty(episode, "safety_now"))


@pytest.mark.parametrize("answers", [{"declined": True}, NO])
def test_no_intake_is_complete_before_the_person_was_asked_or_declined(clinic, episode, answers):
    taken = {"program": clinic.outpatient, "patient_notice_given": True, "by": clinic.intake}
    with refused("suicide_screen_missing"):
        given.intakes.complete_intake(episode, **taken)
    ask(episode, clinic, **answers)
    given.intakes.complete_intake(episode, **taken)
    assert owed(episode) == (["admission", "ask_again"] if "declined" in answers else ["admission"])


@pytest.mark.parametrize("then", [NO, {"declined": True}])
def test_whoever_declined_is_asked_again_within_a_day_once_for_each_time(clinic, episode, then):
    first = ask(episode, clinic, declined=True, at=given.ago(hours=3))
    again = duty(episode, "ask_again")
    assert (again.owner_role, again.due_at) == (Role.NURSE, first.screened_at + timedelta(hours=24))
    with refused("ask_again_open"):
        duties.resolve(again, by=clinic.nurse, reason="asked")
    second = ask(episode, clinic, **then, at=given.ago(hours=1))
    assert fresh(again).outcome == "resolved"
    waits = episode.duties.open().filter(ladder__slug="ask_again")
    assert [one.due_at for one in waits] == ([second.screened_at + timedelta(hours=24)] if second.declined else [])


def test_an_asking_that_was_before_the_no_does_not_end_it(clinic, episode):
    ask(episode, clinic, declined=True)
    ask(episode, clinic, **NO, at=given.ago(hours=1))
    assert "ask_again" in owed(episode)


def test_a_no_of_somebody_else_owes_no_second_asking_and_a_mistake_does_not_end_one(clinic, episode):
    first = ask(episode, clinic, declined=True, at=given.ago(hours=3))
    wrong = ask(episode, clinic, **NO, at=given.ago(hours=2))
    assert "ask_again" not in owed(episode)
    safety.mark_error(wrong, reason="wrong person", by=clinic.nurse)
    assert duty(episode, "ask_again").due_at == first.screened_at + timedelta(hours=24)
    safety.mark_error(first, reason="wrong person", by=clinic.nurse)
    assert "ask_again" not in owed(episode)
