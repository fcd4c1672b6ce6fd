"""Two records of one person: sight, threads and deaths count for the person, whichever record is at hand."""

import pytest
from django.utils import timezone

from aftercare.actions import closings
from aftercare.models import CheckIn
from duties.models import Duty, Notice
from patients import actions as patients
from patients.admin.head import Head
from patients.models import Access, Because, Entry, Patient
from tests import given
from tests.then import code_of, forbidden, fresh, refused, sees, steps
from treatment.actions import handovers


def a_person(name, facility):
    return patients.register(preferred_name=name, facility=facility, because="referral", at=given.ago(days=1))


@pytest.fixture
def ana(clinic):
    return a_person("Ana", clinic.here)


@pytest.fixture
def anna(clinic):
    """The same person, known elsewhere."""
    return a_person("Anna", clinic.elsewhere)


def refer(patient, clinic):
    return handovers.refer(facility=clinic.here, entry=Entry.RETURN, patient=patient, by=clinic.intake)


def test_a_merged_record_points_to_the_survivor(clinic, ana, anna):
    patients.merge(ana, into=anna, by=clinic.privacy)
    assert fresh(ana).survivor() == anna
    assert list(Patient.objects.survivors()) == [anna]
    assert set(fresh(ana).records()) == set(anna.records()) == {ana, anna}


def test_both_sets_of_staff_see_both_records(clinic, ana, anna):
    assert not sees(clinic.nurse, anna)
    assert not sees(clinic.nurse_elsewhere, ana, "nurse")
    patients.merge(ana, into=anna, by=clinic.privacy)
    for record in (ana, anna):
        assert sees(clinic.nurse, record)
        assert sees(clinic.nurse_elsewhere, record, "nurse")


def test_sight_given_after_the_merge_reaches_every_record(clinic, ana, anna):
    patients.merge(ana, into=anna, by=clinic.privacy)
    for at_hand in (fresh(ana), fresh(anna)):
        Access.objects.update(until_at=timezone.now())
        Access.grant(at_hand, because=Because.CARE_TEAM, at=given.ago(hours=1), facility=clinic.here)
        assert sees(clinic.nurse, ana)
        assert sees(clinic.nurse, anna)


def test_a_chain_of_merges_ends_at_one_survivor(clinic, ana, anna):
    third = a_person("A.", clinic.here)
    patients.merge(ana, into=anna, by=clinic.privacy)
    patients.merge(anna, into=third, by=clinic.privacy)
    assert fresh(ana).merged_into == third
    assert sees(clinic.nurse_elsewhere, ana, "nurse")
    assert sees(clinic.nurse_elsewhere, third, "nurse")


def test_a_record_is_merged_once(clinic, ana, anna):
    third = a_person("A.", clinic.here)
    patients.merge(ana, into=anna, by=clinic.privacy)
    with refused("merged_already"):
        patients.merge(ana, into=third, by=clinic.privacy)
    with refused("merged_already"):
        patients.merge(anna, into=ana, by=clinic.privacy)


def test_a_record_is_not_merged_into_itself(clinic, ana):
    with refused("merged_into_self"):
        patients.merge(ana, into=ana, by=clinic.privacy)
    with forbidden("nobody_is_merged_into_themselves"):
        Patient.objects.filter(pk=ana.pk).update(merged_into=ana)


def test_two_open_episodes_are_never_merged(clinic, ana, anna):
    refer(ana, clinic)
    refer(anna, clinic)
    with refused("both_episodes_open"):
        patients.merge(ana, into=anna, by=clinic.privacy)


def test_an_open_episode_on_a_merged_record_counts_as_the_survivor_s(clinic, ana, anna):
    refer(ana, clinic)
    patients.merge(ana, into=anna, by=clinic.privacy)
    for record in (ana, anna, fresh(ana)):
        with refused("episode_open"):
            refer(record, clinic)
    third = a_person("A.", clinic.here)
    refer(third, clinic)
    with refused("both_episodes_open"):
        patients.merge(third, into=anna, by=clinic.privacy)


def test_a_new_episode_is_the_survivor_s_and_links_to_the_last_of_any_record(clinic, ana, anna):
    last = given.closed(clinic)
    patients.merge(last.patient, into=anna, by=clinic.privacy)
    episode = refer(last.patient, clinic)
    assert (episode.patient, episode.previous) == (anna, last)


def test_a_death_stops_and_closes_what_is_owed_on_every_record(clinic, anna):
    episode = given.in_aftercare(clinic)
    patients.merge(episode.patient, into=anna, by=clinic.privacy)
    report = closings.report_death(anna, facility=clinic.here, told_by="a friend", by=clinic.nurse)
    assert CheckIn.objects.open().get().duty.suspended_at
    with refused("death_reported"):
        closings.report_death(episode.patient, facility=clinic.here, told_by="a friend", by=clinic.nurse)
    with refused("death_reported"):
        refer(episode.patient, clinic)
    closings.confirm_death(report, reason="certificate", by=clinic.supervisor)
    assert steps(episode)[-1] == "closed"
    assert not Duty.objects.open().exists()
    assert not Notice.objects.filter(to_patient=True).unsent().exists()


def test_a_death_reported_before_the_merge_holds_for_the_survivor(clinic, ana, anna):
    closings.report_death(ana, facility=clinic.here, told_by="a friend", by=clinic.nurse)
    patients.merge(ana, into=anna, by=clinic.privacy)
    with refused("death_reported"):
        refer(anna, clinic)


def test_of_two_who_merge_crosswise_at_once_one_wins(committed_clinic, run_both):
    clinic = committed_clinic
    ana, anna = a_person("Ana", clinic.here), a_person("Anna", clinic.here)
    results = run_both(
        lambda: patients.merge(ana, into=anna, by=clinic.privacy),
        lambda: patients.merge(anna, into=ana, by=clinic.privacy),
    )
    assert sorted(code_of(r.error) if r.error else "merged" for r in results) == ["merged", "merged_already"]


def test_what_must_not_be_given_and_whom_not_to_tell_is_known_on_either_record(clinic, ana, anna):
    """An allergy that stays behind on the other record is an allergy nobody reads."""
    given.an_allergy(ana, clinic)
    patients.record_no_known_allergies(anna, facility=clinic.here, by=clinic.nurse)
    patients.forbid_contact(given.a_supporter(ana, clinic), reason="hit her", by=clinic.nurse)
    patients.merge(ana, into=anna, by=clinic.privacy)
    for record in (fresh(ana), fresh(anna)):
        said = dict(Head(record).elements)
        assert "Allergies: Penicillin" in said["allergies"]
        assert "Do not contact Ines (sister)" in said["warnings"]
    with refused("allergies_known"):
        patients.record_no_known_allergies(fresh(anna), facility=clinic.here, by=clinic.nurse)
    assert given.a_worry(fresh(ana), clinic).duty.episode is None
    thread = refer(fresh(anna), clinic)
    assert given.a_worry(fresh(ana), clinic).duty.episode == thread
