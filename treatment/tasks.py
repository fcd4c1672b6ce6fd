"""Where time itself changes treatment."""

from celery import shared_task
from django.utils import timezone

from .actions import placements


@shared_task(name="treatment.tasks.lapse_holds")
def lapse_holds():
    """Give up beds kept longer than agreed."""
    return placements.lapse_holds(timezone.now())
