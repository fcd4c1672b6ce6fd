"""What is measured at the bedside, how often, and what numbers call for at once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Role
from duties import actions as duties
from duties.models import Kind
from tests import given
from tests.then import duty, forbidden, fresh, owed, refused
from treatment.actions import observations, placements
from treatment.models import EmergencyWarning, Observation

MINUTE = timedelta(minutes=1)


def observe(episode, clinic, **fields):
    numbers = {"respiratory_rate": 14, "oxygen_saturation": 97, "sedation": 0}
    return observations.observe(episode, **numbers | {"by": clinic.nurse, **fields})


@pytest.fixture
def arrived(clinic):
    return given.a_handover(clinic, at=given.ago(hours=6)).episode


def test_after_arrival_a_nurse_owes_observations_every_15_minutes_four_times_then_hourly_four_times(clinic, arrived):
    at = arrived.stage_at
    for minutes in (15, 15, 15, 15, 60, 60, 60, 60):
        owes = duty(arrived, "arrival_observation")
        assert (owes.owner_role, owes.due_at) == (Role.NURSE, at + minutes * MINUTE)
        at = owes.due_at + 2 * MINUTE  # a little late: the next is counted from here
        observe(arrived, clinic, at=at)
    assert owed(arrived) == ["talk"]
    assert (arrived.observations.count(), arrived.observation_orders.get().made) == (8, 8)
    observe(arrived, clinic)  # at any time, whatever is owed
    assert owed(arrived) == ["talk"]


@pytest.mark.parametrize(
    ("entry", "minutes", "why"),
    [
        ({"sedation": None}, 15, "observed without sedation"),
        ({"oxygen_saturation": None, "sedation": None}, 30, "observed without oxygen saturation, sedation"),
        ({}, 5, "observed early, beside the schedule"),
    ],
)
def test_what_says_nothing_of_breathing_or_waking_or_comes_at_once_is_kept_and_still_owed(
    clinic, arrived, entry, minutes, why
):
    owes = duty(arrived, "arrival_observation")
    observe(arrived, clinic, at=arrived.stage_at + minutes * MINUTE, **entry)
    assert (duty(arrived, "arrival_observation"), arrived.observations.count()) == (owes, 1)
    assert owes.events.get(kind=Kind.NOTED).note == why
    observe(arrived, clinic, at=arrived.stage_at + 16 * MINUTE)
    assert fresh(owes).outcome == "resolved"


def test_observations_end_when_a_nurse_says_why(clinic, arrived):
    order = observations.stop_observations(arrived, reason="awake, walking", by=clinic.nurse)
    assert (order.duty.outcome, order.duty.close_reason, owed(arrived)) == ("canceled", "awake, walking", ["talk"])
    with refused("nothing_ordered"):
        observations.stop_observations(arrived, reason="again", by=clinic.nurse)


def test_what_was_observed_says_when_and_when_it_was_written_down(clinic, arrived):
    at = given.ago(hours=2)
    seen = fresh(observe(arrived, clinic, at=at, systolic=120, diastolic=80, pain=3, note="asleep"))
    assert (seen.observed_at, seen.recorded_at > at + timedelta(hours=1), seen.warnings) == (at, True, [])


@pytest.mark.parametrize(
    ("numbers", "code"),
    [
        ({"respiratory_rate": 81}, "not_plausible"),
        ({"oxygen_saturation": 9}, "not_plausible"),
        ({"temperature": 50}, "not_plausible"),
        ({"systolic": 80, "diastolic": 120}, "not_plausible"),
        ({"sedation": 5}, "off_the_scale"),
        ({"pain": 11}, "off_the_scale"),
        ({"respiratory_rate": None, "oxygen_saturation": None, "sedation": None}, "nothing_observed"),
    ],
)
def test_a_typing_error_is_not_a_finding(clinic, numbers, code):
    episode = given.self_referred(clinic)
    with refused(code):
        observe(episode, clinic, **numbers)


def test_what_was_observed_never_changes(clinic):
    seen = observe(given.self_referred(clinic), clinic)
    with forbidden("an_observation_never_changes"):
        Observation.objects.filter(pk=seen.pk).update(respiratory_rate=12)


@pytest.mark.parametrize(
    ("numbers", "sign"),
    [
        ({"respiratory_rate": 9}, "breathing under 10 a minute"),
        ({"oxygen_saturation": 91}, "oxygen saturation under 92 percent"),
        ({"sedation": 4}, "cannot be woken"),
    ],
)
def test_numbers_that_call_for_help_are_a_critical_duty_at_once(clinic, numbers, sign):
    episode = given.self_referred(clinic)
    at = timezone.now()
    assert observe(episode, clinic, at=at, **numbers).warnings == [sign]
    owes = duty(episode, "emergency_warning")
    assert (owes.ladder.critical, owes.owner_role, owes.due_at) == (True, Role.NURSE, at)
    assert owes.emergency_warning.sentence() == f"Call emergency services now: {sign}."


@pytest.mark.parametrize(
    "numbers", [{"respiratory_rate": 10}, {"oxygen_saturation": 92}, {"sedation": 3}, {"respiratory_rate": 0}]
)
def test_the_limits_are_where_they_are(clinic, numbers):
    seen = observe(given.self_referred(clinic), clinic, **numbers)
    assert bool(seen.warnings) == (numbers == {"respiratory_rate": 0})


def test_a_handover_with_such_numbers_warns_too(clinic):
    low = given.a_handover(clinic, oxygen_saturation=70, respiratory_rate=8)
    assert low.warnings == ["breathing under 10 a minute", "oxygen saturation under 92 percent"]
    assert low.episode.emergency_warnings.open().get().signs == low.warnings


def test_new_signs_join_a_warning_that_is_open_and_everybody_hears_again(clinic):
    episode = given.self_referred(clinic)
    observe(episode, clinic, respiratory_rate=9, at=given.ago(minutes=5))
    owes = duty(episode, "emergency_warning")
    duties.acknowledge(owes, by=clinic.nurse)
    at = timezone.now()
    observe(episode, clinic, respiratory_rate=9, oxygen_saturation=85, at=at)
    warning = episode.emergency_warnings.get()
    assert warning.signs == ["breathing under 10 a minute", "oxygen saturation under 92 percent"]
    assert (fresh(owes).next_action_at, fresh(owes).acknowledged_at) == (at, None)


def test_a_warning_ends_by_an_answer_and_not_by_a_tick(clinic):
    episode = given.self_referred(clinic)
    observe(episode, clinic, sedation=4)
    warning = episode.emergency_warnings.get()
    with refused("warning_open"):
        duties.resolve(warning.duty, by=clinic.nurse)
    with forbidden("an_answer_to_a_warning_says_what"):
        EmergencyWarning.objects.update(answered_at=timezone.now(), answered_by=clinic.nurse)
    observations.answer_warning(warning, answer="deep sleep; woken with effort", by=clinic.nurse)
    assert (fresh(warning).answered_by, fresh(warning.duty).outcome) == (clinic.nurse, "resolved")
    with refused("warning_answered"):
        observations.answer_warning(warning, answer="again", by=clinic.nurse)


def test_sending_to_hospital_answers_a_warning_and_rests_the_observations(clinic, arrived):
    observe(arrived, clinic, respiratory_rate=6)
    placements.send_out(arrived, destination="General", reason="breathing", by=clinic.nurse)
    warning = arrived.emergency_warnings.get()
    assert (warning.answer, warning.duty.outcome) == ("sent to General", "resolved")
    assert duty(arrived, "arrival_observation").suspended_at
    assert duty(arrived, "talk").events.filter(kind=Kind.SUSPENDED).exists()
    observe(arrived, clinic)  # told by the hospital: counts for nothing that is owed here
    assert arrived.observation_orders.get().made == 1


def test_nothing_is_observed_once_the_thread_is_closed(clinic):
    episode = given.closed(clinic)
    with refused("wrong_stage"):
        observe(episode, clinic)


def test_an_emergency_takes_clearance_back_until_somebody_has_looked_again(clinic):
    episode = given.engaging(clinic)
    observe(episode, clinic, respiratory_rate=9)
    clearance = episode.clearances.get()
    assert (fresh(episode).cleared_at, clearance.withdrawn_by) == (None, clinic.nurse)
    assert clearance.withdrawn_reason == "emergency warning: breathing under 10 a minute"
    assert owed(episode) == ["clearance_again", "emergency_warning", "talk"]


def test_in_treatment_an_emergency_leaves_the_person_in_treatment(clinic):
    episode = given.in_outpatient(clinic)
    observe(episode, clinic, respiratory_rate=9)
    assert (fresh(episode).stage, fresh(episode).cleared_at is None) == ("treatment", False)


def test_the_answer_to_an_observation_says_what_to_do_at_once(clinic, api):
    episode = given.self_referred(clinic)
    answer = api(clinic.technician).post(f"/api/v1/episodes/{episode.pk}/observe/", {"oxygen_saturation": 80})
    assert answer.status_code == 201, answer.data
    assert answer.data["warnings"] == ["Call emergency services now", "oxygen saturation under 92 percent"]
