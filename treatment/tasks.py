"""Where time itself changes treatment."""

from celery import shared_task
from django.utils import timezone

from .actions import appointments, doses, investigations, offers, placements, random_tests


@shared_task(name="treatment.tasks.lapse_holds")
def lapse_holds():
    """Give up beds kept longer than agreed."""
    return placements.lapse_holds(timezone.now())


@shared_task(name="treatment.tasks.lapse_offers")
def lapse_offers():
    """Give up places nobody answered for in time."""
    return offers.lapse_offers(timezone.now())


@shared_task(name="treatment.tasks.turn_doses")
def turn_doses():
    """Lay out the doses of the day ahead, end orders whose time has passed, and say where doses are late."""
    now = timezone.now()
    return doses.lay_out_all(now), doses.end_orders(now), doses.watch_late(now)


@shared_task(name="treatment.tasks.turn_random_tests")
def turn_random_tests():
    """Reveal the tests that chance wants today, and close those that nobody collected."""
    return random_tests.turn(timezone.now())


@shared_task(name="treatment.tasks.plan_checks")
def plan_checks():
    """Begin the checks of bladder, kidneys and liver for whoever is to have them and has none."""
    return investigations.plan_checks(timezone.now())


@shared_task(name="treatment.tasks.owe_logs")
def owe_logs():
    """Ask about appointments that nobody has logged."""
    return appointments.owe_logs(timezone.now())
