"""Words that call somebody in. Looked for only to raise, never to lower."""

import json
import re
from datetime import timedelta
from functools import cache
from pathlib import Path

from accounts.models import Role
from duties import actions as duties
from patients.models import Access, Episode

from ..models import plain

DATA = Path(__file__).resolve().parent.parent / "data"
SOON = timedelta(hours=2)


@cache
def _lexicon():
    """The words of every language, as one pattern: people write in the one they feel in."""
    words = json.loads((DATA / "crisis.json").read_text())
    phrases = [phrase for language in ("en", "es") for phrase in words[language]]
    return re.compile("|".join(rf"\b{one[:-1]}" if one.endswith("*") else rf"\b{one}\b" for one in phrases))


def alarming(text):
    """The first words in a text that call somebody in, or nothing."""
    found = _lexicon().search(plain(text))
    return found[0] if found else ""


def about_check_in(check_in):
    """Whom, where and with whose call a duty is about that a check-in led to."""
    plan = check_in.plan
    return {
        "facility": check_in.facility,
        "patient": check_in.patient,
        "episode": plan.open_episode(),
        "owner": plan.caller(),
        "because_of": check_in.duty,
    }


def about_person(person, facility):
    """The same for somebody of whom nothing is asked just now; of nobody, the place alone; {} when it is no place."""
    episode = person and Episode.objects.open().of(person).select_related("facility").first()
    if episode:
        facility = episode.facility
    elif person and facility is None:
        access = Access.objects.current().filter(patient=person, facility__isnull=False).select_related("facility")
        facility = getattr(access.first(), "facility", None)
    return {"facility": facility, "patient": person, "episode": episode} if facility else {}


def alarm(about, *, because, by, at):
    """Somebody on call is paged now (domain 7.2-7.3); once, however often it is said.

    `because` says what was seen, not what was written: it is read on lists.
    """
    return duties.open(**page(about, because=because, at=at), by=by, at=at)


def page(about, *, because, at):
    """The same, as `duties.open` takes it."""
    # A number that several people have, or nobody: whoever hears the page reads it, and finds out who it was.
    slug = "critical_contact" if about["patient"] else "who_wrote"
    # Not because of the check-in's duty: the answer that follows ends what that led to, and must not end this.
    return {
        **about,
        "slug": slug,
        "owner": None,
        "because_of": None,
        "owner_role": Role.SUPERVISOR,
        "due_at": at,
        "once": _once(slug, about),
        "note": because,
    }


def owe_reading(about, *, by, at, **why):
    """Somebody reads, the same day, what was written in own words, or asked for."""
    return duties.open(**reading(about, at=at, **why), by=by, at=at)


def reading(about, *, at, kind="read", note="wrote something in their own words"):
    """The same, as `duties.open` takes it."""
    return {
        **about,
        "slug": "read_message",
        "owner_role": Role.AFTERCARE,
        "due_at": same_day(about["facility"], at),
        "once": _once(kind, about),
        "note": note,
    }


def _once(what, about):
    return f"{what}:{about['patient'].pk if about['patient'] else 'a number'}"


def same_day(facility, at):
    """Before the place closes today; what comes in after that, or on a day off, soon after it opens again."""
    hours = facility.hours_on(at.astimezone(facility.tz()).date())
    if hours and hours[0] <= at < hours[1]:
        return min(at + 2 * SOON, hours[1])
    return facility.after_working(at, SOON)
