"""A record that nobody is: marked once nothing on it counts, found by nothing from then on, and still readable."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aftercare.actions import closings, links
from aftercare.actions.closings import OF_THE_ROAD
from audit.models import AccessEvent
from duties import actions as duties
from patients import actions as patients
from patients.actions import people
from patients.models import ContactPoint, Episode, Patient, SearchEntry
from patients.models.mistakes import ALONG, PARTS, counted, what_counts
from patients.views import VERBS
from tests import given
from tests.then import code_of, forbidden, fresh, refused, sees
from treatment.actions import handovers, sessions

PEOPLE = "/api/v1/patients/"


def marked(clinic, name="Test Test"):
    """A record that was marked."""
    patient = given.nobody(clinic, name)
    return people.mark_error(patient, reason="a test", by=clinic.supervisor)


def test_a_record_that_is_marked_is_found_by_nothing_and_opens_to_be_read(clinic, api, client):
    patient = given.nobody(clinic, "Quentin")
    given.an_address(patient, clinic, "quentin@example.org")
    patients.add_supporter(patient, name="Ines", kind="emergency_contact", by=clinic.nurse)
    given.self_referred(clinic, "Rosa")
    people.mark_error(patient, reason="typed twice", by=clinic.supervisor)
    nurse, asked = (
        api(clinic.nurse),
        ("", "?q=quentin", "?name=quentin", f"?number={patient.number}", "?survivor=true"),
    )
    for query in (*asked, "?q=quentin@example.org"):
        found = nurse.get(PEOPLE + query).json()["results"]
        assert str(patient.pk) not in str(found), query
    assert [one["preferred_name"] for one in nurse.get(PEOPLE).json()["results"]] == ["Rosa"]
    assert not SearchEntry.objects.filter(patient=patient).exists()
    assert not ContactPoint.objects.right().filter(patient=patient).exists()
    assert not patient.supporters.right().exists()
    one = nurse.get(f"{PEOPLE}{patient.pk}/")
    assert (one.status_code, one.json()["entered_in_error_reason"]) == (200, "typed twice")
    client.force_login(clinic.supervisor)
    listed = client.get("/admin/patients/patient/").content.decode()
    assert "Rosa" in listed and "Quentin" not in listed
    page = client.get(f"/admin/patients/patient/{patient.pk}/change/").content.decode()
    assert "Record made by mistake" in page and "typed twice" in page and "/do/" not in page
    assert not sees(clinic.nurse_elsewhere, patient, "nurse")


def test_nobody_is_told_that_somebody_like_a_mistake_is_known(clinic, api):
    patient = given.nobody(clinic, "Quentin Quill")
    patients.correct_birth_date(patient, birth_date="1990-01-02", reason="said so", by=clinic.nurse)
    person = {"preferred_name": "Quentin Quill", "birth_date": "1990-01-02"}
    sent = {"facility": str(clinic.here.pk), "entry": "self", "person": person}
    known = api(clinic.intake).post("/api/v1/episodes/", sent, format="json")
    assert known.status_code == 409
    people.mark_error(patient, reason="a test", by=clinic.supervisor)
    assert api(clinic.intake).post("/api/v1/episodes/", sent, format="json").status_code == 201


def test_what_counts_on_a_record_is_in_the_way_until_it_is_marked_or_ended(clinic):
    episode = given.self_referred(clinic, "Jo")
    with refused("record_in_use"):
        people.mark_error(episode.patient, reason="a test", by=clinic.supervisor)
    patient = given.nobody(clinic)
    allergy = patients.record_allergy(patient, facility=clinic.here, substance="Latex", by=clinic.nurse)
    about = {"facility": clinic.here, "patient": patient, "owner_role": "nurse", "by": clinic.nurse}
    owed = duties.open("outage", due_at=given.ago(), at=given.ago(), **about)
    with refused("record_in_use"):
        people.mark_error(patient, reason="a test", by=clinic.supervisor)
    patients.mark_error(allergy, reason="a test", by=clinic.nurse)
    with refused("record_in_use"):
        people.mark_error(patient, reason="a test", by=clinic.supervisor)
    duties.cancel(owed, by=clinic.supervisor, reason="a test")
    assert people.mark_error(patient, reason="a test", by=clinic.supervisor).entered_in_error_by == clinic.supervisor
    with refused("error_marked"):
        people.mark_error(patient, reason="a test", by=clinic.supervisor)


def test_what_was_signed_counts_along_a_thread_that_was_a_mistake_too(clinic):
    episode = given.in_outpatient(clinic, "Pia")
    note = given.a_session(episode, clinic)
    sessions.sign(note, by=clinic.counselor)
    closings.mark_error(episode, reason="a test", by=clinic.supervisor)
    assert what_counts(episode.patient) == ["session notes"]
    with refused("record_in_use"):
        people.mark_error(episode.patient, reason="a test", by=clinic.supervisor)
    sessions.mark_note_error(note, reason="a test", by=clinic.counselor)
    people.mark_error(fresh(episode.patient), reason="a test", by=clinic.supervisor)


def test_a_mistake_takes_nothing_new(clinic, api):
    patient, rosa = marked(clinic), given.self_referred(clinic, "Rosa").patient
    with refused("record_in_error"):
        handovers.refer(facility=clinic.here, entry="self", patient=patient, by=clinic.intake)
    with refused("record_in_error"):
        patients.record_allergy(patient, facility=clinic.here, substance="Latex", by=clinic.nurse)
    with refused("record_in_error"):
        given.a_legal_status(patient, clinic)
    with refused("record_in_error"):
        links.choose_safe_word(patient, word="green kettle", hint="kitchen", by=clinic.aftercare)
    with refused("record_in_error"):
        patients.amend(patient, preferred_name="Rose", by=clinic.nurse)
    for one, other in ((patient, rosa), (rosa, patient)):
        with refused("error_marked"):
            patients.merge(one, into=other, by=clinic.supervisor)
    answer = api(clinic.nurse).post(f"{PEOPLE}{patient.pk}/amend/", {"preferred_name": "Rose"}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "record_in_error")
    assert AccessEvent.objects.latest("id").patients == [patient.pk]


def test_a_record_that_others_were_merged_into_is_somebody(clinic):
    rosa, rose = given.nobody(clinic, "Rosa"), given.nobody(clinic, "Rose")
    patients.merge(rose, into=rosa, by=clinic.supervisor)
    with refused("record_in_use"):
        people.mark_error(rosa, reason="a test", by=clinic.supervisor)
    with refused("merged_already"):
        people.mark_error(rose, reason="a test", by=clinic.supervisor)


def test_the_database_marks_no_record_with_a_thread_that_counts_and_takes_no_mark_back(clinic):
    episode, patient = given.self_referred(clinic, "Jo"), marked(clinic)
    marks = {"entered_in_error_at": given.ago(), "entered_in_error_by": clinic.admin, "entered_in_error_reason": "x"}
    with forbidden("what_counts_has_somebody_it_is_about"):
        Patient.objects.filter(pk=episode.patient_id).update(**marks)
    with forbidden("a_record_in_error_takes_nothing_new"):
        Patient.objects.filter(pk=patient.pk).update(
            entered_in_error_at=None, entered_in_error_by=None, entered_in_error_reason=""
        )


@pytest.mark.django_db(transaction=True)
def test_of_a_thread_and_a_mark_that_come_at_once_one_is_refused(committed_clinic, run_both):
    clinic = committed_clinic
    patient = given.nobody(clinic)
    began, mark = run_both(
        lambda: handovers.refer(facility=clinic.here, entry="self", patient=patient, by=clinic.intake),
        lambda: people.mark_error(patient, reason="a test", by=clinic.supervisor),
    )
    assert (began.error is None) != (mark.error is None)
    assert code_of(began.error or mark.error) in {"record_in_error", "record_in_use"}


def test_what_is_in_the_way_is_one_statement(clinic):
    with CaptureQueriesContext(connection) as asked:
        assert what_counts(given.nobody(clinic)) == []
    assert sum("has_allergies" in query["sql"] for query in asked) == 1


def test_whoever_marks_a_record_can_mark_whatever_is_in_the_way():
    with_a_verb = {noun for noun, verbs in VERBS.items() if any(verb.name == "mark-error" for verb in verbs)}
    stuck = {
        name
        for name, relation in counted().items()
        if name not in {*ALONG, *PARTS}
        and relation.related_model not in {*with_a_verb, *OF_THE_ROAD}
        and "episode" not in {field.name for field in relation.related_model._meta.concrete_fields}
    }
    assert not stuck and Episode in with_a_verb and len(counted()) > 40
