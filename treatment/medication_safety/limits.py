"""The limits that rules ask for, as data."""

import json
from datetime import timedelta
from pathlib import Path

LIMITS = json.loads((Path(__file__).parents[1] / "data" / "medication_limits.json").read_text())


def days(*path):
    """A number of days among the limits, as a length of time."""
    return timedelta(days=_at(path))


def hours(*path):
    """A number of hours among the limits, as a length of time."""
    return timedelta(hours=_at(path))


def _at(path):
    found = LIMITS
    for step in path:
        found = found[step]
    return found
