"""Leaving treatment. It begins aftercare, so the verb is there."""

from patients.views import Reads

from ..models import Discharge
from ..serializers import DischargeSerializer


class Discharges(Reads):
    """Discharges."""

    model = Discharge
    serializer_class = DischargeSerializer
    filterset_fields = ["patient", "facility", "episode", "placement", "reason"]
