"""`make demo-kill`: kill each part of a throw-away system in the middle of the demo; every road must still end."""

from __future__ import annotations

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

from config.database import DatabaseRefused
from local.demo import WAITING
from local.parts import PartFailed
from local.stack import PROJECT, Stack

# Which part is killed, and at which line of the demo: in the clock's hands, or between two verbs.
VICTIMS = {
    "worker": WAITING,
    "beat": WAITING,
    "web": "completes",
    "valkey": WAITING,
    "postgres": WAITING,
}
AWAY = 4  # seconds a part stays dead
EACH, WHOLE = 90, 360  # seconds


def main() -> int:
    """Kill one part after the other; returns 0 only when every demo ended well."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    began = time.monotonic()
    base = Path(tempfile.mkdtemp(prefix="throughline-kill-"))
    stack = Stack(base, port=18000)
    os.environ.setdefault("TICK_SECONDS", "1")
    for name in ("DEMO_URL", "DEMO_PASSWORD"):
        os.environ.pop(name, None)  # of another system
    passed = failed = 0
    try:
        print("Starting a system of its own ...", flush=True)
        stack.start()
        for name, moment in VICTIMS.items():
            left = WHOLE - (time.monotonic() - began)
            if _survives(stack, name, moment, min(EACH, left)):
                passed += 1
            else:
                failed += 1
        print(f"{passed} passed, {failed} failed", flush=True)
        return 1 if failed else 0
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130
    except (PartFailed, DatabaseRefused, psycopg.Error) as error:
        print(str(error).strip(), file=sys.stderr)
        print(f"{passed} passed, {failed + 1} failed", flush=True)
        return 1
    finally:
        stack.remove()


def _survives(stack: Stack, name: str, moment: str, seconds: float) -> bool:
    """Run the demo, kill this part when the demo says `moment`, start it again; tell how it ended."""
    began, away, said = time.monotonic(), 0.0, []
    part = stack.parts[name]
    with _demo(stack, seconds) as demo:
        for line in demo.stdout:
            said.append(line)
            if moment in line and not away:
                gone = time.monotonic()
                part.kill()
                time.sleep(AWAY)
                part.start()
                away = time.monotonic() - gone
        status = demo.wait()
    took = time.monotonic() - began
    if away and status == 0:
        print(f"  ✓ {name:9} killed, away for {away:.0f} s; every road still ended, after {took:.0f} s", flush=True)
        return True
    why = f"the demo ended with status {status}" if away else f"the demo never came to “{moment}”"
    print(f"  ✗ {name:9} {why}, after {took:.0f} s. It said:\n{''.join(said)}", flush=True)
    print("".join(_last_words(stack)), file=sys.stderr, flush=True)
    return False


@contextlib.contextmanager
def _demo(stack: Stack, seconds: float):
    """The demo as a process of its own, ended by force when it takes longer."""
    process = subprocess.Popen(
        [sys.executable, "-m", "local.demo"],
        cwd=PROJECT,
        env=stack.environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    timer = threading.Timer(max(seconds, 0), process.kill)
    timer.start()
    try:
        yield process
    finally:
        timer.cancel()
        process.kill()
        process.wait()
        process.stdout.close()


def _last_words(stack: Stack):
    """The end of every part's log."""
    for name, part in stack.parts.items():
        with contextlib.suppress(OSError):
            lines = part.log.read_text(errors="replace").splitlines(keepends=True)[-15:]
            yield f"--- {name}{'' if part.running() else ' (not running)'}\n{''.join(lines)}"


def _interrupt(*_) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
