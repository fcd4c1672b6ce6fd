"""What those around a person are worried about."""

from rest_framework import serializers

from patients.serializers import ERROR, Place, RowInput

from ..models import Worry


class WorrySerializer(serializers.ModelSerializer):
    """A worry."""

    class Meta:
        model = Worry
        fields = [
            "id",
            "version",
            "patient",
            "facility",
            "supporter",
            "words",
            "duty",
            "heard_at",
            "heard_by",
            *ERROR,
        ]


class WorryInput(RowInput):
    """What they said, and where it was heard."""

    facility = Place()

    class Meta:
        model = Worry
        fields = ["occurred_at", "facility", "words"]
