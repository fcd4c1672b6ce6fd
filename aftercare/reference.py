"""Check-in schedules, questions, signs and texts as data."""

import json
from datetime import time, timedelta
from pathlib import Path

from django.utils import timezone

from duties.reference import duration
from messaging import reference as messaging
from treatment.models import Checklist

from .models import Schedule

DATA = Path(__file__).parent / "data"
SHIPPED = DATA / "schedules.json"
QUESTIONS = DATA / "questions.json"
TEXTS = DATA / "texts.json"
TIERS = DATA / "tiers.json"
PLAIN = ("name", "source", "when_amber", "when_red", "when_green", "green_run", "early_days")
HOURS = ("local_time", "other_time")
SPANS = ("shortest", "longest", "early_longest", "waits")


def publish(entries, *, facility=None):
    """Publish each schedule edition that is not there yet. Steps are given in days, or in seconds."""
    for entry in entries:
        steps = [timedelta(days=day) for day in entry.get("days", [])]
        steps += [timedelta(seconds=second) for second in entry.get("seconds", [])]
        says = {name: entry[name] for name in PLAIN if name in entry}
        says |= {name: time.fromisoformat(entry[name]) for name in HOURS if name in entry}
        says |= {name: duration(entry[name]) for name in SPANS if name in entry}
        Schedule.objects.get_or_create(
            slug=entry["slug"],
            edition=entry["edition"],
            facility=facility,
            defaults={"steps": steps, "published_at": timezone.now(), **says},
        )


def load():
    """Publish each shipped edition that is not there yet."""
    publish(json.loads(SHIPPED.read_text()))
    for entry in json.loads(QUESTIONS.read_text()) + json.loads(TIERS.read_text()):
        key = {name: entry.pop(name) for name in ("slug", "edition")}
        if like := entry.pop("like", 0):  # as an earlier edition, but for what is said of some items
            said = {item["code"]: item for item in entry["items"]}
            earlier = Checklist.objects.get(slug=key["slug"], edition=like).items
            entry["items"] = [item | said.get(item["code"], {}) for item in earlier]
        Checklist.objects.get_or_create(**key, defaults=entry)
    messaging.publish(json.loads(TEXTS.read_text()))
