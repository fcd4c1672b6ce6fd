"""Ways to reach people: numbers as they are dialed, and the hours people would rather be reached."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from messaging.actions import preferred_hours
from patients import actions as patients
from patients.models import ContactPoint
from tests import given
from tests.then import forbidden, fresh

NEW_YORK = ZoneInfo("America/New_York")


@pytest.fixture
def point(clinic):
    return given.an_address(given.self_referred(clinic).patient, clinic)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("(212) 555-0123", "+12125550123"),
        ("+49 30 901820 ", "+4930901820"),
        ("212-555-0123 ext. 4", "+12125550123;ext=4"),
    ],
)
def test_a_number_is_kept_as_it_is_dialed_and_as_it_was_typed(clinic, api, typed, kept):
    patient = given.self_referred(clinic).patient
    answer = api(clinic.nurse).post(
        f"/api/v1/patients/{patient.pk}/add-contact-point/", {"channel": "phone", "value": typed}, format="json"
    )
    assert answer.status_code == 201
    assert (answer.json()["value"], answer.json()["typed"]) == (kept, typed.strip())


def test_what_is_no_number_or_address_is_refused_by_name(clinic, api):
    url = f"/api/v1/patients/{given.self_referred(clinic).patient_id}/"
    client = api(clinic.nurse)
    for value in ("call me", "12", "+1 555 0199", "\u202e0123"):
        answer = client.post(f"{url}add-contact-point/", {"channel": "phone", "value": value}, format="json")
        assert (answer.status_code, answer.json()["code"]) == (400, "phone_malformed"), value
        assert list(answer.json()["fields"]) == ["value"]
    answer = client.post(f"{url}add-contact-point/", {"channel": "email", "value": "jo at home"}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (400, "email_malformed")
    answer = client.post(f"{url}add-supporter/", {"name": "Ines", "phone": "none"}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (400, "phone_malformed")
    assert not ContactPoint.objects.exists()


def test_the_database_refuses_numbers_and_hours_that_mean_nothing(clinic, point):
    rows = ContactPoint.objects.filter(pk=point.pk)
    with forbidden("a_phone_number_is_international"):
        rows.update(channel="phone", value="555 0199")
    with forbidden("preferred_hours_have_both_ends"):
        rows.update(preferred_from="18:00")
    with forbidden("preferred_hours_last_some_time"):
        rows.update(preferred_from="18:00", preferred_until="18:00")


def test_verifying_says_how_and_correcting_keeps_it(clinic, point):
    patients.verify(point, how="in_person", by=clinic.nurse)
    patients.amend_contact_point(point, best_time="after the late shift", by=clinic.nurse)
    assert (fresh(point).verified_how, fresh(point).best_time) == ("in_person", "after the late shift")


def at(day, hour, minute=0):
    """An hour in New York in January 2026; the 5th is a Monday."""
    return datetime(2026, 1, day, hour, minute, tzinfo=NEW_YORK)


def test_preferred_hours_may_cross_midnight_and_belong_to_the_day_they_begin():
    point = ContactPoint(preferred_days=["mon"], preferred_from=time(22), preferred_until=time(2))
    assert [point.prefers(moment, NEW_YORK) for moment in (at(5, 22), at(5, 23, 59), at(6, 1, 59))] == [True] * 3
    assert not any(point.prefers(moment, NEW_YORK) for moment in (at(5, 1), at(5, 21), at(6, 2), at(6, 22)))
    assert ContactPoint().prefers(at(5, 3), NEW_YORK)


def test_a_message_waits_for_preferred_hours_outside_of_quiet_ones(clinic, quiet_hours):
    clinic.here.refresh_from_db()
    evenings = ContactPoint(preferred_days=["tue", "wed"], preferred_from=time(18), preferred_until=time(20))
    assert preferred_hours(at(6, 19), evenings, clinic.here, NEW_YORK) is None
    assert preferred_hours(at(7, 21), evenings, clinic.here, NEW_YORK) == at(13, 18).astimezone(UTC)
    clinic.here.quiet_from, clinic.here.quiet_until = time(17), time(19)
    assert preferred_hours(at(6, 12), evenings, clinic.here, NEW_YORK) == at(6, 19)
    clinic.here.quiet_until = time(21)
    assert preferred_hours(at(6, 12), evenings, clinic.here, NEW_YORK) is None
