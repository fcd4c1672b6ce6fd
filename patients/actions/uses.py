"""What a person uses. What follows from it is decided further along, in treatment."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from ..codes import ASKED, Answered, CoUse, Frequency, Route, UseSetting
from ..models import Patient, SubstanceUse, UseScreening


@transaction.atomic
def record_use(patient, *, facility, by, at=None, **fields):
    """What the person uses, as told by somebody at a time."""
    return record_uses(patient, [fields], facility=facility, by=by, at=at)[0]


@transaction.atomic
def record_uses(patient, rows, *, facility, by, at=None):
    """Several at once. A rank moves to what was said last, and stays with its substance until changed."""
    patient = Patient.objects.lock(patient.pk)
    at = at or timezone.now()
    uses = [SubstanceUse(patient=patient, facility=facility, noted_at=at, noted_by=by, **row) for row in rows]
    _pass_ranks_on(patient, uses)
    return SubstanceUse.objects.bulk_create(uses)


def _pass_ranks_on(patient, uses):
    """What is said now about a rank or a ranked substance takes the rank from the row that held it."""
    newest = {use.substance: use for use in uses}
    claimed = {use.rank for use in uses if use.rank}
    passed = []
    for holder in SubstanceUse.objects.right().filter(patient=patient).exclude(rank=""):
        use = newest.get(holder.substance)
        follows = use is not None and holder.noted_at <= use.noted_at
        if holder.rank in claimed or follows:
            passed.append(holder.pk)
        if follows and not use.rank and holder.rank not in claimed:
            use.rank = holder.rank
    if passed:
        SubstanceUse.objects.filter(pk__in=passed).update(rank="")


@transaction.atomic
def screen_use(patient, *, facility, co_use, source, by, setting=UseSetting.UNKNOWN, setting_in_words="", at=None):
    """The whole list was asked: `co_use` is {question: {"answer": …, details of a yes}}. Returns it with the uses.

    A yes without details is a use of which nothing more is known. Raises not_asked with the list of what is
    missing, answer_contradicts when details come with anything but a yes, not_of_this_kind, unknown_question.
    """
    at = at or timezone.now()
    _require_answers(co_use)
    screening = UseScreening.objects.create(
        patient=patient,
        facility=facility,
        setting=setting,
        setting_in_words=setting_in_words,
        source=source,
        screened_at=at,
        screened_by=by,
        **{question: co_use[question]["answer"] for question in CoUse.values},
    )
    said = {"setting": setting, "setting_in_words": setting_in_words, "source": source}
    yes = [question for question in CoUse.values if co_use[question]["answer"] == Answered.YES]
    rows = [{"substance": ASKED[question][0], **said, **_details(co_use[question])} for question in yes]
    return screening, record_uses(patient, rows, facility=facility, by=by, at=at)


NOTHING = (None, "", Route.UNKNOWN, Frequency.UNKNOWN)


def _details(answer):
    """What was told beside the answer itself."""
    return {key: value for key, value in answer.items() if key != "answer" and value not in NOTHING}


def _require_answers(co_use):
    gaps = [
        ValidationError("“%(what)s” is not on the list.", code="unknown_question", params={"what": key})
        for key in sorted(set(co_use) - set(CoUse.values))
    ]
    for question in CoUse:
        answer = co_use.get(question) or {}
        details = _details(answer)
        if answer.get("answer") not in Answered.values:
            gaps.append(ValidationError(f"{question.label}: not asked", code="not_asked"))
        elif answer["answer"] != Answered.YES and any(details.values()):
            gaps.append(
                ValidationError(f"{question.label}: details of a use without a yes", code="answer_contradicts")
            )
        elif details.get("substance") and details["substance"] not in ASKED[question][1]:
            gaps.append(ValidationError(f"{question.label}: the substance is another kind", code="not_of_this_kind"))
    if gaps:
        raise ValidationError(gaps)
