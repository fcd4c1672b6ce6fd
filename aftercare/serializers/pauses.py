"""When check-ins rest."""

from rest_framework import serializers

from patients.serializers import ERROR, RowInput

from ..models import Pause


class PauseSerializer(serializers.ModelSerializer):
    """Check-ins rest until a stated day."""

    class Meta:
        model = Pause
        fields = [
            "id",
            "version",
            "patient",
            "facility",
            "plan",
            "because",
            "note",
            "paused_at",
            "paused_by",
            "until_at",
            "resumed_at",
            "resumed_by",
            *ERROR,
        ]


class PauseInput(RowInput):
    """Why, and until when."""

    class Meta:
        model = Pause
        fields = ["occurred_at", "because", "until_at", "note"]
