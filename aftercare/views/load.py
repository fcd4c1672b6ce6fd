"""What each of those who call people carries. Beyond the limits it is shown in red; nothing else follows."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import Membership, OnCallShift, Role, User
from duties.models import Duty
from duties.views import watchdog
from messaging.models import Attempt, Result
from patients.views import require_role
from patients.views.pages import OF_A_PAGE, require_known
from patients.views.places import Users

from ..actions.calls import CALLS
from ..models import CallAttempt
from ..serializers import LoadSerializer, WatchdogSerializer

OVERSEES = frozenset({Role.SUPERVISOR, Role.ADMIN})
A_DAY = timedelta(hours=24)
LONGEST_SHIFT = timedelta(hours=72)  # alerts are looked for no further back
A_SHIFT = timedelta(hours=12)  # of those who are told without being on the rota


def load(places, now):
    """[{user, open_calls, calls_today, alerts, over}] of those who call from these places: the heaviest first.

    Calls are those of the last 24 hours, alerts the critical notices since their shift began.
    """
    calls = CallAttempt.objects.filter(facility__in=places, at__gt=now - A_DAY, by=OuterRef("pk"))
    owed = Duty.objects.open().filter(facility__in=places, ladder__slug__in=CALLS, owner=OuterRef("pk"))
    alerts = _alerts(places, now)
    here = Membership.objects.active().filter(facility__in=places, user=OuterRef("pk"))
    users = (
        User.objects.filter(Exists(here))
        .annotate(
            is_a_coach=Exists(here.filter(role=Role.AFTERCARE)),
            calls_today=_many(calls, "by"),
            open_calls=_many(owed, "owner"),
        )
        .filter(Q(is_a_coach=True) | Q(calls_today__gt=0) | Q(open_calls__gt=0) | Q(pk__in=alerts))
    )
    rows = []
    for user in users.order_by("last_name", "username"):
        row = {
            "open_calls": user.open_calls,
            "calls_today": user.calls_today,
            "alerts": alerts.get(user.pk, 0),
        }
        over = [name for name, limit in settings.LOAD_LIMITS.items() if row[name] > limit]
        rows.append({"user": user, **row, "over": over})
    return sorted(rows, key=lambda row: (-len(row["over"]), -row["open_calls"]))


def _many(rows, whose):
    """How many of these rows are somebody's."""
    return Coalesce(Subquery(rows.order_by().values(whose).annotate(many=Count("pk")).values("many")), 0)


def _alerts(places, now):
    """How many critical notices reached each since their shift began: {key of user: how many}."""
    shifts = OnCallShift.objects.standing().filter(facility__in=places, starts_at__lte=now, ends_at__gt=now)
    shifts = shifts.filter(user=OuterRef("to_user")).order_by("starts_at")
    told = Attempt.objects.filter(
        notice__critical=True,
        notice__facility__in=places,
        notice__made_at__gte=now - LONGEST_SHIFT,
        to_user__isnull=False,
        result=Result.ACCEPTED,
    ).annotate(since=Coalesce(Subquery(shifts.values("starts_at")[:1]), now - A_SHIFT))
    told = told.filter(at__gte=F("since")).order_by().values("to_user").annotate(many=Count("pk"))
    return dict(told.values_list("to_user", "many"))


class Load(Users):
    """What each of those who call people carries, the heaviest first; `over` names what is beyond its limit."""

    serializer_class = LoadSerializer
    allowed_roles = OVERSEES
    filterset_class = None
    filter_backends = []

    @extend_schema(responses=LoadSerializer(many=True))
    def list(self, request, *args, **kwargs):
        """Of the places one oversees."""
        require_role(request, self.allowed_roles)
        require_known(request, OF_A_PAGE)
        rows = load(request.user.places_as(OVERSEES), timezone.now())
        shown = self.paginator.first_page(rows, request)
        return self.get_paginated_response(LoadSerializer(shown, many=True).data)


class Watchdog(APIView):
    """Whether the clock and the outbox move, and what those who call people carry."""

    allowed_roles = OVERSEES

    @extend_schema(operation_id="watchdog", summary="Watchdog", responses=WatchdogSerializer)
    def get(self, request):
        """Last tick, oldest due duty, oldest unsent notice; calls and alerts of each coach of one's places."""
        require_role(request, self.allowed_roles)
        now = timezone.now()
        told = watchdog(now) | {"load": load(request.user.places_as(OVERSEES), now)}
        return Response(WatchdogSerializer(told).data)
