"""How people come: handed over after an overdose, or asking for help."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from duties.models import Duty
from patients.models import Entry
from tests import given
from tests.then import code_of, duty, forbidden, owed, refused, sees, steps
from treatment.actions import handovers
from treatment.models import Conversation, Handover, Intake, ObservationOrder
from treatment.models.handovers import WorkUp


def refer(clinic, **fields):
    fields = {"entry": Entry.SELF, "person": {"preferred_name": "Jo"}, **fields}
    return handovers.refer(facility=clinic.here, by=clinic.intake, **fields)


def test_a_handover_owes_a_talk_within_a_day(clinic):
    at = given.ago(hours=1)
    episode = given.a_handover(clinic, at=at).episode
    talk = duty(episode, "talk")
    assert (talk.due_at, talk.owner, talk.owner_role) == (at + timedelta(hours=24), None, Role.COUNSELOR)
    assert talk.conversation.episode == episode
    assert owed(episode) == ["arrival_observation", "talk"]


def test_a_handover_owes_the_talk_before_the_person_leaves(clinic):
    at = given.ago(minutes=1)
    episode = given.a_handover(clinic, at=at, expected_leaving_at=at + timedelta(hours=5)).episode
    assert duty(episode, "talk").due_at == at + timedelta(hours=5)


def test_a_person_who_should_have_left_is_talked_to_now(clinic):
    at = given.ago(minutes=1)
    episode = given.a_handover(clinic, at=at, expected_leaving_at=at - timedelta(hours=1)).episode
    assert duty(episode, "talk").due_at == at


def test_a_handover_leaves_the_person_stabilizing_and_seen_here(clinic):
    episode = given.a_handover(clinic).episode
    episode.refresh_from_db()
    assert (episode.stage, episode.entry, steps(episode)) == ("stabilizing", "overdose", ["referred", "stabilizing"])
    assert sees(clinic.nurse, episode.patient)
    assert not sees(clinic.nurse_elsewhere, episode.patient, "nurse")
    assert episode.patient.access.get().because == "handover"


def test_a_handover_writes_down_what_was_used(clinic):
    use = given.a_handover(clinic).patient.substance_uses.get()
    assert (use.substance, use.noted_by) == ("2004", clinic.nurse)


def test_a_handover_says_which_results_did_not_come_along(clinic, client):
    came = [code for code in WorkUp.values if code not in ("acetaminophen", "ck")]
    handover = given.a_handover(clinic, work_up=came)
    client.force_login(clinic.nurse)
    page = client.get(reverse("admin:treatment_handover_change", args=[handover.pk])).content.decode()
    assert "Acetaminophen level, CK" in page and "Salicylate level" in page
    with forbidden("a_work_up_is_of_what_is_looked_at"):
        Handover.objects.update(work_up=["horoscope"])


def test_a_person_without_a_name_is_called_unknown(clinic):
    handover = handovers.receive(
        facility=clinic.here, source="ambulance", consciousness="pain", breathing="slowed", by=clinic.nurse
    )
    assert handover.patient.preferred_name == "Unknown"


def test_somebody_with_an_open_thread_is_not_handed_over_again(clinic):
    patient = given.self_referred(clinic).patient
    with refused("episode_open"):
        handovers.receive(
            facility=clinic.here, patient=patient, source="hospital", consciousness="alert", breathing="normal",
            by=clinic.nurse,
        )  # fmt: skip


def test_a_handover_brought_twice_under_one_key_is_taken_once(clinic):
    first = given.a_handover(clinic)
    with refused("key_taken"):
        given.a_handover(clinic, "Other", id=first.pk)


def test_a_handover_that_fails_half_way_leaves_nobody_behind(clinic):
    with refused("use_in_the_future"):
        handovers.receive(
            facility=clinic.here, source="hospital", consciousness="alert", breathing="normal", by=clinic.nurse,
            at=given.ago(hours=1),
            substances=[{"substance": "2004", "source": "person", "last_used_at": given.ago(minutes=1)}],
        )  # fmt: skip


@pytest.mark.parametrize("entry", [Entry.SELF, Entry.OTHER_PROVIDER, Entry.COURT, Entry.RETURN])
def test_a_referral_owes_an_intake_within_three_days(clinic, entry):
    at = given.ago(hours=1)
    episode = refer(clinic, entry=entry, at=at)
    assert (episode.stage, episode.entry, steps(episode)) == ("intake", entry, ["referred", "intake"])
    intake = duty(episode, "intake")
    assert (intake.due_at, intake.owner_role) == (at + timedelta(hours=72), Role.INTAKE)
    assert owed(episode) == ["intake"]
    assert sees(clinic.intake, episode.patient)


def test_a_referral_may_name_who_does_the_intake(clinic):
    assert duty(refer(clinic, owner=clinic.intake), "intake").owner == clinic.intake


def test_whoever_does_the_intake_works_in_intake_here(clinic):
    with refused("not_a_member"):
        refer(clinic, owner=clinic.nurse_elsewhere)


def test_an_overdose_is_no_referral(clinic):
    with refused("wrong_entry"):
        refer(clinic, entry=Entry.OVERDOSE)


def test_a_referral_is_about_somebody(clinic):
    with refused("person_missing"):
        refer(clinic, person=None)


def test_somebody_with_an_open_thread_is_not_referred_again(clinic):
    patient = given.self_referred(clinic).patient
    with refused("episode_open"):
        refer(clinic, person=None, patient=patient)


def test_of_two_handovers_of_one_person_at_once_one_is_told_it_is_open(committed_clinic, run_both):
    clinic = committed_clinic
    patient = given.closed(clinic).patient

    def receive():
        return handovers.receive(
            facility=clinic.here, patient=patient, source="hospital", consciousness="alert", breathing="normal",
            by=clinic.nurse,
        )  # fmt: skip

    results = run_both(receive, receive)
    assert sorted(code_of(r.error) if r.error else "received" for r in results) == ["episode_open", "received"]
    assert Handover.objects.filter(patient=patient).count() == 2
    assert Conversation.objects.planned().count() == ObservationOrder.objects.open().count() == 1
    assert Duty.objects.open().count() == 2
    assert not Intake.objects.exists()


def test_whoever_leaves_sooner_than_thought_is_talked_to_sooner(clinic):
    handover = given.a_handover(clinic)
    soon = timezone.now() + timedelta(hours=3)
    handovers.expect_leaving(handover, expected_leaving_at=soon, by=clinic.nurse)
    assert duty(handover.episode, "talk").due_at == soon
    handovers.expect_leaving(handover, expected_leaving_at=soon + timedelta(hours=9), by=clinic.nurse)
    assert duty(handover.episode, "talk").due_at == soon  # never later
