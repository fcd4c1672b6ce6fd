"""The person: written down, corrected, found to be one with another."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from ..models import Access, Because, Episode, Patient


@transaction.atomic
def register(*, preferred_name, facility, because, at, **fields):
    """A new person, seen from this facility."""
    patient = Patient.objects.create(preferred_name=preferred_name.strip(), **fields)
    Access.grant(patient, because=because, at=at, facility=facility)
    return patient


@transaction.atomic
def amend(patient, *, by, **fields):
    """Correct what is recorded about a person; every earlier state stays in the history."""
    patient = Patient.objects.lock(patient.pk)
    for field, value in fields.items():
        setattr(patient, field, value)
    patient.full_clean(exclude=["id"], validate_constraints=False)
    patient.save(update_fields=list(fields))
    return patient


@transaction.atomic
def merge(patient, *, into, by, at=None):
    """Two records are one person: this one points to the other. Rows stay where they were written."""
    at = at or timezone.now()
    first, second = sorted([patient.pk, into.pk])
    locked = {pk: Patient.objects.lock(pk) for pk in dict.fromkeys([first, second])}
    patient, into = locked[patient.pk], locked[into.pk]
    if patient.merged_into_id or into.merged_into_id:
        raise ValidationError("One of these records is merged already.", code="merged_already")
    open_here, open_there = (
        Episode.objects.open().filter(patient__in=person.records()).exists() for person in (patient, into)
    )
    if patient.pk != into.pk and open_here and open_there:
        raise ValidationError(
            "Both records have an open episode. Close one of them first.", code="both_episodes_open"
        )
    patient.merged_into = into
    patient.save(update_fields=["merged_into"])
    patient.duplicates.update(merged_into=into)
    # Whoever could see one of them sees both from now on.
    for access in list(Access.objects.current(at).filter(patient__in=[patient, into])):
        Access.grant(
            into,
            because=Because.MERGE,
            at=at,
            facility=access.facility,
            user=access.user,
            until=access.until_at,
        )
    return into
