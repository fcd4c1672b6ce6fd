"""The bladder log."""

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from accounts.models import CARE, Role
from patients.models import Episode, Patient, SubstanceUse
from patients.views import Filters, Reads, Told, Verb, unset
from patients.views.bases import find
from patients.views.errors import mark_error
from patients.views.patients import Patients

from ..actions import bladder
from ..models import BladderEntry
from ..serializers import BladderEntrySerializer, BladderTrendSerializer, LogBladderInput, ReviewBladderInput

TREND = 200  # entries


class BladderEntryFilters(Filters):
    """Looked at?"""

    open = unset("reviewed_at")

    class Meta:
        model = BladderEntry
        fields = ["patient", "facility", "episode"]


class BladderEntries(Reads):
    """How bladders are."""

    model = BladderEntry
    serializer_class = BladderEntrySerializer
    filterset_class = BladderEntryFilters
    told = (
        Told("body", "bladder logged", "{note}", at="logged_at", by="logged_by"),
        Told("body", "bladder reviewed", "{finding}", at="reviewed_at", by="reviewed_by"),
    )


class BladderTrend(Reads):
    """How a person's bladder has been: the newest two hundred entries, oldest first."""

    model = Patient
    serializer_class = BladderTrendSerializer
    allowed_roles = BladderEntries.allowed_roles
    pagination_class = None
    filter_backends = []

    @extend_schema(responses=BladderTrendSerializer)
    def retrieve(self, request, *args, **kwargs):
        """Its points, with the signs that could not wait."""
        person = find(request, Patients, self.allowed_roles, self.kwargs["pk"])
        rows = BladderEntry.objects.of(person).right().order_by("-logged_at", "-pk")[:TREND]
        return Response(BladderTrendSerializer({"points": list(rows)[::-1]}).data)


class LogBladder(Verb):
    """treatment.actions.bladder.log_bladder"""

    noun, answer = Episode, BladderEntry
    name, label = "log-bladder", "Log the bladder"
    description = "How the bladder is over a day; a sign that cannot wait is looked at the same day, or at once."
    allowed_roles = CARE
    serializer_class = LogBladderInput
    needs = bladder.log_bladder.needs

    @classmethod
    def is_prompted(cls, row):
        """For whoever uses or used ketamine (domain 6.3: its rules fire for nothing else)."""
        return SubstanceUse.objects.of(row.patient).ketamine().exists()

    def act(self, row, data, by):
        """Log."""
        return bladder.log_bladder(row, **data, by=by)


class ReviewBladder(Verb):
    """treatment.actions.bladder.review_bladder"""

    noun = BladderEntry
    name, label = "review", "Say what was found"
    description = "A nurse or prescriber looked because of a sign that cannot wait."
    allowed_roles = frozenset({Role.NURSE, Role.PRESCRIBER})
    serializer_class = ReviewBladderInput
    needs = bladder.review_bladder.needs

    def act(self, row, data, by):
        """Review."""
        return bladder.review_bladder(row, **data, by=by)


MarkBladderEntryError = mark_error(BladderEntry, bladder.mark_error)
