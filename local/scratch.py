"""Run a command against servers that exist only for it: `python -m local.scratch COMMAND …`.

The command finds an administrator's DATABASE_URL, a REDIS_URL and all secrets in its environment. Those that
are already set are left alone, and no server is started in their place.
"""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
import threading

from local.parts import PartFailed
from local.servers import throw_away_servers
from local.stack import a_counseling_key


def main(command: list[str]) -> int:
    """Run the command; returns its exit status."""
    made = {"SECRET_KEY": secrets.token_urlsafe(48), "COUNSELING_KEYS": a_counseling_key()}
    environment = {**made, **os.environ}
    signal.signal(signal.SIGTERM, _exit)
    signal.signal(signal.SIGHUP, _exit)
    needed = {"DATABASE_URL", "REDIS_URL"} - {key for key, value in environment.items() if value}
    if not needed:
        return _run(command, environment)
    with throw_away_servers(postgres="DATABASE_URL" in needed, valkey="REDIS_URL" in needed) as servers:
        if servers.postgres:
            environment["DATABASE_URL"] = servers.postgres.url
        if servers.valkey:
            environment["REDIS_URL"] = servers.valkey.url
        return _run(command, environment)


def _run(command: list[str], environment: dict[str, str]) -> int:
    """Run it, and on Ctrl-C let it end by itself: the terminal has already told it."""
    child = subprocess.Popen(command, env=environment)
    timers = []

    def end(number: int, _frame: object) -> None:
        # A terminal's Ctrl-C has reached it as well; if it was meant for us alone, it hears of it now.
        wait = 3 if number == signal.SIGINT else 0
        for seconds, told in ((wait, signal.SIGINT), (15, signal.SIGTERM), (20, signal.SIGKILL)):
            timers.append(threading.Timer(seconds, child.send_signal, [told]))
            timers[-1].start()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, end)
    try:
        status = child.wait()
    finally:
        for timer in timers:
            timer.cancel()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # nothing may disturb the cleaning up
    return status if status >= 0 else 128 - status


def _exit(number: int, _frame: object) -> None:
    sys.exit(128 + number)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except PartFailed as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
