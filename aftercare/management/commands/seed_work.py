"""The work of years for a crowd that `seed_demo --people` made: sessions, rounds and doses, in bulk."""

import time
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from accounts.models import Facility
from aftercare.management import demo_bulk, demo_work
from treatment.models import Session

from .seed_demo import WRITERS


class Command(BaseCommand):
    """Load practice work; a place at a time, two at once."""

    help = __doc__

    def handle(self, *args, verbosity, **options):
        """Refuses outside a practice system, and where it was done before."""
        if not settings.DEMO:
            raise CommandError("This is not a practice system (DEMO is not set), so nothing is invented here.")
        if Session.objects.filter(attendance="no_show").exists():
            raise CommandError("The work of years is here already.")
        began, now = time.monotonic(), demo_bulk.moment()
        places = list(Facility.objects.order_by("pk"))
        if len(places) == 1 or connection.in_atomic_block:
            for place in places:
                demo_work.write(place, now)
        else:
            _write_at_once(places, now)
        if verbosity:
            self.stdout.write(f"{demo_work.many()} sessions, rounds and doses in {time.monotonic() - began:.0f} s.")


def _write_at_once(places, now):
    """Two at a time, for two cores."""

    def write(place):
        try:
            demo_work.write(place, now)
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as writers:
        for one in [writers.submit(write, place) for place in places]:
            one.result()
