"""Administrators run their own places in ordinary forms; nobody else does, and nobody publishes by hand."""

import pytest
from django.contrib import admin
from django.urls import reverse

from accounts.models import Facility, Role, User
from aftercare.models import Schedule
from duties.models import Ladder
from tests import given
from tests.then import forbidden, fresh
from treatment.models import Bed, Checklist, Program, Unit

from .conftest import address, listing


def add(model):
    """The address of a noun's ordinary form."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")


HERE = {
    "name": "Harbor House",
    "zone": "America/New_York",
    "phone": "+1 555 0101",
    "sender_name": "Your contact",
    "quiet_from": "21:00",
    "quiet_until": "08:00",
    "most_a_day": "1",
    "most_in_7_days": "3",
    "night_from": "22:00",
    "logged_within": "1 00:00:00",
    "country": "US",
    "holidays": "2026-12-25",
    "monday_opens": "08:00",
    "monday_closes": "16:30",
}


def test_working_hours_are_typed_as_times(clinic, sign_in):
    client = sign_in(clinic.admin)
    page = client.get(address(clinic.here))
    assert page.context["adminform"].form["monday_opens"].value() == "09:00"
    assert client.post(address(clinic.here), HERE).status_code == 302
    clinic.here.refresh_from_db()
    assert clinic.here.working_hours == {"0": ["08:00", "16:30"]}
    assert clinic.here.phone == "+1 555 0101"
    wrong = client.post(address(clinic.here), {**HERE, "monday_closes": "07:00"})
    assert "Give both times" in wrong.content.decode()


def test_only_an_administrator_of_the_place_changes_it(clinic, sign_in):
    for name in ("supervisor", "nurse", "privacy"):
        client = sign_in(getattr(clinic, name))
        assert client.get(address(clinic.here)).status_code == 200
        assert client.post(address(clinic.here), HERE).status_code == 403
    given.accounts.join(clinic.admin, facility=clinic.elsewhere, role=Role.NURSE, by=clinic.admin)
    assert sign_in(clinic.admin).get(address(clinic.elsewhere)).status_code == 200
    assert sign_in(clinic.admin).post(address(clinic.elsewhere), HERE).status_code == 403
    assert sign_in(clinic.nurse_elsewhere).get(address(clinic.here)).status_code == 404


def test_whoever_sets_up_a_place_administers_it(clinic, sign_in):
    client = sign_in(clinic.admin)
    assert client.post(add(Facility), {**HERE, "name": "Pier"}).status_code == 302
    assert clinic.admin.is_at(Facility.objects.get(name="Pier"), [Role.ADMIN])
    assert sign_in(clinic.supervisor).get(add(Facility)).status_code == 403


def test_units_beds_and_programs_are_added_at_ones_own_place(clinic, sign_in):
    client = sign_in(clinic.admin)
    assert client.get(add(Unit)).status_code == 200
    assert client.post(add(Unit), {"facility": clinic.here.pk, "name": "West"}).status_code == 302
    west = Unit.objects.get(name="West")
    assert client.post(add(Bed), {"unit": west.pk, "label": "1"}).status_code == 302
    assert client.post(address(west.beds.get()), {"unit": west.pk, "label": "2"}).status_code == 302
    program = {"facility": clinic.here.pk, "name": "Day", "setting": "outpatient"}
    program |= {
        "asam_edition": "3",
        "level_of_care": "2.7",
        "entry_requirement": "none",
        "capacity": "12",
        "min_age": "18",
    }
    program |= {"plan_due": "3 00:00:00", "review_every": "30 00:00:00"}
    unknown = client.post(add(Program), program)
    assert "There is no such level of care in this edition." in unknown.content.decode()
    assert client.post(add(Program), {**program, "level_of_care": "2.5"}).status_code == 302
    client.post(add(Unit), {"facility": clinic.elsewhere.pk, "name": "Theirs"})
    assert not Unit.objects.filter(name="Theirs").exists()
    assert client.post(add(Unit), {"facility": clinic.here.pk, "name": "West"}).status_code == 200
    assert sign_in(clinic.nurse).post(add(Unit), {"facility": clinic.here.pk, "name": "No"}).status_code == 403
    assert sign_in(clinic.nurse).get(address(west)).status_code == 200


NEW = {
    "username": "newcomer",
    "first_name": "New",
    "last_name": "Comer",
    "email": "newcomer@staff.example.org",
    "password1": "quite a long password 7",
    "password2": "quite a long password 7",
    "role": "nurse",
}


def test_somebody_new_begins_with_a_role(clinic, sign_in):
    client = sign_in(clinic.admin)
    assert client.get(add(User)).status_code == 200
    assert client.post(add(User), {**NEW, "facility": clinic.elsewhere.pk}).status_code == 200
    assert not User.objects.filter(username="newcomer").exists()
    assert client.post(add(User), {**NEW, "facility": clinic.here.pk}).status_code == 302
    newcomer = User.objects.get(username="newcomer")
    assert newcomer.is_at(clinic.here, [Role.NURSE])
    assert newcomer.is_staff and not newcomer.is_superuser
    assert newcomer.check_password("quite a long password 7")
    assert newcomer.memberships.get().began_by == clinic.admin


def test_a_colleague_of_two_places_is_changed_by_neither_alone(clinic, sign_in):
    client = sign_in(clinic.admin)
    changed = {"username": "nurse", "first_name": "Noa", "last_name": "B", "email": "n@staff.example.org"}
    assert client.post(address(clinic.nurse), changed).status_code == 302
    clinic.nurse.refresh_from_db()
    assert clinic.nurse.first_name == "Noa"
    given.accounts.join(clinic.nurse, facility=clinic.elsewhere, role=Role.NURSE, by=clinic.admin)
    assert client.post(address(clinic.nurse), changed).status_code == 403
    secret = {"password1": "quite a long password 8", "password2": "quite a long password 8"}
    password = reverse("admin:auth_user_password_change", args=[clinic.nurse.pk])
    assert client.get(password).status_code == 403
    assert client.post(password, secret).status_code == 403
    own = reverse("admin:auth_user_password_change", args=[clinic.counselor.pk])
    assert client.post(own, {**secret, "usable_password": "true"}).status_code == 302
    clinic.counselor.refresh_from_db()
    assert clinic.counselor.check_password("quite a long password 8")


def test_nobody_raises_themselves(clinic, sign_in):
    client = sign_in(clinic.admin)
    typed = {"username": "nurse", "first_name": "N", "last_name": "B", "email": "n@staff.example.org"}
    client.post(address(clinic.nurse), {**typed, "is_superuser": "on", "is_active": ""})
    clinic.nurse.refresh_from_db()
    assert clinic.nurse.is_active and not clinic.nurse.is_superuser


def test_published_editions_are_only_read(clinic, sign_in):
    client = sign_in(clinic.admin)
    for model in (Ladder, Schedule, Checklist):
        row = model.objects.first()
        if admin.site._registry[model].has_view_permission(client.get(listing(model)).wsgi_request):
            assert client.get(address(row)).status_code == 200
        assert client.post(address(row), {"name": "Other"}).status_code == 403
        assert client.get(add(model)).status_code == 403


def test_nothing_is_registered_that_asks_only_djangos_permissions(db):
    from patients.admin import RecordAdmin

    assert all(isinstance(page, RecordAdmin) for page in admin.site._registry.values())


@pytest.mark.parametrize(
    ("quiet_from", "quiet_until", "taken"),
    [
        ("21:00", "08:00", True),
        ("18:30", "10:15", True),
        ("08:01", "08:00", True),  # nearly all day
        ("21:01", "08:00", False),
        ("21:00", "07:59", False),
        ("00:00", "08:00", False),  # late in the evening they would be written to
        ("21:00", "23:59", False),  # and here at night
        ("13:00", "15:00", False),
        ("00:00", "00:00", False),
        ("12:00", "12:00", False),
    ],
)
def test_nobody_is_written_to_before_eight_or_after_nine_whatever_a_place_says(
    clinic, sign_in, quiet_from, quiet_until, taken
):
    said = {**HERE, "quiet_from": quiet_from, "quiet_until": quiet_until}
    page = sign_in(clinic.admin).post(address(clinic.here), said)
    assert ("Nobody is written to before 08:00 or after 21:00" not in page.content.decode()) == taken
    here = fresh(clinic.here)
    assert ((f"{here.quiet_from:%H:%M}", f"{here.quiet_until:%H:%M}") == (quiet_from, quiet_until)) == taken
    if not taken:
        with forbidden("quiet_hours_cover_the_night"):
            Facility.objects.update(quiet_from=quiet_from, quiet_until=quiet_until)
