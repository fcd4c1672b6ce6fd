"""The wait list: its order, the weekly call, offers that expire, and nobody admitted by the machine."""

from datetime import timedelta

from django.utils import timezone

from aftercare.actions import closings
from duties import actions as duties
from patients import actions as patients
from patients.models import Episode
from tests import given
from tests.then import code_of, duty, forbidden, fresh, owed, refused
from treatment.actions import offers, placements, programs, waiting
from treatment.models import Offer, Placement, Program, WaitListEntry
from treatment.tasks import lapse_offers

WEEK = timedelta(days=7)


def line(clinic):
    """Who waits for outpatient, the first in line first."""
    rows = WaitListEntry.objects.open().in_line().filter(program=clinic.outpatient)
    return [entry.patient.preferred_name for entry in rows]


def offer(entry, clinic, **fields):
    return offers.offer_place(entry, by=clinic.intake, **fields)


def test_whoever_waits_is_called_every_week_and_not_owed_an_admission_that_cannot_be(clinic):
    at = given.ago(days=10)
    entry = given.waiting(clinic, at=at)
    episode = entry.episode
    call = duty(episode, "waiting_contact")
    assert (owed(episode), call.due_at, call.keeps_thread) == (["waiting_contact"], at + WEEK, True)
    spoke = given.ago(days=2)
    waiting.log_waiting_contact(entry, reached=False, by=clinic.intake, at=given.ago(days=3))
    assert duty(episode, "waiting_contact") == call
    entry = waiting.log_waiting_contact(entry, reached=True, note="well", by=clinic.intake, at=spoke)
    assert (fresh(call).outcome, entry.duty.due_at) == ("resolved", spoke + WEEK)
    with refused("contact_too_rare"):
        waiting.log_waiting_contact(
            entry, reached=True, next_contact_at=timezone.now() + timedelta(days=8), by=clinic.intake
        )


def test_one_call_counts_for_every_list(clinic):
    entry = given.waiting(clinic)
    other = waiting.put_on_wait_list(entry.episode, program=clinic.residential, by=clinic.intake)
    waiting.log_waiting_contact(entry, reached=True, by=clinic.intake)
    assert fresh(other).duty_id != other.duty_id
    assert owed(entry.episode) == ["waiting_contact", "waiting_contact"]


def test_a_call_ended_by_hand_is_owed_again_with_the_next_one(clinic):
    entry = given.waiting(clinic)
    given.a_call_owed(entry.episode, clinic)
    duties.excuse(entry.duty, reason="on paper", by=clinic.supervisor)
    waiting.log_waiting_contact(fresh(entry), reached=True, by=clinic.intake)
    assert "waiting_contact" in owed(entry.episode)


def test_the_order_is_by_what_is_recorded_then_by_how_long(clinic):
    first = given.waiting(clinic, "First", at=given.ago(days=9))
    given.waiting(clinic, "Second", at=given.ago(days=8))
    raised = given.waiting(clinic, "Raised", at=given.ago(days=3))
    overdose = given.in_intake(clinic, "Overdose", at=given.ago(days=2))
    waiting.put_on_wait_list(overdose, program=clinic.outpatient, by=clinic.intake)
    assert line(clinic) == ["Overdose", "First", "Second", "Raised"]
    waiting.raise_priority(raised, raised=3, reason="sleeps outside", by=clinic.intake)
    assert line(clinic)[:2] == ["Raised", "Overdose"]
    row = WaitListEntry.objects.in_line().get(pk=raised.pk)
    assert (row.priority, row.reasons()) == (3, ["raised by 3: sleeps outside"])
    waiting.raise_priority(raised, raised=0, reason="moved in with her sister", by=clinic.intake)
    assert line(clinic)[-1] == "Raised"
    later = WaitListEntry.objects.in_line(timezone.now() + timedelta(days=40)).first()
    assert later == first  # an overdose is recent for thirty days
    with forbidden("a_raise_by_hand_has_who_and_why"):
        WaitListEntry.objects.update(raised=2)


def test_pregnancy_raises_priority_and_refuses_nothing(clinic):
    given.waiting(clinic, "First", at=given.ago(days=9))
    expecting = given.waiting(clinic, "Expecting", at=given.ago(days=1))
    patients.record_pregnancy(expecting.patient, pregnant="yes", breastfeeding="no", by=clinic.nurse)
    assert line(clinic) == ["Expecting", "First"]
    row = WaitListEntry.objects.in_line().get(pk=expecting.pk)
    assert (row.priority, row.reasons()) == (2, ["pregnant"])


def test_days_waiting_are_counted_to_the_admission(clinic):
    entry = given.waiting(clinic, at=given.ago(days=20), since_at=given.ago(days=30))
    assert entry.days_waiting() == 30
    given.cleared_again(entry.episode, clinic, at=given.ago(days=10))
    placements.admit(entry.episode, program=clinic.outpatient, by=clinic.intake, at=given.ago(days=9))
    entry = fresh(entry)
    assert (entry.days_waiting(), entry.left_because, entry.left_by) == (21, "admitted", clinic.intake)


def test_admission_ends_the_wait_for_that_program_with_what_was_owed_and_offered(clinic):
    entry = given.waiting(clinic)
    housing = Program.objects.create(facility=clinic.here, name="Housing", setting="residential")
    other = waiting.put_on_wait_list(entry.episode, program=housing, by=clinic.intake)
    kept = offer(entry, clinic)
    placements.admit(entry.episode, program=clinic.outpatient, by=clinic.intake)
    assert (fresh(kept).outcome, fresh(entry).left_because) == ("withdrawn", "admitted")
    assert owed(entry.episode) == ["medication_reconciliation", "treatment_plan", "waiting_contact"]
    assert fresh(other).left_at is None
    given.moved(fresh(entry.episode), program=housing, by=clinic.counselor)
    assert (fresh(other).left_because, owed(entry.episode)) == (
        "admitted",
        ["level_review", "medication_reconciliation", "treatment_plan"],
    )


def test_a_place_offered_to_one_is_not_given_to_another(clinic):
    Program.objects.filter(pk=clinic.outpatient.pk).update(capacity=1)
    one, two = given.waiting(clinic, "One"), given.waiting(clinic, "Two")
    offer(one, clinic)
    with refused("program_full"):
        placements.admit(two.episode, program=clinic.outpatient, by=clinic.intake)
    with refused("program_full"):
        offer(two, clinic)
    Program.objects.filter(pk=clinic.outpatient.pk).update(capacity=2)
    with refused("offered_already"):
        offer(one, clinic)


def test_a_bed_offered_to_one_is_not_given_to_another(clinic):
    one = given.waiting(clinic, "One", program=clinic.residential)
    two = given.waiting(clinic, "Two", program=clinic.residential)
    kept = offer(one, clinic, bed=clinic.beds[0])
    with refused("bed_offered"):
        placements.admit(two.episode, program=clinic.residential, bed=clinic.beds[0], by=clinic.intake)
    with refused("bed_offered"):
        offer(two, clinic, bed=clinic.beds[0])
    given.in_bed(clinic, bed=1)
    with refused("bed_taken"):
        offer(two, clinic, bed=clinic.beds[1])
    with refused("offer_in_the_past"):
        offer(two, clinic, until_at=given.ago(hours=1))
    placement = offers.accept_offer(kept, by=clinic.nurse)
    assert (placement.bed_stays.get().bed, fresh(kept).outcome) == (clinic.beds[0], "accepted")
    with refused("not_waiting"):
        offers.accept_offer(kept, by=clinic.nurse)


def test_somebody_in_another_program_is_moved_when_they_accept(clinic):
    entry = given.waiting(clinic, program=clinic.residential)
    placements.admit(entry.episode, program=clinic.outpatient, by=clinic.intake)
    kept = offer(entry, clinic)
    with refused("would_be_dropped"):
        offers.accept_offer(kept, bed=clinic.beds[0], by=clinic.nurse)
    travels = given.all_travels()
    placement = offers.accept_offer(kept, bed=clinic.beds[0], travels=travels, by=clinic.nurse)
    assert (placement.program, Placement.objects.open().count()) == (clinic.residential, 1)


def test_somebody_in_aftercare_waits_and_comes_back_when_a_place_is_free(clinic, api):
    episode = given.in_aftercare(clinic)
    patient = episode.patient_id
    intake, nurse = api(clinic.intake), api(clinic.nurse)
    path = f"/api/v1/episodes/{episode.pk}/put-on-wait-list/"
    entry = intake.post(path, {"program": str(clinic.residential.pk)}, format="json").json()
    assert owed(episode) == ["check_in", "waiting_contact"]
    beds = {"bed": str(clinic.beds[0].pk)}
    kept = intake.post(f"/api/v1/wait-list-entries/{entry['id']}/offer-place/", beds, format="json").json()
    path = f"/api/v1/offers/{kept['id']}/accept-offer/"
    assert nurse.post(path, {}, format="json").json()["code"] == "not_cleared"
    given.cleared_again(episode, clinic)
    assert nurse.post(path, {}, format="json").status_code in (200, 201)
    assert fresh(episode).stage == "treatment" and not {"check_in", "waiting_contact"} & set(owed(episode))
    assert Placement.objects.open().get(patient=patient).bed_stays.get().bed == clinic.beds[0]
    assert (Offer.objects.get().outcome, WaitListEntry.objects.get().left_because) == ("accepted", "admitted")


def test_what_is_declined_is_thought_of_for_the_next_in_line(clinic):
    one, two = given.waiting(clinic, "One", at=given.ago(days=3)), given.waiting(clinic, "Two", at=given.ago(days=2))
    kept = offer(one, clinic)
    offers.decline_offer(kept, note="not this week", by=clinic.intake)
    assert owed(one.episode) == ["waiting_contact"]
    assert owed(two.episode) == ["offer_place", "waiting_contact"]
    with refused("offer_ended"):
        offers.withdraw_offer(kept, reason="too late", by=clinic.intake)
    offer(fresh(two), clinic)
    assert owed(two.episode) == ["place_offered", "waiting_contact"]
    assert not Placement.objects.open().filter(patient=two.patient).exists()


def test_an_offer_nobody_answers_lapses_once_and_both_are_thought_of(clinic):
    one, two = given.waiting(clinic, "One", at=given.ago(days=3)), given.waiting(clinic, "Two", at=given.ago(days=2))
    kept = offer(one, clinic, at=given.ago(days=1), until_at=given.ago(hours=1))
    with refused("offer_lapsed"):
        offers.accept_offer(kept, by=clinic.nurse)
    assert (lapse_offers(), lapse_offers()) == (1, 0)
    kept = fresh(kept)
    assert (kept.outcome, kept.ended_by.username, kept.duty.outcome) == ("lapsed", "system", "canceled")
    assert duty(one.episode, "waiting_contact").due_at <= timezone.now()  # somebody calls them now
    assert owed(two.episode) == ["offer_place", "waiting_contact"]
    assert fresh(one.episode).stage == fresh(two.episode).stage == "intake"


def test_a_place_that_somebody_leaves_is_thought_of_for_the_next_in_line(clinic):
    inside = given.in_outpatient(clinic, "Inside")
    entry = given.waiting(clinic)
    given.moved(inside, program=clinic.residential, bed=clinic.beds[0], by=clinic.counselor)
    free = duty(entry.episode, "offer_place")
    assert (free.note, fresh(entry).place_duty) == ("Outpatient", free)
    given.leave(given.in_outpatient(clinic, "Leaving"), clinic)
    assert owed(entry.episode).count("offer_place") == 1  # thought of already, and nobody else waits


def test_whoever_leaves_the_list_at_intake_is_owed_an_admission_again(clinic):
    entry = given.waiting(clinic)
    kept = offer(entry, clinic)
    left = waiting.leave_wait_list(entry, because="other_program", note="wants a bed", by=clinic.intake)
    assert (left.left_because, left.left_note, fresh(kept).outcome) == ("other_program", "wants a bed", "withdrawn")
    assert owed(entry.episode) == ["admission"]
    with refused("not_waiting"):
        waiting.leave_wait_list(entry, because="declined", by=clinic.intake)
    assert placements.admit(fresh(entry.episode), program=clinic.outpatient, by=clinic.intake)
    assert owed(entry.episode) == ["medication_reconciliation", "treatment_plan"]


def test_the_wait_list_refuses_what_makes_no_sense(clinic):
    entry = given.waiting(clinic)
    with refused("waiting_already"):
        waiting.put_on_wait_list(entry.episode, program=clinic.outpatient, by=clinic.intake)
    with refused("people_waiting"):
        programs.close_program(clinic.outpatient, by=clinic.admin)
    programs.close_program(clinic.residential, by=clinic.admin)
    with refused("program_closed"):
        waiting.put_on_wait_list(entry.episode, program=clinic.residential, by=clinic.intake)
    elsewhere = given.engaging(clinic)
    with refused("wrong_stage"):
        waiting.put_on_wait_list(elsewhere, program=clinic.outpatient, by=clinic.intake)
    with forbidden("leaving_a_wait_list_has_who_and_why"):
        WaitListEntry.objects.update(left_at=timezone.now())
    offer(entry, clinic)
    with forbidden("an_offer_ends_with_who_and_how"):
        Offer.objects.update(outcome="accepted")


def test_closing_the_episode_ends_the_wait(clinic):
    entry = given.waiting(clinic)
    kept = offer(entry, clinic)
    closings.close(entry.episode, reason="withdrew", by=clinic.supervisor)
    assert (fresh(entry).left_because, fresh(kept).outcome, owed(entry.episode)) == ("closed", "withdrawn", [])


def test_the_line_is_read_in_its_order_by_those_who_may_see_the_people(clinic, api):
    given.waiting(clinic, "First", at=given.ago(days=9))
    raised = given.waiting(clinic, "Raised", at=given.ago(days=1))
    waiting.raise_priority(raised, raised=1, reason="pain", by=clinic.intake)
    rows = api(clinic.nurse).get("/api/v1/wait-list/", {"program": clinic.outpatient.pk}).json()["results"]
    assert [(row["preferred_name"], row["priority"], row["days_waiting"]) for row in rows] == [
        ("Raised", 1, 1), ("First", 0, 9),
    ]  # fmt: skip
    assert rows[0]["reasons"] == ["raised by 1: pain"]
    for stranger in (clinic.nurse_elsewhere, clinic.outsider):
        answer = api(stranger).get("/api/v1/wait-list/")
        assert answer.status_code == 403 or answer.json()["results"] == []


def test_of_two_who_put_somebody_on_the_list_at_once_one_does(committed_clinic, run_both):
    clinic = committed_clinic
    episode = given.ready(clinic)
    results = run_both(*[lambda: waiting.put_on_wait_list(episode, program=clinic.outpatient, by=clinic.intake)] * 2)
    assert sorted(code_of(r.error) if r.error else "put" for r in results) == ["put", "waiting_already"]
    assert (WaitListEntry.objects.count(), owed(Episode.objects.get())) == (1, ["waiting_contact"])


def test_two_beats_at_once_lapse_an_offer_once(committed_clinic, run_both):
    clinic = committed_clinic
    one, two = given.waiting(clinic, "One", at=given.ago(days=3)), given.waiting(clinic, "Two", at=given.ago(days=2))
    offer(one, clinic, at=given.ago(days=1), until_at=given.ago(hours=1))
    results = run_both(lapse_offers, lapse_offers)
    assert (sorted(r.value for r in results), owed(two.episode)) == ([0, 1], ["offer_place", "waiting_contact"])
