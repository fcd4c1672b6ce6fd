"""The front page: what do I owe now? And the bed board: who is where, what is free?"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, Min, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import CARE, Role
from aftercare.admin import tier_in_words
from aftercare.models import CheckIn
from aftercare.views import FOLLOWS_UP, OVERSEES, CallList
from aftercare.views import load as carried
from audit.planned import PlannedAs
from duties.models import NEWS, Duty, Notice
from duties.views import OWE, Duties, watchdog
from patients.admin.plots import Point, line
from patients.admin.records import places, roles
from patients.admin.words import clock, moment
from patients.models import Episode, Patient, Stage
from patients.views.bases import READS, VERBS
from treatment.admin.assessments import where_it_is_asked
from treatment.admin.beds import for_whom, with_places
from treatment.models import (
    Appointment,
    Bed,
    Handover,
    Incident,
    Placement,
    Program,
    ScheduledAssessment,
    Session,
    SessionNote,
)
from treatment.models.beds import BedOverride
from treatment.models.sessions import WRITES
from treatment.serializers import CensusSerializer
from treatment.views.beds import KNOWS_BEDS, Board, Census
from treatment.views.hours import UnderHours, with_week

SHOWN = 12
CENSUS_DAYS = 90
MANY = 200
NEW_FOR = timedelta(hours=48)  # so that who came on a Saturday is new on Monday morning's round, too [D]
ARRIVING = {Stage.REFERRED, Stage.STABILIZING, Stage.ENGAGING, Stage.INTAKE}

# What each role sees first. Whoever holds several sees the blocks of the first, then what the others add.
BLOCKS = {
    Role.NURSE: ("owed", "assessments", "new", "unsigned"),
    Role.PRESCRIBER: ("owed", "new", "unsigned"),
    Role.COUNSELOR: ("owed", "unsigned", "assessments", "sessions", "calls", "new"),
    Role.SUPERVISOR: ("overdue", "owed", "cosigning", "unsigned", "calls", "load", "new"),
    Role.INTAKE: ("new", "owed"),
    Role.AFTERCARE: ("calls", "owed"),
    Role.TECHNICIAN: ("owed",),
    Role.PRIVACY: ("owed",),
    Role.ADMIN: ("owed",),
    Role.ANALYST: (),
}


def today(request):
    """Everything on the front page; the number of statements does not grow with the rows."""
    now, held = timezone.now(), roles(request)
    blocks = list(dict.fromkeys(block for role, of_role in BLOCKS.items() if role in held for block in of_role))
    return {
        "subtitle": None,
        "blocks": [f"admin/today/{block}.html" for block in blocks or ["owed"]],
        "duties": my_duties(request, now),
        "inbox": inbox(request),
        "census": census(request),
        "rounds": rounds(request, now),
        "watchdog": watchdog_in_words(now),
        "works_somewhere": bool(places(request)),
        "finds_people": bool(held & READS[Patient].allowed_roles),
        "begins": begins(held),
        "shows_board": bool(held & KNOWS_BEDS),
        **{block: MAKES[block](request, now) for block in blocks if block in MAKES},
    }


def begins(held):
    """What a shift begins with nobody's page open: each verb, and its address."""
    verbs = ((noun, verb) for noun in (Handover, Episode, Incident) for verb in VERBS[noun])
    return [
        (verb, reverse(f"admin:{noun._meta.app_label}_{noun._meta.model_name}_begin", args=[verb.name]))
        for noun, verb in verbs
        if verb.creates and held & verb.allowed_roles
    ]


def first(rows, *order):
    """The first of these rows, found by their keys: what is read along is then read for them alone."""
    keys = rows.order_by(*order).values("pk")[: SHOWN + 1]
    return rows.model._default_manager.filter(pk__in=keys).order_by(*order)


def _with_names(duties, user):
    """The first of these duties, and whether the user may open the record of whom each is about."""
    seen = Duties.seen_by(user, OWE).filter(pk=OuterRef("pk"))
    rows = first(duties, "due_at", "pk").annotate(seen=Exists(seen))
    return rows.select_related("ladder", "patient", "owner", "facility")


OVERDUE = PlannedAs(
    lambda user, now: _with_names(
        Duty.objects.open().filter(facility__any_of=user.places_as([Role.SUPERVISOR]), due_at__lt=now), user
    ),
    datetime,
)


def overdue(request, now):
    """What anybody owes at the places I supervise and has not done in time: latest first."""
    rows = OVERDUE(request.user, now)
    request.patients.update(row.patient_id for row in rows[:SHOWN] if row.seen and row.patient_id)
    return {
        "rows": [{"duty": row, "clock": clock(row.due_at, now), "named": row.seen} for row in rows[:SHOWN]],
        "more": len(rows) > SHOWN,
    }


def _drafts(user):
    rows = READS[SessionNote].seen_by(user, WRITES).drafts()
    along = ("patient", "session", "sign_duty", "drafted_by", "adopted_by")
    return first(rows, "sign_duty__due_at", "pk").select_related(*along)


UNSIGNED = PlannedAs(_drafts)


def unsigned(request, now):
    """Notes I have drafted and not signed, the ones due first; and drafts of those who left."""
    rows = UNSIGNED(request.user)
    request.patients.update(row.patient_id for row in rows[:SHOWN])
    return {
        "rows": [
            {
                "note": row,
                "clock": clock(row.sign_duty.due_at, now),
                "mine": row.author_id() == request.user.pk,
                "unfinished": row.is_unfinished(),
            }
            for row in rows[:SHOWN]
        ],
        "more": len(rows) > SHOWN,
    }


COSIGNING = PlannedAs(
    lambda user: (
        READS[SessionNote]
        .seen_by(user, [Role.SUPERVISOR])
        .to_cosign()
        .exclude(signed_by=user)
        .select_related("patient", "session", "cosign_duty", "signed_by")
        .order_by("cosign_duty__due_at")[: SHOWN + 1]
    )
)


def cosigning(request, now):
    """Notes that wait for a licensed supervisor at the places I supervise, the ones due first."""
    rows = COSIGNING(request.user)
    request.patients.update(row.patient_id for row in rows[:SHOWN])
    return {
        "rows": [{"note": row, "clock": clock(row.cosign_duty.due_at, now)} for row in rows[:SHOWN]],
        "more": len(rows) > SHOWN,
    }


APPOINTED = PlannedAs(
    lambda user, morning, night: (
        READS[Appointment]
        .seen_by(user, CARE)
        .planned()
        .filter(counselor=user, starts_at__gte=morning, starts_at__lt=night)
        .select_related("patient")
        .order_by("starts_at")[: SHOWN + 1]
    ),
    datetime,
    datetime,
)


def _logged(user, morning):
    rows = READS[Session].seen_by(user, CARE).right().filter(logged_by=user, started_at__gte=morning)
    return first(rows, "-started_at", "pk").select_related("patient")


LOGGED = PlannedAs(_logged, datetime)


def _with_people(user):
    people = Placement.objects.open().filter(program=OuterRef("pk"))
    return READS[Program].seen_by(user, WRITES).filter(Exists(people)).select_related("facility")[:SHOWN]


GROUPS = PlannedAs(_with_people)


def sessions(request, now):
    """My day: what is planned and what I logged, as the clock goes; and of which programs a group may be logged."""
    morning = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    planned = APPOINTED(request.user, morning, morning + timedelta(days=1))
    rows = LOGGED(request.user, morning)
    request.patients.update(row.patient_id for row in [*planned[:SHOWN], *rows[:SHOWN]])
    found = [{"session": row, "at": moment(row.started_at), "when": row.started_at} for row in rows[:SHOWN]]
    found += [{"appointment": row, "at": moment(row.starts_at), "when": row.starts_at} for row in planned[:SHOWN]]
    return {
        "rows": sorted(found, key=lambda row: row["when"]),
        "more": len(rows) > SHOWN or len(planned) > SHOWN,
        "groups": with_places([(program, program.facility) for program in GROUPS(request.user)]),
    }


NEW = PlannedAs(
    lambda user, since: (
        READS[Episode]
        .seen_by(user, CARE)
        .open()
        .filter(opened_at__gte=since, stage__in=ARRIVING)
        .select_related("patient", "facility")
        .order_by("-opened_at")[: SHOWN + 1]
    ),
    datetime,
)


def new(request, now):
    """Who came or was referred lately and is not in treatment yet: newest first."""
    rows = NEW(request.user, now - NEW_FOR)
    request.patients.update(row.patient_id for row in rows[:SHOWN])
    return {
        "rows": [{"episode": row, "came": moment(row.opened_at)} for row in rows[:SHOWN]],
        "more": len(rows) > SHOWN,
    }


ASSESSMENTS = PlannedAs(
    lambda user, now: (
        READS[ScheduledAssessment]
        .seen_by(user, CARE)
        .filter(duty__in=Duty.objects.owed_by(user).filter(due_at__lt=now))
        .select_related("patient", "facility", "schedule__instrument", "duty")
        .order_by("duty__due_at")[: SHOWN + 1]
    ),
    datetime,
)


def assessments(request, now):
    """What I am to ask of people and have not in time, by name or through a role: latest first, at each place."""
    rows = ASSESSMENTS(request.user, now)
    request.patients.update(row.patient_id for row in rows[:SHOWN])
    return {
        "rows": [
            {"asked": row, "clock": clock(row.duty.due_at, now), **where_it_is_asked(row)} for row in rows[:SHOWN]
        ],
        "more": len(rows) > SHOWN,
    }


# The rounds among them are on the round sheet.
OWED = PlannedAs(lambda user: _with_names(Duty.objects.owed_by(user).exclude(ladder__slug="round"), user))


def my_duties(request, now):
    """What I owe, by name or through a role: late first. A name only where I may open the record."""
    rows = OWED(request.user)
    request.patients.update(row.patient_id for row in rows[:SHOWN] if row.seen and row.patient_id)
    return {
        "rows": [{"duty": row, "clock": clock(row.due_at, now), "named": row.seen} for row in rows[:SHOWN]],
        "late": sum(row.due_at < now for row in rows[:SHOWN]),
        "more": len(rows) > SHOWN,
    }


def rounds(request, now):
    """How many rounds are late where I look after people, and when the next is due; nothing where none are made."""
    watched = Duty.objects.open().filter(
        ladder__slug="round", facility__in=request.user.places_as(CARE), suspended_at=None
    )
    found = watched.aggregate(all=Count("pk"), late=Count("pk", filter=Q(due_at__lt=now)), next=Min("due_at"))
    return {**found, "clock": clock(found["next"], now)} if found["all"] else None


def _to_call(user, now):
    calls = Duty.objects.open().filter(because_of=OuterRef("duty"), keeps_thread=True).order_by("pk")
    return (
        CallList.seen_by(user, FOLLOWS_UP)
        .filter(pk__in=CheckIn.objects.unanswered(now).values("pk"))
        .annotate(call=calls.values("pk")[:1])
        .select_related("patient", "plan__coach")
        .order_by("due_at")[: SHOWN + 1]
    )


TO_CALL = PlannedAs(_to_call, datetime)


def calls(request, now):
    """Whom to call now, and why: check-ins nobody answered in time."""
    rows = TO_CALL(request.user, now)
    request.patients.update(row.patient_id for row in rows[:SHOWN])
    return {
        "rows": [
            {"check_in": row, "tier": tier_in_words(row.plan), "clock": clock(row.due_at, now), "call": row.call}
            for row in rows[:SHOWN]
        ],
        "more": len(rows) > SHOWN,
    }


def load(request, now):
    """What each of those who call people at the places I oversee carries: beyond the limits in red."""
    rows = carried(request.user.places_as(OVERSEES), now)
    limits = settings.LOAD_LIMITS
    figures = [[(name, row[name], limit) for name, limit in limits.items()] for row in rows[:SHOWN]]
    return {"rows": [{"user": row["user"], "figures": told} for row, told in zip(rows, figures, strict=False)]}


INBOX = PlannedAs(
    lambda user: (
        Notice.objects.inbox(user)
        .annotate(
            seen=Exists(Duties.seen_by(user, OWE).filter(pk=OuterRef("duty"))),
            is_news=ExpressionWrapper(NEWS, BooleanField()),
        )
        .select_related("duty__ladder", "patient")
        .order_by("-is_news", "-made_at")[: SHOWN + 1]
    )
)


def inbox(request):
    """What I have been told: first what is not read and still owed, newest first."""
    rows = INBOX(request.user)
    request.patients.update(row.patient_id for row in rows[:SHOWN] if row.seen and row.patient_id)
    return {
        "rows": [{"notice": row, "made": moment(row.made_at), "named": row.seen} for row in rows[:SHOWN]],
        "unread": sum(row.is_news for row in rows[:SHOWN]),
        "more": len(rows) > SHOWN,
    }


def census(request):
    """Each unit: how its beds stand."""
    view = Census()
    view.request = request
    rows = view.get_queryset().select_related("facility").order_by("facility__name", "name")
    counted = [(unit, CensusSerializer(unit).data) for unit in rows]
    return [{**data, "unit": unit, "set_aside": data["kept"] + data["expected"]} for unit, data in counted]


def bed_board(request, context):
    """Every bed of my places, unit by unit: its state, and who is in it for those who may see them."""
    view = Board()
    view.request = request
    rows = list(view.get_queryset().order_by("unit__facility__name", "unit__name", "label"))
    request.patients.update(bed.patient_shown for bed in rows if bed.patient_shown)
    units, now = {}, timezone.now()
    for bed in rows:
        until = bed.kept_until or bed.blocked_until_at
        line_of_bed = {
            "bed": bed,
            "until": until and moment(until),
            "back": bed.expected_back and clock(bed.expected_back, now),
            "late": bed.expected_back is not None and bed.expected_back < now,
            "override": BedOverride(bed.stay_override).label if bed.stay_override else "",
            "whom": for_whom(bed),
        }
        units.setdefault(bed.unit, []).append(line_of_bed)
    lately = Bed.objects.filter(pk__in=[bed.pk for bed in rows]).taken_by_day(CENSUS_DAYS)
    census = line("Beds taken", [Point(*day) for day in lately], top=len(rows), as_steps=True) if rows else ""
    return {**context, "title": "Bed board", "units": units.items(), "plot": census}


def under_hours(request, context):
    """Who had fewer clinical hours in the last whole week than their level asks for: the fewest of it first."""
    view = UnderHours()
    view.request = request
    rows = view.under(view.get_queryset(), timezone.now()).select_related("patient", "program", "facility")
    rows = list(rows.order_by("facility__name", "program__name", "pk")[: MANY + 1])
    shown = with_week(rows[:MANY], view.now)
    request.patients.update(row.patient_id for row in shown)
    shown.sort(key=lambda row: row.week.hours / row.week.hours_from)
    return {**context, "title": "Clinical hours", "rows": shown, "more": len(rows) > MANY}


def is_starting(now):
    """Has this process just begun, so that the clock beside it need not have moved yet?"""
    return now - settings.STARTED_AT < settings.WARM_UP


def watchdog_in_words(now):
    """Whether the clock moves, in words; alarming when the last tick is too old."""
    found = watchdog(now)
    return {
        "ticking": found["ticking"],
        "starting": is_starting(now),
        "last_tick": moment(found["last_tick_at"]) if found["last_tick_at"] else "never",
        "oldest_due": moment(found["oldest_due_at"]) if found["oldest_due_at"] else "nothing waits",
        "oldest_unsent": moment(found["oldest_unsent_at"]) if found["oldest_unsent_at"] else "nothing waits",
    }


MAKES = {
    "assessments": assessments,
    "cosigning": cosigning,
    "overdue": overdue,
    "unsigned": unsigned,
    "sessions": sessions,
    "new": new,
    "calls": calls,
    "load": load,
}
