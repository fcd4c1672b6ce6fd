"""What people write to us, and what the provider says became of what was sent."""

from typing import NamedTuple

from django.db import transaction

from ..models import InboundMessage
from .opting_out import OptedOut


class Received(NamedTuple):
    """What came in, and what it did at once. Of a replay nothing is done again: `new` is false."""

    inbound: InboundMessage
    new: bool
    opted_out: list[OptedOut]


@transaction.atomic
def receive(*, provider, provider_id, number, body, at=None):
    """A message came in: kept as it is, and what it plainly asks for is done in the same transaction."""
    raise NotImplementedError


@transaction.atomic
def reply(inbound, slug, *, by, at=None, **context):
    """Answer somebody's own message: at once, at any hour, in their language. Returns the Reply. Raises text_unknown."""
    raise NotImplementedError


@transaction.atomic
def receipt(*, provider, provider_id, status, code="", at=None):
    """The provider says what became of a message. A number that does not work is marked so, and somebody hears."""
    raise NotImplementedError
