"""Conditions, remission, and criteria by class of substances."""

from datetime import date

import pytest

from patients import actions as patients
from patients.models import Condition, CriteriaAssessment, CriteriaSet
from patients.models.conditions import Remission
from tests import given
from tests.then import forbidden, fresh, refused


@pytest.fixture
def person(clinic):
    return given.self_referred(clinic).patient


def test_one_condition_is_the_principal_one(clinic, person):
    first = given.a_condition(person, clinic, principal=True)
    second = given.a_condition(person, clinic, code="F32.1", words="Depression", principal=True)
    assert (fresh(first).principal, second.principal) == (False, True)
    patients.make_principal(first, by=clinic.prescriber)
    assert (fresh(first).principal, fresh(second).principal) == (True, False)
    with forbidden("one_principal_condition_per_person"):
        Condition.objects.filter(pk=second.pk).update(principal=True)
    patients.resolve_condition(first, by=clinic.prescriber)
    assert not fresh(first).principal
    for verb in (patients.resolve_condition, patients.make_principal):
        with refused("condition_resolved"):
            verb(first, by=clinic.prescriber)


def test_a_code_of_icd_10_looks_like_one(clinic, person):
    for wrong in ("ketamine", "F16.20000", "f16.20", "16.2"):
        with refused("code_malformed"):
            given.a_condition(person, clinic, code=wrong)
    given.a_condition(person, clinic, code="kud-1", system="site")
    given.a_condition(person, clinic, code="")


@pytest.mark.parametrize(
    ("last", "today", "remission"),
    [
        ((2026, 1, 31), (2026, 4, 30), None),
        ((2026, 1, 31), (2026, 5, 1), Remission.EARLY),
        ((2025, 3, 1), (2026, 2, 28), Remission.EARLY),
        ((2025, 3, 1), (2026, 3, 1), Remission.SUSTAINED),
    ],
)
def test_remission_is_early_from_three_months_and_sustained_from_twelve(last, today, remission):
    assert Remission.since(date(*last), date(*today)) == remission


def test_remission_needs_its_time_and_ends_when_the_condition_is_there_again(clinic, person):
    condition = given.a_condition(person, clinic)
    with refused("too_soon_for_remission"):
        patients.remit(condition, criteria_last_met_on=given.ago(days=80).date(), by=clinic.prescriber)
    days = {"criteria_last_met_on": given.ago(days=400).date(), "controlled_environment": True}
    found = patients.remit(condition, **days, by=clinic.prescriber)
    assert (found.status, found.remission, found.controlled_environment) == ("remission", "sustained", True)
    row = Condition.objects.filter(pk=condition.pk)
    with forbidden("remission_takes_its_time"):
        row.update(criteria_last_met_on=given.ago(days=100).date())
    with forbidden("remission_has_its_kind_and_days"):
        row.update(remission="")
    again = patients.reactivate(condition, by=clinic.prescriber)
    assert (again.status, again.remission, again.controlled_environment) == ("active", "", False)
    with refused("condition_active"):
        patients.reactivate(again, by=clinic.prescriber)


def test_ketamine_has_ten_criteria_and_alcohol_eleven():
    import json

    from patients.reference import SHIPPED

    counts = {entry["slug"]: len(entry["items"]) for entry in json.loads(SHIPPED.read_text())}
    assert (counts["ketamine"], counts["alcohol"], counts["opioid"]) == (10, 11, 11)


def test_severity_follows_from_the_count_and_suggests_a_code(clinic, person):
    ten = [item["code"] for item in CriteriaSet.objects.current("ketamine").items]
    found = {}
    for count in (1, 2, 3, 4, 5, 6, 10):
        assessment = given.criteria_met(person, clinic, *ten[:count], *ten[:1])
        found[count] = (assessment.severity(), assessment.suggested_code(), assessment.suggested_code_in_remission())
    assert found[1] == ("", "", "")
    assert found[2] == found[3] == ("mild", "F16.10", "F16.11")
    assert found[4] == found[5] == ("moderate", "F16.20", "F16.21")
    assert found[6] == found[10] == ("severe", "F16.20", "F16.21")


def test_withdrawal_is_no_criterion_of_ketamine_and_is_told_apart(clinic, person):
    with refused("criterion_unknown"):
        given.criteria_met(person, clinic, "craving", "withdrawal")
    assessment = given.criteria_met(person, clinic, "craving", "harm", withdrawal_like="sweats")
    assert (assessment.count(), assessment.withdrawal_like) == (2, "sweats")
    with forbidden("only_criteria_of_the_set_are_met"):
        CriteriaAssessment.objects.filter(pk=assessment.pk).update(met=["withdrawal"])
    assert given.criteria_met(person, clinic, "craving", "withdrawal", of="alcohol").count() == 2


def test_published_criteria_never_change(clinic):
    with forbidden("a_criteria_set_never_changes"):
        CriteriaSet.objects.filter(slug="ketamine").update(name="Anything")
