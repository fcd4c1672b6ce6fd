"""`make bench`: how fast is it? One line of JSON a figure, beside what the least could do in the same minute.

A throw-away system is filled for each size, measured through gunicorn with two workers and everything on, and
removed. ARGS="--people 10000" is the quick one.
"""

import argparse
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg

from bench import clock
from bench.client import Client, Failed, following
from config import database
from local.parts import PartFailed, private_folder
from local.stack import DATABASE, PROJECT, Stack, free_port

DEEP = 40  # pages
GROWTH = 1.2
IDLE = 0.005
BOUND = ("list_first", "list_deep", "person", "search")  # index-bound: more people must cost nothing


class Measured(Stack):
    """The real system, with the bare views beside the real ones."""

    def environment(self, role="web"):
        """As anywhere, but with the bench's routes, and as many log-ins as it takes."""
        own = {"DJANGO_SETTINGS_MODULE": "bench.settings", "LOGIN_RATE": "1000/min", "LOG_LEVEL": "WARNING"}
        return {**super().environment(role), **own}

    def fill(self, people):
        """Start the servers and the web, with a crowd in the database; returns the seconds of filling."""
        self.claim()
        for name in ("mail", "static"):
            private_folder(self.base / name)
        self.postgres.start()
        self.valkey.start()
        database.create_roles(self.postgres.url)
        database.create_database(self.postgres.url, DATABASE)
        self.manage("migrate", "--verbosity", "0", role="owner")
        began = time.monotonic()
        self.manage("seed_demo", "--people", str(people), capture=True)
        took = time.monotonic() - began
        with psycopg.connect(database.url_for(self.postgres.url, "owner", DATABASE), autocommit=True) as link:
            link.execute("VACUUM ANALYZE")
        self.port = free_port(18400)
        self.web.start()
        return took


def figures(stack, people, rounds):
    """{name: (goal, what is measured, its seconds, the baseline's seconds)}, all interleaved."""
    password = stack.environment()["DEMO_PASSWORD"]
    staff = {role: Client(stack.port, f"{role}-01", password) for role in ("counselor", "intake")}
    user = staff["counselor"]
    bare, frame = lambda: user.get("/bare/"), lambda: user.page("/bare/page/")
    path, keys = "/api/v1/patients/?limit=20", []
    for _ in range(DEEP):
        deep, answer = path, user.ask("GET", path)[1]
        keys += [row["id"] for row in answer["results"]]
        path = following(answer)
        if path is None:
            break
    name = user.ask("GET", f"/api/v1/patients/{keys[-1]}/")[1]["preferred_name"]
    turn = iter(range(10**9))

    def person():
        key = keys[next(turn) % len(keys)]
        rest = ("episodes/?limit=1&", "placements/?limit=1&", "bed-stays/?limit=1&", "duties/?limit=1&open=true&")
        parts = [user.get(f"/api/v1/patients/{key}/")]
        return sum(parts + [user.get(f"/api/v1/{part}patient={key}") for part in rest])

    reads = {
        "list_first": (2.5, lambda: user.get("/api/v1/patients/?limit=20"), bare),
        "list_deep": (2.5, lambda: user.get(deep), bare),
        "person": (2.3, person, bare),
        "search": (3, lambda: user.get(f"/api/v1/patients/?q={name.split()[0]}"), bare),
        "admin_person": (
            3,
            lambda: user.page(f"/admin/patients/patient/{keys[next(turn) % len(keys)]}/change/"),
            frame,
        ),
        "admin_today": (3, lambda: user.page("/admin/"), frame),
        **{f"verb_{name}": (5, act, bare) for name, act in _verbs(stack, staff).items()},
    }
    taken = {one: ([], []) for one in reads}
    for number in range(rounds + 3):
        for one, (_, act, baseline) in reads.items():
            try:
                pair = act(), baseline()
            except (StopIteration, Failed) as trouble:
                if not isinstance(trouble, StopIteration) and number == 0:
                    print(f"{one}: {trouble}", file=sys.stderr)
                continue
            if number >= 3:  # the first ones warm the workers
                for times, seconds in zip(taken[one], pair, strict=True):
                    times.append(seconds)
    return {one: (reads[one][0], *times) for one, times in taken.items()}


def _verbs(stack, staff):
    """What is done to somebody once and cannot be done to them again."""
    with psycopg.connect(database.url_for(stack.postgres.url, "owner", DATABASE)) as link:
        place = link.execute(
            "SELECT facility_id FROM accounts_membership m JOIN accounts_user u ON u.id = m.user_id"
            " WHERE u.username = 'counselor-01' LIMIT 1"
        ).fetchone()[0]
        treated = link.execute(
            "SELECT e.id FROM patients_episode e JOIN treatment_placement p ON p.episode_id = e.id"
            " WHERE e.stage = 'treatment' AND p.facility_id = %s AND p.ended_at IS NULL",
            [place],
        ).fetchall()
        waiting = link.execute(
            "SELECT e.id FROM patients_episode e JOIN treatment_intake i ON i.episode_id = e.id"
            " WHERE e.stage = 'intake' AND e.cleared_at IS NOT NULL AND i.completed_at IS NOT NULL"
            " AND i.facility_id = %s",
            [place],
        ).fetchall()
        program = link.execute(
            "SELECT p.id FROM treatment_program p WHERE p.facility_id = %s AND p.setting = 'outpatient'", [place]
        ).fetchone()
    treated, waiting, notes = iter(treated), iter(waiting), []
    user = staff["counselor"]

    def log_session():
        at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - 3600))
        end = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - 60))
        body = {
            "kind": "individual",
            "started_at": at,
            "ended_at": end,
            "attendance": "attended",
            "text": "We talked.",
        }
        took, session = user.ask("POST", f"/api/v1/episodes/{next(treated)[0]}/log-session/", body)
        notes.extend(user.ask("GET", f"/api/v1/session-notes/?session={session['id']}")[1]["results"])
        return took

    def sign():
        if not notes:
            raise StopIteration
        return user.ask("POST", f"/api/v1/session-notes/{notes.pop()['id']}/sign/", {})[0]

    def admit():
        body = {"program": str(program[0])}
        return staff["intake"].ask("POST", f"/api/v1/episodes/{next(waiting)[0]}/admit/", body)[0]

    return {"log_session": log_session, "sign": sign, "admit": admit}


def main():
    """Returns 0 when everything was measured and every goal holds."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--people", type=int, nargs="+", default=[10_000, 100_000])
    asked.add_argument("--rounds", type=int, default=60)
    asked.add_argument("--duties", type=int, default=1_000_000, help="open duties around an idle tick")
    asked = asked.parse_args()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    well, before = True, {}
    for people in asked.people:
        found = measure(people, asked)
        for line in lines(found, people, before):
            well = well and line["holds"] is not False
            print(json.dumps(line), flush=True)
        before = before or found["reads"]
    return 0 if well else 1


def measure(people, asked):
    """Every figure of a system of this size."""
    base = Path(tempfile.mkdtemp(prefix="throughline-bench-"))
    stack = Measured(base)
    try:
        filled = stack.fill(people)
        reads = figures(stack, people, asked.rounds)
        done = subprocess.run(
            [sys.executable, "-m", "bench.clock", str(asked.duties)],
            cwd=PROJECT, env={**stack.environment(), "DJANGO_SETTINGS_MODULE": "config.settings"},
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        if done.returncode:
            raise PartFailed("The clock could not be measured; see above.")
        ticked = json.loads(done.stdout.splitlines()[-1])
        rate = clock.reference(database.url_for(stack.postgres.url, "owner", DATABASE))
        return {"filled": filled, "reads": reads, "clock": ticked, "reference": rate}
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # nothing may disturb the cleaning up
        stack.stop()
        shutil.rmtree(stack.postgres.folder, ignore_errors=True)
        shutil.rmtree(base, ignore_errors=True)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _interrupt)


def lines(found, people, before):
    """One object a figure."""
    for name, (goal, times, baseline) in found["reads"].items():
        for mark in (50, 95):
            if len(times) < 5:
                yield figure(f"{name}_p{mark}_{people}", None, "ms", None, None, goal, False)
                continue
            value, bare = _at(times, mark), _at(baseline, mark)
            yield figure(f"{name}_p{mark}_{people}", value * 1000, "ms", bare * 1000, value / bare, goal)
        if name in BOUND and name in before and times and before[name][1]:
            # Beside the baseline of its own minute, so that a noisy neighbor is no growth.
            then, now = ((_at(a, 50) / _at(b, 50)) for _, a, b in (before[name], found["reads"][name]))
            yield figure(f"growth_{name}_{people}", now, "x bare", then, now / then, GROWTH)
    ticked = found["clock"]
    rate, raw = ticked["rate"], found["reference"]
    yield figure(f"tick_{people}", rate, "duties/s", raw, rate / raw, 0.5, rate / raw >= 0.5)
    for mark in (50, 95):
        value = ticked[f"idle_p{mark}"]
        yield figure(f"idle_tick_p{mark}_{ticked['open']}", value * 1000, "ms", IDLE * 1000, value / IDLE, 1)
    yield figure(f"seed_{people}", found["filled"], "s", 300, found["filled"] / 300, 1)


def figure(name, value, unit, baseline, ratio, goal, holds=None):
    """A figure as it is printed; it holds when the ratio is within the goal, unless told otherwise."""
    short = {key: number and round(number, 3) for key, number in (("value", value), ("baseline", baseline))}
    ratio = ratio and round(ratio, 2)
    holds = ratio <= goal if holds is None else holds
    return {"name": name, "value": short["value"], "unit": unit, "baseline": short["baseline"], "ratio": ratio,
            "goal": goal, "holds": holds}  # fmt: skip


def _at(times, mark):
    return statistics.quantiles(times, n=100, method="inclusive")[mark - 1]


def _interrupt(number, _frame):
    raise KeyboardInterrupt


if __name__ == "__main__":
    os.chdir(PROJECT)
    try:
        sys.exit(main())
    except (PartFailed, Failed, database.DatabaseRefused, psycopg.Error) as error:
        sys.exit(str(error).strip())
    except KeyboardInterrupt:
        sys.exit(130)
