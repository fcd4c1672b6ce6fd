"""What must not be dropped when a person moves between programs: one table, asked in the one statement of a move.

To add a check, write a function of the placement that is left, the program that is gone to, and what the move says
(`counselor`, `next_contact_at`, `at`, `days`); it answers with a sentence where something would be dropped, and
with nothing where not. Then add a line to TRAVELS. What it needs to know is a column of `reads`, an expression over
the placement that is left: it costs no statement of its own.
"""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import ValidationError
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from audit.problems import Refused
from duties.models import Duty
from patients.models import ContactPoint

from ..models import (
    Appointment,
    Checklist,
    Dealt,
    Investigation,
    LevelAssessmentKind,
    LevelOfCareAssessment,
    MedicationOrder,
    MedicationStatement,
    Objective,
    Reconciliation,
    SessionNote,
)
from ..models.investigations import Kind as InvestigationKind
from ..models.placements import Setting

PERSON = Q(patient=OuterRef("patient")) | Q(patient__merged_into=OuterRef("patient"))


class Check(NamedTuple):
    """One line of the checklist."""

    code: str
    words: str
    gap: Callable
    reads: dict = {}


def assessed_lately(here, data):
    """The last signed assessment for a transition on which nobody was moved yet, where it is not too old."""
    since = data.at - timedelta(days=data.days["assessment"])
    return here.assessed if here.assessed and datetime.fromisoformat(here.assessed["signed_at"]) >= since else None


def level_not_assessed(here, to, data):
    """The level was not assessed for this move, not lately, or another one is recommended."""
    found = assessed_lately(here, data)
    if found is None:
        return f"The level of care was not assessed for a transition within {data.days['assessment']} days"
    same_edition = found["edition"] == to.asam_edition
    if to.level_of_care and same_edition and found["recommended"] != to.level_of_care:
        return f"Level {found['recommended']} was recommended, and {to} is {to.level_of_care}"
    return None


def notes_unsigned(here, to, data):
    """Notes of sessions there are drafts."""
    return f"{len(here.drafts)} unsigned note(s) in {here.program}" if here.drafts else None


def medication_not_gone_through(here, to, data):
    """Nobody went through allergies and medication since the person came, or something is undecided."""
    if here.undecided:
        return f"Nothing was decided yet about: {', '.join(here.undecided)}"
    return None if here.reconciled else f"Allergies and medication were not gone through in {here.program}"


def objectives_past_their_day(here, to, data):
    """Objectives of the plan whose day has passed, and nobody has decided about them."""
    day = data.at.astimezone(here.facility.tz()).date().isoformat()
    past = [one["words"] for one in here.objectives if one["target_on"] < day]
    return f"Past their day, and not decided: {'; '.join(past)}" if past else None


def doses_left_behind(here, to, data):
    """Medication that staff give, where nobody of the next program gives any."""
    if not here.given_here or (to.setting != Setting.OUTPATIENT and to.facility_id == here.facility_id):
        return None
    return f"Given by staff here, and not ordered anew: {', '.join(here.given_here)}"


def tests_not_done(here, to, data):
    """Tests that were due and are not done."""
    due = [one["kind"] for one in here.tests if datetime.fromisoformat(one["due_at"]) < data.at]
    names = [InvestigationKind(kind).label.lower() for kind in due]
    return f"Tests are due: {', '.join(names)}" if names else None


def counselor_missing(here, to, data):
    """Nobody there is the person's counselor."""
    return None if data.counselor else f"Nobody at {to.facility} is named as the person's counselor"


def duties_left_behind(here, to, data):
    """What is owed by people of the place that is left."""
    if to.facility_id == here.facility_id or not here.owed_here:
        return None
    names = [f"{name} ({many})" if many > 1 else name for name, many in sorted(Counter(here.owed_here).items())]
    return f"Owed by people at {here.facility}: {', '.join(names)}"


def contact_not_planned(here, to, data):
    """Nobody is to see the person soon after they leave a house with staff in it."""
    within = timedelta(days=data.days["contact"])
    planned = [*here.appointments, *([data.next_contact_at] if data.next_contact_at else [])]
    if to.setting != Setting.OUTPATIENT or any(data.at < one <= data.at + within for one in planned):
        return None
    return f"Nobody is to see the person within {within.days} days"


def not_reachable(here, to, data):
    """Nobody could call or write to somebody who is not in the house."""
    if to.setting != Setting.OUTPATIENT or here.reachable:
        return None
    return "No number or address of the person is known that works"


def not_agreed(here, to, data):
    """The person has agreed to no purpose for which they may be contacted."""
    if to.setting != Setting.OUTPATIENT or here.agreed or not here.reachable:
        return None
    return "The person has not agreed to being contacted at any number or address"


_signed = LevelOfCareAssessment.objects.signed().filter(
    episode=OuterRef("episode"), kind=LevelAssessmentKind.TRANSITION, steps=None
)
_told = JSONObject(id="id", edition="edition", recommended="recommended", signed_at="signed_at")
_works = ContactPoint.objects.right().filter(PERSON, broken_at=None, revoked_at=None)
# What ends with the move, follows the person by itself, or is a signature of whoever wrote something.
_elsewhere = ("plan_of", "reconcile_of", "note_to_sign", "level_to_review", "step_to_assess", "level_to_sign")
_owed = Duty.objects.open().filter(
    PERSON, facility=OuterRef("facility"), **dict.fromkeys([*_elsewhere, "level_to_cosign"])
)

TRAVELS = (
    Check(
        "level",
        "The level of care was assessed for this move",
        level_not_assessed,
        {"assessed": Subquery(_signed.values(told=_told)[:1])},
    ),
    Check(
        "notes",
        "Notes are signed",
        notes_unsigned,
        {
            "drafts": ArraySubquery(
                SessionNote.objects.drafts()
                .filter(session__placement=OuterRef("pk"), session__entered_in_error_at=None)
                .values("pk")
            )
        },
    ),
    Check(
        "medication",
        "Allergies and medication were gone through",
        medication_not_gone_through,
        {
            "reconciled": Exists(Reconciliation.objects.right().filter(placement=OuterRef("pk"))),
            "undecided": ArraySubquery(
                MedicationStatement.objects.undecided().filter(PERSON).order_by("pk").values("medication")
            ),
        },
    ),
    Check(
        "objectives",
        "Open objectives are decided about or go on",
        objectives_past_their_day,
        {
            "objectives": ArraySubquery(
                Objective.objects.open()
                .filter(plan__episode=OuterRef("episode"))
                .order_by("target_on")
                .values(told=JSONObject(words="words", target_on="target_on"))
            )
        },
    ),
    Check(
        "orders",
        "Medication that staff give is ordered there",
        doses_left_behind,
        {
            "given_here": ArraySubquery(
                MedicationOrder.objects.open()
                .filter(episode=OuterRef("episode"), given_here=True)
                .order_by("pk")
                .values("name")
            )
        },
    ),
    Check(
        "tests",
        "Tests that are due are done",
        tests_not_done,
        {
            "tests": ArraySubquery(
                Investigation.objects.open()
                .filter(episode=OuterRef("episode"))
                .order_by("due_at")
                .values(told=JSONObject(kind="kind", due_at="due_at"))
            )
        },
    ),
    Check("counselor", "A counselor is named there", counselor_missing),
    Check(
        "duties",
        "What is owed here has an owner there",
        duties_left_behind,
        {"owed_here": ArraySubquery(_owed.values(name=F("ladder__name")))},
    ),
    Check(
        "next_contact",
        "Somebody sees the person within days",
        contact_not_planned,
        {
            "appointments": ArraySubquery(
                Appointment.objects.planned().filter(episode=OuterRef("episode")).values("starts_at")
            )
        },
    ),
    Check("contact", "The person can be reached", not_reachable, {"reachable": Exists(_works)}),
    Check(
        "consents",
        "The person has agreed to being contacted",
        not_agreed,
        {"agreed": Exists(_works.filter(scopes__len__gt=0))},
    ),
)

_settings = Checklist.objects.of("step-move").values("items")[:1]


def reads():
    """Everything the checks ask of the placement that is left, and how far back and ahead they look."""
    found = {"step_days": Subquery(_settings)}
    for check in TRAVELS:
        found |= check.reads
    return found


def days(placement):
    """How far back and ahead a move looks: {code: days}."""
    return {item["code"]: item["days"] for item in placement.step_days}


def require_nothing_dropped(here, to, data, answers):
    """The checklist with what was said of each line; whatever is in the way and was not dealt with is refused.

    Raises not_on_checklist, or would_be_dropped with every sentence in one go and the code to answer it by.
    """
    if set(answers) - {check.code for check in TRAVELS}:
        raise ValidationError("This is not on the checklist.", code="not_on_checklist")
    if any(one.get("answer") not in Dealt.values or not one.get("words") for one in answers.values()):
        raise ValidationError("Say what was done about it, in words too.", code="answer_missing")
    gaps = {check.code: check.gap(here, to, data) for check in TRAVELS}
    open_gaps = {code: gap for code, gap in gaps.items() if gap and code not in answers}
    if open_gaps:
        listed = [*open_gaps.values()]
        raise Refused(
            f"In the way: {'; '.join(listed)}. See to it, or say how each is dealt with.",
            "would_be_dropped",
            members={
                "gaps": listed,
                "to_answer": [{"code": code, "detail": gap} for code, gap in open_gaps.items()],
            },
        )
    return {
        check.code: {"says": check.words, "gap": gaps[check.code] or "", **answers.get(check.code, {})}
        for check in TRAVELS
    }
