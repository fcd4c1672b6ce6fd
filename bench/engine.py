"""The engine with 1,000,000 duties of plans: 200,000 check-ins due in one minute, ticked and sent by one and two
processes; beside them, on the same broker, one delayed task a check-in.

The million are duties of the plans of 1,000 people, with every trigger and foreign key on. Each process is a process
of its own that begins when it is told: `python -m bench.engine tick|send BEGIN`.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from local.stack import DATABASE, PROJECT, Stack, free_port

PEOPLE, DUTIES, DUE, ALONE, TASKS = 1_000, 1_000_000, 200_000, 50_000, 50_000
SECONDS = 20  # of sending
FEW = 8_000  # messages that wait in a busy hour: more than three workers send in the seconds of two measures
FOLLOWED = 200  # check-ins that are over at once, and plans that a new edition moves

FILL = """
    INSERT INTO duties_duty (id, version, facility_id, patient_id, episode_id, ladder_id, keeps_thread, once, note,
        owner_role, opened_at, opened_by_id, due_at, anchor_at, anchor_offset, next_rung, round, climb,
        next_action_at, clock_set_at, outcome, close_reason)
    SELECT uuidv7(), 1, d.facility_id, d.patient_id, d.episode_id, d.ladder_id, d.keeps_thread, '', '',
        d.owner_role, d.opened_at, d.opened_by_id, at, at, interval '0', d.next_rung, 0, 0, at, d.clock_set_at, '', ''
    FROM duties_duty d, generate_series(1, %s) n, LATERAL (SELECT now() + n * interval '1 hour' AS at) AS moment
    WHERE d.id = ANY(%s)
"""
ARE_OVER = """
    UPDATE aftercare_checkin SET due_at = now() - interval '8 days', over_at = now() - interval '1 second'
    WHERE id IN (SELECT id FROM aftercare_checkin WHERE closed_at IS NULL LIMIT %s)
"""
NOT_DUE = "SELECT id FROM duties_duty WHERE next_action_at > now() + interval '1 hour' LIMIT %s"
FALL_DUE = f"""
    UPDATE duties_duty SET due_at = now(), anchor_at = now(), next_action_at = now() - interval '1 second'
    WHERE id IN ({NOT_DUE})
"""


class Engine(Stack):
    """Both servers, the people, and nobody who works."""

    def __init__(self, base: Path):
        super().__init__(base, port=free_port(18600))
        from local.sms_server import SmsServer

        self.provider = SmsServer()
        self.provider.start()

    def environment(self, role: str = "web") -> dict[str, str]:
        """Texts go to this process."""
        return {**super().environment(role), "SMS_API_URL": self.provider.url}

    def fill(self) -> None:
        """A thousand people who may be written to, and a million duties of theirs."""
        os.environ.update(self.environment())
        import django

        django.setup()
        from local import crowd

        place, staff = crowd.a_place("Harbor House", sends=True)
        one = crowd.somebody(place, staff, number="+12125550101")
        owed = crowd.copies(one, PEOPLE, numbers_from=16_460_000_000)
        with self.owner() as raw:
            crowd.fall_due(raw.cursor(), owed, -timedelta(days=40))
            raw.execute(FILL, [DUTIES // PEOPLE, owed])
            raw.execute("VACUUM ANALYZE")

    def owner(self):
        """A connection as `owner`."""
        import psycopg

        from config import database

        return psycopg.connect(database.url_for(self.postgres.url, "owner", DATABASE), autocommit=True)

    def at_once(self, what: str, many: int) -> tuple[int, float]:
        """(done, seconds) of so many processes that begin at the same moment."""
        command = [sys.executable, "-m", "bench.engine", what]
        workers = [
            subprocess.Popen(
                command,
                cwd=PROJECT,
                env=self.environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            for _ in range(many)
        ]
        for worker in workers:
            worker.stdout.readline()  # it is ready
        begin = time.time()
        for worker in workers:
            worker.stdin.write("go\n")
            worker.stdin.flush()
        ended = [json.loads(worker.communicate()[0]) for worker in workers]
        return sum(one["done"] for one in ended), max(one["ended"] for one in ended) - begin


def measure(folder: Path) -> None:
    """Every line, on a system of its own."""
    base = Path(tempfile.mkdtemp(prefix="throughline-engine-"))
    stack = Engine(base)
    try:
        stack.prepare()
        _ticks(stack, folder)
        _sends(stack)
        _plans(stack)
        _naive(stack)
    finally:
        stack.stop()
        shutil.rmtree(stack.postgres.folder, ignore_errors=True)
        shutil.rmtree(base, ignore_errors=True)


def _ticks(stack, folder):
    from bench.people import floor, reference
    from bench.run import figure

    with stack.owner() as raw:
        with reference(raw, folder):
            least = floor(raw, folder, [key for (key,) in raw.execute(NOT_DUE, [ALONE])])
        raw.execute(FALL_DUE, [ALONE])
        raw.execute("VACUUM ANALYZE duties_duty")
    done, seconds = stack.at_once("tick", 1)
    alone = done / seconds
    figure(f"tick, 1 worker, {done:,} due of {DUTIES:,}", alone, "duties/s", least, 0.5, more=True)
    figure("tick, 1 worker", alone, "duties/s", None, 10_000, more=True)
    with stack.owner() as raw:
        raw.execute(FALL_DUE, [DUE])
        raw.execute("VACUUM ANALYZE duties_duty")
    done, seconds = stack.at_once("tick", 2)
    each = done / seconds / 2
    figure(f"tick, each of 2 workers, {done:,} due of {DUTIES:,}", each, "duties/s", least, 0.5, more=True)
    figure("tick, each of 2 workers", each, "duties/s", None, 10_000, more=True)
    figure(f"{done:,} due in one minute, drained by 2 workers", seconds, "s", None, 60)


def _sends(stack):
    from bench.run import figure

    with stack.owner() as raw:
        waiting = raw.execute("SELECT count(*) FROM duties_notice WHERE state = 'waiting'").fetchone()[0]
    for workers in (1, 2):
        done, seconds = stack.at_once("send", workers)
        name = f"send, each of {workers} workers, {waiting:,} waiting"
        figure(name, done / seconds / workers, "messages/s", None, 0, more=True)
    with stack.owner() as raw:
        raw.execute(
            "UPDATE duties_notice SET state = 'canceled', state_reason = 'bench' WHERE state = 'waiting'"
            " AND id NOT IN (SELECT id FROM duties_notice WHERE state = 'waiting' LIMIT %s)",
            [FEW],
        )
        raw.execute("VACUUM ANALYZE duties_notice")
    for workers in (1, 2):
        done, seconds = stack.at_once("send", workers)
        name = f"send, each of {workers} workers, {FEW:,} waiting"
        figure(name, done / seconds / workers, "messages/s", None, 0, more=True)


def _plans(stack):
    """What the beat does to plans, in one process: closes what is over and makes the next; moves to a new edition."""
    from accounts.models import User
    from aftercare.actions import check_ins, schedules
    from aftercare.models import AftercarePlan
    from bench.run import figure

    with stack.owner() as raw:
        raw.execute(ARE_OVER, [FOLLOWED])
    began = time.perf_counter()
    done = check_ins.turn()
    rate = done / (time.perf_counter() - began)
    figure(f"turn, {done:,} check-ins over, of {PEOPLE:,} plans", rate, "check-ins/s", None, 0, more=True)
    system, plan = User.objects.system(), AftercarePlan.objects.select_related("schedule", "facility").first()
    schedules.publish(schedules.draft(plan.schedule, facility=plan.facility, by=system), by=system)
    began = time.perf_counter()
    done = schedules.renew_plans(most=FOLLOWED)
    rate = done / (time.perf_counter() - began)
    figure(f"renew_plans, {done:,} moved to a new edition, of {PEOPLE:,} plans", rate, "plans/s", None, 0, more=True)


def _naive(stack):
    """One delayed task a check-in: how fast, how big, and what is left when the broker dies."""
    import redis
    from django.conf import settings

    from bench.run import figure
    from config.celery import app

    broker = redis.Redis.from_url(stack.valkey.url)
    queue = f"{settings.BROKER_PREFIX}naive"
    before, began = broker.info("memory")["used_memory"], time.perf_counter()
    with app.producer_or_acquire() as producer:
        for number in range(TASKS):
            app.send_task(
                "bench.ask", [str(number)], countdown=86_400, queue="naive", producer=producer, ignore_result=True
            )
    rate = TASKS / (time.perf_counter() - began)
    held, memory = broker.llen(queue), broker.info("memory")["used_memory"] - before
    figure("naive: delayed tasks queued", rate, "tasks/s", None, 0, more=True)
    figure(f"naive: broker memory for {DUTIES:,} plans", memory / TASKS * DUTIES / 1e6, "MB", None, 0, more=True)
    kept = _open_duties(stack)
    stack.valkey.kill()
    stack.valkey.start()
    lost = held - redis.Redis.from_url(stack.valkey.url).llen(queue)
    figure(f"naive: check-ins that a broker's death loses, of {held:,}", lost, "check-ins", None, 0, more=True)
    lost = kept - _open_duties(stack)
    figure(f"ours: duties that a broker's death loses, of {kept:,}", lost, "duties", None, 0)


def _open_duties(stack):
    with stack.owner() as raw:
        return raw.execute("SELECT count(*) FROM duties_duty WHERE closed_at IS NULL").fetchone()[0]


def work(what: str) -> None:
    """One process: wait until told, work, and say how much and until when."""
    import logging

    import django

    django.setup()
    logging.disable(logging.INFO)
    from django.db import connection

    from config.garbage import keep_what_is_loaded
    from duties.actions import tick
    from messaging.actions import send

    connection.ensure_connection()
    keep_what_is_loaded()
    print("ready", flush=True)
    sys.stdin.readline()
    begin, done = time.time(), 0
    if what == "tick":
        while moved := tick():
            done += moved
    else:
        while (left := begin + SECONDS - time.time()) > 0 and (sent := send(limit=50, seconds=left)):
            done += sent
    print(json.dumps({"done": done, "ended": time.time()}))


if __name__ == "__main__":
    work(sys.argv[1])
