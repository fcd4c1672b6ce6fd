"""Sealing text so that only its own row opens it: AES-256-GCM, bound to table, row, person and key."""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ValidationError

FORM = b"\x01"  # the first byte: how what follows was made
NONCE = 12


def sealing_key():
    """The id of the key that seals now: the first of the ring."""
    return next(iter(settings.COUNSELING_KEYS))


def seal(text, row):
    """(id of the key, sealed bytes) of a text that belongs to this row; both empty for an empty text."""
    if not text:
        return "", b""
    name = sealing_key()
    nonce = secrets.token_bytes(NONCE)
    key = AESGCM(settings.COUNSELING_KEYS[name])
    return name, FORM + nonce + key.encrypt(nonce, text.encode(), _bound(row, name))


def unseal(name, sealed, row):
    """The text that was sealed for this row. Raises seal_broken: changed, of another row, or its key is gone."""
    sealed = bytes(sealed)
    if not sealed and not name:
        return ""
    key, form, nonce, rest = (
        settings.COUNSELING_KEYS.get(name),
        sealed[:1],
        sealed[1 : 1 + NONCE],
        sealed[1 + NONCE :],
    )
    if key is not None and form == FORM:
        try:
            return AESGCM(key).decrypt(nonce, rest, _bound(row, name)).decode()
        except (InvalidTag, ValueError):
            pass
    raise ValidationError(
        "This cannot be opened: it was changed from outside, or its key is missing. Tell whoever runs the system.",
        code="seal_broken",
    ) from None


def _bound(row, name):
    """What the seal is bound to: nothing of it can be exchanged without breaking it."""
    return "\0".join([row._meta.db_table, str(row.pk), str(row.patient_id), name]).encode()
