"""The treatment plans of the demo clinic: written from templates, signed by both, reviewed, and worked on."""

from datetime import timedelta

from treatment.actions import plan_lines, plans
from treatment.actions.progress import objectives_of
from treatment.models import TreatmentPlan

WANTED = ["ketamine-use-disorder/use", "ketamine-use-disorder/bladder", "around-use/housing", "around-use/recovery"]
WORDS = "I want to sleep through the night, and to be somebody my people can count on."
RATINGS = ("some", "same", "much", "some")
LONGER = timedelta(days=60)


def write_or_review(placement, *, by, at):
    """Written with the person and signed by both; where a plan is in force, reviewed and signed again."""
    before = TreatmentPlan.objects.in_force().filter(episode=placement.episode_id).first()
    if before:
        going_on = before.objectives.model.objects.going_on().filter(plan=before)
        decisions = {str(step.pk): {"decision": "go_on"} for step in going_on}
        draft = plans.review_plan(before, note="Went through it together.", decisions=decisions, by=by, at=at)
        for step in draft.objectives.standing().filter(target_on__lte=at.date()):
            plan_lines.amend_line(step, target_on=at.date() + LONGER, by=by, at=at)
    else:
        draft = plans.draft_plan(placement.episode, own_words=WORDS, by=by, at=at)
        offered = dict(plan_lines.offered(draft))
        chosen = [key for key in WANTED if key in offered][:3]
        plan_lines.add_from_template(draft, from_template=chosen, by=by, at=at)
    plans.record_person_answer(draft, person_answer="paper", copy_offered=True, by=by, at=at)
    plans.sign_plan(draft, by=by, at=at)


def worked_on(session):
    """The first two objectives of the plan, each with a rating; nothing where there is no plan."""
    steps = objectives_of(session).order_by("pk")[:2]
    turn = session.patient.sessions.count()
    return [
        {"objective": step.pk, "progress": RATINGS[(turn + number) % len(RATINGS)]}
        for number, step in enumerate(steps)
    ]
