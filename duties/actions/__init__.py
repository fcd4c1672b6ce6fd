"""What can be done to a duty, and the clock that moves them all."""

from .clock import tick
from .duties import (
    acknowledge,
    cancel,
    cancel_each,
    excuse,
    give_up,
    note_each,
    open,
    open_all,
    read,
    reassign,
    renew,
    reschedule,
    reschedule_each,
    resolve,
    resolve_each,
    resume,
    suspend,
    suspend_each,
    tried,
)
from .paging import Outside, paged, rung_for
from .people import end_membership, leave

__all__ = [
    "Outside",
    "acknowledge",
    "cancel",
    "cancel_each",
    "end_membership",
    "excuse",
    "give_up",
    "leave",
    "note_each",
    "open",
    "open_all",
    "paged",
    "read",
    "reassign",
    "renew",
    "reschedule",
    "reschedule_each",
    "resolve",
    "resolve_each",
    "resume",
    "rung_for",
    "suspend",
    "suspend_each",
    "tick",
    "tried",
]
