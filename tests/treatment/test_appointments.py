"""Sessions that are planned, begun and ended by the clock, logged, and asked about when nobody did."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import timezone

from aftercare.actions import closings
from tests import given
from tests.then import duty, forbidden, fresh, owed, refused
from treatment.actions import appointments, groups, sessions
from treatment.models import Appointment, Series, Session

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
KNOWN = {
    "person_where": "12 Pier Street, kitchen", "call_back": "+12125550123", "who_can_hear": "nobody",
    "emergency_route": "911 for Pier Street; her sister lives next door",
}  # fmt: skip


@pytest.fixture
def episode(clinic):
    return given.in_bed(clinic)


@pytest.fixture
def planned(clinic, episode):
    return given.an_appointment(episode, clinic)


def past(clinic, episode, hours=2, **fields):
    """One that began so many hours ago."""
    at = given.ago(hours=hours + 1)
    return given.an_appointment(episode, clinic, starts_at=given.ago(hours=hours), at=at, **fields)


# Planned.


def test_an_appointment_is_with_somebody_here_ahead_and_one_at_a_time(clinic, episode, planned):
    assert (planned.counselor, planned.ends_at - planned.starts_at) == (clinic.counselor, timedelta(minutes=50))
    with refused("appointment_overlaps"):
        given.an_appointment(episode, clinic, starts_at=planned.starts_at + timedelta(minutes=20))
    with refused("in_the_past"):
        given.an_appointment(episode, clinic, hours=-1)
    for nobody in (clinic.technician, clinic.nurse_elsewhere):
        with refused("not_a_member"):
            given.an_appointment(episode, clinic, hours=48, counselor=nobody)
    with refused("key_taken"):
        given.an_appointment(episode, clinic, hours=48, id=planned.pk)
    gone = given.closed(clinic, "Ann")
    with refused("wrong_stage"):
        given.an_appointment(gone, clinic)
    given.an_appointment(given.in_bed(clinic, bed=1, name="Sam"), clinic, starts_at=planned.starts_at)


def test_the_next_ones_are_found(clinic, episode, planned):
    given.an_appointment(episode, clinic, hours=24 * 9)
    gone = given.an_appointment(episode, clinic, hours=30)
    appointments.cancel(gone, because="ill", by=clinic.counselor)
    assert list(Appointment.objects.upcoming(episode, 7 * DAY)) == [planned]
    assert Appointment.objects.upcoming(episode, 10 * DAY).count() == 2


def test_a_weekly_hour_stays_on_the_wall_when_the_clocks_change(clinic, episode, time_machine):
    time_machine.move_to(datetime(2027, 3, 1, 12, tzinfo=UTC), tick=False)
    series = given.a_series(episode, clinic, first_on=date(2027, 3, 8), local_time=time(14), times=2)
    starts = [one.starts_at for one in series.appointments.order_by("starts_at")]
    assert starts == [datetime(2027, 3, 8, 19, tzinfo=UTC), datetime(2027, 3, 15, 18, tzinfo=UTC)]
    assert (series.zone, series.counselor) == ("America/New_York", clinic.counselor)
    until = given.a_series(
        episode, clinic, first_on=date(2027, 4, 1), local_time=time(9), times=None, until_on=date(2027, 4, 15)
    )
    assert until.appointments.count() == 3


def test_what_a_series_needs(clinic, episode):
    soon = timezone.localdate() + 3 * DAY
    for fields in ({"times": None}, {"times": 3, "until_on": soon + 30 * DAY}, {"times": 53}):
        with refused("series_without_end"):
            given.a_series(episode, clinic, **fields)
    with refused("series_too_long"):
        given.a_series(episode, clinic, times=None, until_on=soon + 400 * DAY)
    with refused("length_unlikely"):
        given.a_series(episode, clinic, minutes=2)
    with refused("in_the_past"):
        given.a_series(episode, clinic, first_on=soon - 30 * DAY)
    series = given.a_series(episode, clinic)
    with forbidden("a_series_has_one_end"):
        Series.objects.filter(pk=series.pk).update(times=None)


def test_one_is_moved_or_the_rest_by_as_many_days_to_the_same_hour(clinic, episode):
    series = given.a_series(episode, clinic, times=4)
    first, second, third, fourth = series.appointments.order_by("starts_at")
    appointments.change(second, starts_at=second.starts_at + HOUR, place="Room 2", by=clinic.counselor)
    assert fresh(second).starts_at - second.starts_at == HOUR and fresh(third).starts_at == third.starts_at
    other = given.a_user("second", clinic.here, "counselor")
    # A whole week on: each onto where the next one was.
    appointments.change(
        third, rest=True, starts_at=third.starts_at + 7 * DAY, counselor=other, minutes=30, by=clinic.counselor
    )
    zone = clinic.here.tz()
    moved = [fresh(one) for one in (third, fourth)]
    for one, before in zip(moved, (third, fourth), strict=True):
        was, now = (at.astimezone(zone) for at in (before.starts_at, one.starts_at))
        assert (now.date() - was.date(), now.time()) == (7 * DAY, was.time())
        assert (one.counselor, one.ends_at - one.starts_at) == (other, timedelta(minutes=30))
    assert fresh(first).counselor == clinic.counselor
    with refused("in_the_past"):
        appointments.change(third, starts_at=given.ago(hours=1), by=clinic.counselor)
    with refused("appointment_overlaps"):
        appointments.change(first, starts_at=fresh(second).starts_at, by=clinic.counselor)
    with refused("not_a_member"):
        appointments.change(first, counselor=clinic.technician, by=clinic.counselor)


def test_the_rest_of_a_series_is_canceled_with_a_reason(clinic, episode):
    series = given.a_series(episode, clinic, times=3)
    first, second, _ = series.appointments.order_by("starts_at")
    appointments.cancel(second, rest=True, because="staff", words="on leave", by=clinic.counselor)
    found = [(one.state, one.cancel_because) for one in series.appointments.order_by("starts_at")]
    assert found == [("planned", ""), ("canceled", "staff"), ("canceled", "staff")]
    for act in (
        lambda: appointments.cancel(second, because="ill", by=clinic.counselor),
        lambda: appointments.change(second, place="x", by=clinic.counselor),
        lambda: appointments.begin(second, by=clinic.counselor),
        lambda: appointments.log_appointment(second, attendance="attended", by=clinic.counselor),
    ):
        with refused("appointment_closed"):
            act()
    with forbidden("an_appointment_is_canceled_for_a_reason"):
        Appointment.objects.filter(pk=second.pk).update(cancel_because="")
    with forbidden("an_appointment_is_planned_or_came_to_something"):
        Appointment.objects.filter(pk=first.pk).update(state="held")


def test_nothing_is_planned_any_more_once_the_episode_is_closed(clinic):
    episode = given.self_referred(clinic)
    planned = given.an_appointment(episode, clinic)
    closings.close(episode, reason="withdrew", note="asked for it", by=clinic.supervisor)
    assert (fresh(planned).state, fresh(planned).cancel_because) == ("canceled", "ended")


# Held.


def test_its_true_beginning_and_end_are_carried_into_the_session(clinic, episode):
    planned = past(clinic, episode, how="video")
    began, over = given.ago(minutes=100), given.ago(minutes=55)
    with refused("telehealth_blank"):
        appointments.begin(planned, by=clinic.counselor)
    with refused("telehealth_blank"):
        appointments.begin(planned, by=clinic.counselor, **{**KNOWN, "who_can_hear": "  "})
    with refused("not_begun"):
        appointments.end(planned, by=clinic.counselor)
    appointments.begin(planned, by=clinic.counselor, at=began, **KNOWN)
    with refused("begun_already"):
        appointments.begin(planned, by=clinic.counselor, **KNOWN)
    with refused("begun_already"):
        appointments.change(planned, place="x", by=clinic.counselor)
    appointments.end(planned, by=clinic.counselor, at=over)
    with refused("ended_already"):
        appointments.end(planned, by=clinic.counselor)
    session = appointments.log_appointment(planned, attendance="attended", text="Talked.", by=clinic.counselor)
    session = fresh(session)
    assert (session.started_at, session.ended_at, session.how, session.appointment) == (began, over, "video", planned)
    assert {name: getattr(session, name) for name in KNOWN} == KNOWN
    assert fresh(planned).state == "held" and session.notes.get().text == "Talked."
    with forbidden("an_appointment_is_logged_once"):
        Session.objects.filter(pk=given.a_session(episode, clinic).session_id).update(appointment=planned)


def test_nothing_is_held_from_afar_blank_whatever_writes_it(clinic, episode, planned):
    with forbidden("telehealth_does_not_begin_blank"):
        Appointment.objects.filter(pk=planned.pk).update(
            how="phone", begun_at=timezone.now(), begun_by=clinic.counselor
        )
    with forbidden("telehealth_is_not_held_blank"):
        Session.objects.filter(pk=given.a_session(episode, clinic).session_id).update(how="phone")
    log = {"kind": "individual", "started_at": given.ago(hours=1), "ended_at": timezone.now(), "by": clinic.counselor}
    with refused("telehealth_blank"):
        sessions.log_session(episode, attendance="attended", how="video", **log)
    sessions.log_session(episode, attendance="excused", how="video", **log)  # nobody knows where they were


def test_a_session_logged_from_the_persons_page_is_the_one_that_was_planned(clinic, episode):
    planned = past(clinic, episode)
    note = given.a_session(episode, clinic, at=given.ago(hours=1))
    assert (note.session.appointment, fresh(planned).state) == (planned, "held")
    sessions.mark_session_error(note.session, reason="wrong person", by=clinic.counselor)
    assert fresh(planned).state == "planned"
    appointments.log_appointment(planned, attendance="no_show", by=clinic.counselor)
    assert fresh(planned).state == "missed"


def test_a_group_is_what_was_planned_for_each_of_those_on_its_list(clinic, episode):
    planned = past(clinic, episode, kind="group")
    other = past(clinic, given.in_bed(clinic, bed=1, name="Sam"), kind="individual")
    group = given.a_group(clinic, episode, other.episode, at=given.ago(hours=1))
    assert {one.episode_id: one.appointment_id for one in group.sessions.all()} == {
        episode.pk: planned.pk, other.episode_id: None
    }  # fmt: skip
    groups.mark_group_error(group, reason="wrong day", by=clinic.counselor)
    assert (fresh(planned).state, fresh(other).state) == ("planned", "planned")


def test_whoever_was_to_hold_it_owes_what_came_of_it(clinic, episode):
    planned = past(clinic, episode, hours=30)
    early = past(clinic, episode, hours=3)
    now = timezone.now()
    assert (appointments.owe_logs(now), appointments.owe_logs(now)) == (1, 0)
    asked = duty(episode, "log_session")
    assert (asked.owner, asked.due_at, asked) == (
        clinic.counselor,
        planned.ends_at + 24 * HOUR,
        fresh(planned).log_duty,
    )
    assert fresh(early).log_duty is None
    appointments.log_appointment(fresh(planned), attendance="attended", by=clinic.counselor)
    assert fresh(asked).outcome == "resolved" and "log_session" not in owed(episode)


@pytest.mark.parametrize("end", ["cancel", "change", "mark_error"])
def test_nobody_is_asked_about_what_was_canceled_moved_or_a_mistake(end, clinic, episode):
    planned = past(clinic, episode, hours=30)
    appointments.owe_logs(timezone.now())
    how = {
        "cancel": {"because": "person"}, "change": {"starts_at": timezone.now() + DAY}, "mark_error": {"reason": "x"}
    }[end]  # fmt: skip
    getattr(appointments, end)(planned, by=clinic.counselor, **how)
    assert "log_session" not in owed(episode)
    assert appointments.owe_logs(timezone.now()) == 0


def test_a_session_written_down_late_is_marked_by_the_database_alone(clinic, episode):
    def logged(hours):
        at = given.ago(hours=hours)
        return fresh(sessions.log_session(
            episode, kind="family", started_at=at - HOUR, ended_at=at, attendance="attended", by=clinic.counselor
        ))  # fmt: skip

    soon, late = logged(23), logged(25)
    assert (soon.late_entry, late.late_entry) == (False, True)
    Session.objects.update(late_entry=False)
    assert fresh(late).late_entry and not fresh(soon).late_entry
    clinic.here.logged_within = 30 * HOUR
    clinic.here.save()
    assert fresh(late).late_entry and not logged(28).late_entry
    sessions.amend_session(late, started_at=given.ago(hours=2), ended_at=given.ago(hours=1), by=clinic.counselor)
    assert not fresh(late).late_entry
