"""Calling somebody around the person: by a human only, and only whom the person permitted in writing."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from duties.models import Duty, Outcome
from patients.actions import needs
from patients.models import Patient, Supporter

from ..models import Band, CallAttempt
from .calls import CALLS
from .plans import UNREACHABLE


def unreached(patients):
    """What was opened because nobody reached these people for three days: owed, or done while the call is owed."""
    rows = Duty.objects.filter(patient__in=patients, ladder__slug__in=UNREACHABLE)
    goes_on = Q(outcome=Outcome.RESOLVED, because_of__isnull=False, because_of__closed_at=None)
    return rows.filter(Q(closed_at=None) | goes_on)


def whom_to_call(patients):
    """Those around these people whom somebody may call now: permitted in writing, and the person was not reached."""
    rows = Supporter.objects.right().filter(patient__in=unreached(patients).values("patient"))
    return rows.filter(permission_given_at__isnull=False, do_not_contact_at=None).order_by("pk")


def may_be_called(supporter):
    """Raise do_not_contact or no_permission: without a record of consent nobody around a person is called."""
    if supporter.do_not_contact_at:
        raise ValidationError("This supporter must not be contacted.", code="do_not_contact")
    if supporter.permission_given_at is None or supporter.entered_in_error_at:
        raise ValidationError(
            "The person has not permitted in writing that this supporter is contacted.", code="no_permission"
        )


@needs(may_be_called)
@transaction.atomic
def call_supporter(supporter, *, facility, outcome, by, note="", at=None):
    """Somebody around the person was called; what they may know was on the screen. Nothing else follows from it.

    A call whose ladder brought it about stays owed: the person has not been reached. What the supporter is worried
    about is logged as a worry. Raises do_not_contact, no_permission, not_of_a_supporter (domain 7.3, 10).
    """
    at = at or timezone.now()
    patient = Patient.objects.lock(supporter.patient_id)
    supporter = Supporter.objects.lock(supporter.pk)
    call_supporter.require(supporter)
    owed = Duty.objects.open().filter(patient__in=patient.records(), ladder__slug__in=CALLS)
    return CallAttempt.objects.create(
        patient=patient,
        facility=facility,
        supporter=supporter,
        duty=owed.order_by("due_at").first(),
        at=at,
        by=by,
        outcome=outcome,
        band=Band.of(at, patient.tz(facility)),
        note=note,
    )
