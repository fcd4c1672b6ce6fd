"""Words people choose, and the links by which they answer without signing in."""

import hashlib
import re
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import Role
from audit.planned import Planned
from duties import actions as duties
from messaging import texts
from patients.actions import needs
from patients.codes import Channel
from patients.models import Episode, Patient

from ..models import TRIES, AnsweredBy, CheckIn, CheckInLink, LinkEnd, SafeWord, plain
from . import check_ins, drafts, screening, wishes

SHORTEST, LONGEST = 4, 100  # letters and digits of a word, in its plain form
CALL_WITHIN = timedelta(hours=4)  # of working time, when somebody gave wrong words


def words(notice, person):
    """What a text about a check-in may name: its link, for those who want one."""
    if not settings.PUBLIC_URL or not WANTS_LINKS(person.pk):
        return {"link": ""}  # most people; what is asked for each message is asked in few statements
    check_in = CheckIn.objects.right().filter(duty=notice.duty_id).first()
    link = check_in and issue(check_in, at=timezone.now())
    return {"link": address(link) if link else ""}


texts.ADDS.append(words)
WANTS_LINKS = Planned(
    lambda person: (
        SafeWord.objects.in_force().filter(patient__in=Patient.objects.records_of(person)).values_list("pk")[:1]
    ),
    UUID,
)


@transaction.atomic
def choose_safe_word(patient, *, word, hint="", by, at=None):
    """The person chose a word, and with it wants links; an earlier word and its links end.

    Raises word_too_short, word_too_long, word_is_known (names, birth date, numbers) or hint_gives_it_away.
    """
    patient = Patient.objects.lock_survivor(patient.pk)
    at = at or timezone.now()
    _require_secret(patient, word, hint)
    for earlier in SafeWord.objects.in_force().of(patient):
        _drop(earlier, by=by, at=at)
    chosen = SafeWord(patient=patient, hint=hint.strip(), chosen_at=at, chosen_by=by)
    chosen.keep(word)
    chosen.save(force_insert=True)
    return chosen


def _require_secret(patient, word, hint):
    said = plain(word)
    bare = said.replace(" ", "")
    if len(bare) < SHORTEST:
        raise ValidationError("A word has at least four letters or digits.", code="word_too_short")
    if len(said) > LONGEST:
        raise ValidationError("A word has at most a hundred letters.", code="word_too_long")
    if bare in _known(patient):
        raise ValidationError(
            "This is known to others: no name, birth date or number of theirs.", code="word_is_known"
        )
    if said in plain(hint):
        raise ValidationError("The hint gives the word away.", code="hint_gives_it_away")


def _known(patient):
    """What others know of a person and would try first, in its plain form and without spaces."""
    known = {str(one.number) for one in patient.records()}
    for name in (patient.preferred_name, patient.legal_name):
        known |= {plain(name), *plain(name).split()}
    if born := patient.birth_date:
        orders = ("%Y %m %d", "%d %m %Y", "%m %d %Y", "%d %m %y", "%m %d %y", "%y %m %d")
        written = {f"{born:{order}}" for order in orders}
        short = {re.sub(r"\b0", "", one) for one in written}
        known |= written | short | {f"{born:%Y}"}
    for point in patient.contact_points.all():
        local = point.value.split("@")[0] if point.channel == Channel.EMAIL else point.value
        digits = re.sub(r"\D", "", local)
        known |= {plain(local), digits, digits[-10:], digits[-7:], digits[-4:]}
    return {one.replace(" ", "") for one in known}


def is_in_force(word):
    """Raise word_dropped when it is not."""
    if word.dropped_at:
        raise ValidationError("This word was dropped already.", code="word_dropped")


@needs(is_in_force)
@transaction.atomic
def drop_safe_word(word, *, by, at=None):
    """The person wants no links any more, or somebody knows the word: open links end at once. Raises word_dropped."""
    Patient.objects.lock_survivor(word.patient_id)
    word = SafeWord.objects.lock(word.pk)
    drop_safe_word.require(word)
    return _drop(word, by=by, at=at or timezone.now())


def _drop(word, *, by, at):
    word.dropped_at, word.dropped_by, word.word_hash = at, by, ""
    word.save(update_fields=["dropped_at", "dropped_by", "word_hash"])
    for link in CheckInLink.objects.open().of(word.patient):
        _end(link, LinkEnd.WITHDRAWN, by=by, at=at)
    return word


def is_open(link):
    """Raise link_over when it has ended."""
    if link.ended_at:
        raise ValidationError("This link has ended.", code="link_over")


@needs(is_open)
@transaction.atomic
def withdraw_link(link, *, by, at=None):
    """It went to a phone that is not theirs any more, or they ask for it. Raises link_over."""
    link = _locked(link)
    withdraw_link.require(link)
    return _end(link, LinkEnd.WITHDRAWN, by=by, at=at or timezone.now())


def _end(link, how, *, by, at):
    link.ended_at, link.ended_by, link.ended_how = at, by, how
    link.save(update_fields=["ended_at", "ended_by", "ended_how"])
    return link


def _locked(link):
    """The link, locked after its episode, and its check-in as it is since."""
    episode = Episode.objects.lock(link.check_in.plan.episode_id)
    link = CheckInLink.objects.lock(link.pk)
    check_ins.plan_of(link.check_in, episode)
    return link


def issue(check_in, *, at):
    """The link to write into a text about this check-in, in the transaction that writes it.

    None for who chose no word, where this system has no public address, and after one was locked or sent in.
    """
    if not settings.PUBLIC_URL or not SafeWord.objects.in_force().of(check_in.patient).exists():
        return None
    last = check_in.links.order_by("-pk").first()
    if last is not None and last.ended_how in (LinkEnd.LOCKED, LinkEnd.SENT):
        return None
    if last is not None and last.ended_at is None:
        # Made under another secret, it cannot be written again; the row stays, and so does what was sent of it.
        return last if last.expires_at > at and last.token_hash == hashed(last.token()) else None
    link = CheckInLink(
        patient_id=check_in.patient_id,
        facility_id=check_in.facility_id,
        check_in=check_in,
        issued_at=at,
        expires_at=at + settings.LINK_LASTS,
    )
    link.token_hash = hashed(link.token())
    link.save(force_insert=True)
    return link


def address(link):
    """Where a link leads. Whoever reads it learns nothing from host or path."""
    return f"{settings.PUBLIC_URL}/c/{link.token()}"


def hashed(token):
    """How a token is kept. It is random and long, so that one round is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def find(token):
    """The link a token opens, dead or alive, or None."""
    return CheckInLink.objects.all().read_along().filter(token_hash=hashed(token)).first()


def word_of(link):
    """The word that opens a link, or None."""
    return SafeWord.objects.in_force().of(link.patient).first()


def require_alive(link, at):
    """Raise link_over when the page must not open any more."""
    if not link.is_alive(at, settings.LINK_GRACE):
        raise ValidationError("This link has ended.", code="link_over")


def enter(link, *, word, by, at=None):
    """Is this the person's word? The fifth wrong one locks the link and owes a call. Raises link_over."""
    at = at or timezone.now()
    chosen = word_of(link)
    # Hashing takes long on purpose: nobody waits for it under a lock.
    right = chosen is not None and chosen.is_it(word)
    return _entered(link, right, by=by, at=at)


@transaction.atomic
def _entered(link, right, *, by, at):
    link = _locked(link)
    require_alive(link, at)
    if right:
        link.tries, link.opened_at = 0, link.opened_at or at
        link.save(update_fields=["tries", "opened_at"])
        return True
    link.tries += 1
    if link.tries >= TRIES:
        link.ended_at, link.ended_by, link.ended_how = at, by, LinkEnd.LOCKED
        _owe_call(link, by=by, at=at)
    link.save(update_fields=["tries", "ended_at", "ended_by", "ended_how"])
    return False


def _owe_call(link, *, by, at):
    duties.open(
        "contact",
        **screening.about_check_in(link.check_in),
        owner_role=Role.AFTERCARE,
        due_at=link.facility.after_working(at, CALL_WITHIN),
        once=f"locked:{link.patient_id}",
        note="five wrong words on their page: they forgot it, or it was not them",
        by=by,
        at=at,
    )


@transaction.atomic
def save(link, said, *, by, at=None):
    """Keep one page of answers. Returns the draft and what of it could not be read, by question. Raises link_over."""
    at = at or timezone.now()
    link = _locked(link)
    require_alive(link, at)
    return drafts.take_down(link.check_in, said, by=by, at=at)


@transaction.atomic
def send_in(link, *, wants_call=False, wish="", by, at=None):
    """What was saved becomes the answer, and the link ends; returns it, and whether the wish is granted, if any.

    Raises link_over, nothing_answered.
    """
    at = at or timezone.now()
    link = _locked(link)
    require_alive(link, at)
    more = {"wants_call": True} if wants_call else {}
    plan = link.check_in.plan
    given = drafts.send_in(link.check_in, how=AnsweredBy.LINK, more=more, plan=plan, by=by, at=at)
    if given is None:
        raise ValidationError("Nothing was answered yet.", code="nothing_answered")
    return given, bool(wish) and wishes.grant(plan, wish, by=by, at=at)
