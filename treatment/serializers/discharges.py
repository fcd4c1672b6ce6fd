"""Discharges."""

from rest_framework import serializers

from patients.serializers import (
    ERROR,
)

from ..models import (
    Discharge,
)
from .shapes import ABOUT


class DischargeSerializer(serializers.ModelSerializer):
    """Leaving treatment."""

    class Meta:
        model = Discharge
        fields = [
            *ABOUT,
            "placement",
            "reason",
            "going_to",
            "summary",
            "information_offered",
            "discharged_at",
            "discharged_by",
            *ERROR,
        ]
