"""How a person lives."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from ..codes import Employment, NotInLaborForce
from ..models import Circumstances

AT_WORK_OR_LOOKING = {Employment.FULL_TIME, Employment.PART_TIME, Employment.UNEMPLOYED, Employment.EMPLOYED}


@transaction.atomic
def record_circumstances(patient, *, facility, episode=None, by, at=None, **fields):
    """How the person lives now; what was not asked stays “not collected”. Raises episode_of_another."""
    if episode is not None and not patient.records().filter(pk=episode.patient_id).exists():
        raise ValidationError("This episode is another person's.", code="episode_of_another")
    if fields.get("employment") in AT_WORK_OR_LOOKING:
        fields.setdefault("not_in_labor_force", NotInLaborForce.NOT_APPLICABLE)
    elif fields.get("employment") == Employment.NOT_IN_LABOR_FORCE:
        fields.setdefault("not_in_labor_force", NotInLaborForce.UNKNOWN)
    noted = Circumstances(
        patient=patient, facility=facility, episode=episode, noted_at=at or timezone.now(), noted_by=by, **fields
    )
    noted.save(force_insert=True)
    return noted
