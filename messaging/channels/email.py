"""Email through Django's backend."""

import re
import smtplib
from contextlib import contextmanager, suppress
from email.utils import make_msgid, parseaddr

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.validators import validate_email

from ..models import Result
from . import Outcome, in_words, one_line


def send(to, subject, body, sender):
    """Hand one message to the mail server and say what is known about it. Raises nothing."""
    try:
        validate_email(to)
    except ValidationError:
        return Outcome(Result.PERMANENT, "This is not an email address.", bad_address=True)
    connection = None
    try:
        message = _message(to, subject, body, sender)
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
    return Outcome(Result.TRANSIENT, "The backend took nothing.") if taken == 0 else Outcome(Result.ACCEPTED)


def _message(to, subject, body, sender):
    """The message; its key names the sender's domain, where Django's would name this machine."""
    headers = {
        "Auto-Submitted": "auto-generated",  # RFC 3834: no out-of-office answers
        "Message-ID": make_msgid(domain=parseaddr(sender)[1].rpartition("@")[2] or "localhost"),
    }
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


def _blames_address(words, at_recipient):
    """RFC 3463: 5.1 is the address and 5.2 the mailbox; 5.7 and the rest are policy, ours to solve."""
    enhanced = re.match(r"5\d\d[ -]5\.(\d+)\.", words)
    return enhanced[1] in "12" if enhanced else at_recipient


def _close(connection):
    """Hang up. What was taken stays taken, however the farewell goes."""
    if connection is not None:
        with suppress(Exception):
            connection.close()
