"""Sent out to hospital with the bed kept; back, or not coming back; and holds that lapse."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import Role
from aftercare.actions import discharges
from duties import actions as duties
from duties.models import Duty
from tests import given
from tests.then import code_of, duty, forbidden, fresh, owed, refused, steps
from treatment.actions import placements
from treatment.models import Absence, Bed, BedStay


def back(episode, clinic, **fields):
    return placements.bring_back(episode, **{"by": clinic.nurse, **fields})


def lapse(clinic):
    """The hold runs out three days later."""
    later = timezone.now() + timedelta(days=4)
    assert placements.lapse_holds(later) == 1
    return later


@pytest.fixture
def away(clinic):
    return given.sent_out(clinic, at=given.ago(days=2), left=given.ago(hours=5))


def test_sending_out_owes_a_call_and_keeps_the_bed(clinic):
    episode = given.in_bed(clinic, at=given.ago(days=2))
    at = given.ago(hours=1)
    absence = given.send_out(episode, clinic, at=at)
    call = duty(episode, "away")
    assert (call.due_at, call.owner_role, call.absence) == (at + timedelta(hours=4), Role.NURSE, absence)
    assert BedStay.objects.open().get().held_until_at == at + timedelta(hours=72)
    assert owed(episode) == ["away", "medication_reconciliation", "treatment_plan"]
    assert (episode.stage, steps(episode)[-1], episode.cleared_at) == ("stabilizing", "stabilizing", None)
    assert absence.placement == episode.placements.open().get()


def test_the_call_is_owed_where_the_person_was_sent_out_from(clinic):
    episode = given.in_outpatient(clinic)
    episode.placements.update(facility=clinic.elsewhere)
    absence = given.send_out(episode, clinic)
    assert duty(episode, "away").facility == absence.facility == clinic.elsewhere


def test_sending_out_may_say_until_when_the_bed_is_kept(clinic):
    until = timezone.now() + timedelta(hours=5)
    given.sent_out(clinic, hold_bed_until=until)
    assert BedStay.objects.open().get().held_until_at == until


def test_a_bed_is_not_kept_until_before_the_person_left(clinic):
    episode = given.in_bed(clinic)
    with refused("hold_in_the_past"):
        given.send_out(episode, clinic, hold_bed_until=given.ago(hours=1))


def test_a_person_is_sent_out_once(clinic, away):
    with refused("away_already"):
        given.send_out(away, clinic)


def test_nobody_is_sent_out_from_aftercare(clinic):
    episode = given.in_aftercare(clinic)
    with refused("wrong_stage"):
        given.send_out(episode, clinic)


@pytest.mark.parametrize("before", [lambda clinic: given.a_handover(clinic).episode, given.engaging])
def test_whoever_is_sent_out_before_the_talk_and_cleared_meanwhile_comes_back_to_it(clinic, before):
    episode = before(clinic)
    given.send_out(episode, clinic)
    assert (episode.stage, episode.cleared_at) == ("stabilizing", None)
    assert duty(episode, "talk").suspended_at
    assert not episode.observation_orders.open().exclude(duty__suspended_at=None).filter(made__gt=0).exists()
    given.cleared_again(episode, clinic)
    assert episode.stage == "stabilizing"  # away still
    at = timezone.now()
    back(episode, clinic, at=at)
    talk = duty(episode, "talk")
    assert (fresh(episode).stage, talk.suspended_at) == ("engaging", None)
    assert talk.due_at == at + timedelta(hours=24)
    for order in episode.observation_orders.open():
        assert (order.duty.suspended_at, order.duty.due_at) == (None, at)


def test_whoever_is_sent_out_before_the_talk_may_come_back_to_be_cleared_here(clinic):
    episode = given.a_handover(clinic).episode
    given.send_out(episode, clinic)
    back(episode, clinic)
    order = episode.observation_orders.open().get()
    assert (fresh(episode).stage, order.duty.suspended_at) == ("stabilizing", None)
    assert owed(episode) == ["arrival_observation", "talk"]
    with refused("not_away"):
        back(episode, clinic)


def test_raw_sql_cannot_send_a_person_out_twice(clinic, away):
    first = Absence.objects.get()
    free = duties.renew(first.placement.plan_duty, due_at=timezone.now(), by=clinic.nurse)
    with forbidden("one_absence_at_a_time"):
        Absence.objects.create(
            patient=away.patient, facility=clinic.here, episode=away, duty=free, destination="x", reason="x",
            left_at=timezone.now(), left_by=clinic.nurse,
        )  # fmt: skip


def test_raw_sql_cannot_half_record_a_return(clinic, away):
    with forbidden("a_return_has_who"):
        Absence.objects.update(returned_at=timezone.now())
    with forbidden("an_absence_end_has_who"):
        Absence.objects.update(ended_at=timezone.now())
    with forbidden("a_return_is_after_leaving"):
        Absence.objects.update(returned_at=given.ago(days=9), returned_by=clinic.nurse)


def test_a_person_comes_back_to_the_kept_bed(clinic, away):
    given.cleared_again(away, clinic)
    assert away.stage == "stabilizing"
    at = timezone.now()
    absence = back(away, clinic, at=at)
    stay = BedStay.objects.get()
    assert (stay.bed, stay.held_until_at, stay.ended_at) == (clinic.beds[0], None, None)
    assert (absence.returned_at, absence.returned_by) == (at, clinic.nurse)
    assert (fresh(away).stage, owed(away)) == ("treatment", ["medication_reconciliation", "treatment_plan"])
    assert fresh(absence.duty).outcome == "resolved"


def test_nobody_is_back_in_treatment_before_being_cleared(clinic, away):
    with refused("not_cleared"):
        back(away, clinic)


def test_nobody_is_back_at_the_intake_before_being_cleared(clinic):
    episode = given.in_intake(clinic)
    given.send_out(episode, clinic)
    with refused("not_cleared"):
        back(episode, clinic)


def test_nobody_is_brought_back_who_is_not_away(clinic):
    episode = given.in_bed(clinic)
    with refused("not_away"):
        back(episode, clinic)
    with refused("not_away"):
        given.not_back(episode, clinic)


def test_a_person_is_not_back_before_they_left(clinic, away):
    given.cleared_again(away, clinic)
    with refused("ends_before_start"):
        back(away, clinic, at=given.ago(hours=6))


def test_a_person_may_come_back_to_another_bed(clinic, away):
    given.cleared_again(away, clinic)
    back(away, clinic, bed=clinic.beds[1])
    assert BedStay.objects.open().get().bed == clinic.beds[1]
    assert clinic.beds[0] in Bed.objects.free()


def test_a_kept_bed_is_given_to_nobody_else(clinic, away):
    other = given.taken_in(clinic, "Tess")
    with refused("bed_taken"):
        placements.admit(other, program=clinic.residential, bed=clinic.beds[0], by=clinic.nurse)


def test_a_hold_that_lapses_frees_the_bed_and_owes_another(clinic, away):
    held_until = BedStay.objects.get().held_until_at
    later = lapse(clinic)
    stay = BedStay.objects.get()
    assert (stay.ended_at, stay.ended_by.username) == (held_until, "system")
    assert clinic.beds[0] in Bed.objects.free()
    find = duty(away, "bed_hold_lapsed")
    assert (find.owner_role, find.due_at, find.keeps_thread) == (Role.NURSE, later, False)


def test_a_hold_lapses_once(clinic, away):
    later = lapse(clinic)
    assert placements.lapse_holds(later) == 0
    assert Duty.objects.filter(ladder__slug="bed_hold_lapsed").count() == 1


def test_a_hold_does_not_lapse_before_its_time(clinic, away):
    assert placements.lapse_holds(timezone.now()) == 0
    assert BedStay.objects.get().ended_at is None


def test_the_bed_of_somebody_present_never_lapses(clinic):
    given.in_bed(clinic)
    assert placements.lapse_holds(timezone.now() + timedelta(days=400)) == 0


def test_after_the_hold_lapsed_a_person_comes_back_to_a_free_bed_only(clinic, away):
    lapse(clinic)
    at = timezone.now() + timedelta(days=5)
    other = given.taken_in(clinic, "Tess")
    for episode in (away, other):
        given.cleared_again(episode, clinic, at=at - timedelta(hours=1))
    placements.admit(other, program=clinic.residential, bed=clinic.beds[0], by=clinic.nurse, at=at)
    with refused("bed_missing"):
        back(away, clinic, at=at)
    with refused("bed_taken"):
        back(away, clinic, bed=clinic.beds[0], at=at)
    back(away, clinic, bed=clinic.beds[1], at=at)
    assert BedStay.objects.open().get(bed=clinic.beds[1]).patient == away.patient
    assert owed(away) == ["medication_reconciliation", "treatment_plan"]


def test_outpatients_come_back_without_a_bed(clinic):
    episode = given.in_outpatient(clinic)
    given.send_out(episode, clinic)
    given.cleared_again(episode, clinic)
    back(episode, clinic)
    assert (fresh(episode).stage, owed(episode)) == ("treatment", ["medication_reconciliation", "treatment_plan"])


def test_sent_out_during_the_intake_a_person_comes_back_to_it(clinic):
    episode = given.in_intake(clinic)
    given.send_out(episode, clinic)
    assert owed(episode) == ["away", "intake"]
    given.cleared_again(episode, clinic)
    back(episode, clinic)
    assert (fresh(episode).stage, owed(episode)) == ("intake", ["intake"])


def test_sent_out_after_the_intake_a_person_comes_back_to_be_admitted(clinic):
    episode = given.taken_in(clinic)
    given.send_out(episode, clinic)
    given.cleared_again(episode, clinic)
    back(episode, clinic)
    assert owed(episode) == ["admission"]
    assert placements.admit(episode, program=clinic.residential, bed=clinic.beds[0], by=clinic.nurse)


@pytest.mark.parametrize("slug", ["treatment_plan", "intake"])
def test_what_was_ended_by_hand_meanwhile_is_owed_again_when_they_are_back(clinic, slug):
    episode = given.in_bed(clinic) if slug == "treatment_plan" else given.in_intake(clinic)
    given.send_out(episode, clinic)
    duties.excuse(duty(episode, slug), reason="away", by=clinic.counselor)
    given.cleared_again(episode, clinic)
    back(episode, clinic)
    assert slug in owed(episode)


def test_not_coming_back_frees_the_bed_and_owes_a_talk(clinic, away):
    at = timezone.now()
    given.not_back(away, clinic, at=at)
    assert (away.stage, owed(away), duty(away, "talk").due_at) == ("engaging", ["talk"], at + timedelta(hours=24))
    placement = away.placements.get()
    assert (placement.ended_at, placement.end_reason) == (at, "stays in hospital")
    assert clinic.beds[0] in Bed.objects.free()
    absence = Absence.objects.get()
    assert (absence.ended_at, absence.returned_at, absence.duty.outcome) == (at, None, "canceled")


def test_not_coming_back_after_the_hold_lapsed_needs_no_other_bed(clinic, away):
    later = lapse(clinic)
    given.not_back(away, clinic, at=later)
    assert owed(away) == ["talk"]


def test_whoever_is_not_coming_back_may_say_yes_and_be_taken_in_again(clinic, away):
    given.not_back(away, clinic)
    discharges.talk(away, outcome="accepted", by=clinic.counselor)
    assert owed(away) == ["intake"]
    given.cleared_again(away, clinic)
    given.intake_done(away, clinic)
    placements.admit(away, program=clinic.residential, bed=clinic.beds[0], by=clinic.nurse)
    assert (fresh(away).stage, owed(away)) == ("treatment", ["medication_reconciliation", "treatment_plan"])


@pytest.mark.parametrize("before", [given.in_intake, given.taken_in])
def test_not_coming_back_during_the_intake_leaves_only_the_talk_and_a_yes_leads_to_an_intake(clinic, before):
    episode = before(clinic)
    given.send_out(episode, clinic)
    given.not_back(episode, clinic)
    assert owed(episode) == ["talk"]
    discharges.talk(episode, outcome="accepted", by=clinic.counselor)
    assert owed(episode) == ["intake"]


def test_a_hold_that_lapses_while_the_person_comes_back_leaves_nobody_without_a_bed(committed_clinic, run_both):
    """The hold is being ended by another session when the person is brought back: no bed, so a bed is asked for."""
    clinic = committed_clinic
    episode = given.sent_out(clinic)
    given.cleared_again(episode, clinic)

    def slow_lapse():
        with transaction.atomic():
            placements.lapse_holds(timezone.now() + timedelta(days=4))
            started.set()
            with connection.cursor() as cursor:  # until the other one waits for us
                cursor.execute("SET LOCAL statement_timeout = '10s'")
                waiting = False
                while not waiting:
                    cursor.execute("SELECT exists (SELECT FROM pg_locks WHERE NOT granted)")
                    waiting = cursor.fetchone()[0]

    def come_back():
        started.wait(10)
        return back(episode, clinic)

    from threading import Event

    started = Event()
    lapsed, brought = run_both(slow_lapse, come_back)
    assert lapsed.error is None
    assert code_of(brought.error) == "bed_missing"
    assert fresh(episode).stage == "stabilizing"
