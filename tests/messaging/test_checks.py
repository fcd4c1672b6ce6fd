"""What is said before it is deployed."""

from django.core.checks import registry

from messaging.apps import part_two_is_missing


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
