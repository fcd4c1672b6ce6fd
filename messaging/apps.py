"""The app, and its warning before it is deployed."""

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import Tags, Warning, register


class Messaging(AppConfig):
    """How a notice reaches somebody."""

    name = "messaging"

    def ready(self):
        """Register the deployment check."""
        register(part_two_is_missing, Tags.security, deploy=True)


def part_two_is_missing(app_configs, **kwargs):
    """Warn whoever deploys this for real people that consent and disclosure are not recorded yet."""
    if settings.DEMO:
        return []
    return [
        Warning(
            "Part 2 consent and disclosure records are not there yet.",
            hint="Switch sending to patients on at a facility only when 42 CFR Part 2 is met some other way.",
            id="throughline.W001",
        )
    ]
