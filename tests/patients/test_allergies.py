"""Allergies, and what “none known” means."""

import pytest

from patients import actions as patients
from patients.models import Allergy
from tests import given
from tests.then import forbidden, fresh, refused


@pytest.fixture
def person(clinic):
    return given.self_referred(clinic).patient


def none_known(person, clinic):
    return patients.record_no_known_allergies(person, facility=clinic.here, by=clinic.nurse)


def active(person):
    return [str(row) for row in person.allergies.active()]


def test_an_allergy_ends_the_statement_that_none_is_known(clinic, person):
    statement = none_known(person, clinic)
    assert active(person) == ["No known allergies"]
    given.an_allergy(person, clinic)
    assert active(person) == ["Penicillin"]
    assert fresh(statement).ruled_out_by == clinic.nurse


def test_none_is_known_only_where_none_is_recorded(clinic, person):
    allergy = given.an_allergy(person, clinic)
    with refused("allergies_known"):
        none_known(person, clinic)
    patients.rule_out(allergy, reason="tested", by=clinic.nurse)
    with refused("allergy_ruled_out"):
        patients.rule_out(allergy, reason="tested", by=clinic.nurse)
    with refused("allergy_ruled_out"):
        patients.amend_allergy(allergy, reaction="hives", by=clinic.nurse)
    none_known(person, clinic)
    none_known(person, clinic)
    assert active(person) == ["No known allergies"]


def test_the_same_allergy_is_recorded_once_whatever_its_case(clinic, person):
    first = given.an_allergy(person, clinic)
    with refused("allergy_recorded"):
        given.an_allergy(person, clinic, "PENICILLIN")
    patients.mark_error(first, reason="another person", by=clinic.nurse)
    given.an_allergy(person, clinic, "PENICILLIN")


def test_the_database_keeps_none_known_and_allergies_apart(clinic, person):
    statement = none_known(person, clinic)
    row = {"patient": person, "facility": clinic.here, "noted_at": given.ago(), "noted_by": clinic.nurse}
    with forbidden("none_known_means_none"):
        Allergy.objects.create(substance="Latex", **row)
    with forbidden("an_allergy_is_to_something"):
        Allergy.objects.filter(pk=statement.pk).update(none_known=False)
    with forbidden("a_ruled_out_allergy_has_when_who_and_why"):
        Allergy.objects.filter(pk=statement.pk).update(status="ruled_out")


def test_the_head_of_every_page_says_what_they_must_not_be_given(clinic, person, client):
    client.force_login(clinic.nurse)

    def head():
        return client.get(f"/admin/patients/episode/{person.episodes.get().pk}/change/").content.decode()

    assert "allergies not asked" in head()
    none_known(person, clinic)
    assert "allergies not asked" not in head() and "No known allergies" in head()
    given.an_allergy(person, clinic)
    allergy = given.an_allergy(person, clinic, "Latex")
    patients.amend_allergy(allergy, severity="severe", by=clinic.nurse)
    assert "Allergies: Latex (severe), Penicillin" in head()
    patients.mark_error(allergy, reason="another person", by=clinic.nurse)
    assert "Latex" not in head()
