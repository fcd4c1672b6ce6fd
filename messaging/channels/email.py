"""Email through Django's backend: a mail server, or one of anymail's providers, who tell us of bounces."""

import re
import smtplib
from contextlib import contextmanager, suppress
from email.utils import make_msgid, parseaddr
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.signing import BadSignature, Signer
from django.core.validators import validate_email

from ..models import Result
from . import Outcome, in_words, never_left, one_line

RECEIPTS = "/mail/receipts/"  # where the provider tells us what became of what was sent: neutral, too
STOP = "/c/s/"  # where a person says that they want no more
STOPS = Signer(salt="messaging.stop", sep=".")
LARGEST = 2_000_000  # bytes of what the provider tells us: hundreds of receipts at once
ARRIVED, ASKED_TO_STOP = {"delivered"}, {"complained", "unsubscribed"}
NOT_DELIVERED = {"bounced", "rejected", "failed"}
NO_SUCH_ADDRESS = {"bounced", "invalid"}  # anymail's reasons; the others are about the message, or about us


def stop_address(key):
    """Where whoever has the address with this key says that they want no more; empty without a public host."""
    return f"{settings.PUBLIC_URL}{STOP}{STOPS.sign(key.hex)}" if settings.PUBLIC_URL else ""


def whose_stop(token):
    """The key of the address that a stop link was sent to, or None. It holds as long as the message lies around."""
    try:
        return UUID(STOPS.unsign(token))
    except (BadSignature, ValueError):
        return None


def send(to, subject, body, sender, stop=""):
    """Hand one message to the mail server and say what is known about it. Raises nothing.

    `stop` goes along as the button that mail programs show (RFC 2369, RFC 8058).
    """
    try:
        validate_email(to)
    except ValidationError:
        return Outcome(Result.PERMANENT, "This is not an email address.", bad_address=True)
    connection = None
    try:
        message = _message(to, subject, body, sender, stop)
        connection = get_connection()
        connection.open()
    except Exception as error:  # whatever it was, nothing has been handed over, and it is not the address
        _close(connection)
        return Outcome(Result.TRANSIENT, in_words(error))
    try:
        with _watched(connection) as handed_over:
            taken = connection.send_messages([message])
    except Exception as error:
        return _judged(error, bool(handed_over))
    finally:
        _close(connection)
    if taken == 0:
        return Outcome(Result.TRANSIENT, "The backend took nothing.")
    told = getattr(message, "anymail_status", None)
    if told is None:
        return Outcome(Result.ACCEPTED)
    if not isinstance(told.message_id, str):
        return Outcome(Result.UNKNOWN, "The provider gave no key.")
    return Outcome(Result.ACCEPTED, provider_id=told.message_id[:254])


def _message(to, subject, body, sender, stop):
    """The message; its key names the sender's domain, where Django's would name this machine."""
    headers = {
        "Auto-Submitted": "auto-generated",  # RFC 3834: no out-of-office answers
        "Message-ID": make_msgid(domain=parseaddr(sender)[1].rpartition("@")[2] or "localhost"),
    }
    if stop:
        headers |= {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    message = EmailMessage(subject, body, sender, [to], headers=headers)
    message.message()  # a header that cannot be written shows here, before anything is opened
    return message


@contextmanager
def _watched(connection):
    """A list that is empty until the body may have reached the server."""
    handed_over = []
    smtp = getattr(connection, "connection", None)
    if isinstance(smtp, smtplib.SMTP):
        data = smtp.data

        def watched(body):
            handed_over.append(True)
            return data(body)

        smtp.data = watched
    else:
        handed_over.append(True)  # a backend we cannot look into
    yield handed_over


def _judged(error, handed_over):
    """Refused for good, refused for now, or not known. A reply is certain; silence after the body is not."""
    if provider() and (said := _judged_by_provider(error)):
        return said
    at_recipient = isinstance(error, smtplib.SMTPRecipientsRefused)
    if at_recipient:
        code, text = next(iter(error.recipients.values()))
    elif isinstance(error, smtplib.SMTPResponseException):
        code, text = error.smtp_code, error.smtp_error
    else:
        return Outcome(Result.UNKNOWN if handed_over else Result.TRANSIENT, in_words(error))
    words = one_line(f"{code} {text.decode(errors='replace') if isinstance(text, bytes) else text}")
    if not at_recipient and not handed_over:
        return Outcome(Result.TRANSIENT, words)  # about us, not about the person: log-in, sender, greeting
    if 500 <= code < 600:
        return Outcome(Result.PERMANENT, words, bad_address=_blames_address(words, at_recipient))
    if 400 <= code < 500:
        return Outcome(Result.TRANSIENT, words)
    return Outcome(Result.UNKNOWN if handed_over else Result.TRANSIENT, words)


def _judged_by_provider(error):
    """What an answer of a provider's API says; None when it is none."""
    from anymail.exceptions import AnymailAPIError, AnymailRecipientsRefused

    if isinstance(error, AnymailRecipientsRefused):
        return Outcome(Result.PERMANENT, in_words(error), bad_address=True)
    if not isinstance(error, AnymailAPIError):
        return None
    if error.status_code is None:
        return Outcome(Result.TRANSIENT if never_left(error.__cause__) else Result.UNKNOWN, in_words(error))
    certain = error.status_code == 503 or 400 <= error.status_code < 500  # about our account, or the message
    return Outcome(Result.TRANSIENT if certain else Result.UNKNOWN, in_words(error))


def provider():
    """Whose API email goes by, in anymail's words; empty for a mail server of our own."""
    found = re.fullmatch(r"anymail\.backends\.(\w+)\.EmailBackend", settings.EMAIL_BACKEND)
    return found[1] if found else ""


def _reader():
    """Anymail's own reader of what this provider tells us; None where nobody could prove who tells it."""
    from anymail.urls import urlpatterns

    if not settings.ANYMAIL.get("WEBHOOK_SECRET"):
        return None
    views = {one.name: one.callback.view_class for one in urlpatterns}
    view = views.get(f"{provider()}_tracking_webhook")
    return view() if view else None


def verified(request):
    """Did the provider send this? By the secret in the address it calls and, where it signs, by its signature."""
    from anymail.exceptions import AnymailWebhookValidationFailure

    reader = _reader()
    if reader is None:
        return False
    try:
        reader.run_validators(request)
    except AnymailWebhookValidationFailure:
        return False
    return True


def receipts_of(request):
    """What became of messages, as messaging.actions.receipt takes it. Who opened what is nothing we keep."""
    return [
        {
            "provider": provider()[:20],
            "provider_id": event.message_id[:254],
            "status": str(event.event_type),
            "code": str(event.reject_reason or "")[:20],
        }
        for event in _reader().parse_events(request)
        if event.message_id and event.event_type in ARRIVED | NOT_DELIVERED | ASKED_TO_STOP
    ]


def became(status, code):
    """What a receipt says of the message and the address; None where nothing is wrong."""
    if status in ASKED_TO_STOP:
        return Outcome(Result.ACCEPTED, opted_out=True)
    if status in NOT_DELIVERED:
        return Outcome(Result.PERMANENT, bad_address=code in NO_SUCH_ADDRESS)
    return None


def _blames_address(words, at_recipient):
    """RFC 3463: 5.1 is the address and 5.2 the mailbox; 5.7 and the rest are policy, ours to solve."""
    enhanced = re.match(r"5\d\d[ -]5\.(\d+)\.", words)
    return enhanced[1] in "12" if enhanced else at_recipient


def _close(connection):
    """Hang up. What was taken stays taken, however the farewell goes."""
    if connection is not None:
        with suppress(Exception):
            connection.close()
