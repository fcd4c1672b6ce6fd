"""The shape of tries and of opting out."""

from rest_framework import serializers

from patients.serializers import ERROR, RowInput

from .models import Attempt, OptOut


class AttemptSerializer(serializers.ModelSerializer):
    """One try to hand a notice over."""

    class Meta:
        model = Attempt
        fields = ["id", "notice", "patient", "channel", "contact_point", "to_user", "at", "result", "detail"]


class OptOutSerializer(serializers.ModelSerializer):
    """Not to be written to."""

    class Meta:
        model = OptOut
        fields = [
            "id",
            "version",
            "patient",
            "channel",
            "how",
            "asked_at",
            "asked_by",
            "lifted_at",
            "lifted_by",
            *ERROR,
        ]


class OptOutInput(RowInput):
    """From which channel, or all; and how they said so."""

    class Meta:
        model = OptOut
        fields = ["occurred_at", "channel", "how"]
