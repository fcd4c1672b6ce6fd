"""Load the reference data: each app's `reference.load()`, idempotent."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import transaction


class Command(BaseCommand):
    """Load ladders, schedules and checklists that are not there yet; change none that are."""

    help = __doc__

    @transaction.atomic
    def handle(self, *args, **options):
        """Ask every app that has reference data."""
        for config in apps.get_app_configs():
            if "." not in config.name and find_spec(f"{config.name}.reference"):
                import_module(f"{config.name}.reference").load()
                if options["verbosity"]:
                    self.stdout.write(f"  Reference data of {config.name} is in place.")
