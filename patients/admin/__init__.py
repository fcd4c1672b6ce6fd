"""The admin of people and places: one base for every noun, its verbs as small forms, and the person's own nouns."""

from . import allergies, circumstances, conditions, contacts, documents, on_call, people, places, supporters, uses
from .records import RecordAdmin

__all__ = [
    "RecordAdmin",
    "allergies",
    "circumstances",
    "conditions",
    "contacts",
    "documents",
    "on_call",
    "people",
    "places",
    "supporters",
    "uses",
]
