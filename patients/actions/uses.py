"""What a person uses."""

from django.db import transaction
from django.utils import timezone

from ..models import SubstanceUse


@transaction.atomic
def record_use(patient, *, facility, by, at=None, **fields):
    """What the person uses, as told by somebody at a time."""
    use = SubstanceUse(patient=patient, facility=facility, noted_at=at or timezone.now(), noted_by=by, **fields)
    use.save(force_insert=True)
    return use
