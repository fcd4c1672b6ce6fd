"""`make fuzz`: Schemathesis sends every operation of the API what it should and should not take, all checks on.

The system is a throw-away one with a row of every noun in it (local.fuzz_rows). The user holds every role there, so
that nothing is refused before it is looked at, and most of the keys sent are of rows that fit (local.fuzz_checks).

All operations take the better part of an hour, so `make test-all` takes one share a day (`--share today/15`): after
fifteen days each has had its examples. The seed is the day as well, and the line it begins with repeats it. What the
minutes did not suffice for is named, and is neither passed nor failed; the seed also says in which order they are
taken, so that it is not always the same ones.

Two processes beside each other, each with its half: two threads in one share a core, and trip over each other in
Python's own parser now and then. Over HTTP and not inside one process: answering takes two thirds of the time either
way, and gunicorn's part is looked at as well. Schemathesis's --max-time is not used: it cuts every operation short
without saying so.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import random
import re
import shlex
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg

from config.database import DatabaseRefused
from local.api import Api, Staff
from local.fuzz_rows import EVERYBODY
from local.parts import PartFailed
from local.stack import PROJECT, Stack, free_port

# Signing out, and being signed out by somebody, ends every request that follows; tests of their own ask these.
ENDS = re.compile(r"/logout/|/memberships/{id}/end/|/users/{id}/leave/")
# The description gives no example. What follows one answer from another is for tests/journeys.
PHASES = ("coverage", "fuzzing")
PROCESSES = 2


def main() -> int:
    """Run it; returns 0 when no answer was a 5xx and every answer was declared."""
    today = datetime.datetime.now(datetime.UTC).date()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=200, help="per operation (default: 200)")
    parser.add_argument("--minutes", type=float, default=600, help="at most, of asking (default: 600)")
    parser.add_argument("--only", default="", help="operations such as `POST /api/v1/beds/` that match this")
    parser.add_argument("--share", default="1/1", help="of the operations: `3/15`, or `today/15` (default: all)")
    parser.add_argument("--seed", type=int, default=int(f"{today:%Y%m%d}"), help="(default: the day)")
    asked = parser.parse_args()
    heed_signals()
    os.environ.setdefault("TICK_SECONDS", "5")
    os.environ["LOGIN_RATE"] = "100000/min"
    # It is we who answer, not gunicorn; and it ends no worker that a busy machine keeps from answering.
    os.environ["GUNICORN_CMD_ARGS"] = "--limit-request-line 0 --timeout 120"
    base = Path(tempfile.mkdtemp(prefix="throughline-fuzz-"))
    stack = Peopled(base, port=free_port(18400))
    try:
        print("Starting a system of its own ...", flush=True)
        stack.start()
        api = Api(stack.url)
        everybody = api.sign_in(EVERYBODY, stack.environment()["DEMO_PASSWORD"])
        passed, failed = fuzz(stack, api, everybody, asked, today.toordinal())
        print(f"{passed} passed, {failed} failed", flush=True)
        return int(bool(failed))
    except (PartFailed, DatabaseRefused, psycopg.Error) as error:
        print(f"{str(error).strip()}\n0 passed, 1 failed", flush=True)
        return 1
    finally:
        stack.remove()


class Peopled(Stack):
    """A system with a row of every noun in it."""

    def fill(self) -> None:
        """As the tests make them."""
        self.rows("fill")

    def rows(self, *arguments: str, **options) -> str:
        """Run local.fuzz_rows on this system; returns what it printed."""
        command = [sys.executable, "-m", "local.fuzz_rows", *arguments]
        options |= {"cwd": PROJECT, "env": self.environment(), "stdout": subprocess.PIPE, "text": True}
        done = subprocess.run(command, **options)
        if done.returncode:
            raise PartFailed(f"`python -m local.fuzz_rows {shlex.join(arguments)}` failed; see above.")
        return done.stdout


def fuzz(stack: Peopled, api: Api, everybody: Staff, asked, day: int = 0) -> tuple[int, int]:
    """How many operations passed and failed; those that were not reached are named and are neither."""
    base = stack.base
    described = api.ask("GET", "/api/v1/schema/?format=json", token=everybody.token)
    schema, paths = base / "schema.json", described["paths"]
    described["paths"] = dict(random.Random(asked.seed).sample(sorted(paths.items()), len(paths)))
    schema.write_text(json.dumps(described))  # once for both: it takes seconds
    operations = [f"{method.upper()} {path}" for path, methods in sorted(paths.items()) for method in sorted(methods)]
    excluded = [name for name in operations if ENDS.search(name)]
    operations = [name for name in operations if name not in excluded and re.search(asked.only, name)]
    share = asked.share.replace("today", str(day % int(asked.share.split("/")[1]) + 1))
    operations = share_of(operations, share)
    again = f"--share {share} --seed {asked.seed} --examples {asked.examples}"
    again += f" --only '{asked.only}'" if asked.only else ""
    print(f'{len(operations)} operations; again: make fuzz ARGS="{again}"', flush=True)
    rows = base / "rows.json"
    rows.write_text(stack.rows("keys", str(asked.seed), input="\n".join(operations)))
    halves = [half for n in range(PROCESSES) if (half := operations[n::PROCESSES])]
    deadline = time.monotonic() + asked.minutes * 60
    runs = [_Run(api, base / str(n), everybody, schema, rows, half, asked) for n, half in enumerate(halves)]
    try:
        for run in runs:
            run.wait(deadline)
        for run in runs:
            run.end()
    finally:
        for run in runs:
            run.process.kill()
    return report(operations, excluded, runs)


def share_of(operations: list[str], share: str) -> list[str]:
    """Of `3/20`, every twentieth from the third on."""
    which, of = map(int, share.split("/"))
    return operations[which - 1 :: of]


def judged(operations: list[str], sent: dict[str, dict]) -> tuple[list[str], list[str], list[str]]:
    """Which of them passed, which failed, and which were not reached in every phase."""
    failed = sorted(name for name, one in sent.items() if one["failed"])  # also what is of no one operation
    rest = [name for name in operations if name not in failed]
    passed = [name for name in rest if name in sent and set(PHASES) <= set(sent[name]["phases"])]
    return passed, failed, [name for name in rest if name not in passed]


def done(answers: dict[str, int]) -> bool:
    """Whether it was done once at least: answered with a 2xx."""
    return any(answer.startswith("2") for answer in answers)


def mostly(answers: dict[str, int]) -> str:
    """The answers that came most often."""
    often = sorted(answers, key=answers.get, reverse=True)[:4]
    return ", ".join(f"{answers[answer]} × {answer}" for answer in often)


class _Run:
    """One process of Schemathesis on some of the operations."""

    def __init__(
        self, api: Api, folder: Path, everybody: Staff, schema: Path, rows: Path, operations: list[str], asked
    ):
        folder.mkdir()
        self.time_is_up = False
        self.said, self.tally = folder / "said", folder / "tally.json"
        config = folder / "schemathesis.toml"
        headers = f"headers = {{ Authorization = {json.dumps('Token ' + everybody.token)} }}\n"
        # In the order that the schema has.
        order = "".join(f'[phases.{phase}]\noperation-ordering = "none"\n' for phase in PHASES)
        config.write_text(headers + order)
        command = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(config), "run", str(schema)]
        command += ["--url", f"http://{api.host}:{api.port}"]
        # All of them; two are replaced by our own, which know what a schema cannot say (fuzz_checks).
        command += ["--checks", "all", "--exclude-checks", "positive_data_acceptance,negative_data_rejection"]
        command += ["--phases", ",".join(PHASES), "--max-examples", str(asked.examples), "--seed", str(asked.seed)]
        command += ["--continue-on-failure", "--no-color", "--workers", "1", "--generation-database", "none"]
        # A busy machine is no fault, nor is a server that was ended from outside: one that ends by what it is sent
        # ends by it twice.
        command += ["--request-timeout", "60", "--request-retries", "1", "--suppress-health-check", "too_slow"]
        for name in operations:
            command += ["--include-name", name]
        hooks = {"SCHEMATHESIS_HOOKS": "local.fuzz_checks", "PYTHONPATH": str(PROJECT)}
        hooks |= {"FUZZ_ROWS": str(rows), "FUZZ_TALLY": str(self.tally)}
        with self.said.open("wb") as said:
            self.process = subprocess.Popen(
                command,
                cwd=folder,
                env={**os.environ, **hooks},
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
            )

    def wait(self, deadline: float) -> None:
        """Until it is done; when time is up, ask it to stop where it is."""
        try:
            self.process.wait(max(0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.time_is_up = True
            self.process.send_signal(signal.SIGINT)

    def end(self) -> None:
        """Until it has ended, by force when a minute is not enough: what it has done is written down by then."""
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def sent(self) -> dict[str, dict]:
        """What it sent to each operation."""
        return json.loads(self.tally.read_text()) if self.tally.exists() else {}


def report(operations: list[str], excluded: list[str], runs: list[_Run]) -> tuple[int, int]:
    """Say what was found and what was not looked at."""
    sent = {name: one for run in runs for name, one in run.sent().items()}
    passed, failed, missed = judged(operations, sent)
    requests = sum(one["sent"] for one in sent.values())
    for run in runs:
        broken = is_broken(run.process.returncode, run.time_is_up) or not requests
        if broken or any(one["failed"] for one in run.sent().values()):
            print(run.said.read_text(errors="replace"), flush=True)
        if broken and not failed:
            failed = ["Schemathesis itself"]
    if not operations:
        failed = ["no operation is called that"]
    looked_at = [name for name in operations if name in sent]
    refused = [name for name in looked_at if not done(sent[name]["answers"])]
    print(f"{requests:,} requests. {len(looked_at) - len(refused)} of {len(looked_at)} operations were done: a 2xx.")
    for names, what in (
        (failed, "failed"),
        (missed, "were not reached in the time"),
        (excluded, "are left out, because they sign the user out"),
        (
            [f"{name}: {mostly(sent[name]['answers'])}" for name in refused],
            "never answered with a 2xx, so that only their refusals were looked at; mostly these",
        ),
    ):
        if names:
            print("\n  ".join((f"{len(names)} {what}:", *names)))
    return len(passed), len(failed)


def is_broken(status: int, time_is_up: bool) -> bool:
    """Did Schemathesis end otherwise than it should? Told to stop, it may end with anything, by force as well."""
    return status != 0 and not time_is_up


def heed_signals() -> None:
    """End on each of these; so does what is started from here."""
    # What is begun in the background ignores SIGINT, and so would Schemathesis, which is told by it that time is up.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)


def _interrupt(number: int, _frame: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
