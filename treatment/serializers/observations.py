"""Observations, what is still to be observed, and warnings."""

from rest_framework import serializers

from patients.serializers import ERROR, Input, Key, RowInput

from ..models import EmergencyWarning, Observation, ObservationOrder
from .shapes import ABOUT, VITALS

MEASURED = [*VITALS, "diastolic", "sedation", "pain", "note"]


class ObservationSerializer(serializers.ModelSerializer):
    """What was measured: when, and when it was written down."""

    occurred_at = serializers.DateTimeField(source="observed_at")
    received_at = serializers.DateTimeField(source="recorded_at")
    warnings = serializers.SerializerMethodField(help_text="what to do at once, and why")

    class Meta:
        model = Observation
        fields = [*ABOUT, "occurred_at", "received_at", "observed_by", *MEASURED, "warnings", *ERROR]

    def get_warnings(self, row) -> list[str]:
        """The call first, then the numbers."""
        return ["Call emergency services now", *row.warnings] if row.warnings else []


class ObserveInput(RowInput):
    """What was measured, and when."""

    id = Key(required=False, help_text="a key of your own, UUID version 7")

    class Meta:
        model = Observation
        fields = ["id", "occurred_at", *MEASURED]


class ObservationOrderSerializer(serializers.ModelSerializer):
    """Observations owed by a schedule: when the next is due, or how they ended."""

    due_at = serializers.DateTimeField(source="duty.due_at", read_only=True)
    ended_at = serializers.DateTimeField(source="duty.closed_at", read_only=True, allow_null=True)
    end_reason = serializers.CharField(source="duty.close_reason", read_only=True)

    class Meta:
        model = ObservationOrder
        fields = [
            *ABOUT,
            "checklist",
            "duty",
            "due_at",
            "made",
            "began_at",
            "began_by",
            "ended_at",
            "end_reason",
            *ERROR,
        ]


class EmergencyWarningSerializer(serializers.ModelSerializer):
    """Numbers that call for emergency services now, and what was done."""

    class Meta:
        model = EmergencyWarning
        fields = [
            *ABOUT,
            "duty",
            "signs",
            "raised_at",
            "raised_by",
            "answered_at",
            "answered_by",
            "answer",
            *ERROR,
        ]


class AnswerWarningInput(Input):
    """What was done."""

    answer = serializers.CharField(max_length=500, help_text="what was found and done, in your words")
