"""The person: written down, corrected, found to be one with another."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from ..codes import Channel
from ..models import Access, Because, ContactPoint, Episode, Patient
from ..models.mistakes import ALONG, what_counts
from . import errors
from .needs import needs


@transaction.atomic
def register(*, preferred_name, facility, because, at, phone="", phone_typed="", email="", **fields):
    """A new person, seen from this facility, with how to reach them as they said it."""
    patient = Patient.objects.create(preferred_name=preferred_name.strip(), **fields)
    Access.grant(patient, because=because, at=at, facility=facility)
    reached = [(Channel.PHONE, phone, phone_typed), (Channel.EMAIL, email.strip(), email)]
    ContactPoint.objects.bulk_create(
        ContactPoint(patient=patient, channel=channel, value=value, typed=typed)
        for channel, value, typed in reached
        if value
    )
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
def correct_birth_date(patient, *, birth_date, reason, by, at=None):
    """The birth date was wrong, or is not known after all: say why. Raises same_birth_date."""
    patient = Patient.objects.lock(patient.pk)
    if patient.birth_date == birth_date:
        raise ValidationError("This is the birth date that is recorded.", code="same_birth_date")
    return _note(
        patient,
        birth_date=birth_date,
        birth_date_corrected_at=at or timezone.now(),
        birth_date_corrected_by=by,
        birth_date_corrected_reason=reason,
    )


@transaction.atomic
def record_weight(patient, *, weight_kg, by, at=None):
    """The person was weighed."""
    patient = Patient.objects.lock(patient.pk)
    return _note(patient, weight_kg=weight_kg, weight_noted_at=at or timezone.now(), weight_noted_by=by)


@transaction.atomic
def record_pregnancy(patient, *, pregnant, breastfeeding=None, by, at=None):
    """Pregnant, breastfeeding? A warning about ketamine that is prescribed, never a ground to wait (domain 10)."""
    patient = Patient.objects.lock(patient.pk)
    return _note(
        patient,
        pregnant=pregnant,
        breastfeeding=breastfeeding or patient.breastfeeding,
        pregnancy_noted_at=at or timezone.now(),
        pregnancy_noted_by=by,
    )


def _note(patient, **changes):
    for field, value in changes.items():
        setattr(patient, field, value)
    patient.save(update_fields=list(changes))
    return patient


def is_not_merged(patient):
    """Raises merged_already."""
    if patient.merged_into_id:
        raise ValidationError("One of these records is merged already.", code="merged_already")


@needs(errors.is_right, is_not_merged)
@transaction.atomic
def merge(patient, *, into, by, at=None):
    """Two records are one person: this one points to the other. Rows stay where they were written."""
    at = at or timezone.now()
    first, second = sorted([patient.pk, into.pk])
    locked = {pk: Patient.objects.lock(pk) for pk in dict.fromkeys([first, second])}
    patient, into = locked[patient.pk], locked[into.pk]
    merge.require(patient)
    merge.require(into)
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


def is_on_no_thread(patient):
    """Raises record_in_use. A button asks no more than this, which is in the way of nearly all."""
    if patient.episodes.right().exists():
        code, sentence = Patient.refusals["what_counts_has_somebody_it_is_about"]
        raise ValidationError(sentence, code=code)


def _is_of_no_use(patient):
    if counts := what_counts(patient):
        raise ValidationError(
            "This record is in use: %(counts)s. Mark each as entered in error, or end it, first.",
            code="record_in_use",
            params={"counts": ", ".join(counts)},
        )


@needs(errors.is_right, is_not_merged, is_on_no_thread)
@transaction.atomic
def mark_error(patient, *, reason, by, at=None):
    """Nobody is this person: the record stays readable, is found by nothing, and takes nothing new.

    How it is reached and who is around it is marked along. Raises merged_already or record_in_use.
    """
    patient, at = Patient.objects.lock(patient.pk), at or timezone.now()
    mark_error.require(patient)
    _is_of_no_use(patient)
    marked = {"entered_in_error_at": at, "entered_in_error_by": by, "entered_in_error_reason": reason}
    for name in ALONG:
        getattr(patient, name).filter(entered_in_error_at=None).update(**marked)
    return errors.mark_error(patient, reason=reason, by=by, at=at)
