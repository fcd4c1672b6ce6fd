"""A supporter's worry is heard, the person is called, and nothing is told."""

from datetime import timedelta

from patients import actions as patients
from tests import given
from tests.then import forbidden, owed, refused
from treatment.models import Worry


def test_a_worry_owes_the_person_a_call_within_a_day_by_whoever_holds_the_thread(clinic):
    jo = given.self_referred(clinic)
    worry = given.a_worry(jo.patient, clinic)
    assert (worry.duty.episode, worry.duty.owner_role) == (jo, "counselor")
    assert worry.duty.due_at == worry.heard_at + timedelta(hours=24)
    assert "contact" in owed(jo)
    assert "lost" not in worry.duty.note
    maria = given.in_aftercare(clinic)
    assert given.a_worry(maria.patient, clinic).duty.owner_role == "aftercare"


def test_even_whom_nobody_may_contact_is_listened_to_and_nobody_learns_more_by_it(clinic):
    person = given.self_referred(clinic).patient
    supporter = patients.forbid_contact(given.a_supporter(person, clinic), reason="hit Jo", by=clinic.nurse)
    given.worries.log_worry(supporter, facility=clinic.here, words="Where is Jo?", by=clinic.nurse)
    supporter.refresh_from_db()
    assert (supporter.may_know, supporter.permission_given_at) == ([], None)


def test_somebody_with_no_open_thread_is_called_too(clinic):
    person = given.closed(clinic, "Joanna").patient
    worry = given.a_worry(person, clinic)
    assert (worry.duty.patient, worry.duty.episode, worry.duty.facility) == (person, None, clinic.here)


def test_a_worry_has_words(clinic):
    person = given.self_referred(clinic).patient
    worry = given.a_worry(person, clinic)
    with refused("words_missing"):
        given.worries.log_worry(worry.supporter, facility=clinic.here, words="", by=clinic.nurse)
    with forbidden("a_worry_has_words"):
        Worry.objects.filter(pk=worry.pk).update(words="")
    assert worry.duty.is_open()
