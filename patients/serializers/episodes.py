"""Episodes."""

from rest_framework import serializers

from ..models import Episode, EpisodeEvent
from .shapes import ERROR


class EpisodeSerializer(serializers.ModelSerializer):
    """A thread of care."""

    class Meta:
        model = Episode
        fields = [
            "id",
            "version",
            "patient",
            "facility",
            "entry",
            "stage",
            "stage_at",
            "stage_by",
            "stage_reason",
            "opened_at",
            "opened_by",
            "previous",
            "cleared_at",
            "cleared_by",
            "clearance_basis",
            "clearance_lapses_at",
            "closed_at",
            "closed_by",
            "close_reason",
            *ERROR,
        ]


class EpisodeEventSerializer(serializers.ModelSerializer):
    """A step: when it happened, and when we heard of it."""

    occurred_at = serializers.DateTimeField(source="at")
    received_at = serializers.DateTimeField(source="recorded_at")

    class Meta:
        model = EpisodeEvent
        fields = [
            "id",
            "patient",
            "facility",
            "episode",
            "from_stage",
            "to_stage",
            "occurred_at",
            "received_at",
            "by",
            "reason",
        ]
