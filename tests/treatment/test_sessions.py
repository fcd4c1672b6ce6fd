"""Sessions, and notes that stay as they were signed."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from aftercare.actions import closings
from duties import actions as duties
from patients import actions as patients
from tests import given
from tests.then import code_of, duty, forbidden, fresh, owed, refused
from treatment.actions import sessions
from treatment.models import Addendum, Session, SessionNote


@pytest.fixture
def episode(clinic):
    return given.in_bed(clinic)


@pytest.fixture
def draft(clinic, episode):
    return given.a_session(episode, clinic)


@pytest.fixture
def signed(clinic, draft):
    return sessions.sign(draft, by=clinic.counselor)


def log(episode, clinic, **fields):
    now = timezone.now()
    fields = {"started_at": now - timedelta(hours=1), "ended_at": now, "attendance": "attended", **fields}
    return sessions.log_session(episode, kind="group", by=clinic.counselor, **fields)


def test_a_session_drafts_a_note_and_owes_its_signature_within_a_day(clinic, episode):
    at = timezone.now()
    session = log(episode, clinic, text="Came early.", at=at)
    assert (session.placement, session.facility) == (episode.placements.get(), clinic.here)
    note = session.notes.get()
    assert (note.text, note.drafted_by, note.signed_at) == ("Came early.", clinic.counselor, None)
    sign = duty(episode, "sign_note")
    assert (sign.owner, sign.due_at, sign.keeps_thread) == (clinic.counselor, at + timedelta(hours=24), False)
    assert (note.sign_duty, owed(episode)) == (sign, ["medication_reconciliation", "sign_note", "treatment_plan"])


@pytest.mark.parametrize(
    "stage", [given.engaging, given.in_intake, given.sent_out, given.in_aftercare, given.staying_in_touch]
)
def test_a_session_is_written_down_wherever_the_person_is_by_now(clinic, stage):
    assert log(stage(clinic), clinic).notes.exists()


def test_a_closed_episode_has_no_new_sessions(clinic):
    episode = given.closed(clinic)
    with refused("wrong_stage"):
        log(episode, clinic)


def test_a_session_is_logged_once_it_has_begun(clinic, episode):
    with refused("in_the_future"):
        log(episode, clinic, started_at=timezone.now() + timedelta(hours=1))


def test_a_session_is_logged_with_its_actual_end_and_lasts_less_than_a_day(clinic, episode):
    now = timezone.now()
    with refused("in_the_future"):
        log(episode, clinic, ended_at=now + timedelta(hours=2))
    with refused("session_too_long"):
        log(episode, clinic, started_at=now - timedelta(hours=24))
    session = log(episode, clinic, started_at=now - timedelta(hours=23))
    with refused("in_the_future"):
        sessions.amend_session(session, ended_at=now + timedelta(days=7), by=clinic.counselor)


def test_a_session_ends_after_it_starts(clinic, episode):
    with refused("ends_before_start"):
        log(episode, clinic, ended_at=given.ago(hours=2))


def test_a_session_brought_twice_under_one_key_is_logged_once(clinic, episode):
    session = log(episode, clinic)
    with refused("key_taken"):
        log(episode, clinic, id=session.pk)


def test_a_draft_is_its_author_s(clinic, draft):
    assert sessions.write(draft, text="Better.", by=clinic.counselor).text == "Better."
    with refused("not_the_author"):
        sessions.write(draft, text="Worse.", by=clinic.supervisor)
    with refused("not_the_author"):
        sessions.sign(draft, by=clinic.supervisor)


def test_a_signature_ends_what_was_owed(clinic, draft):
    at = timezone.now()
    note = sessions.sign(draft, by=clinic.counselor, at=at)
    assert (note.signed_at, note.signed_by) == (at, clinic.counselor)
    assert (fresh(note.sign_duty).outcome, fresh(note.sign_duty).closed_at) == ("resolved", at)


def test_an_empty_note_is_not_signed(clinic, episode):
    note = given.a_session(episode, clinic, text="")
    with refused("note_empty"):
        sessions.sign(note, by=clinic.counselor)


def test_a_signed_note_is_neither_written_nor_signed_again(clinic, signed):
    with refused("note_signed"):
        sessions.write(signed, text="Other.", by=clinic.counselor)
    with refused("note_signed"):
        sessions.sign(signed, by=clinic.counselor)


def test_a_note_entered_in_error_is_neither_written_nor_signed(clinic, draft):
    patients.mark_error(draft, reason="wrong person", by=clinic.counselor)
    with refused("error_marked"):
        sessions.write(draft, text="Other.", by=clinic.counselor)
    with refused("error_marked"):
        sessions.sign(draft, by=clinic.counselor)


def test_a_draft_can_still_be_signed_when_the_episode_is_closed(clinic):
    episode = given.in_aftercare(clinic)
    note = given.a_session(episode, clinic)
    closings.close(episode, reason="completed", by=clinic.counselor)
    assert owed(episode) == []
    assert sessions.sign(note, by=clinic.counselor).signed_at


def test_a_draft_whose_duty_was_excused_can_still_be_signed(clinic, draft):
    duties.excuse(draft.sign_duty, reason="on leave", by=clinic.supervisor)
    assert sessions.sign(draft, by=clinic.counselor).signed_at


def test_a_signed_note_is_added_to_and_the_addendum_stays(clinic, draft, api):
    with refused("note_not_signed"):
        sessions.add_addendum(draft, text="More.", by=clinic.nurse)
    sessions.sign(draft, by=clinic.counselor)
    added = sessions.add_addendum(draft, text="She called later.", by=clinic.nurse)
    assert (added.added_by, added.patient, fresh(draft).text) == (clinic.nurse, draft.patient, "Talked.")
    shown = api(clinic.supervisor).get(f"/api/v1/session-notes/{draft.pk}/").json()["addenda"]
    assert [one["text"] for one in shown] == ["She called later."]
    with forbidden("an_addendum_never_changes"):
        Addendum.objects.filter(pk=added.pk).update(text="Other.")
    with forbidden("an_addendum_has_text"):
        sessions.add_addendum(draft, text="", by=clinic.nurse)
    with refused("not_the_author"):
        sessions.mark_addendum_error(added, reason="wrong", by=clinic.counselor)
    assert sessions.mark_addendum_error(added, reason="wrong", by=clinic.nurse).entered_in_error_at
    sessions.mark_note_error(draft, reason="wrong person", by=clinic.counselor)
    with refused("error_marked"):
        sessions.add_addendum(draft, text="More.", by=clinic.nurse)


def test_a_draft_in_error_owes_no_signature_and_only_its_author_or_a_supervisor_marks_it(clinic, episode):
    mine, theirs = given.a_session(episode, clinic), given.a_session(episode, clinic)
    with refused("not_the_author"):
        sessions.mark_note_error(mine, reason="wrong person", by=clinic.nurse)
    sessions.mark_note_error(mine, reason="wrong person", by=clinic.counselor)
    assert fresh(mine.sign_duty).outcome == "canceled"
    sessions.mark_note_error(theirs, reason="wrong person", by=clinic.supervisor)
    assert owed(episode) == ["medication_reconciliation", "treatment_plan"]


def test_a_session_in_error_takes_its_draft_with_it(clinic, draft, episode):
    sessions.mark_session_error(draft.session, reason="wrong day", by=clinic.counselor)
    assert fresh(draft).entered_in_error_reason == "wrong day"
    assert owed(episode) == ["medication_reconciliation", "treatment_plan"]


def test_a_session_is_corrected_by_who_logged_it_while_its_note_is_a_draft(clinic, draft):
    session = draft.session
    fixed = sessions.amend_session(session, attendance="late", attendance_reason="bus", by=clinic.counselor)
    assert (fixed.attendance, fixed.attendance_reason) == ("late", "bus")
    with refused("not_the_author"):
        sessions.amend_session(session, attendance="attended", by=clinic.supervisor)
    with refused("in_the_future"):
        sessions.amend_session(session, started_at=given.ago(hours=-1), by=clinic.counselor)
    sessions.sign(draft, by=clinic.counselor)
    with refused("note_signed"):
        sessions.amend_session(session, attendance="attended", by=clinic.counselor)


def test_nobody_reads_a_draft_of_somebody_else(clinic, draft, api):
    url = f"/api/v1/session-notes/{draft.pk}/"
    assert api(clinic.counselor).get(url).status_code == 200
    for name in ("nurse", "supervisor", "privacy", "aftercare"):
        assert api(getattr(clinic, name)).get(url).status_code == 404, name
        assert api(getattr(clinic, name)).get("/api/v1/session-notes/").json()["results"] == []
    sessions.sign(draft, by=clinic.counselor)
    assert api(clinic.nurse).get(url).status_code == 200


def test_the_draft_of_somebody_who_left_is_taken_over_with_both_named(clinic, draft, episode, api):
    with refused("author_is_here"):
        sessions.adopt_draft(draft, by=clinic.supervisor)
    duties.leave(clinic.counselor, by=clinic.admin)
    assert fresh(draft.sign_duty).owner is None
    seen = {
        name: api(getattr(clinic, name)).get(f"/api/v1/session-notes/{draft.pk}/").status_code
        for name in ("supervisor", "nurse", "privacy", "nurse_elsewhere")
    }
    assert seen == {"supervisor": 200, "nurse": 404, "privacy": 404, "nurse_elsewhere": 404}
    with refused("not_a_member"):
        sessions.adopt_draft(draft, by=clinic.nurse)
    note = sessions.adopt_draft(draft, by=clinic.supervisor)
    assert (note.drafted_by, note.adopted_by) == (clinic.counselor, clinic.supervisor)
    assert fresh(draft.sign_duty).owner == clinic.supervisor
    second = given.a_user("second", clinic.here, "counselor")
    with refused("author_is_here"):
        sessions.adopt_draft(draft, by=second)
    assert sessions.write(note, text="Finished.", by=clinic.supervisor)
    assert sessions.sign(note, by=clinic.supervisor).signed_by == clinic.supervisor
    travels = given.all_travels(but=["notes"])  # nothing unsigned is in the way
    given.moved(episode, program=clinic.outpatient, travels=travels, by=clinic.supervisor)


def test_the_draft_of_somebody_who_left_may_be_discarded(clinic, draft, episode):
    duties.leave(clinic.counselor, by=clinic.admin)
    second = given.a_user("second", clinic.here, "counselor")
    sessions.mark_note_error(draft, reason="nothing in it", by=second)
    assert owed(episode) == ["medication_reconciliation", "treatment_plan"]


def test_raw_sql_cannot_half_adopt(clinic, draft):
    with forbidden("an_adoption_has_who"):
        SessionNote.objects.update(adopted_at=timezone.now())


def test_raw_sql_cannot_touch_a_signed_note(clinic, signed):
    other = log(signed.session.episode, clinic)
    for change in (
        {"text": "Other."},
        {"signed_at": None, "signed_by": None},
        {"signed_by": clinic.supervisor},
        {"signed_at": given.ago(days=1)},
        {"session": other},
        {"drafted_by": clinic.supervisor},
        {"patient": given.self_referred(clinic, str(timezone.now())).patient},
    ):
        with forbidden("a_signed_note_never_changes"):
            SessionNote.objects.filter(pk=signed.pk).update(**change)


def test_raw_sql_cannot_touch_the_session_of_a_signed_note(clinic, signed):
    for change in (
        {"attendance": "no_show"},
        {"started_at": given.ago(days=3)},
        {"kind": "family"},
        {"placement": None},
    ):
        with forbidden("a_session_with_a_signed_note_never_changes"):
            Session.objects.filter(pk=signed.session_id).update(**change)


def test_asking_pgtrigger_to_look_away_does_not_open_a_signed_note(clinic, signed):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL pgtrigger.ignore = '{treatment_sessionnote:a_a_signed_note_never_changes}'")
        with forbidden("a_signed_note_never_changes"):
            SessionNote.objects.filter(pk=signed.pk).update(text="Other.")


def test_a_signed_note_can_be_marked_as_entered_in_error_and_written_anew(clinic, signed):
    patients.mark_error(signed, reason="wrong person", by=clinic.supervisor)
    SessionNote.objects.create(
        patient=signed.patient, facility=clinic.here, session=signed.session, text="Anew.",
        sign_duty=duty(signed.session.episode, "treatment_plan"),
        drafted_at=timezone.now(), drafted_by=clinic.counselor,
    )  # fmt: skip
    assert fresh(signed).text == "Talked."


def test_raw_sql_cannot_give_a_session_two_notes(clinic, draft):
    with forbidden("one_note_per_session"):
        SessionNote.objects.create(
            patient=draft.patient, facility=clinic.here, session=draft.session, drafted_at=timezone.now(),
            sign_duty=duty(draft.session.episode, "treatment_plan"), drafted_by=clinic.counselor,
        )  # fmt: skip


def test_raw_sql_cannot_half_sign_or_sign_nothing(clinic, draft):
    with forbidden("a_signature_has_who"):
        SessionNote.objects.update(signed_at=timezone.now())
    with forbidden("a_signed_note_has_text"):
        SessionNote.objects.update(text="", signed_at=timezone.now(), signed_by=clinic.counselor)


def test_every_state_of_a_note_is_kept(clinic, draft):
    sessions.write(draft, text="Better.", by=clinic.counselor)
    sessions.sign(draft, by=clinic.counselor)
    states = draft.history.order_by("pgh_id").values_list("text", "signed_by")
    assert list(states) == [("Talked.", None), ("Better.", None), ("Better.", clinic.counselor.pk)]


def test_a_note_signed_twice_at_once_is_signed_once(committed_clinic, run_both):
    clinic = committed_clinic
    note = given.a_session(given.in_bed(clinic), clinic)
    results = run_both(*[lambda: sessions.sign(note, by=clinic.counselor)] * 2)
    assert sorted(code_of(r.error) if r.error else "signed" for r in results) == ["note_signed", "signed"]
    assert fresh(note).sign_duty.events.filter(kind="closed").count() == 1
