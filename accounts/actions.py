"""Joining and switching on; leaving is in duties, because duties fall back to the role."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from .models import Facility, Membership, Role, User


@transaction.atomic
def join(user, *, facility, role, by, at=None):
    """Give a user a role at a place."""
    return Membership.objects.create(
        user=user, facility=facility, role=role, began_at=at or timezone.now(), began_by=by
    )


@transaction.atomic
def record_mobile(user, *, mobile, by, at=None):
    """The number that texts about what is critical go to; empty for none."""
    user = User.objects.lock(user.pk)
    user.mobile = mobile
    user.save(update_fields=["mobile"])
    return user


@transaction.atomic
def record_license(membership, *, license_number="", license_expires_on=None, supervisor=None, by, at=None):
    """What somebody is licensed for at a place, or that they are not, and who co-signs what they write.

    Raises membership_ended, not_a_supervisor, or license_incomplete.
    """
    membership = Membership.objects.select_related("facility").lock(membership.pk)
    if membership.ended_at:
        raise ValidationError("This role has ended.", code="membership_ended")
    if supervisor and (
        supervisor.pk == membership.user_id or not supervisor.is_at(membership.facility, [Role.SUPERVISOR])
    ):
        raise ValidationError("Name somebody else, who is a supervisor at this place.", code="not_a_supervisor")
    membership.license_number, membership.license_expires_on = license_number, license_expires_on
    membership.supervisor = supervisor
    membership.save(update_fields=["license_number", "license_expires_on", "supervisor"])
    membership.refresh_from_db()
    return membership


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
