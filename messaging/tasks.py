"""Sending, as a task."""

from contextlib import contextmanager
from time import monotonic

from celery import shared_task
from django.db import connection

from . import actions

RUN = 60  # seconds after which nothing new is begun; the next beat goes on
BATCH = 50  # what dead workers left is looked for once between so many
ONE_SENDER = 7_425_113_902  # any number


@shared_task(name="messaging.tasks.send")
def send():
    """Send until nothing is due, or for a minute."""
    sent, started = 0, monotonic()
    with _only_sender() as alone:
        while alone and (left := RUN - (monotonic() - started)) > 0:
            handled = actions.send(limit=BATCH, seconds=left)
            sent += handled
            if handled < BATCH:
                break
    return sent


@contextmanager
def _only_sender():
    """One task at a time, or a mail server that hangs would hold every worker, and the clock would stand."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [ONE_SENDER])
        alone = cursor.fetchone()[0]
        try:
            yield alone
        finally:
            if alone:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_SENDER])
