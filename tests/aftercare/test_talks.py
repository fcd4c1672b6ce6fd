"""The talk, and what follows from each answer."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import Role
from aftercare.actions import discharges
from duties import actions as duties
from duties.models import Notice
from patients import actions as patients
from tests import given
from tests.then import code_of, duty, forbidden, fresh, owed, refused, steps
from treatment.models import Conversation


def talk(episode, clinic, outcome="accepted", **fields):
    return discharges.talk(episode, outcome=outcome, **{"by": clinic.counselor, **fields})


@pytest.fixture
def engaging(clinic):
    return given.engaging(clinic, at=given.ago(hours=2))


def test_yes_owes_an_intake_within_three_days(clinic, engaging):
    at = given.ago(hours=1)
    planned = duty(engaging, "talk")
    held = talk(engaging, clinic, at=at, summary="Frightened.")
    assert (held.held_at, held.held_by, held.outcome, held.summary) == (
        at,
        clinic.counselor,
        "accepted",
        "Frightened.",
    )
    intake = duty(engaging, "intake")
    assert (intake.due_at, intake.owner_role) == (at + timedelta(hours=72), Role.INTAKE)
    assert (fresh(planned).outcome, owed(engaging)) == ("resolved", ["intake"])
    assert (fresh(engaging).stage, steps(engaging)[-1]) == ("intake", "intake")


def test_perhaps_owes_another_talk_by_the_same_counselor(clinic, engaging):
    at = given.ago(hours=1)
    talk(engaging, clinic, "thinking", at=at)
    again = duty(engaging, "talk")
    assert (again.due_at, again.owner) == (at + timedelta(hours=72), clinic.counselor)
    assert (fresh(engaging).stage, owed(engaging)) == ("engaging", ["talk"])
    assert (engaging.conversations.count(), engaging.conversations.planned().get().duty) == (2, again)


def test_perhaps_may_say_when_to_ask_again(clinic, engaging):
    tomorrow = timezone.now() + timedelta(days=1)
    talk(engaging, clinic, "thinking", ask_again_at=tomorrow, by=clinic.nurse)
    assert (duty(engaging, "talk").due_at, duty(engaging, "talk").owner) == (tomorrow, None)


def test_asking_again_is_at_most_72_hours_away(clinic, engaging):
    with refused("too_late_to_ask"):
        talk(engaging, clinic, "thinking", ask_again_at=timezone.now() + timedelta(hours=73))


def test_not_able_with_permission_is_asked_once_more_within_three_days(clinic, engaging):
    at, permitted = given.ago(hours=1), {"may_contact_again": True, "information_offered": True}
    talk(engaging, clinic, "not_able", at=at, **permitted)
    again = duty(engaging, "talk")
    assert (again.due_at, again.owner) == (at + timedelta(hours=72), clinic.counselor)
    assert (fresh(engaging).stage, owed(engaging)) == ("engaging", ["talk"])
    assert (fresh(engaging).cleared_at is None, engaging.aftercare_plans.count()) == (False, 0)
    tomorrow = timezone.now() + timedelta(days=1)
    talk(engaging, clinic, "not_able", ask_again_at=tomorrow, **permitted)
    assert duty(engaging, "talk").due_at == tomorrow


def test_no_with_permission_stays_in_touch(clinic, engaging):
    at = given.ago(hours=1)
    talk(
        engaging,
        clinic,
        "declined",
        may_contact_again=True,
        information_offered=False,
        contact_how="afternoons",
        at=at,
    )
    episode = fresh(engaging)
    assert (episode.stage, owed(episode), steps(episode)[-1]) == ("aftercare", ["check_in"], "aftercare")
    plan = episode.aftercare_plans.active().get()
    assert (plan.schedule.slug, plan.anchor_at, plan.discharge) == ("stay-in-touch", at, None)
    assert duty(episode, "check_in").owner_role == Role.AFTERCARE


def test_staying_in_touch_withdraws_clearance(clinic):
    episode = given.staying_in_touch(clinic)
    assert (episode.cleared_at, episode.cleared_by, episode.clearance_basis) == (None, None, "")


@pytest.mark.parametrize("outcome", ["declined", "not_able"])
def test_no_without_permission_closes_with_nothing_owed_and_nobody_told(clinic, engaging, outcome):
    duties.tick(timezone.now() + timedelta(hours=23))
    assert Notice.objects.unsent().filter(duty__episode=engaging).exists()
    talk(engaging, clinic, outcome, may_contact_again=False, information_offered=True)
    episode = fresh(engaging)
    assert (episode.stage, episode.close_reason, owed(episode)) == ("closed", "declined", [])
    assert not Notice.objects.unsent().filter(duty__episode=engaging).exists()
    duties.tick(timezone.now() + timedelta(days=90))
    assert not Notice.objects.unsent().filter(duty__episode=engaging).exists()


@pytest.mark.parametrize("outcome", ["declined", "not_able"])
def test_no_is_asked_whether_we_may_come_back(clinic, engaging, outcome):
    with refused("permission_unknown"):
        talk(engaging, clinic, outcome)


@pytest.mark.parametrize("outcome", ["accepted", "thinking"])
def test_the_talk_comes_after_clearance(clinic, outcome):
    episode = given.a_handover(clinic).episode
    with refused("not_stable_yet"):
        talk(episode, clinic, outcome)


NO = {"may_contact_again": True, "information_offered": True}


def test_a_no_before_clearance_stays_in_touch_and_ends_the_observations(clinic):
    episode = given.a_handover(clinic).episode
    with refused("permission_unknown"):
        talk(episode, clinic, "declined")
    talk(episode, clinic, "declined", **NO)
    assert (fresh(episode).stage, owed(episode)) == ("aftercare", ["check_in"])
    assert steps(episode) == ["referred", "stabilizing", "engaging", "aftercare"]


def test_a_no_before_clearance_without_permission_closes_and_nobody_is_told(clinic):
    episode = given.a_handover(clinic).episode
    talk(episode, clinic, "declined", **NO | {"may_contact_again": False})
    assert (fresh(episode).close_reason, owed(episode)) == ("declined", [])


def test_whoever_was_not_able_before_clearance_is_asked_again_and_observed_until_then(clinic):
    episode = given.a_handover(clinic).episode
    talk(episode, clinic, "not_able", **NO)
    assert (fresh(episode).stage, owed(episode)) == ("stabilizing", ["arrival_observation", "talk"])


def test_the_talk_waits_for_somebody_in_hospital(clinic):
    episode = given.a_handover(clinic).episode
    given.send_out(episode, clinic)
    with refused("away_already"):
        talk(episode, clinic, "declined", **NO)


def test_a_talk_belongs_to_its_stage(clinic):
    for episode in (given.self_referred(clinic), given.closed(clinic)):
        with refused("wrong_stage"):
            talk(episode, clinic)


def test_a_talk_that_is_not_planned_is_not_held(clinic, engaging):
    patients.mark_error(engaging.conversations.get(), reason="wrong person", by=clinic.nurse)
    with refused("no_talk_planned"):
        talk(engaging, clinic)


def test_a_talk_is_not_held_before_the_last_step(clinic, engaging):
    with refused("before_last_step"):
        talk(engaging, clinic, at=given.ago(hours=3))


def test_a_talk_whose_duty_was_ended_by_hand_can_still_be_held(clinic, engaging):
    given.a_call_owed(engaging, clinic)
    duties.excuse(duty(engaging, "talk"), reason="met in the corridor", by=clinic.counselor)
    talk(engaging, clinic)
    assert "intake" in owed(engaging)


def test_raw_sql_cannot_half_record_a_talk(clinic, engaging):
    now = timezone.now()
    with forbidden("a_talk_has_who"):
        Conversation.objects.update(held_at=now, outcome="accepted")
    with forbidden("a_talk_held_has_an_outcome"):
        Conversation.objects.update(held_at=now, held_by=clinic.nurse)
    with forbidden("no_is_asked_whether_we_may_come_back"):
        Conversation.objects.update(held_at=now, held_by=clinic.nurse, outcome="declined")


def test_raw_sql_cannot_plan_two_talks(clinic, engaging):
    with forbidden("one_planned_talk_per_episode"), transaction.atomic():
        Conversation.objects.create(
            patient=engaging.patient, facility=clinic.here, episode=engaging, duty=given.a_call_owed(engaging, clinic)
        )


def test_a_talk_held_twice_at_once_is_held_once(committed_clinic, run_both):
    clinic = committed_clinic
    episode = given.engaging(clinic)
    results = run_both(*[lambda: talk(episode, clinic)] * 2)
    assert sorted(code_of(r.error) if r.error else "held" for r in results) == ["held", "wrong_stage"]
    assert (episode.intakes.count(), owed(episode)) == (1, ["intake"])


def test_no_says_whether_information_was_offered(clinic, engaging):
    with refused("information_unknown"):
        talk(engaging, clinic, "declined", may_contact_again=False)
    with refused("permission_unknown"):
        talk(engaging, clinic, "declined", information_offered=True)


def test_what_was_said_is_kept_part_by_part(clinic, engaging):
    said = {"what_happened": "w", "meaning": "m", "what_matters": "v", "next_step": "n", "safety_plan": "s"}
    held = talk(engaging, clinic, "accepted", **said)
    assert {part: getattr(fresh(held), part) for part in said} == said
