"""Diagnoses, the criteria behind them, and remission."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from ..models import Condition, CriteriaAssessment, Patient
from ..models.conditions import ConditionStatus, Criterion, Remission
from .needs import needs

NO_REMISSION = {
    "remission": "",
    "remission_on": None,
    "criteria_last_met_on": None,
    "controlled_environment": False,
}


@transaction.atomic
def record_condition(patient, *, facility, principal=False, by, at=None, **fields):
    """The person has this. The principal one takes the mark from the one before."""
    patient = Patient.objects.lock(patient.pk)
    if principal:
        _unmark(patient)
    return Condition.objects.create(
        patient=patient, facility=facility, principal=principal, noted_at=at or timezone.now(), noted_by=by, **fields
    )


def _unmark(patient):
    for before in Condition.objects.right().filter(patient=patient, principal=True):
        _change(before, principal=False)


def _change(condition, **changes):
    for field, value in changes.items():
        setattr(condition, field, value)
    condition.save(update_fields=list(changes))
    return condition


def is_unresolved(condition):
    """Raises condition_resolved."""
    if condition.status == ConditionStatus.RESOLVED:
        raise ValidationError("This condition is resolved.", code="condition_resolved")


def is_inactive(condition):
    """Raises condition_active."""
    if condition.status == ConditionStatus.ACTIVE:
        raise ValidationError("This condition is active.", code="condition_active")


@transaction.atomic
def amend_condition(condition, *, by, at=None, **fields):
    """Correct code, words, onset or severity."""
    return _change(Condition.objects.lock(condition.pk), **fields)


@needs(is_unresolved)
@transaction.atomic
def make_principal(condition, *, by, at=None):
    """This is what the person is treated for first. Raises condition_resolved."""
    patient = Patient.objects.lock(condition.patient_id)
    condition = Condition.objects.lock(condition.pk)
    make_principal.require(condition)
    _unmark(patient)
    return _change(condition, principal=True)


@needs(is_unresolved)
@transaction.atomic
def remit(condition, *, criteria_last_met_on, controlled_environment=False, by, at=None):
    """No criterion but craving was met since that day; how long ago says what to call it (domain 5.4).

    Raises condition_resolved or too_soon_for_remission.
    """
    condition = Condition.objects.lock(condition.pk)
    remit.require(condition)
    today = (at or timezone.now()).astimezone(condition.facility.tz()).date()
    remission = Remission.since(criteria_last_met_on, today)
    if remission is None:
        raise ValidationError(
            "Remission begins three months after criteria were last met.", code="too_soon_for_remission"
        )
    return _change(
        condition,
        status=ConditionStatus.REMISSION,
        remission=remission,
        remission_on=today,
        criteria_last_met_on=criteria_last_met_on,
        controlled_environment=controlled_environment,
    )


@needs(is_inactive)
@transaction.atomic
def reactivate(condition, *, by, at=None):
    """It is there again. Raises condition_active."""
    condition = Condition.objects.lock(condition.pk)
    reactivate.require(condition)
    return _change(condition, status=ConditionStatus.ACTIVE, **NO_REMISSION)


@needs(is_unresolved)
@transaction.atomic
def resolve_condition(condition, *, by, at=None):
    """The person does not have it any more. Raises condition_resolved."""
    condition = Condition.objects.lock(condition.pk)
    resolve_condition.require(condition)
    return _change(condition, status=ConditionStatus.RESOLVED, principal=False, **NO_REMISSION)


@transaction.atomic
def assess_criteria(patient, *, facility, criteria_set, met, by, at=None, **fields):
    """Which criteria were met in the past twelve months. Raises criterion_unknown."""
    met = sorted(set(met), key=Criterion.values.index)
    if not all(criteria_set.has(criterion) for criterion in met):
        raise ValidationError("This criterion does not count for this substance.", code="criterion_unknown")
    return CriteriaAssessment.objects.create(
        patient=patient,
        facility=facility,
        criteria_set=criteria_set,
        met=met,
        assessed_at=at or timezone.now(),
        assessed_by=by,
        **fields,
    )
