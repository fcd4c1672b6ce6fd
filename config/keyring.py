"""The keys under which counseling notes are sealed, from the environment."""

import base64
import binascii
import re

from django.core.exceptions import ImproperlyConfigured

NAME = re.compile(r"[A-Za-z0-9_.-]{1,20}")


def keyring(text):
    """{id: key of 32 bytes} of “id:base64,id2:base64”: the first seals, all of them open.

    Raises ImproperlyConfigured, never naming a key: nothing may start that could not open what was written.
    """
    keys = {}
    for number, part in enumerate(filter(None, (one.strip() for one in text.split(","))), 1):
        name, _, encoded = part.partition(":")
        try:
            key = base64.b64decode(encoded, validate=True)
        except (binascii.Error, ValueError):
            key = b""
        if not NAME.fullmatch(name) or name in keys or len(key) != 32:
            raise ImproperlyConfigured(
                f"COUNSELING_KEYS: number {number} is not id:base64 with an id of its own and 32 bytes behind it."
            )
        keys[name] = key
    if not keys:
        raise ImproperlyConfigured("COUNSELING_KEYS is empty: counseling notes could be neither sealed nor opened.")
    return keys
