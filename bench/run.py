"""`make bench`: one JSON line a figure, at 10,000 and 100,000 people; ARGS="--people 10000" for a quick look.

Each target is asked in turn with its baseline, so that both meet the same noise. Audit and history are on. Nothing
leaves this machine, and what was started is stopped and removed, also on Ctrl-C.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from local.stack import DATABASE, DjangoPart, Stack, free_port

HERE = Path(__file__).parent
READS, PAGES, WRITES, ADMISSIONS = 200, 100, 100, 40  # a p95 of fewer is the two or three slowest
WARM = 12  # a statement is planned once a worker and prepared when it comes back: the first few calls are slow
DUTIES, DUE = 1_000_000, 20_000
missed = []  # the figures that do not meet their goals


class Crowd(Stack):
    """Two gunicorn workers beside two bare ones, and a crowd instead of the small clinic."""

    def __init__(self, base: Path, people: int):
        super().__init__(base, port=free_port(18500))
        self.people = people
        self.bare = Bare(self)

    def fill(self) -> None:
        """Everybody at once; the goal is for 100,000."""
        began = time.monotonic()
        self.manage("seed_demo", "--people", str(self.people), "--verbosity", "0")
        figure(f"seeding {self.people:,} people", time.monotonic() - began, "s", None, 300)
        began = time.monotonic()
        self.manage("seed_work", "--verbosity", "0")
        figure(f"seeding the work of years with {self.people:,} people", time.monotonic() - began, "s", None, 600)
        self.settle()

    def settle(self) -> None:
        """What autovacuum and a checkpoint do within minutes of much being written; measured is the time after it."""
        import psycopg

        with psycopg.connect(self.postgres.url, dbname=DATABASE, autocommit=True) as raw:
            raw.execute("VACUUM ANALYZE")
            raw.execute("CHECKPOINT")  # and the files of the log are there to be used again

    def begin(self) -> None:
        """Servers, people, and both web servers; no clock, which would be measured along."""
        self.prepare()
        self.web.start()
        self.bare.start()

    def stop(self) -> None:
        """All of them."""
        self.bare.stop()
        super().stop()


class Bare(DjangoPart):
    """The same server with bench.bare_settings."""

    name = "bare"

    @property
    def port(self) -> int:
        """Beside the real one."""
        return self.stack.port + 50

    def arguments(self) -> list[str]:
        """As the real one."""
        place = f"127.0.0.1:{self.port}"
        return ["gunicorn", "config.wsgi", "--bind", place, "--workers", "2", "--no-control-socket"]

    def options(self) -> dict:
        """With the bare settings."""
        own = super().options()
        return {**own, "env": {**own["env"], "DJANGO_SETTINGS_MODULE": "bench.bare_settings"}}


class Asked:
    """Asks a server as somebody who is signed in, and measures in milliseconds."""

    def __init__(self, port: int, **headers: str):
        self.port, self.headers = port, headers

    def __call__(self, method: str, path: str, body: dict | None = None) -> tuple[float, int, bytes]:
        """(milliseconds, status, answer) of one request on a connection of its own."""
        headers = {**self.headers, **({"Content-Type": "application/json"} if body is not None else {})}
        began = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, json.dumps(body) if body is not None else None, headers)
        answer = connection.getresponse()
        content = answer.read()
        took = 1000 * (time.perf_counter() - began)
        connection.close()
        return took, answer.status, content


def compare(name, goal, target, bare, times=READS, warm=WARM):
    """Asks both in turn; prints p50 and p95, returns the ratio of the medians. `target` may be a list of calls."""
    calls = target if isinstance(target, list) else [target] * (times + warm)
    took, based = [], []
    for number, call in enumerate(calls):
        (base, *bared), (own, *answered) = bare(), call()
        for status, content in (bared, answered):
            if status >= 300:
                raise SystemExit(f"{name}: answered {status}: {content[:300]!r}")
        if number >= warm:
            took.append(own)
            based.append(base)
    for part, at in (("p50", 50), ("p95", 95)):
        own, base = (statistics.quantiles(all, n=100)[at - 1] for all in (took, based))
        figure(f"{name} {part}", own, "ms", base, goal)
    return statistics.median(took) / statistics.median(based)


def figure(name, value, unit, baseline, goal, more=False):
    """One line. `goal` is the ratio not to pass, or with `more` the ratio to reach."""
    ratio = value / baseline if baseline else None
    measured = value if ratio is None else ratio
    holds = measured >= goal if more else measured <= goal
    line = {
        "name": name,
        "value": round(value, 2),
        "unit": unit,
        "baseline": round(baseline, 2) if baseline else None,
        "ratio": round(ratio, 2) if ratio else None,
        "goal": goal,
        "holds": holds,
    }
    print(json.dumps(line), flush=True)
    if not holds:
        missed.append(name)


def measure(stack: Crowd) -> dict[str, float]:
    """Every figure at this size; the ratios of those that are bound by an index."""
    from bench import people

    people.begin(stack)
    web, admin = people.signed_in(stack.port)
    bare_web, bare_admin = people.signed_in(stack.bare.port)
    place, size = people.place(), f"{stack.people:,} people"

    def bare():
        return bare_web("GET", f"/bare/{place}/")

    def page():
        return bare_admin("GET", f"/page/{place}/")

    def get(path, asks=web):
        return lambda: asks("GET", path)

    grows = {}
    deep, somebody = people.deep_cursor(), people.somebody()
    for name, goal, path in (
        ("list of 20 people, first page", 2.5, "/api/v1/patients/?limit=20"),
        ("list of 20 people, deep page", 2.5, f"/api/v1/patients/?limit=20&cursor={deep}"),
        ("one person as they stand", 2.3, f"/api/v1/patients/{somebody}/standing/"),
        ("census now", 3, "/api/v1/census/"),
        ("census of 90 days ago", 3, f"/api/v1/census/?at={people.days_ago(90)}"),
    ):
        grows[name] = compare(f"{name}, {size}", goal, get(path), bare)
    grows["search"] = compare(f"search, {size}", 3, get("/api/v1/patients/?q=hugo+meyer"), bare)
    compare(f"person page, {size}", 3, get(f"/admin/patients/patient/{somebody}/change/", admin), page, PAGES)
    compare(f"Today, {size}", 3, get("/admin/", admin), page, PAGES)

    from bench import treatment

    grows |= treatment.measure(stack, compare, bare, page, size)

    def post(path, body):
        return lambda: web("POST", path, body)

    logged = [post(f"/api/v1/episodes/{one}/log-session/", people.session()) for one in people.treated(WRITES + WARM)]
    compare(f"log a session, {size}", 5, logged, bare)
    signed = [post(f"/api/v1/session-notes/{one}/sign/", {}) for one in people.drafts(WRITES + WARM)]
    compare(f"sign, {size}", 5, signed, bare)
    program = people.outpatient()
    intake = people.signed_in(stack.port, "intake")[0]
    admitted = [
        lambda one=one: intake("POST", f"/api/v1/episodes/{one}/admit/", {"program": program})
        for one in people.to_admit(ADMISSIONS + WARM)
    ]
    compare(f"admit, {size}", 5, admitted, bare)
    people.clock(stack, HERE, DUTIES, DUE, size)
    return grows


def main() -> int:
    """Start, fill, measure, stop; for each size."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--people", type=int, action="append", help="a size; 10,000 and 100,000 unless given")
    parser.add_argument("--engine", action="store_true", help="the engine alone, with a million duties")
    asked = parser.parse_args()
    if asked.engine:
        from bench import engine

        engine.measure(HERE)
        return 1 if missed else 0
    sizes = asked.people or [10_000, 100_000]
    found = []
    for number, size in enumerate(sizes):
        if number + 1 < len(sizes):  # Django knows one database a process: every size but the last has its own
            found.append(_beside(size))
            continue
        base = Path(tempfile.mkdtemp(prefix="throughline-"))
        stack = Crowd(base, size)
        try:
            stack.begin()
            found.append(measure(stack))
        finally:
            stack.stop()
            shutil.rmtree(base, ignore_errors=True)
    if os.environ.get("BENCH_RATIOS"):
        Path(os.environ["BENCH_RATIOS"]).write_text(json.dumps(found[-1]))
    for name in found[0] if len(found) > 1 else ():
        figure(f"growth of {name}, {sizes[0]:,} to {sizes[-1]:,}", found[-1][name], "times bare", found[0][name], 1.2)
    if not asked.people and subprocess.run([sys.executable, "-m", "bench.run", "--engine"]).returncode:
        missed.append("the engine")
    return 1 if missed else 0


def _beside(size: int) -> dict[str, float]:
    """The ratios of one size, measured by a process of its own."""
    with tempfile.NamedTemporaryFile(suffix=".json") as kept:
        command = [sys.executable, "-m", "bench.run", "--people", str(size)]
        status = subprocess.run(command, env={**os.environ, "BENCH_RATIOS": kept.name}).returncode
        if status:
            missed.append(f"{size:,} people")
        return json.loads(Path(kept.name).read_text())


if __name__ == "__main__":
    from bench import run  # as the others know it: what misses its goal is kept in one place

    sys.exit(run.main())
