"""What people write to us, and what the provider says became of what was sent."""

from datetime import timedelta
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Facility, User
from duties.models import Notice, NoticeState
from patients.codes import Channel, Language
from patients.models import ContactPoint, Patient

from .. import texts
from ..models import Attempt, InboundMessage, Meaning, OptOut, Receipt, Reply, Result, Text
from .opting_out import OptedOut, stop_locked, told_to_stop
from .reviews import review
from .ways import CHANNELS, mark_broken, owe_review, place_of

CONFIRM_WITHIN = timedelta(minutes=5)  # one confirmation, no later (domain 7.5)
ANSWER_WITHIN = timedelta(minutes=30)


class Received(NamedTuple):
    """What came in, and what it did at once. Of a replay nothing is done again: `new` is false."""

    inbound: InboundMessage
    new: bool
    opted_out: list[OptedOut]


@transaction.atomic
def receive(*, provider, provider_id, number, body, channel=Channel.SMS, at=None):
    """A message came in: kept as it is, and what it plainly asks for is done in the same transaction.

    Whoever is in `opted_out` wants no messages at all, said now or again: what is asked by machine ends as withdrawn.

    A number that several people have opts nobody out wholly: nothing more is sent to it, and each is looked into.
    """
    at = at or timezone.now()
    people = [Patient.objects.lock_survivor(pk) for pk in _whose(number, channel)]
    patient = people[0] if len(people) == 1 else None
    facility = next(filter(None, (place_of(person)[0] for person in people)), None)
    if not people:  # somebody who is known may have another number by now: it is read where messages go out from
        facility = Facility.objects.filter(sends_to_patients_at__isnull=False).order_by("pk").first()
    asked, language = texts.meaning(body) or (Meaning.OTHER, None)
    inbound, new = _write_once(
        InboundMessage,
        {"provider": provider, "provider_id": provider_id},
        channel=channel,
        number=number,
        body=body,
        received_at=at,
        patient=patient,
        facility=facility,
        meaning=Meaning(asked) if people else Meaning.UNKNOWN_NUMBER,
    )
    if not (new and people):
        return Received(inbound, new, [])
    language = patient.language if patient else language
    does = {Meaning.OPTED_OUT: _stop, Meaning.OPTED_IN: _start, Meaning.HELP: _help}.get(inbound.meaning)
    return Received(inbound, True, does(inbound, people, language, at) if does else [])


def _write_once(model, key, **fields):
    """(the row, whether it is new). Nearly always it is: it is looked for only when it cannot be written."""
    try:
        with transaction.atomic():
            return model.objects.create(**key, **fields), True
    except IntegrityError:
        row = model.objects.filter(**key).first()
        if row is None:
            raise
        return row, False


def _at(number, channel):
    """Everybody's rows with this number, or this address."""
    points = ContactPoint.objects
    return points.by_address(number) if channel == Channel.EMAIL else points.by_number(number)


def _whose(number, channel):
    """Keys of the people who have this number, in order; of those who had it, when nobody has it any more."""
    rows = list(_at(number, channel).select_related("patient__merged_into"))
    rows = [row for row in rows if row.revoked_at is None] or rows
    return sorted({row.patient.survivor().pk for row in rows})


def _stop(inbound, people, language, at):
    """STOP: every message. One confirmation, however often it is said; it holds for what began since, too."""
    system, stopped = User.objects.system(), []
    if inbound.patient:
        stopped, first = stop_locked(inbound.patient, [""], how=f"Wrote “{inbound.body[:100]}”.", by=system, at=at)
    else:
        first = _revoke_for_all(inbound, people, by=system, at=at)
    if first:
        reply(inbound, "opted_out", language=language, within=CONFIRM_WITHIN, by=system, at=at)
    return stopped


def _revoke_for_all(inbound, people, *, by, at):
    """Nothing more is sent to a number that several people have; whose wish it was, somebody finds out."""
    shared = _at(inbound.number, inbound.channel).filter(channel=inbound.channel, revoked_at=None)
    changed = shared.update(revoked_at=at, revoked_by=by)
    for person in people:
        what = "an address" if inbound.channel == Channel.EMAIL else "a number"
        note = f"Somebody wrote STOP from {what} that several people have. Nothing is sent to it any more."
        owe_review(person, kind="shared_number", note=note, at=at)
    return bool(changed)


def _start(inbound, people, language, at):
    """START: what the person stopped themselves is lifted; what they get then, somebody settles with them."""
    for person in people:
        note = "They wrote that they want messages again. Talk about which."
        owe_review(person, kind="wants_messages", note=note, at=at)
    if inbound.patient:
        system = User.objects.system()
        OptOut.objects.in_force(Channel.SMS).of(inbound.patient).update(lifted_at=at, lifted_by=system)
        reply(inbound, "opted_in", language=language, by=system, at=at)
    return []


def _help(inbound, people, language, at):
    """HELP: who writes, and whom to call."""
    if inbound.patient is None or not OptOut.objects.in_force(Channel.SMS).of(inbound.patient).exists():
        reply(inbound, "help", language=language, by=User.objects.system(), at=at)
    return []


@transaction.atomic
def reply(inbound, slug, *, by, at=None, language=None, within=ANSWER_WITHIN, **words):
    """Answer somebody's own message: at once, at any hour, in their language. Raises text_unknown.

    It is not worth sending later than `within`. Said twice to one message, it is sent once. Whom no place here
    follows, nobody answers: None. Nor is an email: what is done by a click is said on its page.
    """
    at = at or timezone.now()
    person, facility = inbound.patient, inbound.facility
    if facility is None or inbound.channel == Channel.EMAIL:
        return None
    language = language or (person.language if person else Language.ENGLISH)
    text = Text.objects.current(slug, Channel.SMS, language, facility)
    if text is None:
        raise ValidationError("There is no text “%(slug)s”.", code="text_unknown", params={"slug": slug})
    body = texts.letter(text, texts.words_for(person, facility, language) | words).body
    mine = ContactPoint.objects.by_number(inbound.number).filter(channel=Channel.SMS)
    made, _ = _write_once(
        Reply,
        {"inbound": inbound, "text": text},
        patient=person,
        facility=facility,
        contact_point=mine.of(person).first() if person else None,
        body=body,
        made_at=at,
        made_by=by,
        send_at=at,
        expires_at=at + within,
    )
    return made


@transaction.atomic
def receipt(*, provider, provider_id, status, code="", at=None):
    """The provider says what became of a message. Of a replay nothing is done again. Returns the Receipt."""
    at = at or timezone.now()
    attempt = _attempt(provider_id)
    if attempt and attempt.patient_id:
        Patient.objects.lock_survivor(attempt.patient_id)
    told, new = Receipt.objects.get_or_create(
        provider=provider, provider_id=provider_id, status=status, defaults={"code": code, "received_at": at}
    )
    if new and attempt:
        _learn(attempt, told, at)
    return told


def _attempt(provider_id):
    along = ["notice__duty__episode", "notice__facility", "reply__facility", "patient", "contact_point"]
    return Attempt.objects.filter(provider_id=provider_id).exclude(provider_id="").select_related(*along).first()


def catch_up(attempts, now):
    """A receipt may come before the attempt it is about was written down."""
    keys = [attempt.provider_id for attempt in attempts if attempt.provider_id]
    for told in Receipt.objects.filter(provider_id__in=keys) if keys else ():
        _learn(_attempt(told.provider_id), told, now)


def _learn(attempt, told, now):
    """It did not arrive, or was not wanted: what that says of the address is written down, and somebody hears."""
    outcome = CHANNELS[attempt.channel].became(told.status, told.code)
    if outcome is None:
        return
    item, system = attempt.notice or attempt.reply, User.objects.system()
    if isinstance(item, Notice) and not item.to_patient:  # to staff, about somebody: theirs is another address
        review(item, "undelivered", now)
        return
    if outcome.opted_out and attempt.patient:
        reason = "unwanted" if outcome.result == Result.ACCEPTED else "told_to_stop"
        told_to_stop(item, attempt.channel, reason, how="Their provider was told to stop.", at=now)
    if outcome.result == Result.ACCEPTED:
        return
    if outcome.bad_address and attempt.contact_point:
        because_of = getattr(item, "duty", None)
        mark_broken(attempt.contact_point, only_here=outcome.only_here, because_of=because_of, by=system, at=now)
    sent = type(item).objects.filter(pk=item.pk, state=NoticeState.SENT)
    sent.update(state=NoticeState.FAILED, state_reason="opted_out" if outcome.opted_out else "undelivered")
    if not (outcome.bad_address or outcome.opted_out):
        review(item, "undelivered", now)
