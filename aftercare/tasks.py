"""Where time itself changes aftercare."""

from celery import shared_task

from .actions import check_ins, drafts, plans, rotas, schedules


@shared_task(name="aftercare.tasks.turn")
def turn():
    """Close check-ins whose time is over and make the next; move plans to the newest edition of their schedule."""
    schedules.renew_plans()
    return check_ins.turn()


@shared_task(name="aftercare.tasks.gather")
def gather():
    """Send in what people answered and left unfinished."""
    return drafts.gather()


@shared_task(name="aftercare.tasks.follow_clocks")
def follow_clocks():
    """Move check-ins to the clock that people live by now."""
    return plans.follow_clocks()


@shared_task(name="aftercare.tasks.watch_rotas")
def watch_rotas():
    """Look for gaps in the rotas a day ahead."""
    return rotas.watch_rotas()
