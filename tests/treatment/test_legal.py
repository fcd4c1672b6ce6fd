"""Legal grounds: what ends by law is decided before it ends, by somebody who owes it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from duties.actions import tick
from duties.models import Duty
from patients import actions as patients
from tests import given
from tests.then import forbidden, fresh, refused
from treatment.actions import beds, holds, legal, placements
from treatment.models import LegalStatus

HOURS = timedelta(hours=1)


@pytest.fixture
def person(clinic):
    return given.self_referred(clinic).patient


def decisions():
    """What is owed about legal grounds now."""
    return list(Duty.objects.open().filter(ladder__slug="legal_status_ends"))


def test_what_ends_by_law_is_owed_a_decision_two_days_before(clinic, person):
    hold = given.a_legal_status(person, clinic)
    assert decisions() == [hold.duty]
    assert (hold.duty.due_at, hold.duty.owner_role) == (hold.until_at - 48 * HOURS, "prescriber")
    order = given.a_legal_status(person, clinic, kind="court", hours=2000, decide_hours_before=240)
    assert (order.duty.due_at, order.duty.owner_role) == (order.until_at - 240 * HOURS, "counselor")
    short = given.a_legal_status(person, clinic, kind="other", hours=24)
    assert short.duty.due_at == short.recorded_at  # less than two days are left: it is owed now
    assert given.a_legal_status(person, clinic, kind="voluntary", hours=None).duty is None
    tick(hold.duty.due_at)
    tick(hold.duty.due_at + 4 * HOURS)
    roles = set(fresh(hold.duty).notices.values_list("to_role", flat=True))
    assert {"prescriber", "supervisor"} <= roles


def test_renewing_owes_the_next_decision_and_ending_owes_nothing(clinic, person):
    hold = given.a_legal_status(person, clinic)
    until = hold.until_at + 100 * HOURS
    renewed = legal.renew(hold, until_at=until, reference="24-117", by=clinic.prescriber)
    assert (fresh(hold.duty).outcome, renewed.duty.due_at) == ("resolved", until - 48 * HOURS)
    assert (decisions(), renewed.reference) == ([renewed.duty], "24-117")
    with refused("not_later"):
        legal.renew(hold, until_at=until, by=clinic.prescriber)
    legal.end(hold, reason="stays of their own will", by=clinic.prescriber)
    assert decisions() == [] and not person.legal_statuses.open().exists()
    for again in (
        lambda: legal.end(hold, reason="again", by=clinic.prescriber),
        lambda: legal.renew(hold, until_at=until + HOURS, by=clinic.prescriber),
    ):
        with refused("legal_status_ended"):
            again()


def test_a_decision_closed_by_hand_is_owed_again_once_it_is_renewed(clinic, person):
    hold = given.a_legal_status(person, clinic)
    given.duties.resolve(hold.duty, by=clinic.prescriber)
    renewed = legal.renew(hold, until_at=hold.until_at + HOURS, by=clinic.prescriber)
    assert decisions() == [renewed.duty] and renewed.duty != hold.duty


def test_what_was_never_so_owes_nothing_and_makes_room(clinic, person):
    hold = given.a_legal_status(person, clinic)
    with refused("legal_status_open"):
        given.a_legal_status(person, clinic, hours=10)
    legal.mark_error(hold, reason="another person", by=clinic.nurse)
    assert decisions() == []
    given.a_legal_status(person, clinic)


def test_a_hold_has_an_end_in_the_future_and_a_voluntary_stay_has_none(clinic, person):
    with refused("hold_without_end"):
        given.a_legal_status(person, clinic, hours=None)
    with refused("end_passed"):
        given.a_legal_status(person, clinic, hours=-1)
    with refused("voluntary_has_no_end"):
        given.a_legal_status(person, clinic, kind="voluntary")
    stay = given.a_legal_status(person, clinic, kind="voluntary", hours=None)
    with refused("voluntary_has_no_end"):
        legal.renew(stay, until_at=timezone.now() + HOURS, by=clinic.prescriber)


def test_the_database_keeps_the_clock_with_its_duty(clinic, person):
    row = LegalStatus.objects.filter(pk=given.a_legal_status(person, clinic).pk)
    with forbidden("a_legal_clock_has_its_duty"):
        row.update(duty=None)
    with forbidden("a_hold_has_an_end"):
        row.update(until_at=None)
    with forbidden("a_voluntary_stay_has_no_clock"):
        row.update(kind="voluntary")
    with forbidden("a_legal_status_ends_after_it_begins"):
        row.update(until_at=given.ago(days=1))
    with forbidden("a_legal_end_has_who"):
        row.update(ended_at=given.ago(), end_reason="x")
    with forbidden("a_legal_end_has_a_reason"):
        row.update(ended_at=given.ago(), ended_by=clinic.nurse)


def test_another_year_is_said(clinic, person):
    status = given.a_legal_status(person, clinic, hours=24 * 400)
    end = status.until_at.astimezone(clinic.here.tz())
    assert f"{end.day}, {end.year}, {end:%H:%M}" in status.in_words()
    assert str(end.year) not in status.in_words(now=end)


def test_the_head_says_until_when_and_loudly_that_it_ran_out(clinic, person, client):
    client.force_login(clinic.nurse)

    def head():
        return client.get(f"/admin/patients/episode/{person.episodes.get().pk}/change/").content.decode()

    hold = given.a_legal_status(person, clinic, hours=72)
    assert "Emergency hold until" in head()
    legal.mark_error(hold, reason="wrong", by=clinic.nurse)
    given.a_legal_status(person, clinic, hours=24, at=given.ago(hours=25))
    text = head()
    assert "</span> Emergency hold ran out" in text and "Emergency hold until" not in text


def locked(clinic):
    """The unit may hold people now."""
    clinic.unit.locked = True
    clinic.unit.save(update_fields=["locked"])


def test_nobody_on_a_hold_is_put_in_a_bed_of_an_unlocked_unit_without_a_coded_reason(clinic):
    episode = given.ready(clinic, program=clinic.residential)
    given.a_legal_status(episode.patient, clinic)
    fields = {"program": clinic.residential, "bed": clinic.beds[0], "by": clinic.nurse}
    with refused("unit_unlocked"):
        placements.admit(episode, **fields)
    with refused("unit_unlocked"):
        holds.hold_bed(episode, bed=clinic.beds[0], reason="soon", by=clinic.nurse)
    stay = placements.admit(episode, bed_override="no_other", **fields).bed_stays.get()
    assert stay.override == "no_other"
    with refused("unit_unlocked"):
        beds.move(stay, to=clinic.beds[1], reason="paint", by=clinic.nurse)
    locked(clinic)
    assert beds.move(stay, to=clinic.beds[1], reason="paint", override="safer", by=clinic.nurse).override == ""


def test_what_holds_nobody_against_their_will_is_no_reason_to_be_locked_in(clinic):
    episode = given.ready(clinic, program=clinic.residential)
    for kind in ("court", "probation", "other"):
        given.a_legal_status(episode.patient, clinic, kind=kind)
    given.a_legal_status(episode.patient, clinic, kind="voluntary", hours=None)
    ended = given.a_legal_status(episode.patient, clinic)
    legal.end(ended, reason="lifted", by=clinic.prescriber)
    given.a_legal_status(episode.patient, clinic, hours=1, at=given.ago(hours=2))  # ran out, and nobody said so
    placements.admit(episode, program=clinic.residential, bed=clinic.beds[0], by=clinic.nurse)


def test_a_hold_on_another_record_of_the_person_counts(clinic):
    episode = given.ready(clinic, program=clinic.residential)
    other = given.closed(clinic, "Mary").patient
    given.a_legal_status(other, clinic)
    patients.merge(other, into=episode.patient, by=clinic.supervisor)
    with refused("unit_unlocked"):
        placements.admit(episode, program=clinic.residential, bed=clinic.beds[0], by=clinic.nurse)


def test_who_is_on_a_hold_where_nobody_can_be_held_is_shown_loudly(clinic, client):
    episode = given.in_bed(clinic)
    client.force_login(clinic.nurse)
    page = f"/admin/patients/patient/{episode.patient_id}/change/"
    given.a_legal_status(episode.patient, clinic)
    assert "on a hold, unit not locked" in client.get(page).content.decode()
    locked(clinic)
    assert "unit not locked" not in client.get(page).content.decode()


def test_an_administrator_says_that_a_unit_is_locked(clinic, client, api):
    client.force_login(clinic.admin)
    page = f"/admin/treatment/unit/{clinic.unit.pk}/change/"
    sent = {"facility": clinic.here.pk, "name": "East", "program": "", "locked": "on"}
    assert client.post(page, sent).status_code == 302
    (unit,) = api(clinic.nurse).get("/api/v1/units/").json()["results"]
    assert unit["locked"] is True
