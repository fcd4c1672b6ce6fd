"""Is the person medically ready?"""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from aftercare.actions import plans
from duties import actions as duties
from patients.models import ClearanceBasis, Episode
from tests import given
from tests.then import duty, forbidden, fresh, owed, refused, steps
from treatment.actions import clearances, placements, uses
from treatment.models import Checklist, Clearance, Program


def clear(episode, clinic, **fields):
    fields = {"basis": ClearanceBasis.CLEARED, "findings": given.findings(), "by": clinic.nurse, **fields}
    return clearances.clear(episode, **fields)


@pytest.fixture
def stabilizing(clinic):
    return fresh(given.a_handover(clinic, at=given.ago(hours=3)).episode)


def test_clearance_leads_to_the_talk(clinic, stabilizing):
    at = given.ago(hours=1)
    clearance = clear(stabilizing, clinic, at=at, hospital="General Hospital")
    episode = fresh(stabilizing)
    assert (episode.stage, steps(episode)[-1]) == ("engaging", "engaging")
    assert owed(episode) == ["arrival_observation", "talk"]
    assert (episode.cleared_at, episode.cleared_by, episode.clearance_basis) == (at, clinic.nurse, "cleared")
    assert (clearance.checklist.slug, clearance.findings) == ("medical-clearance", given.findings())


def test_clearance_leaves_a_talk_that_is_due_soon_where_it_is(clinic, stabilizing):
    due = duty(stabilizing, "talk").due_at
    clear(stabilizing, clinic)
    assert duty(stabilizing, "talk").due_at == due


def test_clearance_brings_a_far_talk_forward_to_a_day_from_now(clinic, stabilizing):
    duties.reschedule(duty(stabilizing, "talk"), due_at=given.ago(days=-3), by=clinic.nurse)
    at = given.ago(minutes=5)
    clear(stabilizing, clinic, at=at)
    assert duty(stabilizing, "talk").due_at == at + timedelta(hours=24)


@pytest.mark.parametrize(
    ("code", "answer", "sentence"),
    [
        ("gcs", None, "Glasgow Coma Scale 15: not answered"),
        ("gcs", {"finding": "not_met"}, "Glasgow Coma Scale 15: not met"),
        ("gcs", {"finding": "not_met", "reason": "13"}, "Glasgow Coma Scale 15: not met (13)"),
        ("gcs", {"finding": "own_baseline"}, "Glasgow Coma Scale 15: say what their own baseline is"),
        ("gcs", {"finding": "perhaps"}, "Glasgow Coma Scale 15: not answered"),
        ("shoe_size", {"finding": "met"}, "“shoe_size” is not on the checklist"),
    ],
)
def test_clearance_says_what_is_in_the_way(clinic, stabilizing, code, answer, sentence):
    with pytest.raises(ValidationError) as caught:
        clear(stabilizing, clinic, findings={**given.findings(), code: answer})
    assert ([error.code for error in caught.value.error_list], caught.value.messages) == (["not_clear"], [sentence])
    assert (fresh(stabilizing).stage, Clearance.objects.count()) == ("stabilizing", 0)


@pytest.mark.parametrize(
    "answer", [{"finding": "own_baseline", "reason": "always 90"}, {"finding": "not_applicable"}]
)
def test_an_item_may_be_met_at_the_person_s_own_baseline_or_not_apply(clinic, stabilizing, answer):
    clear(stabilizing, clinic, findings={**given.findings(), "oxygen": answer})
    assert fresh(stabilizing).stage == "engaging"


def test_a_screening_needs_the_checklist_too(clinic, stabilizing):
    with refused("not_clear"):
        clear(stabilizing, clinic, basis=ClearanceBasis.SCREENED, findings={})


def test_after_an_overdose_clearance_is_always_needed(clinic, stabilizing):
    with refused("clearance_needed"):
        clear(stabilizing, clinic, basis=ClearanceBasis.NOT_NEEDED, findings=None)


def test_after_a_stay_in_hospital_clearance_is_always_needed(clinic):
    episode = given.in_outpatient(clinic)
    given.send_out(episode, clinic)
    with refused("clearance_needed"):
        clear(episode, clinic, basis=ClearanceBasis.NOT_NEEDED, findings=None)


def test_somebody_who_came_by_themselves_may_need_none(clinic):
    episode = given.self_referred(clinic)
    clear(episode, clinic, basis=ClearanceBasis.NOT_NEEDED, findings=None)
    assert (fresh(episode).stage, fresh(episode).clearance_basis) == ("intake", "not_needed")


def test_a_prescriber_here_may_override_with_a_reason(clinic, stabilizing):
    clear(
        stabilizing, clinic, basis=ClearanceBasis.OVERRIDDEN, findings={}, reason="Palliative", by=clinic.prescriber
    )
    assert fresh(stabilizing).clearance_basis == "overridden"


def test_an_override_needs_a_prescriber(clinic, stabilizing):
    with refused("prescriber_needed"):
        clear(stabilizing, clinic, basis=ClearanceBasis.OVERRIDDEN, reason="Because")


def test_an_override_needs_a_reason(clinic, stabilizing):
    with refused("reason_missing"):
        clear(stabilizing, clinic, basis=ClearanceBasis.OVERRIDDEN, by=clinic.prescriber)
    cleared = clear(stabilizing, clinic)
    with forbidden("an_override_has_a_reason"):
        Clearance.objects.filter(pk=cleared.pk).update(basis="overridden")


def test_during_treatment_clearing_gives_a_better_ground_and_moves_nobody(clinic):
    episode = given.in_outpatient(clinic)
    clear(episode, clinic)
    episode = fresh(episode)
    assert (episode.stage, episode.clearance_basis) == ("treatment", "cleared")


def test_a_checklist_never_changes(clinic):
    with forbidden("a_checklist_never_changes"):
        Checklist.objects.update(items=[])


def test_a_clearance_lapses_after_72_hours_and_opens_no_door_to_treatment_then(clinic):
    at = given.ago(hours=80)
    episode = given.ready(clinic, program=clinic.outpatient, at=at)
    clearance = clear(episode, clinic, at=at)
    assert clearance.lapses_at == fresh(episode).clearance_lapses_at == at + timedelta(hours=72)
    admitted = {"program": clinic.outpatient, "by": clinic.nurse}
    for hours in (72, 80):
        with refused("clearance_lapsed"):
            placements.admit(episode, **admitted, at=at + timedelta(hours=hours))
    with forbidden("treatment_begins_before_clearance_lapses"):
        Episode.objects.filter(pk=episode.pk).update(stage="treatment", stage_at=timezone.now())
    placements.admit(episode, **admitted, at=at + timedelta(hours=71))
    assert fresh(episode).stage == "treatment"  # and it goes on, whatever the time


def test_a_lapsed_clearance_brings_nobody_back(clinic):
    again = given.in_aftercare(clinic, "Tess", at=given.ago(days=20))
    back = given.sent_out(clinic, at=given.ago(days=9), left=given.ago(days=5))
    given.cleared_again(back, clinic, at=given.ago(days=4))
    with refused("clearance_lapsed"):
        placements.bring_back(back, by=clinic.nurse)
    given.cleared_again(again, clinic, at=given.ago(days=4))
    with refused("clearance_lapsed"):
        plans.return_to_treatment(again, program=clinic.outpatient, by=clinic.nurse)


def test_what_was_never_needed_does_not_lapse(clinic):
    episode = given.self_referred(clinic)
    assert clear(episode, clinic, basis=ClearanceBasis.NOT_NEEDED, findings=None).lapses_at is None
    fresh(episode).require_clearance(timezone.now() + timedelta(days=400))


def test_new_use_or_symptoms_take_a_clearance_back_and_owe_looking_again(clinic):
    episode = given.engaging(clinic)
    at = timezone.now()
    clearance = clearances.withdraw_clearance(episode, reason="vomiting", by=clinic.nurse, at=at)
    assert (clearance.withdrawn_at, clearance.withdrawn_reason) == (at, "vomiting")
    assert (fresh(episode).cleared_at, fresh(episode).stage) == (None, "engaging")
    assert duty(episode, "clearance_again").due_at == at + timedelta(hours=4)
    with refused("not_cleared"):
        clearances.withdraw_clearance(episode, reason="again", by=clinic.nurse)
    clear(episode, clinic)
    assert owed(episode) == ["talk"]
    with forbidden("a_clearance_is_withdrawn_for_a_reason"):
        Clearance.objects.filter(pk=clearance.pk).update(withdrawn_reason="")


def test_in_treatment_a_clearance_is_not_taken_back(clinic):
    episode = given.in_outpatient(clinic)
    with refused("wrong_stage"):
        clearances.withdraw_clearance(episode, reason="vomiting", by=clinic.nurse)


def test_a_number_beyond_its_limit_is_not_met_without_a_word(clinic, stabilizing):
    with pytest.raises(ValidationError) as caught:
        clear(stabilizing, clinic, heart_rate=118)
    assert caught.value.messages == [
        "Heart rate 50-110: 118 was measured; say their own baseline, or that it is not met"
    ]
    own = {**given.findings(), "heart_rate": {"finding": "own_baseline", "reason": "always near 120"}}
    assert clear(stabilizing, clinic, heart_rate=118, findings=own).heart_rate == 118


@pytest.mark.parametrize(
    ("asked", "enough"),
    [
        ("none", {"cleared", "screened", "not_needed", "overridden"}),
        ("nurse_screen", {"cleared", "screened", "overridden"}),
        ("hospital_clearance", {"cleared", "overridden"}),
    ],
)
def test_a_program_asks_for_a_ground_at_least_as_good(clinic, asked, enough):
    assert {basis for basis in ClearanceBasis if Program(entry_requirement=asked).accepts(basis)} == enough


def test_a_program_takes_nobody_whose_ground_is_not_enough(clinic):
    Program.objects.filter(pk=clinic.outpatient.pk).update(entry_requirement="hospital_clearance")
    episode = given.ready(clinic, program=clinic.outpatient)
    with refused("clearance_basis_insufficient"):
        placements.admit(episode, program=clinic.outpatient, by=clinic.nurse)
    clear(episode, clinic)
    placements.admit(episode, program=clinic.outpatient, by=clinic.nurse)
    assert fresh(episode).stage == "treatment"


def test_use_after_the_clearance_takes_it_back_by_itself(clinic):
    episode = given.engaging(clinic, at=given.ago(hours=5))
    told = {"substance": "2004", "source": "person", "facility": clinic.here, "by": clinic.nurse}
    uses.record_use(episode.patient, last_used_at=given.ago(hours=9), **told)
    assert fresh(episode).cleared_at
    uses.record_use(episode.patient, last_used_at=given.ago(hours=1), **told)
    assert fresh(episode).cleared_at is None
    assert episode.clearances.get().withdrawn_reason == "used since the clearance"
    assert "clearance_again" in owed(episode)
