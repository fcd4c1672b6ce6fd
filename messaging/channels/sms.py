"""Text messages through Twilio's API, or whatever answers like it at SMS_API_URL."""

import json
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import requests
from django.conf import settings

from ..models import Result
from . import Outcome, in_words, never_left, one_line

PROVIDER = "twilio"
# Where the provider tells us what came in and what became of what was sent: neutral, as everything outside is.
MESSAGES, RECEIPTS = "/sms/messages/", "/sms/receipts/"
CODES = Path(__file__).parent.parent / "data" / "sms_codes.json"
UNDELIVERED = {"failed", "undelivered"}
LARGEST = 32_000  # bytes of what the provider tells us; a text of ten parts is under two thousand letters


def is_configured():
    """Is there an account to send with?"""
    return bool(settings.SMS_ACCOUNT and settings.SMS_TOKEN and settings.SMS_FROM)


def send(to, subject, body, sender, stop=""):
    """Hand one message to the provider and say what is known about it. Raises nothing."""
    from twilio.base.exceptions import TwilioException  # a library of thousands of files, only where it is needed
    from twilio.rest import Client

    if not is_configured():
        return Outcome(Result.TRANSIENT, "No account for text messages is set up.")
    extra = {"status_callback": settings.PUBLIC_URL + RECEIPTS} if settings.PUBLIC_URL else {}
    try:
        client = Client(settings.SMS_ACCOUNT, settings.SMS_TOKEN, http_client=_wire())
        sent = client.messages.create(to=to, from_=settings.SMS_FROM, body=body, **extra)
    except TwilioException as error:
        return _refused(error)
    except requests.RequestException as error:
        return Outcome(Result.TRANSIENT if never_left(error) else Result.UNKNOWN, in_words(error))
    except Exception as error:  # an answer that cannot be read: it may have been a yes
        return Outcome(Result.UNKNOWN, in_words(error))
    if not sent.sid:
        return Outcome(Result.UNKNOWN, "The provider gave no key.")
    return Outcome(Result.ACCEPTED, provider_id=str(sent.sid)[:64])


def _wire():
    from twilio.http.http_client import TwilioHttpClient

    class Wire(TwilioHttpClient):
        """The library's own client, at the address that the settings name."""

        def request(self, method, url, *args, **kwargs):
            """The same request, there."""
            asked = urlsplit(url)
            here = settings.SMS_API_URL.rstrip("/") + asked.path + (f"?{asked.query}" if asked.query else "")
            return super().request(method, here, *args, **kwargs)

    return Wire(pool_connections=False, timeout=settings.SMS_TIMEOUT)


def _refused(error):
    """An answer that is no yes. 5xx says nothing about what happened before it, except where it says so."""
    status, code = getattr(error, "status", None), getattr(error, "code", None)
    words = one_line(f"{status} {code} {getattr(error, 'msg', '') or error}")
    if not isinstance(status, int):
        return Outcome(Result.TRANSIENT, words)  # the library refused before anything was sent
    if status in (429, 503) or 300 <= status < 400:
        return Outcome(Result.TRANSIENT, words)
    if status >= 500 or status < 300:
        return Outcome(Result.UNKNOWN, words)
    if status in (401, 403, 404):
        return Outcome(Result.TRANSIENT, words)  # about our account, not about the person
    return judged(code, words)


def judged(code, words=""):
    """What a code of the provider says about the message and the number."""
    kind = _kinds().get(str(code), "")
    if kind == "ours":
        return Outcome(Result.TRANSIENT, words)
    return Outcome(
        Result.PERMANENT,
        words,
        bad_address=kind in ("no_number", "no_texts"),
        only_here=kind == "no_texts",
        opted_out=kind == "opted_out",
    )


@cache
def _kinds():
    """{code: kind}"""
    kinds = json.loads(CODES.read_text())
    return {code: kind for kind, codes in kinds.items() for code in codes}


def verified(request):
    """Did the provider sign this? Over the address it called and all it sent, with the account's token."""
    from twilio.request_validator import RequestValidator

    given = request.headers.get("X-Twilio-Signature", "")
    if not (given and settings.SMS_TOKEN and settings.PUBLIC_URL):
        return False
    address = settings.PUBLIC_URL + request.get_full_path()
    return RequestValidator(settings.SMS_TOKEN).validate(address, request.POST, given)


def became(status, code):
    """What a receipt says of the message and the number; None where nothing is wrong."""
    return judged(code) if status in UNDELIVERED else None


def messages_of(request):
    """What came in, as messaging.actions.receive takes it; None when it is no message."""
    posted = request.POST
    key, number = posted.get("MessageSid", ""), posted.get("From", "")
    if not key or not number:
        return None
    body = posted.get("Body", "").replace("\x00", "")
    return [{"provider": PROVIDER, "provider_id": key[:64], "number": number[:254], "body": body[:4000]}]


def receipts_of(request):
    """What became of a message, as messaging.actions.receipt takes it; None when it is no receipt."""
    posted = request.POST
    key, status = posted.get("MessageSid", ""), posted.get("MessageStatus", "")
    if not key or not status:
        return None
    code = posted.get("ErrorCode", "")
    return [{"provider": PROVIDER, "provider_id": key[:64], "status": status[:20], "code": code[:20]}]
