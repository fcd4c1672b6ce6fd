"""Sending, as a task."""

from contextlib import contextmanager
from time import monotonic

from celery import shared_task
from django.db import connection

from . import actions

RUN = 60  # seconds after which nothing new is begun; the next beat goes on
BATCH = 500  # what dead workers left is looked for once between so many
ONE_SENDER = 7_425_113  # any number


@shared_task(name="messaging.tasks.send", bind=True)
def send(self):
    """Send until nothing is due, or for a minute."""
    sent, started = 0, monotonic()
    with _only_sender(self.request.hostname or "") as alone:
        while alone and (left := RUN - (monotonic() - started)) > 0:
            handled = actions.send(limit=BATCH, seconds=left)
            sent += handled
            if handled < BATCH:
                break
    return sent


@contextmanager
def _only_sender(worker):
    """One task at a time in a worker, or a mail server that hangs would hold all of it, and the clock would stand."""
    key = [ONE_SENDER, worker]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, hashtext(%s))", key)
        alone = cursor.fetchone()[0]
        try:
            yield alone
        finally:
            if alone:
                cursor.execute("SELECT pg_advisory_unlock(%s, hashtext(%s))", key)
