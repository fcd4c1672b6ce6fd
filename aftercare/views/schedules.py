"""Schedules."""

from accounts.models import EVERYONE
from patients.views import Reads

from ..models import Schedule
from ..serializers import (
    ScheduleSerializer,
)


class Schedules(Reads):
    """When check-ins fall due."""

    model = Schedule
    serializer_class = ScheduleSerializer
    allowed_roles = EVERYONE
    place, shared = "facility", True
    filterset_fields = ["slug", "facility"]
