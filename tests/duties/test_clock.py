"""The clock: every rung has one edge at its exact moment, whoever ticks, however late."""

from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import Facility, Role
from audit.models import uuid7
from duties import actions as duties
from duties import reference
from duties.models import Duty, DutyEvent, Kind, Notice, NoticeState, Pulse
from tests import given
from tests.then import fresh, refused

HOUR = timedelta(hours=1)


def a_ladder(slug, rungs, **fields):
    """A published ladder with these rungs."""
    [ladder] = reference.publish([{"slug": slug, "edition": 1, "name": slug, "rungs": rungs, **fields}])
    return ladder


STEPS = [
    {"offset": "-1h", "whom": "patient", "template": "check_in_soon", "window": "50m"},
    {"offset": "0", "whom": "owner", "template": "due"},
    {"offset": "2h", "whom": "supervisor", "template": "late", "repeat": "4h"},
]


@pytest.fixture
def duty(clinic):
    """A duty due in a day, on a ladder of three rungs."""
    a_ladder("steps", STEPS)
    episode = given.self_referred(clinic)
    now = timezone.now()
    return duties.open(
        "steps", facility=clinic.here, episode=episode, owner_role=Role.COUNSELOR,
        due_at=now + timedelta(days=1), by=clinic.nurse, at=now,
    )  # fmt: skip


def edges(duty):
    """(rung, round, moment, late by us) of every rung passed so far."""
    rows = duty.events.filter(kind=Kind.RUNG).order_by("at", "rung")
    return list(rows.values_list("rung", "round", "at", "late_by_us"))


def told(duty):
    """Whom the notices of a duty are to, in order."""
    rows = duty.notices.order_by("climb", "rung", "round")
    return ["person" if n.to_patient else n.to_role or str(n.to_user) for n in rows]


def test_nothing_happens_before_the_moment(duty):
    assert duties.tick(duty.due_at - HOUR - timedelta(seconds=1)) == 0
    assert edges(duty) == []


def test_a_rung_is_passed_once_with_the_moment_it_stood_for(duty):
    late_a_little = duty.due_at - HOUR + timedelta(seconds=20)
    assert duties.tick(late_a_little) == 1
    assert duties.tick(late_a_little) == 0
    assert edges(duty) == [(0, 0, duty.due_at - HOUR, False)]
    assert told(duty) == ["person"]


def test_the_last_rung_repeats_until_the_duty_ends(duty):
    for hours in (-1, 0, 2, 6, 10):
        duties.tick(duty.due_at + hours * HOUR)
    assert [(rung, turn) for rung, turn, _, _ in edges(duty)] == [(0, 0), (1, 0), (2, 0), (2, 1), (2, 2)]
    assert told(duty) == ["person", "counselor", "supervisor", "supervisor", "supervisor"]
    duties.resolve(duty, by=duty.opened_by)
    assert (
        duties.tick(duty.due_at + 99 * HOUR) == 0 or not duty.events.filter(at__gt=duty.due_at + 11 * HOUR).exists()
    )


def test_after_an_outage_every_rung_has_its_edge_but_only_the_highest_tells(duty, clinic):
    duties.tick(duty.due_at + 7 * HOUR)
    assert [(rung, turn, late) for rung, turn, _, late in edges(duty)] == [
        (0, 0, True),
        (1, 0, True),
        (2, 0, True),
        (2, 1, True),
    ]
    assert told(duty) == ["supervisor"]
    assert duty.notices.get().late_by_us


def test_an_outage_opens_one_incident_however_many_duties_were_late(duty, clinic):
    for name in ("Ann", "Ben", "Cleo"):
        given.self_referred(clinic, name)
    duties.tick(duty.due_at + 200 * HOUR)
    duties.tick(duty.due_at + 300 * HOUR)
    assert Duty.objects.open().filter(ladder__slug="outage", facility=clinic.here).count() == 1


def test_a_person_gets_at_most_one_message_after_an_outage(clinic):
    a_ladder("remind", [{"offset": "0", "whom": "patient", "template": "check_in", "window": "48h", "repeat": "7d"}])
    episode, now = given.self_referred(clinic), timezone.now()
    for _ in range(3):
        duties.open(
            "remind", facility=clinic.here, episode=episode, owner_role=Role.COUNSELOR,
            due_at=now + HOUR, by=clinic.nurse, at=now,
        )  # fmt: skip
    duties.tick(now + 5 * HOUR)
    assert Notice.objects.filter(to_patient=True, patient=episode.patient).count() == 1
    assert DutyEvent.objects.filter(kind=Kind.RUNG, duty__ladder__slug="remind").count() == 3


def test_a_person_is_not_told_what_no_longer_makes_sense(duty):
    duties.tick(duty.due_at - timedelta(minutes=5))
    assert edges(duty)[0][0] == 0
    assert told(duty) == []


def test_a_very_long_outage_does_not_write_an_edge_for_every_repeat(duty):
    duties.tick(duty.due_at + 10_000 * HOUR)
    assert len(edges(duty)) < 60
    duty.refresh_from_db()
    assert duty.next_action_at > duty.due_at + 10_000 * HOUR
    assert duty.events.filter(note__contains="repeats passed").exists()


def test_reminders_past_when_a_duty_is_opened_are_skipped(clinic):
    a_ladder("steps", STEPS)
    now = timezone.now()
    duty = duties.open(
        "steps", facility=clinic.here, patient=given.self_referred(clinic).patient, owner_role=Role.COUNSELOR,
        due_at=now + timedelta(minutes=30), by=clinic.nurse, at=now,
    )  # fmt: skip
    duties.tick(now + timedelta(minutes=31))
    assert [edge[0] for edge in edges(duty)] == [1]


def test_a_duty_opened_late_is_told_at_once(clinic):
    a_ladder("steps", STEPS)
    now = timezone.now()
    duty = duties.open(
        "steps", facility=clinic.here, patient=given.self_referred(clinic).patient, owner_role=Role.COUNSELOR,
        due_at=now - 3 * HOUR, by=clinic.nurse, at=now,
    )  # fmt: skip
    duties.tick(now)
    assert edges(duty) == [(2, 0, now, False)]


def test_what_is_entered_two_days_late_is_told_at_once_and_is_no_outage(clinic):
    talk = given.a_handover(clinic, at=given.ago(days=2)).episode.duties.get(ladder__slug="talk")
    intake = given.self_referred(clinic, at=given.ago(days=5)).duties.get()
    sooner = duties.acknowledge(given.self_referred(clinic).duties.get(), by=clinic.intake, at=given.ago(days=3))
    duties.tick(timezone.now())
    for duty in (talk, intake):
        duty.refresh_from_db()
        entered = duty.events.get(kind=Kind.OPENED).recorded_at
        assert [(moment, late) for _, _, moment, late in edges(duty)] == [(entered, False)]
        assert duty.notices.get().to_role == Role.SUPERVISOR
        assert duty.next_action_at > timezone.now()
    assert [late for *_, late in edges(sooner)] == [False]
    assert not Duty.objects.filter(ladder__slug="outage").exists()


def test_the_rung_a_clock_is_resumed_to_is_not_taken_for_late(clinic):
    a_ladder("steps", STEPS)
    now = timezone.now()
    duty = duties.open(
        "steps", facility=clinic.here, patient=given.self_referred(clinic).patient, owner_role=Role.COUNSELOR,
        due_at=now + HOUR / 2, by=clinic.nurse, at=now - 2 * HOUR,
    )  # fmt: skip
    duties.suspend(duty, until=now + timedelta(days=1), by=clinic.nurse, reason="pause", at=now - HOUR)
    on = timezone.now()
    duties.resume(duty, by=clinic.nurse, at=on)
    with refused("not_suspended"):
        duties.resume(duty, by=clinic.nurse)
    with refused("ladder_unknown"):
        duties.open("no_such", facility=clinic.here, owner_role=Role.COUNSELOR, due_at=now, by=clinic.nurse, at=now)
    duties.tick(on + timedelta(minutes=5))
    assert [edge[:3] for edge in edges(duty)] == [(0, 0, on)]
    assert told(duty) == ["person"]


def test_acknowledging_stops_the_climb_until_the_time_given(duty, clinic):
    duties.tick(duty.due_at)
    duty.ladder.refresh_from_db()
    duties.acknowledge(duty, by=clinic.counselor, at=duty.due_at)
    before = len(edges(duty))
    duties.tick(duty.due_at + 23 * HOUR)
    assert len(edges(duty)) == before
    duties.tick(duty.due_at + 24 * HOUR)
    assert duty.events.filter(kind=Kind.LAPSED).count() == 1
    assert edges(duty)[-1][:3] == (2, 0, duty.due_at + 24 * HOUR)
    duty.refresh_from_db()
    assert duty.acknowledged_at is None
    assert duty.next_action_at == duty.due_at + 28 * HOUR


def test_whoever_acknowledges_a_role_s_duty_owns_it(duty, clinic):
    assert duties.acknowledge(duty, by=clinic.counselor).owner == clinic.counselor


def test_a_suspended_duty_goes_on_by_itself(duty, clinic):
    until = duty.due_at + 5 * HOUR
    duties.suspend(duty, until=until, by=clinic.nurse, reason="in custody")
    assert duties.tick(duty.due_at + 4 * HOUR) == 0
    assert edges(duty) == []
    duties.tick(until)
    assert duty.events.filter(kind=Kind.RESUMED).count() == 1
    assert edges(duty)[0][:3] == (0, 0, until)


def test_a_rest_that_ends_before_the_next_rung_changes_nothing(duty, clinic):
    duties.suspend(duty, until=duty.due_at - 10 * HOUR, by=clinic.nurse, reason="short")
    duties.tick(duty.due_at - 10 * HOUR)
    assert edges(duty) == []
    duty.refresh_from_db()
    assert duty.next_action_at == duty.due_at - HOUR


def test_suspending_needs_a_time_to_go_on(duty, clinic):
    with pytest.raises(ValidationError) as refusal:
        duties.suspend(duty, until=timezone.now() - HOUR, by=clinic.nurse, reason="")
    assert refusal.value.code == "resume_in_the_past"


def test_setting_a_new_due_time_climbs_from_the_foot_and_takes_back_what_was_not_sent(duty, clinic):
    duties.tick(duty.due_at)
    duties.reschedule(duty, due_at=duty.due_at + timedelta(days=2), by=clinic.nurse, at=duty.due_at)
    assert set(duty.notices.values_list("state", flat=True)) == {NoticeState.CANCELED}
    duties.tick(duty.due_at + timedelta(days=2))
    assert [(e.climb, e.rung) for e in duty.events.filter(kind=Kind.RUNG).order_by("id")] == [
        (0, 0),
        (0, 1),
        (1, 0),
        (1, 1),
    ]


def test_ending_a_duty_takes_back_what_was_not_sent(duty, clinic):
    duties.tick(duty.due_at - HOUR)
    duties.resolve(duty, by=clinic.nurse)
    assert duty.notices.get().state == NoticeState.CANCELED


def test_a_rung_may_open_a_duty_on_another_ladder_once(clinic):
    episode = given.in_aftercare(clinic, at=given.ago(hours=2))
    check_in = episode.aftercare_plans.get().check_ins.get()
    due = check_in.due_at
    for hours in (0, 4, 24, 25, 168):
        duties.tick(due + hours * HOUR)
        duties.tick(due + hours * HOUR)
    call = Duty.objects.get(ladder__slug="contact")
    assert (call.because_of, call.owner, call.due_at) == (check_in.duty, clinic.aftercare, due + 24 * HOUR)
    assert call.events.filter(kind=Kind.OPENED).count() == 1
    assert call.keeps_thread


def test_a_poisoned_duty_stops_no_other(duty, clinic, monkeypatch):
    healthy = given.self_referred(clinic, "Healthy").duties.get()
    from duties.climbing import Climb

    advance = Climb.advance

    def poisoned(self, now, grace):
        if self.duty.pk == duty.pk:
            raise RuntimeError("poison")
        return advance(self, now, grace)

    monkeypatch.setattr(Climb, "advance", poisoned)
    now = healthy.due_at + HOUR
    duties.tick(now)
    assert edges(healthy)
    assert duty.events.filter(kind=Kind.STUCK).count() == 1
    duty.refresh_from_db()
    assert duty.next_action_at == now + timedelta(minutes=5)


def test_each_tick_leaves_its_pulse(db):
    now = timezone.now()
    duties.tick(now)
    assert Pulse.objects.get(name="tick").at == now


def test_statements_of_a_tick_do_not_grow_with_duties(clinic):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    a_ladder("steps", STEPS)
    patient, now = given.self_referred(clinic).patient, timezone.now()

    def count(many):
        for _ in range(many):
            duties.open(
                "steps", facility=clinic.here, patient=patient, owner_role=Role.COUNSELOR,
                due_at=now + 2 * HOUR, by=clinic.nurse, at=now,
            )  # fmt: skip
        with CaptureQueriesContext(connection) as seen:
            duties.tick(now + HOUR)
        Duty.objects.filter(ladder__slug="steps").update(
            closed_at=now, closed_by=clinic.nurse, outcome="canceled", next_action_at=None
        )
        return len(seen)

    duties.tick(now)  # the first tick of all makes its pulse
    assert count(2) == count(10) <= 18


def test_four_workers_at_once_write_each_edge_once(committed_clinic, run_both):
    clinic = committed_clinic
    a_ladder("steps", STEPS)
    patient, now = given.self_referred(clinic).patient, timezone.now()
    for _ in range(60):
        duties.open(
            "steps", facility=clinic.here, patient=patient, owner_role=Role.COUNSELOR,
            due_at=now + 2 * HOUR, by=clinic.nurse, at=now,
        )  # fmt: skip
    results = run_both(*[lambda: duties.tick(now + 2 * HOUR, batch=7)] * 4)
    assert not [result.error for result in results if result.error]
    assert sum(result.value for result in results) >= 60
    assert DutyEvent.objects.filter(kind=Kind.RUNG, duty__ladder__slug="steps").count() == 120


class TestWorkingTime:
    """Counting a facility's working time."""

    @pytest.fixture
    def office(self):
        """Weekdays nine to five in New York, one holiday."""
        return Facility(name="Office", zone="America/New_York", holidays=[date(2026, 11, 26)])

    @pytest.mark.parametrize(
        ("start", "hours", "end"),
        [
            ("2026-11-23T15:00+00:00", 2, "2026-11-23T17:00+00:00"),  # within Monday
            ("2026-11-23T21:00+00:00", 2, "2026-11-24T15:00+00:00"),  # over night
            ("2026-11-27T21:00+00:00", 2, "2026-11-30T15:00+00:00"),  # over a weekend
            ("2026-11-25T21:00+00:00", 2, "2026-11-27T15:00+00:00"),  # over a holiday
            ("2026-11-28T12:00+00:00", 0, "2026-11-30T14:00+00:00"),  # from a Saturday
            ("2026-11-30T15:00+00:00", -2, "2026-11-27T21:00+00:00"),  # back over a weekend
            ("2026-10-30T20:00+00:00", 2, "2026-11-02T15:00+00:00"),  # over the end of daylight saving
            ("2026-03-06T21:00+00:00", 2, "2026-03-09T14:00+00:00"),  # over its beginning
        ],
    )
    def test_is_counted_in_open_hours(self, office, start, hours, end):
        got = office.after_working(datetime.fromisoformat(start), timedelta(hours=hours))
        assert got == datetime.fromisoformat(end)

    def test_of_a_place_that_never_opens_is_plain_time(self):
        never = Facility(name="Never", zone="UTC", working_hours={})
        start = datetime(2026, 11, 23, tzinfo=UTC)
        assert never.after_working(start, 3 * HOUR) == start + 3 * HOUR


class TestPeople:
    """Who owes, and what happens when they go."""

    def test_the_duties_of_somebody_who_leaves_fall_to_the_role(self, duty, clinic):
        duties.reassign(duty, owner=clinic.counselor, by=clinic.supervisor)
        duties.leave(clinic.counselor, by=clinic.admin)
        duty.refresh_from_db()
        assert (duty.owner, duty.owner_role) == (None, Role.COUNSELOR)
        assert duty.events.filter(kind=Kind.REASSIGNED, note__contains="left").exists()

    def test_what_somebody_owed_under_another_role_falls_too(self, duty, clinic):
        duties.acknowledge(duty, by=clinic.nurse)
        duties.leave(clinic.nurse, by=clinic.admin)
        duty.refresh_from_db()
        assert (duty.owner, duty.owner_role) == (None, Role.COUNSELOR)

    def test_a_role_left_empty_is_itself_an_alarm(self, duty, clinic):
        duties.end_membership(clinic.counselor.memberships.get(), by=clinic.admin)
        alarm = Duty.objects.get(ladder__slug="nobody_there")
        assert (alarm.owner_role, alarm.facility) == (Role.ADMIN, clinic.here)

    def test_a_duty_is_not_given_to_somebody_without_the_role_here(self, duty, clinic):
        with pytest.raises(ValidationError) as refusal:
            duties.reassign(duty, owner=clinic.nurse_elsewhere, by=clinic.supervisor)
        assert refusal.value.code == "not_a_member"

    def test_the_inbox_shows_what_one_s_role_was_told(self, duty, clinic):
        duties.tick(duty.due_at)
        assert Notice.objects.inbox(clinic.counselor).filter(duty=duty).count() == 1
        assert Notice.objects.inbox(clinic.nurse_elsewhere).count() == 0
        assert Notice.objects.inbox(clinic.outsider).count() == 0


@pytest.mark.django_db
def test_an_idle_clock_reads_its_own_index_and_no_table():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
    plan = Duty.objects.due(timezone.now()).order_by("next_action_at")[:1000].explain()
    assert "duties_by_clock" in plan, plan


def test_what_is_done_while_more_is_said_about_it_is_owed_anew(clinic, monkeypatch):
    now = timezone.now()
    about = {"facility": clinic.here, "owner_role": "nurse", "due_at": now}
    wanted = [{**about, "slug": "read_message", "once": once, "note": "more"} for once in ("red:1", "red:2", "red:3")]
    done, goes_on = (duties.open(**one, by=clinic.nurse, at=now) for one in wanted[:2])
    open_all = duties.open_all

    def while_somebody_is_at_it(*args, **kwargs):
        made = open_all(*args, **kwargs)
        if Duty.objects.open().filter(pk=done.pk).exists():
            duties.cancel_each([done.pk], by=clinic.nurse, at=now, reason="called")
        return made

    monkeypatch.setattr("duties.actions.duties.open_all", while_somebody_is_at_it)
    anew, stays, other = duties.open_or_note(wanted, by=clinic.nurse, at=now)
    assert stays is None and goes_on.events.filter(kind=Kind.NOTED, note="more").count() == 1
    assert anew.pk != done.pk and anew.once == "red:1" and other.once == "red:3"
    assert set(Duty.objects.open().filter(once__startswith="red:")) == {anew, goes_on, other}


@contextmanager
def impossible(constraint):
    """The database refuses what no code of ours writes, by this name."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        yield
    assert caught.value.__cause__.diag.constraint_name == constraint


def an_edge_like(event, **other):
    """A copy of what happened to a duty, with something different."""
    fields = {field.attname: getattr(event, field.attname) for field in DutyEvent._meta.fields}
    return DutyEvent(**{**fields, "id": None, **other})


def test_what_happened_to_a_duty_is_about_its_person_and_by_somebody(duty, clinic):
    event, other = duty.events.first(), given.self_referred(clinic, "Other").patient
    for wrong in ({"patient_id": other.pk}, {"patient_id": None}, {"duty_id": uuid7()}, {"by_id": uuid7()}):
        with impossible("an_edge_is_about_its_duty"):
            DutyEvent.objects.bulk_create([an_edge_like(event), an_edge_like(event, **wrong)])


def test_a_notice_is_about_the_person_and_the_place_of_its_duty(duty, clinic):
    duties.tick(duty.due_at)
    notice, other = duty.notices.first(), given.self_referred(clinic, "Other").patient
    fields = {field.attname: getattr(notice, field.attname) for field in Notice._meta.fields}
    for wrong in ({"patient_id": other.pk}, {"facility_id": clinic.elsewhere.pk}, {"duty_id": uuid7()}):
        with impossible("a_notice_is_about_its_duty"):
            Notice.objects.bulk_create([Notice(**{**fields, "id": uuid7(), "climb": 9, **wrong})])
        with impossible("a_notice_stays_with_its_duty"):
            Notice.objects.filter(pk=notice.pk).update(**wrong)


def test_a_duty_stays_with_its_person_and_its_place(duty, clinic):
    for wrong in ({"patient": given.self_referred(clinic, "Other").patient}, {"facility": clinic.elsewhere}):
        with impossible("a_duty_stays_with_its_person"):
            Duty.objects.filter(pk=duty.pk).update(**wrong)


@pytest.mark.django_db(transaction=True)
def test_not_even_the_owner_removes_a_duty_of_which_something_is_written(duty, owner):
    with pytest.raises(psycopg.errors.CheckViolation) as caught:
        owner.execute("DELETE FROM duties_duty WHERE id = %s", [duty.pk])
    assert caught.value.diag.constraint_name == "a_duty_stays_with_its_history"
    assert fresh(duty).is_open()
