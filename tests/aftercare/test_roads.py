"""Whole roads, verb by verb: at every open step something is owed, and at the end nothing is."""

from datetime import timedelta

from django.utils import timezone

from aftercare.actions import calls, check_ins, closings, discharges, plans
from aftercare.models import CheckIn
from duties import actions as duties
from duties.models import Duty, Notice
from patients import actions as patients
from patients.models import ClearanceBasis, Entry
from tests import given
from tests.then import duty, fresh, owed, sees, steps
from treatment.actions import clearances, handovers, observations, placements
from treatment.models import BedStay

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_overdose_to_residential_to_outpatient_to_aftercare(clinic):
    came = given.ago(days=60)
    episode = given.a_handover(clinic, at=came).episode
    assert owed(episode) == ["arrival_observation", "talk"]
    observations.stop_observations(episode, reason="stable", by=clinic.nurse, at=came + 5 * HOUR)
    given.cleared_again(episode, clinic, at=came + 6 * HOUR)
    discharges.talk(episode, outcome="accepted", by=clinic.counselor, at=came + 8 * HOUR)
    assert owed(episode) == ["intake"]
    given.intake_done(episode, clinic, at=came + 20 * HOUR)
    assert owed(episode) == ["admission"]
    placements.admit(
        episode, program=clinic.residential, bed=clinic.beds[0], counselor=clinic.counselor, by=clinic.nurse,
        at=came + DAY,
    )  # fmt: skip
    assert owed(episode) == ["medication_reconciliation", "treatment_plan"]
    given.a_plan_in_force(episode, clinic, at=came + 3 * DAY)
    given.rated(episode, clinic, "some", at=came + 4 * DAY)
    given.level_assessed(episode, clinic, at=came + 19 * DAY)
    given.moved(episode, program=clinic.outpatient, by=clinic.counselor, at=came + 20 * DAY)
    assert owed(episode) == ["level_review", "medication_reconciliation", "treatment_plan"]
    assert not BedStay.objects.open().exists()
    given.leave(episode, clinic, coach=clinic.aftercare, at=came + 40 * DAY)
    assert owed(episode) == ["check_in"]
    first = CheckIn.objects.get()
    now = first.due_at + DAY + HOUR
    duties.tick(now)
    assert list(CheckIn.objects.unanswered(now)) == [first]
    calls.log_call(duty(episode, "contact"), outcome="no_answer", by=clinic.aftercare, at=now)
    check_ins.turn(first.due_at + 2 * DAY)
    calls.log_call(duty(episode, "contact"), outcome="reached", craving=30, by=clinic.aftercare, at=now + DAY)
    assert (fresh(first).outcome, first.answers.get().craving, owed(episode)) == ("missed", 30, ["check_in"])
    closings.close(episode, reason="completed", by=clinic.aftercare)
    assert owed(episode) == []
    assert steps(episode) == [
        "referred", "stabilizing", "engaging", "intake", "treatment", "aftercare", "closed",
    ]  # fmt: skip


def test_self_referral_with_no_overdose_to_outpatient(clinic):
    episode = given.self_referred(clinic)
    clearances.clear(episode, basis=ClearanceBasis.NOT_NEEDED, by=clinic.nurse)
    given.intake_done(episode, clinic, program=clinic.outpatient)
    placements.admit(episode, program=clinic.outpatient, by=clinic.intake)
    assert (fresh(episode).entry, steps(episode)) == ("self", ["referred", "intake", "treatment"])
    assert (owed(episode), BedStay.objects.count()) == (["medication_reconciliation", "treatment_plan"], 0)
    assert not episode.handovers.exists()


def test_declined_with_permission_stays_in_touch_and_may_come_back(clinic):
    episode = given.staying_in_touch(clinic, at=given.ago(days=5))
    first = CheckIn.objects.get()
    assert first.due_at - episode.stage_at < 3 * DAY
    check_ins.answer(first, how="call", by=clinic.aftercare, at=first.due_at)
    given.cleared_again(episode, clinic)
    plans.return_to_treatment(episode, program=clinic.outpatient, by=clinic.nurse)
    assert (steps(episode)[-2:], owed(episode)) == (
        ["aftercare", "treatment"],
        ["medication_reconciliation", "treatment_plan"],
    )


def test_declined_without_permission_is_closed_and_never_chased(clinic):
    episode = given.closed(clinic, at=given.ago(days=1))
    for later in (1, 30, 400):
        duties.tick(timezone.now() + later * DAY)
        check_ins.turn(timezone.now() + later * DAY)
    assert not Duty.objects.open().filter(patient=episode.patient).exists()
    assert not Notice.objects.unsent().filter(patient=episode.patient).exists()
    assert handovers.refer(
        facility=clinic.here, entry=Entry.RETURN, patient=episode.patient, by=clinic.intake
    ).previous == episode  # fmt: skip


def test_sent_out_and_back_after_the_hold_lapsed_and_then_discharged(clinic):
    left = given.ago(days=5)
    episode = given.sent_out(clinic, at=given.ago(days=9), left=left)
    assert placements.lapse_holds(timezone.now()) == 1
    assert owed(episode) == ["away", "bed_hold_lapsed", "medication_reconciliation", "treatment_plan"]
    given.cleared_again(episode, clinic, at=given.ago(days=1))
    placements.bring_back(episode, bed=clinic.beds[2], by=clinic.nurse)
    assert owed(episode) == ["medication_reconciliation", "treatment_plan"]
    given.leave(episode, clinic)
    assert (owed(episode), BedStay.objects.open().count()) == (["check_in"], 0)
    assert steps(episode)[-4:] == ["treatment", "stabilizing", "treatment", "aftercare"]


def test_not_coming_back_and_then_a_no(clinic):
    episode = given.sent_out(clinic)
    given.not_back(episode, clinic)
    discharges.talk(
        episode, outcome="declined", may_contact_again=True, information_offered=True, by=clinic.counselor
    )
    assert (steps(episode)[-3:], owed(episode)) == (["stabilizing", "engaging", "aftercare"], ["check_in"])


def test_coming_back_after_closing_begins_a_thread_that_knows_the_last(clinic):
    first = given.in_aftercare(clinic, at=given.ago(days=100))
    closings.close(first, reason="completed", by=clinic.aftercare)
    again = given.in_return(first.patient, clinic)
    assert (again.previous, again.entry, again.patient, owed(again)) == (first, "return", first.patient, ["intake"])
    assert again.cleared_at is None


def test_a_death_reported_withdrawn_reported_again_and_confirmed(clinic):
    episode = given.in_aftercare(clinic, at=given.ago(days=2))

    def report():
        return closings.report_death(episode.patient, facility=clinic.here, told_by="a friend", by=clinic.nurse)

    closings.withdraw_death_report(report(), reason="a mix-up of names", by=clinic.supervisor)
    assert owed(episode) == ["check_in"]
    closings.confirm_death(report(), reason="certificate", by=clinic.supervisor)
    assert (fresh(episode).close_reason, owed(episode)) == ("died", [])
    assert episode.patient.death_reports.count() == 2


def test_a_person_known_under_two_records_goes_on_as_one(clinic):
    elsewhere = patients.register(
        preferred_name="M.", facility=clinic.elsewhere, because="referral", at=given.ago(days=9)
    )
    episode = given.in_aftercare(clinic, at=given.ago(days=3))
    patients.merge(episode.patient, into=elsewhere, by=clinic.privacy)
    given.cleared_again(episode, clinic)
    plans.return_to_treatment(episode, program=clinic.outpatient, by=clinic.nurse)
    for record in (episode.patient, elsewhere):
        assert sees(clinic.nurse, record)
        assert sees(clinic.nurse_elsewhere, record, "nurse")
    given.leave(episode, clinic)
    closings.close(episode, reason="completed", by=clinic.aftercare)
    assert given.in_return(episode.patient, clinic).patient == elsewhere
