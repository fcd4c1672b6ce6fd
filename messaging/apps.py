"""The app, and its warning before it is deployed."""

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import Tags, Warning, register


class Messaging(AppConfig):
    """How a notice reaches somebody."""

    name = "messaging"

    def ready(self):
        """Register the deployment checks."""
        register(part_two_is_missing, Tags.security, deploy=True)
        register(an_address_reveals, Tags.security, deploy=True)
        register(bounces_are_not_heard, Tags.security, deploy=True)
        register(a_public_host_shows_the_clinic, Tags.security, deploy=True)


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


def a_public_host_shows_the_clinic(app_configs, **kwargs):
    """Warn when the address that people see in messages opens the sign-in of the clinic as well."""
    if not settings.PUBLIC_URL or settings.PUBLIC_HOST:
        return []
    return [
        Warning(
            "The host of PUBLIC_URL serves the whole system: whoever has a message can see what it is.",
            hint="Give messages a host of their own that ALLOWED_HOSTS does not list; it serves nothing else then.",
            id="throughline.W004",
        )
    ]


def bounces_are_not_heard(app_configs, **kwargs):
    """Warn when nobody would tell us that an address does not work any more."""
    from .channels import email

    if settings.ANYMAIL.get("WEBHOOK_SECRET") and email.provider():
        return []
    return [
        Warning(
            "Email that bounces after it was taken is not heard of.",
            hint=f"Use a provider (EMAIL_BACKEND) that calls {email.RECEIPTS} with the WEBHOOK_SECRET of ANYMAIL.",
            id="throughline.W003",
        )
    ]


def an_address_reveals(app_configs, **kwargs):
    """Warn when an address that people see in messages tells a stranger what they are about."""
    from .texts import reveals_in_a_link

    seen = {"PUBLIC_URL": settings.PUBLIC_URL, "DEFAULT_FROM_EMAIL": settings.DEFAULT_FROM_EMAIL}
    return [
        Warning(
            f"{name} tells a stranger what messages are about: {', '.join(found)}.",
            hint="People are written to from a domain that says nothing.",
            id="throughline.W002",
        )
        for name, address in seen.items()
        if (found := reveals_in_a_link(address))
    ]
