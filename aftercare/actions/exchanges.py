"""What people text us: the check-in answered question by question, or words kept for somebody to read."""

import json
import logging
import re
from datetime import timedelta
from functools import cache

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from duties import actions as duties
from messaging import actions as messaging
from messaging import texts
from messaging.models import InboundMessage, Meaning
from patients.models import Episode

from ..models import STILL_COUNTS, AftercarePlan, Answer, AnswerDraft, AnsweredBy, CheckIn, plain
from ..questions import Known, asked, clean, current
from . import check_ins, drafts, plans, reachability, screening, wishes
from .closings import tell_of_a_sign_of_life
from .opting_out import withdraw

log = logging.getLogger(__name__)

AHEAD = timedelta(hours=24)  # the first reminder goes a day before; from then on the questions may be answered
MISREAD = 2  # what is not understood is asked once more, and then left to somebody
TALKATIVE = 40  # messages of one person in an hour, after which no machine answers: it may be one itself

# What the texts of a conversation may name, with a sample of each.
texts.WORDS.update(question="How are you? Reply 1 well, 2 not well.", presence="Nobody is here now.", numbers="911")


@cache
def _words():
    return json.loads((screening.DATA / "exchange.json").read_text())


def hear(*, provider, provider_id, number, body, by, at=None):
    """A text came in: kept, and done what it asks for. A replay does nothing.

    What cannot be worked out is kept all the same, and somebody reads it.
    """
    at = at or timezone.now()
    said = {"provider": provider, "provider_id": provider_id, "number": number, "body": body}
    try:
        return _heard(said, by=by, at=at)
    except Exception:  # a text that was taken and is not kept is a person nobody heard
        log.exception("a text could not be worked out; it is kept for somebody to read")
        return _kept(said, by=by, at=at)


@transaction.atomic
def _heard(said, *, by, at):
    received, body = messaging.receive(**said, at=at), said["body"]
    if received.new:
        for stopped in received.opted_out:
            withdraw(stopped.patient, reason="wrote that they want no more messages", by=by, at=at)
        if received.inbound.meaning == Meaning.OTHER:
            take(received.inbound, by=by, at=at)
        elif received.inbound.meaning == Meaning.UNKNOWN_NUMBER and texts.meaning(body) is None:
            _keep(received.inbound, None, by=by, at=at)
    return received


@transaction.atomic
def _kept(said, *, by, at):
    received = messaging.receive(**said, at=at)
    if received.new:
        _owe_reading(received.inbound, by=by, at=at)
    return received


def take(inbound, *, by, at):
    """A text that is neither stop nor help: how often they want to hear from us, the next answer, the wish to begin,
    or words for somebody to read."""
    person = inbound.patient and inbound.patient.survivor()
    if person is None:
        return _keep(inbound, None, by=by, at=at)
    draft = AnswerDraft.objects.in_conversation().of(person).select_related("check_in__plan").first()
    check_in = draft.check_in if draft else answerable(person, at)
    tell_of_a_sign_of_life(person, by=by, at=at)
    quiet = InboundMessage.objects.filter(patient=inbound.patient, received_at__gt=at - timedelta(hours=1))
    if quiet.count() > TALKATIVE:
        return _kept_for_somebody(inbound, check_in, by=by, at=at)
    wish = _wish(inbound.body)
    plan = AftercarePlan.objects.active().of(person).first() if wish else None
    if plan and not (draft and _asks_for_words(draft)):
        return _wished(inbound, plan, wish, by=by, at=at)
    if check_in is None:
        return _keep(inbound, None, by=by, at=at)
    episode = Episode.objects.lock(check_in.plan.episode_id)
    draft = draft and AnswerDraft.objects.lock(draft.pk)  # another text may have been faster
    if draft and draft.asking and not draft.ended_at:
        check_ins.plan_of(draft.check_in, episode)
        return _answered(inbound, draft, by=by, at=at)
    if plain(inbound.body) in _words()["begin"]:
        draft = drafts.of(check_in, at=at)
        draft.check_in = check_in
        return _ask_next(inbound, draft, "question_first", by=by, at=at)
    return _keep(inbound, check_in, by=by, at=at)


def _wish(body):
    """How often they want to hear from us, when they wrote that and nothing else."""
    return next((wish for wish, words in _words()["wishes"].items() if plain(body) in words), None)


def _asks_for_words(draft):
    """Was their own wording asked for last? Then any word is an answer."""
    return any(one.kind == "text" for one in current().each if one.key == draft.asking)


def _wished(inbound, plan, wish, *, by, at):
    """Fewer, as usual, or a rest; a question that was asked goes on waiting for its answer."""
    granted = wishes.grant(plans.held(plan), wish, by=by, at=at)
    return messaging.reply(inbound, f"wish_{wish}" if granted else "words_kept", by=by, at=at)


def answerable(person, at):
    """The check-in a text is about: the one that is open or due within a day, or the last one nobody answered."""
    rows = CheckIn.objects.right().of(person).read_along().select_related("patient")
    open_one = rows.filter(closed_at=None, due_at__lte=at + AHEAD).order_by("due_at").first()
    unanswered = rows.filter(
        ~Exists(Answer.objects.right().filter(check_in=OuterRef("pk"))),
        STILL_COUNTS,
        closed_at__gt=at - settings.LINK_GRACE,
    )
    return open_one or unanswered.order_by("-due_at").first()


def _answered(inbound, draft, *, by, at):
    """The answer to what was asked last."""
    known = Known(draft.check_in)
    question = next((one for one in asked(draft.check_in, draft.given, known) if one.key == draft.asking), None)
    said = plain(inbound.body)
    if question is None:  # another edition of the questions, or an answer on the page, was faster
        return _ask_next(inbound, draft, known=known, by=by, at=at)
    if question.kind == "text" and said not in {"0", *_words()["skip"], *_words()["none"]}:
        draft.given[question.key] = clean(question, inbound.body.replace("\x00", "")[: question.high])
    elif screening.alarming(inbound.body):
        return _keep(inbound, draft.check_in, draft, known=known, by=by, at=at)
    elif question.kind == "text" or said in _words()["skip"]:
        draft.passed.append(question.key)
    else:
        try:
            draft.given[question.key] = clean(question, read(question, inbound.body))
        except ValidationError:
            return _misread(inbound, draft, question, by=by, at=at)
    drafts.raise_alarm(draft, known, by=by, at=at)
    if drafts.danger({question.key: draft.given.get(question.key)}, known):
        return _in_danger(inbound, draft.check_in, draft, known=known, by=by, at=at)
    if question.key == "phq_9" and drafts.has_dark_thoughts(draft.given):
        _give_numbers(inbound, draft.check_in.facility, told=False, by=by, at=at)
    return _ask_next(inbound, draft, known=known, by=by, at=at)


def read(question, body):
    """What a text means as an answer: yes and no in words of two languages, and the one number in it."""
    said = plain(body)
    if question.kind == "yes_no":
        return "yes" if said in _words()["yes"] else "no" if said in _words()["no"] else said
    if said in _words()["none"]:
        return "0"
    numbers = re.findall(r"(?<![\w.,-])\d+(?![.,]?\d)", body)
    return numbers[0] if len(numbers) == 1 else said


def _ask_next(inbound, draft, slug="question", *, known=None, by, at):
    """The next question that can be asked by text; after the last, what was said is sent in."""
    question = next((one for one in drafts.ahead(draft, known) if one.sms), None)
    draft.asking, draft.misread, draft.touched_at = question.key if question else "", 0, at
    if question is None:
        return _finish(inbound, draft, "answers_done", known=known, by=by, at=at)
    draft.save()
    return messaging.reply(inbound, slug, by=by, at=at, question=_ask(question, inbound))


def _ask(question, inbound):
    return question.sms.get(inbound.patient.survivor().language) or question.sms["en"]


def _misread(inbound, draft, question, *, by, at):
    """Not understood: asked once more, then left to somebody."""
    draft.misread, draft.touched_at = draft.misread + 1, at
    draft.save(update_fields=["misread", "touched_at"])
    if draft.misread < MISREAD:
        return messaging.reply(inbound, "question_again", by=by, at=at, question=_ask(question, inbound))
    _owe_reading(inbound, draft.check_in, by=by, at=at)
    return _finish(inbound, draft, "answers_left", by=by, at=at)


def _finish(inbound, draft, slug, *, known=None, by, at):
    """What was said becomes the answer, and the conversation is over."""
    _send_in(draft, known=known, by=by, at=at)
    return messaging.reply(inbound, slug, by=by, at=at)


def _send_in(draft, **fields):
    """Of a plan that is locked, with a check-in that was read since."""
    return drafts.send_in(draft.check_in, how=AnsweredBy.SMS, draft=draft, plan=draft.check_in.plan, **fields)


def _keep(inbound, check_in, draft=None, *, known=None, by, at):
    """Words of their own: for somebody to read the same day, at once when they may mean danger."""
    if _kept_for_somebody(inbound, check_in, by=by, at=at):
        return _in_danger(inbound, check_in, draft, known=known, by=by, at=at)
    if inbound.meaning == Meaning.UNKNOWN_NUMBER:
        return None  # nobody agreed to hear from us there
    slug = "words_kept_begin" if check_in and check_in.closed_at is None else "words_kept"
    return messaging.reply(inbound, slug, by=by, at=at)


def _kept_for_somebody(inbound, check_in, *, by, at):
    """Somebody reads it; is somebody called in as well?"""
    danger = bool(screening.alarming(inbound.body))
    if about := _about(inbound, check_in):
        wanted = [screening.reading(about, at=at)]
        if danger:
            wanted.append(screening.page(about, because="wrote words that may mean danger", at=at))
        duties.open_all(wanted, unless_open=True, by=by, at=at)
    return danger


def _in_danger(inbound, check_in, draft, *, known=None, by, at):
    """Numbers at once, and whether somebody is there; what was answered so far is sent in, nothing more is asked."""
    if draft is not None:
        _send_in(draft, known=known, by=by, at=at)
    return _give_numbers(inbound, check_in.facility if check_in else inbound.facility, by=by, at=at)


def _give_numbers(inbound, facility, *, told=True, by, at):
    """Lines that answer when nobody here does, and whether somebody here does now, and was told."""
    person = inbound.patient and inbound.patient.survivor()
    language = person.language if person else "en"
    if facility is None:
        return None
    presence = reachability.who_is_there(facility, at, told=told)
    numbers = ", ".join(one["number"] for one in presence.numbers)
    return messaging.reply(
        inbound, "numbers_now", by=by, at=at, presence=presence.sentence(language), numbers=numbers
    )


def _about(inbound, check_in):
    """Whom and where a duty is about, or None when nobody here has the number."""
    if check_in is not None:
        return screening.about_check_in(check_in)
    return screening.about_person(inbound.patient and inbound.patient.survivor(), inbound.facility)


def _owe_reading(inbound, check_in=None, *, by, at):
    about = _about(inbound, check_in)
    if about:
        screening.owe_reading(about, by=by, at=at)
