"""Every endpoint, every role, one table; and people who must see nothing, anywhere."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_filters.rest_framework import BooleanFilter

from accounts import actions as accounts
from accounts.models import Role
from aftercare.actions import calls, check_ins, closings
from aftercare.models import CheckIn
from audit.models import uuid7
from config import api as routes
from duties import actions as duties
from duties.models import Notice
from messaging import actions as messaging
from patients.views import READS, Reads
from patients.views.pages import Filtering
from treatment.actions import assault, beds, bladder, observations, placements, sessions

from . import given
from .roles import TABLE

LETTERS = {
    "a": Role.ADMIN,
    "i": Role.INTAKE,
    "n": Role.NURSE,
    "p": Role.PRESCRIBER,
    "c": Role.COUNSELOR,
    "s": Role.SUPERVISOR,
    "t": Role.TECHNICIAN,
    "f": Role.AFTERCARE,
    "v": Role.PRIVACY,
    "y": Role.ANALYST,
}
ALLOWED = {
    name: {LETTERS[letter] for letter in letters} for name, letters in map(str.split, TABLE.strip().splitlines())
}
OPEN_TO_ALL = {"login", "schema", "docs"}
NO_ROW = {
    "logout", "me", "call-list", "bed-board", "census", "watchdog", "access-events", "codes-one",
    "patients-merge-preview", "patients-clinical-hours", "under-hours", "people-to-call", "load",
}  # fmt: skip


# What the name of a route ends in that only reads.
READ_ALONE = {
    "list",
    "one",
    "timeline",
    "standing",
    "trends",
    "trend",
    "context",
    "file",
    "whole",
    "progress",
    "dates",
    "presence",
    "tried",
}


def is_verb(route):
    """Something done, whatever its name ends in."""
    return hasattr(getattr(route.callback, "cls", None) or route.callback.view_class, "noun")


def endpoints():
    """(name, route, method) of everything the API answers to."""
    for route in routes.every:
        if route.name in OPEN_TO_ALL:
            continue
        kind = route.name.rpartition("-")[2]
        reads = route.name in NO_ROW - {"logout"} or (kind in READ_ALONE and not is_verb(route))
        yield route.name, route.name, "get" if reads else "post"
        if hasattr(route.callback, "create"):
            yield f"{route.name.removesuffix('-list')}-create", route.name, "post"


ENDPOINTS = list(endpoints())


def test_the_table_misses_no_endpoint_and_names_no_other():
    assert {name for name, _, _ in ENDPOINTS} == set(ALLOWED)


@pytest.fixture
def world(clinic, settings):
    """A row of every noun, made once for several questions."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    return a_world(clinic)


def a_world(clinic):
    """A row of every noun at Harbor House, and one notice in everybody's inbox."""
    now = timezone.now()
    given.asking(clinic.residential, clinic)
    given.loaded(clinic)
    away = given.in_bed(clinic, bed=1, name="Ann")
    given.reconciled(away, clinic)
    placements.send_out(away, destination="General", reason="fever", by=clinic.nurse)
    low = given.a_handover(clinic, "Lou", respiratory_rate=8).episode
    given.asked(low, clinic, thoughts=True)
    given.assessed(low, clinic, q9=1)
    bladder.log_bladder(low, cannot_pass=True, by=clinic.nurse)
    observations.observe(low, respiratory_rate=12, by=clinic.nurse)
    dead = given.self_referred(clinic, "Ben")
    closings.report_death(dead.patient, facility=clinic.here, told_by="sister", by=clinic.nurse)
    maria = given.in_aftercare(clinic, at=given.ago(days=2))
    screen = given.a_private_screen(maria, clinic)
    for reader in (clinic.counselor, clinic.prescriber, clinic.supervisor):
        assault.name_reader(screen, reader=reader, reason="sees Maria", by=clinic.nurse)
    given.leaving(clinic)
    given.stepped_up(clinic)
    given.a_mapping(clinic)
    given.an_appointment(maria, clinic)
    given.a_series(maria, clinic)
    kept = given.a_counseling_note(maria, clinic)
    for reader in (clinic.prescriber, clinic.supervisor):
        given.let_read(kept, reader)
    given.screened(maria.patient, clinic=clinic, opioids="yes")
    given.using(maria.patient, clinic, "0706", route="4", rank="1")
    given.a_group(clinic, away)
    planned = given.in_outpatient(clinic, "Pia", at=given.ago(days=9))
    given.reviewed(given.a_plan_in_force(planned, clinic, at=given.ago(days=8)), clinic)
    note = given.a_session(maria, clinic)
    sessions.sign(note, by=clinic.counselor)
    sessions.add_addendum(note, text="More.", by=clinic.nurse)
    beds.block(clinic.beds[2], reason="repair", by=clinic.nurse)
    beds.restrict(clinic.beds[2], kind="women", by=clinic.admin)
    given.held(low, clinic, bed=0)
    check_in = CheckIn.objects.open().get(plan__episode=maria)
    duties.tick(check_in.due_at)
    messaging.send(check_in.due_at)
    calls.log_call(given.a_call_owed(maria, clinic), outcome="no_answer", by=clinic.aftercare)
    given.on_call(clinic)
    check_ins.answer(check_in, how="call", by=clinic.aftercare)
    given.a_way_in(maria, clinic)
    given.a_pause(check_in.plan, clinic)
    given.a_drafted_schedule(clinic)
    messaging.opt_out(maria.patient, channel="phone", how="said so", by=clinic.aftercare)
    given.all_around(maria.patient, clinic)
    given.medicated(maria, clinic)
    clinic.of_the_place = duties.open(
        "outage", facility=clinic.here, owner_role=Role.SUPERVISOR, due_at=now, by=clinic.admin, at=now
    )
    given.both_ways(maria.patient, clinic)
    given.circumstances(maria.patient, clinic)
    given.all_tests(maria, clinic)
    clinic.maria = maria
    given.a_night_and_what_went_wrong(clinic, maria, low)
    reviewed, everybody = given.under_review(clinic), [role.value for role in Role]
    clinic.own_rows = {  # what is read by whose it is
        "Incident": {role: given.an_incident(clinic, by=getattr(clinic, role)) for role in everybody},
        "IncidentAction": {role: given.an_action(reviewed, clinic, getattr(clinic, role)) for role in everybody},
    }
    clinic.own_notices = {
        role: Notice.objects.create(
            duty=clinic.of_the_place,
            facility=clinic.here,
            rung=number,
            to_user=getattr(clinic, role),
            template="due",
            made_at=now,
            send_at=now,
            expires_at=now + timedelta(days=1),
        )
        for number, role in enumerate(role.value for role in Role)
    }
    return clinic


def row_for(name, view, world, role):
    """The row of Harbor House an endpoint is tried on."""
    model = view.noun if hasattr(view, "noun") else view.model
    if name.startswith("inbox"):
        return world.own_notices[role]
    if model.__name__ in world.own_rows:
        return world.own_rows[model.__name__][role]
    if model.__name__ == "Facility":
        return world.here
    if model.__name__ == "User":
        return world.technician
    if model.__name__ == "Membership":
        return world.technician.memberships.get()
    rows = READS[model].model._default_manager.all()
    if role == Role.ADMIN and model.__name__ == "Duty":
        return world.of_the_place
    if role == Role.ADMIN and model.__name__ == "DutyEvent":
        return world.of_the_place.events.first()
    if hasattr(model, "patient"):
        rows = rows.exclude(patient=None)
    return rows.order_by("pk").last()


def address(name, route, world, role):
    """The address of an endpoint, of a row where it wants one."""
    if route.name == "codes-one":
        return reverse(route.name, args=["stages"])
    if "pk" not in route.pattern.converters:
        return reverse(route.name)
    view = getattr(route.callback, "cls", None) or route.callback.view_class
    row = row_for(name, view, world, role)
    assert row is not None, f"the world has no row for {name}"
    return reverse(route.name, args=[row.pk])


BY_NAME = {route.name: route for route in routes.every}


def answers(world, client, role):
    """{endpoint: status}, each tried in a transaction that is taken back."""
    found = {}
    for name, route_name, method in ENDPOINTS:
        url = address(name, BY_NAME[route_name], world, role)
        if name == "access-events":
            url += f"?patient={world.maria.patient_id}"
        with transaction.atomic():
            response = client.get(url) if method == "get" else client.post(url, {}, format="json")
            found[name] = response.status_code, response
            transaction.set_rollback(True)
    return found


# A few roles share a world, which takes long to make; four thousand requests take long as well.
GROUPS = [pytest.param(list(Role)[n::4], marks=pytest.mark.slow if n else ()) for n in range(4)]


@pytest.mark.parametrize("roles", GROUPS, ids=lambda roles: "-".join(roles))
def test_each_role_may_call_what_the_table_says(world, api, roles):
    wrong = {}
    for role in roles:
        for name, (status, _) in answers(world, api(getattr(world, role.value)), role).items():
            if status not in ({200, 201, 204, 400, 409} if role in ALLOWED[name] else {403}):
                wrong[role.value, name] = status
    assert not wrong


def shows(response, world):
    """Does an answer name anybody of Harbor House?"""
    text = response.content.decode()
    return str(world.maria.patient_id) in text or "Maria" in text or ("results" in text and '"id"' in text)


PUBLIC = {
    "criteria-sets-list",
    "criteria-sets-one",
    "education-texts-list",
    "education-texts-one",
    "instrument-permissions-list",
    "instrument-permissions-one",
    "instruments-list",
    "medications-list",
    "medications-one",
    "instruments-one",
    "plan-templates-list",
    "plan-templates-one",
    "checklists-list",
    "ladders-list",
    "level-standards-list",
    "level-standards-one",
    "gateway-incidents-list",
    "gateway-incidents-one",
    "texts-list",
    "schedules-list",
    "checklists-one",
    "ladders-one",
    "schedules-one",
    "schedules-dates",
}


OWN = {"logout", "me", "codes-list", "codes-one"} | PUBLIC


def values_of(row, test):
    """What a filter would find this row by."""
    value = row
    for step in (test.field_name or "").split("__"):
        value = getattr(value, step, None)
    return getattr(value, "pk", value)


# What a search looks for has no column of its own.
SOUGHT = {"name": "maria", "number": "1", "phone": "2125550188", "birth_date": "1990-01-01"}


def filtered(world, role):
    """(address, the same asked about nobody or none) for every filter of every list, by what a hidden row holds."""
    for route in routes.every:
        reads = getattr(route.callback, "cls", None)
        if "pk" in route.pattern.converters or not issubclass(reads or object, Reads) or route.name in OWN:
            continue
        kind = Filtering().get_filterset_class(reads, reads.queryset)
        row, address = row_for(route.name, reads, world, role), reverse(route.name)
        for name, test in (kind.base_filters if kind else {}).items():
            if isinstance(test, BooleanFilter):
                yield f"{address}?{name}=true", f"{address}?{name}=false"
                continue
            value = SOUGHT.get(name, values_of(row, test))
            about = {"patient": world.maria.patient_id, "episode": world.maria.pk}
            for one in {value, about.get(name)} - {None, ""}:
                yield f"{address}?{name}={one}", isinstance(one, UUID) and f"{address}?{name}={uuid7()}"


@pytest.mark.slow
def test_whoever_has_no_part_here_finds_nothing_by_key_list_or_filter(world, api):
    """The outsider, and a nurse of another place: what is hidden answers like what is not there."""
    for user in (world.outsider, world.nurse_elsewhere):
        client = api(user)
        for name, (status, response) in answers(world, client, Role.NURSE).items():
            if name in OWN or (name == "facilities-list" and user is world.nurse_elsewhere):
                continue
            assert status in {403, 404} or not shows(response, world), (user, name)
            if not name.endswith(("-list", "-create")) and name not in NO_ROW:
                assert status in {403, 404}, (user, name, status)
    asked = list(filtered(world, Role.NURSE))
    assert len(asked) > 200
    for hidden, other in asked:
        found = client.get(hidden)
        assert found.status_code in {400, 403} or found.json()["results"] == [], hidden
        if other:
            assert client.get(other).status_code == found.status_code, hidden
    in_order = client.get(f"{reverse('episodes-list')}?ordering=patient")
    assert in_order.json()["code"] == "unknown_filter"  # there is one order, and no count
    assert set(client.get(reverse("episodes-list")).json()) == {"next", "results"}


def test_a_nurse_here_who_is_intake_there_acts_by_the_pair(world, api):
    """Whoever holds two roles at two places does at each what its own role allows, and no more."""
    both = given.a_user("both", world.here, Role.INTAKE)
    accounts.join(both, facility=world.elsewhere, role=Role.NURSE, by=both)
    world.intake, as_intake = both, api(both)
    for name, (status, response) in answers(world, as_intake, Role.INTAKE).items():
        if Role.INTAKE in ALLOWED[name]:
            assert status in {200, 201, 204, 400, 404, 409}, (name, status)
        elif name.endswith(("-list", "-create")) or name in NO_ROW:
            assert status in {400, 403} or not shows(response, world), (name, status)
        else:
            assert status in {403, 404}, (name, status)
    episode = given.a_handover(world, "Zoe").episode
    assert as_intake.get(reverse("episodes-one", args=[episode.pk])).status_code == 200
    clear = as_intake.post(reverse("episodes-clear", args=[episode.pk]), {"basis": "not_needed"}, format="json")
    assert (clear.status_code, clear.json()["code"]) == (403, "wrong_role")
    switch = as_intake.post(reverse("facilities-switch-on-sending", args=[world.here.pk]), {}, format="json")
    assert (switch.status_code, switch.json()["code"]) == (403, "wrong_role")


def test_without_signing_in_nothing_is_answered(world, api):
    for name, (status, _) in answers(world, api(), Role.NURSE).items():
        assert status == 401, name
