"""The clock's figures, one JSON object on the last line: `python -m bench.clock DUTIES` in the system's environment.

It changes what it measures: the last thing done to a system that is thrown away.
"""

import json
import os
import statistics
import sys
import time
from datetime import timedelta
from pathlib import Path

import django

HERE = Path(__file__).parent
MOST = 10_000
FILL = """
    INSERT INTO duties_duty (id, version, facility_id, ladder_id, keeps_thread, once, note, owner_role, opened_at,
        opened_by_id, due_at, anchor_at, anchor_offset, next_rung, round, climb, next_action_at, clock_set_at,
        outcome, close_reason)
    SELECT uuidv7(), 1, d.facility_id, (SELECT id FROM duties_ladder WHERE slug = 'outage' LIMIT 1), false, '', '',
        'supervisor', now(), d.opened_by_id, now() + interval '400 days', now() + interval '400 days', interval '0',
        0, 0, 0, now() + interval '400 days' + n * interval '1 second', now(), '', ''
    FROM (SELECT facility_id, opened_by_id FROM duties_duty LIMIT 1) d, generate_series(1, %s) n
"""


def main(wanted):
    """Seconds of an idle tick among as many open duties as wanted, and duties a second of ours and the reference."""
    from django.db import connection
    from django.utils import timezone

    from duties import actions
    from duties.models import Duty

    actions.tick()
    with connection.cursor() as cursor:
        missing = max(0, wanted - Duty.objects.open().count())
        if missing:
            cursor.execute(FILL, [missing])
        cursor.execute("ANALYZE duties_duty")
    actions.tick()
    idle = sorted(_timed(actions.tick)[0] for _ in range(100))
    soon, moved, took = timezone.now(), 0, 0.0
    while moved < MOST and soon < timezone.now() + timedelta(days=60):
        soon += timedelta(hours=6)
        seconds, count = _timed(lambda: actions.tick(soon, most=MOST - moved))  # noqa: B023
        moved, took = moved + count, took + (seconds if count else 0)
    return {
        "open": max(wanted, Duty.objects.open().count()),
        "idle_p50": statistics.median(idle),
        "idle_p95": idle[94],
        "moved": moved,
        "rate": moved / took if took else 0,
    }


def reference(url):
    """Duties a second of the reference, as the database's owner."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as link:
        link.execute((HERE / "reference.sql").read_text())
        statement = (HERE / "reference_tick.sql").read_text()
        began, moved = time.perf_counter(), 0
        while count := link.execute(statement).rowcount:
            moved += count
        took = time.perf_counter() - began
        link.execute("DROP SCHEMA reference CASCADE")
    return moved / took


def _timed(act):
    began = time.perf_counter()
    result = act()
    return time.perf_counter() - began, result


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    print(json.dumps(main(int(sys.argv[1]))))
