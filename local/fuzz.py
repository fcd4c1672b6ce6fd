"""`make fuzz`: Schemathesis sends every operation of the API what it should and should not take, all checks on.

The system is a throw-away one with the practice clinic in it. The user holds every role there, so that nothing
is refused before it is looked at, and half of the addresses are of rows that exist.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg

from config.database import DatabaseRefused
from local.api import Api, Staff
from local.demo import CLINIC
from local.parts import PartFailed
from local.stack import PROJECT, Stack, free_port

ROLES = ("intake", "nurse", "prescriber", "counselor", "supervisor", "technician", "aftercare", "privacy", "admin")
# Signing out, and being signed out by somebody, ends every request that follows; they have a run of their own.
ENDS = r"/(logout|leave|end)/$"


def main() -> int:
    """Run it; returns 0 when no answer was a 5xx and every answer was declared."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=200, help="per operation (default: 200)")
    parser.add_argument("--minutes", type=int, default=18, help="at most (default: 18)")
    parser.add_argument("--only", default="", help="addresses that match this expression")
    asked = parser.parse_args()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    os.environ.setdefault("TICK_SECONDS", "5")
    os.environ["LOGIN_RATE"] = "100000/min"
    os.environ["GUNICORN_CMD_ARGS"] = "--limit-request-line 0"  # so that it is we who answer, not gunicorn
    base = Path(tempfile.mkdtemp(prefix="throughline-fuzz-"))
    stack = Stack(base, port=free_port(18400))
    try:
        print("Starting a system of its own ...", flush=True)
        stack.start()
        api = Api(stack.url)
        password = stack.environment()["DEMO_PASSWORD"]
        everybody = _everybody(api, password)
        rows = _rows(api, everybody)
        failed = _run(stack, base, everybody.token, rows, asked)
        print(f"{1 - failed} passed, {failed} failed", flush=True)
        return failed
    except (PartFailed, DatabaseRefused, psycopg.Error) as error:
        print(f"{str(error).strip()}\n0 passed, 1 failed", flush=True)
        return 1
    finally:
        stack.remove()


def _everybody(api: Api, password: str) -> Staff:
    """A supervisor who holds every other role at the practice clinic as well."""
    admin = api.sign_in("admin", password)
    clinic = next(place["id"] for place in admin.rows("facilities") if place["name"] == CLINIC)
    supervisor = api.sign_in("supervisor", password)
    me = supervisor.get("me/")
    for role in set(ROLES) - {one["role"] for one in me["memberships"]}:
        admin.do("memberships", user=me["id"], facility=clinic, role=role)
    return supervisor


def _rows(api: Api, everybody: Staff) -> dict[str, list[str]]:
    """{address: keys of rows that exist} of every noun."""
    schema = api.ask("GET", "/api/v1/schema/?format=json", token=everybody.token)
    found = {}
    for path in schema["paths"]:
        if path.endswith("/{id}/"):
            noun = path.removeprefix("/api/v1/").removesuffix("/{id}/")
            page = everybody.get(f"{noun}/?limit=20")
            found[path] = [row["id"] for row in page["results"]]
    return found


def _run(stack: Stack, base: Path, token: str, rows: dict, asked) -> int:
    """Schemathesis; 1 when it found something."""
    file = base / "schemathesis.toml"
    file.write_text(_config(stack, token, rows))
    command = ["schemathesis", "--config-file", str(file), "run", f"{stack.url}/api/v1/schema/"]
    # All of them; two are replaced by our own, which know what a schema cannot say (fuzz_checks).
    command += [
        "--checks",
        "all",
        "--exclude-checks",
        "positive_data_acceptance,negative_data_rejection",
        "--max-examples",
        str(asked.examples),
        "--workers",
        "2",
    ]
    command += ["--phases", "examples,coverage,fuzzing", "--continue-on-failure", "--no-color"]
    command += ["--max-time", str(asked.minutes * 60), "--exclude-path-regex", ENDS]
    if asked.only:
        command += ["--include-path-regex", asked.only]
    hooks = {"SCHEMATHESIS_HOOKS": "local.fuzz_checks", "PYTHONPATH": str(PROJECT)}
    command = [sys.executable, "-m", "schemathesis.cli", *command[1:]]
    done = subprocess.run(command, cwd=base, env={**os.environ, **hooks}, stdin=subprocess.DEVNULL)
    return int(done.returncode != 0)


def _config(stack: Stack, token: str, rows: dict) -> str:
    """Who asks, and which rows exist."""
    lines = [f"headers = {{ Authorization = {json.dumps('Token ' + token)} }}", ""]
    for path, keys in rows.items():
        if keys:
            key = random.choice(keys)
            lines += ["[[operations]]", f"include-path-regex = {json.dumps('^' + path[:-5])}"]
            lines += [f'parameters = {{ "path.id" = {json.dumps(key)} }}', ""]
    return "\n".join(lines)


def _interrupt(number: int, _frame: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
