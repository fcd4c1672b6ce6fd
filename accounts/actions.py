"""Joining and switching on; leaving is in duties, because duties fall back to the role."""

from django.db import transaction
from django.utils import timezone

from .models import Facility, Membership


@transaction.atomic
def join(user, *, facility, role, by, at=None):
    """Give a user a role at a place."""
    return Membership.objects.create(
        user=user, facility=facility, role=role, began_at=at or timezone.now(), began_by=by
    )


@transaction.atomic
def switch_on_sending(facility, *, by, at=None):
    """Let machines write to patients of this facility. Off until somebody here decides it."""
    facility = Facility.objects.lock(facility.pk)
    if facility.sends_to_patients_at is None:
        facility.sends_to_patients_at, facility.sends_to_patients_by = at or timezone.now(), by
        facility.save(update_fields=["sends_to_patients_at", "sends_to_patients_by"])
    return facility


@transaction.atomic
def switch_off_sending(facility, *, by, at=None):
    """Stop machines from writing to patients of this facility; unsent messages wait."""
    facility = Facility.objects.lock(facility.pk)
    facility.sends_to_patients_at = facility.sends_to_patients_by = None
    facility.save(update_fields=["sends_to_patients_at", "sends_to_patients_by"])
    return facility
