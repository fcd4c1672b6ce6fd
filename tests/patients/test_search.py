"""Finding people: by whatever they are known by, a little misspelled, and only those one may see."""

import pytest
from django.urls import reverse

from accounts import actions as accounts
from accounts.models import CHART, Role
from audit.models import AccessEvent
from patients import actions as patients
from patients.models import SearchEntry
from tests import given
from tests.then import forbidden


def register(place, name, **fields):
    return patients.register(preferred_name=name, facility=place, because="referral", at=given.ago(days=1), **fields)


@pytest.fixture
def zoe(clinic):
    """Somebody with everything one is found by."""
    return register(
        clinic.here,
        "Zoë",
        legal_name="Zoe Katarzyna O’Brien-Łukasz",
        birth_date="1990-05-17",
        phone="+15550104477",
    )


def found(user, term):
    return SearchEntry.objects.visible_to(user, CHART).sought(term)


@pytest.mark.parametrize(
    "term",
    [
        "zoë", "ZOE", "katarzyna zoe", "O'Brien", "obrien", "lukasz", "Katarzina", "Katarzyan", "obrein lukacz",
        "1990-05-17", "5/17/1990", "17.5.1990", "May 17, 1990", "17 may 1990", "19900517",
        "555 010 4477", "+15550104477", "(555) 0104477", "4477",
    ],
)  # fmt: skip
def test_somebody_is_found_by(term, clinic, zoe):
    register(clinic.here, "Tom", legal_name="Tom Miller", birth_date="1984-01-30", phone="+15550209911")
    assert found(clinic.nurse, term) == [zoe.pk]


def test_somebody_is_found_by_the_record_number(clinic, zoe):
    assert zoe.number > 100000
    assert found(clinic.nurse, str(zoe.number)) == [zoe.pk]


@pytest.mark.parametrize("name", ["Иван Петров", "王伟", "علي", "Ng"])
def test_names_in_any_script_are_kept_and_found(name, clinic):
    person = register(clinic.here, name, legal_name=f"{name}\u200b\u202e")
    person.refresh_from_db()
    assert (person.preferred_name, person.legal_name) == (name, f"{name}\u200b\u202e")
    if len(name) > 2 or name == "王伟":
        assert found(clinic.nurse, name) == [person.pk]


def test_the_best_comes_first_and_at_most_twenty_come(clinic):
    for number in range(22):
        register(clinic.here, f"Tom Marin {number}")
    best = register(clinic.here, "Marin")
    ranked = found(clinic.nurse, "marin")
    assert (ranked[0], len(ranked)) == (best.pk, 20)


def test_a_merged_record_leads_to_the_survivor(clinic, zoe):
    other = register(clinic.here, "Katja")
    patients.merge(zoe, into=other, by=clinic.supervisor)
    assert found(clinic.nurse, "katarzyna") == found(clinic.nurse, "4477") == [other.pk]


def test_what_was_corrected_is_found_and_what_was_wrong_no_more(clinic, zoe):
    patients.amend(zoe, legal_name="Zoe Miller", by=clinic.nurse)
    point = zoe.contact_points.get()
    patients.mark_error(point, reason="somebody else's", by=clinic.nurse)
    assert found(clinic.nurse, "miller") == [zoe.pk]
    assert not found(clinic.nurse, "katarzyna") and not found(clinic.nurse, "4477")


def test_web_cannot_write_what_people_are_found_by(clinic, zoe):
    from django.db import DatabaseError, transaction

    with pytest.raises(DatabaseError), transaction.atomic():
        SearchEntry.objects.filter(pk=zoe.pk).update(names="somebody else")


def test_a_record_number_never_changes(clinic, zoe):
    with forbidden("a_record_number_never_changes"):
        type(zoe).objects.filter(pk=zoe.pk).update(number=7)


def test_nobody_finds_whom_they_may_not_see(clinic, zoe, api, client):
    """The outsider, a nurse elsewhere, and a nurse elsewhere who is an administrator here: by no road at all."""
    pair = given.a_user("pair", clinic.elsewhere, Role.NURSE)
    accounts.join(pair, facility=clinic.here, role=Role.ADMIN, by=clinic.admin)
    known = register(clinic.elsewhere, "Zora")
    asked = [
        "q=zoe", "q=zoee", "q=1990-05-17", "q=4477", f"q={zoe.number}", "name=zoe", f"number={zoe.number}",
        "survivor=true", "q=zor&number=" + str(zoe.number),
    ]  # fmt: skip
    for user in (clinic.outsider, clinic.nurse_elsewhere, pair):
        for query in asked:
            answer = api(user).get(f"/api/v1/patients/?{query}")
            assert answer.status_code == (403 if user == clinic.outsider else 200), answer.json()
            assert str(zoe.pk) not in answer.content.decode(), (user, query)
            assert str(known.pk) in answer.content.decode() or query != "survivor=true" or user == clinic.outsider
        ordered = api(user).get("/api/v1/patients/?ordering=legal_name")
        assert ordered.status_code in (400, 403) and "Zo" not in ordered.content.decode()
        client.force_login(user)
        for address in (
            reverse("admin:patients_patient_changelist") + "?q=zoe",
            reverse("admin:search") + "?s=zoe",
            reverse("admin:autocomplete") + "?app_label=patients&model_name=episode&field_name=patient&term=4477",
        ):
            assert "Katarzyna" not in client.get(address).content.decode(), (user, address)


def test_the_search_is_one_page_best_first_and_names_its_people_in_the_log(clinic, zoe, api, client):
    answer = api(clinic.nurse).get("/api/v1/patients/?q=katarzyna&limit=1")
    assert [row["id"] for row in answer.json()["results"]] == [str(zoe.pk)]
    assert answer.json()["next"] is None
    assert AccessEvent.objects.first().patients == [zoe.pk]
    short = api(clinic.nurse).get("/api/v1/patients/?q=zo")
    assert (short.status_code, short.json()["code"]) == (400, "search_too_short")
    assert api(clinic.nurse).get("/api/v1/patients/?q=zoe%00").status_code == 400
    client.force_login(clinic.nurse)
    chosen = client.get(
        reverse("admin:autocomplete"),
        {"app_label": "patients", "model_name": "episode", "field_name": "patient", "term": "katarzina"},
    ).json()["results"]
    assert [row["id"] for row in chosen] == [str(zoe.pk)]
    assert f"No. {zoe.number}" in chosen[0]["text"] and "born 1990-05-17" in chosen[0]["text"]
    assert client.get(reverse("admin:patients_patient_changelist"), {"q": "4477"}).context["cl"].result_count == 1
