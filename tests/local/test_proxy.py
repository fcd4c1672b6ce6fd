"""The proxy as it is deployed, in front of the real application."""

import http.client
import json
import os
import shutil
import subprocess
import time
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings as site

from audit.models import AccessEvent
from local.stack import free_port

CADDY = shutil.which("caddy")
CLINIC, PUBLIC = "clinic.localhost", "p.localhost"

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not CADDY, reason="no caddy here: apt-get install caddy")]


@pytest.fixture
def proxy(served, settings, tmp_path):
    """`proxy(host, method, path, …)`: (status, headers, body) of what Caddy answers under our own Caddyfile.

    Only where the application listens is another place, and Caddy's own door is shut.
    """
    settings.ALLOWED_HOSTS = [CLINIC, PUBLIC]
    settings.PUBLIC_HOST = PUBLIC
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    port = free_port(18800)
    home = os.environ | {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    places = {"SITE_HOST": f"http://{CLINIC}:{port}", "PUBLIC_URL": f"http://{PUBLIC}:{port}"}
    asked = [CADDY, "adapt", "--adapter", "caddyfile", "--config", site.BASE_DIR / "deploy" / "Caddyfile"]
    adapted = subprocess.run(asked, env=home | places, capture_output=True, check=True, text=True).stdout
    served = served.url.rpartition(":")[2]
    assert adapted.count('"name":"web","port":"8000"') == 2
    told = json.loads(adapted.replace('"name":"web","port":"8000"', f'"name":"localhost","port":"{served}"'))
    config = Path(tmp_path, "caddy.json")
    config.write_text(json.dumps({**told, "admin": {"disabled": True}}))
    with Path(tmp_path, "said").open("w") as said:
        running = subprocess.Popen([CADDY, "run", "--config", config], env=home, stdout=said, stderr=said)

    def ask(host, method, path, body=None, **headers):
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
            connection.request(method, path, body, {"Host": f"{host}:{port}", "Connection": "close", **headers})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()

    try:
        for _ in range(100):
            try:
                ask(CLINIC, "GET", "/static/nothing")
                break
            except ConnectionRefusedError:
                time.sleep(0.1)
        yield ask
    finally:
        running.terminate()
        running.wait(10)


def test_the_proxy_keeps_the_two_hosts_apart_and_says_truly_who_asks(proxy):
    status, _, page = proxy(CLINIC, "GET", "/admin/login/", **{"X-Forwarded-For": "203.0.113.9"})
    assert status == 200 and b"Log in" in page
    assert AccessEvent.objects.get().ip == "127.0.0.1", "what a client says of its address is not believed"
    status, headers, page = proxy(PUBLIC, "GET", "/c/unknown/")
    assert status == 404 and b"This page cannot be opened" in page
    assert "Server" not in headers
    assert AccessEvent.objects.count() == 2
    for path in (
        "/",
        "/admin/",
        "/admin/login/",
        "/api/v1/",
        "/health/",
        "/c",
        "/C/../admin/login/",
        "/c/../admin/login/",
    ):
        status, headers, page = proxy(PUBLIC, "GET", path)
        assert (status, page) == (404, b""), path
        assert "Server" not in headers
    assert proxy("elsewhere.localhost", "GET", "/admin/login/")[2] == b""
