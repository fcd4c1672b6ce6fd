"""Closing an episode; a death reported, withdrawn, confirmed."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import Role, User
from aftercare.actions import check_ins, closings, discharges, exchanges
from aftercare.models import CheckIn, DeathReport
from duties import actions as duties
from duties.models import Duty, Notice
from patients import actions as patients
from patients.models import Entry, Patient
from tests import given
from tests.then import code_of, duty, forbidden, fresh, owed, refused, steps
from treatment.actions import departures, handovers, observations, safety, uses
from treatment.models import Bed, BedStay


def close(episode, clinic, reason="administrative", **fields):
    said = {"by": clinic.supervisor, "note": "the other thread goes on", **fields}
    return closings.close(episode, reason=reason, **said)


def report(patient, clinic, **fields):
    return closings.report_death(
        patient, **{"facility": clinic.here, "told_by": "a friend", "by": clinic.nurse, **fields}
    )


# Closing.


def away_from_intake(clinic):
    episode = given.in_intake(clinic)
    given.send_out(episode, clinic)
    return episode


def thinks_about_it(clinic):
    episode = given.engaging(clinic)
    discharges.talk(episode, outcome="thinking", **ASKED, by=clinic.counselor)
    return fresh(episode)


ASKED = {"may_contact_again": True, "contact_how": "by phone", "information_offered": True}
STAGES = [
    thinks_about_it,
    given.in_intake,
    given.taken_in,
    given.in_aftercare,
    given.staying_in_touch,
    given.sent_out,
    away_from_intake,
]


@pytest.mark.parametrize("stage", STAGES)
def test_closing_ends_everything_owed_with_the_reason(clinic, stage):
    episode = stage(clinic)
    given.a_session(episode, clinic)
    before = list(episode.duties.open())
    close(episode, clinic, note="moved away")
    closed = fresh(episode)
    assert (closed.stage, closed.close_reason, closed.closed_by) == ("closed", "administrative", clinic.supervisor)
    assert (closed.events.last().reason, owed(episode)) == ("moved away", [])
    assert {fresh(duty).outcome for duty in before} == {"canceled"}
    assert not Notice.objects.unsent().filter(duty__episode=episode).exists()
    assert not BedStay.objects.open().exists()
    assert not CheckIn.objects.open().exists()
    assert not closed.placements.open().exists()
    assert not closed.absences.open().exists()
    assert not closed.aftercare_plans.active().exists()


def test_closing_while_stabilizing_ends_the_talk(clinic):
    episode = given.a_handover(clinic).episode
    discharges.talk(episode, outcome="not_able", **ASKED, by=clinic.counselor)
    with refused("safety_owed"):  # they are here, and observed
        close(episode, clinic)
    observations.stop_observations(episode, reason="awake and walking", by=clinic.nurse)
    close(episode, clinic)
    assert (owed(episode), steps(episode)) == ([], ["referred", "stabilizing", "closed"])


@pytest.mark.parametrize("reason", ["administrative", "completed"])
def test_before_treatment_nobody_is_closed_by_us_whom_nobody_asked(clinic, reason):
    stabilizing, engaging = given.a_handover(clinic).episode, given.engaging(clinic, "Tess")
    observations.stop_observations(stabilizing, reason="awake and walking", by=clinic.nurse)
    for episode in (stabilizing, engaging):
        with refused("not_asked"):
            close(episode, clinic, reason)


def test_an_administrative_closing_says_why(clinic):
    with refused("reason_missing"):
        close(given.in_aftercare(clinic), clinic, note=" ")


def test_nobody_is_closed_by_us_while_something_for_their_safety_is_owed(clinic):
    episode = thinks_about_it(clinic)
    screen = given.asked(episode, clinic, thoughts=True)
    for reason in ("administrative", "completed"):
        with refused("safety_owed"):
            close(episode, clinic, reason)
    safety.record_safety_plan(screen, safety_plan="Calls her sister.", by=clinic.nurse)
    given.using(episode.patient, clinic, "0201", frequency="5")
    with refused("safety_owed"):
        close(episode, clinic)
    review = duty(episode, "withdrawal_review").withdrawal_review
    uses.record_withdrawal_review(review, taper=False, plan="Watched.", by=clinic.prescriber)
    close(episode, clinic)
    assert fresh(episode).stage == "closed"


def test_whoever_is_looked_for_is_not_closed_by_us(clinic):
    thread = given.in_intake(clinic, "Noa")
    departures.report_missing(thread, by=clinic.nurse)
    with refused("safety_owed"):
        close(thread, clinic)
    with pytest.raises(ValidationError, match="Look for the person"):
        close(thread, clinic)


def test_nobody_is_closed_out_of_treatment(clinic):
    episode = given.in_bed(clinic)
    with refused("still_in_treatment"):
        close(episode, clinic)


@pytest.mark.parametrize("stage", [*STAGES, given.in_bed, given.waiting, given.closed])
def test_a_thread_begun_by_mistake_ends_wherever_it_is_and_counts_for_nothing(clinic, stage):
    made = stage(clinic)
    episode = getattr(made, "episode", made)
    closings.mark_error(episode, reason="the other Maria", by=clinic.supervisor)
    marked = fresh(episode)
    assert (marked.stage, marked.entered_in_error_reason, owed(episode)) == ("closed", "the other Maria", [])
    for rows in (
        marked.placements,
        marked.handovers,
        marked.intakes,
        marked.aftercare_plans,
        marked.wait_list_entries,
    ):
        assert not rows.right().exists()
    assert not CheckIn.objects.open().exists()
    assert set(clinic.beds) == set(Bed.objects.free())
    again = given.in_return(episode.patient, clinic)
    assert again.previous is None
    with refused("error_marked"):
        closings.mark_error(marked, reason="twice", by=clinic.supervisor)


def test_an_episode_is_closed_once(clinic):
    episode = given.closed(clinic)
    with refused("closed_already"):
        close(episode, clinic)


def test_a_death_is_no_reason_to_close(clinic):
    episode = given.engaging(clinic)
    with refused("report_the_death"):
        close(episode, clinic, "died")


def test_an_episode_is_not_closed_before_its_last_step(clinic):
    episode = given.in_aftercare(clinic)
    with refused("before_last_step"):
        close(episode, clinic, at=given.ago(days=3))


def test_contact_is_not_lost_by_closing(clinic):
    episode = given.in_aftercare(clinic, at=given.ago(days=40))
    with refused("declare_lost"):
        close(episode, clinic, "lost")


def test_an_episode_closed_twice_at_once_is_closed_once(committed_clinic, run_both):
    clinic = committed_clinic
    episode = given.in_aftercare(clinic)
    results = run_both(*[lambda: close(episode, clinic)] * 2)
    assert sorted(code_of(r.error) if r.error else "closed" for r in results) == ["closed", "closed_already"]


# A death.


@pytest.fixture
def episode(clinic):
    return given.in_aftercare(clinic, at=given.ago(hours=20))


def test_a_reported_death_pauses_what_is_owed_and_owes_finding_out(clinic, episode):
    check_in = CheckIn.objects.get()
    duties.tick(check_in.due_at)
    assert Notice.objects.filter(to_patient=True).unsent().exists()
    at = timezone.now()
    made = report(episode.patient, clinic, at=at)
    patient = fresh(episode.patient)
    assert (patient.death_reported_at, patient.death_reported_by) == (at, clinic.nurse)
    review = duty(episode, "death_review")
    assert (review.due_at, review.owner_role, review.suspended_at) == (
        at + timedelta(hours=24),
        Role.SUPERVISOR,
        None,
    )
    assert (made.duty, made.told_by, made.episode) == (review, "a friend", episode)
    paused = fresh(check_in.duty)
    assert (paused.suspended_at, paused.next_action_at) == (at, at + timedelta(hours=72))
    assert not Notice.objects.filter(to_patient=True).unsent().exists()
    assert fresh(episode).stage == "aftercare"


def test_nobody_is_told_anything_while_a_death_is_reported(clinic, episode):
    due = CheckIn.objects.get().due_at
    report(episode.patient, clinic)
    duties.tick(due)
    assert not Notice.objects.filter(to_patient=True).unsent().exists()


@pytest.mark.parametrize("heard", ["an answer", "a text"])
def test_a_sign_of_life_is_told_at_once_to_whoever_finds_out_and_once(clinic, heard):
    episode = given.in_aftercare(clinic, at=given.ago(days=3))
    point = {"channel": "sms", "value": "+12125550188", "scopes": ["check_in"]}
    patients.verify(patients.add_contact_point(episode.patient, by=clinic.nurse, **point), by=clinic.nurse)
    report = closings.report_death(episode.patient, facility=clinic.here, told_by="a brother", by=clinic.nurse)
    review = report.duty
    assert review.due_at > timezone.now()
    for number in range(2):
        if heard == "an answer":
            check_in = CheckIn.objects.filter(plan__episode=episode).earliest("number")
            check_ins.answer(check_in, how="message", craving=0, by=clinic.aftercare)
        else:
            said = {"provider": "twilio", "provider_id": f"SM{number}", "number": "+12125550188", "body": "hello"}
            exchanges.hear(**said, by=User.objects.system())
        assert (fresh(review).climb, fresh(review).due_at <= timezone.now()) == (1, True)
    duties.tick()
    told = Notice.objects.get(duty=review, climb=1)
    assert (told.to_role, told.template) == ("supervisor", "due")
    assert review.events.filter(kind="rescheduled").get().note.startswith("heard from since")


def test_a_death_is_reported_once(clinic, episode):
    report(episode.patient, clinic)
    with refused("death_reported"):
        report(episode.patient, clinic)


def test_a_confirmed_death_closes_the_episode_with_nothing_owed(clinic, episode):
    made = report(episode.patient, clinic)
    at = timezone.now()
    confirmed = closings.confirm_death(made, reason="certificate", by=clinic.supervisor, at=at)
    assert (confirmed.confirmed_at, confirmed.confirmed_by, confirmed.reason) == (
        at,
        clinic.supervisor,
        "certificate",
    )
    assert fresh(episode.patient).death_confirmed_by == clinic.supervisor
    assert (fresh(episode).stage, fresh(episode).close_reason, owed(episode)) == ("closed", "died", [])
    assert fresh(made.duty).outcome == "resolved"
    assert not Duty.objects.open().filter(patient=episode.patient).exists()


def test_a_death_is_confirmed_in_treatment_too_and_frees_the_bed(clinic):
    episode = given.in_bed(clinic)
    closings.confirm_death(report(episode.patient, clinic), reason="in the unit", by=clinic.prescriber)
    assert (fresh(episode).stage, BedStay.objects.open().count()) == ("closed", 0)


def test_a_death_after_the_episode_was_closed_is_found_out_about_too(clinic):
    patient = given.closed(clinic).patient
    made = report(patient, clinic)
    assert (made.episode, made.duty.patient, made.duty.is_open()) == (None, patient, True)
    closings.confirm_death(made, reason="certificate", by=clinic.supervisor)
    assert not patient.duties.open().exists()


def test_a_confirmed_death_ends_what_is_owed_outside_the_episode_too(clinic, episode):
    check_in = CheckIn.objects.get()
    close(episode, clinic)
    check_ins.answer(check_in, how="message", wants_call=True, by=clinic.aftercare)
    assert episode.patient.duties.open().exists()
    closings.confirm_death(report(episode.patient, clinic), reason="certificate", by=clinic.supervisor)
    assert not episode.patient.duties.open().exists()


def test_after_a_withdrawn_report_everything_goes_on(clinic, episode):
    check_in = CheckIn.objects.get()
    made = report(episode.patient, clinic)
    withdrawn = closings.withdraw_death_report(made, reason="answered the phone", by=clinic.supervisor)
    assert (withdrawn.withdrawn_by, withdrawn.reason) == (clinic.supervisor, "answered the phone")
    patient = fresh(episode.patient)
    assert (patient.death_reported_at, patient.death_reported_by) == (None, None)
    assert (fresh(made.duty).outcome, owed(episode)) == ("resolved", ["check_in"])
    assert fresh(check_in.duty).suspended_at is None
    duties.tick(max(check_in.due_at, timezone.now()))
    assert Notice.objects.filter(to_patient=True, duty=check_in.duty).unsent().exists()


def test_a_report_is_answered_once(clinic, episode):
    made = report(episode.patient, clinic)
    closings.withdraw_death_report(made, reason="alive", by=clinic.nurse)
    for verb in (closings.withdraw_death_report, closings.confirm_death):
        with refused("report_withdrawn"):
            verb(made, reason="again", by=clinic.nurse)
    again = report(episode.patient, clinic)
    closings.confirm_death(again, reason="certificate", by=clinic.nurse)
    for verb in (closings.withdraw_death_report, closings.confirm_death):
        with refused("death_confirmed"):
            verb(again, reason="again", by=clinic.nurse)


def test_nobody_dead_begins_again(clinic, episode):
    closings.confirm_death(report(episode.patient, clinic), reason="certificate", by=clinic.nurse)
    with refused("death_reported"):
        handovers.refer(facility=clinic.here, entry=Entry.RETURN, patient=episode.patient, by=clinic.intake)
    with refused("death_reported"):
        report(episode.patient, clinic)


def test_a_review_ended_by_hand_does_not_hold_up_the_truth(clinic, episode):
    made = report(episode.patient, clinic)
    duties.excuse(made.duty, reason="done", by=clinic.supervisor)
    closings.withdraw_death_report(made, reason="alive", by=clinic.supervisor)
    assert fresh(episode.patient).death_reported_at is None


def test_raw_sql_cannot_report_one_death_twice(clinic, episode):
    made = report(episode.patient, clinic)
    free = duty(episode, "check_in")

    def again():
        return DeathReport.objects.create(
            patient=episode.patient, facility=clinic.here, duty=free, told_by="x", reported_at=timezone.now(),
            reported_by=clinic.nurse,
        )  # fmt: skip

    with forbidden("one_death_report_per_person"):
        again()
    patients.mark_error(made, reason="wrong person", by=clinic.nurse)
    again()


def test_raw_sql_cannot_half_record_a_death(clinic, episode):
    report(episode.patient, clinic)
    now = timezone.now()
    with forbidden("a_death_confirmation_has_who"):
        DeathReport.objects.update(confirmed_at=now)
    with forbidden("a_death_withdrawal_has_who"):
        DeathReport.objects.update(withdrawn_at=now)
    with forbidden("a_reported_death_has_who"):
        Patient.objects.filter(pk=episode.patient_id).update(death_reported_by=None)
    with forbidden("a_confirmed_death_has_who"):
        Patient.objects.filter(pk=episode.patient_id).update(death_confirmed_at=now)


def test_a_death_confirmed_and_withdrawn_at_once_is_one_or_the_other(committed_clinic, run_both):
    clinic = committed_clinic
    episode = given.in_aftercare(clinic)
    made = report(episode.patient, clinic)
    results = run_both(
        lambda: closings.confirm_death(made, reason="certificate", by=clinic.supervisor),
        lambda: closings.withdraw_death_report(made, reason="alive", by=clinic.nurse),
    )
    codes = [code_of(r.error) if r.error else None for r in results]
    assert codes in ([None, "death_confirmed"], ["report_withdrawn", None])
    assert fresh(episode).stage == ("closed" if codes[0] is None else "aftercare")


@pytest.mark.parametrize("reason", ["declined", "withdrew"])
def test_whoever_says_no_was_asked_first_whether_we_may_come_back_and_offered_information(clinic, reason):
    arrived, episode = given.a_handover(clinic, "Tess").episode, given.engaging(clinic)
    for offered in (arrived, episode):
        with refused("not_asked"):
            close(offered, clinic, reason=reason)
    discharges.talk(
        episode, outcome="thinking", may_contact_again=False, information_offered=True, by=clinic.counselor
    )
    close(episode, clinic, reason=reason)
    assert fresh(episode).close_reason == reason
