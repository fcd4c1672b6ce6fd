"""`make chaos`: 20,000 check-ins fall due while everything breaks; afterwards nobody may be lost or written to twice.

Sending takes three short transactions a message, so 400 of the 20,000 may be written to, and what they got is counted
at the stand-in for the provider, not in our tables. For the others the moment to ask is over when the clock comes
back (3 hours; they are due for 3½): each has the edge, marked as late by us, and no message, as the ladder says.

The moment of each fault is made certain: a worker is killed between claim and commit while a lock holds its one
statement, and between send and record while the provider has taken the message and not yet answered. The system's
clock is the database's; an hour forward and back is given to tick and send as their parameter `now`.
"""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import psutil
import psycopg

from config.database import DatabaseRefused, url_for
from local.parts import PartFailed
from local.sms_server import SmsServer
from local.stack import DATABASE, Stack, free_port

DUE, WRITTEN_TO, POISONED = 20_000, 400, 8
UNSURE = 4  # of each lie
WAVE = 40  # of those who may be written to, a fault
NUMBERS = 16_460_000_000
LATE = timedelta(hours=3, minutes=30)  # past the window of the rung that asks, before the one that asks again
PATIENCE = 100  # seconds; a lease runs out in 120, which is waited for beside everything else
TICKING = "wait_event_type = 'Lock' AND query LIKE '%WITH passed AS%' AND query NOT LIKE '%pg_stat_activity%'"


class Provider(SmsServer):
    """The stand-in, which can also take a message and not answer until it is let go."""

    def __init__(self):
        super().__init__()
        self.holding, self.let_go = threading.Event(), threading.Event()

    def take(self, account: str, posted: dict) -> dict:
        """Take it; hold the first one when told to."""
        kept = super().take(account, posted)
        if self.does == "hold" and not self.holding.is_set():
            self.holding.set()
            self.let_go.wait(60)
        return kept


class Broken(Stack):
    """Two workers and two beats on one database; texts go to the provider in this process."""

    def __init__(self, base: Path):
        super().__init__(base, port=free_port(18400), workers=2, beats=2)
        self.provider = Provider()
        self.provider.start()
        self.workers = [self.parts["worker"], self.parts["worker-2"]]

    def environment(self, role: str = "web") -> dict[str, str]:
        """With the provider that can be told what to do."""
        own = {"SMS_API_URL": self.provider.url, "DJANGO_SETTINGS_MODULE": "local.chaos_settings"}
        return {**super().environment(role), **own, "TICK_SECONDS": "1"}

    def fill(self) -> None:
        """Two places, and everybody with a check-in owed in two days."""
        os.environ.update(self.environment())
        import django

        django.setup()
        logging.disable(logging.INFO)  # every request of the provider's library is a dozen lines
        from local import crowd

        place, staff = crowd.a_place("Harbor House", sends=True)
        one = crowd.somebody(place, staff)
        self.mass = crowd.copies(one, DUE - WRITTEN_TO)
        two = crowd.somebody(place, staff, number="+12125550100")
        self.written_to = crowd.copies(two, WRITTEN_TO, numbers_from=NUMBERS)
        self.place, self.staff = place, staff

    def ask(self, sql: str, *params):
        """Rows, as `owner`, on a connection of its own: the server may have been killed meanwhile."""
        with psycopg.connect(url_for(self.postgres.url, "owner", DATABASE), autocommit=True) as link:
            cursor = link.execute(sql, params or None)
            return cursor.fetchall() if cursor.description else []

    def fall_due(self, duties: list, ago: timedelta = timedelta(seconds=1)) -> None:
        """The moment of these check-ins was so long ago."""
        from local import crowd

        with psycopg.connect(url_for(self.postgres.url, "owner", DATABASE)) as link:
            crowd.fall_due(link.cursor(), duties, ago)

    def work(self) -> None:
        """Both workers and one beat."""
        for part in (*self.workers, self.beat):
            part.start()

    def rest(self) -> None:
        """Nobody ticks and nobody sends."""
        for name in ("beat", "beat-2", "worker", "worker-2"):
            self.parts[name].kill()


class Chaos:
    """The faults, each on a wave of its own."""

    def __init__(self, stack: Broken):
        self.stack, self.provider = stack, stack.provider
        self.people, self.others = iter(stack.written_to), iter(stack.mass)
        self.passed = self.failed = 0
        self.gone = []  # duties whose worker was killed while the provider had their message

    # What a wave is, and when it is over.

    def wave(self, many=WAVE, others=0):
        """(those who may be written to, the rest)"""
        return [next(self.people) for _ in range(many)], [next(self.others) for _ in range(others)]

    def due(self, people, others=()):
        """They fall due: the rest long ago."""
        self.stack.fall_due(list(others), LATE)
        self.stack.fall_due(people)

    def moved(self, duties):
        """How many have passed the rung that asks."""
        return self.stack.ask(
            "SELECT count(DISTINCT duty_id) FROM duties_dutyevent WHERE kind = 'rung' AND duty_id = ANY(%s)", duties
        )[0][0]

    def states(self, duties):
        """{(state, reason): how many} of the messages to them."""
        rows = self.stack.ask(
            "SELECT state, state_reason, count(*) FROM duties_notice WHERE to_patient AND duty_id = ANY(%s)"
            " GROUP BY 1, 2",
            duties,
        )
        return Counter({(state, reason): count for state, reason, count in rows})

    def until(self, true, seconds=PATIENCE):
        """Seconds until it is true; None when it never was."""
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            with contextlib.suppress(psycopg.OperationalError):
                if true():
                    return time.monotonic() - began
            time.sleep(0.2)
        return None

    def recovered(self, people, others=(), *, unsure=0, seconds=PATIENCE):
        """Seconds until every clock has moved, and every message went but those that nobody can be sure of."""

        def done():
            went = self.states(people)[("sent", "")]
            return went >= len(people) - unsure and self.moved([*people, *others]) == len(people) + len(others)

        return self.until(done, seconds)

    def say(self, name, well, words):
        """One line."""
        self.passed, self.failed = self.passed + bool(well), self.failed + (not well)
        print(f"{'PASSED' if well else 'FAILED'} {name}: {words}", flush=True)

    def after(self, name, took, words="", well=True):
        """One line of a fault that is to be recovered from."""
        time_words = "it never recovered" if took is None else f"recovered in {took:.1f} s"
        self.say(name, took is not None and well, f"{time_words}{words and '; '}{words}")

    # The faults.

    def between_send_and_record(self):
        """The provider has the message, and the worker dies before it can write that down."""
        people, _ = self.wave()
        self.provider.does = "hold"
        self.due(people)
        if not self.provider.holding.wait(PATIENCE):
            return self.say("worker killed between send and record", False, "nothing was sent")
        sender = next((part for part in self.stack.workers if self._talks_to_provider(part)), None)
        if sender:
            sender.kill()
        self.killed_at, self.gone = time.monotonic(), people
        self.provider.does = "works"
        self.provider.let_go.set()
        took = self.recovered(people, unsure=1)
        if sender:
            sender.start()
        words = f"{len(people) - 1} others were sent by the other worker" if sender else "no worker held it"
        self.after("worker killed between send and record", took, words, bool(sender))

    def _talks_to_provider(self, part):
        process, port = part.process(), self.provider.server_port
        family = [process, *process.children(recursive=True)] if process else []
        return any(
            link.raddr and link.raddr.port == port and link.status == psutil.CONN_ESTABLISHED
            for one in family
            for link in one.net_connections("tcp")
        )

    def what_the_dead_worker_held(self):
        """Its lease has run out by now: nobody knows, it is not sent again, and somebody looks into it."""
        took = self.until(lambda: self.states(self.gone)[("unconfirmed", "unconfirmed")] == 1, 150)
        total = took and time.monotonic() - self.killed_at
        self.after("the message that the dead worker held", total, "counted as unconfirmed, and not sent again")

    def between_claim_and_commit(self):
        """A lock holds the clock's one statement; the worker dies; its claim must come back."""
        people, others = self.wave(others=5_000)
        self.stack.rest()
        seen, before = self._held(people, others, lambda: self.stack.workers[0].kill())
        self.stack.work()
        took = self.recovered(people, others)
        words = f"{seen} statements were held, {before} edges were left of them"
        self.after("worker killed between claim and commit", took, words, seen and before == 0)

    def _held(self, people, others, fault):
        """Do it while a lock holds a tick that has claimed these; (ticks held, edges they left)."""
        with psycopg.connect(url_for(self.stack.postgres.url, "owner", DATABASE)) as link:
            link.execute("LOCK TABLE duties_notice IN SHARE MODE")
            self.due(people, others)
            self.stack.workers[0].start()
            self.stack.beat.start()
            held = self._ticks_held
            seen = self.until(held) is not None and held()
            fault()
            with contextlib.suppress(psycopg.OperationalError):
                link.rollback()
        if self.stack.postgres.running():
            self.stack.beat.kill()
            self.until(lambda: not held())
            time.sleep(1)  # what was held ends now, and finds nobody to tell
            return seen, self.moved([*people, *others])
        return seen, 0

    def _ticks_held(self):
        """Asked as the administrator: nobody else sees what others run."""
        with psycopg.connect(self.stack.postgres.url) as link:
            return link.execute(f"SELECT count(*) FROM pg_stat_activity WHERE {TICKING}").fetchone()[0]

    def valkey_gone(self):
        """The broker dies with all it holds, while everybody is due."""
        people, others = self.wave(others=5_000)
        self.due(people, others)
        self.stack.valkey.kill()
        time.sleep(3)
        self.stack.valkey.start()
        self.after("Valkey killed with all it holds", self.recovered(people, others))

    def postgres_gone(self):
        """`stop -m immediate` in the middle of a tick."""
        people, others = self.wave(others=5_000)
        self.stack.rest()
        seen, _ = self._held(people, others, self._stop_immediately)
        from django.db import connections

        connections.close_all()
        self.stack.postgres.start()
        self.stack.work()
        took = self.recovered(people, others)
        self.after("PostgreSQL stopped at once", took, f"{seen} ticks were in the middle", bool(seen))

    def _stop_immediately(self):
        process = self.stack.postgres.process()
        process.send_signal(signal.SIGQUIT)
        psutil.wait_procs([process], timeout=20)
        self.until(lambda: not self.stack.postgres.running(), 20)

    def two_beats(self):
        """Everything is said twice."""
        people, others = self.wave()[0], list(self.others)
        self.stack.parts["beat-2"].start()
        self.due(people, others)
        took = self.recovered(people, others)
        self.stack.parts["beat-2"].kill()
        self.after("two beats", took)

    def provider_lies(self):
        """It hangs, answers 500, answers garbage: nobody knows, and nothing is sent again."""
        for does, name in LIES.items():
            self._provider_lies(does, name)

    def _provider_lies(self, does, name):
        people, _ = self.wave(13)
        unsure = people[:UNSURE]
        self.provider.does, self.provider.hangs = does, 4
        self.due(unsure)
        first = self.until(lambda: self.states(unsure)[("unconfirmed", "unconfirmed")] == UNSURE)
        self.provider.does = "works"
        self.due(people[UNSURE:])  # so that five in a row is not reached: that is a fault of its own
        took = self.recovered(people, unsure=UNSURE)
        self.after(f"provider that {name}", took, f"{UNSURE} unconfirmed, not sent again", first is not None)

    def provider_down(self):
        """It takes nothing from anybody: one incident, nothing fails, all of it goes afterwards."""
        people, _ = self.wave()
        self.provider.does = "503"
        self.due(people)
        down = "SELECT count(*) FROM messaging_gatewayincident WHERE ended_at IS NULL"

        def all_wait():
            """All are held back, none of them in a worker's hands."""
            now = self.states(people)
            return now[("waiting", "")] == 0 and {state for state, _ in now} == {"waiting"}

        shut = self.until(lambda: self.stack.ask(down)[0][0] and all_wait())
        open_ones, waiting = self.stack.ask(down)[0][0], self.states(people)
        well = shut is not None and open_ones == 1
        self.provider.does = "works"
        took = self.recovered(people, seconds=180)
        words = f"{open_ones} incident while it was down, {sum(waiting.values())} waited"
        self.after("provider that takes nothing", took, words, well)

    def clock_jumps(self):
        """An hour forward and back: no rung twice, none left out, nothing sent twice."""
        from django.utils import timezone

        from duties.actions import tick
        from messaging.actions import send

        people, _ = self.wave()
        self.stack.rest()
        self.stack.fall_due(people, -timedelta(minutes=30))
        now, hour = timezone.now(), timedelta(hours=1)
        tick(now + hour)
        half = send(now + hour, limit=WAVE // 2)
        back = tick(now - hour)
        send(now - hour)
        early = self.states(people)
        self.stack.work()
        tick(now + hour)
        send(now + hour, limit=WAVE * 4)
        took, made = self.recovered(people), sum(early.values())
        words = f"{half} handled in the hour ahead, {back} clocks moved in the hour back, {made} messages"
        self.after("clock an hour forward and back", took, words, back == 0 and made == len(people))

    def poison(self):
        """A text that cannot be written stops nobody else."""
        from django.utils import timezone

        from accounts.models import Role
        from messaging.models import Text

        people, _ = self.wave()
        bad, now, by = people[:POISONED], timezone.now(), self.stack.staff[Role.ADMIN]
        Text.objects.create(
            slug="check_in", channel="sms", language="es", facility=self.stack.place, edition=99, body="{nobody}",
            written_at=now, written_by=by, published_at=now, published_by=by,
        )  # fmt: skip
        self.stack.ask(
            "UPDATE patients_patient SET language = 'es' WHERE id IN"
            " (SELECT patient_id FROM duties_duty WHERE id = ANY(%s))",
            bad,
        )
        self.due(people)
        took = self.recovered(people, unsure=POISONED)
        found = self.states(bad)
        owned = self.owned(bad, "template")
        words = f"{POISONED} could not be written, {owned} of them are owed a look"
        self.after("poison template", took, words, found == {("failed", "template"): POISONED} and owned == POISONED)

    def three_days(self):
        """Nobody ticked for three days: every rung has its edge, a person hears at most once, staff hear of it."""
        people = list(self.people)
        self.stack.rest()
        self.stack.fall_due(people, timedelta(days=3))
        self.stack.work()
        took = self.until(lambda: self.moved(people) == len(people))
        incidents = self.stack.ask(
            "SELECT count(*) FROM duties_duty d JOIN duties_ladder l ON l.id = d.ladder_id"
            " WHERE l.slug = 'outage' AND d.closed_at IS NULL"
        )[0][0]
        calls = self.stack.ask(
            "SELECT count(DISTINCT because_of_id) FROM duties_duty WHERE because_of_id = ANY(%s)", people
        )[0][0]
        words = f"{calls} calls are owed, {incidents} incident is open"
        self.after("outage of three days", took, words, incidents == 1 and calls == len(people))

    def owned(self, duties, kind):
        """How many of the people of these duties are owed a look for this reason."""
        return self.stack.ask(OWNED, kind, duties)[0][0]

    # What must be true afterwards.

    def afterwards(self):
        """Asked of the database, and of the provider."""
        everybody = [*self.stack.mass, *self.stack.written_to]
        missing, edges = self.stack.ask(EDGES, everybody)[0]
        self.say("every rung passed has one edge", edges >= DUE and not missing, f"{edges:,} edges, {missing} wrong")
        lost, told, over = self.stack.ask(LOST, everybody)[0]
        words = f"{told:,} messages, {over:,} too late to ask as the ladder says, {lost} without either"
        self.say("nothing lost", lost == 0 and told + over == DUE, words)
        silent = self.stack.ask(SILENT, everybody)[0][0]
        self.say("no clock stands still", silent == 0, f"{silent} open duties are overdue for the clock")
        taken = Counter(message["to"] for message in self.provider.taken)
        twice = sum(count > 1 for count in taken.values())
        self.say("nothing sent twice", taken and not twice, f"{len(taken)} people were written to, {twice} twice")
        unsure = (
            self.stack.ask("SELECT array_agg(duty_id) FROM duties_notice WHERE to_patient AND state = 'unconfirmed'")[
                0
            ][0]
            or []
        )
        owned = self.owned(unsure, "unconfirmed")
        words = f"{len(unsure)} unconfirmed, {owned} owned by a duty"
        self.say("what is not known is owned", len(unsure) == 1 + UNSURE * len(LIES) and owned == len(unsure), words)
        self.stack.manage("check_promise", "--verbosity", "0")
        self.say("the promise", True, "every open episode has an open duty, and every duty somebody who hears of it")


LIES = {"hang": "hangs", "500": "answers 500", "garbage": "answers garbage"}
FIRST = "(SELECT min(position) FROM duties_rung r WHERE r.ladder_id = d.ladder_id AND r.\"offset\" >= interval '0')"
EDGES = f"""
SELECT count(*) FILTER (WHERE many <> passed OR many <> different OR many = 0), sum(many) FROM (
    SELECT d.next_rung + d.round - {FIRST} AS passed, count(e.id) AS many,
        count(DISTINCT (e.rung, e.round)) AS different
    FROM duties_duty d
    LEFT JOIN duties_dutyevent e ON e.duty_id = d.id AND e.kind = 'rung' AND e.climb = d.climb
    WHERE d.id = ANY(%s) GROUP BY d.id
) AS counted
"""
LOST = """
SELECT count(*) FILTER (WHERE NOT told AND NOT over), count(*) FILTER (WHERE told),
    count(*) FILTER (WHERE over AND NOT told)
FROM (
    SELECT EXISTS (SELECT FROM duties_notice n WHERE n.duty_id = d.id AND n.to_patient) AS told,
        EXISTS (SELECT FROM duties_dutyevent e WHERE e.duty_id = d.id AND e.kind = 'rung' AND e.late_by_us) AS over
    FROM duties_duty d WHERE d.id = ANY(%s)
) AS asked
"""
OWNED = """
SELECT count(*) FROM duties_duty d
JOIN duties_duty r ON r.once = 'message:' || d.patient_id || ':' || %s AND r.closed_at IS NULL
WHERE d.id = ANY(%s)
"""
SILENT = """
SELECT count(*) FROM duties_duty
WHERE id = ANY(%s) AND closed_at IS NULL AND next_action_at < now() - interval '1 minute'
"""


def main() -> int:
    """Break everything, one after the other; returns 0 only when all of it held."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    for name in ("DEMO_URL", "DEMO_PASSWORD"):
        os.environ.pop(name, None)  # of another system
    began = time.monotonic()
    base = Path(tempfile.mkdtemp(prefix="throughline-chaos-"))
    stack, chaos = Broken(base), None
    try:
        stack.prepare()
        chaos = Chaos(stack)
        took = time.monotonic() - began
        print(f"{DUE:,} check-ins, {WRITTEN_TO} of them may be asked by text; made in {took:.0f} s", flush=True)
        for fault in (
            chaos.clock_jumps,
            chaos.between_send_and_record,
            chaos.between_claim_and_commit,
            chaos.valkey_gone,
            chaos.postgres_gone,
            chaos.two_beats,
            chaos.provider_lies,
            chaos.poison,
            chaos.what_the_dead_worker_held,
            chaos.provider_down,
            chaos.three_days,
            chaos.afterwards,
        ):
            fault()
        print(f"All of it took {time.monotonic() - began:.0f} s.", flush=True)
        print(f"{chaos.passed} passed, {chaos.failed} failed", flush=True)
        return 1 if chaos.failed else 0
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130
    except (PartFailed, DatabaseRefused, psycopg.Error) as error:
        print(f"FAILED {str(error).strip()}")
        print(f"{chaos.passed if chaos else 0} passed, {(chaos.failed if chaos else 0) + 1} failed", flush=True)
        return 1
    finally:
        stack.remove()


def _interrupt(*_) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
