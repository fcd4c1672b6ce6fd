"""Writing a plan that is still a draft, line by line, or from a template."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import CARE, User
from patients.actions import needs
from patients.models import Condition

from ..models import Goal, Intervention, Objective, PlanTemplate, Problem
from .plans import about, is_draft, lock

BELOW = {Problem: Goal, Goal: Objective, Objective: Intervention}


def plan_is_draft(line):
    """Raise plan_signed, plan_over, error_marked, or line_removed for a line that was taken out."""
    is_draft(line.plan)
    if line.removed_at:
        raise ValidationError("This line was taken out of the draft.", code="line_removed")


def _resolved(plan, fields):
    """The rows that keys stand for, among those of this person and this place."""
    fields = dict(fields)
    if key := fields.get("condition"):
        fields["condition"] = Condition.objects.of(plan.patient).current().filter(pk=key).first()
        if fields["condition"] is None:
            raise ValidationError("The person has no such condition.", code="condition_unknown")
    if key := fields.get("staff"):
        fields["staff"] = user = User.objects.filter(pk=key).first()
        if user is None or not user.is_at(plan.facility, CARE):
            raise ValidationError("Nobody like this works with people here.", code="not_a_member")
    return fields


def _add(model, plan, above, fields, *, by, at):
    made = model(**about(plan), added_at=at or timezone.now(), added_by=by, **_resolved(plan, fields))
    if above is not None:
        setattr(made, model.parent, above)
    made.save(force_insert=True)
    return made


@needs(is_draft)
@transaction.atomic
def add_problem(plan, *, by, at=None, **fields):
    """Name a problem in a draft. Raises plan_signed, words_missing, condition_unknown."""
    plan = lock(plan)
    add_problem.require(plan)
    return _add(Problem, plan, None, fields, by=by, at=at)


@needs(plan_is_draft)
@transaction.atomic
def add_below(line, *, by, at=None, **fields):
    """A goal of a problem, an objective of a goal, an intervention of an objective.

    Raises plan_signed, words_missing, not_measurable, nobody_does_it, not_a_member.
    """
    line = _locked(line)
    add_below.require(line)
    return _add(BELOW[type(line)], line.plan, line, fields, by=by, at=at)


@needs(plan_is_draft)
@transaction.atomic
def amend_line(line, *, by, at=None, **fields):
    """Change a line of a draft. Raises plan_signed and what adding it raises."""
    line = _locked(line)
    amend_line.require(line)
    for name, value in _resolved(line.plan, fields).items():
        setattr(line, name, value)
    line.save(update_fields=[*fields])
    line.refresh_from_db()
    return line


@needs(plan_is_draft)
@transaction.atomic
def remove_line(line, *, by, at=None):
    """Take a line out of a draft, and what hangs on it. History keeps it."""
    line, at = _locked(line), at or timezone.now()
    remove_line.require(line)
    model, keys = type(line), [line.pk]
    while model and keys:
        model.objects.filter(pk__in=keys).update(removed_at=at, removed_by=by)
        model = BELOW.get(model)
        if model:
            rows = model.objects.standing().filter(**{f"{model.parent}__in": keys})
            keys = list(rows.values_list("pk", flat=True))
    line.refresh_from_db()
    return line


def _locked(line):
    """The line, its episode and plan locked before it."""
    plan = lock(line.plan)
    line = type(line).objects.lock(line.pk)
    line.plan = plan
    return line


def offered(plan):
    """[(key, words)] of what templates offer for this person, in the order of the data."""
    return [
        (f"{template.slug}/{problem['code']}", f"{template.name}: {problem['words']}")
        for template in PlanTemplate.objects.offered_to(plan.patient)
        for problem in template.problems
    ]


@needs(is_draft)
@transaction.atomic
def add_from_template(plan, *, from_template, by, at=None):
    """Copy problems of templates with all that hangs on them; all of it is edited from there. The first of them.

    `from_template` are “slug/code”. Raises template_not_for_them for what is not offered to this person.
    """
    plan, at = lock(plan), at or timezone.now()
    add_from_template.require(plan)
    known = {
        f"{template.slug}/{problem['code']}": problem
        for template in PlanTemplate.objects.offered_to(plan.patient)
        for problem in template.problems
    }
    if set(from_template) - known.keys():
        raise ValidationError("No template offers this for this person.", code="template_not_for_them")
    wanted = [known[key] for key in dict.fromkeys(from_template)]
    today = timezone.localtime(at, plan.facility.tz()).date()
    made = {Problem: [], Goal: [], Objective: [], Intervention: []}

    def add(model, above, **fields):
        line = model(**about(plan), added_at=at, added_by=by, **fields)
        if above is not None:
            setattr(line, model.parent, above)
        made[model].append(line)
        return line

    for offer in wanted:
        problem = add(Problem, None, domain=offer["domain"], words=offer["words"])
        for goal in offer["goals"]:
            toward = add(Goal, problem, words=goal["words"])
            for step in goal["objectives"]:
                by_day = today + timedelta(days=step["days"])
                said = {name: step[name] for name in ("words", "measure", "target")}
                objective = add(Objective, toward, target_on=by_day, baseline=step.get("baseline", ""), **said)
                for does in step["interventions"]:
                    add(Intervention, objective, **does)
    for model, lines in made.items():
        model.objects.bulk_create(lines)
    return made[Problem][0]
