"""`make rehearse`: what docker-compose.yml runs, as plain processes: two web, three workers, two beats, one database.

One of each is killed in the middle of the demo and stays dead. Every road must still end, nothing may be sent
twice, and no promise may be broken.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psycopg

from config.database import DatabaseRefused, url_for
from local.demo import WAITING
from local.parts import PartFailed
from local.stack import DATABASE, PROJECT, Stack, free_port

KILLED = ("web-2", "worker-3", "beat-2")
SECONDS = 150
# What must be empty afterwards.
TWICE = """
    SELECT notice_id::text FROM messaging_attempt
    WHERE to_user_id IS NULL AND result IN ('accepted', 'unknown') GROUP BY notice_id HAVING count(*) > 1
"""


class Turnstile(threading.Thread):
    """A proxy for one machine: each connection goes to the next web process that can be reached."""

    def __init__(self, port: int, places: list[int]):
        super().__init__(daemon=True)
        self.port, self.places, self.turn = port, places, 0
        self.loop = asyncio.new_event_loop()

    def run(self) -> None:
        """Serve until the process ends."""
        self.loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", self.port))
        self.loop.run_forever()

    async def _serve(self, reader, writer) -> None:
        for _ in self.places:
            self.turn = (self.turn + 1) % len(self.places)
            with contextlib.suppress(OSError):
                behind = await asyncio.open_connection("127.0.0.1", self.places[self.turn])
                await asyncio.gather(self._carry(reader, behind[1]), self._carry(behind[0], writer))
                return
        writer.close()

    async def _carry(self, reader, writer) -> None:
        with contextlib.suppress(OSError):
            while part := await reader.read(65536):
                writer.write(part)
                await writer.drain()
        writer.close()


def main() -> int:
    """Walk every road with one of each part dead; returns 0 only when all is well."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    os.environ.setdefault("TICK_SECONDS", "1")
    base = Path(tempfile.mkdtemp(prefix="throughline-rehearse-"))
    stack = Stack(base, port=free_port(18200), webs=2, workers=3, beats=2)
    passed, failed = 0, 0
    try:
        print("Starting two web, three workers and two beats on one database ...", flush=True)
        stack.start()
        for sentence, well in _checks(stack):
            print(f"  {'✓' if well else '✗'} {sentence}", flush=True)
            passed, failed = passed + bool(well), failed + (not well)
        print(f"{passed} passed, {failed} failed", flush=True)
        return 1 if failed else 0
    except (PartFailed, DatabaseRefused, psycopg.Error) as error:
        print(f"{str(error).strip()}\n{passed} passed, {failed + 1} failed", flush=True)
        return 1
    finally:
        stack.remove()


def _checks(stack: Stack):
    """(sentence, whether it holds), one after the other."""
    turnstile = Turnstile(free_port(18300), [part.port for name, part in stack.parts.items() if "web" in name])
    turnstile.start()
    status, dead = _demo(stack, turnstile.port)
    yield f"killed for good, mid-road: {', '.join(dead)}", set(dead) == set(KILLED)
    yield "every road still ended", status == 0
    with psycopg.connect(url_for(stack.postgres.url, "owner", DATABASE)) as link:
        twice = link.execute(TWICE).fetchall()
        written = link.execute("SELECT count(*) FROM messaging_attempt WHERE to_user_id IS NULL").fetchone()[0]
        ticks = link.execute(
            "SELECT now() - at < interval '30 seconds' FROM duties_pulse WHERE name = 'tick'"
        ).fetchone()
    yield (
        f"of {written} messages to people in care none was sent twice{': ' + str(twice) if twice else ''}",
        written and not twice,
    )
    yield "the clock still runs", bool(ticks and ticks[0])


def _demo(stack: Stack, port: int) -> tuple[int, list[str]]:
    """The demo through the turnstile; one of each part is killed while it waits for the clock."""
    dead = []
    process = subprocess.Popen(
        [sys.executable, "-m", "local.demo"],
        cwd=PROJECT,
        env={**stack.environment(), "DEMO_URL": f"http://127.0.0.1:{port}"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    timer = threading.Timer(SECONDS, process.kill)
    timer.start()
    said, began = [], time.monotonic()
    try:
        for line in process.stdout:
            said.append(line)
            if WAITING in line and not dead:
                for name in KILLED:
                    stack.parts[name].kill()
                    dead.append(name)
        status = process.wait()
    finally:
        timer.cancel()
        process.kill()
    if status:
        print(f"The demo ended with {status} after {time.monotonic() - began:.0f} s. It said:\n{''.join(said)}")
    return status, dead


def _interrupt(number: int, _frame: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
