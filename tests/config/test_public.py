"""The host that people see in messages serves their page and what providers tell us, and shows nothing else."""

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings as site
from django.urls import get_resolver

from audit.models import AccessEvent
from messaging.apps import a_public_host_shows_the_clinic

HOST = "p.example.org"


@pytest.fixture
def public(settings, client):
    settings.PUBLIC_URL, settings.PUBLIC_HOST = f"https://{HOST}", HOST
    settings.ALLOWED_HOSTS = ["clinic.example.org", HOST]
    client.defaults["HTTP_HOST"] = HOST
    return client


@pytest.mark.parametrize(
    "path",
    ["/", "/admin/", "/admin/login/", "/api/v1/", "/api/v1/patients/", "/api/v1/schema/", "/health/", "/c/",
     "/c/a/b/", "/static/throughline/icon.svg", "/nothing", "/sms/", "/mail/receipts"],
)  # fmt: skip
@pytest.mark.parametrize("host", [HOST, f"{HOST}:443", HOST.upper()])
def test_any_other_path_is_an_empty_404(db, public, path, host):
    answer = public.get(path, headers={"host": host})
    assert (answer.status_code, answer.content) == (404, b"")
    assert "throughline" not in str(answer.headers).lower()


def test_a_look_at_the_clinic_from_there_is_kept(db, public):
    public.get("/admin/")
    event = AccessEvent.objects.get()
    assert (event.path, event.status, event.code) == ("/admin/", 404, "nothing_here")


def test_what_belongs_there_is_there(db, public):
    gone = public.get("/c/unknown/")
    assert gone.status_code == 404 and b"This page cannot be opened" in gone.content
    assert public.post("/sms/messages/").status_code == public.post("/mail/receipts/").status_code == 403
    assert public.get("/sms/receipts/").status_code == 405


def test_what_breaks_there_shows_nothing_either(db, public, monkeypatch):
    monkeypatch.setattr("aftercare.actions.links.find", lambda token: 1 / 0)
    public.raise_request_exception = False
    answer = public.get("/c/unknown/")
    assert (answer.status_code, answer.content) == (500, b"")


def test_the_clinics_own_host_serves_everything(db, public):
    for path, status in (("/admin/login/", 200), ("/c/unknown/", 404), ("/health/", 503)):
        assert public.get(path, headers={"host": "clinic.example.org"}).status_code == status


def read_settings(**given):
    asked = "from django.conf import settings as s; print(repr(s.PUBLIC_HOST), s.ALLOWED_HOSTS)"
    found = subprocess.run(
        [sys.executable, "-c", asked], env=os.environ | given, cwd=site.BASE_DIR, capture_output=True, text=True
    )
    return found.stdout.strip()


def test_a_host_that_is_not_the_clinics_is_apart_by_itself():
    apart = read_settings(ALLOWED_HOSTS="clinic.example.org", PUBLIC_URL="https://p.example.org/")
    assert apart == "'p.example.org' ['clinic.example.org', 'p.example.org']"
    for own in ("clinic.example.org,p.example.org", ".example.org", "*"):
        assert read_settings(ALLOWED_HOSTS=own, PUBLIC_URL="https://p.example.org").startswith("'' ")
    assert read_settings(ALLOWED_HOSTS="clinic.example.org", PUBLIC_URL="") == "'' ['clinic.example.org']"


def test_before_it_is_deployed_it_says_when_messages_lead_to_the_clinic(public, settings):
    assert a_public_host_shows_the_clinic(None) == []
    settings.PUBLIC_HOST = ""
    assert [warning.id for warning in a_public_host_shows_the_clinic(None)] == ["throughline.W004"]
    settings.PUBLIC_URL = ""
    assert a_public_host_shows_the_clinic(None) == []


def test_the_proxy_lets_the_same_paths_through():
    caddy = (site.BASE_DIR / "deploy" / "Caddyfile").read_text()
    [block] = re.findall(r"^\{\$PUBLIC_URL\} \{\n(.*?)^\}", caddy, re.MULTILINE | re.DOTALL)
    [let_through] = re.findall(r"@public path (.+)", block)
    served = {f"/{str(one.pattern).split('/')[0]}/*" for one in get_resolver("config.public").url_patterns}
    assert set(let_through.split()) == served
    assert re.search(r"handle \{\s+respond 404\s+\}", block) and block.count("import web") == 1
