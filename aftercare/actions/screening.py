"""Words that call somebody in. Looked for only to raise, never to lower."""

import json
import re
from datetime import timedelta
from functools import cache
from pathlib import Path

from accounts.models import Role
from duties import actions as duties

from ..models import plain

DATA = Path(__file__).resolve().parent.parent / "data"


@cache
def _lexicon():
    """The words of every language, as one pattern: people write in the one they feel in."""
    words = json.loads((DATA / "crisis.json").read_text())
    phrases = [phrase for language in ("en", "es") for phrase in words[language]]
    return re.compile("|".join(rf"\b{re.escape(one.removesuffix('*'))}{'' if one[-1] == '*' else chr(92) + 'b'}"
                               for one in phrases))  # fmt: skip


def alarming(text):
    """The first words in a text that call somebody in, or nothing."""
    found = _lexicon().search(plain(text))
    return found[0] if found else ""


def alarm(check_in, *, because, by, at):
    """Somebody on call is paged about this person now (domain 7.2-7.3); once, however often it is said.

    `because` is read by staff inside the system alone; it names what was seen, not what was written.
    """
    plan = check_in.plan
    return duties.open(
        "critical_contact",
        facility=check_in.facility,
        patient=check_in.patient,
        episode=plan.episode if plan.episode.closed_at is None else None,
        owner_role=Role.SUPERVISOR,
        due_at=at,
        because_of=check_in.duty,
        once=f"critical:{check_in.patient_id}",
        note=because,
        by=by,
        at=at,
    )


def owe_reading(check_in, *, by, at):
    """Somebody reads, the same day, what the person wrote in their own words."""
    plan = check_in.plan
    return duties.open(
        "read_message",
        facility=check_in.facility,
        patient=check_in.patient,
        episode=plan.episode if plan.episode.closed_at is None else None,
        owner=plan.caller(),
        owner_role=Role.AFTERCARE,
        due_at=same_day(check_in.facility, at),
        because_of=check_in.duty,
        once=f"read:{check_in.patient_id}",
        note="wrote something in their own words",
        by=by,
        at=at,
    )


def same_day(facility, at):
    """Before the place closes today; what comes in after that, or on a day off, soon after it opens again."""
    hours = facility.hours_on(at.astimezone(facility.tz()).date())
    soon = timedelta(hours=2)
    if hours and hours[0] <= at < hours[1]:
        return min(at + 2 * soon, hours[1])
    return facility.after_working(at, soon)
