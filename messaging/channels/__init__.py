"""The ways out. Each answers whether what it was given was taken."""

from typing import NamedTuple

from ..models import Result


class Outcome(NamedTuple):
    """What came of it, in the server's words, and whether the address itself is to blame."""

    result: Result
    detail: str = ""
    bad_address: bool = False
    only_here: bool = False  # bad for this channel alone: a landline takes no texts, and rings
    opted_out: bool = False  # the carrier was told to stop
    provider_id: str = ""


def in_words(error):
    """An error on one line that fits."""
    return one_line(f"{type(error).__name__}: {error}")


def one_line(text):
    """Any text, as it can be stored and read."""
    return " ".join(text.replace("\x00", "").split())[:500]
