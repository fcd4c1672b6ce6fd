"""A bed held for somebody who is expected, a bed for somebody who has none, and beds kept for some people."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from aftercare.actions import closings
from patients import actions as patients
from patients.models import Patient
from tests import given
from tests.then import code_of, forbidden, fresh, refused
from treatment.actions import beds, departures, holds, offers, placements
from treatment.models import Bed, BedHold, BedRestriction, BedStay

BOARD = "/api/v1/bed-board/"


def admit(episode, clinic, bed, **fields):
    return placements.admit(episode, program=clinic.residential, bed=clinic.beds[bed], by=clinic.nurse, **fields)


def test_a_held_bed_is_given_only_to_the_person_it_is_held_for(clinic, api):
    expected, other = given.taken_in(clinic), given.taken_in(clinic, "Tess")
    hold = given.held(expected, clinic)
    assert list(Bed.objects.free()) == [clinic.beds[0], clinic.beds[2]]
    row = api(clinic.nurse).get(BOARD).json()["results"][1]
    assert (row["state"], row["preferred_name"], row["hold"]) == ("expected", "Maria", str(hold.pk))
    hidden = api(clinic.admin).get(BOARD).json()["results"][1]
    assert (hidden["state"], hidden["preferred_name"], hidden["hold"]) == ("expected", None, None)
    with refused("bed_held"):
        admit(other, clinic, 1)
    entry = given.waiting(clinic, program=clinic.residential)
    with refused("bed_taken"):
        offers.offer_place(entry, bed=clinic.beds[1], by=clinic.intake)
    admit(expected, clinic, 1)
    assert (fresh(hold).outcome, fresh(hold).ended_by) == ("used", clinic.nurse)


def test_whoever_comes_to_another_bed_or_not_at_all_has_none_held(clinic):
    here, gone = given.taken_in(clinic), given.engaging(clinic, "Tess")
    elsewhere, never = given.held(here, clinic), given.held(gone, clinic, bed=2)
    admit(here, clinic, 0)
    closings.mark_error(gone, reason="another person", by=clinic.supervisor)
    assert {fresh(hold).outcome for hold in (elsewhere, never)} == {"released"}
    assert list(Bed.objects.free()) == clinic.beds[1:]


def test_a_hold_lapses_by_itself(clinic):
    hold = given.held(given.taken_in(clinic), clinic, at=given.ago(hours=3), until_at=given.ago(hours=1))
    assert clinic.beds[1] in Bed.objects.free()
    with refused("hold_over"):
        holds.release_hold(hold, by=clinic.intake)
    assert given.held(given.taken_in(clinic, "Tess"), clinic)


def test_only_a_free_bed_is_held_once_and_for_somebody_who_has_none_held(clinic):
    given.in_bed(clinic, name="Ann")
    beds.block(clinic.beds[2], reason="repair", by=clinic.nurse)
    expected, other = given.taken_in(clinic), given.taken_in(clinic, "Tess")
    for bed, code in ((0, "bed_taken"), (2, "bed_blocked")):
        with refused(code):
            given.held(expected, clinic, bed=bed)
    with refused("hold_in_the_past"):
        given.held(expected, clinic, until_at=given.ago(hours=1))
    hold = given.held(expected, clinic)
    with refused("bed_held"):
        given.held(other, clinic)
    beds.unblock(clinic.beds[2].blocks.get(), by=clinic.nurse)
    with refused("held_already"):
        given.held(expected, clinic, bed=2)
    assert holds.release_hold(hold, by=clinic.nurse).outcome == "released"
    assert given.held(other, clinic)


def test_a_bed_that_was_offered_is_not_held_for_another(clinic):
    offers.offer_place(given.waiting(clinic, program=clinic.residential), bed=clinic.beds[1], by=clinic.intake)
    episode = given.taken_in(clinic)
    with refused("bed_offered"):
        given.held(episode, clinic)


def test_raw_sql_cannot_give_a_held_bed_away_or_hold_a_taken_one(clinic):
    stay = given.in_bed(clinic, name="Ann").patient.bed_stays.get()
    hold = given.held(given.taken_in(clinic), clinic)
    with forbidden("a_held_bed_waits_for_its_person"):
        BedStay.objects.filter(pk=stay.pk).update(bed=clinic.beds[1])
    with forbidden("a_held_bed_is_free"):
        BedHold.objects.filter(pk=hold.pk).update(bed=clinic.beds[0])
    with forbidden("a_hold_ends_with_who_and_how"):
        BedHold.objects.filter(pk=hold.pk).update(ended_at=timezone.now())


def test_a_hold_and_an_admission_of_another_at_once_do_not_both_get_the_bed(committed_clinic, run_both):
    clinic = committed_clinic
    expected, other = given.taken_in(clinic), given.taken_in(clinic, "Tess")
    results = run_both(lambda: given.held(expected, clinic), lambda: admit(other, clinic, 1))
    assert [code_of(one.error) for one in results if one.error] in (["bed_held"], ["bed_taken"])


def test_somebody_here_without_a_bed_is_given_one(clinic):
    placement = given.without_bed(clinic)
    stay = beds.assign(placement, bed=clinic.beds[1], by=clinic.nurse)
    assert (stay.bed, stay.placement, stay.patient) == (clinic.beds[1], placement, placement.patient)
    with refused("in_a_bed_already"):
        beds.assign(placement, bed=clinic.beds[2], by=clinic.nurse)
    outpatient = given.in_outpatient(clinic).placements.get()
    with refused("bed_not_needed"):
        beds.assign(outpatient, bed=clinic.beds[2], by=clinic.nurse)


def test_whoever_turns_up_after_the_search_was_given_up_has_the_kept_bed_or_another(clinic):
    departure = departures.report_missing(given.in_bed(clinic), by=clinic.nurse)
    with refused("missing_already"):
        beds.assign(departure.placement, bed=clinic.beds[0], by=clinic.nurse)
    departures.record_risk_decision(departure, risk="low", reason="wrote", by=clinic.prescriber)
    departures.end_search(departure, reason="at his aunt's", by=clinic.supervisor)
    assert beds.assign(departure.placement, bed=clinic.beds[0], by=clinic.nurse).held_until_at is None


def test_whoever_is_away_is_given_no_bed(clinic):
    episode = given.sent_out(clinic)
    with refused("away_already"):
        beds.assign(episode.placements.get(), bed=clinic.beds[1], by=clinic.nurse)


def test_a_restriction_of_one_bed_is_data_and_is_lifted_again(clinic, api):
    episode = given.taken_in(clinic)
    kept = beds.restrict(clinic.beds[0], kind="wheelchair", note="wide door", by=clinic.admin)
    with refused("bed_restricted"):
        given.held(episode, clinic, bed=0)
    with refused("restricted_already"):
        beds.restrict(clinic.beds[0], kind="wheelchair", by=clinic.admin)
    row = api(clinic.nurse).get(BOARD).json()["results"][0]
    assert (row["restrictions"][0]["kind"], row["only_for"]) == ("wheelchair", "")
    hold = given.held(episode, clinic, bed=0, bed_override="needs_it")
    assert admit(episode, clinic, 0).bed_stays.get().override == hold.override == "needs_it"  # said once
    assert beds.lift(kept, by=clinic.admin).ended_by == clinic.admin
    with refused("restriction_over"):
        beds.lift(kept, by=clinic.admin)
    assert given.held(given.taken_in(clinic, "Tess"), clinic, bed=1).override == ""


@pytest.mark.parametrize(("born", "fits"), [("2003-05-01", False), ("2003-05-02", True), (None, True)])
def test_a_bed_for_an_age_takes_nobody_older(born, fits):
    restriction = BedRestriction(kind="ages", min_age=18, max_age=25)
    person = Patient(birth_date=born and date.fromisoformat(born))
    assert restriction.fits(person, date(2029, 5, 1)) is fits
    assert restriction.in_words() == "people of 18 to 25"


def test_raw_sql_cannot_make_a_restriction_of_nothing(clinic):
    kept = beds.restrict(clinic.unit, kind="women", by=clinic.admin)
    for constraint, fields in (
        ("a_restriction_is_of_a_unit_or_of_a_bed", {"bed": clinic.beds[0]}),
        ("a_restriction_by_age_says_which", {"kind": "ages"}),
        ("a_restriction_end_has_who", {"ended_at": timezone.now()}),
    ):
        with forbidden(constraint):
            BedRestriction.objects.filter(pk=kept.pk).update(**fields)
    with refused("ages_missing"):
        beds.restrict(clinic.unit, kind="ages", by=clinic.admin)
    with refused("ages_reversed"):
        beds.restrict(clinic.unit, kind="ages", min_age=30, max_age=20, by=clinic.admin)


def test_a_stay_or_a_hold_in_error_keeps_no_bed(clinic):
    hold = given.held(given.taken_in(clinic), clinic)
    patients.mark_error(hold, reason="wrong person", by=clinic.nurse)
    assert clinic.beds[1] in Bed.objects.free()
    later = timezone.now() + timedelta(hours=1)
    assert given.held(given.taken_in(clinic, "Tess"), clinic, until_at=later)
