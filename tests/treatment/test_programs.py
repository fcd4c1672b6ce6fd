"""Programs: levels of care, places, ages, the beds that are theirs, and closing."""

from datetime import UTC, date, datetime, timedelta

import time_machine
from django.utils import timezone

from accounts.models import Facility
from aftercare.actions import plans
from patients import actions as patients
from tests import given
from tests.then import code_of, forbidden, fresh, refused
from treatment.actions import placements, programs
from treatment.models import Bed, Placement, Program, Unit
from treatment.models.levels import FourthLevel, ThirdLevel


def admit(episode, clinic, **fields):
    return placements.admit(episode, **{"program": clinic.outpatient, "by": clinic.intake, **fields})


def set_up(program, **fields):
    """An administrator changes the program."""
    Program.objects.filter(pk=program.pk).update(**fields)


def years_ago(years, **less):
    today = timezone.localdate(timezone=Facility.objects.get(name="Harbor House").tz())
    return today.replace(
        year=today.year - years, day=28 if (today.month, today.day) == (2, 29) else today.day
    ) + timedelta(**less)


def test_a_level_is_named_by_its_edition(clinic):
    third = Program(asam_edition="3", level_of_care="3.7")
    assert third.level_label() == "Medically monitored inpatient"
    assert Program(asam_edition="4", level_of_care="3.7").level_label() == "Medically managed residential"
    assert Program(asam_edition="4").level_label() == ""
    assert {"RR", "1.0", "1.7", "2.7", "4"} <= set(FourthLevel.values) - {"0.5", "3.3", "3.7-WM"}
    assert {"0.5", "OTS", "3.3", "3.2-WM", "4-WM"} <= set(ThirdLevel.values)


def test_a_level_that_its_edition_does_not_know_is_refused(clinic):
    for edition, level in (("3", "1.5"), ("4", "3.3"), ("4", "1"), ("3", "RR"), ("4", "5")):
        with forbidden("a_level_of_care_is_of_its_edition"):
            set_up(clinic.outpatient, asam_edition=edition, level_of_care=level)
    with forbidden("a_program_takes_somebody"):
        set_up(clinic.outpatient, capacity=0)
    with forbidden("an_age_range_has_an_order"):
        set_up(clinic.outpatient, min_age=30, max_age=18)


def test_a_full_program_takes_nobody_until_somebody_leaves(clinic):
    set_up(clinic.outpatient, capacity=1)
    first, second = given.ready(clinic), given.ready(clinic, "Tess")
    admit(first, clinic)
    with refused("program_full"):
        admit(second, clinic)
    housed = given.in_bed(clinic)
    with refused("program_full"):
        given.moved(housed, program=clinic.outpatient, by=clinic.counselor)
    given.moved(first, program=clinic.residential, bed=clinic.beds[1], by=clinic.counselor)
    assert admit(second, clinic)


def test_of_two_people_admitted_to_the_last_place_one_gets_it(committed_clinic, run_both):
    clinic = committed_clinic
    set_up(clinic.outpatient, capacity=1)
    people = [given.ready(clinic, name) for name in ("Jo", "Tess")]
    results = run_both(*[lambda episode=episode: admit(episode, clinic) for episode in people])
    assert sorted(code_of(r.error) if r.error else "admitted" for r in results) == ["admitted", "program_full"]
    assert Placement.objects.open().count() == 1


def test_nobody_of_another_age_is_placed_whoever_asks(clinic):
    set_up(clinic.outpatient, min_age=18, max_age=24)
    minor = given.ready(clinic, birth_date=years_ago(18, days=1))
    for by in (clinic.intake, clinic.prescriber, clinic.supervisor):
        with refused("outside_age_range"):
            admit(minor, clinic, by=by)
    assert fresh(minor).stage == "intake"
    older = given.ready(clinic, "Old", birth_date=years_ago(25))
    with refused("outside_age_range"):
        admit(older, clinic)
    for name, born in (("Just", years_ago(18)), ("Still", years_ago(25, days=1))):
        assert admit(given.ready(clinic, name, birth_date=born), clinic).warnings() == []


def test_the_refusal_of_a_minor_leads_to_the_referral_and_makes_none(clinic, api):
    set_up(clinic.outpatient, min_age=18)
    minor = given.ready(clinic, birth_date=years_ago(16))
    client, url = api(clinic.intake), f"/api/v1/episodes/{minor.pk}"
    answer = client.post(f"{url}/admit/", {"program": str(clinic.outpatient.pk)}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "outside_age_range")
    instead = answer.json()["instead"]
    assert instead == {
        "of": "episode",
        "id": str(minor.pk),
        "verb": "refer-elsewhere",
        "said": {"kind": "youth_service"},
    }
    assert not minor.transfers.exists()
    # What is left to say is where to.
    body = {**instead["said"], "destination": "Pier"}
    assert client.post(f"{url}/{instead['verb']}/", body, format="json").status_code == 201


def test_an_adult_who_is_too_old_is_led_to_another_provider(clinic, api):
    set_up(clinic.outpatient, max_age=24)
    older = given.ready(clinic, birth_date=years_ago(40))
    url = f"/api/v1/episodes/{older.pk}/admit/"
    answer = api(clinic.intake).post(url, {"program": str(clinic.outpatient.pk)}, format="json")
    assert answer.json()["instead"]["said"] == {"kind": "provider"}


def test_nobody_comes_back_to_a_program_for_another_age(clinic):
    set_up(clinic.outpatient, max_age=24)
    episode = given.staying_in_touch(clinic)
    patients.amend(episode.patient, birth_date=date(1950, 1, 1), by=clinic.intake)
    given.cleared_again(episode, clinic)
    with refused("outside_age_range"):
        plans.return_to_treatment(episode, program=clinic.outpatient, by=clinic.nurse)


def test_an_unknown_birth_date_is_let_in_with_a_warning(clinic, api):
    set_up(clinic.outpatient, min_age=18)
    episode = given.ready(clinic)
    answer = api(clinic.intake).post(
        f"/api/v1/episodes/{episode.pk}/admit/", {"program": str(clinic.outpatient.pk)}, format="json"
    )
    assert answer.status_code == 201, answer.content
    assert answer.json()["warnings"] == ["The birth date is not known, and the program takes people of 18 and over."]


def test_whose_age_is_learned_later_is_shown_to_be_in_the_wrong_program(clinic, api):
    set_up(clinic.outpatient, min_age=18)
    episode = given.in_outpatient(clinic)
    path = f"/api/v1/placements/{episode.placements.get().pk}/"

    def told():
        return api(clinic.nurse).get(path).json()["warnings"]

    patients.amend(episode.patient, birth_date=years_ago(40), by=clinic.intake)
    assert told() == []
    born = years_ago(15)
    patients.correct_birth_date(episode.patient, birth_date=born, reason="the card says so", by=clinic.intake)
    sentence = "The program takes people of 18 and over. Move the person, or refer them elsewhere."
    assert told() == [sentence]
    given.leave(episode, clinic)
    assert told() == []


def test_an_age_is_judged_by_the_day_of_the_place_on_the_page_as_on_admission(clinic):
    """It is June 11 on Kiritimati while it is June 10 in New York and by the clock of the server."""
    set_up(clinic.outpatient, min_age=18)
    Facility.objects.filter(pk=clinic.here.pk).update(zone="Pacific/Kiritimati")
    clinic.outpatient.refresh_from_db()
    with time_machine.travel(datetime(2027, 6, 10, 12, tzinfo=UTC), tick=False):
        episode = given.ready(clinic, birth_date=date(2009, 6, 11))
        placement = admit(episode, clinic)
        assert placement.warnings() == [] and not placement.is_outside_ages()
        Facility.objects.filter(pk=clinic.here.pk).update(zone="America/New_York")
        assert Placement.objects.get(pk=placement.pk).is_outside_ages()


def test_a_unit_s_beds_are_of_its_program(clinic):
    detox = Program.objects.create(facility=clinic.here, name="Detox", setting="residential", needs_bed=True)
    west = Unit.objects.create(facility=clinic.here, name="West", program=detox)
    bed = Bed.objects.create(unit=west, label="1")
    episode = given.taken_in(clinic)
    with refused("bed_of_another_program"):
        admit(episode, clinic, program=clinic.residential, bed=bed)
    assert admit(episode, clinic, program=detox, bed=bed)


def test_when_somebody_is_expected_to_leave_is_kept_and_corrected(clinic):
    today = timezone.localdate(timezone=clinic.here.tz())
    episode = given.ready(clinic)
    with refused("ends_before_start"):
        admit(episode, clinic, expected_end_on=today - timedelta(days=1))
    placement = admit(episode, clinic, expected_end_on=today + timedelta(days=28))
    assert fresh(placement).expected_end_on == today + timedelta(days=28)
    assert placements.set_expected_end(placement, expected_end_on=None, by=clinic.nurse).expected_end_on is None
    with refused("ends_before_start"):
        placements.set_expected_end(placement, expected_end_on=today - timedelta(days=1), by=clinic.nurse)
    later = today + timedelta(days=60)
    moved = given.moved(
        episode, program=clinic.residential, bed=clinic.beds[0], expected_end_on=later, by=clinic.nurse
    )
    assert moved.expected_end_on == later
    with refused("placement_ended"):
        placements.set_expected_end(placement, expected_end_on=today, by=clinic.nurse)


def test_a_program_closes_only_when_nobody_is_in_it(clinic):
    episode = given.ready(clinic)
    with refused("program_open"):
        programs.reopen_program(clinic.outpatient, by=clinic.admin)
    admit(episode, clinic)
    with refused("people_in_program"):
        programs.close_program(clinic.outpatient, by=clinic.admin)
    given.moved(episode, program=clinic.residential, bed=clinic.beds[0], by=clinic.nurse)
    at = given.ago(minutes=1)
    closed = programs.close_program(clinic.outpatient, by=clinic.admin, at=at)
    assert (closed.closed_at, closed.closed_by) == (at, clinic.admin)
    with refused("program_closed"):
        programs.close_program(clinic.outpatient, by=clinic.admin)
    other = given.ready(clinic, "Tess")
    with refused("program_closed"):
        admit(other, clinic)
    programs.reopen_program(clinic.outpatient, by=clinic.admin)
    assert admit(other, clinic)


def test_nobody_is_let_in_while_a_program_closes(committed_clinic, run_both):
    clinic = committed_clinic
    episode = given.ready(clinic)
    results = run_both(
        lambda: admit(episode, clinic), lambda: programs.close_program(clinic.outpatient, by=clinic.admin)
    )
    codes = {code_of(r.error) for r in results if r.error}
    assert len(codes) == 1 and codes <= {"program_closed", "people_in_program"}
    assert Placement.objects.open().count() == (0 if codes == {"program_closed"} else 1)
