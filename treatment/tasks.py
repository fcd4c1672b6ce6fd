"""Where time itself changes treatment."""

from celery import shared_task
from django.utils import timezone

from .actions import appointments, offers, placements


@shared_task(name="treatment.tasks.lapse_holds")
def lapse_holds():
    """Give up beds kept longer than agreed."""
    return placements.lapse_holds(timezone.now())


@shared_task(name="treatment.tasks.lapse_offers")
def lapse_offers():
    """Give up places nobody answered for in time."""
    return offers.lapse_offers(timezone.now())


@shared_task(name="treatment.tasks.owe_logs")
def owe_logs():
    """Ask about appointments that nobody has logged."""
    return appointments.owe_logs(timezone.now())
