"""Moving from bed to bed, blocking beds, and what the board tells to whom."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from patients import actions as patients
from patients.models import Patient
from tests import given
from tests.then import code_of, forbidden, fresh, refused
from treatment.actions import beds, offers, placements
from treatment.models import Bed, BedBlock, BedRestriction, BedStay

BOARD = "/api/v1/bed-board/"


@pytest.fixture
def stay(clinic):
    return given.in_bed(clinic).patient.bed_stays.get()


def test_a_move_ends_one_stay_and_begins_the_next_with_the_reason(clinic, stay):
    at = timezone.now()
    moved = beds.move(stay, to=clinic.beds[1], reason="closer to staff", by=clinic.nurse, at=at)
    assert (fresh(stay).ended_at, fresh(stay).ended_by) == (at, clinic.nurse)
    assert (moved.bed, moved.began_at, moved.move_reason) == (clinic.beds[1], at, "closer to staff")
    assert (moved.placement, moved.placement.ended_at) == (stay.placement, None)
    with refused("stay_ended"):
        beds.move(stay, to=clinic.beds[2], reason="again", by=clinic.nurse)
    with refused("same_bed"):
        beds.move(moved, to=clinic.beds[1], reason="again", by=clinic.nurse)


def test_a_move_goes_to_a_free_bed_of_the_same_place(clinic, stay):
    given.in_bed(clinic, bed=1, name="Ann")
    beds.block(clinic.beds[2], reason="repair", by=clinic.nurse)
    there = clinic.unit.__class__.objects.create(facility=clinic.elsewhere, name="West")
    for bed, code in (
        (clinic.beds[1], "bed_taken"),
        (clinic.beds[2], "bed_blocked"),
        (Bed.objects.create(unit=there, label="1"), "bed_elsewhere"),
    ):
        with refused(code):
            beds.move(stay, to=bed, reason="because", by=clinic.nurse)


def test_a_kept_bed_stays_kept_when_it_is_another_one(clinic):
    until = timezone.now() + timedelta(hours=5)
    episode = given.sent_out(clinic, hold_bed_until=until)
    moved = beds.move(episode.patient.bed_stays.get(), to=clinic.beds[1], reason="paint", by=clinic.nurse)
    assert fresh(moved).held_until_at == until
    assert list(Bed.objects.free()) == [clinic.beds[0], clinic.beds[2]]


def test_a_blocked_bed_takes_nobody_until_it_is_unblocked_or_its_time_has_passed(clinic):
    blocked = beds.block(clinic.beds[0], reason="cleaning", by=clinic.nurse)
    for_an_hour = beds.block(
        clinic.beds[1], reason="repair", until_at=given.ago(minutes=5), at=given.ago(hours=1), by=clinic.nurse
    )
    assert list(Bed.objects.free()) == clinic.beds[1:]
    episode = given.taken_in(clinic)
    with refused("bed_blocked"):
        placements.admit(episode, program=clinic.residential, bed=clinic.beds[0], by=clinic.nurse)
    with refused("bed_blocked"):
        beds.block(clinic.beds[0], reason="repair", by=clinic.nurse)
    with refused("block_ended"):
        beds.unblock(for_an_hour, by=clinic.nurse)
    assert beds.unblock(blocked, by=clinic.supervisor).ended_by == clinic.supervisor
    with refused("block_ended"):
        beds.unblock(blocked, by=clinic.supervisor)
    placements.admit(episode, program=clinic.residential, bed=clinic.beds[0], by=clinic.nurse)
    with refused("bed_taken"):
        beds.block(clinic.beds[0], reason="repair", by=clinic.nurse)


def test_raw_sql_cannot_block_a_taken_bed_or_take_a_blocked_one(clinic, stay):
    now = timezone.now()
    with forbidden("a_taken_bed_is_not_blocked"):
        BedBlock.objects.create(bed=stay.bed, reason="repair", began_at=now, began_by=clinic.nurse)
    blocked = BedBlock.objects.create(bed=clinic.beds[1], reason="repair", began_at=now, began_by=clinic.nurse)
    with forbidden("a_blocked_bed_stays_empty"):
        BedStay.objects.filter(pk=stay.pk).update(bed=clinic.beds[1])
    with forbidden("one_block_per_bed"):
        BedBlock.objects.create(bed=clinic.beds[1], reason="repair", began_at=now, began_by=clinic.nurse)
    with forbidden("a_block_ends_after_it_begins"):
        BedBlock.objects.filter(pk=blocked.pk).update(until_at=now - timedelta(hours=1))
    with forbidden("a_block_end_has_who"):
        BedBlock.objects.filter(pk=blocked.pk).update(ended_at=now)


def test_a_stay_in_error_does_not_keep_a_bed_from_being_blocked(clinic, stay):
    patients.mark_error(stay, reason="wrong person", by=clinic.nurse)
    assert beds.block(stay.bed, reason="repair", by=clinic.nurse)


def test_two_who_exchange_or_want_one_bed_do_not_both_get_it(committed_clinic, run_both):
    clinic = committed_clinic
    one, other = (given.in_bed(clinic, bed=n, name=str(n)).patient.bed_stays.get() for n in (0, 1))
    free = clinic.beds[2]
    results = run_both(
        lambda: beds.move(one, to=free, reason="race", by=clinic.nurse),
        lambda: beds.move(other, to=free, reason="race", by=clinic.nurse),
    )
    assert sorted(code_of(r.error) if r.error else "moved" for r in results) == ["bed_taken", "moved"]
    left = clinic.beds[0 if results[0].error is None else 1]
    stays = BedStay.objects.open().exclude(bed=free)
    results = run_both(
        lambda: beds.block(left, reason="repair", by=clinic.nurse),
        lambda: beds.move(stays.get(), to=left, reason="race", by=clinic.nurse),
    )
    assert sorted(code_of(r.error) if r.error else "done" for r in results)[-1] == "done"
    assert len([r for r in results if r.error]) == 1


def test_the_board_names_people_only_to_those_who_may_see_them(clinic, api, stay):
    beds.block(clinic.beds[2], reason="repair", note="window", by=clinic.nurse)
    rows = api(clinic.nurse).get(BOARD, {"unit": clinic.unit.pk}).json()["results"]
    assert [row["state"] for row in rows] == ["taken", "free", "blocked"]
    assert (rows[0]["preferred_name"], rows[0]["stay"]) == ("Maria", str(stay.pk))
    assert (rows[2]["block_reason"], rows[2]["block_note"]) == ("repair", "window")
    hidden = api(clinic.admin).get(BOARD).json()["results"][0]
    assert (hidden["state"], hidden["preferred_name"], hidden["patient"], hidden["stay"]) == (
        "taken",
        None,
        None,
        None,
    )
    assert api(clinic.nurse_elsewhere).get(BOARD).json()["results"] == []


def test_the_board_takes_as_many_statements_for_many_beds(clinic, api):
    def statements():
        with CaptureQueriesContext(connection) as taken:
            assert api(clinic.nurse).get(BOARD).status_code == 200
        return len(taken)

    few = statements()
    given.in_bed(clinic)
    given.in_bed(clinic, bed=1, name="Ann")
    assert statements() == few <= 6


def kept_for(whom, clinic):
    """Every bed is only for them."""
    beds.restrict(clinic.unit, kind=whom, by=clinic.admin)
    clinic.beds = list(Bed.objects.filter(unit__facility=clinic.here).select_related("unit"))


def test_a_bed_for_others_is_given_only_with_a_coded_reason_that_is_kept(clinic):
    kept_for("women", clinic)
    episode = given.ready(clinic, program=clinic.residential)
    fields = {"program": clinic.residential, "bed": clinic.beds[0], "by": clinic.nurse}
    with refused("bed_restricted"):
        placements.admit(episode, **fields)
    stay = placements.admit(episode, bed_override="own_word", **fields).bed_stays.get()
    assert stay.override == "own_word"
    with refused("bed_restricted"):
        beds.move(stay, to=clinic.beds[1], reason="paint", by=clinic.nurse)
    patients.amend(episode.patient, gender_code="woman", by=clinic.nurse)
    assert beds.move(stay, to=clinic.beds[1], reason="paint", override="safer", by=clinic.nurse).override == ""


@pytest.mark.parametrize(
    ("only_for", "said", "other"),
    [
        ("women", {"gender_code": "woman"}, {"gender_code": "man"}),
        ("men", {"gender_code": "man"}, {"gender_code": "unknown"}),
        ("pregnant", {"pregnant": "yes"}, {"pregnant": "unknown", "gender_code": "woman"}),
    ],
)
def test_whom_a_bed_is_for_is_what_people_say_of_themselves(only_for, said, other):
    restriction = BedRestriction(kind=only_for)
    day = timezone.localdate()
    assert restriction.fits(Patient(**said), day) and not restriction.fits(Patient(**other), day)


def test_another_bed_for_somebody_who_comes_back_is_restricted_too(clinic):
    episode = given.cleared_again(given.sent_out(clinic), clinic)
    kept_for("men", clinic)
    with refused("bed_restricted"):
        placements.bring_back(episode, bed=clinic.beds[1], by=clinic.nurse)
    placements.bring_back(episode, bed=clinic.beds[1], bed_override="no_other", by=clinic.nurse)
    assert episode.patient.bed_stays.open().get().override == "no_other"


def test_an_offer_of_a_bed_for_others_says_why_once_and_the_board_shows_it(clinic, api):
    kept_for("women", clinic)
    entry = given.waiting(clinic, program=clinic.residential)
    with refused("bed_restricted"):
        offers.offer_place(entry, bed=clinic.beds[0], by=clinic.intake)
    offer = offers.offer_place(entry, bed=clinic.beds[0], bed_override="safer", by=clinic.intake)
    assert list(Bed.objects.free()) == clinic.beds[1:]
    row = api(clinic.nurse).get(BOARD).json()["results"][0]
    assert (row["state"], row["preferred_name"], row["offer"]) == ("offered", "Jo", str(offer.pk))
    row = api(clinic.admin).get(BOARD).json()["results"][0]
    assert (row["state"], row["preferred_name"], row["offer"]) == ("offered", None, None)
    placed = offers.accept_offer(offer, by=clinic.intake)
    assert placed.bed_stays.get().override == "safer"
    row = api(clinic.nurse).get(BOARD).json()["results"][0]
    assert (row["state"], row["override"], row["only_for"]) == ("taken", "safer", "women")
