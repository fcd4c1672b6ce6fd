"""Seal every counseling note under the first of COUNSELING_KEYS, so that the others may be retired.

Earlier states of drafts stay in the history under the key they were sealed with: keep it for as long as they
must be opened.
"""

from django.core.management.base import BaseCommand

from treatment.actions import counseling


class Command(BaseCommand):
    """Batch by batch, each in a transaction of its own; run again after an interruption, it goes on where it was."""

    help = __doc__

    def handle(self, *args, **options):
        """Until none is left."""
        total = 0
        while done := counseling.reseal():
            total += done
        if options["verbosity"]:
            self.stdout.write(f"Sealed anew: {total}.")
