"""One part of the running system: an operating-system process that can be started, stopped and killed."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path

import psutil


class PartFailed(Exception):
    """A part did not start or stop; the message says why in words for people."""


_started: dict[int, subprocess.Popen] = {}  # by process id, so that whoever stops a part can collect it


class Account:
    """The unprivileged system user under whom the servers run when the launcher is root."""

    def __init__(self, uid: int, gid: int):
        self.uid, self.gid = uid, gid

    def options(self) -> dict:
        """How subprocess starts a program as this user."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


class Part:
    """A process with a pid file and a log in one folder. It runs in its own session, so that Ctrl-C in a
    terminal reaches only the launcher, which then stops the parts in the right order."""

    name: str
    stop_signal = signal.SIGTERM
    stop_within = 10.0
    ready_within = 60.0

    def __init__(self, folder: Path):
        self.folder = folder
        self.pid_file = folder / f"{self.name}.pid"
        self.log = folder / f"{self.name}.log"

    def command(self) -> list[str]:
        """The program and its arguments."""
        raise NotImplementedError

    def options(self) -> dict:
        """What else the process needs: environment, folder, user."""
        return {}

    def ready(self) -> bool:
        """Whether it does its work now."""
        return self.running()

    def process(self) -> psutil.Process | None:
        """The running process, or None. A pid file left by a crash or an earlier boot does not mislead: a
        process younger than the file is somebody else's."""
        try:
            process = psutil.Process(int(self.pid_file.read_text()))
            _collect(process.pid)
            if process.create_time() > self.pid_file.stat().st_mtime + 2:
                return None
            return None if process.status() == psutil.STATUS_ZOMBIE else process
        except (OSError, ValueError, psutil.NoSuchProcess):
            return None

    def running(self) -> bool:
        """Whether the process lives."""
        return self.process() is not None

    @property
    def pid(self) -> int | None:
        """The id of the running process, or None."""
        process = self.process()
        return process.pid if process else None

    def start(self) -> None:
        """Start and wait until it is ready. Does nothing when it runs already."""
        if self.running():
            return
        with self.log.open("ab") as log:
            begin = log.tell()
            child = subprocess.Popen(
                self.command(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                umask=0o077,
                **self.options(),
            )
        _started[child.pid] = child
        self.pid_file.write_text(str(child.pid))
        deadline = time.monotonic() + self.ready_within
        try:
            while not self.ready():
                if not self.running():
                    raise PartFailed(f"{self.name} did not start. {self._said(begin)}")
                if time.monotonic() > deadline:
                    raise PartFailed(
                        f"{self.name} was not ready within {self.ready_within:.0f} s. {self._said(begin)}"
                    )
                time.sleep(0.05)
        except BaseException:  # Ctrl-C as well
            self.kill()
            raise

    def stop(self) -> None:
        """Ask it to end, wait, and use force when it does not."""
        process = self.process()
        if process is not None:
            family = [process, *_children(process)]
            with contextlib.suppress(psutil.NoSuchProcess):
                process.send_signal(self.stop_signal)
            _wait_for([process], self.stop_within)
            _end(family)  # whatever is left of it
        _end(self._orphans())
        self._forget()

    def kill(self) -> None:
        """End it and all its children at once, as a crash would."""
        process = self.process()
        if process is not None:
            _end([process, *_children(process)])
        _end(self._orphans())
        self._forget()

    def _orphans(self) -> list[psutil.Process]:
        """Children that outlived their dead parent; they are still in the session it began."""
        try:
            session = int(self.pid_file.read_text())
        except (OSError, ValueError):
            return []
        with contextlib.suppress(psutil.NoSuchProcess):
            if _alive(psutil.Process(session)):
                return []  # the number is in use again, by somebody else
        return [process for process in psutil.process_iter() if _session(process) == session]

    def _forget(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            _collect(int(self.pid_file.read_text()), seconds=5)  # its threads may end a little later
        self.pid_file.unlink(missing_ok=True)

    def _said(self, begin: int) -> str:
        with self.log.open("rb") as log:
            log.seek(begin)
            last = log.read()[-2000:].decode(errors="replace").strip()
        return f"It said:\n{last}" if last else "It said nothing."


def _collect(pid: int, seconds: float = 0) -> None:
    """Take note of a child's end, so that it does not linger as a zombie."""
    if pid in _started:
        with contextlib.suppress(subprocess.TimeoutExpired):
            _started[pid].wait(seconds)
            del _started[pid]


def _session(process: psutil.Process) -> int | None:
    try:
        return os.getsid(process.pid)
    except OSError:
        return None


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def _end(processes: list[psutil.Process]) -> None:
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    _wait_for(processes, 10)


def _wait_for(processes: list[psutil.Process], seconds: float) -> None:
    """Wait until all have ended. One that is dead but not yet collected by its parent counts as ended."""
    deadline = time.monotonic() + seconds
    while any(_alive(process) for process in processes) and time.monotonic() < deadline:
        time.sleep(0.02)


def _alive(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def private_folder(path: Path, account: Account | None = None) -> Path:
    """Make a folder that only its user can enter. One that exists must already be like that or ours."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.is_symlink() or path.stat().st_uid not in {os.geteuid(), account.uid if account else None}:
            raise PartFailed(f"{path} belongs to somebody else. Remove it, or use a copy of your own.")
        if account and path.stat().st_uid != account.uid:
            os.chown(path, account.uid, account.gid)
        if path.stat().st_mode & 0o077:
            path.chmod(0o700)
    except PermissionError as error:
        raise PartFailed(f"No permission to write in {path.parent} (user {os.geteuid()}).") from error
    return path
