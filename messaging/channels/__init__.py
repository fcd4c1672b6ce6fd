"""The ways out. Each answers whether what it was given was taken."""

from typing import NamedTuple

import requests
from urllib3.exceptions import NewConnectionError

from ..models import Result


class Outcome(NamedTuple):
    """What came of it, in the server's words, and whether the address itself is to blame."""

    result: Result
    detail: str = ""
    bad_address: bool = False
    only_here: bool = False  # bad for this channel alone: a landline takes no texts, and rings
    opted_out: bool = False  # the carrier was told to stop
    provider_id: str = ""


def never_left(error):
    """Was there no connection at all? After that, silence says nothing."""
    if isinstance(error, requests.exceptions.ConnectTimeout | requests.exceptions.SSLError):
        return True
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(error, requests.ConnectionError) and isinstance(reason, NewConnectionError)


def in_words(error):
    """An error on one line that fits."""
    return one_line(f"{type(error).__name__}: {error}")


def one_line(text):
    """Any text, as it can be stored and read."""
    return " ".join(text.replace("\x00", "").split())[:500]
