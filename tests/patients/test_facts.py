"""What is recorded about a person: birth date, weight, pregnancy, how they live, and what cannot be so."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from patients import actions as patients
from patients.models import Circumstances, Patient
from tests import given
from tests.then import forbidden, fresh, refused


@pytest.fixture
def ana(clinic):
    return patients.register(
        preferred_name="Ana", birth_date=date(1990, 5, 17), facility=clinic.here, because="referral",
        at=given.ago(days=1),
    )  # fmt: skip


def test_a_birth_date_once_set_is_corrected_with_a_reason(clinic, ana):
    with refused("birth_date_set"):
        patients.amend(ana, birth_date=date(1991, 5, 17), by=clinic.nurse)
    patients.amend(ana, birth_date=date(1990, 5, 17), pronouns="she", by=clinic.nurse)
    right = patients.correct_birth_date(ana, birth_date=date(1991, 5, 17), reason="passport", by=clinic.nurse)
    assert (right.birth_date, right.birth_date_corrected_by) == (date(1991, 5, 17), clinic.nurse)
    assert [state.birth_date.year for state in ana.history.order_by("pgh_id")] == [1990, 1990, 1991]
    with refused("same_birth_date"):
        patients.correct_birth_date(ana, birth_date=date(1991, 5, 17), reason="passport", by=clinic.nurse)
    with refused("correction_half_recorded"):
        patients.correct_birth_date(ana, birth_date=date(1992, 5, 17), reason="", by=clinic.nurse)
    with forbidden("a_birth_date_is_corrected_with_a_reason"):
        Patient.objects.filter(pk=ana.pk).update(birth_date=None)


def test_a_birth_date_that_was_not_known_is_simply_set(clinic):
    jo = given.self_referred(clinic).patient
    assert jo.age() is None
    patients.amend(jo, birth_date=date(2000, 3, 1), by=clinic.nurse)
    assert [fresh(jo).age(on) for on in (date(2026, 2, 28), date(2026, 3, 1))] == [25, 26]


@pytest.mark.parametrize(
    ("born", "code"),
    [(date.today() + timedelta(days=2), "born_in_the_future"), (date(1899, 12, 31), "born_too_long_ago")],
)
def test_nobody_is_born(born, code, clinic, ana):
    with refused(code):
        patients.correct_birth_date(ana, birth_date=born, reason="typed", by=clinic.nurse)


def test_a_weight_has_when_and_who_and_is_plausible(clinic, ana):
    weighed = patients.record_weight(ana, weight_kg=Decimal("61.5"), by=clinic.nurse)
    assert (weighed.weight_kg, weighed.weight_noted_by) == (Decimal("61.5"), clinic.nurse)
    for weight in (Decimal("0.5"), Decimal("-61"), Decimal("500.1")):
        with refused("weight_out_of_range"):
            patients.record_weight(ana, weight_kg=weight, by=clinic.nurse)
    with forbidden("a_weight_has_when_and_who"):
        Patient.objects.filter(pk=ana.pk).update(weight_noted_at=None)


def test_pregnancy_and_breastfeeding_have_when_and_who(clinic, ana):
    asked = patients.record_pregnancy(ana, pregnant="yes", breastfeeding="no", by=clinic.nurse)
    assert (asked.pregnant, asked.breastfeeding, asked.pregnancy_noted_by) == ("yes", "no", clinic.nurse)
    patients.record_pregnancy(ana, pregnant="no", by=clinic.nurse)
    assert (fresh(ana).pregnant, fresh(ana).breastfeeding) == ("no", "no"), "what was not asked stays as it was"
    with forbidden("a_pregnancy_note_has_who"):
        Patient.objects.filter(pk=ana.pk).update(pregnancy_noted_by=None)
    with forbidden("pregnancy_and_breastfeeding_were_asked"):
        Patient.objects.filter(pk=ana.pk).update(pregnancy_noted_at=None, pregnancy_noted_by=None)


def test_a_name_that_nobody_can_see_is_no_name(clinic, ana):
    for name in ("\u200b\u200f", " \u2066 "):
        with refused("name_missing"):
            patients.amend(ana, preferred_name=name, by=clinic.nurse)


def test_what_cannot_be_is_refused_with_a_code(clinic, ana, api):
    client, address = api(clinic.nurse), f"/api/v1/patients/{ana.pk}"
    asked = {
        "amend": [({"preferred_name": "A\x00na"}, 400), ({"sex": "77"}, 400), ({"legal_name": "x" * 201}, 400),
                  ({"number": 7}, 400), ({"birth_date": "2001-02-30"}, 400), ({"birth_date": "1991-01-01"}, 409)],
        "record-weight": [({"weight_kg": "-5"}, 400), ({"weight_kg": "NaN"}, 400)],
        "correct-birth-date": [({"birth_date": str(date.today() + timedelta(days=30)), "reason": "typed"}, 409)],
        "record-circumstances": [({"facility": str(clinic.here.pk), "employment": "9"}, 400)],
    }  # fmt: skip
    for verb, bodies in asked.items():
        for body, status in bodies:
            answer = client.post(f"{address}/{verb}/", body, format="json")
            assert answer.status_code == status and answer.json()["code"], (verb, body, answer.json())
    assert fresh(ana).version == 1
    said = client.post(f"{address}/amend/", {"gender": "two-spirit", "race": "2", "education": "72"}, format="json")
    assert (said.json()["gender"], said.json()["race"]) == ("two-spirit", "2")


def test_circumstances_are_dated_and_what_was_not_asked_says_so(clinic, ana):
    noted = patients.record_circumstances(ana, facility=clinic.here, employment="1", arrests=0, by=clinic.nurse)
    assert (noted.not_in_labor_force, noted.living, noted.arrests, noted.noted_by) == ("96", "98", 0, clinic.nurse)
    at_home = patients.record_circumstances(ana, facility=clinic.here, employment="4", by=clinic.nurse)
    assert at_home.not_in_labor_force == "97"
    patients.mark_error(at_home, reason="wrong person", by=clinic.nurse)
    assert list(Circumstances.objects.right()) == [noted]


def test_circumstances_that_cannot_be_are_refused(clinic, ana):
    for fields, code in (
        ({"employment": "1", "not_in_labor_force": "2"}, "labor_force_mismatch"),
        ({"employment": "4", "not_in_labor_force": "96"}, "labor_force_mismatch"),
        ({"arrests": 99}, "arrests_out_of_range"),
        ({"prior_episodes": 6}, "prior_episodes_out_of_range"),
        ({"episode": given.self_referred(clinic)}, "episode_of_another"),
    ):
        with refused(code):
            patients.record_circumstances(ana, facility=clinic.here, by=clinic.nurse, **fields)
    noted = given.circumstances(ana, clinic)
    with forbidden("labor_force_detail_is_for_those_outside_it"):
        Circumstances.objects.filter(pk=noted.pk).update(not_in_labor_force="1")
    with forbidden("circumstances_error_has_who"):
        Circumstances.objects.filter(pk=noted.pk).update(entered_in_error_at=timezone.now())


def test_a_merge_is_previewed_with_what_speaks_against_it(clinic, ana, api, client):
    maria = given.self_referred(clinic, "Anna")
    patients.amend(maria.patient, birth_date=date(1991, 5, 17), legal_name="Anna B", by=clinic.nurse)
    given.in_return(ana, clinic)
    patients.add_contact_point(ana, channel="phone", value="+15550100", by=clinic.nurse)
    address = f"/api/v1/patients/{ana.pk}/merge-preview/"
    seen = api(clinic.supervisor).get(address, {"into": maria.patient_id}).json()
    assert (seen["merged"]["number"], seen["merged"]["open_episodes"]) == (fresh(ana).number, 1)
    assert seen["merged"]["contact_points"] == ["+15550100"]
    assert {(one["code"], one["stops"]) for one in seen["conflicts"]} == {
        ("both_episodes_open", True), ("birth_dates_differ", False),
    }  # fmt: skip
    hidden = patients.register(
        preferred_name="Hidden", facility=clinic.elsewhere, because="referral", at=timezone.now()
    )
    assert api(clinic.supervisor).get(address, {"into": hidden.pk}).status_code == 404
    assert api(clinic.supervisor).get(address, {"into": "x"}).json()["code"] == "into_missing"
    assert api(clinic.nurse).get(address, {"into": maria.patient_id}).status_code == 403
    client.force_login(clinic.supervisor)
    page = client.post(f"/admin/patients/patient/{ana.pk}/do/merge/", {"into": maria.patient_id})
    assert "Both have an open episode: close one of them first." in page.content.decode()
    assert fresh(ana).merged_into is None
