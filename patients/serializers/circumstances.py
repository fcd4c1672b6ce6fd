"""How people live."""

from rest_framework import serializers

from ..models import Circumstances, Episode
from .shapes import ERROR, Place, RowInput, Seen

ASKED = [
    "living",
    "employment",
    "not_in_labor_force",
    "income",
    "insurance",
    "arrests",
    "self_help",
    "prior_episodes",
]


class CircumstancesSerializer(serializers.ModelSerializer):
    """How a person lives, at a time."""

    class Meta:
        model = Circumstances
        fields = ["id", "version", "patient", "facility", "episode", *ASKED, "noted_at", "noted_by", *ERROR]


class RecordCircumstancesInput(RowInput):
    """How the person lives, as told here."""

    facility = Place()
    episode = Seen(queryset=Episode.objects.all(), required=False, allow_null=True)

    class Meta:
        model = Circumstances
        fields = ["occurred_at", "facility", "episode", *ASKED]
