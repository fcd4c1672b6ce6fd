"""Ill is said aloud: to anybody, in JSON, with 503."""

from datetime import timedelta

import pytest
from django.utils import timezone

from audit.models import AccessEvent
from duties.actions import tick
from duties.models import Pulse


def test_a_system_that_ticks_is_well(transactional_db, client):
    tick()
    response = client.get("/health/")
    assert response.status_code == 200
    assert response.json() == {"ok": True, "checks": {"database": "ok", "cache": "ok", "tick": "ok"}}
    assert not AccessEvent.objects.exists()


def test_a_browser_gets_the_same(transactional_db, client):
    tick()
    response = client.get("/health/", headers={"accept": "text/html"})
    assert response["Content-Type"] == "application/json"


@pytest.mark.parametrize("age", [None, timedelta(seconds=61)])
def test_a_clock_that_stands_still_is_ill(transactional_db, client, age):
    if age:
        Pulse.objects.create(name="tick", at=timezone.now() - age)
    response = client.get("/health/")
    assert response.status_code == 503
    body = response.json()
    assert body["ok"] is False
    assert "the clock" in body["checks"]["tick"]
    assert body["checks"]["database"] == "ok"


def test_a_cache_that_does_not_answer_is_ill(transactional_db, client, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1",
        }
    }
    tick()
    response = client.get("/health/")
    assert response.status_code == 503
    assert response.json()["checks"]["cache"] != "ok"
