"""The treatment plan: drafted, signed by both, locked as a whole, reviewed into the next version."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from aftercare.actions.plans import return_to_treatment
from patients import actions as patients
from tests import given
from tests.then import code_of, duty, forbidden, fresh, owed, refused
from treatment.actions import placements, plan_lines, plans
from treatment.models import Goal, Intervention, Objective, PlanReview, PlanTemplate, Problem, TreatmentPlan

LINES = (Problem, Goal, Objective, Intervention)


@pytest.fixture
def episode(clinic):
    return given.in_bed(clinic, at=given.ago(days=10))


@pytest.fixture
def draft(clinic, episode):
    return given.a_plan(episode, clinic, at=given.ago(days=9))


@pytest.fixture
def plan(clinic, draft):
    return given.signed_plan(draft, clinic, at=given.ago(days=9))


def test_a_draft_begins_with_what_the_person_said_at_intake(clinic):
    episode = given.intake_done(given.in_intake(clinic), clinic, goals="I want to sleep.")
    with refused("wrong_stage"):
        plans.draft_plan(episode, by=clinic.counselor)
    placements.admit(episode, program=clinic.residential, bed=clinic.beds[0], by=clinic.nurse)
    plan = plans.draft_plan(episode, by=clinic.counselor)
    assert (plan.own_words, plan.edition, plan.state()) == ("I want to sleep.", 1, "Draft")
    with refused("plan_drafted"):
        plans.draft_plan(episode, by=clinic.nurse)
    assert plans.write_plan(plan, own_words="I want my nights.", by=clinic.nurse).own_words == "I want my nights."


def test_a_plan_is_signed_when_it_is_whole(clinic, episode):
    plan = plans.draft_plan(episode, by=clinic.counselor)
    for verb in (lambda: plans.sign_plan(plan, by=clinic.counselor), lambda: given.signed_plan(plan, clinic)):
        with refused("plan_incomplete"):
            verb()
    plans.write_plan(plan, own_words="I want my nights.", by=clinic.counselor)
    problem = plan_lines.add_problem(plan, domain="sleep", words="Sleeps badly.", by=clinic.counselor)
    goal = plan_lines.add_below(problem, own_words="Sleep through.", by=clinic.counselor)
    day = timezone.localdate() + timedelta(days=30)
    said = {"words": "Sleeps longer.", "measure": "Hours", "target": "7", "target_on": day, "by": clinic.counselor}
    objective = plan_lines.add_below(goal, **said)
    assert plans.gaps(fresh(plan)) == ["Nobody does anything toward “Sleeps longer.”"]
    plan_lines.add_below(objective, what="Sleep habits.", modality="cbt", role="counselor", by=clinic.counselor)
    assert plans.gaps(fresh(plan)) == []
    plan_lines.amend_line(objective, target_on=timezone.localdate() - timedelta(days=2), by=clinic.counselor)
    assert plans.gaps(fresh(plan)) == ["The day of “Sleeps longer.” has passed: say by when now"]
    with refused("plan_incomplete"):
        plans.sign_plan(plan, by=clinic.counselor)


def test_the_second_signature_puts_it_in_force_whoever_comes_first(clinic, draft):
    signed = plans.sign_plan(draft, by=clinic.counselor)
    assert (signed.state(), signed.is_in_force()) == ("Waits for the person’s signature", False)
    with refused("signed_already"):
        plans.sign_plan(draft, by=clinic.counselor)
    for missing, code in (
        ({"copy_offered": False}, "copy_not_offered"),
        ({"person_answer": "declined"}, "reason_missing"),
        ({"person_answer": "aloud"}, "reason_missing"),
    ):
        answer = {"person_answer": "paper", "copy_offered": True, **missing}
        with refused(code):
            plans.record_person_answer(draft, **answer, by=clinic.counselor)
    told = {"person_answer": "declined", "person_answer_words": "Wants to read it at home.", "copy_offered": True}
    plan = plans.record_person_answer(draft, **told, by=clinic.counselor)
    assert plan.is_in_force() and plan.in_force_by == clinic.counselor
    with refused("plan_signed"):
        plans.record_person_answer(draft, **told, by=clinic.counselor)


def test_one_signature_is_taken_back_to_a_draft_and_a_plan_in_force_never(clinic, draft):
    with refused("plan_not_signed"):
        plans.reopen_plan(draft, reason="typing", by=clinic.counselor)
    plans.sign_plan(draft, by=clinic.counselor)
    problem = draft.problems.get()
    with refused("plan_signed"):
        plan_lines.amend_line(problem, words="Other.", by=clinic.counselor)
    again = plans.reopen_plan(draft, reason="the date is wrong", by=clinic.counselor)
    assert again.is_draft() and again.history.filter(staff_signed_by=clinic.counselor).exists()
    assert plan_lines.amend_line(problem, words="Other.", by=clinic.counselor).words == "Other."
    plan = given.signed_plan(draft, clinic)
    for verb in (
        lambda: plans.reopen_plan(plan, reason="x", by=clinic.counselor),
        lambda: plans.write_plan(plan, own_words="x", by=clinic.counselor),
        lambda: plan_lines.add_problem(plan, domain="work", words="x", by=clinic.counselor),
        lambda: plan_lines.remove_line(problem, by=clinic.counselor),
        lambda: plan_lines.add_from_template(plan, from_template=["around-use/housing"], by=clinic.counselor),
    ):
        with refused("plan_signed"):
            verb()


@pytest.mark.parametrize("model", LINES)
@pytest.mark.parametrize("half", [True, False])
def test_raw_sql_cannot_touch_a_line_once_somebody_signed(clinic, draft, model, half):
    plans.sign_plan(draft, by=clinic.counselor) if half else given.signed_plan(draft, clinic)
    row = model.objects.get(plan=draft)
    words = "what" if model is Intervention else "words"
    for change in ({words: "Other."}, {"removed_at": timezone.now(), "removed_by": clinic.nurse}):
        with forbidden("a_signed_plan_never_changes"):
            model.objects.filter(pk=row.pk).update(**change)
    row.pk = None
    with forbidden("a_signed_plan_never_changes"):
        model.objects.bulk_create([row])


def test_raw_sql_cannot_touch_the_plan_itself_once_it_is_signed(clinic, draft):
    rows = TreatmentPlan.objects.filter(pk=draft.pk)
    plans.sign_plan(draft, by=clinic.counselor)
    with forbidden("a_signed_plan_never_changes"):
        rows.update(own_words="Other.")
    given_by_hand = {"in_force_at": timezone.now(), "in_force_by": clinic.nurse}
    with forbidden("a_plan_in_force_was_put_to_both"):
        rows.update(**given_by_hand)
    answer = {"person_answer": "paper", "copy_offered": True}
    plans.record_person_answer(draft, **answer, by=clinic.counselor)
    for change in (
        {"own_words": "Other."},
        {"staff_signed_by": clinic.nurse},
        {"person_answer": "screen"},
        {"in_force_at": None, "in_force_by": None},
        {"edition": 7},
    ):
        with forbidden("a_plan_in_force_never_changes"):
            rows.update(**change)
    plans.end_plans(draft.episode_id, by=clinic.nurse, at=timezone.now())
    with forbidden("a_plan_that_is_over_never_changes"):
        rows.update(ended_at=None, ended_by=None, ended_because="")


def test_raw_sql_cannot_hang_a_line_on_another_plan_or_move_it(clinic, draft):
    other = given.a_plan(given.in_outpatient(clinic), clinic)
    with forbidden("a_signed_plan_never_changes"):
        draft.problems.update(plan=other)
    with forbidden("a_goal_is_of_the_plan_of_its_problem"):
        draft.goals.update(problem=other.problems.get())
    with forbidden("one_plan_draft_per_episode"):
        TreatmentPlan.objects.filter(pk=other.pk).update(episode=draft.episode, edition=9)


def test_an_objective_can_be_measured_and_a_step_is_somebodys(clinic, draft):
    goal, objective = draft.goals.get(), draft.objectives.get()
    with refused("not_measurable"):
        given.an_objective(goal, clinic, measure="")
    with refused("nobody_does_it"):
        plan_lines.add_below(objective, what="Talks.", modality="cbt", by=clinic.counselor)
    with refused("not_a_member"):
        plan_lines.add_below(
            objective, what="Talks.", modality="cbt", staff=clinic.nurse_elsewhere.pk, by=clinic.counselor
        )
    named = {"what": "Talks.", "modality": "cbt", "staff": clinic.counselor.pk}
    assert plan_lines.add_below(objective, **named, by=clinic.counselor).who() == "Counselor"
    with refused("reason_missing"):
        plan_lines.amend_line(objective, status="dropped", by=clinic.counselor)


def test_a_problem_names_a_condition_of_the_person(clinic, draft):
    other = given.a_condition(given.self_referred(clinic).patient, clinic)
    with refused("condition_unknown"):
        plan_lines.add_problem(draft, domain="use", words="Use.", condition=other.pk, by=clinic.counselor)
    own = given.a_condition(draft.patient, clinic)
    made = plan_lines.add_problem(draft, domain="use", words="Use.", condition=own.pk, by=clinic.counselor)
    assert made.condition == own


def test_a_line_is_taken_out_with_what_hangs_on_it(clinic, draft):
    plan_lines.remove_line(draft.problems.get(), by=clinic.counselor)
    assert [model.objects.standing().filter(plan=draft).count() for model in LINES] == [0, 0, 0, 0]
    assert draft.goals.get().history.count() == 2
    with refused("line_removed"):
        plan_lines.amend_line(draft.goals.get(), words="x", by=clinic.counselor)


def test_ketamine_templates_are_for_people_with_ketamine_rows_and_copied_to_be_edited(clinic, episode):
    plan = plans.draft_plan(episode, by=clinic.counselor)
    assert "ketamine-use-disorder/use" in dict(plan_lines.offered(plan))
    plan_lines.add_from_template(
        plan, from_template=["ketamine-use-disorder/use", "around-use/co-use"], by=clinic.counselor
    )
    assert [one.domain for one in plan.problems.all()] == ["use", "co_use"]
    use = plan.problems.first()
    for word in ("ketamine only", "alcohol", "benzodiazepines", "GHB", "opioids", "withdrawal review"):
        assert word in use.words
    assert not {"Write what the person wants"} & set(plans.gaps(fresh(plan)))
    assert plan_lines.amend_line(use, words="In our words.", by=clinic.counselor).words == "In our words."
    drinks = plans.draft_plan(given.in_outpatient(clinic), by=clinic.counselor)
    assert not any(key.startswith("ketamine") for key, _ in plan_lines.offered(drinks))
    with refused("template_not_for_them"):
        plan_lines.add_from_template(drinks, from_template=["ketamine-use-disorder/use"], by=clinic.counselor)


def test_templates_are_whole_sourced_and_never_change(db):
    codes = {problem["code"] for one in PlanTemplate.objects.current() for problem in one.problems}
    assert codes == {"use", "bladder", "sleep", "mood", "co-use", "housing", "trauma", "recovery"}
    assert all(one.sources and one.reviewed_on < one.review_due_on for one in PlanTemplate.objects.all())
    with forbidden("a_plan_template_never_changes"):
        PlanTemplate.objects.update(name="Other")


@pytest.mark.parametrize("decision, status", [
    ("go_on", "open"), ("changed", "open"), ("partly_met", "partly_met"), ("met", "met"), ("dropped", "dropped"),
])  # fmt: skip
def test_a_review_decides_about_each_objective_and_drafts_the_next_version(clinic, plan, decision, status):
    old = plan.objectives.get()
    with refused("decisions_missing"):
        plans.review_plan(plan, note="x", decisions={}, by=clinic.counselor)
    made = given.reviewed(plan, clinic, decision=decision, reason="as talked about")
    new = made.objectives.get()
    assert (made.edition, made.previous, new.origin, new.status) == (2, plan, old, status)
    assert made.interventions.exists() == new.is_open()
    [told] = PlanReview.objects.get(next_plan=made).decisions
    assert (told["decision"], told["words"]) == (decision, old.words)
    assert fresh(plan).is_in_force() and duty(plan.episode, "treatment_plan")
    with refused("plan_drafted"):
        given.reviewed(plan, clinic)


def test_the_next_version_takes_the_place_of_the_last_and_its_review_is_owed(clinic, plan):
    due = duty(plan.episode, "treatment_plan")
    at = given.ago(hours=2)
    made = given.signed_plan(given.reviewed(plan, clinic, at=at), clinic, at=at)
    before = fresh(plan)
    assert (before.ended_because, before.ended_at, fresh(made).is_in_force()) == ("superseded", at, True)
    assert fresh(due).outcome == "resolved"
    following = duty(plan.episode, "treatment_plan")
    assert (following.because_of, following.due_at) == (due, at + clinic.residential.review_every)
    with refused("plan_over"):
        given.reviewed(before, clinic)
    assert list(Objective.objects.open().of(plan.patient)) == [made.objectives.get()]


def test_what_was_met_stands_in_one_version_more_and_no_longer(clinic, plan):
    second = given.signed_plan(given.reviewed(plan, clinic, decision="met", at=given.ago(days=5)), clinic)
    assert [one.status for one in second.objectives.all()] == ["met"]
    third = given.reviewed(second, clinic)
    assert (third.goals.count(), third.objectives.count()) == (1, 0)


def test_a_review_takes_words_where_something_changes_and_objectives_of_this_plan(clinic, plan):
    with refused("reason_missing"):
        given.reviewed(plan, clinic, decision="dropped")
    with refused("objective_not_in_plan"):
        plans.review_plan(plan, note="x", decisions={str(plan.pk): {"decision": "met"}}, by=clinic.counselor)
    other = given.a_plan(given.in_outpatient(clinic), clinic)
    with refused("plan_not_in_force"):
        given.reviewed(other, clinic)
    given.reviewed(plan, clinic)
    for change in ({"note": "Other."}, {"decisions": []}):
        with forbidden("a_plan_review_never_changes"):
            PlanReview.objects.update(**change)


def test_a_plan_goes_along_to_the_next_program_and_ends_with_treatment(clinic, plan, episode):
    given.moved(episode, program=clinic.outpatient, by=clinic.counselor)
    assert fresh(plan).is_in_force() and "treatment_plan" in owed(episode)
    draft = given.reviewed(plan, clinic)
    given.leave(episode, clinic)
    assert {fresh(one).ended_because for one in (plan, draft)} == {"treatment_ended"}
    assert not Objective.objects.open().of(episode.patient).exists()
    given.cleared_again(episode, clinic)
    return_to_treatment(episode, program=clinic.outpatient, by=clinic.counselor)
    again = plans.draft_plan(episode, by=clinic.counselor)
    assert (again.edition, again.objectives.get().words) == (3, plan.objectives.get().words)


def test_a_plan_in_error_is_owed_anew_soon(clinic, plan):
    plans.mark_error(plan, reason="wrong person", by=clinic.counselor)
    owed_now = duty(plan.episode, "treatment_plan")
    assert abs(owed_now.due_at - timezone.now() - clinic.residential.plan_due) < timedelta(minutes=1)
    assert given.a_plan_in_force(plan.episode, clinic).edition == 2


def test_two_second_signatures_at_once_put_it_in_force_once(committed_clinic, run_both):
    clinic = committed_clinic
    plan = given.a_plan(given.in_bed(clinic), clinic)
    answer = {"person_answer": "paper", "copy_offered": True}
    results = run_both(
        lambda: plans.sign_plan(plan, by=clinic.counselor),
        lambda: plans.record_person_answer(plan, **answer, by=clinic.nurse),
    )
    assert [code_of(one.error) if one.error else "done" for one in results] == ["done", "done"]
    assert fresh(plan).is_in_force()
    assert plan.episode.duties.filter(ladder__slug="treatment_plan").count() == 2


def test_a_whole_plan_is_written_signed_and_reviewed_over_http(clinic, episode, api):
    client = api(clinic.counselor)

    def post(name, pk, status, **body):
        answer = client.post(reverse(name, args=[pk]), body, format="json")
        assert answer.status_code == status, answer.json()
        return answer.json()

    plan = post("episodes-draft-plan", episode.pk, 201, own_words="I want my nights.")["id"]
    problem = post("treatment-plans-add-problem", plan, 201, domain="sleep", words="Sleeps badly.")["id"]
    goal = post("problems-add-goal", problem, 201, own_words="Sleep.")["id"]
    step = {"words": "Longer.", "measure": "Hours", "target": "7", "target_on": "2027-01-31"}
    objective = post("goals-add-objective", goal, 201, **step)["id"]
    does = {"what": "Habits.", "modality": "cbt", "staff": str(clinic.counselor.pk)}
    post("objectives-add-intervention", objective, 201, **does)
    assert post("objectives-amend", objective, 200, target="8")["target"] == "8"
    post("treatment-plans-sign", plan, 200)
    answer = {"person_answer": "screen", "copy_offered": True}
    assert post("treatment-plans-record-person-answer", plan, 200, **answer)["in_force_at"]
    assert post("goals-amend", goal, 409, words="x")["code"] == "plan_signed"
    whole = client.get(reverse("treatment-plans-whole", args=[plan])).json()
    assert whole["problems"][0]["goals"][0]["objectives"][0]["interventions"][0]["what"] == "Habits."
    made = post("treatment-plans-review", plan, 200, note="Fine.", decisions={objective: {"decision": "go_on"}})
    assert (made["edition"], made["previous"]) == (2, plan)
    told = {entry["words"] for entry in client.get(
        reverse("patients-timeline", args=[episode.patient_id]), {"kinds": "plan"}
    ).json()["results"]}  # fmt: skip
    assert {"Plan in force: version 1", "Plan reviewed: version 1"} <= told


@pytest.mark.parametrize("name", ["technician", "aftercare", "intake", "privacy", "nurse_elsewhere"])
def test_who_does_not_treat_does_not_write_plans(clinic, draft, api, name):
    client = api(getattr(clinic, name))
    for noun, row, verb in (
        ("treatment-plans", draft, "sign"),
        ("treatment-plans", draft, "add-problem"),
        ("objectives", draft.objectives.get(), "amend"),
    ):
        answer = client.post(reverse(f"{noun}-{verb}", args=[row.pk]), {}, format="json")
        assert answer.status_code == (404 if name == "nurse_elsewhere" else 403), (verb, answer.status_code)


def statements(act):
    with CaptureQueriesContext(connection) as taken:
        act()
    return len([query for query in taken.captured_queries if "SAVEPOINT" not in query["sql"]])


def test_a_plan_takes_as_many_statements_however_long_it_is(clinic, api):
    def taken(bed, steps):
        episode = given.in_bed(clinic, bed=bed, name=f"P{bed}", at=given.ago(days=5))
        plan = given.a_plan_in_force(episode, clinic, steps=steps, at=given.ago(days=4))
        client, decided = api(clinic.counselor), {str(one.pk): {"decision": "go_on"} for one in plan.objectives.all()}
        body = {"note": "x", "decisions": decided}
        counts = [
            statements(lambda: client.get(reverse("treatment-plans-whole", args=[plan.pk]))),
            statements(lambda: client.get(reverse("treatment-plans-progress", args=[plan.pk]))),
            statements(lambda: client.post(reverse("treatment-plans-review", args=[plan.pk]), body, format="json")),
        ]
        assert plan.episode.treatment_plans.count() == 2
        return counts

    few = taken(0, steps=1)
    assert taken(1, steps=6) == few
    assert few[1] <= 6 and max(few) <= 30, few


def test_a_condition_in_error_stays_where_a_plan_named_it(clinic, draft):
    own = given.a_condition(draft.patient, clinic)
    made = plan_lines.add_problem(draft, domain="use", words="Use.", condition=own.pk, by=clinic.counselor)
    patients.mark_error(own, reason="wrong", by=clinic.prescriber)
    assert fresh(made).condition == own
