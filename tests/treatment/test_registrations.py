"""Somebody known is not written down twice, nobody is told of a person they may not see, no overdose is held up."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import actions as accounts
from accounts.models import Role
from audit.models import AccessEvent
from duties import actions as duties
from duties.models import Duty, DutyEvent
from patients import actions as patients
from patients.models import Access, Patient
from tests import given
from tests.then import code_of
from treatment.actions import handovers

KIM = {"preferred_name": "Kim", "legal_name": "Kimberly Novak", "birth_date": "1990-05-17"}


def known(place, **fields):
    return patients.register(
        facility=place, because="referral", at=given.ago(days=9), phone="+15550104477", email="kim@example.org",
        **{**KIM, **fields},
    )  # fmt: skip


@pytest.fixture
def register(clinic, api):
    """Register somebody over the API: (status, problem or episode)."""

    def register(user=None, place=None, not_a_duplicate=None, **person):
        body = {"facility": str((place or clinic.here).pk), "entry": "self", "person": person}
        if not_a_duplicate is not None:
            body["not_a_duplicate"] = not_a_duplicate
        answer = api(user or clinic.intake).post("/api/v1/episodes/", body, format="json")
        return answer.status_code, answer.json()

    return register


ALIKE = [
    {"preferred_name": "Kim", "birth_date": "1990-05-17"},
    {"preferred_name": "Kimberley Nowak", "birth_date": "1990-05-17"},
    {"preferred_name": "K", "phone": "(555) 010-4477"},
    {"preferred_name": "K", "email": "Kim@Example.org"},
]
OTHERS = [
    {"preferred_name": "Kim"},
    {"preferred_name": "Kim", "birth_date": "1990-05-18"},
    {"preferred_name": "Robert", "birth_date": "1990-05-17"},
    {"preferred_name": "Robert", "phone": "555 010 4478", "email": "im@example.org"},
    {"preferred_name": "Unknown", "birth_date": "1990-05-17"},
]


@pytest.mark.parametrize("person", ALIKE, ids=str)
def test_candidates_one_may_see_are_shown(person, clinic, register):
    kim = known(clinic.here)
    status, said = register(**person)
    assert (status, said["code"]) == (409, "possible_duplicate")
    kim.refresh_from_db()
    assert said["candidates"] == [
        {"id": str(kim.pk), "number": kim.number, "preferred_name": "Kim", "birth_date": "1990-05-17"}
    ]
    assert AccessEvent.objects.first().patients == [kim.pk]
    assert Patient.objects.count() == 1 and not Duty.objects.exists()
    assert register(not_a_duplicate=True, **person)[0] == 201
    assert not Duty.objects.filter(ladder__slug="possible_duplicate").exists()


@pytest.mark.parametrize("person", OTHERS, ids=str)
def test_somebody_else_is_simply_registered(person, clinic, register):
    known(clinic.here)
    assert register(**person)[0] == 201


@pytest.fixture
def hidden(clinic):
    """Kim, known elsewhere only, where there is a privacy officer."""
    clinic.privacy_elsewhere = given.a_user("privacy_elsewhere", clinic.elsewhere, Role.PRIVACY)
    return known(clinic.elsewhere)


def asked_about(person):
    return Duty.objects.filter(ladder__slug="possible_duplicate", patient=person)


@pytest.mark.parametrize("person", ALIKE, ids=str)
def test_of_a_candidate_one_may_not_see_nothing_is_told_but_the_registrar_is(person, clinic, hidden, register, api):
    status, said = register(**person)
    assert (status, said["code"]) == (409, "needs_registrar")
    assert set(said) <= {"type", "title", "status", "code", "detail", "instance"}
    assert not any(word in str(said) for word in ("Kim", "1990", str(hidden.pk), "Hill Street"))
    duty = asked_about(hidden).get()
    assert (duty.facility, duty.owner_role, duty.opened_by) == (clinic.elsewhere, Role.PRIVACY, clinic.intake)
    assert Patient.objects.count() == 1
    for user in (clinic.intake, clinic.supervisor, clinic.privacy, clinic.outsider):
        for address in ("duties", "duty-events", "notices", f"duties/{duty.pk}"):
            assert str(duty.pk) not in api(user).get(f"/api/v1/{address}/").content.decode(), (user, address)
    owner = api(clinic.privacy_elsewhere)
    assert owner.post(f"/api/v1/duties/{duty.pk}/resolve/", {"reason": "not the same"}).status_code == 200


def test_probing_opens_one_duty_a_day_and_somebody_else_s_question_another(clinic, hidden, register):
    for person in ALIKE * 2:
        register(**person)
    assert asked_about(hidden).count() == 1
    register(clinic.nurse, **ALIKE[0])
    assert asked_about(hidden).count() == 2
    assert DutyEvent.objects.count() == 2


def test_going_on_registers_and_leaves_the_registrar_s_duty(clinic, hidden, register):
    status, episode = register(not_a_duplicate=True, **ALIKE[0])
    assert status == 201
    assert asked_about(hidden).filter(closed_at=None).count() == 1
    assert str(hidden.pk) not in str(episode)


def test_where_nobody_sees_the_person_any_more_the_registrar_here_is_told_without_a_name(clinic, hidden, register):
    Access.objects.filter(patient=hidden).update(until_at=given.ago(hours=1))
    assert register(**ALIKE[0])[1]["code"] == "needs_registrar"
    duty = Duty.objects.get(ladder__slug="possible_duplicate")
    assert (duty.patient, duty.facility) == (None, clinic.here)


def test_a_nurse_here_who_is_administrator_there_is_told_nothing(clinic, hidden, register):
    accounts.join(clinic.nurse, facility=clinic.elsewhere, role=Role.ADMIN, by=clinic.admin)
    assert register(clinic.nurse, **ALIKE[0])[1]["code"] == "needs_registrar"


def test_an_overdose_without_a_name_is_never_held_up(clinic, hidden, api):
    told = {"facility": str(clinic.here.pk), "source": "ambulance", "consciousness": "pain", "breathing": "slowed"}
    for person in ({}, {"person": {"birth_date": "1990-05-17", "phone": "555 010 4477"}}):
        answer = api(clinic.nurse).post("/api/v1/handovers/", {**told, **person}, format="json")
        assert answer.status_code == 201, answer.json()
    named = {**told, "person": {"preferred_name": "Kim", "birth_date": "1990-05-17"}}
    assert api(clinic.nurse).post("/api/v1/handovers/", named, format="json").json()["code"] == "needs_registrar"
    answer = api(clinic.nurse).post("/api/v1/handovers/", {**named, "not_a_duplicate": True}, format="json")
    assert answer.status_code == 201


def test_an_open_thread_one_may_not_see_is_not_told_of(clinic, api):
    thread = given.self_referred(clinic, "Ana")
    stays = patients.register(preferred_name="Anna", facility=clinic.here, because="referral", at=given.ago(days=1))
    patients.merge(thread.patient, into=stays, by=clinic.supervisor)
    body = {"facility": str(clinic.here.pk), "entry": "return", "patient": str(stays.pk)}
    open_one = api(clinic.intake).post("/api/v1/episodes/", body, format="json").json()
    assert open_one["code"] == "episode_open"
    Access.objects.filter(patient=thread.patient).update(until_at=given.ago(seconds=1), from_at=given.ago(days=9))
    told = api(clinic.intake).post("/api/v1/episodes/", body, format="json").json()
    assert told["code"] == "needs_registrar"
    assert Duty.objects.filter(ladder__slug="possible_duplicate").count() == 1


def test_the_form_shows_candidates_and_goes_on_once_told(clinic, client):
    kim = known(clinic.here)
    client.force_login(clinic.intake)
    typed = {
        "facility": clinic.here.pk, "entry": "self", "person.preferred_name": "Kim",
        "person.birth_date": "1990-05-17", "person.language": "en",
    }  # fmt: skip
    answer = client.post("/admin/patients/episode/begin/refer/", typed)
    assert answer.status_code == 409
    assert f"/admin/patients/patient/{kim.pk}/change/" in answer.content.decode()
    assert client.post("/admin/patients/episode/begin/refer/", {**typed, "not_a_duplicate": "on"}).status_code == 302
    assert Patient.objects.count() == 2


def test_the_form_tells_nothing_of_somebody_who_is_hidden_and_goes_on_once_told(clinic, hidden, client):
    client.force_login(clinic.intake)
    typed = {"facility": clinic.here.pk, "entry": "self", "person.language": "en", "person.sex": "unknown"}
    typed |= {"person.preferred_name": "Kimberley Nowak", "person.birth_date": "1990-05-17"}
    answer = client.post("/admin/patients/episode/begin/refer/", typed)
    page = answer.content.decode()
    assert answer.status_code == 409 and "A registrar has to look at this first" in page
    assert not any(word in page for word in (str(hidden.pk), f"No. {hidden.number}", "Novak", "Hill Street"))
    assert asked_about(hidden).count() == 1
    assert client.post("/admin/patients/episode/begin/refer/", {**typed, "not_a_duplicate": "on"}).status_code == 302
    assert Patient.objects.count() == 2


def test_the_duty_climbs_to_the_supervisor_there(clinic, hidden, register):
    register(**ALIKE[0])
    supervisor = given.a_user("supervisor_elsewhere", clinic.elsewhere, Role.SUPERVISOR)
    duty = asked_about(hidden).get()
    duties.tick(timezone.now() + timedelta(days=4))
    assert set(duty.notices.values_list("to_role", flat=True)) >= {"supervisor"}
    assert supervisor.is_at(duty.facility, [Role.SUPERVISOR])


def test_of_two_who_register_one_person_at_once_the_second_finds_the_first(committed_clinic, run_both):
    clinic = committed_clinic

    def refer():
        return handovers.refer(facility=clinic.here, entry="self", person=dict(KIM), by=clinic.intake)

    results = run_both(refer, refer)
    assert sorted(code_of(r.error) if r.error else "registered" for r in results) == [
        "possible_duplicate", "registered",
    ]  # fmt: skip
    assert Patient.objects.count() == Duty.objects.open().count() == 1
