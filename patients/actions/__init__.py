"""The person and their thread, one file a noun."""

from .contacts import add_contact_point, consent, mark_broken, revoke, verify
from .episodes import begin_episode
from .errors import mark_error
from .needs import at_stage, needs
from .people import amend, merge, register
from .uses import record_use

__all__ = [
    "add_contact_point",
    "amend",
    "at_stage",
    "begin_episode",
    "consent",
    "mark_broken",
    "mark_error",
    "merge",
    "needs",
    "record_use",
    "register",
    "revoke",
    "verify",
]
