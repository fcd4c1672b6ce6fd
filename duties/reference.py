"""Ladders as data: read from files, published as editions."""

import json
import re
from datetime import timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from .models import Ladder, Rung

SHIPPED = Path(__file__).parent / "data" / "ladders.json"
UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "": "seconds"}


def duration(text):
    """A duration from “-24h”, “90s”, “15m”, “7d” or “0”. Raises ValueError."""
    found = re.fullmatch(r"(-?\d+(?:\.\d+)?)([smhd]?)", text)
    if not found:
        raise ValueError(f"“{text}” is no duration")
    return timedelta(**{UNITS[found[2]]: float(found[1])})


@transaction.atomic
def publish(entries, *, facility=None):
    """Publish each ladder edition that is not there yet; editions already there are left alone."""
    made = []
    for entry in entries:
        ladder, new = Ladder.objects.get_or_create(
            slug=entry["slug"],
            edition=entry["edition"],
            facility=facility,
            defaults={
                "name": entry["name"],
                "keeps_thread": entry.get("keeps_thread", False),
                "critical": entry.get("critical", False),
                "stays_inside": entry.get("stays_inside", False),
                "resolve_within": duration(entry.get("resolve_within", "24h")),
            },
        )
        if not new:
            continue
        Rung.objects.bulk_create(
            Rung(
                ladder=ladder,
                position=position,
                offset=duration(rung["offset"]),
                clock=rung.get("clock", "elapsed"),
                window=duration(rung.get("window", "24h")),
                repeat=duration(rung["repeat"]) if "repeat" in rung else None,
                whom=rung["whom"],
                template=rung.get("template", ""),
                fallback=rung.get("fallback", 0),
                opens=rung.get("opens", ""),
                opens_for=rung.get("opens_for", ""),
            )
            for position, rung in enumerate(entry["rungs"])
        )
        ladder.published_at = timezone.now()
        ladder.save(update_fields=["published_at"])
        made.append(ladder)
    return made


def load():
    """Publish the shipped ladders."""
    return publish(json.loads(SHIPPED.read_text()))
