"""Ask the database whether anybody was dropped: one line for each finding; ends with an error when there is one."""

from datetime import timedelta

from django.core.management.base import BaseCommand
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import Membership
from duties.models import FARTHEST, Duty, Notice, NoticeState
from patients.models import Episode
from treatment.models import BedStay

OVERDUE = timedelta(hours=1)  # a notice that waits longer, or a clock that nobody has looked at, is stuck


class Command(BaseCommand):
    """Look for people nobody would call; change nothing."""

    help = __doc__

    def handle(self, *args, verbosity, **options):
        """Exits with 1 when something was found."""
        dropped = False
        for line in findings(timezone.now()):
            dropped = True
            self.stdout.write(line)
        if dropped:
            raise SystemExit(1)
        if verbosity:
            self.stdout.write("Every open episode has an open duty, and every duty somebody who hears of it.")


def findings(now):
    """One sentence each, by keys alone: what is printed here may be read by whoever runs the servers."""
    for name, rows in QUESTIONS.items():
        for pk in rows(now).order_by("pk").values_list("pk", flat=True).iterator():
            yield f"{name}: {pk}"
    for facility, role, many in roles_with_nobody():
        yield f"{many} open duties are owed by the role “{role}” at facility {facility}, where nobody holds it"


def nothing_owed(now):
    """Open episodes to which nothing is owed."""
    threads = Duty.objects.open().filter(episode=OuterRef("pk"), keeps_thread=True)
    return Episode.objects.open().filter(~Exists(threads))


def silent(now):
    """Open duties whose clock does not run, or has run out unnoticed."""
    return Duty.objects.open().filter(Q(next_action_at=None) | Q(next_action_at__lt=now - OVERDUE))


def too_far(now):
    """Threads further ahead than they may be."""
    return Duty.objects.open().filter(keeps_thread=True, next_action_at__gt=now + FARTHEST)


def owner_gone(now):
    """Open duties of somebody who has no part in the place any more."""
    here = Membership.objects.active().filter(user=OuterRef("owner"), facility=OuterRef("facility"))
    return Duty.objects.open().filter(~Exists(here), owner__isnull=False)


def roles_with_nobody():
    """(facility, role, how many duties) for roles that owe something where nobody holds them."""
    owed = Duty.objects.open().filter(owner=None).order_by().values("facility", "owner_role")
    held = set(Membership.objects.active().order_by().values_list("facility", "role").distinct())
    for row in owed.annotate(many=Count("pk")):
        if (row["facility"], row["owner_role"]) not in held:
            yield row["facility"], row["owner_role"], row["many"]


def bed_twice(now):
    """People in a bed in which somebody else lies as well, or in two beds."""
    open_ones = BedStay.objects.open()
    others = open_ones.filter(Q(bed=OuterRef("bed")) | Q(patient=OuterRef("patient"))).exclude(pk=OuterRef("pk"))
    return open_ones.filter(Exists(others))


def stuck(now):
    """Notices that nobody took, or that were taken and never brought."""
    waiting = Q(state=NoticeState.WAITING, send_at__lt=now - OVERDUE, expires_at__gt=now)
    return Notice.objects.filter(waiting | Q(state=NoticeState.HANDING_OVER, lease_until__lt=now - OVERDUE))


QUESTIONS = {
    "An open episode to which nothing is owed": nothing_owed,
    "An open duty whose clock stands still": silent,
    "A thread that lies more than 95 days ahead": too_far,
    "A duty whose owner has gone": owner_gone,
    "A bed stay that overlaps another": bed_twice,
    "A notice that is stuck": stuck,
}
