"""Lost to contact: what was tried, and the decision."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from accounts.models import Role
from patients.models import Episode, Stage
from patients.serializers import ReasonInput
from patients.views import Reads, Verb
from patients.views.bases import find
from patients.views.episodes import Episodes

from ..actions import lost
from ..serializers import WhatWasTriedSerializer
from .calls import FOLLOWS_UP


class WhatWasTried(Reads):
    """Since when nobody has heard from a person, and every call that was tried: what such a decision rests on."""

    model = Episode
    serializer_class = WhatWasTriedSerializer
    allowed_roles = FOLLOWS_UP
    pagination_class = None
    filter_backends = []

    @extend_schema(responses=WhatWasTriedSerializer)
    def retrieve(self, request, *args, **kwargs):
        """Of one episode."""
        episode = find(request, Episodes, self.allowed_roles, self.kwargs["pk"])
        return Response(WhatWasTriedSerializer(lost.what_was_tried(episode, timezone.now())).data)


class DeclareLost(Verb):
    """aftercare.actions.lost.declare_lost"""

    noun = Episode
    name, label = "declare-lost", "Declare contact lost"
    description = "A supervisor signs: thirty days without a word, two check-ins missed. Coming back stays possible."
    confirm = "Nobody will be asked to look for this person any more. Sign for it?"
    allowed_roles = frozenset({Role.SUPERVISOR})
    serializer_class = ReasonInput
    needs = lost.declare_lost.needs
    preview_template = "admin/what_was_tried.html"

    @classmethod
    def is_prompted(cls, row):
        """Where somebody is followed up."""
        return row.stage == Stage.AFTERCARE

    @staticmethod
    def preview(row, data):
        """What was tried, read once more before the button does it."""
        return lost.what_was_tried(row, timezone.now())

    def act(self, row, data, by):
        """Declare."""
        return lost.declare_lost(row, **data, by=by)
