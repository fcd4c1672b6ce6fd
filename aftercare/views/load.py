"""What each of those who call people carries. Beyond the limits it is shown in red; nothing else follows."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Q
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from accounts.models import OnCallShift, Role, User
from duties.models import Duty
from messaging.models import Attempt, Result
from patients.views import Reads, require_role

from ..actions.calls import CALLS
from ..models import CallAttempt
from ..serializers import LoadSerializer

OVERSEES = frozenset({Role.SUPERVISOR, Role.ADMIN})
A_DAY = timedelta(hours=24)
A_SHIFT = timedelta(hours=12)  # of those who are told without being on the rota


def load(places, now):
    """[{user, open_calls, calls_today, alerts, over}] of those who call from these places: the heaviest first.

    Calls are those of the last 24 hours, alerts the critical notices since their shift began.
    """
    calls = CallAttempt.objects.filter(facility__in=places, at__gt=now - A_DAY).order_by()
    owed = Duty.objects.open().filter(facility__in=places, ladder__slug__in=CALLS, owner__isnull=False).order_by()
    made = dict(calls.values("by").annotate(many=Count("pk")).values_list("by", "many"))
    open_calls = dict(owed.values("owner").annotate(many=Count("pk")).values_list("owner", "many"))
    alerts = _alerts(places, now)
    callers = Q(memberships__facility__in=places, memberships__ended_at=None, memberships__role=Role.AFTERCARE)
    known = Q(pk__in={*made, *open_calls, *alerts})
    rows = []
    for user in User.objects.filter(callers | known, is_active=True).distinct().order_by("last_name", "username"):
        row = {
            "open_calls": open_calls.get(user.pk, 0),
            "calls_today": made.get(user.pk, 0),
            "alerts": alerts.get(user.pk, 0),
        }
        over = [name for name, limit in settings.LOAD_LIMITS.items() if row[name] > limit]
        rows.append({"user": user, **row, "over": over})
    return sorted(rows, key=lambda row: (-len(row["over"]), -row["open_calls"]))


def _alerts(places, now):
    """How many critical notices reached each since their shift began."""
    shifts = OnCallShift.objects.standing().filter(facility__in=places, starts_at__lte=now, ends_at__gt=now)
    since = {}
    for user, starts_at in shifts.values_list("user", "starts_at"):
        since[user] = min(starts_at, since.get(user, starts_at))
    earliest = min([now - A_SHIFT, *since.values()])
    told = Attempt.objects.filter(
        notice__critical=True,
        notice__facility__in=places,
        notice__made_at__gte=earliest - A_DAY,
        at__gte=earliest,
        to_user__isnull=False,
        result=Result.ACCEPTED,
    )
    found = {}
    for user, at in told.values_list("to_user", "at"):
        if at >= since.get(user, now - A_SHIFT):
            found[user] = found.get(user, 0) + 1
    return found


class Load(Reads):
    """What each of those who call people carries, the heaviest first; `over` names what is beyond its limit."""

    model = User
    serializer_class = LoadSerializer
    allowed_roles = OVERSEES
    pagination_class = None
    filter_backends = []

    @extend_schema(responses=LoadSerializer(many=True))
    def list(self, request, *args, **kwargs):
        """Of the places one oversees."""
        require_role(request, self.allowed_roles)
        return Response(LoadSerializer(load(request.user.places_as(OVERSEES), timezone.now()), many=True).data)
