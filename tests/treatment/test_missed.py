"""Who did not come is owed one call, and has answered it by coming again; integration needs somebody who agrees."""

import pytest
from django.utils import timezone

from tests import given
from tests.then import duty, forbidden, fresh, owed, refused
from treatment.actions import groups, sessions
from treatment.models import Session


@pytest.fixture
def episode(clinic):
    return given.in_bed(clinic)


def log(episode, clinic, attendance="no_show", hours=2, **fields):
    """A session so many hours ago."""
    fields = {"kind": "individual", "by": clinic.counselor, **fields}
    began = given.ago(hours=hours)
    return sessions.log_session(
        episode, attendance=attendance, started_at=began, ended_at=given.ago(hours=hours - 1), **fields
    )


def said(duty):
    return [(event.kind, event.note) for event in duty.events.order_by("pk")]


def test_a_miss_owes_one_call_and_the_next_one_is_added_to_it(clinic, episode):
    first = log(episode, clinic, hours=30, attendance_because="transport")
    call = duty(episode, "contact")
    assert (call.owner, call.keeps_thread, first.contact_duty) == (clinic.counselor, True, call)
    assert "no way to get here" in call.note
    second = log(episode, clinic, attendance_because="unwilling", attendance_reason="quarrel")
    assert (duty(episode, "contact"), second.contact_duty) == (call, call)
    kind, words = said(call)[-1]
    assert kind == "noted" and "did not want to: quarrel" in words


def test_excused_owes_nothing_and_coming_again_answers_the_call(clinic, episode):
    log(episode, clinic, "excused", attendance_because="work")
    assert "contact" not in owed(episode)
    log(episode, clinic, hours=5)
    call = duty(episode, "contact")
    log(episode, clinic, "attended", hours=9)  # it was before: no answer
    assert fresh(call).is_open()
    log(episode, clinic, "late", hours=1, attendance_because="work")
    assert (fresh(call).outcome, fresh(call).close_reason) == ("resolved", "came to a session")


def test_a_call_about_something_else_hears_of_it_and_stays_owed(clinic, episode):
    call = given.a_worry(episode.patient, clinic).duty
    log(episode, clinic, hours=5)
    assert duty(episode, "contact") == call
    log(episode, clinic, "attended", hours=1)
    assert fresh(call).is_open() and said(call)[-1] == ("noted", "came to a session since")


def test_in_aftercare_the_coach_calls(clinic):
    episode = given.in_aftercare(clinic)
    log(episode, clinic, by=clinic.aftercare)
    assert (duty(episode, "contact").owner, duty(episode, "contact").owner_role) == (clinic.aftercare, "aftercare")


def test_a_corrected_miss_owes_nothing_and_a_corrected_visit_does(clinic, episode):
    missed = log(episode, clinic)
    call = duty(episode, "contact")
    came = sessions.amend_session(missed, attendance="attended", by=clinic.counselor)
    assert (fresh(call).outcome, came.contact_duty, came.attendance_because) == ("canceled", None, "")
    sessions.amend_session(missed, attendance="no_show", attendance_because="forgot", by=clinic.counselor)
    assert "forgot" in duty(episode, "contact").note


def test_a_call_stays_owed_while_another_miss_waits_for_it(clinic, episode):
    first, second = log(episode, clinic, hours=30), log(episode, clinic)
    call = duty(episode, "contact")
    sessions.mark_session_error(first, reason="wrong person", by=clinic.counselor)
    assert fresh(call).is_open() and said(call)[-1][1].startswith("entered in error")
    sessions.mark_session_error(second, reason="wrong person", by=clinic.counselor)
    assert fresh(call).is_open()  # it was opened for the first; somebody decides
    third = given.in_bed(clinic, bed=1, name="Sam")
    alone = log(third, clinic)
    sessions.mark_session_error(alone, reason="wrong person", by=clinic.counselor)
    assert "contact" not in owed(third)


def test_each_of_a_group_who_did_not_come_is_called(clinic, episode):
    other = given.in_bed(clinic, bed=1, name="Sam")
    group = given.a_group(clinic, episode, other, attendance="no_show", attendance_because="ill")
    assert duty(episode, "contact") != duty(other, "contact")
    assert {one.contact_duty_id for one in group.sessions.all()} == {
        duty(one, "contact").pk for one in (episode, other)
    }
    groups.mark_group_error(group, reason="wrong day", by=clinic.counselor)
    assert "contact" not in owed(episode) + owed(other)


def test_a_reason_is_for_those_who_did_not_come_whole(clinic, episode):
    assert log(episode, clinic).attendance_because == "unknown"
    with refused("reason_missing"):
        log(episode, clinic, "attended", attendance_because="work")
    with forbidden("whoever_came_whole_needs_no_reason"):
        Session.objects.update(attendance_because="")


def test_integration_is_with_somebody_oriented_who_wants_it_and_owes_no_talk(clinic, episode):
    for told in ({}, {"oriented": True}, {"oriented": True, "consented": False}):
        with refused("not_oriented_or_willing"):
            log(episode, clinic, "attended", kind="integration", **told)
    session = log(episode, clinic, "attended", kind="integration", oriented=True, consented=True)
    assert session.notes.get().format == "integration"
    assert owed(episode) == ["medication_reconciliation", "sign_note", "treatment_plan"]
    with forbidden("integration_is_with_somebody_oriented_who_agrees"):
        Session.objects.filter(pk=session.pk).update(consented=None)
    log(episode, clinic, "no_show", kind="integration")


def test_who_was_in_a_signed_group_and_who_was_not_is_locked(clinic, episode):
    other, third = (given.in_bed(clinic, bed=bed, name=f"P{bed}") for bed in (1, 2))
    at = timezone.now()
    group = groups.log_group(
        program=clinic.residential, kind="group", topic="Sleep", started_at=given.ago(hours=1), ended_at=at,
        people=[
            {"episode": episode, "attendance": "attended", "line": "Spoke."},
            {"episode": other, "attendance": "no_show"},
        ],
        by=clinic.counselor,
    )  # fmt: skip
    absent = group.sessions.get(episode=other)
    sessions.amend_session(absent, attendance="excused", attendance_because="ill", by=clinic.counselor)
    groups.sign_group(group, by=clinic.counselor)
    with refused("note_signed"):
        sessions.amend_session(absent, attendance="no_show", by=clinic.counselor)
    outside = given.a_session(third, clinic).session
    for row, change in (
        (absent, {"attendance": "no_show", "attendance_because": "ill"}),
        (absent, {"group": None}),
        (outside, {"group": group}),
    ):
        with forbidden("an_attendance_that_was_signed_never_changes"):
            Session.objects.filter(pk=row.pk).update(**change)
    with forbidden("an_attendance_that_was_signed_never_changes"):
        Session.objects.create(
            patient=third.patient, facility=clinic.here, episode=third, kind="group", group=group,
            attendance="attended", started_at=at, ended_at=at, logged_at=at, logged_by=clinic.counselor,
        )  # fmt: skip
    with forbidden("a_session_with_a_signed_note_never_changes"):
        Session.objects.filter(episode=episode, group=group).update(how="phone")
    assert sessions.mark_session_error(absent, reason="not of this group", by=clinic.counselor).entered_in_error_at
