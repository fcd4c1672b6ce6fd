"""Where time itself changes treatment."""

from celery import shared_task
from django.utils import timezone

from .actions import investigations, offers, placements, random_tests


@shared_task(name="treatment.tasks.lapse_holds")
def lapse_holds():
    """Give up beds kept longer than agreed."""
    return placements.lapse_holds(timezone.now())


@shared_task(name="treatment.tasks.lapse_offers")
def lapse_offers():
    """Give up places nobody answered for in time."""
    return offers.lapse_offers(timezone.now())


@shared_task(name="treatment.tasks.turn_random_tests")
def turn_random_tests():
    """Reveal the tests that chance wants today, and close those that nobody collected."""
    return random_tests.turn(timezone.now())


@shared_task(name="treatment.tasks.plan_checks")
def plan_checks():
    """Begin the checks of bladder, kidneys and liver for whoever is to have them and has none."""
    return investigations.plan_checks(timezone.now())
