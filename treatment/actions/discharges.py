"""The treatment side of leaving; where it leads is aftercare's."""

from ..models import Discharge
from .placements import end_placement, main_placement


def record(episode, *, reason, by, at, **fields):
    """End every placement of a locked episode and write the discharge from the main one. Raises not_placed."""
    main = main_placement(episode)
    discharge = Discharge.objects.create(
        patient_id=episode.patient_id,
        facility=main.facility,
        episode=episode,
        placement=main,
        reason=reason,
        discharged_at=at,
        discharged_by=by,
        **fields,
    )
    for placement in episode.placements.open():
        end_placement(placement, by=by, at=at, reason=discharge.get_reason_display())
    return discharge
