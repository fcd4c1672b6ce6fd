"""Clinical hours delivered, against what the level asks for: of one person, and of those who had too few."""

from django.utils import timezone
from django_filters import rest_framework as filters
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from patients.models import Patient
from patients.views import Filters, Reads
from patients.views.bases import find
from patients.views.pages import require_known
from patients.views.patients import Patients

from ..models import Placement
from ..models.hours import WEEK, last_week, under, weekly
from ..serializers import UnderHoursSerializer, WeekSerializer
from .placements import TREATS, Placements

MOST = 104


class HoursInput(serializers.Serializer):
    """How far back."""

    weeks = serializers.IntegerField(required=False, min_value=1, max_value=MOST, default=26)


class ClinicalHours(Reads):
    """The clinical hours of a person, week by week, beside what their level asks for."""

    model = Patient
    serializer_class = WeekSerializer
    allowed_roles = Patients.allowed_roles
    pagination_class = None
    filter_backends = []

    @extend_schema(
        responses=WeekSerializer(many=True),
        parameters=[
            OpenApiParameter("weeks", {"type": "integer", "minimum": 1, "maximum": MOST, "default": 26}),
        ],
    )
    def retrieve(self, request, *args, **kwargs):
        """The oldest week first."""
        person, now = find(request, Patients, self.allowed_roles, self.kwargs["pk"]), timezone.now()
        require_known(request, {"weeks"})
        asked = HoursInput(data=request.query_params.dict())
        asked.is_valid(raise_exception=True)
        first = now - (asked.validated_data["weeks"] - 1) * WEEK
        weeks = weekly(Placement.objects.of(person), now=now, first=first)
        return Response(WeekSerializer(weeks, many=True).data)


class UnderHoursFilters(Filters):
    """Of which program, which unit?"""

    unit = filters.UUIDFilter(method="in_unit")

    class Meta:
        model = Placement
        fields = ["facility", "program"]

    def in_unit(self, rows, name, value):
        """Those whose bed is there."""
        return rows.with_stay().filter(stay__bed__unit=value)


class UnderHours(Placements):
    """People in a program who had fewer clinical hours in the last whole week than their level asks for."""

    serializer_class = UnderHoursSerializer
    allowed_roles = TREATS
    related = ("patient",)
    filterset_class = UnderHoursFilters
    told = ()

    def get_queryset(self):
        """Those of the main track, not ended."""
        return super().get_queryset().open().filter(track="main")

    def filter_queryset(self, queryset):
        """Of those asked for, the ones with too few."""
        return self.under(super().filter_queryset(queryset), timezone.now())

    def under(self, rows, now):
        """Those of these who had too few, as of now."""
        self.now = now
        return under(rows, now=now)

    def paginate_queryset(self, queryset):
        """A page, each with its week."""
        rows = super().paginate_queryset(queryset)
        return with_week(rows, self.now)


def with_week(rows, now):
    """Each of these placements with its last whole week, in one statement."""
    of_rows = Placement.objects.filter(pk__in=[row.pk for row in rows])
    weeks = {week.placement: week for week in last_week(of_rows, now=now)} if rows else {}
    for row in rows:
        row.week = weeks[row.pk]
    return rows
