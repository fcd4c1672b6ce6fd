"""What sessions worked on: said before a note is signed, locked with it, and rolled up into the review."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from patients import actions as patients
from tests import given
from tests.then import forbidden, fresh, refused
from treatment.actions import groups, progress, sessions
from treatment.models import Objective, PlanReview, SessionNote, SessionObjective
from treatment.models.progress import Progress, progress_of


@pytest.fixture
def episode(clinic):
    return given.in_bed(clinic, at=given.ago(days=30))


@pytest.fixture
def plan(clinic, episode):
    return given.a_plan_in_force(episode, clinic, steps=2, at=given.ago(days=29))


@pytest.fixture
def step(plan):
    return plan.objectives.first()


@pytest.fixture
def note(clinic, plan):
    return given.a_session(plan.episode, clinic)


def standing(note):
    """What its session worked on, as it now stands."""
    rows = SessionObjective.objects.standing().filter(session=note.session_id).order_by("pk")
    return [(row.objective, row.progress or row.no_objective) for row in rows]


def test_a_note_is_signed_once_it_says_what_was_worked_on(clinic, note, step):
    with refused("worked_on_missing"):
        sessions.sign(note, by=clinic.counselor)
    with forbidden("a_signed_note_says_what_was_worked_on"):
        SessionNote.objects.filter(pk=note.pk).update(signed_at=timezone.now(), signed_by=clinic.counselor)
    sessions.sign(note, worked_on=[{"objective": step.pk, "progress": "some"}], by=clinic.counselor)
    assert standing(note) == [(step, "some")]


@pytest.mark.parametrize("said, code", [
    ({"no_objective": "other"}, "reason_missing"),
    ({"no_objective": "no_plan_yet"}, "plan_in_force"),
    ({"no_objective": "no_show"}, "plan_in_force"),
])  # fmt: skip
def test_why_none_was_worked_on_is_said_truly(clinic, note, said, code):
    with refused(code):
        sessions.sign(note, **said, by=clinic.counselor)
    sessions.sign(note, no_objective="crisis", by=clinic.counselor)
    assert standing(note) == [(None, "crisis")]


def test_what_goes_by_itself_is_filled_in(clinic):
    episode = given.in_bed(clinic, at=given.ago(days=3))
    early = given.a_session(episode, clinic, at=given.ago(days=2))
    given.a_plan_in_force(episode, clinic, at=given.ago(days=1))
    missed = given.a_session(episode, clinic)
    sessions.amend_session(missed.session, attendance="no_show", by=clinic.counselor)
    for one, reason in ((early, "no_plan_yet"), (missed, "no_show")):
        sessions.sign(one, by=clinic.counselor)
        assert standing(one) == [(None, reason)]


def test_what_was_said_is_replaced_while_the_note_is_a_draft(clinic, note, plan):
    first, second = plan.objectives.all()
    sessions.write(note, text="x", worked_on=[{"objective": first.pk, "progress": "same"}], by=clinic.counselor)
    sessions.write(note, text="y", by=clinic.counselor)  # nothing said about it: it stays
    assert standing(note) == [(first, "same")]
    both = [{"objective": one.pk, "progress": "much"} for one in (first, second)]
    sessions.write(note, text="y", worked_on=both, by=clinic.counselor)
    assert standing(note) == [(first, "much"), (second, "much")]
    with refused("rated_twice"):
        sessions.write(note, text="z", worked_on=[both[0], both[0]], by=clinic.counselor)
    with refused("worked_on_or_not"):
        sessions.write(note, text="z", worked_on=both, no_objective="crisis", by=clinic.counselor)
    other = given.a_plan_in_force(given.in_outpatient(clinic, at=given.ago(days=9)), clinic, at=given.ago(days=8))
    theirs = other.objectives.get()
    with refused("objective_not_in_plan"):
        sessions.write(note, text="z", worked_on=[{"objective": theirs.pk, "progress": "some"}], by=clinic.counselor)
    with forbidden("a_rating_is_of_the_persons_own_plan"):
        SessionObjective.objects.standing().filter(session=note.session, objective=second).update(objective=theirs)


def test_raw_sql_cannot_touch_what_was_worked_on_once_the_note_is_signed(clinic, note, step):
    sessions.sign(note, worked_on=[{"objective": step.pk, "progress": "some"}], by=clinic.counselor)
    other = given.a_session(note.session.episode, clinic)
    rows = SessionObjective.objects.filter(session=note.session)
    for change in (
        {"progress": "much"},
        {"words": "x"},
        {"removed_at": timezone.now(), "removed_by": clinic.nurse},
        {"session": other.session},
    ):
        with forbidden("what_was_worked_on_is_locked_with_the_note"):
            rows.update(**change)
    row = rows.get()
    row.pk, row.objective, row.progress, row.no_objective = None, None, "", "crisis"
    with forbidden("what_was_worked_on_is_locked_with_the_note"):
        SessionObjective.objects.bulk_create([row])


def test_a_rating_is_seen_as_its_note_is(clinic, note, step, api):
    sessions.write(note, text="x", worked_on=[{"objective": step.pk, "progress": "some"}], by=clinic.counselor)

    def seen(name):
        return len(api(getattr(clinic, name)).get(reverse("session-objectives-list")).json()["results"])

    assert (seen("counselor"), seen("nurse")) == (1, 0)
    sessions.sign(note, by=clinic.counselor)
    assert (seen("counselor"), seen("nurse"), seen("nurse_elsewhere")) == (1, 1, 0)


@pytest.mark.parametrize("rated, trend", [
    ([], ""),
    (["same"], "level"),
    (["worse", "some"], "level"),
    (["worse", "worse", "some", "some", "much"], "toward"),
    (["much", "much", "worse", "worse", "same"], "away"),
])  # fmt: skip
def test_the_last_three_ratings_make_the_trend(rated, trend):
    one = Progress(None, [(rating, number, "") for number, rating in enumerate(rated)])
    assert (one.trend, one.last) == (trend, rated[-1] if rated else "")


def test_ratings_add_up_from_signed_notes_since_the_last_review(clinic, plan, step, api):
    for days, rating in ((20, "same"), (15, "some"), (10, "much")):
        given.rated(plan.episode, clinic, rating, at=given.ago(days=days))
    wrong = given.rated(plan.episode, clinic, "worse", at=given.ago(days=9))
    patients.mark_error(wrong, reason="wrong person", by=clinic.supervisor)
    draft = given.a_session(plan.episode, clinic)
    sessions.write(draft, text="x", worked_on=[{"objective": step.pk, "progress": "worse"}], by=clinic.counselor)
    found = progress_of(plan)
    assert (found[step.pk].counts, found[step.pk].trend) == ({"same": 1, "some": 1, "much": 1}, "toward")
    told = api(clinic.nurse).get(reverse("treatment-plans-progress", args=[plan.pk])).json()["objectives"]
    assert [(one["ratings"], one["last"], one["trend"]) for one in told] == [(3, "much", "toward"), (0, "", "")]
    made = given.signed_plan(given.reviewed(plan, clinic, at=given.ago(days=5)), clinic, at=given.ago(days=5))
    said = PlanReview.objects.get(plan=plan).decisions[0]["progress"]
    assert said == "worked on 3 times, last: much progress; moving toward it"
    assert not any(one.ratings for one in progress_of(made).values())
    assert Objective.objects.open().of(plan.patient).count() == 2


def a_group(clinic, people):
    """A group of people who each have a plan with one objective."""
    episodes = []
    for number in range(people):
        name = f"P{number}"
        episode = given.ready(clinic, name, at=given.ago(days=9))
        given.placements.admit(episode, program=clinic.outpatient, by=clinic.nurse, at=given.ago(days=9))
        given.a_plan_in_force(fresh(episode), clinic, at=given.ago(days=8))
        episodes.append(episode)
    return given.a_group(clinic, *episodes, program=clinic.outpatient)


def test_each_in_a_group_is_rated_and_everybody_else_is_said_why(clinic):
    group = a_group(clinic, 3)
    with refused("worked_on_missing"):
        groups.sign_group(group, by=clinic.counselor)
    one = progress.objectives_of_group(group).first()
    ratings = {str(one.pk): {"progress": "some", "words": "spoke first"}}
    with refused("nothing_to_sign"):
        progress.rate_group(group, ratings=ratings, by=clinic.supervisor)
    with refused("objective_not_in_plan"):
        progress.rate_group(group, ratings={str(group.pk): {"progress": "some"}}, by=clinic.counselor)
    with refused("worked_on_missing"):
        progress.rate_group(group, ratings={}, by=clinic.counselor)
    progress.rate_group(group, ratings=ratings, no_objective="crisis", by=clinic.counselor)
    groups.sign_group(group, by=clinic.counselor)
    rows = SessionObjective.objects.standing().filter(session__group=group)
    assert sorted(row.no_objective or row.progress for row in rows) == ["crisis", "crisis", "some"]


def test_a_group_of_four_is_rated_and_signed_in_as_many_statements_as_one_of_two(clinic, api):
    def statements(people):
        group, client = a_group(clinic, people), api(clinic.counselor)
        ratings = {str(one.pk): {"progress": "some"} for one in progress.objectives_of_group(group)}
        taken = []
        for verb, body in (("rate-group", {"ratings": ratings}), ("sign-group", {})):
            with CaptureQueriesContext(connection) as captured:
                answer = client.post(reverse(f"group-sessions-{verb}", args=[group.pk]), body, format="json")
            assert answer.status_code in (200, 201), answer.json()
            taken.append(len([query for query in captured if "SAVEPOINT" not in query["sql"]]))
        assert SessionObjective.objects.filter(session__group=group).count() == people
        return taken

    few = statements(2)
    assert statements(4) == few
    assert max(few) <= 30, few


def test_a_session_is_logged_with_what_it_worked_on_over_http(clinic, plan, step, api):
    client, now = api(clinic.counselor), timezone.now()
    body = {
        "kind": "individual", "attendance": "attended", "started_at": given.ago(hours=1).isoformat(),
        "ended_at": now.isoformat(), "text": "Talked.",
        "worked_on": [{"objective": str(step.pk), "progress": "much", "words": "seven nights"}],
    }  # fmt: skip
    made = client.post(reverse("episodes-log-session", args=[plan.episode_id]), body, format="json")
    assert made.status_code == 201, made.json()
    note = SessionNote.objects.get(session=made.json()["id"])
    assert client.post(reverse("session-notes-sign", args=[note.pk]), {}, format="json").status_code == 200
    assert progress_of(plan)[step.pk].last == "much"
    body["worked_on"] = [{"objective": str(plan.pk), "progress": "much"}]
    refusal = client.post(reverse("episodes-log-session", args=[plan.episode_id]), body, format="json")
    assert (refusal.status_code, refusal.json()["code"]) == (409, "objective_not_in_plan")
