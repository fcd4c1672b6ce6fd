"""Pictures of numbers, with the same numbers in a table."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from patients.admin.plots import BOTTOM, HEIGHT, LANE, LEFT, RIGHT, TOP, WIDTH, Bar, Lane, Point, line
from tests import given
from treatment.actions import sessions
from treatment.actions.bladder import log_bladder
from treatment.models import Bed

from .conftest import address


def test_no_numbers_make_no_picture():
    assert line("Craving", []) == ""


def test_the_lowest_and_highest_stand_at_the_edges_and_all_stand_in_the_table():
    now = timezone.now()
    drawn = line("Craving", [Point(now, 100, "last"), Point(now - timedelta(days=9), 0)], top=100)
    assert f"M{LEFT} {HEIGHT - BOTTOM}" in drawn.replace(".0", "") and f"L{WIDTH - RIGHT} {TOP}" in drawn.replace(
        ".0", ""
    )
    assert "from 0 to 100" in drawn and "last" in drawn and drawn.count("<tr>") == 3


def test_what_went_on_meanwhile_stands_under_the_line_as_far_as_it_is_shown():
    now = timezone.now()
    points = [Point(now - timedelta(days=10), 4), Point(now, 2)]
    bars = [
        Bar(now - timedelta(days=30), now - timedelta(days=5), "Residential"),
        Bar(now - timedelta(days=5), None, "Outpatient"),
        Bar(now - timedelta(days=90), now - timedelta(days=60), "Long ago"),
    ]
    drawn = line("Craving", points, lanes=[Lane("Program", bars), Lane("Medication", bars[2:])])
    middle = (LEFT + WIDTH - RIGHT) / 2
    assert f'x="{LEFT}" y="{HEIGHT}" width="{middle - LEFT}"' in drawn.replace(f'"{LEFT}.0"', f'"{LEFT}"')
    assert f'x="{middle}" y="{HEIGHT}"' in drawn and f'viewBox="0 0 {WIDTH} {HEIGHT + LANE}"' in drawn
    assert "Long ago" not in drawn and "Medication" not in drawn and "to now" in drawn


def test_the_person_page_draws_scores_with_their_bands_and_program_and_medication_under_them(clinic, sign_in):
    episode = given.in_bed(clinic, at=given.ago(days=9))
    for days, value in ((8, 2), (1, 1)):
        given.assessed(episode, clinic, at=given.ago(days=days), q1=value, q2=value)
        log_bladder(episode, voids=10 * value, by=clinic.nurse, at=given.ago(days=days))
    given.criteria_met(episode.patient, clinic, "craving", "harm")
    given.ordered(episode, clinic, "sertraline", at=given.ago(days=5))
    drawn = sign_in(clinic.counselor).get(address(episode.patient) + "?tab=treatment").content.decode()
    assert "PHQ-9: total. 2 numbers, from 4 to 2" in drawn and "Moderately severe" in drawn
    assert "Bladder log: times in 24 hours. 2 numbers, from 20 to 10" in drawn
    assert "Ketamine use disorder: criteria met. 1 number, from 2 to 2" in drawn
    assert "Program: Residential" in drawn and "Medication: sertraline" in drawn


def test_the_person_page_draws_craving_and_attendance(road, sign_in):
    kim = given.in_bed(road.clinic, bed=1, name="Kim")
    client = sign_in(road.clinic.counselor)
    assert "Craving. 1 number, from 20 to 20" in client.get(address(road.patient) + "?tab=aftercare").content.decode()
    at = given.ago(hours=1)
    for attendance in ("no_show", "excused", "attended"):
        sessions.log_session(
            kim,
            kind="individual",
            started_at=at,
            ended_at=at + timedelta(minutes=30),
            attendance=attendance,
            by=road.clinic.counselor,
        )
    drawn = client.get(address(kim.patient) + "?tab=treatment").content.decode()
    assert "Came to sessions, by week. 1 number, from 50 to 50 %" in drawn and "1 of 2" in drawn


def test_the_board_draws_how_many_beds_were_taken(clinic, sign_in):
    episode = given.in_bed(clinic, at=given.ago(days=20))
    given.in_bed(clinic, bed=1, name="Ann", at=given.ago(days=5))
    given.moved(episode, program=clinic.outpatient, by=clinic.counselor, at=given.ago(days=10))
    days = dict(enumerate(number for _, number in reversed(Bed.objects.all().taken_by_day(90))))
    assert [days[back] for back in (90, 21, 19, 11, 9, 6, 4, 0)] == [0, 0, 1, 1, 0, 0, 1, 1]
    text = sign_in(clinic.nurse).get(reverse("admin:bed_board")).content.decode()
    assert "Beds taken. 91 numbers" in text


def test_clinical_hours_are_drawn_in_their_band_and_who_had_too_few_is_listed(clinic, sign_in):
    episode = given.stepped_up(clinic, at=given.ago(days=30)).episode
    given.a_session(episode, clinic, at=given.ago(days=10))
    drawn = sign_in(clinic.counselor).get(address(episode.patient) + "?tab=treatment").content.decode()
    assert "Clinical hours by week, level 2.1. " in drawn and "2.1: 9 to under 20 h" in drawn
    listed = sign_in(clinic.supervisor).get(reverse("admin:under_hours")).content.decode()
    assert "Nia" in listed and "9 to under 20 h" in listed
    given.accounts.join(clinic.outsider, facility=clinic.elsewhere, role="supervisor", by=clinic.outsider)
    assert "Nia" not in sign_in(clinic.outsider).get(reverse("admin:under_hours")).content.decode()
    assert sign_in(clinic.technician).get(reverse("admin:under_hours")).status_code == 403
