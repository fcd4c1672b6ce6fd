"""Joining, being on call, and switching on; leaving is in duties, because duties fall back to the role."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from .models import MAY_BE_ON_CALL, Facility, Membership, OnCallShift, Role, Shift, User


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


def is_held(membership):
    """Raise membership_ended."""
    if membership.ended_at:
        raise ValidationError("This role has ended.", code="membership_ended")


@transaction.atomic
def record_license(membership, *, license_number="", license_expires_on=None, supervisor=None, by, at=None):
    """What somebody is licensed for at a place, or that they are not, and who co-signs what they write.

    Raises membership_ended, not_a_supervisor, or license_incomplete.
    """
    membership = Membership.objects.select_related("facility").lock(membership.pk)
    is_held(membership)
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
def name_last_resort(facility, *, name, phone, email, by, at=None):
    """Whom to page when nobody on the rota answers: somebody outside of it. May be changed, never left empty.

    Raises last_resort_incomplete.
    """
    facility = Facility.objects.lock(facility.pk)
    if not (name and phone and email):
        refuse(Facility, "a_last_resort_can_be_reached")
    facility.last_resort_name, facility.last_resort_phone, facility.last_resort_email = name, phone, email
    facility.save(update_fields=["last_resort_name", "last_resort_phone", "last_resort_email"])
    return facility


def refuse(model, name):
    """Refuse with the code and the sentence of a constraint."""
    [rule] = [one for one in model._meta.constraints if one.name == name]
    raise ValidationError(rule.violation_error_message, code=rule.violation_error_code)


@transaction.atomic
def plan_shift(*, facility, user, starts_at, ends_at, by, kind=Shift.ON_CALL, at=None, id=None):
    """Somebody will be on call here. Raises not_a_clinician, shift_empty, on_call_already."""
    return _stand(facility=facility, user=user, kind=kind, starts_at=starts_at, ends_at=ends_at, by=by, at=at, id=id)


def _stand(*, user, by, at, id=None, **fields):
    if not user.is_at(fields["facility"], MAY_BE_ON_CALL[Shift(fields["kind"])]):
        raise ValidationError(
            "%(who)s holds no role here that may be on call as this.",
            code="not_a_clinician",
            params={"who": str(user)},
        )
    shift = OnCallShift(user=user, planned_at=at or timezone.now(), planned_by=by, **fields)
    if id:
        shift.id = id
    shift.save(force_insert=True)
    return shift


@transaction.atomic
def cancel_shift(shift, *, reason, by, at=None):
    """It is not stood, or no longer from now on. Raises shift_canceled, shift_over."""
    shift, at = _coming(shift, at)
    _end(shift, reason=reason, by=by, at=at)
    return shift


def _coming(shift, at):
    shift = OnCallShift.objects.select_related("facility", "user").lock(shift.pk)
    at = at or timezone.now()
    shift.require_coming(at)
    return shift, at


def _end(shift, *, reason, by, at):
    """What was stood stays on the rota: a shift that has begun ends now, one that has not is called off."""
    if shift.starts_at < at:
        shift.ends_at = at
        shift.save(update_fields=["ends_at"])
    else:
        shift.canceled_at, shift.canceled_by, shift.cancel_reason = at, by, reason
        shift.save(update_fields=["canceled_at", "canceled_by", "cancel_reason"])
    shift.refresh_from_db()


@transaction.atomic
def swap_shift(shift, *, user, by, reason="swapped", at=None):
    """Somebody else stands it, or the rest of it; returns theirs.

    Raises shift_canceled, shift_over, not_a_clinician, on_call_already.
    """
    shift, at = _coming(shift, at)
    starts_at, ends_at = max(shift.starts_at, at), shift.ends_at
    _end(shift, reason=reason, by=by, at=at)
    return _stand(
        facility=shift.facility,
        user=user,
        kind=shift.kind,
        starts_at=starts_at,
        ends_at=ends_at,
        instead_of=shift,
        by=by,
        at=at,
    )


def has_last_resort(facility):
    """Raise last_resort_missing until somebody outside the rota is named."""
    if not facility.last_resort_email:
        raise ValidationError(
            "Name somebody outside the rota first: whom to page when nobody answers.", code="last_resort_missing"
        )


def has_emergency_number(facility):
    """Raise emergency_number_missing where nobody said whom people call when somebody must come at once."""
    if not facility.emergency():
        refuse(Facility, "whoever_is_written_to_knows_whom_to_call")


@transaction.atomic
def switch_on_sending(facility, *, by, at=None):
    """Let machines write to patients of this facility. Off until somebody here decides it.

    Raises last_resort_missing, emergency_number_missing.
    """
    facility = Facility.objects.lock(facility.pk)
    has_last_resort(facility)
    has_emergency_number(facility)
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
