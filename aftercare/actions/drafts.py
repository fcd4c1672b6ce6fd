"""Answers on their way: kept as they come, by page or by text, and sent in once."""

import logging
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from patients.models import Episode

from .. import tiers
from ..models import AnswerDraft, AnsweredBy, CheckIn, DraftEnd, LinkEnd, Tier
from ..questions import Known, asked, clean
from . import check_ins, screening

log = logging.getLogger(__name__)

GATHERED_AFTER = timedelta(hours=12)  # what somebody told us half must not wait for the rest (default)
GATHERED_SOON = timedelta(hours=1)  # where a clinician calls the same day


def of(check_in, *, at):
    """The answers on their way to this check-in, locked; begun when there are none. Its episode is locked."""
    found = check_in.drafts.open().select_for_update(no_key=True, of=("self",)).first()
    return found or AnswerDraft.objects.create(
        patient_id=check_in.patient_id,
        facility_id=check_in.facility_id,
        check_in=check_in,
        began_at=at,
        touched_at=at,
    )


def ahead(draft, known=None):
    """The questions still to be asked, in order; what was answered or left out is not asked again."""
    done = {*draft.given, *draft.passed}
    return [question for question in asked(draft.check_in, draft.given, known) if question.key not in done]


def take_down(check_in, said, *, by, at):
    """Keep what was said, each as far as it can be read. Returns the draft and what could not be, by question.

    Nothing said to a question leaves it out. What was answered before is replaced.
    """
    draft, known = of(check_in, at=at), Known(check_in)
    questions = {question.key: question for question in asked(check_in, draft.given, known)}
    wrong = {}
    for key, raw in said.items():
        if key not in questions:  # from a page of before: the question is not asked any more
            continue
        try:
            _keep(draft, questions[key], raw)
        except ValidationError as refusal:
            wrong[key] = refusal
    draft.touched_at = at
    raise_alarm(draft, known, by=by, at=at)
    draft.save(update_fields=["given", "passed", "touched_at", "alarmed_at"])
    return draft, wrong


def _keep(draft, question, raw):
    nothing = raw in (None, "", [])
    if nothing and question.required:
        raise ValidationError("Please answer this one.", code="required")
    draft.passed = [key for key in draft.passed if key != question.key]
    if nothing:
        draft.given.pop(question.key, None)
        draft.passed.append(question.key)
    else:
        draft.given[question.key] = clean(question, raw)


def raise_alarm(draft, known, *, by, at):
    """What may mean danger calls somebody in at once, before the rest is said (domain 7.2)."""
    if draft.alarmed_at is None and (because := danger(draft.given, known)):
        draft.alarmed_at = at
        screening.alarm(screening.about_check_in(draft.check_in), because=because, by=by, at=at)


def danger(given, known):
    """Which answer may mean danger now, in words for staff: a sign of the critical tier, or words. Empty: none."""
    signs, _ = known.rules
    _, found = tiers.tier(given, signs.items)
    critical = [one["says"] for one in found if one["tier"] == Tier.CRITICAL]
    words = ["wrote words that may mean danger"] if screening.alarming(given.get("text") or "") else []
    return "; ".join(critical + words)


def has_dark_thoughts(given):
    """PHQ-9 item 9: a clinician calls the same day (domain 7.2), and the person sees numbers at once."""
    return (given.get("phq_9") or 0) >= 1


def send_in(check_in, *, how, by, at, more=None, end=DraftEnd.SENT, draft=None, known=None, **locked):
    """What was kept becomes the answer, and its link ends. Returns it, or None when there is nothing.

    Its episode is locked. The locked draft and what decides its questions are asked for unless they are known;
    `locked` is what `answer` takes of a plan that is.
    """
    draft = draft or of(check_in, at=at)
    given = draft.given | (more or {})
    known = known or Known(check_in)
    # What an answer given later made void is not asked any more, and was not said.
    keys = {question.key for question in asked(check_in, given, known)}
    given = {key: value for key, value in given.items() if key in keys}
    answer = None
    if given:
        said = {"is_read": True, **locked, **given}
        answer = check_ins.answer(check_in, how=how, known=known, by=by, at=at, **said)
    draft.given, draft.asking = {}, ""
    draft.ended_at, draft.ended_how = at, end if answer else DraftEnd.DROPPED
    draft.save()
    if answer:
        check_in.links.open().update(ended_at=at, ended_by=by, ended_how=LinkEnd.SENT)
    return answer


def gather(now=None):
    """Send in what people left unfinished: they told us. Returns how many."""
    now = now or timezone.now()
    soon = Q(touched_at__lte=now - GATHERED_SOON, given__phq_9__gte=1)
    left = AnswerDraft.objects.open().filter(soon | Q(touched_at__lte=now - GATHERED_AFTER)).order_by("touched_at")
    count = 0
    for pk in left.values_list("pk", flat=True):
        try:
            count += _gather(pk, now)
        except Exception:  # one that cannot be read must not keep the others
            log.exception("draft %s could not be sent in", pk)
    return count


@transaction.atomic
def _gather(pk, now):
    episode = Episode.objects.lock(CheckIn.objects.values_list("plan__episode", flat=True).get(drafts=pk))
    draft = AnswerDraft.objects.lock(pk)
    wait = GATHERED_SOON if has_dark_thoughts(draft.given) else GATHERED_AFTER
    if draft.ended_at or draft.touched_at > now - wait:
        return 0
    plan = check_ins.plan_of(draft.check_in, episode)
    how = AnsweredBy.SMS if draft.asking else AnsweredBy.LINK
    system = User.objects.system()
    send_in(draft.check_in, how=how, draft=draft, plan=plan, by=system, at=now, end=DraftEnd.GATHERED)
    return 1
