"""Leaving treatment. It begins aftercare, so the verb is there."""

from patients.views import Reads, Told

from ..models import Discharge
from ..serializers import DischargeSerializer


class Discharges(Reads):
    """Discharges."""

    model = Discharge
    serializer_class = DischargeSerializer
    filterset_fields = ["patient", "facility", "episode", "placement", "reason"]
    told = (Told("placement", "discharge: {reason}", "{going_to}", at="discharged_at", by="discharged_by"),)
