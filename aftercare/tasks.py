"""Where time itself changes aftercare."""

from celery import shared_task

from .actions import check_ins, drafts


@shared_task(name="aftercare.tasks.turn")
def turn():
    """Close check-ins whose time is over and make the next."""
    return check_ins.turn()


@shared_task(name="aftercare.tasks.gather")
def gather():
    """Send in what people answered and left unfinished."""
    return drafts.gather()
