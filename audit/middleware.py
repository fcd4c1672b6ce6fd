"""One row of AccessEvent for every request, and who stands behind every row of history."""

import ipaddress
import json
import logging

from django.conf import settings
from django.db import connection
from psycopg.pq import TransactionStatus

from .models import AccessEvent, uuid7
from .problems import plain

log = logging.getLogger(__name__)

CONTEXT = "pghistory.context_metadata"  # where the triggers of history look
NAME = "SELECT set_config(%s, %s, true)"
RECORDED = f"{NAME}, set_config('synchronous_commit', 'off', true)"
IDLE, INTRANS = TransactionStatus.IDLE, TransactionStatus.INTRANS

LOGGED = ("/api/", "/admin/", "/c/", "/sms/", "/mail/")
SECRET = "/c/"  # what follows opens something
# Describe the system and nobody in it.
NOT_LOGGED = ("/api/v1/schema/", "/api/v1/docs/", "/admin/jsi18n/")


def is_logged(request):
    """Is a row of the access log written of it, before it is answered?"""
    return request.path.startswith(LOGGED) and not request.path.startswith(NOT_LOGGED)


def client_ip(request):
    """The address of the client: as our proxy saw it when there is one, never as the client says."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:
        address = request.headers.get("X-Forwarded-For", address).rsplit(",", 1)[-1]
    try:
        return str(ipaddress.ip_address(address.strip()))
    except ValueError:
        return None


class AccessLog:
    """Outermost: writes what was asked, by whom, about whom and what came of it, in a transaction of its own.

    Views set `request.patients` before they act, so that a refusal names its patient; the problem handler
    (or the admin) sets `request.refusal`. A request that cannot be recorded is not answered.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Answer, record, and only then hand the answer out."""
        request.request_id = uuid7()
        request.patients = set()
        request.refusal = ""
        response = self.get_response(request)
        response["X-Request-ID"] = str(request.request_id)
        if is_logged(request):
            response.headers.setdefault("Cache-Control", "no-store")
            response = self._recorded(request, response)
        return response

    def _recorded(self, request, response):
        try:
            AccessEvent.write(**describe(request, response))
            return response
        except Exception:
            log.critical("request %s could not be recorded", request.request_id, exc_info=True)
        response.close()
        sentence = (
            "This request could not be recorded, so its answer is withheld."
            " Send it again; with the same Idempotency-Key it is not done twice."
        )
        failed = plain(request, 503, "not_recorded", sentence)
        failed["X-Request-ID"] = str(request.request_id)
        failed["Cache-Control"] = "no-store"
        return failed


def describe(request, response):
    """What the access log keeps of a request."""
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    # Who acts without signing in, when a view knows it: (key, name).
    key, name = getattr(request, "actor", None) or ((user.pk, user.get_username()) if signed_in else (None, ""))
    match = request.resolver_match
    return {
        "user": key,
        "username": name[:150],
        "method": _clean(request.method, 10),
        # An address that is itself a secret is not written down, nor what somebody made of it.
        "path": SECRET if request.path.startswith(SECRET) else _clean(request.path, 500),
        "action": _clean(match.view_name or "", 200) if match else "",
        "status": response.status_code,
        "code": _clean(request.refusal, 100),
        "patients": sorted(request.patients),
        "ip": client_ip(request),
        "request_id": request.request_id,
    }


def _clean(text, longest):
    """Text that PostgreSQL can keep."""
    text = text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")
    return text[:longest]


class Acting:
    """Tells the database who acts, once a transaction: every row of history written in it carries that.

    Of a request that is `recorded` afterwards no commit waits for the disk: that of the access log does, and brings
    along all that was committed before it. Without it there is no answer, so nothing that was answered can be lost.
    """

    def __init__(self, *, recorded=False, **who):
        self.tell = RECORDED if recorded else NAME
        self.who, self.told = who, False

    def name(self, user):
        """From here on it is this user."""
        self.who, self.told = {**self.who, "user": str(user.pk)}, False

    def __call__(self, execute, sql, params, many, context):
        """Before the first statement of each transaction."""
        django = context["connection"]
        status = django.connection.info.transaction_status
        if django.in_atomic_block and (status == IDLE or (status == INTRANS and not self.told)):
            # Aside from Django's cursors: they ask this of every statement.
            django.connection.execute(self.tell, [CONTEXT, json.dumps(self.who)])
            self.told = True
        return execute(sql, params, many, context)


class HistoryContext:
    """Innermost: every row of history written below carries the user and the request.

    A token's user is known only inside the view, which adds it (`known_user`).
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Only where something may be written; a verb that is asked in the wrong way names its user all the same."""
        if request.method in {"GET", "HEAD", "OPTIONS"}:
            request.acting = Acting(user=None, request="")
            return self.get_response(request)
        request.acting = Acting(recorded=is_logged(request), user=None, request=str(request.request_id))
        known_user(request)
        with connection.execute_wrapper(request.acting):
            return self.get_response(request)


def known_user(request):
    """Name the user of a request to everything written for it from here on."""
    if request.user.is_authenticated:
        request.acting.name(request.user)
