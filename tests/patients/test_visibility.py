"""Who sees whom: Access alone decides, and the pair of role and place counts."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import actions as accounts
from accounts.models import EVERYONE, Role
from aftercare.models import Answer, CheckIn
from duties import actions as duties
from duties.models import Duty
from patients.models import Access, Because, Entry, Episode, EpisodeEvent
from tests import given
from tests.then import forbidden, sees
from treatment.actions import handovers
from treatment.models import BedStay, SessionNote


@pytest.fixture
def maria(clinic):
    return given.self_referred(clinic, "Maria", at=given.ago(days=1)).patient


def test_staff_here_see_the_person_in_their_role(clinic, maria):
    assert sees(clinic.nurse, maria)
    assert not sees(clinic.nurse, maria, "counselor")


def test_an_outsider_sees_nobody_and_nothing(clinic):
    episode = given.in_aftercare(clinic)
    for model in (Episode, EpisodeEvent, BedStay, CheckIn, Duty):
        assert model.objects.exists()
        assert not model.objects.visible_to(clinic.outsider, EVERYONE).exists()
    assert not sees(clinic.outsider, episode.patient, *EVERYONE)


def test_a_nurse_elsewhere_does_not_see_the_person(clinic, maria):
    assert not sees(clinic.nurse_elsewhere, maria, *EVERYONE)


def test_a_role_here_does_not_lend_itself_to_a_role_there(clinic, maria):
    """Nurse here, intake there: whoever is seen only there is seen in the role held there."""
    accounts.join(clinic.nurse_elsewhere, facility=clinic.here, role=Role.INTAKE, by=clinic.admin)
    assert not sees(clinic.nurse_elsewhere, maria, "nurse")
    assert sees(clinic.nurse_elsewhere, maria, "intake")


def test_sight_ends_with_the_membership(clinic, maria):
    duties.end_membership(clinic.nurse.memberships.get(), by=clinic.admin)
    assert not sees(clinic.nurse, maria)


def test_sight_ends_when_somebody_leaves(clinic, maria):
    duties.leave(clinic.nurse, by=clinic.admin)
    assert not sees(clinic.nurse, maria)


def test_sight_ends_when_its_time_is_over(clinic, maria):
    Access.objects.filter(patient=maria).update(until_at=timezone.now() + timedelta(hours=1))
    assert sees(clinic.nurse, maria)
    Access.objects.filter(patient=maria).update(until_at=timezone.now() - timedelta(seconds=1))
    assert not sees(clinic.nurse, maria)


def test_sight_does_not_begin_before_its_time(clinic, maria):
    Access.objects.filter(patient=maria).update(from_at=timezone.now() + timedelta(hours=1))
    assert not sees(clinic.nurse, maria)


def test_sight_given_by_name_opens_for_that_user_alone(clinic, maria):
    Access.grant(maria, because=Because.CARE_TEAM, at=given.ago(hours=1), user=clinic.nurse_elsewhere)
    assert sees(clinic.nurse_elsewhere, maria, "nurse")
    colleague = given.a_user("colleague", clinic.elsewhere, Role.NURSE)
    assert not sees(colleague, maria, "nurse")


def test_sight_is_given_once_per_reason(clinic, maria):
    for _ in range(2):
        Access.grant(maria, because=Because.CARE_TEAM, at=timezone.now(), user=clinic.nurse_elsewhere)
    assert maria.access.filter(because=Because.CARE_TEAM).count() == 1
    with forbidden("access_is_given_once_per_reason"):
        Access.objects.create(
            patient=maria, because=Because.CARE_TEAM, user=clinic.nurse_elsewhere, from_at=timezone.now()
        )


def test_sight_is_given_to_a_facility_or_a_user(clinic, maria):
    for whom in ({}, {"facility": clinic.here, "user": clinic.nurse}):
        with forbidden("access_is_to_a_facility_or_a_user"):
            Access.objects.create(patient=maria, because=Because.TRANSFER, from_at=timezone.now(), **whom)


def test_sight_ends_after_it_starts(clinic, maria):
    with forbidden("access_ends_after_it_starts"):
        Access.objects.filter(patient=maria).update(until_at=given.ago(days=9))


def test_what_is_written_about_a_person_is_seen_with_the_person(clinic):
    note = given.a_session(given.in_bed(clinic), clinic)
    assert SessionNote.objects.visible_to(clinic.counselor, {Role.COUNSELOR}).get() == note
    assert not SessionNote.objects.visible_to(clinic.nurse_elsewhere, EVERYONE).exists()
    assert not Answer.objects.visible_to(clinic.nurse_elsewhere, EVERYONE).exists()


def test_pages_of_people_hold_everybody_once_in_order_whatever_the_ways_they_are_seen(clinic, api):
    nurse, people = clinic.nurse, [given.self_referred(clinic, f"P{n}").patient for n in range(5)]
    far = {"facility": clinic.elsewhere, "person": {"preferred_name": "Far"}}
    elsewhere = handovers.refer(entry=Entry.SELF, by=clinic.nurse_elsewhere, **far).patient
    at = given.ago()
    Access.grant(people[1], because="care_team", at=at, user=nurse)  # seen in two ways
    Access.grant(elsewhere, because="care_team", at=at, user=nurse)  # seen as a person, not by the place
    Access.grant(people[4], because="transfer", at=at, facility=clinic.elsewhere)
    seen, address = [], "/api/v1/patients/?limit=2"
    while address:
        page = api(nurse).get(address).json()
        seen += [row["id"] for row in page["results"]]
        address = page["next"]
    assert seen == sorted(str(one.pk) for one in [*people, elsewhere])
    there = [row["id"] for row in api(clinic.nurse_elsewhere).get("/api/v1/patients/").json()["results"]]
    assert there == sorted([str(people[4].pk), str(elsewhere.pk)])
    Access.objects.filter(user=nurse, patient=elsewhere).update(until_at=at)
    assert str(elsewhere.pk) not in [row["id"] for row in api(nurse).get("/api/v1/patients/").json()["results"]]
