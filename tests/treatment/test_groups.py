"""Group sessions: one attendance, what is shared once, and each chart its own part."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from duties.models import Duty
from tests import given
from tests.then import duty, forbidden, fresh, owed, refused, statements
from treatment.actions import groups, sessions
from treatment.models import GroupSession, Session, SessionNote
from treatment.views.groups import LogGroup


@pytest.fixture
def three(clinic):
    return [given.in_bed(clinic, bed=bed, name=name) for bed, name in enumerate(("Ann", "Bo", "Cy"))]


def line(episode, attendance="attended", **more):
    return {"episode": episode, "attendance": attendance, "line": f"{episode.patient} spoke.", **more}


def log(clinic, *lines, **fields):
    now = timezone.now()
    fields = {"kind": "group", "topic": "Sleep", "text": "About sleep.", "by": clinic.counselor, **fields}
    return groups.log_group(
        program=clinic.residential, started_at=given.ago(hours=1), ended_at=now, people=list(lines), **fields
    )


def test_each_chart_has_its_own_session_and_those_who_came_a_draft(clinic, three):
    ann, bo, cy = three
    group = log(
        clinic,
        line(ann),
        line(bo, "late", attendance_reason="bus"),
        line(cy, "no_show", attendance_reason="asleep"),
    )
    held = {one.episode: one for one in group.sessions.all()}
    assert {one.attendance for one in held.values()} == {"attended", "late", "no_show"}
    assert held[cy].attendance_reason == "asleep"
    assert not held[cy].notes.exists() and "sign_note" not in owed(cy)
    note = held[ann].notes.get()
    assert (note.text, note.sign_duty, note.sign_duty.owner) == (
        "Ann spoke.",
        duty(ann, "sign_note"),
        clinic.counselor,
    )
    assert note.sign_duty.events.filter(kind="opened").count() == 1
    assert note.patient == ann.patient and note.session.placement == ann.placements.get()


def test_who_joins_a_group_from_afar_is_somewhere_where_help_could_reach_them(clinic, three, api):
    ann, bo, _ = three
    with refused("telehealth_blank"):
        log(clinic, line(ann), line(bo, how="video"))
    known = {"person_where": "12 Pier St", "call_back": "212 555 0188", "who_can_hear": "Nobody",
             "emergency_route": "911 there; her sister upstairs"}  # fmt: skip
    body = {"topic": "Sleep", "started_at": given.ago(hours=1).isoformat(), "ended_at": timezone.now().isoformat()}
    people = {str(ann.pk): {"attendance": "attended"}, str(bo.pk): {"attendance": "attended", "how": "video"} | known}
    url = f"/api/v1/programs/{clinic.residential.pk}/log-group/"
    assert api(clinic.counselor).post(url, {**body, "people": people}, "json").status_code == 201
    assert [one.how for one in (ann.sessions.get(), bo.sessions.get())] == ["in_person", "video"]
    assert bo.sessions.get().person_where == "12 Pier St"


def test_a_chart_shows_the_shared_text_and_nobody_else_s_line(clinic, three, api):
    ann, bo, _ = three
    groups.sign_group(log(clinic, line(ann), line(bo)), by=clinic.counselor)
    found = api(clinic.nurse).get(reverse("session-notes-list"), {"patient": ann.patient_id}).json()["results"]
    assert [(note["shared_text"], note["text"]) for note in found] == [("About sleep.", "Ann spoke.")]
    assert "Bo" not in str(found)


def test_who_may_be_on_the_list(clinic, three):
    ann = three[0]
    with refused("nobody_in_the_group"):
        log(clinic)
    with refused("in_the_group_twice"):
        log(clinic, line(ann), line(ann, "late"))
    elsewhere = given.self_referred(clinic)
    with refused("not_in_program"):
        log(clinic, line(ann), line(elsewhere))
    with refused("in_the_future"):
        groups.log_group(
            program=clinic.residential, kind="group", topic="Sleep", people=[line(ann)], by=clinic.counselor,
            started_at=given.ago(hours=-1), ended_at=given.ago(hours=-2),
        )  # fmt: skip
    with refused("not_a_group_kind"):
        log(clinic, line(ann), kind="family")
    session = log(clinic, line(ann)).sessions.get()
    with forbidden("once_in_a_group"):
        Session.objects.filter(pk=sessions_of(clinic, ann)).update(group=session.group)


def test_a_group_of_a_program_with_nobody_in_it_is_not_offered(clinic, client):
    given.self_referred(clinic)
    with refused("nobody_in_the_group"):
        groups.log_group(
            program=clinic.outpatient, kind="group", topic="Sleep", people=[], by=clinic.counselor,
            started_at=given.ago(hours=2), ended_at=given.ago(hours=1),
        )  # fmt: skip
    assert LogGroup.why_not(clinic.outpatient) == "Nobody is in this program now."
    client.force_login(clinic.counselor)
    page = client.get(reverse("admin:treatment_program_change", args=[clinic.outpatient.pk])).content.decode()
    assert "Nobody is in this program now." in page
    given.in_outpatient(clinic)
    assert LogGroup.why_not(clinic.outpatient) == ""


def test_the_grid_of_a_group_says_who_is_away(clinic, three, client):
    ann, bo, cy = three
    given.send_out(ann, clinic)
    given.go_on_leave(bo, clinic)
    client.force_login(clinic.counselor)
    page = client.get(reverse("admin:treatment_program_do", args=[clinic.residential.pk, "log-group"]))
    heads = re.findall(r'<th scope="row" class="tl-item">(.*?)</th>', page.content.decode())
    assert heads == [
        f"Ann (No. {ann.patient.number}) – now away: sent out to hospital",
        f"Bo (No. {bo.patient.number}) – now away: therapeutic pass",
        f"Cy (No. {cy.patient.number})",
    ]


def sessions_of(clinic, episode):
    return given.a_session(episode, clinic).session_id


def test_all_of_ones_own_notes_are_signed_at_once(clinic, three):
    ann, bo, _ = three
    group = log(clinic, line(ann), line(bo, line=""))
    with refused("note_empty"):
        groups.sign_group(group, by=clinic.counselor)
    with refused("nothing_to_sign"):
        groups.sign_group(group, by=clinic.supervisor)
    sessions.write(SessionNote.objects.get(session__episode=bo), text="Listened.", by=clinic.counselor)
    groups.sign_group(group, by=clinic.counselor)
    assert SessionNote.objects.filter(session__group=group, signed_by=clinic.counselor).count() == 2
    done = Duty.objects.filter(ladder__slug="sign_note")
    assert {(one.outcome, one.events.filter(kind="closed").count()) for one in done} == {("resolved", 1)}
    with refused("nothing_to_sign"):
        groups.sign_group(group, by=clinic.counselor)


def test_what_they_share_is_written_by_who_led_until_a_note_is_signed(clinic, three):
    group = log(clinic, line(three[0]), line(three[1]))
    assert groups.write_group(group, text="About rest.", by=clinic.counselor).text == "About rest."
    with refused("not_the_author"):
        groups.write_group(group, text="Other.", by=clinic.supervisor)
    sessions.sign(SessionNote.objects.filter(session__group=group).first(), by=clinic.counselor)
    with refused("note_signed"):
        groups.write_group(group, text="Other.", by=clinic.counselor)
    with refused("note_signed"):
        groups.mark_group_error(group, reason="wrong day", by=clinic.counselor)
    for change in ({"text": "Other."}, {"topic": "Other"}, {"started_at": given.ago(days=2)}):
        with forbidden("a_shared_text_that_was_signed_never_changes"):
            GroupSession.objects.filter(pk=group.pk).update(**change)


def test_a_group_that_did_not_take_place_leaves_nothing_owed(clinic, three):
    group = log(clinic, line(three[0]), line(three[1]))
    groups.mark_group_error(group, reason="wrong day", by=clinic.counselor)
    assert not group.sessions.right().exists() and not SessionNote.objects.drafts().exists()
    assert owed(three[0]) == ["medication_reconciliation", "treatment_plan"]
    assert fresh(group).entered_in_error_by == clinic.counselor
    with refused("error_marked"):
        groups.write_group(group, text="Other.", by=clinic.counselor)


def test_a_group_takes_as_many_statements_for_many_people(clinic, three, api):
    def taken_by(*episodes):
        people = {str(one.pk): {"attendance": "attended", "line": "x"} for one in episodes}
        body = {
            "topic": "Sleep", "started_at": given.ago(hours=1).isoformat(), "ended_at": timezone.now().isoformat(),
            "people": people,
        }  # fmt: skip
        client, log, made = api(clinic.counselor), reverse("programs-log-group", args=[clinic.residential.pk]), []
        logging = statements(lambda: made.append(client.post(log, body)))
        assert made[0].status_code == 201, made[0].json()
        sign = reverse("group-sessions-sign-group", args=[made[0].json()["id"]])
        signing = statements(lambda: made.append(client.post(sign, {})))
        assert made[1].status_code == 200
        return len(logging), len(signing)

    few = taken_by(three[0])
    assert taken_by(*three) == few
    assert max(few) <= 25, few


def test_nobody_unseen_is_put_on_a_list(clinic, api):
    body = {"topic": "Sleep", "started_at": given.ago(hours=1).isoformat(), "ended_at": timezone.now().isoformat()}
    elsewhere = given.handovers.refer(
        facility=clinic.elsewhere, entry="self", person={"preferred_name": "Zed"}, by=clinic.nurse_elsewhere
    )
    answers = []
    for key in (str(elsewhere.pk), "0198c0de-0000-7000-8000-000000000000", "nonsense"):
        found = api(clinic.counselor).post(
            reverse("programs-log-group", args=[clinic.residential.pk]),
            {**body, "people": {key: {"attendance": "attended"}}},
        )
        answers.append((found.status_code, found.json()["fields"]["people"][0]["code"]))
    assert answers == [(400, "nobody")] * 3  # hidden, missing and nonsense are one answer
    assert not GroupSession.objects.exists()
