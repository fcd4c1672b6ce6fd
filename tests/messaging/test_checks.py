"""What is said before it is deployed."""

from django.core.checks import registry

from messaging.apps import an_address_reveals, part_two_is_missing


def test_part_two_is_missing_is_said_outside_of_practice(settings):
    settings.DEMO = False
    [warning] = part_two_is_missing(None)
    assert warning.id == "throughline.W001"
    assert "Part 2 consent and disclosure records are not there yet" in warning.msg
    settings.DEMO = True
    assert part_two_is_missing(None) == []


def test_it_is_registered_for_deployment_only():
    assert part_two_is_missing in registry.registry.deployment_checks
    assert part_two_is_missing not in registry.registry.registered_checks


def test_an_address_that_people_see_tells_nothing(settings):
    settings.PUBLIC_URL, settings.DEFAULT_FROM_EMAIL = "https://mysoberlife.example.org", "hello@example.net"
    [warning] = an_address_reveals(None)
    assert warning.id == "throughline.W002" and "PUBLIC_URL" in warning.msg and "sober" in warning.msg
    settings.PUBLIC_URL = "https://example.org"
    assert an_address_reveals(None) == []
