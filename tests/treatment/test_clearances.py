"""Is the person medically ready?"""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from duties import actions as duties
from patients.models import ClearanceBasis
from tests import given
from tests.then import duty, forbidden, fresh, owed, refused, steps
from treatment.actions import clearances
from treatment.models import Checklist, Clearance


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
    assert (episode.stage, steps(episode)[-1], owed(episode)) == ("engaging", "engaging", ["talk"])
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


def test_during_treatment_nobody_is_cleared_again(clinic):
    episode = given.in_bed(clinic)
    with refused("wrong_stage"):
        clear(episode, clinic)


def test_a_checklist_never_changes(clinic):
    with forbidden("a_checklist_never_changes"):
        Checklist.objects.update(items=[])
