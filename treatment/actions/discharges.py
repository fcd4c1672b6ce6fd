"""The treatment side of leaving; where it leads is aftercare's."""

from ..models import Discharge
from .placements import end_placement, main_of, open_placements


def record(episode, *, reason, by, at, **fields):
    """End every placement of a locked episode and write the discharge from the main one. Raises not_placed."""
    places = open_placements(episode)
    main = main_of(places)
    discharge = Discharge.objects.create(
        patient_id=episode.patient_id,
        facility_id=main.facility_id,
        episode=episode,
        placement=main,
        reason=reason,
        discharged_at=at,
        discharged_by=by,
        **fields,
    )
    for placement in places:
        end_placement(placement, by=by, at=at, reason=discharge.get_reason_display())
    return discharge
