"""What people are followed up by."""

from rest_framework import serializers

from patients.serializers import ERROR
from treatment.serializers import AdmitInput

from ..models import AftercarePlan


class AftercarePlanSerializer(serializers.ModelSerializer):
    """What a person is followed up by."""

    class Meta:
        model = AftercarePlan
        fields = [
            "id",
            "version",
            "patient",
            "facility",
            "episode",
            "discharge",
            "schedule",
            "end_duty",
            "coach",
            "anchor_at",
            "zone",
            "began_at",
            "began_by",
            "ended_at",
            "ended_by",
            "end_reason",
            *ERROR,
        ]


class ReturnInput(AdmitInput):
    """To which program, and where there are beds, to which bed."""
