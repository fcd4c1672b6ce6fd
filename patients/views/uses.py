"""What people use, and every time they were asked. Recording it is treatment's: something may be owed for it."""

from django_filters import rest_framework as filters

from ..models import SubstanceUse, UseScreening
from ..serializers import SubstanceUseSerializer, UseScreeningSerializer
from .bases import Reads
from .errors import mark_error
from .pages import Filters
from .told import Told


class SubstanceUseFilters(Filters):
    """What is known now, or everything that was ever told?"""

    current = filters.BooleanFilter(method="by_current")

    class Meta:
        model = SubstanceUse
        fields = ["patient", "facility", "substance", "rank"]

    def by_current(self, rows, name, value):
        """The newest of each substance."""
        newest = SubstanceUse.objects.current().values("pk")
        return rows.filter(pk__in=newest) if value else rows.exclude(pk__in=newest)


class SubstanceUses(Reads):
    """What people use."""

    model = SubstanceUse
    serializer_class = SubstanceUseSerializer
    related = ("patient",)
    filterset_class = SubstanceUseFilters
    told = (Told("use", "Uses {substance}", "{frequency}", "told by {source}", at="noted_at", by="noted_by"),)


class UseScreenings(Reads):
    """Every time the whole list was asked."""

    model = UseScreening
    serializer_class = UseScreeningSerializer
    filterset_fields = ["patient", "facility"]
    told = (Told("use", "Asked about everything they use", "told by {source}", at="screened_at", by="screened_by"),)


MarkSubstanceUseError = mark_error(SubstanceUse)
MarkUseScreeningError = mark_error(UseScreening)
