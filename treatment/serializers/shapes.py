"""Columns and fields that many shapes share."""

from rest_framework import serializers

from patients.serializers import Input, Seen

from ..models import Bed
from ..models.beds import BedOverride

ABOUT = ["id", "version", "patient", "facility", "episode"]


VITALS = ["respiratory_rate", "oxygen_saturation", "heart_rate", "systolic", "temperature"]


class BedInput(Input):
    """Which bed, and why, where it is kept for others."""

    bed = Seen(queryset=Bed.objects.all(), required=False, allow_null=True)
    bed_override = serializers.ChoiceField(
        choices=BedOverride.choices, required=False, allow_blank=True, help_text="where the bed is for others"
    )
