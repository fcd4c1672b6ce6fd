"""On call: who hears a page, when nobody does, and what the person is told meanwhile."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts import actions as accounts
from accounts.models import KNOWN_NUMBERS, OnCallShift, Shift
from aftercare import reference
from aftercare.actions.reachability import NUMBERS, who_is_there
from aftercare.tasks import watch_rotas
from duties import actions as duties
from duties.models import Duty, Kind, Notice
from messaging import texts
from messaging.actions import send
from messaging.models import Text
from tests import given
from tests.then import forbidden, fresh, refused

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


# The rota.


def test_whoever_is_on_call_is_so_from_the_first_instant_to_before_the_last(clinic):
    starts = timezone.now()
    shift = given.on_call(clinic, starts_at=starts, hours=12)
    here = OnCallShift.objects.at
    assert list(here(clinic.here, starts, Shift.ON_CALL)) == [shift]
    assert not here(clinic.here, starts + 12 * HOUR, Shift.ON_CALL).exists()
    assert not here(clinic.here, starts - MINUTE).exists()
    assert not here(clinic.here, starts, Shift.LEAD).exists()
    assert not here(clinic.elsewhere, starts).exists()


def test_nobody_stands_one_shift_twice_or_backwards_or_without_the_role(clinic):
    given.on_call(clinic)
    with refused("on_call_already"):
        given.on_call(clinic, starts_at=timezone.now() + 11 * HOUR)
    with refused("shift_empty"):
        given.on_call(clinic, starts_at=timezone.now() + 20 * HOUR, hours=0)
    with refused("not_a_clinician"):
        given.on_call(clinic, clinic.aftercare)
    with refused("not_a_clinician"):
        given.on_call(clinic, clinic.nurse, kind="lead")
    with refused("not_a_clinician"):
        given.on_call(clinic, clinic.nurse_elsewhere)
    with forbidden("a_shift_lasts_a_while"):
        OnCallShift.objects.update(ends_at=given.ago(days=1))


def test_a_shift_that_has_begun_is_swapped_for_the_rest_of_it(clinic):
    starts = timezone.now()
    first = given.on_call(clinic, starts_at=starts, hours=12)
    rest = accounts.swap_shift(first, user=clinic.prescriber, by=clinic.supervisor, at=starts + 4 * HOUR)
    assert (rest.starts_at, rest.ends_at, rest.instead_of) == (starts + 4 * HOUR, starts + 12 * HOUR, first)
    assert (fresh(first).ends_at, fresh(first).canceled_at) == (starts + 4 * HOUR, None)
    with refused("shift_over"):
        accounts.cancel_shift(first, reason="late", by=clinic.supervisor, at=starts + 5 * HOUR)


def test_a_shift_to_come_is_called_off_once(clinic):
    shift = given.on_call(clinic, starts_at=timezone.now() + HOUR)
    accounts.cancel_shift(shift, reason="ill", by=clinic.supervisor)
    with refused("shift_canceled"):
        accounts.swap_shift(shift, user=clinic.prescriber, by=clinic.supervisor)
    assert not OnCallShift.objects.at(clinic.here, shift.starts_at).exists()
    given.on_call(clinic, starts_at=shift.starts_at)  # a shift called off is in nobody's way


def test_whoever_lost_their_role_is_on_call_no_more(clinic):
    shift = given.on_call(clinic)
    duties.end_membership(clinic.nurse.memberships.get(), by=clinic.admin)
    assert not OnCallShift.objects.at(clinic.here, shift.starts_at).exists()


def test_sending_wants_a_last_resort_that_can_be_reached(clinic):
    somewhere = given.a_facility("Pier", last_resort_name="", last_resort_phone="", last_resort_email="")
    with refused("last_resort_missing"):
        accounts.switch_on_sending(somewhere, by=clinic.admin)
    with refused("last_resort_incomplete"):
        accounts.name_last_resort(somewhere, name="Ada", phone="", email="ada@example.org", by=clinic.admin)
    accounts.name_last_resort(somewhere, name="Ada", phone="+12125550100", email="ada@example.org", by=clinic.admin)
    assert accounts.switch_on_sending(somewhere, by=clinic.admin).sends_to_patients_at
    with forbidden("a_last_resort_can_be_reached"):
        type(somewhere).objects.filter(pk=somewhere.pk).update(last_resort_email="")


# A page.


@pytest.fixture
def page(clinic):
    """Somebody is in danger: a page goes out now."""
    now = timezone.now()
    episode = given.in_aftercare(clinic, at=given.ago(hours=2))
    return duties.open(
        "critical_contact", facility=clinic.here, episode=episode, owner_role="supervisor", due_at=now,
        by=clinic.aftercare, at=now,
    )  # fmt: skip


def paged(now):
    """Who is told of the page by what the clock does at this moment, without the place they write from.

    At some hours of the day another step falls between two of these moments, and the clock seems to have stood still.
    """
    mail.outbox.clear()
    duties.tick(now)
    send(now)
    return told_of_the_page()


def told_of_the_page():
    """Whom the mails in hand reach."""
    return [message.to[0].split("@")[0] for message in mail.outbox if "Call the person now" in message.body]


def test_a_page_climbs_from_the_clinician_to_the_lead_to_the_last_resort(clinic, page):
    start = page.due_at
    given.on_call(clinic, starts_at=start - HOUR)
    given.on_call(clinic, kind="lead", starts_at=start - HOUR)
    assert paged(start) == ["nurse"]
    assert paged(start + 14 * MINUTE) == []
    assert paged(start + 15 * MINUTE) == ["nurse"]
    assert sorted(paged(start + 30 * MINUTE)) == ["nurse", "supervisor"]
    assert sorted(paged(start + 45 * MINUTE)) == ["nurse", "supervisor"]
    for minutes in (60, 75, 90):
        assert sorted(paged(start + minutes * MINUTE)) == ["last.resort", "nurse", "supervisor"]
    assert "Maria" not in "".join(message.subject + message.body for message in mail.outbox)


def test_a_page_goes_to_whoever_is_on_call_when_it_is_handed_over(clinic, page):
    shift = given.on_call(clinic, starts_at=page.due_at - HOUR)
    duties.tick(page.due_at)
    accounts.swap_shift(shift, user=clinic.prescriber, by=clinic.supervisor, at=page.due_at)
    send(page.due_at + MINUTE)
    assert told_of_the_page() == ["prescriber"]


def test_nobody_is_paged_off_shift_and_an_empty_rota_pages_the_lead_then_the_last_resort(clinic, page):
    given.on_call(clinic, starts_at=page.due_at + 2 * HOUR)
    assert paged(page.due_at) == ["last.resort"]
    given.on_call(clinic, clinic.prescriber, kind="lead", starts_at=page.due_at)
    assert paged(page.due_at + 15 * MINUTE) == ["prescriber"]


def test_taking_it_stops_the_climb_until_it_should_be_done(clinic, page):
    start = page.due_at
    given.on_call(clinic, starts_at=start - HOUR)
    paged(start)
    duties.acknowledge(page, by=clinic.nurse, at=start + 5 * MINUTE)
    assert paged(start + 64 * MINUTE) == []
    assert paged(start + 65 * MINUTE) == ["nurse"]  # not done within the hour: it goes on where it stood
    assert fresh(page).owner == clinic.nurse
    assert page.events.filter(kind=Kind.LAPSED).exists()


def test_a_page_is_in_the_inbox_of_whoever_is_on_call(clinic, page):
    duties.tick(page.due_at)
    assert not Notice.objects.inbox(clinic.nurse).filter(duty=page).exists()
    given.on_call(clinic, starts_at=page.due_at - HOUR)
    assert Notice.objects.inbox(clinic.nurse).filter(duty=page).exists()
    assert not Notice.objects.inbox(clinic.prescriber).filter(duty=page).exists()


def test_with_nobody_at_all_it_is_an_alarm(clinic, page):
    type(clinic.here).objects.filter(pk=clinic.here.pk).update(
        last_resort_name="", last_resort_phone="", last_resort_email=""
    )
    assert paged(page.due_at) == []
    assert Duty.objects.open().get(ladder__slug="nobody_there").once == "nobody:on_call"


# Gaps.


def alarms(clinic):
    return list(
        Duty.objects.open().filter(facility=clinic.here, ladder__slug="rota_gap").values_list("once", flat=True)
    )


def test_a_gap_in_the_next_day_is_one_alarm_until_it_is_filled(clinic):
    now = timezone.now()
    given.on_call(clinic, starts_at=now - HOUR, hours=20)
    watch_rotas()
    watch_rotas()
    assert alarms(clinic) == ["rota_gap"]
    [owed] = Duty.objects.open().filter(ladder__slug="rota_gap", facility=clinic.here)
    assert owed.owner_role == "supervisor" and "Nobody is on call from" in owed.note
    given.on_call(clinic, clinic.prescriber, starts_at=now + 19 * HOUR, hours=8)
    watch_rotas()
    assert (alarms(clinic), fresh(owed).outcome) == ([], "resolved")


def test_a_full_day_ahead_is_no_alarm_and_a_place_that_follows_nobody_is_not_watched(clinic):
    given.on_call(clinic, starts_at=given.ago(hours=1), hours=26)
    watch_rotas()
    assert not Duty.objects.open().filter(ladder__slug="rota_gap").exists()


def test_a_missing_last_resort_is_an_alarm_of_its_own(clinic):
    given.on_call(clinic, starts_at=given.ago(hours=1), hours=26)
    type(clinic.here).objects.filter(pk=clinic.here.pk).update(
        last_resort_name="", last_resort_phone="", last_resort_email=""
    )
    watch_rotas()
    assert alarms(clinic) == ["last_resort"]


def test_gaps_are_what_no_shift_covers(clinic):
    start = datetime(2026, 5, 1, 8, tzinfo=UTC)

    def at(hours):
        return start + hours * HOUR

    given.on_call(clinic, starts_at=at(2), hours=4)
    given.on_call(clinic, clinic.prescriber, starts_at=at(5), hours=3)
    given.on_call(clinic, kind="lead", starts_at=at(0), hours=24)
    found = OnCallShift.objects.gaps(clinic.here, at(0), at(12))
    assert found == [(at(0), at(2)), (at(8), at(12))]


# What the person is told.


def test_with_nobody_there_the_person_is_told_so_at_once_with_numbers(clinic):
    now = datetime(2026, 5, 1, 23, tzinfo=UTC)  # a Friday, 19:00 where the place is
    given.on_call(clinic, starts_at=now + 13 * HOUR)
    told = who_is_there(clinic.here, now)
    assert (told.live, told.back_at) == (False, now + 13 * HOUR)
    assert "Nobody is here right now" in told.sentence("en") and "Saturday 08:00" in told.sentence("en")
    assert "no hay nadie" in told.sentence("es") and "el sábado a las 08:00" in told.sentence("es")
    assert [line["number"] for line in told.numbers][:2] == ["911", "988"]


@pytest.mark.parametrize(
    ("hours", "en", "es"),
    [
        (13, "from Saturday 08:00.", "desde el sábado a las 08:00."),
        (29, "from Sunday, May 3, 00:00.", "desde el domingo 3 de mayo a las 00:00."),  # which end of Sunday?
        (133, "from Thursday 08:00.", "desde el jueves a las 08:00."),
        (166, "from Friday, May 8, 17:00.", "desde el viernes 8 de mayo a las 17:00."),  # today is a Friday too
    ],
)
def test_a_day_that_may_be_another_is_told_with_its_date(clinic, hours, en, es):
    now = datetime(2026, 5, 1, 23, tzinfo=UTC)  # a Friday, 19:00 where the place is
    given.on_call(clinic, starts_at=now + hours * HOUR)
    told = who_is_there(clinic.here, now)
    assert (en in told.sentence("en"), es in told.sentence("es")) == (True, True), told.sentence("en")


def test_with_somebody_there_the_person_is_told_until_when(clinic):
    now = datetime(2026, 5, 1, 16, tzinfo=UTC)
    given.on_call(clinic, starts_at=now - HOUR, hours=3)
    given.on_call(clinic, kind="lead", starts_at=now + HOUR, hours=4)
    told = who_is_there(clinic.here, now)
    assert (told.live, told.until) == (True, now + 5 * HOUR)
    assert "17:00" in told.sentence("en")


@pytest.mark.parametrize(
    ("country", "own", "numbers"),
    [
        ("US", {}, ["911", "988", "1-800-662-4357"]),
        ("US", {"talk_number": "+12125550123"}, ["911", "+12125550123"]),
        ("GB", {}, []),  # of no other country a number was verified: none is guessed
        ("GB", {"emergency_number": "999", "talk_number": "116 123"}, ["999", "116 123"]),
    ],
)
def test_the_numbers_are_the_places_own_or_verified(clinic, country, own, numbers):
    clinic.here.country = country
    for name, number in own.items():
        setattr(clinic.here, name, number)
    lines = who_is_there(clinic.here, timezone.now()).numbers
    assert [line["number"] for line in lines] == numbers
    told = " ".join(line["en"] + line["es"] for line in lines).lower()
    assert not any(word in told for word in ("suicid", "substance", "drug", "recovery", "treatment", "tratamiento"))


def test_only_numbers_that_were_verified_are_shipped(db):
    shipped = {code: tuple(line["number"] for line in lines[:2]) for code, lines in NUMBERS["countries"].items()}
    assert shipped == KNOWN_NUMBERS == {"US": ("911", "988")}
    for text in [*json.loads(reference.TEXTS.read_text()), *json.loads((texts.DATA / "texts.json").read_text())]:
        newest = Text.objects.current(text["slug"], text["channel"], text["language"], None)
        assert not re.search(r"\b(911|988|112|999)\b", newest.body), newest


def test_outside_the_us_nothing_is_sent_before_the_place_gives_its_own_emergency_number(clinic):
    abroad = given.a_facility("Pier", country="GB")
    accounts.switch_off_sending(abroad, by=clinic.admin)
    with refused("emergency_number_missing"):
        accounts.switch_on_sending(abroad, by=clinic.admin)
    type(abroad).objects.filter(pk=abroad.pk).update(emergency_number="999")
    assert accounts.switch_on_sending(abroad, by=clinic.admin).sends_to_patients_at
    with forbidden("whoever_is_written_to_knows_whom_to_call"):
        type(abroad).objects.filter(pk=abroad.pk).update(emergency_number="")


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ({}, "Emergency: 911. To talk now: 988. Or reply"),
        ({"country": "GB", "emergency_number": "999"}, "call +1 555 0100. Emergency: 999. Or reply"),
        (
            {"country": "GB", "emergency_number": "999", "talk_number": "116 123"},
            "999. To talk now: 116 123.",
        ),
    ],
)
def test_a_text_names_the_numbers_of_the_place(clinic, numbers, said):
    for name, value in numbers.items():
        setattr(clinic.here, name, value)
    text = Text.objects.current("help", "sms", "en", clinic.here)
    assert said in texts.letter(text, texts.words_for(None, clinic.here)).body


def test_the_rota_and_who_is_there_over_http(clinic, api):
    now = timezone.now()
    body = {
        "facility": str(clinic.here.pk), "user": str(clinic.nurse.pk), "kind": "on_call",
        "starts_at": now.isoformat(), "ends_at": (now + 8 * HOUR).isoformat(),
    }  # fmt: skip
    made = api(clinic.supervisor).post("/api/v1/on-call-shifts/", body, format="json")
    assert made.status_code == 201, made.content
    again = api(clinic.supervisor).post("/api/v1/on-call-shifts/", body, format="json")
    assert (again.status_code, again.json()["code"]) == (409, "on_call_already")
    swap = {"user": str(clinic.prescriber.pk)}
    shift = f"/api/v1/on-call-shifts/{made.json()['id']}/"
    rest = api(clinic.supervisor).post(f"{shift}swap/", swap, format="json")
    assert (rest.status_code, rest.json()["user"]) == (200, str(clinic.prescriber.pk))
    there = api(clinic.aftercare).get(f"/api/v1/facilities/{clinic.here.pk}/presence/").json()
    assert there["live"] and there["numbers"][1]["number"] == "988"
