"""What comes before leaving and what is owed after it: the checklist, the summary, two signatures, arriving."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from aftercare.actions import closings, discharges, lost, plans, transfers
from aftercare.models import AftercarePlan
from patients import actions as patients
from tests import given
from tests.then import duty, forbidden, fresh, owed, refused
from treatment.actions import discharges as sides
from treatment.actions import medication, proposals, sessions
from treatment.actions import transfers as sending
from treatment.models import Discharge, DischargeProposal, Transfer


def end(episode, clinic, reason="2", **fields):
    return discharges.discharge(episode, reason=reason, by=clinic.counselor, **fields)


# The checklist.


def test_a_planned_discharge_says_what_is_missing(clinic):
    episode = given.in_outpatient(clinic)
    answers = {**given.said(), "naloxone": {"answer": "not_done"}}
    del answers["crisis"]
    with pytest.raises(ValidationError) as caught:
        end(episode, clinic, "1", checklist_answers=answers)
    assert ({error.code for error in caught.value.error_list}, caught.value.messages) == (
        {"not_ready"},
        [
            "Crisis numbers, and what to do in a crisis: not answered",
            "Naloxone for the case that opioids are about: not done",
        ],
    )
    with refused("not_on_checklist"):
        end(episode, clinic, "1", checklist_answers={**given.said(), "cake": {"answer": "done"}})
    assert fresh(episode).stage == "treatment"
    answers |= {"crisis": {"answer": "done"}, "naloxone": {"answer": "declined"}}
    left = end(episode, clinic, "1", checklist_answers=answers)
    assert (left.information_offered, left.rest_duty, owed(episode)) == (True, None, ["check_in", "sign_summary"])


def test_whoever_leaves_unplanned_is_let_go_and_the_rest_is_owed(clinic):
    episode = given.in_outpatient(clinic)
    left = end(episode, clinic, "2", checklist_answers={"crisis": {"answer": "done"}})
    rest = duty(episode, "discharge_rest")
    assert (left.rest_duty, left.information_offered) == (rest, False)
    assert "Tolerance is lower now" in rest.note and "Crisis" not in rest.note
    said = given.said()
    most = {code: said[code] for code in ("overdose", "tolerance", "naloxone")}
    with refused("not_on_checklist"):
        sides.complete_checklist(left, checklist_answers={"cake": {"answer": "done"}}, by=clinic.nurse)
    left = sides.complete_checklist(left, checklist_answers=most, by=clinic.nurse)
    assert (left.information_offered, "discharge_rest" in owed(episode)) == (True, True)
    sides.complete_checklist(left, checklist_answers=said, by=clinic.nurse)
    assert (fresh(rest).outcome, owed(episode)) == ("resolved", ["check_in", "sign_summary"])


# The summary.


def test_the_summary_is_drafted_from_the_record_and_quotes_no_note(clinic):
    began = given.ago(days=10)
    episode = given.in_bed(clinic, at=began)
    episode.intakes.update(goals="To sleep, and to see my son.")
    sessions.sign(given.a_session(episode, clinic, text="A secret.", at=given.ago(days=8)), by=clinic.counselor)
    given.moved(episode, program=clinic.outpatient, by=clinic.counselor, at=given.ago(days=4))
    given.a_session(episode, clinic, text="Another.", at=given.ago(days=2))
    given.an_allergy(episode.patient, clinic)
    taken = given.taking(episode.patient, clinic, dose="1 tablet", how_often="every morning")
    medication.decide_medication(
        taken, decision="go_on", decision_in_words="until the doctor is seen", by=clinic.prescriber
    )
    stopped = given.taking(episode.patient, clinic, "zolpidem 10 mg")
    medication.decide_medication(stopped, decision="stopped", by=clinic.prescriber)
    answers = {**given.said(), "naloxone": {"answer": "declined", "note": "has some"}}
    text = end(episode, clinic, "1", going_to="Her sister", checklist_answers=answers).summary
    for line in (
        "- Residential, level 3.5 (Clinically managed high-intensity residential): ",
        "6 day(s)",
        "- Outpatient, level 1.5 (Outpatient therapy): ",
        "What the person wanted: To sleep, and to see my son.",
        "Sessions: came to 2 of 2; 1 note(s) signed.",
        "Allergies: Penicillin.",
        "- sertraline 50 mg, 1 tablet, every morning; goes on; until the doctor is seen",
        "Reason for leaving: treatment completed.",
        "Going to: Her sister.",
        "- Naloxone for the case that opioids are about: offered and declined (has some)",
    ):
        assert line in text
    assert "secret" not in text and "Maria" not in text and "zolpidem" not in text


def test_a_summary_is_edited_until_it_is_signed_and_never_after(clinic):
    episode = given.in_outpatient(clinic)
    left = end(episode, clinic, summary="My own words.")
    assert left.summary == "My own words."
    sides.write_summary(left, summary="", by=clinic.nurse)
    with refused("summary_empty"):
        sides.sign_discharge_summary(left, by=clinic.nurse)
    left = sides.write_summary(left, summary="Better words.", by=clinic.nurse)
    signed = sides.sign_discharge_summary(left, by=clinic.counselor)
    assert (signed.summary_signed_by, "sign_summary" in owed(episode)) == (clinic.counselor, False)
    with refused("summary_signed"):
        sides.write_summary(left, summary="Others.", by=clinic.counselor)
    with refused("summary_signed"):
        sides.sign_discharge_summary(left, by=clinic.counselor)
    for change in ({"summary": "Others."}, {"summary_signed_at": None}, {"reason": "1"}):
        with forbidden("a_signed_summary_never_changes"):
            Discharge.objects.update(**change)
    sides.complete_checklist(left, checklist_answers=given.said(), by=clinic.nurse)
    patients.mark_error(fresh(left), reason="wrong person", by=clinic.counselor)


# Ended by the facility.


def propose(episode, clinic, **fields):
    return proposals.propose_discharge(
        episode,
        **{
            "grounds": ["violence", "use"],
            "what_happened": "A fight.",
            "alternative": "Day program at Pier.",
            "by": clinic.counselor,
            **fields,
        },
    )


def test_use_alone_ends_nobodys_treatment(clinic):
    episode = given.in_outpatient(clinic)
    for grounds, code in (
        (["use"], "use_is_no_ground"),
        (["use", "use"], "use_is_no_ground"),
        ([], "ground_missing"),
    ):
        with refused(code):
            propose(episode, clinic, grounds=grounds)
    with refused("alternative_missing"):
        propose(episode, clinic, alternative="")
    made = propose(episode, clinic)
    assert (made.grounds, duty(episode, "discharge_proposal").owner_role) == (["use", "violence"], "supervisor")
    with refused("proposed_already"):
        propose(episode, clinic)
    with forbidden("use_alone_ends_no_treatment"):
        DischargeProposal.objects.update(grounds=["use"])


def test_a_facility_ends_treatment_only_with_two_signatures(clinic):
    episode = given.in_outpatient(clinic)
    leave = {"reason": "3", "checklist_answers": given.said()}
    with refused("two_signatures_needed"):
        end(episode, clinic, **leave)
    made = propose(episode, clinic, by=clinic.supervisor)
    with refused("two_signatures_needed"):
        end(episode, clinic, **leave)
    with refused("second_signature_same"):
        proposals.agree_to_discharge(made, by=clinic.supervisor)
    with refused("second_signature_role"):
        proposals.agree_to_discharge(made, by=clinic.nurse)
    proposals.agree_to_discharge(made, by=clinic.prescriber)
    with refused("agreed_already"):
        proposals.agree_to_discharge(made, by=clinic.prescriber)
    assert "discharge_proposal" not in owed(episode)
    left = end(episode, clinic, **leave)
    assert (left.proposal, fresh(made).outcome) == (made, "carried_out")
    with forbidden("ending_treatment_needs_a_proposal"):
        Discharge.objects.update(proposal=None)
    with forbidden("a_second_signature_is_somebody_elses"):
        DischargeProposal.objects.update(agreed_by=clinic.supervisor)


def test_a_proposal_that_is_withdrawn_or_overtaken_ends_nothing(clinic):
    episode = given.in_outpatient(clinic)
    made = proposals.agree_to_discharge(propose(episode, clinic), by=clinic.prescriber)
    proposals.withdraw_proposal(made, reason="they talked", by=clinic.counselor)
    with refused("two_signatures_needed"):
        end(episode, clinic, "3", checklist_answers=given.said())
    with refused("proposal_ended"):
        proposals.agree_to_discharge(made, by=clinic.supervisor)
    again = propose(episode, clinic)
    end(episode, clinic, "1", checklist_answers=given.said())
    assert (fresh(again).outcome, "discharge_proposal" in owed(episode)) == ("withdrawn", False)


# Arriving elsewhere.


def on_the_way(clinic, at=None):
    """Transferred to another provider at discharge."""
    episode = given.in_outpatient(clinic, at=at)
    given.leave(episode, clinic, reason="4", going_to="Pier House", contact="+1 555 0177", at=at)
    return episode, episode.transfers.get()


def test_a_transfer_is_on_the_way_until_somebody_there_says_that_the_person_arrived(clinic):
    episode = given.in_outpatient(clinic)
    with refused("destination_missing"):
        end(episode, clinic, "4", checklist_answers=given.said())
    at = timezone.now()
    left = given.leave(episode, clinic, reason="4", going_to="Pier House", at=at)
    sent = Transfer.objects.get()
    assert (sent.discharge, sent.duty.due_at, owed(episode)) == (left, at + timedelta(hours=72), ["transfer"])
    assert (fresh(episode).stage, AftercarePlan.objects.exists()) == ("aftercare", False)
    for reason in ("transferred", "completed", "administrative"):
        with refused("arrival_not_confirmed"):
            closings.close(episode, reason=reason, by=clinic.supervisor)
    with refused("told_by_missing"):
        transfers.confirm_arrival(sent, told_by="", by=clinic.counselor)
    transfers.confirm_arrival(sent, told_by="their nurse", by=clinic.counselor)
    assert owed(episode) == ["transfer_close"]
    with refused("transfer_ended"):
        transfers.not_arrived(sent, reason="oh", by=clinic.counselor)
    closings.close(episode, reason="transferred", by=clinic.supervisor)
    assert (fresh(episode).close_reason, owed(episode)) == ("transferred", [])


def test_whoever_is_on_the_way_is_not_lost_before_somebody_asks_whether_they_arrived(clinic):
    episode, sent = on_the_way(clinic, at=given.ago(days=40))
    with refused("arrival_not_confirmed"):
        lost.declare_lost(episode, reason="quiet", by=clinic.supervisor)
    transfers.not_arrived(sent, reason="never came", by=clinic.counselor)
    assert {"check_in", "contact"} <= set(owed(episode))


def test_whoever_arrived_once_and_was_sent_on_again_is_transferred_by_the_last(clinic):
    episode, sent = on_the_way(clinic)
    transfers.confirm_arrival(sent, told_by="their nurse", keep_in_touch=True, by=clinic.counselor)
    again = sending.refer_elsewhere(episode, kind="provider", destination="Bay", by=clinic.intake)
    transfers.not_arrived(again, reason="no room", by=clinic.intake)
    with refused("arrival_not_confirmed"):
        closings.close(episode, reason="transferred", by=clinic.supervisor)


def test_whoever_did_not_arrive_is_called_and_followed_up(clinic):
    episode, sent = on_the_way(clinic)
    gone = transfers.not_arrived(sent, reason="nobody came", by=clinic.counselor)
    assert (gone.outcome, owed(episode)) == ("not_arrived", ["check_in", "contact"])
    assert AftercarePlan.objects.get().discharge == sent.discharge
    with refused("arrival_not_confirmed"):
        closings.close(episode, reason="transferred", by=clinic.supervisor)


def test_we_may_stay_in_touch_with_whoever_arrived(clinic):
    episode, sent = on_the_way(clinic)
    transfers.confirm_arrival(sent, told_by="their nurse", keep_in_touch=True, by=clinic.counselor)
    assert (AftercarePlan.objects.get().schedule.slug, owed(episode)) == ("stay-in-touch", ["check_in"])


def test_whoever_comes_back_to_treatment_is_on_the_way_no_more(clinic):
    episode, sent = on_the_way(clinic)
    given.cleared_again(episode, clinic)
    plans.return_to_treatment(episode, program=clinic.outpatient, by=clinic.nurse)
    assert (fresh(sent).outcome, owed(episode)) == ("called_off", ["medication_reconciliation", "treatment_plan"])


def test_a_minor_s_thread_stays_until_the_youth_service_has_them(clinic):
    episode = given.ready(clinic)
    sent = sending.refer_elsewhere(episode, kind="youth_service", destination="Youth at Pier", by=clinic.intake)
    assert owed(episode) == ["admission", "youth_referral"]
    with refused("on_the_way_already"):
        sending.refer_elsewhere(episode, kind="provider", destination="Elsewhere", by=clinic.intake)
    with refused("arrival_not_confirmed"):
        closings.close(episode, reason="transferred", by=clinic.supervisor)
    transfers.not_arrived(sent, reason="full there", by=clinic.intake)
    assert owed(episode) == ["admission", "contact"]
    sent = sending.refer_elsewhere(episode, kind="youth_service", destination="Youth at Bay", by=clinic.intake)
    transfers.confirm_arrival(sent, told_by="their desk", by=clinic.intake)
    closings.close(episode, reason="transferred", by=clinic.supervisor)
    assert (fresh(episode).stage, owed(episode)) == ("closed", [])
    with forbidden("a_transfer_ends_with_who_and_how"):
        Transfer.objects.update(outcome="")
    inside = given.in_outpatient(clinic, "Ada")
    with refused("wrong_stage"):
        sending.refer_elsewhere(inside, kind="provider", destination="X", by=clinic.intake)
