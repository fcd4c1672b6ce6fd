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
            "outcome",
            "may_contact_again",
            "contact_how",
            "information_offered",
            "summary",
            *ERROR,
        ]
