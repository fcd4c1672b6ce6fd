"""What a person must not be given."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from ..models import Allergy, Patient
from ..models.allergies import AllergyStatus
from .needs import needs


@transaction.atomic
def record_allergy(patient, *, facility, by, at=None, **fields):
    """The person reacts to this. A statement that nothing was known ends with it."""
    patient, at = Patient.objects.lock(patient.pk), at or timezone.now()
    for statement in Allergy.objects.of(patient).active().filter(none_known=True):
        _rule_out(statement, reason="An allergy became known.", by=by, at=at)
    return Allergy.objects.create(patient=patient, facility=facility, noted_at=at, noted_by=by, **fields)


def has_no_allergy(patient):
    """Raises allergies_known."""
    if Allergy.objects.of(patient).active().filter(none_known=False).exists():
        raise ValidationError("Allergies are recorded for this person. Rule them out first.", code="allergies_known")


@needs(has_no_allergy)
@transaction.atomic
def record_no_known_allergies(patient, *, facility, by, at=None):
    """Somebody asked, and none is known. Asked again, it is said anew. Raises allergies_known."""
    patient, at = Patient.objects.lock(patient.pk), at or timezone.now()
    record_no_known_allergies.require(patient)
    for statement in Allergy.objects.of(patient).active().filter(none_known=True):
        _rule_out(statement, reason="Asked again.", by=by, at=at)
    return Allergy.objects.create(patient=patient, facility=facility, none_known=True, noted_at=at, noted_by=by)


def is_active(allergy):
    """Raises allergy_ruled_out."""
    if allergy.status != AllergyStatus.ACTIVE:
        raise ValidationError("This was ruled out already.", code="allergy_ruled_out")


@needs(is_active)
@transaction.atomic
def amend_allergy(allergy, *, by, at=None, **fields):
    """Correct what is known about the reaction. Raises allergy_ruled_out."""
    allergy = Allergy.objects.lock(allergy.pk)
    amend_allergy.require(allergy)
    for field, value in fields.items():
        setattr(allergy, field, value)
    allergy.save(update_fields=list(fields))
    return allergy


@needs(is_active)
@transaction.atomic
def rule_out(allergy, *, reason, by, at=None):
    """It was looked into, and the person does not react to this. Raises allergy_ruled_out."""
    allergy = Allergy.objects.lock(allergy.pk)
    rule_out.require(allergy)
    return _rule_out(allergy, reason=reason, by=by, at=at or timezone.now())


def _rule_out(allergy, *, reason, by, at):
    allergy.status, allergy.ruled_out_at, allergy.ruled_out_by = AllergyStatus.RULED_OUT, at, by
    allergy.ruled_out_reason = reason
    allergy.save(update_fields=["status", "ruled_out_at", "ruled_out_by", "ruled_out_reason"])
    return allergy
