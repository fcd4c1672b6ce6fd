"""A verb sent twice is done once: its first answer is kept in the verb's own transaction, and given again."""

import hashlib
import json

from django.db import transaction
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from .models import RequestKey
from .problems import Problem

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"


def once(request, act):
    """The response of `act()`, done in one transaction; or the first answer, when this key had one before.

    A concurrent duplicate waits on the key's index until the first has committed. A refusal rolls the key
    back with everything else, so it is tried again. Deferred constraints fire at this commit, inside the view.
    """
    key = request.headers.get(HEADER)
    if key is None:
        with transaction.atomic():
            return act()
    if not (1 <= len(key) <= 200 and key.isascii() and key.isprintable()):
        raise Problem(400, "key_malformed", f"{HEADER} is 1 to 200 printable ASCII characters.")
    wanted = fingerprint(request)
    with transaction.atomic():
        mine = RequestKey(user=request.user.pk, key=key, fingerprint=wanted)
        RequestKey.objects.bulk_create([mine], ignore_conflicts=True)
        kept = RequestKey.objects.get(user=request.user.pk, key=key)
        if kept.fingerprint != wanted:
            raise Problem(422, "key_reused", f"This {HEADER} was used for a different request.")
        if kept.status is not None:  # written together with its first answer, so it is an earlier one
            return Response(kept.body, status=kept.status, headers={REPLAYED: "true"})
        response = act()
        kept.status = response.status_code
        kept.body = json.loads(JSONRenderer().render(response.data) or b"null")
        kept.save(update_fields=["status", "body"])
        return response


def fingerprint(request):
    """SHA-256 of what was asked: method, address and body."""
    asked = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    asked.update(request.body)
    return asked.hexdigest()
