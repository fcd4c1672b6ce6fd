"""Criteria sets as data."""

import json
from pathlib import Path

from .models import CriteriaSet

SHIPPED = Path(__file__).parent / "data" / "criteria.json"


def load():
    """Publish each edition of the criteria that is not there yet."""
    for entry in json.loads(SHIPPED.read_text()):
        CriteriaSet.objects.get_or_create(
            slug=entry["slug"],
            edition=entry["edition"],
            defaults={name: entry[name] for name in ("name", "items", "codes", "source")},
        )
