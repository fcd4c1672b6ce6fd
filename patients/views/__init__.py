"""The two bases of every view, and the person's own views, one file a noun."""

from .bases import READS, VERBS, Reads, Verb, about, require_role, wrong_role
from .pages import Filters, Pages, Ranked, unset
from .told import Told

__all__ = [
    "READS",
    "VERBS",
    "Filters",
    "Pages",
    "Ranked",
    "Reads",
    "Told",
    "Verb",
    "about",
    "require_role",
    "unset",
    "wrong_role",
]
