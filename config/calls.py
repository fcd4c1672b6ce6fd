"""The call list: whom do I call now, why, on which number and in what words?"""

import json
from pathlib import Path
from uuid import uuid4

from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone

import aftercare
from aftercare.models import CallOutcome, Tier
from aftercare.views import FOLLOWS_UP, to_call
from duties.models import DutyEvent, Kind
from messaging.actions import end_of_quiet_hours
from patients.admin.words import clock, moment
from patients.models.supporters import MayKnow

__all__ = ["FOLLOWS_UP", "call_list"]

DATA = Path(aftercare.__file__).parent / "data"
SCRIPT = json.loads((DATA / "call_script.json").read_text())
SUPPORTER_SCRIPT = json.loads((DATA / "supporter_script.json").read_text())
# What stands beside each sentence of the script.
PARTS = {
    "opening": "When somebody answers",
    "somebody_else": "When it is somebody else",
    "asked_what_about": "When they ask what it is about",
    "it_is_them": "When it is the person",
    "worried": "When they are worried",
    "voicemail": "Voicemail",
}
ONE_CLICK = (CallOutcome.NO_ANSWER, CallOutcome.VOICEMAIL, CallOutcome.ASKED_TO_STOP)
WITH_FORM = (CallOutcome.REACHED, CallOutcome.IN_CUSTODY, CallOutcome.READMITTED, CallOutcome.DIED)
OF_A_SUPPORTER = (CallOutcome.REACHED, CallOutcome.NO_ANSWER, CallOutcome.VOICEMAIL, CallOutcome.WRONG_NUMBER)


def call_list(request, context):
    """Everybody to whom a call is owed, the most in danger first; the statements do not grow with them."""
    now, mine = timezone.now(), request.GET.get("whose") == "mine"
    people, more = to_call(request.user, now, mine=mine)
    told = DutyEvent.objects.filter(kind__in=[Kind.OPENED, Kind.NOTED, Kind.TRIED]).select_related("by")
    owed = [duty for one in people for duty in one.duties]
    prefetch_related_objects(owed, Prefetch("events", told.order_by("-pk"), to_attr="told"))
    request.patients.update(one.patient.pk for one in people)
    here = reverse("admin:call_list")
    return {
        **context,
        "title": "Call list",
        "rows": [_row(request.user, one, now) for one in people],
        "more": more,
        "mine": mine,
        "list": here,
        "here": f"{here}?whose=mine" if mine else here,
    }


def _why(duty):
    """What a call is about: what it follows from or what was said when it was opened, and what was added since."""
    if duty.because_of:
        yield f"{duty.because_of.ladder.name}, not answered in time"
    for event in reversed(duty.told):
        if event.kind == Kind.NOTED or (event.kind == Kind.OPENED and not duty.because_of):
            yield event.note


def _row(user, one, now):
    """One person: why, where, what was tried, and what can be said."""
    duty, patient, zone = one.first(), one.patient, one.zone()
    names = {"caller": user.get_short_name() or str(user), "name": patient.preferred_name}
    may_leave = any(point.safe_to_leave_message for point in one.points)
    tries = [(attempt.at, moment(attempt.at), attempt.by, _said(attempt)) for attempt in one.tries]
    seen = {(attempt.duty_id, attempt.at) for attempt in one.tries}
    events = [event for each in one.duties for event in each.told if event.kind == Kind.TRIED]
    tries += [
        (event.at, moment(event.at), event.by, event.note)
        for event in events
        if (event.duty_id, event.at) not in seen
    ]
    here, there = (one.next_try_at.astimezone(at) for at in (timezone.get_current_timezone(), zone))
    return {
        "duty": duty,
        "patient": patient,
        "clock": clock(duty.due_at, now),
        "tier": f"{Tier(one.tier).shape} {Tier(one.tier).label}" if one.tier else "",
        "tier_state": one.tier,
        "days": one.days,
        "why": list(dict.fromkeys(filter(None, (why for each in one.duties for why in _why(each))))),
        "also": one.duties[1:],
        "tried": [line[1:] for line in sorted(tries, key=lambda line: line[0], reverse=True)[:3]],
        "tried_today": one.tried_today,
        "next_try": moment(here),
        "next_there": "" if here.utcoffset() == there.utcoffset() else f", {there:%H:%M} where they are",
        "now_is_good": one.next_try_at <= now,
        "numbers": [{"point": point, "now": point.prefers(now, zone), "key": uuid4()} for point in one.points],
        "there": f"{now.astimezone(zone):%H:%M}",
        "is_night": end_of_quiet_hours(now, duty.facility, zone, patient) is not None,
        "stopped": one.stopped,
        "dead": patient.death_reported_at,
        "language": patient.language,
        "script": _script(SCRIPT, patient.language, names),
        "wrong_number": CallOutcome.WRONG_NUMBER,
        "outcomes": [
            {
                "value": outcome.value,
                "label": outcome.label,
                "key": uuid4(),
                "why_not": ""
                if outcome != CallOutcome.VOICEMAIL or may_leave
                else "No number of theirs is marked as safe to leave a message on.",
            }
            for outcome in ONE_CLICK
        ],
        "asks_more": WITH_FORM,
        "supporters": [
            {
                "row": supporter,
                "may_know": [MayKnow(what).label for what in supporter.may_know],
                "outcomes": [(outcome, uuid4()) for outcome in OF_A_SUPPORTER],
                "script": _script(SUPPORTER_SCRIPT, patient.language, {**names, "supporter": supporter.name}),
            }
            for supporter in one.supporters
        ],
    }


def _said(attempt):
    return f"{attempt.get_outcome_display()}. {attempt.note}".strip()


def _script(script, language, names):
    """What can be said, in the order of a call: [(when, words)]."""
    words = script.get(language, script["en"])
    return [(heading, words[part].format(**names)) for part, heading in PARTS.items() if part in words]
