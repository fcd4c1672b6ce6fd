"""Intake."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import Role
from duties import actions as duties
from patients import actions as patients
from tests import given
from tests.then import duty, forbidden, fresh, owed, refused, steps
from treatment.actions import handovers, intakes, placements, uses
from treatment.models import Intake
from treatment.views.intakes import CompleteIntake


def in_intake(clinic, **fields):
    """Said yes, and was asked about suicide."""
    episode = given.in_intake(clinic, **fields)
    given.asked(episode, clinic, at=episode.stage_at)
    return episode


def complete(episode, clinic, **fields):
    fields = {"program": clinic.residential, "patient_notice_given": True, "by": clinic.intake, **fields}
    return intakes.complete_intake(episode, **fields)


def test_a_completed_intake_owes_the_admission_within_a_day(clinic):
    episode = in_intake(clinic, at=given.ago(hours=2))
    owed_before = duty(episode, "intake")
    at = given.ago(hours=1)
    intake = complete(episode, clinic, goals="Sleep", patient_notice_given=True, at=at)
    assert (intake.completed_at, intake.completed_by, intake.goals) == (at, clinic.intake, "Sleep")
    assert (intake.program, intake.patient_notice_given, intake.agreed_to_treatment) == (
        clinic.residential,
        True,
        True,
    )
    assert owed(episode) == ["admission"]
    admission = duty(episode, "admission")
    assert (admission.due_at, admission.owner_role) == (at + timedelta(hours=24), Role.INTAKE)
    assert intake.admission_duty == admission
    assert (fresh(owed_before).outcome, fresh(owed_before).closed_by) == ("resolved", clinic.intake)
    assert (fresh(episode).stage, steps(episode)[-1]) == ("intake", "intake")


def test_an_intake_may_say_by_when_to_admit(clinic):
    by_then = timezone.now() + timedelta(days=6)
    assert complete(in_intake(clinic), clinic, admit_by=by_then).admission_duty.due_at == by_then


def test_an_admission_is_at_most_95_days_ahead(clinic):
    episode = in_intake(clinic)
    with refused("too_far_ahead"):
        complete(episode, clinic, admit_by=timezone.now() + timedelta(days=96))


def test_an_intake_belongs_to_its_stage(clinic):
    episode = given.engaging(clinic)
    with refused("wrong_stage"):
        complete(episode, clinic)


def test_an_intake_is_completed_once(clinic):
    episode = given.taken_in(clinic)
    assert CompleteIntake.why_not(episode) == "The intake was completed already."
    with refused("intake_done"):
        complete(episode, clinic)


def test_nobody_is_taken_in_who_has_not_agreed(clinic):
    episode = in_intake(clinic)
    with refused("not_agreed"):
        complete(episode, clinic, agreed_to_treatment=False)


def test_an_intake_whose_duty_was_ended_by_hand_can_still_be_completed(clinic):
    episode = in_intake(clinic)
    given.a_call_owed(episode, clinic)
    duties.excuse(duty(episode, "intake"), reason="done on paper", by=clinic.intake)
    complete(episode, clinic)
    assert "admission" in owed(episode)


def test_raw_sql_cannot_plan_two_intakes(clinic):
    episode = in_intake(clinic)
    other = duty(given.self_referred(clinic), "intake")
    free = duties.renew(other, due_at=timezone.now(), by=clinic.intake)
    with forbidden("one_planned_intake_per_episode"):
        Intake.objects.create(patient=episode.patient, facility=clinic.here, episode=episode, duty=free)


def test_an_intake_entered_in_error_makes_room_for_the_right_one(clinic):
    episode = in_intake(clinic)
    patients.mark_error(episode.intakes.get(), reason="wrong form", by=clinic.intake)
    other = duties.renew(duty(given.self_referred(clinic), "intake"), due_at=timezone.now(), by=clinic.intake)
    Intake.objects.create(patient=episode.patient, facility=clinic.here, episode=episode, duty=other)


def test_raw_sql_cannot_complete_an_intake_that_leads_nowhere(clinic):
    intake = in_intake(clinic).intakes.get()
    with forbidden("a_completed_intake_leads_to_admission"):
        Intake.objects.filter(pk=intake.pk).update(completed_at=timezone.now(), completed_by=clinic.intake)
    with forbidden("an_intake_has_who"):
        Intake.objects.filter(pk=intake.pk).update(completed_at=timezone.now(), admission_duty=intake.duty)


def test_admission_follows_the_intake(clinic):
    episode = in_intake(clinic)
    with refused("intake_open"):
        placements.admit(episode, program=clinic.residential, bed=clinic.beds[0], by=clinic.nurse)


def test_a_notice_that_was_put_off_is_owed_until_it_is_given(clinic):
    episode = in_intake(clinic)
    with refused("notice_missing"):
        complete(episode, clinic, patient_notice_given=False)
    intake = complete(episode, clinic, patient_notice_given=False, notice_deferred_because="still confused")
    assert (owed(episode), intake.notice_given_at) == (["admission", "patient_notice"], None)
    with refused("notice_open"):
        duties.resolve(intake.notice_duty, by=clinic.intake)
    intake = intakes.give_notice(intake, by=clinic.intake)
    assert (intake.patient_notice_given, intake.notice_given_by, owed(episode)) == (
        True,
        clinic.intake,
        ["admission"],
    )
    with refused("notice_given"):
        intakes.give_notice(intake, by=clinic.intake)


def test_who_may_consent_for_a_minor_is_recorded(clinic):
    episode = in_intake(clinic)
    patients.amend(episode.patient, birth_date=timezone.localdate() - timedelta(days=17 * 365), by=clinic.intake)
    with refused("consent_basis_missing"):
        complete(episode, clinic)
    with refused("consent_name_missing"):
        complete(episode, clinic, consent_basis="minor_and_parent")
    intake = complete(episode, clinic, consent_basis="minor_and_parent", consent_given_by="Ines, mother")
    assert (intake.consent_basis, intake.consent_given_by) == ("minor_and_parent", "Ines, mother")
    assert not episode.patient.supporters.exists()  # nobody is contacted because of it


def reported(intake):
    return [intake.referral_source, intake.justice_referral, intake.co_occurring, intake.opioid_therapy]


def test_what_is_reported_of_an_admission_is_what_the_record_has_already(clinic):
    """Handed over by a hospital; depressed; opioids used, and their medication offered (TEDS, domain 3.2)."""
    nothing_known = given.taken_in(clinic, "Maria").intakes.get()
    assert reported(nothing_known) == ["3", "96", "98", "96"]
    episode = given.in_intake(clinic, "Jo")
    given.a_condition(episode.patient, clinic, code="F32.1", words="Depression")
    given.using(episode.patient, clinic, substance="0706", rank="1")
    offer = episode.medication_offers.get()
    uses.offer_medication(offer, response="declined", by=clinic.nurse)
    assert reported(given.intake_done(episode, clinic).intakes.get()) == ["3", "96", "1", "2"]


def test_what_is_ordered_against_opioids_is_opioid_therapy(clinic):
    episode = given.in_intake(clinic)
    given.using(episode.patient, clinic, substance="0501", rank="1")
    given.ordered(episode, clinic, "Buprenorphine", dose="8", dose_unit="mg", indication="Opioid use disorder")
    assert reported(given.intake_done(episode, clinic).intakes.get())[3] == "1"


def test_where_only_ketamine_is_used_no_opioid_therapy_is_reported(clinic):
    episode = given.in_intake(clinic)
    given.using(episode.patient, clinic)
    given.a_condition(episode.patient, clinic, code="F16.20", words="Ketamine use disorder, moderate")
    assert reported(given.intake_done(episode, clinic).intakes.get()) == ["3", "96", "98", "96"]


def test_who_in_criminal_justice_referred_is_said_there_and_nowhere_else(clinic, api):
    episode = handovers.refer(
        facility=clinic.here, entry="court", person={"preferred_name": "Cole"}, by=clinic.intake
    )
    given.cleared_again(episode, clinic)
    intake = given.intake_done(episode, clinic, program=clinic.outpatient).intakes.get()
    assert reported(intake)[:2] == ["7", "97"]
    client, url = api(clinic.intake), f"/api/v1/intakes/{intake.pk}/amend/"
    said = client.post(url, {"justice_referral": "3", "co_occurring": "2"}, format="json").json()
    assert [said[field] for field in ("referral_source", "justice_referral", "co_occurring")] == ["7", "3", "2"]
    answer = client.post(url, {"referral_source": "1", "justice_referral": "3"}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "justice_referral_mismatch")
    assert client.post(url, {"referral_source": "1"}, format="json").json()["justice_referral"] == "96"
    with forbidden("who_in_justice_referred_is_said_where_it_did"):
        Intake.objects.filter(pk=intake.pk).update(referral_source="7")


def test_only_what_was_completed_is_reported(clinic):
    planned = given.self_referred(clinic).intakes.get()
    with refused("intake_open"):
        intakes.amend_intake(planned, co_occurring="1", by=clinic.intake)
