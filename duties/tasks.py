"""The clock, as a task."""

import logging
from urllib.request import urlopen

from celery import shared_task
from django.conf import settings

from . import actions

log = logging.getLogger(__name__)


@shared_task(name="duties.tasks.tick")
def tick():
    """Tick, then tell the outside watchdog that we are alive."""
    moved = actions.tick()
    if settings.DEADMAN_URL:
        try:
            urlopen(settings.DEADMAN_URL, timeout=5).close()
        except OSError as error:
            log.warning("the watchdog outside could not be told: %s", error)
    return moved
