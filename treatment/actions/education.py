"""Texts for people."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from patients.models import Episode, Patient

from ..models import EducationGiven, EducationText


@transaction.atomic
def give_education(patient, *, facility, text, how, said_back="", by, at=None):
    """The person was given this text, in this edition and language. Raises edition_superseded."""
    patient = Patient.objects.lock(patient.pk)
    if not EducationText.objects.current().filter(pk=text.pk).exists():
        raise ValidationError("There is a newer edition of this text. Give that one.", code="edition_superseded")
    return EducationGiven.objects.create(
        patient=patient,
        facility=facility,
        episode=Episode.objects.open().filter(patient__in=patient.records()).first(),
        text=text,
        how=how,
        said_back=said_back,
        given_at=at or timezone.now(),
        given_by=by,
    )
