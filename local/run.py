"""`make run`: start the whole system, say where it is, and stop it cleanly on Ctrl-C."""

from __future__ import annotations

import json
import os
import shlex
import signal
import sys
import threading
import time

import psycopg
from honcho.manager import Manager

from config.database import DatabaseRefused
from local.parts import PartFailed
from local.stack import PROJECT, DjangoPart, Stack, free_port

BASE = PROJECT / ".local"


def main() -> int:
    """Run until told to stop; returns the exit status."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    port = os.environ.get("PORT") or "8000"
    if not port.isdecimal():
        print(f"PORT must be a number, not {port!r}.", file=sys.stderr)
        return 1
    stack = None
    try:
        stack = Stack(BASE, port=int(port))
        stack.claim()
        print("Starting PostgreSQL and Valkey, and bringing the database up to date ...", flush=True)
        stack.prepare()
        logins = stack.manage("demo_logins", capture=True)
        wanted, stack.port = stack.port, free_port(stack.port)
        if stack.port != wanted:
            print(f"Port {wanted} is taken by another program; using {stack.port}.")
        return _loop(stack, logins)
    except KeyboardInterrupt:
        return 0
    except (PartFailed, DatabaseRefused, psycopg.Error) as error:
        print(str(error).strip(), file=sys.stderr)
        return 1
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # nothing may disturb the cleaning up
        if stack and stack.mine:
            stack.stop()
            (BASE / "run.json").unlink(missing_ok=True)


def _loop(stack: Stack, logins: str) -> int:
    """Run web, worker and beat together until a signal comes or one of them ends."""
    manager = Manager()
    for part in (stack.sms, stack.web, stack.worker, stack.beat):
        manager.add_process(part.name, _shell(part), **part.options())
    signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
    done = threading.Event()
    watcher = threading.Thread(target=_watch, args=(stack, logins, done), daemon=True)
    watcher.start()
    try:
        manager.loop()
    finally:
        done.set()
    told = manager.returncode in (130, 143)
    print("Stopping PostgreSQL and Valkey ..." if told else "One part has ended, so all were stopped.")
    return 0 if told else 1


def _shell(part: DjangoPart) -> str:
    """The part's command for honcho's shell, which leaves its process id where Part looks for it."""
    part.pid_file.unlink(missing_ok=True)
    return f"umask 077; echo $$ > {shlex.quote(str(part.pid_file))}; exec {shlex.join(part.command())}"


def _watch(stack: Stack, logins: str, done: threading.Event) -> None:
    """Say where the system is as soon as it answers; stop everything when a server is gone."""
    while not done.is_set() and not stack.web.ready():
        time.sleep(0.2)
    if done.is_set():
        return
    _write(stack)
    print(
        f"\nThroughline is running. Ctrl-C stops it; the data stays in {stack.postgres.folder}.\n\n"
        f"  Admin     {stack.url}/admin/\n"
        f"  API       {stack.url}/api/v1/docs/\n"
        f"  Health    {stack.url}/health/\n"
        f"  E-mail    {BASE / 'mail'} (messages are written there, none is sent)\n"
        f"  Texts     {stack.sms_url}/ (they end there, none is sent)\n\n{logins}",
        flush=True,
    )
    while not done.wait(2):
        for server in (stack.postgres, stack.valkey):
            if not server.running():
                print(f"{server.name} has ended unexpectedly; see {server.log}.", file=sys.stderr)
                os.kill(os.getpid(), signal.SIGTERM)
                return


def _write(stack: Stack) -> None:
    """Leave what other programs need to find the running system."""
    found = {
        "url": stack.url,
        "port": stack.port,
        "pid": os.getpid(),
        "pids": {name: part.pid for name, part in stack.parts.items()},
        "database_url": stack.environment()["DATABASE_URL"],
        "redis_url": stack.valkey.url,
        "sms_url": stack.sms_url,
    }
    new = BASE / "run.json.new"
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(found, file, indent=2)
    new.rename(BASE / "run.json")


def _interrupt(*_) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
