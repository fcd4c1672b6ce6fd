"""Missing, or gone against advice: the search begins at once, and a clinician judges the risk again and again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from aftercare.actions import closings
from tests import given
from tests.then import duty, forbidden, fresh, owed, refused
from treatment.actions import departures, placements
from treatment.models import Bed, BedStay, Departure

LOST = ["medication_reconciliation", "missing_risk_decision", "missing_search", "treatment_plan"]


def decide(departure, clinic, risk="low", **fields):
    return departures.record_risk_decision(departure, risk=risk, reason="as told", by=clinic.prescriber, **fields)


def test_the_search_begins_at_discovery_and_the_risk_is_judged_within_the_hour(clinic):
    at = given.ago(minutes=5)
    departure = given.missing(clinic, at=at, last_seen="at lunch, gray coat")
    search, risk = duty(departure.episode, "missing_search"), duty(departure.episode, "missing_risk_decision")
    assert (departure.search_duty, search.due_at, search.ladder.critical) == (search, at, True)
    assert (departure.risk_duty, risk.due_at, risk.ladder.critical) == (risk, at + timedelta(hours=1), True)
    assert owed(departure.episode) == LOST
    with refused("missing_already"):
        departures.report_missing(departure.episode, by=clinic.nurse)


def test_the_greater_the_risk_the_sooner_it_is_judged_again(clinic):
    departure = given.missing(clinic)
    at = timezone.now()
    for risk, hours in (("high", 1), ("medium", 4), ("low", 12)):
        departure = decide(departure, clinic, risk, at=at)
        assert departure.risk_duty.due_at == at + timedelta(hours=hours)
        assert (departure.risk, departure.risk_by, departure.risk_at) == (risk, clinic.prescriber, at)
    assert departure.history.filter(risk="high").exists()
    assert owed(departure.episode) == LOST
    with forbidden("a_risk_decision_has_who_and_why"):
        Departure.objects.update(risk="", risk_reason="")


def test_the_bed_is_kept_and_waits_for_whoever_is_found(clinic):
    episode = given.in_bed(clinic)
    with refused("hold_in_the_past"):
        departures.report_missing(episode, hold_bed_until=given.ago(hours=1), by=clinic.nurse)
    departure = departures.report_missing(episode, by=clinic.technician)
    assert BedStay.objects.open().get().held_until_at > timezone.now()
    done = departures.found(departure, note="in the garden", by=clinic.technician)
    assert (done.outcome, done.ended_by, done.note) == ("found", clinic.technician, "in the garden")
    assert (BedStay.objects.open().get().held_until_at, owed(episode)) == (
        None,
        ["medication_reconciliation", "treatment_plan"],
    )
    with refused("search_over"):
        departures.found(departure, by=clinic.technician)


def test_whoever_is_found_after_the_bed_was_given_up_gets_another(clinic):
    episode = given.in_bed(clinic, at=given.ago(days=5))
    departure = departures.report_missing(episode, by=clinic.nurse, at=given.ago(days=4))
    assert placements.lapse_holds(timezone.now()) == 1
    assert "bed_hold_lapsed" in owed(episode)
    with refused("bed_missing"):
        departures.found(departure, by=clinic.nurse)
    departures.found(departure, bed=clinic.beds[2], by=clinic.nurse)
    assert (BedStay.objects.open().get().bed, owed(episode)) == (
        clinic.beds[2],
        ["medication_reconciliation", "treatment_plan"],
    )


def test_nobody_looks_for_a_bed_for_somebody_who_was_discharged(clinic):
    episode = given.in_bed(clinic, at=given.ago(days=5))
    departures.report_missing(episode, by=clinic.nurse, at=given.ago(days=4))
    assert placements.lapse_holds(timezone.now()) == 1
    given.discharges.discharge(episode, reason="95", by=clinic.counselor)
    assert owed(episode) == ["check_in", "discharge_rest", "sign_summary"]


def test_the_police_are_told_only_on_a_basis(clinic):
    departure = given.missing(clinic)
    for missing in ({"basis": "", "told": "The desk."}, {"basis": "danger", "told": ""}):
        with refused("police_basis_missing"):
            departures.record_police_contact(departure, by=clinic.nurse, **missing)
    told = departures.record_police_contact(departure, basis="danger", told="The desk: a name.", by=clinic.nurse)
    assert (told.police_basis, told.police_by) == ("danger", clinic.nurse)
    with forbidden("the_police_are_told_on_a_basis"):
        Departure.objects.update(police_basis="")


def test_nobody_is_given_up_before_the_risk_is_judged(clinic):
    departure = given.missing(clinic)
    with refused("risk_not_decided"):
        departures.end_search(departure, reason="gone", by=clinic.supervisor)
    decide(departure, clinic)
    ended = departures.end_search(departure, reason="lives with his aunt", by=clinic.supervisor)
    assert (ended.outcome, owed(departure.episode)) == (
        "search_ended",
        ["medication_reconciliation", "treatment_plan"],
    )


def test_a_discharge_without_a_word_comes_after_the_search_and_the_search_goes_on(clinic):
    episode = given.in_outpatient(clinic)
    with refused("search_first"):
        given.discharges.discharge(episode, reason="12", by=clinic.counselor)
    departure = departures.report_missing(episode, by=clinic.nurse)
    with refused("risk_not_decided"):
        given.discharges.discharge(episode, reason="12", by=clinic.counselor)
    decide(departure, clinic, "high")
    given.discharges.discharge(episode, reason="12", by=clinic.counselor)
    assert owed(episode) == ["check_in", "discharge_rest", "missing_risk_decision", "missing_search", "sign_summary"]
    departures.found(departure, note="answered the phone", by=clinic.aftercare)
    assert owed(episode) == ["check_in", "discharge_rest", "sign_summary"]


def test_leaving_against_advice_begins_a_search_and_a_risk_decision(clinic):
    episode = given.in_bed(clinic)
    at = timezone.now()
    given.discharges.discharge(episode, reason="8", by=clinic.counselor, at=at)
    departure = Departure.objects.get()
    assert (departure.kind, departure.noticed_at, departure.risk_duty.due_at) == (
        "against_advice", at, at + timedelta(hours=1),
    )  # fmt: skip
    assert {"missing_search", "missing_risk_decision"} <= set(owed(episode))
    assert clinic.beds[0] in Bed.objects.free()
    departures.found(departure, note="with her mother", by=clinic.nurse)
    assert not {"missing_search", "missing_risk_decision"} & set(owed(episode))


@pytest.mark.parametrize("reason", ["5", "95"])
def test_another_reason_ends_the_search(clinic, reason):
    departure = given.missing(clinic)
    given.discharges.discharge(departure.episode, reason=reason, by=clinic.counselor)
    assert (fresh(departure).outcome, "missing_search" in owed(departure.episode)) == ("search_ended", False)


def test_closing_the_episode_ends_the_search(clinic):
    departure = given.missing(clinic)
    decide(departure, clinic)
    given.discharges.discharge(departure.episode, reason="12", by=clinic.counselor)
    closings.close(departure.episode, reason="withdrew", by=clinic.supervisor)
    assert (fresh(departure).outcome, owed(departure.episode)) == ("closed", [])


# Before treatment, when most who leave do so.


def left(episode, clinic, kind="against_advice", **fields):
    return departures.report_missing(episode, kind=kind, by=clinic.nurse, **fields)


@pytest.mark.parametrize("begin", [lambda clinic: given.a_handover(clinic).episode, given.engaging, given.in_intake])
def test_whoever_leaves_before_treatment_is_looked_for_and_their_risk_is_judged(clinic, begin):
    episode, at = begin(clinic), timezone.now()
    before = owed(episode)
    departure = left(episode, clinic, at=at)
    assert (departure.kind, departure.placement, departure.facility) == ("against_advice", None, clinic.here)
    assert (departure.search_duty.due_at, departure.risk_duty.due_at) == (at, at + timedelta(hours=1))
    assert owed(episode) == sorted([*before, "missing_risk_decision", "missing_search"])
    departures.found(departure, note="at the bus stop", by=clinic.nurse)
    assert owed(episode) == before


def test_nobody_is_observed_while_they_are_looked_for_nor_after_the_search(clinic):
    episode = given.a_handover(clinic).episode
    departure = left(episode, clinic, "missing")
    assert duty(episode, "arrival_observation").suspended_at
    decide(departure, clinic, "high")
    departures.end_search(departure, reason="answers the phone", by=clinic.supervisor)
    assert owed(episode) == ["talk"]


def test_whoever_comes_back_is_observed_at_once(clinic):
    episode, at = given.a_handover(clinic).episode, timezone.now()
    departures.found(left(episode, clinic, "missing"), by=clinic.nurse, at=at)
    again = duty(episode, "arrival_observation")
    assert (again.suspended_at, again.due_at) == (None, at)


def test_somebody_in_hospital_is_not_missing_from_here(clinic):
    episode = given.in_bed(clinic)
    given.send_out(episode, clinic)
    with refused("away_already"):
        left(episode, clinic)


def test_in_treatment_a_discharge_says_that_it_was_against_advice(clinic):
    with refused("discharge_instead"):
        left(given.in_bed(clinic), clinic)
