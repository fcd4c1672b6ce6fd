"""The treatment plan: drafted, signed by both, in force, reviewed; and the duty that keeps it alive."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import Role
from duties import actions as duties
from patients import actions as patients
from patients.actions import at_stage, needs
from patients.models import Episode, Stage

from ..models import Goal, Intervention, Objective, Placement, PlanReview, Problem, TreatmentPlan
from ..models.placements import Track
from ..models.plan_lines import ObjectiveStatus, ProblemStatus
from ..models.plans import PlanOver
from ..models.progress import progress_of


class Decision(models.TextChoices):
    """What a review decides about an objective."""

    GO_ON = "go_on", "Goes on as it is"
    CHANGED = "changed", "Goes on, changed"
    PARTLY_MET = "partly_met", "Partly met, goes on"
    MET = "met", "Met"
    DROPPED = "dropped", "Dropped"


STATUS = {
    Decision.PARTLY_MET: ObjectiveStatus.PARTLY_MET,
    Decision.MET: ObjectiveStatus.MET,
    Decision.DROPPED: ObjectiveStatus.DROPPED,
}
SAID_WHY = {Decision.CHANGED, Decision.DROPPED}
# What the next version takes over of each line.
CARRIED = {
    Problem: ("domain", "words", "status", "condition_id"),
    Goal: ("own_words", "words"),
    Objective: ("words", "measure", "baseline", "target", "target_on", "status", "status_reason"),
    Intervention: ("what", "modality", "role", "staff_id", "frequency", "duration"),
}


# The duty: the plan is owed on admission and after each move, its review by an interval of the program.


def plan_owed(episode, program, *, due_at, owner=None):
    """The plan, by a counselor of the program's place."""
    return {
        "slug": "treatment_plan",
        "facility": program.facility,
        "episode": episode,
        "owner": owner,
        "owner_role": Role.COUNSELOR,
        "due_at": due_at,
    }


def owe_plan(episode, program, *, due_at, by, at):
    """Somebody owes the plan, or its review, by then."""
    [duty] = duties.open_all([plan_owed(episode, program, due_at=due_at)], by=by, at=at)
    return duty


def end_plans(episode_id, *, by, at):
    """Treatment ended: what was in force is no more, and nobody goes on with a draft."""
    rows = TreatmentPlan.objects.right().filter(episode=episode_id, ended_at=None)
    rows.update(ended_at=at, ended_by=by, ended_because=PlanOver.TREATMENT_ENDED)


# Drafts.


def has_no_plan(episode):
    """Raise plan_drafted or plan_in_force."""
    for plan in TreatmentPlan.objects.right().filter(episode=episode, ended_at=None):
        code = "plan_in_force" if plan.in_force_at else "plan_drafted"
        name = "one_plan_in_force_per_episode" if plan.in_force_at else "one_plan_draft_per_episode"
        [rule] = [rule for rule in TreatmentPlan._meta.constraints if rule.name == name]
        raise ValidationError(rule.violation_error_message, code=code)


@needs(at_stage(Stage.TREATMENT), has_no_plan)
@transaction.atomic
def draft_plan(episode, *, own_words="", by, at=None, id=None):
    """Begin a plan with what the person said at intake; after treatment that ended, with what was open then.

    Raises wrong_stage, plan_drafted, plan_in_force or not_placed.
    """
    episode = Episode.objects.lock(episode.pk)
    draft_plan.require(episode)
    before = TreatmentPlan.objects.right().filter(episode=episode, in_force_at__isnull=False).order_by("-pk").first()
    if not own_words:
        intake = episode.intakes.right().exclude(goals="").latest_first().first()
        own_words = before.own_words if before else intake.goals if intake else ""
    return _new_version(episode, before, own_words=own_words, by=by, at=at or timezone.now(), id=id)


def _new_version(episode, before, *, own_words, by, at, id=None, decided=None):
    placement = _main(episode)
    last = TreatmentPlan.objects.filter(episode=episode).aggregate(last=Max("edition"))["last"]
    plan = TreatmentPlan(
        patient_id=episode.patient_id,
        facility_id=placement.facility_id,
        episode=episode,
        placement=placement,
        edition=(last or 0) + 1,
        previous=before,
        own_words=own_words,
        drafted_at=at,
        drafted_by=by,
    )
    if id:
        plan.id = id
    plan.save(force_insert=True)
    if before:
        _carry_over(before, plan, decided or {}, by=by, at=at)
    return plan


def _main(episode):
    """The placement on the main track, locked. Raises not_placed."""
    rows = Placement.objects.open().filter(episode=episode, track=Track.MAIN)
    rows = rows.select_related("program__facility", "plan_duty").select_for_update(no_key=True, of=("self",))
    placement = rows.first()
    if placement is None:
        raise ValidationError("The person is in no program.", code="not_placed")
    return placement


def _carry_over(before, plan, decided, *, by, at):
    """Copy every line that goes on, and those a review ended just now, so that both read what was reached."""
    made = {}
    for model, names in CARRIED.items():
        copies = []
        for row in model.objects.standing().filter(plan=before).order_by("id"):
            parent = None if model is Problem else made.get(getattr(row, f"{model.parent}_id"))
            if not _goes_on(row, parent, decided):
                continue
            copy = model(**about(plan), origin_id=row.origin_id or row.pk, added_at=at, added_by=by)
            for name in names:
                setattr(copy, name, getattr(row, name))
            if parent is not None:
                setattr(copy, model.parent, parent)
            if row.pk in decided:
                decision, reason = decided[row.pk]
                copy.status = STATUS.get(decision, row.status)
                copy.status_reason = reason or row.status_reason
            made[row.pk] = copy
            copies.append(copy)
        model.objects.bulk_create(copies)


def _goes_on(row, parent, decided):
    if isinstance(row, Problem):
        return row.status != ProblemStatus.RESOLVED
    if isinstance(row, Objective):
        return parent is not None and (row.is_open() or row.pk in decided)
    return parent is not None and (not isinstance(row, Intervention) or parent.is_open())


def about(plan):
    """What every line of a plan says about whose it is."""
    whose = {name: getattr(plan, name) for name in ("patient_id", "facility_id", "episode_id")}
    return {**whose, "plan": plan}


def lock(plan):
    """The plan, its episode locked before it."""
    episode = Episode.objects.lock(plan.episode_id)
    plan = TreatmentPlan.objects.select_related("patient", "facility").lock(plan.pk)
    plan.episode = episode
    return plan


def is_right(plan):
    """Raise error_marked or plan_over."""
    if plan.entered_in_error_at:
        raise ValidationError("This is marked as entered in error.", code="error_marked")
    if plan.ended_at:
        raise ValidationError("This version of the plan is over.", code="plan_over")


def is_draft(plan):
    """Raise error_marked, plan_over or plan_signed."""
    is_right(plan)
    if plan.is_signed():
        name = "a_plan_in_force_never_changes" if plan.in_force_at else "a_signed_plan_never_changes"
        raise ValidationError(TreatmentPlan.refusals[name][1], code="plan_signed")


def is_not_in_force(plan):
    """Raise error_marked, plan_over or plan_signed."""
    is_right(plan)
    if plan.in_force_at:
        raise ValidationError(TreatmentPlan.refusals["a_plan_in_force_never_changes"][1], code="plan_signed")


def is_in_force(plan):
    """Raise error_marked, plan_over or plan_not_in_force."""
    is_right(plan)
    if not plan.in_force_at:
        raise ValidationError("This plan is not in force yet: both sign it first.", code="plan_not_in_force")


@needs(is_draft)
@transaction.atomic
def write_plan(plan, *, own_words, by, at=None):
    """Change what the person wants, in their words, in a draft."""
    plan = lock(plan)
    write_plan.require(plan)
    plan.own_words = own_words
    plan.save(update_fields=["own_words"])
    plan.refresh_from_db()
    return plan


# Signing.


def gaps(plan, at=None):
    """What a plan still lacks before anybody may sign it then, or now, in sentences."""
    day = timezone.localtime(at, plan.facility.tz()).date()
    found = [] if plan.own_words else ["What the person wants is not there in their own words"]
    problems = plan.problems_with_goals
    if not problems:
        found.append("No problem is named")
    for problem in problems:
        if problem.status != ProblemStatus.ACTIVE:
            continue
        if not problem.goals_here:
            found.append(f"No goal for “{problem.words[:80]}”")
        for goal in problem.goals_here:
            if not goal.objectives_here:
                found.append(f"No objective for “{str(goal)[:80]}”")
            for objective in goal.objectives_here:
                if objective.is_open() and not objective.interventions_here:
                    found.append(f"Nobody does anything toward “{objective.words[:80]}”")
                if objective.is_open() and objective.target_on < day:
                    found.append(f"The day of “{objective.words[:80]}” has passed: say by when now")
    return found


def _require_whole(plan, at):
    """Raise plan_incomplete with the list; what one of the two has signed was whole."""
    missing = [] if plan.is_signed() else gaps(plan, at)
    if missing:
        raise ValidationError([ValidationError(gap, code="plan_incomplete") for gap in missing])


def staff_have_not_signed(plan):
    """Raise signed_already."""
    if plan.staff_signed_at:
        raise ValidationError("Staff have signed this already.", code="signed_already")


def person_has_not_answered(plan):
    """Raise signed_already."""
    if plan.person_answered_at:
        raise ValidationError("The person was asked already, and this is what they said.", code="signed_already")


@needs(is_not_in_force, staff_have_not_signed)
@transaction.atomic
def sign_plan(plan, *, next_review_at=None, by, at=None):
    """Sign for staff. Nothing in the plan changes from now on; it is in force once the person has been asked too.

    Raises plan_incomplete with the list of what is missing.
    """
    plan, at = lock(plan), at or timezone.now()
    sign_plan.require(plan)
    _require_whole(plan, at)
    plan.staff_signed_at, plan.staff_signed_by = at, by
    return _signed(plan, next_review_at, by=by, at=at)


@needs(is_not_in_force, person_has_not_answered)
@transaction.atomic
def record_person_answer(
    plan, *, person_answer, person_answer_words="", copy_offered=False, next_review_at=None, by, at=None
):
    """The person signed, declined or could not; a copy was offered. In force once staff have signed too.

    Raises plan_incomplete, copy_not_offered or reason_missing.
    """
    plan, at = lock(plan), at or timezone.now()
    record_person_answer.require(plan)
    _require_whole(plan, at)
    plan.person_answer, plan.person_answer_words = person_answer, person_answer_words
    plan.copy_offered, plan.person_answered_at, plan.person_answered_by = copy_offered, at, by
    return _signed(plan, next_review_at, by=by, at=at)


def _signed(plan, next_review_at, *, by, at):
    """After the second signature the plan is in force, and what was owed is done and owed again."""
    plan.next_review_at = next_review_at or plan.next_review_at
    if plan.staff_signed_at and plan.person_answered_at:
        before = TreatmentPlan.objects.in_force().filter(episode=plan.episode_id)
        before.update(ended_at=at, ended_by=by, ended_because=PlanOver.SUPERSEDED)
        plan.in_force_at, plan.in_force_by = at, by
        _renew_duty(plan, by=by, at=at)
    plan.save()
    plan.refresh_from_db()
    return plan


def _renew_duty(plan, *, by, at):
    episode = plan.episode
    placement = _main(episode)
    due_at, note = plan.next_review_at or at + placement.program.review_every, f"version {plan.edition} in force"
    if placement.plan_is_owed():
        placement.plan_duty = duties.renew(placement.plan_duty, due_at=due_at, by=by, at=at, note=note)
    else:
        placement.plan_duty = owe_plan(episode, placement.program, due_at=due_at, by=by, at=at)
    placement.save(update_fields=["plan_duty"])


def is_half_signed(plan):
    """Raise plan_not_signed, or plan_signed once it is in force."""
    is_not_in_force(plan)
    if not plan.is_signed():
        raise ValidationError("Nobody has signed this yet: it is a draft.", code="plan_not_signed")


@needs(is_half_signed)
@transaction.atomic
def reopen_plan(plan, *, reason, by, at=None):
    """Take the one signature back, so that the plan can be changed before both sign; history keeps it."""
    plan = lock(plan)
    reopen_plan.require(plan)
    plan.staff_signed_at = plan.staff_signed_by = plan.person_answered_at = plan.person_answered_by = None
    plan.person_answer = plan.person_answer_words = ""
    plan.copy_offered = False
    plan.save()
    placement = Placement.objects.open().filter(episode=plan.episode_id, track=Track.MAIN).first()
    if placement and placement.plan_is_owed():
        duties.tried(placement.plan_duty, by=by, at=at, note=f"taken back to a draft: {reason}")
    plan.refresh_from_db()
    return plan


# Review.


def no_draft_is_open(plan):
    """Raise plan_drafted."""
    if TreatmentPlan.objects.drafts().filter(episode=plan.episode_id).exists():
        raise ValidationError(
            "A draft of the next version is open already. Go on with that one.", code="plan_drafted"
        )


@needs(is_in_force, no_draft_is_open)
@transaction.atomic
def review_plan(plan, *, note, decisions, by, at=None):
    """Decide about each open objective; the next version is drafted from that, and is signed like the first.

    `decisions` are {key of an objective: {"decision", "reason"}}. The review is owed until the next version is in
    force. Raises decisions_missing with the list, objective_not_in_plan or reason_missing.
    """
    plan, at = lock(plan), at or timezone.now()
    review_plan.require(plan)
    progress = {str(key): one for key, one in progress_of(plan).items() if one.objective.is_open()}
    _require_decisions(progress, decisions)
    told, decided = [], {}
    for key, one in progress.items():
        decision, reason = decisions[key]["decision"], decisions[key].get("reason", "")
        decided[one.objective.pk] = decision, reason
        says = {"objective": key, "words": one.objective.words, "progress": one.in_words()}
        told.append({**says, "decision": decision, "reason": reason})
    next_plan = _new_version(plan.episode, plan, own_words=plan.own_words, by=by, at=at, decided=decided)
    PlanReview.objects.create(
        patient_id=plan.patient_id,
        facility_id=plan.facility_id,
        episode_id=plan.episode_id,
        plan=plan,
        next_plan=next_plan,
        note=note,
        decisions=told,
        reviewed_at=at,
        reviewed_by=by,
    )
    return next_plan


def _require_decisions(progress, decisions):
    if set(decisions) - set(progress):
        raise ValidationError("This is no open objective of the person’s plan.", code="objective_not_in_plan")
    missing = [one.objective.words for key, one in progress.items() if key not in decisions]
    if missing:
        said = [f"Nothing is decided about “{words[:80]}”" for words in missing]
        raise ValidationError([ValidationError(one, code="decisions_missing") for one in said])
    for said in decisions.values():
        if said["decision"] in SAID_WHY and not said.get("reason"):
            raise ValidationError("Say what changes, or why an objective was dropped.", code="reason_missing")


# Mistakes.


@transaction.atomic
def mark_error(plan, *, reason, by, at=None):
    """The plan was a mistake, or a draft nobody goes on with. After one in force another is owed soon."""
    plan, at = lock(plan), at or timezone.now()
    was_in_force = plan.is_in_force()
    plan = patients.mark_error(plan, reason=reason, by=by, at=at)
    if was_in_force:
        placement = _main(plan.episode)
        due_at = at + placement.program.plan_due
        if placement.plan_is_owed() and placement.plan_duty.due_at > due_at:
            said = "the plan was entered in error"
            duties.reschedule(placement.plan_duty, due_at=due_at, by=by, at=at, note=said)
    return plan
