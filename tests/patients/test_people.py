"""The person: corrections, ways to reach them, what they use, and mistakes."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from patients import actions as patients
from patients.codes import Channel, Scope
from patients.models import ContactPoint, Patient, SubstanceUse
from tests import given
from tests.then import forbidden, fresh, refused, sees


@pytest.fixture
def person(clinic):
    return patients.register(preferred_name=" Ana ", facility=clinic.here, because="referral", at=given.ago(days=1))


def point(person, clinic, **fields):
    return patients.add_contact_point(
        person, channel="email", value="ana@example.org", by=clinic.nurse, **{"scopes": ["check_in"], **fields}
    )


def usable():
    return ContactPoint.objects.usable([Channel.EMAIL], Scope.CHECK_IN).exists()


def test_registering_lets_the_facility_see_the_person(clinic, person):
    assert person.preferred_name == "Ana"
    assert sees(clinic.nurse, person)
    assert not sees(clinic.nurse_elsewhere, person, "nurse")


def test_a_person_needs_a_name_to_be_called(clinic):
    with refused("name_missing"):
        patients.register(preferred_name="  ", facility=clinic.here, because="referral", at=timezone.now())


def test_a_correction_keeps_the_earlier_state(clinic, person):
    patients.amend(person, preferred_name="Anna", zone="Europe/Berlin", by=clinic.nurse)
    assert fresh(person).preferred_name == "Anna"
    assert [state.preferred_name for state in person.history.order_by("pgh_id")] == ["Ana", "Anna"]


@pytest.mark.parametrize(("field", "value"), [("zone", "Mars/Base"), ("preferred_name", ""), ("language", "xx")])
def test_a_correction_that_means_nothing_is_refused(clinic, person, field, value):
    with pytest.raises(ValidationError) as caught:
        patients.amend(person, **{field: value}, by=clinic.nurse)
    assert list(caught.value.error_dict) == [field]
    assert fresh(person).version == 1


def test_an_address_is_usable_once_agreed_to_and_verified(clinic, person):
    made = point(person, clinic)
    assert not usable()
    patients.verify(made, by=clinic.nurse)
    assert usable()


def test_an_address_nobody_agreed_to_is_not_usable(clinic, person):
    patients.verify(point(person, clinic, scopes=[]), by=clinic.nurse)
    assert not usable()


def test_an_address_agreed_to_for_something_else_is_not_usable(clinic, person):
    patients.verify(point(person, clinic, scopes=["appointment"]), by=clinic.nurse)
    assert not usable()


def test_agreement_can_be_given_and_taken_back(clinic, person):
    made = patients.verify(point(person, clinic, scopes=[]), by=clinic.nurse)
    given_to = patients.consent(made, scopes=["check_in", "check_in"], by=clinic.nurse)
    assert (given_to.scopes, given_to.consented_by, usable()) == (["check_in"], clinic.nurse, True)
    taken = patients.consent(made, scopes=[], by=clinic.nurse)
    assert (taken.scopes, taken.consented_at, usable()) == ([], None, False)


def test_a_revoked_address_is_never_used_again(clinic, person):
    made = patients.verify(point(person, clinic), by=clinic.nurse)
    patients.revoke(made, by=clinic.nurse)
    patients.verify(made, by=clinic.nurse)
    assert not usable()


def test_a_broken_address_is_used_again_once_verified(clinic, person):
    made = patients.verify(point(person, clinic), by=clinic.nurse)
    patients.mark_broken(made, by=clinic.nurse)
    assert not usable()
    patients.verify(made, by=clinic.nurse)
    assert usable()


def test_an_address_entered_in_error_is_not_usable(clinic, person):
    made = patients.verify(point(person, clinic), by=clinic.nurse)
    patients.mark_error(made, reason="somebody else's", by=clinic.nurse)
    assert not usable()


def test_raw_sql_cannot_agree_for_the_person(clinic, person):
    made = point(person, clinic, scopes=[])
    with forbidden("scopes_are_consented_to"):
        ContactPoint.objects.filter(pk=made.pk).update(scopes=["check_in"])


@pytest.mark.parametrize(
    ("column", "constraint"),
    [
        ("verified_at", "a_verification_has_who"),
        ("consented_at", "a_consent_has_who"),
        ("revoked_at", "a_revocation_has_who"),
        ("broken_at", "a_broken_mark_has_who"),
        ("entered_in_error_at", "contactpoint_error_has_who"),
    ],
)
def test_a_mark_on_an_address_names_who_made_it(clinic, person, column, constraint):
    made = point(person, clinic, scopes=[])
    with forbidden(constraint):
        ContactPoint.objects.filter(pk=made.pk).update(**{column: timezone.now()})


def test_use_is_written_down_with_who_said_so(clinic, person):
    use = patients.record_use(
        person, facility=clinic.here, substance="2004", source="person", last_used_at=given.ago(hours=3),
        by=clinic.nurse,
    )  # fmt: skip
    assert (use.noted_by, use.get_substance_display()) == (clinic.nurse, "Ketamine")


def test_use_in_the_future_is_refused(clinic, person):
    with refused("use_in_the_future"):
        patients.record_use(
            person, facility=clinic.here, substance="2004", source="person", last_used_at=timezone.now(),
            by=clinic.nurse, at=given.ago(hours=1),
        )  # fmt: skip


def test_a_mistake_stays_readable_and_counts_for_nothing(clinic, person):
    use = patients.record_use(person, facility=clinic.here, substance="0201", source="person", by=clinic.nurse)
    marked = patients.mark_error(use, reason="wrong person", by=clinic.supervisor)
    assert (marked.entered_in_error_by, marked.entered_in_error_reason) == (clinic.supervisor, "wrong person")
    assert SubstanceUse.objects.filter(pk=use.pk).exists()
    assert not SubstanceUse.objects.right().exists()
    assert use.history.count() == 2


def test_a_mistake_is_marked_once(clinic, person):
    use = patients.record_use(person, facility=clinic.here, substance="0201", source="person", by=clinic.nurse)
    patients.mark_error(use, reason="wrong person", by=clinic.supervisor)
    with refused("error_marked"):
        patients.mark_error(use, reason="again", by=clinic.nurse)


def test_a_mistake_names_who_marked_it(clinic, person):
    with forbidden("patient_error_has_who"):
        Patient.objects.filter(pk=person.pk).update(entered_in_error_at=timezone.now())


def test_a_death_is_not_confirmed_before_it_is_reported(clinic, person):
    with forbidden("a_death_is_reported_before_it_is_confirmed"):
        Patient.objects.filter(pk=person.pk).update(
            death_confirmed_at=timezone.now(), death_confirmed_by=clinic.nurse
        )
