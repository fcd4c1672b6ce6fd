"""The front page: what do I owe now?"""

from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from aftercare.models import CheckIn
from aftercare.views import FOLLOWS_UP, CallList
from duties.models import Duty, Notice
from duties.views import OWE, Duties, watchdog
from patients.admin.records import places, roles
from patients.admin.words import clock, moment
from treatment.views.beds import Census

SHOWN = 12


def today(request):
    """Everything on the front page; the number of statements does not grow with the rows."""
    now, held = timezone.now(), roles(request)
    return {
        "subtitle": None,
        "duties": my_duties(request, now),
        "calls": call_list(request, now) if held & FOLLOWS_UP else None,
        "inbox": inbox(request),
        "census": census(request),
        "watchdog": watchdog_in_words(now),
        "works_somewhere": bool(places(request)),
    }


def my_duties(request, now):
    """What I owe, by name or through a role: late first. A name only where I may open the record."""
    seen = Duties.seen_by(request.user, OWE).filter(pk=OuterRef("pk"))
    rows = list(
        Duty.objects.owed_by(request.user)
        .annotate(seen=Exists(seen))
        .select_related("ladder", "patient", "owner", "facility")
        .order_by("due_at")[: SHOWN + 1]
    )
    request.patients.update(row.patient_id for row in rows[:SHOWN] if row.seen and row.patient_id)
    return {
        "rows": [{"duty": row, "clock": clock(row.due_at, now), "named": row.seen} for row in rows[:SHOWN]],
        "late": sum(row.due_at < now for row in rows[:SHOWN]),
        "more": len(rows) > SHOWN,
    }


def call_list(request, now):
    """Whom to call now, and why: check-ins nobody answered in time."""
    calls = Duty.objects.open().filter(because_of=OuterRef("duty"), keeps_thread=True).order_by("pk")
    rows = list(
        CallList.seen_by(request.user, FOLLOWS_UP)
        .filter(pk__in=CheckIn.objects.unanswered(now).values("pk"))
        .annotate(call=calls.values("pk")[:1])
        .select_related("patient", "plan__coach")
        .order_by("due_at")[: SHOWN + 1]
    )
    request.patients.update(row.patient_id for row in rows[:SHOWN])
    return {
        "rows": [{"check_in": row, "clock": clock(row.due_at, now), "call": row.call} for row in rows[:SHOWN]],
        "more": len(rows) > SHOWN,
    }


def inbox(request):
    """What I have been told: unread first, newest first."""
    seen = Duties.seen_by(request.user, OWE).filter(pk=OuterRef("duty"))
    rows = list(
        Notice.objects.inbox(request.user)
        .annotate(seen=Exists(seen))
        .select_related("duty__ladder", "patient")
        .order_by(F("read_at").desc(nulls_first=True), "-made_at")[: SHOWN + 1]
    )
    request.patients.update(row.patient_id for row in rows[:SHOWN] if row.seen and row.patient_id)
    return {
        "rows": [{"notice": row, "made": moment(row.made_at), "named": row.seen} for row in rows[:SHOWN]],
        "unread": sum(row.read_at is None for row in rows[:SHOWN]),
        "more": len(rows) > SHOWN,
    }


def census(request):
    """Each unit: taken, kept, free."""
    view = Census()
    view.request = request
    rows = view.get_queryset().select_related("facility").order_by("facility__name", "name")
    return [{"unit": unit, "free": unit.bed_count - unit.taken - unit.kept} for unit in rows]


def watchdog_in_words(now):
    """Whether the clock moves, in words; alarming when the last tick is too old."""
    found = watchdog(now)
    return {
        "ticking": found["ticking"],
        "last_tick": moment(found["last_tick_at"]) if found["last_tick_at"] else "never",
        "oldest_due": moment(found["oldest_due_at"]) if found["oldest_due_at"] else "nothing waits",
        "oldest_unsent": moment(found["oldest_unsent_at"]) if found["oldest_unsent_at"] else "nothing waits",
    }
