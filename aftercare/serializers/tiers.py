"""Tiers given, with the signs they were given for."""

from rest_framework import serializers

from patients.serializers import ReasonInput

from ..models import Tier, Tiering


class SignSerializer(serializers.Serializer):
    """One sign."""

    key = serializers.CharField()
    tier = serializers.ChoiceField(choices=Tier.choices)
    weight = serializers.IntegerField()
    says = serializers.CharField()


class TieringSerializer(serializers.ModelSerializer):
    """A tier given: what it was before, what the signs call for, and what holds."""

    signs = SignSerializer(many=True, read_only=True)
    occurred_at = serializers.DateTimeField(source="at")

    class Meta:
        model = Tiering
        fields = [
            "id",
            "patient",
            "facility",
            "plan",
            "check_in",
            "answer",
            "because",
            "was",
            "found",
            "tier",
            "signs",
            "weight",
            "edition",
            "reason",
            "occurred_at",
            "recorded_at",
            "by",
        ]


class TierInput(ReasonInput):
    """To which tier, and why."""

    tier = serializers.ChoiceField(choices=Tier.choices)
