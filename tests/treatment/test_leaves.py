"""Out on leave with the bed kept: back, later than agreed, or not at all; and what rests meanwhile."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Role
from duties.actions import tick
from duties.models import Notice, Rung
from tests import given
from tests.then import duty, forbidden, fresh, owed, refused
from treatment.actions import departures, leaves, placements
from treatment.models import Absence, Bed, BedStay

HOW = {"alert": "yes", "searched": "done", "use_since": "no"}
IN_TREATMENT = ["medication_reconciliation", "treatment_plan"]


def back(absence, clinic, **fields):
    return leaves.come_back(absence, **{**HOW, "by": clinic.technician, **fields})


def test_a_leave_keeps_the_bed_and_somebody_expects_the_person(clinic):
    at = timezone.now()
    absence = given.on_leave(
        clinic, at=at, approved_by=clinic.counselor, contact="212 555 0123", by=clinic.technician
    )
    assert (absence.approved_by, absence.left_by, absence.kind) == (clinic.counselor, clinic.technician, "pass")
    expected = duty(absence.episode, "leave")
    assert (expected.due_at, expected.owner_role, expected.absence) == (at + timedelta(hours=2), Role.NURSE, absence)
    assert (fresh(absence.episode).stage, BedStay.objects.get().held_until_at) == ("treatment", None)
    assert clinic.beds[0] not in Bed.objects.free()
    with refused("away_already"):
        given.go_on_leave(absence.episode, clinic)


def test_a_late_return_is_heard_by_the_nurse_and_then_by_the_supervisor(clinic):
    absence = given.on_leave(clinic, at=given.ago(days=2), left=given.ago(hours=2, minutes=-1))
    told = [rung.whom for rung in Rung.objects.current("leave", clinic.here)]
    assert told == ["owner", "owner", "supervisor", "supervisor"] and absence.duty.owner_role == Role.NURSE
    later = absence.expected_back_at + timedelta(minutes=1)
    tick(later)
    assert Notice.objects.get(duty=absence.duty).to_role == "nurse"
    assert absence.is_late(later) and not absence.is_late(given.ago())


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("not_a_leave", {"kind": "hospital"}),
        ("back_before_leaving", {"expected_back_at": given.ago(minutes=1)}),
        ("not_a_clinician", {"by": "technician"}),
        ("not_a_clinician", {"approved_by": "nurse_elsewhere"}),
    ],
)
def test_a_leave_is_refused(clinic, code, fields):
    episode = given.in_bed(clinic)
    with refused(code):
        given.go_on_leave(
            episode, clinic, **{name: getattr(clinic, str(value), value) for name, value in fields.items()}
        )


def test_only_somebody_here_with_a_bed_goes_on_leave(clinic):
    outpatient, away = given.in_outpatient(clinic), given.sent_out(clinic)
    with refused("no_bed"):
        given.go_on_leave(outpatient, clinic)
    with refused("wrong_stage"):
        given.go_on_leave(away, clinic)
    episode = given.in_bed(clinic, bed=1, name="Ann")
    departures.report_missing(episode, by=clinic.nurse)
    with refused("missing_already"):
        given.go_on_leave(episode, clinic)


def test_back_from_leave_says_how_and_the_bedside_is_owed_again(clinic):
    episode = given.in_bed(clinic)
    order = given.observed(episode, clinic)
    absence = given.go_on_leave(episode, clinic)
    assert fresh(order.duty).next_action_at == absence.expected_back_at and fresh(order.duty).suspended_at
    at = timezone.now()
    done = back(absence, clinic, use_since="yes", return_note="smelled of alcohol", at=at)
    assert (done.returned_at, done.returned_by, done.use_since) == (at, clinic.technician, "yes")
    assert (fresh(order.duty).suspended_at, fresh(order.duty).due_at) == (None, at)
    assert (fresh(absence.duty).outcome, BedStay.objects.get().ended_at) == ("resolved", None)
    for again in (back, lambda *args: leaves.not_back(absence, by=clinic.nurse)):
        with refused("not_on_leave"):
            again(absence, clinic)


def test_a_leave_is_extended_or_cut_short_and_the_clock_goes_with_it(clinic):
    episode = given.in_bed(clinic)
    order = given.observed(episode, clinic)
    absence, later = given.go_on_leave(episode, clinic), timezone.now() + timedelta(hours=6)
    longer = leaves.extend_leave(absence, expected_back_at=later, reason="the train", by=clinic.counselor)
    assert (longer.expected_back_at, longer.extended_by, longer.duty.due_at) == (later, clinic.counselor, later)
    assert fresh(order.duty).next_action_at == later
    with refused("back_before_leaving"):
        leaves.extend_leave(absence, expected_back_at=given.ago(hours=1), reason="?", by=clinic.counselor)
    given.duties.excuse(longer.duty, reason="by hand", by=clinic.supervisor)
    again = leaves.extend_leave(absence, expected_back_at=later, reason="again", by=clinic.counselor)
    assert again.duty != longer.duty and duty(episode, "leave") == again.duty


def test_whoever_does_not_come_back_is_looked_for_and_the_thread_goes_on(clinic):
    absence = given.on_leave(clinic, at=given.ago(days=1), left=given.ago(hours=4))
    order = given.observed(absence.episode, clinic)
    departure = leaves.not_back(absence, last_seen="at the gate", by=clinic.nurse)
    assert (departure.absence, departure.last_seen, departure.kind) == (absence, "at the gate", "missing")
    over = fresh(absence)
    assert (over.end_reason, over.ended_by, over.duty.outcome) == ("did not come back", clinic.nurse, "canceled")
    assert owed(absence.episode) == sorted(
        [*IN_TREATMENT, "arrival_observation", "missing_search", "missing_risk_decision"]
    )
    assert BedStay.objects.open().get().held_until_at and fresh(order.duty).suspended_at
    departures.found(departure, note="rang the bell", by=clinic.nurse)
    assert (BedStay.objects.open().get().held_until_at, fresh(order.duty).suspended_at) == (None, None)


def test_reporting_somebody_missing_who_is_on_leave_does_the_same(clinic):
    absence = given.on_leave(clinic)
    assert departures.report_missing(absence.episode, by=clinic.nurse).absence == absence
    assert not Absence.objects.open().exists()


def test_whoever_is_taken_to_hospital_from_a_leave_is_sent_out(clinic):
    absence = given.on_leave(clinic)
    out = given.send_out(absence.episode, clinic)
    assert (fresh(absence).end_reason, out.kind) == ("sent to General Hospital", "hospital")
    assert "leave" not in owed(absence.episode) and "away" in owed(absence.episode)
    with refused("still_away"):
        leaves.mark_error(out, reason="?", by=clinic.nurse)
    with refused("not_on_leave"):
        back(out, clinic)


def test_a_discharge_during_a_leave_ends_it_and_frees_the_bed(clinic):
    absence = given.on_leave(clinic)
    given.leave(absence.episode, clinic)
    assert (fresh(absence).is_open(), "leave" in owed(absence.episode)) == (False, False)
    assert clinic.beds[0] in Bed.objects.free()


def test_nobody_is_moved_to_another_program_while_away(clinic):
    absence = given.on_leave(clinic)
    with refused("away_already"):
        placements.move(absence.episode, program=clinic.outpatient, by=clinic.nurse)
    leaves.not_back(absence, by=clinic.nurse)
    with refused("missing_already"):
        placements.move(absence.episode, program=clinic.outpatient, by=clinic.nurse)


def test_a_leave_in_error_is_expected_back_by_nobody(clinic):
    absence = given.on_leave(clinic)
    order = given.observed(absence.episode, clinic)
    marked = leaves.mark_error(absence, reason="it was her sister", by=clinic.nurse)
    assert marked.entered_in_error_at and owed(absence.episode) == sorted([*IN_TREATMENT, "arrival_observation"])
    assert fresh(order.duty).suspended_at is None
    assert given.go_on_leave(absence.episode, clinic)


def test_raw_sql_cannot_half_record_a_leave(clinic):
    given.on_leave(clinic)
    for constraint, fields in (
        ("a_leave_says_until_when_and_who_agreed", {"approved_by": None}),
        ("a_leave_ends_after_it_begins", {"expected_back_at": given.ago(days=1)}),
        ("a_return_from_leave_says_how_they_were", {"returned_at": timezone.now(), "returned_by": clinic.nurse}),
        ("an_extension_has_who", {"extended_at": timezone.now()}),
    ):
        with forbidden(constraint):
            Absence.objects.update(**fields)


def test_a_leave_is_told_in_the_timeline(clinic, api):
    absence = given.on_leave(clinic, kind="home", destination="her mother")
    leaves.extend_leave(
        absence, expected_back_at=timezone.now() + timedelta(hours=9), reason="the train", by=clinic.counselor
    )
    back(absence, clinic)
    page = api(clinic.nurse).get(f"/api/v1/patients/{absence.patient_id}/timeline/?kinds=placement").json()
    words = [line["words"] for line in page["results"]]
    assert words[0] == "Back from leave, searched, alert: yes, use while out: no"
    assert words[1].startswith("Leave changed, expected back ") and words[1].endswith("the train")
    assert words[2].startswith("On leave at her mother, home leave, expected back ")
