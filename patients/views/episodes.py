"""The thread of care and its steps. What moves it is done by the apps further along."""

from accounts.models import CHART

from ..models import Episode, EpisodeEvent
from ..serializers import EpisodeEventSerializer, EpisodeSerializer
from .bases import Reads
from .pages import Filters, unset
from .told import Told


class EpisodeFilters(Filters):
    """Where on the road, still open?"""

    open = unset("closed_at")

    class Meta:
        model = Episode
        fields = ["patient", "facility", "stage", "entry"]


class Episodes(Reads):
    """Threads of care."""

    model = Episode
    serializer_class = EpisodeSerializer
    allowed_roles = CHART
    filterset_class = EpisodeFilters
    told = ()  # its steps do


class EpisodeEvents(Reads):
    """Steps taken."""

    model = EpisodeEvent
    serializer_class = EpisodeEventSerializer
    filterset_fields = ["patient", "episode", "facility", "to_stage"]
    told = (Told("steps", "{to_stage}", "{reason}", at="at", by="by"),)
