"""Rounds, orders of them, and batches that a supervisor looks at."""

from rest_framework import serializers

from patients.serializers import ERROR, Input, Key, RowInput

from ..models import RoundBatch, RoundEntry, RoundOrder
from .shapes import ABOUT


class RoundOrderSerializer(serializers.ModelSerializer):
    """How closely somebody is watched: when the next round is due, or how the order ended."""

    due_at = serializers.DateTimeField(source="duty.due_at", read_only=True)
    paused_at = serializers.DateTimeField(source="duty.suspended_at", read_only=True, allow_null=True)
    review_due_at = serializers.DateTimeField(source="review_duty.due_at", read_only=True)
    ended_at = serializers.DateTimeField(source="duty.closed_at", read_only=True, allow_null=True)
    end_reason = serializers.CharField(source="duty.close_reason", read_only=True)

    class Meta:
        model = RoundOrder
        fields = [
            *ABOUT,
            "level",
            "level_name",
            "checklist",
            "reason",
            "ordered_at",
            "ordered_by",
            "duty",
            "due_at",
            "paused_at",
            "review_duty",
            "review_due_at",
            "reviewed_at",
            "reviewed_by",
            "review",
            "ended_at",
            "end_reason",
            *ERROR,
        ]


class RoundEntrySerializer(serializers.ModelSerializer):
    """Somebody was seen or looked for: when, and when that was written down."""

    occurred_at = serializers.DateTimeField(source="observed_at")
    received_at = serializers.DateTimeField(source="entered_at")
    what_now = serializers.CharField(read_only=True, help_text="what whoever made the round does at once")
    struck_at = serializers.DateTimeField(source="strike.struck_at", read_only=True, allow_null=True, default=None)
    struck_by = serializers.UUIDField(source="strike.struck_by_id", read_only=True, allow_null=True, default=None)
    strike_reason = serializers.CharField(source="strike.reason", read_only=True, allow_null=True, default=None)

    class Meta:
        model = RoundEntry
        fields = [
            "id",
            "patient",
            "facility",
            "order",
            "occurred_at",
            "received_at",
            "entered_by",
            "where",
            "state",
            "breathing",
            "behavior",
            "distress",
            "words",
            "what_now",
            "struck_at",
            "struck_by",
            "strike_reason",
        ]


class RoundBatchSerializer(serializers.ModelSerializer):
    """Rounds that cannot have been as they are written, and what a supervisor found."""

    class Meta:
        model = RoundBatch
        fields = [
            "id",
            "version",
            "facility",
            "written_by",
            "signs",
            "rounds",
            "first_at",
            "last_at",
            "duty",
            "looked_at",
            "looked_by",
            "finding",
        ]


class OrderRoundsInput(Input):
    """How closely, and why."""

    id = Key(required=False, help_text="a key of your own, UUID version 7")
    level = serializers.SlugField(max_length=30, help_text="a code of the checklist observation-levels")
    reason = serializers.CharField(max_length=500, help_text="why, in your words")


class EnterRoundInput(RowInput):
    """Where the person was and what was seen; of somebody asleep, the breathing."""

    class Meta:
        model = RoundEntry
        fields = ["where", "state", "breathing", "behavior", "distress", "words", "occurred_at"]


class LookAtRoundsInput(Input):
    """What a supervisor found."""

    finding = serializers.CharField(max_length=1000, help_text="what you looked at, and what you found")
