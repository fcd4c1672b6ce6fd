"""When somebody leaves, what they owed falls to the role at the place, in the same transaction."""

from django.db import transaction
from django.utils import timezone

from accounts.models import Membership, Role, User

from ..models import Duty, DutyEvent, Kind
from .duties import open as open_duty


@transaction.atomic
def end_membership(membership, *, by, at=None):
    """End a role at a place; the user's duties there fall to the role."""
    membership = Membership.objects.lock(membership.pk)
    at = at or timezone.now()
    if membership.ended_at is None:
        membership.ended_at, membership.ended_by = at, by
        membership.save(update_fields=["ended_at", "ended_by"])
        _let_fall(membership, by=by, at=at)
    return membership


@transaction.atomic
def leave(user, *, by, at=None):
    """A user leaves: no more log-in, no role anywhere, nothing owed by name."""
    user = User.objects.lock(user.pk)
    at = at or timezone.now()
    for membership in user.memberships.filter(ended_at=None):
        end_membership(membership, by=by, at=at)
    user.is_active, user.left_at, user.left_by = False, at, by
    user.save(update_fields=["is_active", "left_at", "left_by"])
    return user


def _let_fall(membership, *, by, at):
    """Duties owned by name under this role become the role's; a role left empty is itself an alarm."""
    fallen = Duty.objects.open().filter(owner=membership.user, facility=membership.facility)
    if membership.user.memberships.active().filter(facility=membership.facility).exists():
        fallen = fallen.filter(owner_role=membership.role)  # what they owe in another role here stays theirs
    DutyEvent.objects.bulk_create(
        DutyEvent(
            duty_id=pk,
            patient_id=patient,
            kind=Kind.REASSIGNED,
            at=at,
            by=by,
            note=f"{membership.user} left; owed by the role",
        )
        for pk, patient in fallen.select_for_update(no_key=True).order_by("pk").values_list("pk", "patient")
    )
    fallen.update(owner=None)
    if not User.objects.active_at(membership.facility, membership.role).exists():
        open_duty(
            "nobody_there",
            facility=membership.facility,
            owner_role=Role.ADMIN,
            due_at=at,
            once=f"nobody:{membership.role}",
            note=f"No active {membership.get_role_display().lower()} at {membership.facility}",
            by=by,
            at=at,
        )
