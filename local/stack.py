"""The whole system in one folder: PostgreSQL, Valkey, web, worker and beat, each started and killed alone.

`make run` uses it through local.run. `make demo-kill` and the chaos tests use it directly:

    stack = Stack(folder)
    stack.start()
    stack.parts["worker"].kill()
    stack.parts["worker"].start()
    stack.manage("demo")
    stack.stop()
"""

from __future__ import annotations

import base64
import fcntl
import http.client
import os
import secrets
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

from config import database
from local.parts import Part, PartFailed, private_folder
from local.servers import Postgres, Valkey, servers_folder, taken

PROJECT = Path(__file__).resolve().parent.parent
DATABASE = "throughline"


def a_counseling_key() -> str:
    """A key that seals counseling notes, as the environment names it."""
    return f"local:{base64.b64encode(secrets.token_bytes(32)).decode()}"


SECRETS = {
    "SECRET_KEY": lambda: secrets.token_urlsafe(48),
    "DEMO_PASSWORD": lambda: f"demo-{secrets.token_hex(8)}",
    "COUNSELING_KEYS": a_counseling_key,
    "SMS_TOKEN": lambda: secrets.token_hex(16),
}


class Stack:
    """Every part of one system, in the order in which they start."""

    def __init__(self, base: Path, port: int | None = None, *, webs: int = 1, workers: int = 1, beats: int = 1):
        self.base = base.resolve()
        self.port = port or 8000
        self.sms_port = 0  # chosen when it starts
        servers = servers_folder(self.base)
        self.postgres, self.valkey = Postgres(servers), Valkey(servers)
        own = [
            kind(self, number)
            for kind, many in ((Sms, 1), (Web, webs), (Worker, workers), (Beat, beats))
            for number in range(many)
        ]
        self.parts: dict[str, Part] = {part.name: part for part in (self.postgres, self.valkey, *own)}
        self.sms, self.web, self.worker, self.beat = (self.parts[name] for name in ("sms", "web", "worker", "beat"))
        self.mine = False

    @property
    def url(self) -> str:
        """Where the web server answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def sms_url(self) -> str:
        """Where the stand-in for the provider of text messages shows what it took."""
        return f"http://127.0.0.1:{self.sms_port}"

    def start(self) -> None:
        """Start everything, with a migrated database and a small demo clinic in it."""
        self.prepare()
        self.port = free_port(self.port)
        for part in self.parts.values():
            part.start()

    def prepare(self) -> None:
        """Take the folder for ourselves, start the servers, migrate, load the demo clinic if empty."""
        self.claim()
        self.sms_port = free_port(self.port + 90)
        for name in ("mail", "static"):  # nothing is collected into static; its absence would be complained of
            private_folder(self.base / name)
        for part in reversed(self.parts.values()):
            part.stop()  # left over when a launcher was killed
        self.postgres.start()
        self.valkey.start()
        database.create_roles(self.postgres.url)
        database.create_database(self.postgres.url, DATABASE)
        self.manage("migrate", "--verbosity", "0", role="owner")
        self.fill()

    def fill(self) -> None:
        """A small demo clinic, unless there is one."""
        self.manage("load_demo")

    def stop(self) -> None:
        """Stop everything that runs, the servers last, and let others have the folder."""
        for part in reversed(self.parts.values()):
            part.stop()
        if self.mine:
            self._lock.close()
            self.mine = False

    def remove(self) -> None:
        """Stop everything and remove all it kept; nothing may disturb the cleaning up, Ctrl-C neither."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        self.stop()
        shutil.rmtree(self.postgres.folder, ignore_errors=True)
        shutil.rmtree(self.base, ignore_errors=True)

    def claim(self) -> None:
        """Refuse when another launcher uses this folder. The claim ends with this process, however it ends:
        a record lock, unlike flock, is not passed on to children that would keep it."""
        if self.mine:
            return
        private_folder(self.base)
        self._lock = (self.base / "lock").open("a")
        try:
            fcntl.lockf(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            self._lock.close()
            raise PartFailed(
                f"Throughline is already running from {self.base}. Stop that one first (Ctrl-C in its"
                " terminal), or use it."
            ) from None
        self.mine = True
        (self.base / "run.json").unlink(missing_ok=True)

    def claimed(self) -> bool:
        """Whether a launcher, this one or another, is using the folder."""
        if self.mine:
            return True
        try:
            with (self.base / "lock").open("a") as lock:
                fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            return True
        except FileNotFoundError:
            pass
        return False

    def environment(self, role: str = "web") -> dict[str, str]:
        """The environment of a process that works on this system as this database role."""
        return {
            **os.environ,
            **self._secrets(),
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": database.url_for(self.postgres.url, role, DATABASE),
            "REDIS_URL": self.valkey.url,
            # Two slashes for the empty host, one that django-environ drops, and the path's own.
            "EMAIL_URL": f"filemail:///{quote(str(self.base / 'mail'))}",
            "SMS_API_URL": self.sms_url,
            "SMS_ACCOUNT": "AClocal",
            "SMS_FROM": "+12125550100",
            "PUBLIC_URL": self.url,
            "ALLOWED_HOSTS": "localhost,127.0.0.1",
            "DEMO": "true",
            "DEMO_URL": self.url,
            "DEBUG": "false",
            "PYTHONUNBUFFERED": "1",
        }

    def manage(self, *arguments: str, role: str = "web", capture: bool = False) -> str:
        """Run a command of manage.py on this system; returns what it printed when `capture` is set."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=PROJECT,
            env=self.environment(role),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if capture else None,
            text=True,
        )
        if done.returncode:
            raise PartFailed(f"`manage.py {shlex.join(arguments)}` failed; see above.")
        return done.stdout or ""

    def _secrets(self) -> dict[str, str]:
        """Secrets of this system, each made once and kept in a file only its user can read."""
        file = self.base / "env"
        kept = dict(line.split("=", 1) for line in file.read_text().splitlines()) if file.exists() else {}
        if kept.keys() < SECRETS.keys():
            kept = {name: kept.get(name) or make() for name, make in SECRETS.items()}
            new = self.base / "env.new"
            with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
                out.writelines(f"{key}={value}\n" for key, value in kept.items())
            new.rename(file)
        return kept


class DjangoPart(Part):
    """A part that runs our own code."""

    def __init__(self, stack: Stack, number: int = 0):
        if number:
            self.name = f"{self.name}-{number + 1}"
        super().__init__(stack.base)
        self.stack, self.number = stack, number

    def arguments(self) -> list[str]:
        """What follows `python -m`."""
        raise NotImplementedError

    def command(self) -> list[str]:
        """The same Python that runs the launcher, without Celery's lecture on running as root."""
        return [sys.executable, "-W", "ignore:You're running the worker", "-m", *self.arguments()]

    def options(self) -> dict:
        """In the project's folder, as the database role `web`."""
        return {"cwd": PROJECT, "env": self.stack.environment()}

    def ready(self) -> bool:
        """Whether it has lived through its first second, in which most mistakes show."""
        process = self.process()
        return process is not None and time.time() - process.create_time() > 1


class Sms(DjangoPart):
    """The stand-in for the provider of text messages."""

    name = "sms"

    def arguments(self) -> list[str]:
        """On the port that the others are told."""
        return ["local.sms_server", str(self.stack.sms_port)]


class Web(DjangoPart):
    """gunicorn on the loopback interface."""

    name = "web"

    @property
    def port(self) -> int:
        """The system's own, or one further on for each further web process."""
        return self.stack.port + self.number

    def arguments(self) -> list[str]:
        """Two workers, for two cores."""
        place = f"127.0.0.1:{self.port}"
        return ["gunicorn", "config.wsgi", "--bind", place, "--workers", "2", "--no-control-socket"]

    def ready(self) -> bool:
        """Whether it answers at all."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", "/health/")
            connection.getresponse()
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
        return self.running()


class Worker(DjangoPart):
    """The Celery worker."""

    name = "worker"
    stop_within = 15.0

    def arguments(self) -> list[str]:
        """Two processes; there are no other workers to gossip with."""
        flags = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        own = ["--hostname", f"{self.name}@%h", "--concurrency=2", "--loglevel=INFO"]
        return ["celery", "-q", "-A", "config", "worker", *own, *flags]


class Beat(DjangoPart):
    """The Celery beat, which only says when."""

    name = "beat"

    def arguments(self) -> list[str]:
        """Its own file keeps when each entry ran last."""
        schedule = self.folder / f"{self.name}-schedule"
        return ["celery", "-q", "-A", "config", "beat", f"--schedule={schedule}", "--pidfile="]


_ours: dict[int, int] = {}  # ports this process means to use, each with the open file that tells others so


def free_port(wanted: int) -> int:
    """The wanted port, or the next one on the loopback interface that nobody uses or means to use.

    Between the choice and the listening lie a migration and a demo clinic: for as long as this process lives, no
    other launcher of this user chooses the same."""
    for port in range(wanted, wanted + 100):
        if not taken(port) and _kept(port):
            return port
    raise PartFailed(f"All ports from {wanted} to {wanted + 99} are taken. Choose another: PORT=9000 make run")


def _kept(port: int) -> bool:
    """Whether the port is now ours: a record lock, which ends with this process, however it ends."""
    if port not in _ours:
        folder = private_folder(Path(tempfile.gettempdir()) / f"throughline-ports-{os.geteuid()}")
        file = os.open(folder / str(port), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            os.close(file)
            return False
        _ours[port] = file
    return True
