"""Check-in schedules and questions as data."""

import json
from datetime import time, timedelta
from pathlib import Path

from messaging import reference as messaging
from treatment.models import Checklist

from .models import Schedule

DATA = Path(__file__).parent / "data"
SHIPPED = DATA / "schedules.json"
QUESTIONS = DATA / "questions.json"
TEXTS = DATA / "texts.json"


def publish(entries, *, facility=None):
    """Publish each schedule edition that is not there yet. Steps are given in days, or in seconds."""
    for entry in entries:
        steps = [timedelta(days=day) for day in entry.get("days", [])]
        steps += [timedelta(seconds=second) for second in entry.get("seconds", [])]
        Schedule.objects.get_or_create(
            slug=entry["slug"],
            edition=entry["edition"],
            facility=facility,
            defaults={
                "name": entry["name"],
                "steps": steps,
                "local_time": time.fromisoformat(entry["local_time"]),
                "source": entry.get("source", ""),
            },
        )


def load():
    """Publish each shipped edition that is not there yet."""
    publish(json.loads(SHIPPED.read_text()))
    for entry in json.loads(QUESTIONS.read_text()):
        key = {name: entry.pop(name) for name in ("slug", "edition")}
        Checklist.objects.get_or_create(**key, defaults=entry)
    messaging.publish(json.loads(TEXTS.read_text()))
