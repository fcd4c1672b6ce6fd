"""Schedules: their editions, and the dates they come to."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from accounts.models import EVERYONE, Role
from patients.views import Reads, Verb
from patients.views.pages import require_known

from ..actions import schedules
from ..models import AftercarePlan, Schedule, Tier
from ..serializers import (
    AmendScheduleInput,
    DatesInput,
    DatesSerializer,
    DraftScheduleInput,
    ScheduleSerializer,
    SeenFrom,
)

DECIDES = frozenset({Role.ADMIN, Role.SUPERVISOR})
SEEN_FROM = ("anchor_on", "zone", "tier")


class Schedules(Reads):
    """When check-ins fall due."""

    model = Schedule
    serializer_class = ScheduleSerializer
    allowed_roles = EVERYONE
    place, shared = "facility", True
    filterset_fields = ["slug", "facility"]


def dates(schedule, *, anchor_on=None, zone=None, tier=Tier.GREEN):
    """The dates of a schedule for somebody whose day 0 began at noon of a day where they live."""
    zone = zone or (schedule.facility.zone if schedule.facility else timezone.get_current_timezone_name())
    day = anchor_on or timezone.localdate()
    anchor_at = datetime.combine(day, datetime.min.time().replace(hour=12), ZoneInfo(zone))
    found = schedule.preview(anchor_at=anchor_at, zone=zone, tier=tier)
    shown = [
        {"due_at": one.due_at, "local": f"{one.due_at.astimezone(ZoneInfo(zone)):%a %Y-%m-%d %H:%M}", "why": one.why}
        for one in found
    ]
    return {"zone": zone, "anchor_at": anchor_at, "tier": Tier(tier), "dates": shown}


class ScheduleDates(Schedules):
    """When check-ins would fall: ?anchor_on=2026-11-01&zone=America/New_York&tier=amber."""

    pagination_class = None
    filter_backends = []

    @extend_schema(parameters=[DatesInput], responses=DatesSerializer)
    def retrieve(self, request, *args, **kwargs):
        """As a preview: nothing is changed."""
        schedule = self.get_object()
        asked = DatesInput(data=request.query_params.dict())
        require_known(request, asked.fields)
        asked.is_valid(raise_exception=True)
        found = dates(schedule, **{name: asked.validated_data.get(name) for name in SEEN_FROM})
        return Response(DatesSerializer(found).data)


def about_schedule(row, data):
    """The dates that would follow, and how many people they are for: read before it is done."""
    changes = {name: value for name, value in data.items() if name in schedules.CARRIED}
    place = data.get("facility", row.facility)
    made = Schedule(slug=row.slug, edition=row.edition, facility=place)
    for name in schedules.CARRIED:
        setattr(made, name, changes.get(name, getattr(row, name)))
    seen_from = {name: data[name] for name in SEEN_FROM if name in data}
    try:
        made.require_in_order()
    except ValidationError as refusal:
        return {"refused": " ".join(refusal.messages)}
    followed = AftercarePlan.objects.active().filter(schedule__slug=row.slug)
    followed = followed.filter(facility=place) if place else followed
    return {"schedule": made, "followed": followed.count(), **dates(made, **seen_from)}


def _without(data):
    return {name: value for name, value in data.items() if name not in SEEN_FROM}


class DraftSchedule(Verb):
    """aftercare.actions.schedules.draft"""

    noun = Schedule
    name, label = "draft-edition", "Draft a new edition"
    description = "A place's own next edition, with what you change in it. Nobody follows it until it is published."
    allowed_roles = DECIDES
    serializer_class = DraftScheduleInput
    preview = staticmethod(about_schedule)
    preview_template = "admin/schedule_preview.html"

    def act(self, row, data, by):
        """Draft."""
        return schedules.draft(row, **_without(data), by=by)


class AmendSchedule(Verb):
    """aftercare.actions.schedules.amend"""

    noun = Schedule
    name, label = "amend", "Change the draft"
    description = "What you leave out stays. The dates that follow are shown first."
    allowed_roles = DECIDES
    serializer_class = AmendScheduleInput
    needs = schedules.amend.needs
    preview = staticmethod(about_schedule)
    preview_template = "admin/schedule_preview.html"

    def act(self, row, data, by):
        """Change."""
        return schedules.amend(row, **_without(data), by=by)


class PublishSchedule(Verb):
    """aftercare.actions.schedules.publish"""

    noun = Schedule
    name, label = "publish", "Publish"
    description = "It is followed from now on. Check-ins that people were asked already stay where they are."
    allowed_roles = DECIDES
    serializer_class = SeenFrom
    needs = schedules.publish.needs
    preview = staticmethod(about_schedule)
    preview_template = "admin/schedule_preview.html"

    def act(self, row, data, by):
        """Publish."""
        return schedules.publish(row, **_without(data), by=by)
