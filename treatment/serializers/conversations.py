"""Talks."""

from rest_framework import serializers

from patients.serializers import (
    ERROR,
)

from ..models import (
    Conversation,
)
from .shapes import ABOUT


class ConversationSerializer(serializers.ModelSerializer):
    """A talk, planned or held."""

    class Meta:
        model = Conversation
        fields = [
            *ABOUT,
            "duty",
            "kind",
            "held_at",
            "held_by",
            "contact_how",
            "may_contact_again",
            "information_offered",
            "outcome",
            "what_happened",
            "meaning",
            "what_matters",
            "next_step",
            "safety_plan",
            "summary",
            *ERROR,
        ]
