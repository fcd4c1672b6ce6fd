"""Asking about assault."""

from rest_framework import serializers

from patients.serializers import ERROR, Colleague, Input, RowInput

from ..models import AssaultReader, AssaultScreen
from .shapes import ABOUT

SAID = [
    "declined",
    "suspected",
    "happened_at",
    "happened_in_words",
    "collection_offered",
    "collection_accepted",
    "not_offered_because",
    "referral_offered",
    "referral_accepted",
    "advocate",
    "police",
    "report_is_mandatory",
    "note",
]


class AssaultScreenSerializer(serializers.ModelSerializer):
    """What was answered; for those who were named only."""

    hours_since = serializers.FloatField(read_only=True, allow_null=True, help_text="from then to the question")

    class Meta:
        model = AssaultScreen
        fields = [*ABOUT, *SAID, "hours_since", "screened_at", "screened_by", *ERROR]


class AssaultScreenInput(RowInput):
    """Asked in private, never required."""

    class Meta:
        model = AssaultScreen
        fields = ["occurred_at", *SAID]


class AssaultReaderSerializer(serializers.ModelSerializer):
    """Who may read a screen, and why."""

    class Meta:
        model = AssaultReader
        fields = [
            "id", "version", "patient", "facility", "screen", "reader", "reason", "named_at", "named_by", *ERROR
        ]  # fmt: skip


class AssaultReaderInput(Input):
    """Who, and why."""

    reader = Colleague()
    reason = serializers.CharField(max_length=500)
