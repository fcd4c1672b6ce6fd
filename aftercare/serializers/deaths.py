"""Deaths reported, confirmed and withdrawn."""

from rest_framework import serializers

from patients.serializers import ERROR, Input, Place

from ..models import DeathReport


class DeathReportSerializer(serializers.ModelSerializer):
    """A death reported, and what was found out."""

    class Meta:
        model = DeathReport
        fields = [
            "id",
            "version",
            "patient",
            "facility",
            "episode",
            "duty",
            "told_by",
            "reported_at",
            "reported_by",
            "confirmed_at",
            "confirmed_by",
            "withdrawn_at",
            "withdrawn_by",
            "reason",
            *ERROR,
        ]


class DeathInput(Input):
    """Who said that the person died."""

    facility = Place()
    told_by = serializers.CharField(max_length=200)
