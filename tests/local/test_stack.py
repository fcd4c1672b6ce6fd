"""The launcher: one at a time, secrets made once, ports that step aside."""

import contextlib
import http.client
import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
import urllib.request

import environ
import psycopg
import pytest

from local.api import Api
from local.parts import PartFailed
from local.stack import DATABASE, PROJECT, Stack, free_port


@pytest.fixture
def stack(tmp_path):
    made = Stack(tmp_path / "a b")
    made.base.mkdir(exist_ok=True)
    yield made
    made.stop()
    shutil.rmtree(made.postgres.folder, ignore_errors=True)


def test_secrets_are_made_once_and_private(stack):
    first = stack._secrets()
    assert stack._secrets() == Stack(stack.base)._secrets() == first
    assert len(first["DEMO_PASSWORD"]) >= 15
    assert len(first["SECRET_KEY"]) >= 50
    assert stat.S_IMODE((stack.base / "env").stat().st_mode) == 0o600


def test_mail_goes_to_a_folder_whatever_its_name(stack, monkeypatch):
    stack.valkey.folder.mkdir(parents=True, exist_ok=True)
    stack.valkey._configure()
    monkeypatch.setenv("EMAIL_URL", stack.environment()["EMAIL_URL"])
    assert environ.Env().email_url("EMAIL_URL")["EMAIL_FILE_PATH"] == str(stack.base / "mail")


def test_two_launchers_in_one_folder(stack):
    assert not stack.claimed()
    code = "import sys; from pathlib import Path; from local.stack import Stack;Stack(Path(sys.argv[1])).claim()"
    claim = [sys.executable, "-c", code, str(stack.base)]
    assert subprocess.run(claim, cwd=PROJECT).returncode == 0  # ended, so the folder is free again
    stack.claim()
    stack.claim()
    second = subprocess.run(claim, cwd=PROJECT, capture_output=True, text=True)
    assert "already running" in second.stderr
    assert stack.claimed()


def test_a_taken_port_gives_way_to_the_next():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert free_port(port) > port


def test_two_launchers_that_start_together_choose_different_ports():
    port = free_port(20500)
    code = "from local.stack import free_port; print(free_port(20500))"
    other = [sys.executable, "-c", code]
    said = subprocess.run(other, cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    assert int(said) > port
    assert free_port(20500) == port  # nobody listens there yet: it is still ours


def test_a_part_that_fails_at_once_says_why(stack):
    stack.worker.arguments = lambda: ["no_such_module"]
    stack.worker.options = lambda: {}
    with pytest.raises(PartFailed, match="No module named no_such_module"):
        stack.worker.start()


@pytest.mark.slow
@pytest.mark.parametrize("whom", ["group", "launcher"])
def test_run_starts_and_ctrl_c_leaves_nothing(stack, whom):
    code = (
        "import sys; from pathlib import Path; from local import run;"
        "run.BASE = Path(sys.argv[1]); sys.exit(run.main())"
    )
    for _ in range(2):  # the second start finds the data of the first
        launcher = subprocess.Popen(
            [sys.executable, "-c", code, str(stack.base)], cwd=PROJECT, start_new_session=True
        )
        try:
            deadline = time.monotonic() + 400  # a first start migrates; the machine may be busy with others
            while not (stack.base / "run.json").exists():
                assert launcher.poll() is None
                assert time.monotonic() < deadline
                time.sleep(0.2)
            found = json.loads((stack.base / "run.json").read_text())
            assert urllib.request.urlopen(f"{found['url']}/admin/login/").status == 200
            (os.killpg if whom == "group" else os.kill)(launcher.pid, signal.SIGINT)
            assert launcher.wait(30) == 0
        finally:
            launcher.kill()
            launcher.wait()
        assert not any(part.running() for part in stack.parts.values())
        for pid in found["pids"].values():
            with pytest.raises(ProcessLookupError):
                os.kill(pid, 0)


@pytest.mark.slow
def test_what_was_answered_is_there_after_the_database_was_killed(stack):
    stack.prepare()
    stack.web.start()
    intake = Api(stack.url).sign_in("intake", stack.environment()["DEMO_PASSWORD"])
    place, answered, killed = next(intake.rows("facilities"))["id"], [], threading.Event()

    def ask():
        with contextlib.suppress(OSError, http.client.HTTPException):
            while not killed.is_set():
                body = json.dumps({"facility": place, "entry": "self", "person": {"preferred_name": "Sam"}})
                headers = {"Authorization": f"Token {intake.token}", "Content-Type": "application/json"}
                status, answer = intake.api._once("POST", "/api/v1/episodes/", body, headers)
                if status == 201:
                    answered.append(answer["id"])

    asking = [threading.Thread(target=ask) for _ in range(3)]
    for one in asking:
        one.start()
    deadline = time.monotonic() + 120
    while len(answered) < 100 and time.monotonic() < deadline:
        time.sleep(0.01)
    stack.postgres.kill()
    killed.set()
    for one in asking:
        one.join()
    stack.postgres.start()
    with psycopg.connect(stack.postgres.url, dbname=DATABASE) as raw:
        found = {str(key) for (key,) in raw.execute("SELECT id FROM patients_episode")}
    assert answered and set(answered) <= found
