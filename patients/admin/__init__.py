"""The admin of people and places: one base for every noun, its verbs as small forms, and the person's own nouns."""

from . import people, places
from .records import RecordAdmin

__all__ = ["RecordAdmin", "people", "places"]
