"""docker-compose.yml, Dockerfile and deploy/: no engine runs here, so every name in them is looked up instead."""

import importlib.util
import json
import re
import shutil
import subprocess
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands

from config import alive
from tests.test_architecture import settings_read

ROOT = settings.BASE_DIR
TEXT = (ROOT / "docker-compose.yml").read_text()
COMPOSE = yaml.safe_load(TEXT)
SERVICES = COMPOSE["services"]
OURS = [name for name, service in SERVICES.items() if service.get("image") == "throughline"]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
EXAMPLE = (ROOT / "deploy" / "env.example").read_text()
DATABASE_MODULE = {"DATABASE_OWNER_PASSWORD", "DATABASE_WEB_PASSWORD"}


def words(command):
    """A command as a flat list of words."""
    return command.split() if isinstance(command, str) else [word for part in command for word in part.split()]


def test_every_part_is_there():
    assert set(SERVICES) == {"proxy", "web", "worker", "beat", "migrate", "postgres", "redis"}
    assert set(OURS) == {"web", "worker", "beat", "migrate"}


def test_only_the_proxy_listens_to_the_world():
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert not any(service.get("network_mode") for service in SERVICES.values())
    for hidden in ("postgres", "redis"):
        assert SERVICES[hidden]["networks"] == ["inside"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}


def test_every_variable_it_wants_is_explained():
    wanted = {name for name, _ in re.findall(r"(?<!\$)\$\{([A-Z_]+)(:[?-][^}]*)?\}", TEXT)}
    explained = set(re.findall(r"^#? ?([A-Z_]+)=", EXAMPLE, re.MULTILINE))
    assert wanted == explained


def test_what_must_be_secret_has_no_default():
    for name in (
        "SECRET_KEY",
        "COUNSELING_KEYS",
        "POSTGRES_PASSWORD",
        "DATABASE_OWNER_PASSWORD",
        "DATABASE_WEB_PASSWORD",
        "REDIS_PASSWORD",
    ):
        assert f"${{{name}:-" not in TEXT
        assert re.search(rf"\${{{name}:\?", TEXT)
        assert re.search(rf"^{name}=$", EXAMPLE, re.MULTILINE)


@pytest.mark.parametrize("name", OURS)
def test_every_variable_it_sets_is_read(name):
    known = settings_read() | DATABASE_MODULE | {"ADMIN_DATABASE_URL"}
    given = set(SERVICES[name]["environment"])
    assert given <= known
    assert {"SECRET_KEY", "COUNSELING_KEYS", "DATABASE_URL", "REDIS_URL", "ALLOWED_HOSTS"} <= given


def test_every_setting_of_an_installation_can_be_made_there():
    development = {"DEBUG", "DEMO", "DEMO_PASSWORD", "SERVE_STATIC_FROM_SOURCE", "BROKER_PREFIX"}
    assert settings_read() - set(SERVICES["web"]["environment"]) == development


def test_each_part_signs_in_as_the_role_it_needs():
    for name in OURS:
        role = "owner" if name == "migrate" else "web"
        assert SERVICES[name]["environment"]["DATABASE_URL"].startswith(f"postgres://{role}:")
        assert SERVICES[name]["environment"]["DATABASE_URL"].endswith("@postgres:5432/throughline")


def test_every_command_exists():
    commands = [words(SERVICES[name].get("command", [])) for name in OURS]
    commands += [words(SERVICES[name].get("healthcheck", {}).get("test", [])) for name in OURS]
    commands.append(json.loads(re.search(r"^CMD (\[.*\])$", DOCKERFILE, re.MULTILINE)[1]))
    said = [word.strip("\"'") for command in commands for word in command]
    for at, word in enumerate(said):
        if word in {"-m", "-A"} or (word == "gunicorn" and said[at + 1].startswith("config")):
            assert importlib.util.find_spec(said[at + 1]), said[at + 1]
        if word == "manage.py":
            assert said[at + 1] in get_commands()
        if word in {"celery", "gunicorn"}:
            assert importlib.util.find_spec(word)
    assert {"celery", "gunicorn", "manage.py", "config.alive", "config.database"} <= set(said)


def test_every_part_that_stays_tells_whether_it_is_well():
    assert {name for name, service in SERVICES.items() if "healthcheck" not in service} == {"migrate"}
    assert SERVICES["migrate"]["restart"] == "no"
    for name in ("web", "worker", "beat"):
        assert SERVICES[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}


def test_the_image_is_built_in_two_stages_and_runs_as_nobody_special():
    stages = re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    assert len(stages) == 2
    last = DOCKERFILE.rpartition("\nFROM ")[2]
    assert re.findall(r"^USER (\S+)$", last, re.MULTILINE) == ["throughline"]
    assert "--require-hashes" in DOCKERFILE
    assert "pip" not in last
    for name in OURS:
        assert SERVICES[name]["read_only"] and SERVICES[name]["cap_drop"] == ["ALL"]


def test_the_image_carries_no_tests_and_no_secrets():
    left_out = set((ROOT / ".dockerignore").read_text().split())
    assert {".git", ".env", ".local", "tests", "local"} <= left_out


def test_files_that_are_mounted_exist_and_the_proxy_asks_a_part_that_is_there():
    for mount in (one for service in SERVICES.values() for one in service.get("volumes", []) if one.startswith("./")):
        assert (ROOT / mount.split(":")[0]).is_file()
    place, port = re.search(r"dynamic a (\w+) (\d+)", (ROOT / "deploy" / "Caddyfile").read_text()).groups()
    assert place in SERVICES
    assert f"0.0.0.0:{port}" in DOCKERFILE
    assert "{$SITE_HOST}" in (ROOT / "deploy" / "Caddyfile").read_text()


@pytest.mark.parametrize(
    ("status", "body", "well"),
    [
        (200, {"checks": {"database": "ok"}}, True),
        (503, {"checks": {"database": "ok", "tick": "the clock has never moved"}}, True),  # web is not to blame
        (503, {"checks": {"database": "cannot connect"}}, False),
        (500, "broken", False),
    ],
)
def test_a_web_process_is_well_when_it_answers_and_reaches_the_database(status, body, well):
    asked = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append((self.path, self.headers["X-Forwarded-Proto"]))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        Thread(target=server.handle_request, daemon=True).start()
        assert alive.answers(server.server_port) is well
    assert asked == [("/health/", "https")]


def test_nobody_there_is_not_well():
    with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        port = server.server_port
    assert alive.answers(port) is False


@pytest.mark.slow
def test_compose_itself_accepts_the_file(tmp_path):
    docker = shutil.which("docker")
    if not docker or subprocess.run([docker, "compose", "version"], capture_output=True).returncode:
        pytest.skip("Docker's client with its compose plugin is not installed here")
    filled = tmp_path / "env"
    filled.write_text(re.sub(r"=$", "=filled-in", EXAMPLE, flags=re.MULTILINE))
    done = subprocess.run(
        [docker, "compose", "--env-file", filled, "config", "--quiet"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
