"""The call list: whom do I call now, why, on which number and in what words?"""

import json
from pathlib import Path
from uuid import uuid4

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone

import aftercare
from aftercare.actions.check_ins import CallOutcome
from aftercare.admin import tier_in_words
from aftercare.models import AftercarePlan
from aftercare.views import FOLLOWS_UP
from duties.models import DutyEvent, Kind
from duties.views import Duties
from messaging.actions import end_of_quiet_hours
from messaging.models import OptOut
from patients.admin.words import clock, moment
from patients.codes import Channel
from patients.models import ContactPoint

SCRIPT = json.loads((Path(aftercare.__file__).parent / "data" / "call_script.json").read_text())
# What stands beside each sentence of the script.
PARTS = {
    "opening": "When somebody answers",
    "somebody_else": "When it is somebody else",
    "asked_what_about": "When they ask what it is about",
    "it_is_them": "When it is the person",
    "voicemail": "Voicemail",
}
SHOWN = 20
UNREACHED = (CallOutcome.NO_ANSWER, CallOutcome.VOICEMAIL, CallOutcome.WRONG_NUMBER)


def call_list(request, context):
    """Everybody to whom a call is owed, late first; the number of statements does not grow with them."""
    now = timezone.now()
    told = (
        DutyEvent.objects.filter(kind__in=[Kind.OPENED, Kind.NOTED, Kind.TRIED]).select_related("by").order_by("-pk")
    )
    owed = list(
        Duties.seen_by(request.user, FOLLOWS_UP)
        .open()
        .filter(ladder__slug__in=["contact", "red_call", "critical_contact"], patient__isnull=False)
        .select_related("patient", "facility", "owner", "ladder", "because_of__ladder")
        .prefetch_related(Prefetch("events", told, to_attr="told"))
        .order_by("due_at", "pk")[: SHOWN + 1]
    )
    people = {}  # one conversation with a person, whatever they are called about
    for duty in owed[:SHOWN]:
        people.setdefault(duty.patient_id, []).append(duty)
    request.patients.update(people)
    points = ContactPoint.objects.right().filter(
        patient__in=people, channel=Channel.PHONE, broken_at=None, revoked_at=None
    )
    numbers = _by_person(points.order_by("position", "pk"))
    plans = {plan.patient_id: plan for plan in AftercarePlan.objects.active().filter(patient__in=people)}
    stops = _by_person(OptOut.objects.in_force(Channel.PHONE).filter(patient__in=people))
    rows = [
        _row(request.user, duties, numbers.get(patient, []), patient in stops, now)
        | {"tier": tier_in_words(plans[patient]) if patient in plans else ""}
        for patient, duties in people.items()
    ]
    return {
        **context,
        "title": "Call list",
        "rows": rows,
        "more": len(owed) > SHOWN,
        "here": reverse("admin:call_list"),
    }


def _by_person(rows):
    found = {}
    for row in rows:
        found.setdefault(row.patient_id, []).append(row)
    return found


def _why(duty):
    """What a call is about: what it follows from or what was said when it was opened, and what was added since."""
    if duty.because_of:
        yield f"{duty.because_of.ladder.name}, not answered in time"
    for event in reversed(duty.told):
        if event.kind == Kind.NOTED or (event.kind == Kind.OPENED and not duty.because_of):
            yield event.note


def _row(user, duties, points, stopped, now):
    """One person: why, where, what was tried, and what can be said."""
    duty, patient = duties[0], duties[0].patient
    zone = patient.tz(duty.facility)
    events = [event for one in duties for event in one.told]
    names = {"caller": user.get_short_name() or str(user), "name": patient.preferred_name}
    words = SCRIPT.get(patient.language, SCRIPT["en"])
    may_leave = any(point.safe_to_leave_message for point in points)
    return {
        "duty": duty,
        "patient": patient,
        "clock": clock(duty.due_at, now),
        "why": list(dict.fromkeys(filter(None, (why for one in duties for why in _why(one))))),
        "also": duties[1:],
        "tried": [(moment(event.at), event.by, event.note) for event in events if event.kind == Kind.TRIED][:3],
        "numbers": [{"point": point, "now": point.prefers(now, zone)} for point in points],
        "there": f"{now.astimezone(zone):%H:%M}",
        "is_night": end_of_quiet_hours(now, duty.facility, zone, patient) is not None,
        "stopped": stopped,
        "dead": patient.death_reported_at,
        "language": patient.language,
        "script": [(heading, words[part].format(**names)) for part, heading in PARTS.items()],
        "outcomes": [
            {
                "value": outcome.value,
                "label": outcome.label,
                "key": uuid4(),
                "why_not": ""
                if outcome != CallOutcome.VOICEMAIL or may_leave
                else "No number of theirs is marked as safe to leave a message on.",
            }
            for outcome in UNREACHED
        ],
    }
