"""A verb sent twice is done once: its first answer is kept in the verb's own transaction, and given again."""

import hashlib
import hmac
import json

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from .models import RequestKey
from .problems import Problem

HEADER = "Idempotency-Key"
SHAPE = {"type": "string", "pattern": "^[!-~]([ -~]{0,198}[!-~])?$"}  # for the description of the API
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
        mine = _take(request.user.pk, key, wanted)
        if mine is None:
            return _first_answer(RequestKey.objects.get(user=request.user.pk, key=key), wanted)
        response = act()
        body = json.loads(JSONRenderer().render(response.data) or b"null")
        RequestKey.objects.filter(pk=mine).update(status=response.status_code, body=body)
        return response


def again(request):
    """The first answer to this very request under its key, or None."""
    wanted = fingerprint(request)
    kept = RequestKey.objects.filter(user=request.user.pk, key=request.headers[HEADER], fingerprint=wanted).first()
    return kept and _first_answer(kept, wanted)


def _take(user, key, wanted):
    """The primary key of the new row, or None when there is one; waits for whoever is writing it right now."""
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO audit_requestkey ("user", key, fingerprint, at) VALUES (%s, %s, %s, %s)'
            " ON CONFLICT DO NOTHING RETURNING id",
            [user, key, wanted, timezone.now()],
        )
        row = cursor.fetchone()
    return row and row[0]


def _first_answer(kept, wanted):
    """The answer this key was given before. Raises Problem when it was another request's."""
    if kept.fingerprint != wanted:
        raise Problem(422, "key_reused", f"This {HEADER} was used for a different request.")
    return Response(kept.body, status=kept.status, headers={REPLAYED: "true"})


def fingerprint(request):
    """SHA-256 of what was asked: method, address and body. Keyed, so that nobody guesses a text by it."""
    asked = hmac.new(settings.SECRET_KEY.encode(), digestmod=hashlib.sha256)
    asked.update(f"{request.method} {request.get_full_path()}\n".encode())
    asked.update(request.body)
    return asked.hexdigest()
