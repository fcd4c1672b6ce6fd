"""Checklists as data."""

import json
from pathlib import Path

from duties.reference import duration

from .models import Checklist

SHIPPED = Path(__file__).parent / "data" / "checklists.json"


def load():
    """Publish each checklist edition that is not there yet."""
    for entry in json.loads(SHIPPED.read_text()):
        Checklist.objects.get_or_create(
            slug=entry["slug"],
            edition=entry["edition"],
            defaults={
                "name": entry["name"],
                "items": entry["items"],
                "source": entry["source"],
                "valid_for": duration(entry["valid_for"]) if "valid_for" in entry else None,
            },
        )
