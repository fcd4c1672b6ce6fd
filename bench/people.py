"""Whom the bench asks about, as whom, and its clock. Everything here works on the database that `begin` was given."""

import os
import statistics
import time
from contextlib import contextmanager
from datetime import timedelta
from itertools import cycle, islice

import django


def begin(stack):
    """Become a process of this system, as the database role `web`."""
    os.environ.update(stack.environment())
    django.setup()
    from config.garbage import keep_what_is_loaded

    keep_what_is_loaded()


def _counselor():
    return _staff("counselor")


def _staff(role):
    """The first with this role; all of them are at the first place."""
    from accounts.models import User

    return User.objects.filter(memberships__role=role).order_by("username").first()


def place():
    """The counselor's place."""
    return _counselor().memberships.first().facility_id


def signed_in(port, role="counselor"):
    """(asks with a token, asks with a session) as somebody with this role."""
    from django.conf import settings
    from django.test import Client
    from knox.models import AuthToken

    from .run import Asked

    user = _staff(role)
    client = Client()
    client.force_login(user)
    token = AuthToken.objects.create(user)[1]
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    return Asked(port, Authorization=f"Token {token}"), Asked(port, Cookie=cookie)


def _seen(model):
    from accounts.models import CHART

    return model.objects.visible_to(_counselor(), CHART)


def deep_cursor():
    """A key after which four fifths of the counselor's people are passed."""
    from patients.models import Patient

    rows = _seen(Patient).order_by("pk")
    return rows.values_list("pk", flat=True)[rows.count() * 4 // 5]


def somebody():
    """Somebody in a bed."""
    from treatment.models import BedStay

    return _seen(BedStay).open().first().patient_id


def days_ago(days):
    """An instant, as an address takes it."""
    from django.utils import timezone

    return f"{timezone.now() - timedelta(days=days):%Y-%m-%dT%H:%M:%SZ}"


def _some(rows, many):
    keys = list(rows.order_by("pk").values_list("pk", flat=True)[:many])
    if not keys:
        raise SystemExit("The crowd has nobody to measure this on.")
    return list(islice(cycle(keys), many))


def treated(many):
    """Episodes in treatment."""
    from patients.models import Episode, Stage

    return _some(_seen(Episode).open().filter(stage=Stage.TREATMENT), many)


def session():
    """A session of an hour ago."""
    from django.utils import timezone

    now = timezone.now()
    return {
        "kind": "individual",
        "attendance": "attended",
        "started_at": (now - timedelta(hours=2)).isoformat(),
        "ended_at": (now - timedelta(hours=1)).isoformat(),
        "text": "Spoke about the week. Slept better; wants to see a doctor about the bladder.",
    }


def drafts(many):
    """Notes just drafted."""
    from treatment.models import SessionNote

    rows = SessionNote.objects.drafts().written_by(_counselor()).exclude(text="")
    return list(rows.order_by("-pk").values_list("pk", flat=True)[:many])


def to_admit(many):
    """Episodes whose intake is done."""
    from patients.models import Episode, Stage

    ready = _seen(Episode).open().filter(stage=Stage.INTAKE, intakes__admission_duty__closed_at=None)
    ready = ready.exclude(intakes__admission_duty=None).exclude(cleared_at=None)
    return list(ready.order_by("pk").values_list("pk", flat=True)[:many])


def outpatient():
    """A program without beds."""
    from treatment.models import Program

    return str(Program.objects.get(facility=place(), needs_bed=False).pk)


# Duties of a place about nobody, due long after everything else: what an idle clock must not look through.
FILL = """
    INSERT INTO duties_duty (id, version, facility_id, ladder_id, keeps_thread, once, note, owner_role, opened_at,
        opened_by_id, due_at, anchor_at, anchor_offset, next_rung, round, climb, next_action_at, clock_set_at,
        outcome, close_reason)
    SELECT uuidv7(), 1, d.facility_id, (SELECT id FROM duties_ladder WHERE slug = 'outage' LIMIT 1), false, '', '',
        'supervisor', now(), d.opened_by_id, now() + interval '400 days', now() + interval '400 days', interval '0',
        0, 0, 0, now() + interval '400 days' + n * interval '1 second', now(), '', ''
    FROM (SELECT facility_id, opened_by_id FROM duties_duty LIMIT 1) d, generate_series(1, %s) n
"""


RUNGS = """
    SELECT ladder_id, "offset", repeat, clock, row_number() OVER (PARTITION BY ladder_id ORDER BY position) AS number
    FROM duties_rung
"""
# Whose next rung counts every hour: each passes one, at whatever hour it is measured.
COUNTING = f"""
    SELECT duty.id FROM duties_duty duty
    JOIN ({RUNGS}) rung ON rung.ladder_id = duty.ladder_id AND rung.number = duty.next_rung + 1
    WHERE duty.closed_at IS NULL AND rung.clock = 'elapsed' ORDER BY duty.id LIMIT %s
"""
# The rung that is next was reached ten seconds ago.
FALL_DUE = f"""
    UPDATE duties_duty duty SET next_action_at = moment, acknowledged_at = NULL, acknowledged_by_id = NULL,
        suspended_at = NULL, suspended_by_id = NULL,
        anchor_at = moment - (rung.offset - duty.anchor_offset) - duty.round * coalesce(rung.repeat, interval '0')
    FROM ({RUNGS}) rung, (SELECT now() - interval '10 seconds' AS moment) ago
    WHERE rung.ladder_id = duty.ladder_id AND rung.number = duty.next_rung + 1 AND duty.id = ANY(%s)
"""
ROUNDS = 5  # of ticks, each beside the floor of the same second


@contextmanager
def reference(raw, folder):
    """The tables of the floor, while it is measured."""
    raw.execute((folder / "reference.sql").read_text())
    try:
        raw.execute("VACUUM ANALYZE reference.edge, reference.notice")
        yield
    finally:
        raw.execute("DROP SCHEMA reference CASCADE")


def floor(raw, folder, keys):
    """Duties a second in raw SQL, of these: what a tick must at least move, and nothing of what it decides."""
    raw.execute("UPDATE reference.duty SET next_action_at = now() - interval '10 seconds' WHERE id = ANY(%s)", [keys])
    raw.execute("VACUUM ANALYZE reference.duty")
    batch, moved = (folder / "reference_tick.sql").read_text(), 0
    began = time.perf_counter()
    while count := raw.execute(batch).rowcount:
        moved += count
    return moved / (time.perf_counter() - began)


def clock(stack, folder, duties, due, size):
    """Duties a second beside the floor in raw SQL, and what a tick costs among `duties` when nothing is due."""
    import psycopg

    from config import database
    from duties import actions
    from duties.models import Duty
    from local.stack import DATABASE

    from .run import figure

    owner = database.url_for(stack.postgres.url, "owner", DATABASE)
    least, rates = [], []
    with psycopg.connect(owner, autocommit=True) as raw:
        actions.tick()
        keys = [key for (key,) in raw.execute(COUNTING, [due])]
        with reference(raw, folder):
            for _ in range(ROUNDS):
                least.append(floor(raw, folder, keys))
                raw.execute(FALL_DUE, [keys])
                raw.execute("VACUUM ANALYZE duties_duty")
                began = time.perf_counter()
                moved = actions.tick()
                rates.append(moved / (time.perf_counter() - began))
        rate, least = statistics.median(rates), statistics.median(least)
        figure(f"tick, {moved:,} due, {size}", rate, "duties/s", least, 0.5, more=True)
        raw.execute(FILL, [max(0, duties - Duty.objects.open().count())])
        raw.execute("VACUUM ANALYZE duties_duty")
    actions.tick()
    idle = []
    for _ in range(100):
        began = time.perf_counter()
        actions.tick()
        idle.append(1000 * (time.perf_counter() - began))
    count = Duty.objects.open().count()
    figure(f"idle tick, {count:,} open duties, {size}", sorted(idle)[len(idle) // 2], "ms", None, 5)
