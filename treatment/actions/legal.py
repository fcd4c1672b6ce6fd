"""Legal grounds and their hard clocks."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

import patients.actions as patients
from accounts.models import Role
from duties import actions as duties
from patients.actions import needs
from patients.models import Patient

from ..models import LegalStatus
from ..models.legal import LegalKind

WHO_DECIDES = {LegalKind.HOLD: Role.PRESCRIBER}  # the others: the counselor, who talks to courts [D]


def _owe_decision(status, *, by, at):
    return duties.open(
        "legal_status_ends",
        facility=status.facility,
        patient=status.patient,
        owner_role=WHO_DECIDES.get(status.kind, Role.COUNSELOR),
        due_at=max(at, status.decide_by_at()),
        note=status.get_kind_display(),
        by=by,
        at=at,
    )


@transaction.atomic
def record_legal_status(patient, *, facility, by, at=None, **fields):
    """On what legal ground the person is here; one that ends by law is owed a decision before. Raises end_passed."""
    patient, at = Patient.objects.lock(patient.pk), at or timezone.now()
    status = LegalStatus(patient=patient, facility=facility, recorded_at=at, recorded_by=by, **fields)
    if status.until_at and status.until_at <= at:
        raise ValidationError("This has ended already.", code="end_passed")
    if status.until_at:
        status.duty = _owe_decision(status, by=by, at=at)
    status.save(force_insert=True)
    return status


def is_in_force(status):
    """Raises legal_status_ended."""
    if status.ended_at or status.entered_in_error_at:
        raise ValidationError("This legal status has ended.", code="legal_status_ended")


def may_end_by_law(status):
    """Raises voluntary_has_no_end."""
    if status.kind == LegalKind.VOLUNTARY:
        raise ValidationError(
            "A voluntary stay has no legal end: the person may leave at any time.", code="voluntary_has_no_end"
        )


def _locked(status):
    Patient.objects.lock(status.patient_id)
    return LegalStatus.objects.select_related("facility", "patient", "duty__ladder").lock(status.pk)


@needs(is_in_force, may_end_by_law)
@transaction.atomic
def renew(status, *, until_at, reference="", by, at=None):
    """It goes on until a later time; the next decision is owed before that. Raises not_later or end_passed."""
    at = at or timezone.now()
    status = _locked(status)
    renew.require(status)
    if status.until_at and until_at <= status.until_at:
        raise ValidationError("It is renewed to a later time than before.", code="not_later")
    if until_at <= at:
        raise ValidationError("This has ended already.", code="end_passed")
    status.until_at, status.reference = until_at, reference or status.reference
    if status.duty_id and status.duty.is_open():
        status.duty = duties.renew(
            status.duty, due_at=max(at, status.decide_by_at()), note=status.get_kind_display(), by=by, at=at
        )
    else:
        status.duty = _owe_decision(status, by=by, at=at)
    status.save(update_fields=["until_at", "reference", "duty"])
    return status


@needs(is_in_force)
@transaction.atomic
def end(status, *, reason, by, at=None):
    """It holds no longer: it ran out, was lifted, or the person stays of their own will.

    Raises legal_status_ended.
    """
    at = at or timezone.now()
    status = _locked(status)
    end.require(status)
    status.ended_at, status.ended_by, status.end_reason = at, by, reason
    status.save(update_fields=["ended_at", "ended_by", "end_reason"])
    if status.duty_id and status.duty.is_open():
        duties.resolve(status.duty, by=by, at=at, reason=reason)
    return status


@transaction.atomic
def mark_error(status, *, reason, by, at=None):
    """It was never so; nobody owes a decision about it."""
    Patient.objects.lock(status.patient_id)
    status = patients.mark_error(status, reason=reason, by=by, at=at)
    if status.duty_id and status.duty.is_open():
        duties.cancel(status.duty, by=by, at=at, reason="entered in error")
    return status
