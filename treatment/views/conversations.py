"""Talks, planned and held. Holding one may lead to aftercare, so the verb is there."""

from patients.views import Filters, Reads, Told, unset

from ..models import Conversation
from ..serializers import ConversationSerializer


class ConversationFilters(Filters):
    """Still to be held?"""

    planned = unset("held_at")

    class Meta:
        model = Conversation
        fields = ["patient", "facility", "episode", "kind", "outcome"]


class Conversations(Reads):
    """Talks."""

    model = Conversation
    serializer_class = ConversationSerializer
    filterset_class = ConversationFilters
    told = (Told("talks", "{kind}: {outcome}", at="held_at", by="held_by"),)
