"""What can be done to a duty, and the clock that moves them all."""

from .clock import tick
from .duties import (
    acknowledge,
    cancel,
    cancel_all,
    excuse,
    give_up,
    open,
    open_all,
    read,
    reassign,
    renew,
    reschedule,
    resolve,
    resume,
    suspend,
    tried,
)
from .people import end_membership, leave

__all__ = [
    "acknowledge",
    "cancel",
    "cancel_all",
    "end_membership",
    "excuse",
    "give_up",
    "leave",
    "open",
    "open_all",
    "read",
    "reassign",
    "renew",
    "reschedule",
    "resolve",
    "resume",
    "suspend",
    "tick",
    "tried",
]
