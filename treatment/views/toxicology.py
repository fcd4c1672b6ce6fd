"""Tests for substances, their results, and how clinicians read them."""

from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from accounts.models import CARE, Role
from patients.models import Episode
from patients.views import Filters, Reads, Told, Verb, unset
from patients.views.bases import find
from patients.views.errors import mark_error

from ..actions import toxicology
from ..models import AnalyteResult, ToxReading, ToxTest
from ..models.tox_context import context
from ..serializers import (
    AnalyteResultSerializer,
    CollectTestInput,
    ConfirmInput,
    ContactInput,
    ContextSerializer,
    ReadTestInput,
    RecordResultsInput,
    ToxReadingSerializer,
    ToxTestSerializer,
)

COLLECTS = CARE - {Role.INTAKE}
RECORDS = frozenset({Role.NURSE, Role.PRESCRIBER, Role.TECHNICIAN})
CLINICIANS = frozenset({Role.NURSE, Role.PRESCRIBER})
SPEAKS = frozenset({Role.NURSE, Role.PRESCRIBER, Role.COUNSELOR, Role.SUPERVISOR, Role.AFTERCARE})


class ToxTestFilters(Filters):
    """Without results? Not read by a clinician yet?"""

    waiting = unset("resulted_at")
    unread = filters.BooleanFilter(method="to_be_read")

    class Meta:
        model = ToxTest
        fields = ["patient", "facility", "episode", "why", "method", "confirms"]

    def to_be_read(self, rows, name, value):
        """With a positive that no clinician has read."""
        unread = ToxTest.objects.unread().values("pk")
        return rows.filter(pk__in=unread) if value else rows.exclude(pk__in=unread)


class ToxTests(Reads):
    """Samples, with what was found in them."""

    model = ToxTest
    serializer_class = ToxTestSerializer
    filterset_class = ToxTestFilters
    related = ("read_by",)
    told = (
        Told("tests", "test collected: {matrix}", "{why}", at="collected_at", by="collected_by"),
        Told("tests", "results of a test came: {validity}", "{method}", at="resulted_at", by="resulted_by"),
        Told(
            "tests",
            "spoke with the person about an unexpected result",
            "{contact_in_words}",
            at="contacted_at",
            by="contacted_by",
        ),
    )

    @classmethod
    def whole(cls, rows):
        """With results and readings."""
        return super().whole(rows).prefetch_related("results", "readings")


class AnalyteResults(Reads):
    """What was found of one substance; by analyte, a trend."""

    model = AnalyteResult
    serializer_class = AnalyteResultSerializer
    filterset_fields = ["patient", "facility", "test", "analyte", "detected"]
    told = ()


class ToxReadings(Reads):
    """How clinicians read positives."""

    model = ToxReading
    serializer_class = ToxReadingSerializer
    filterset_fields = ["patient", "facility", "test", "reading"]
    told = (Told("tests", "a positive was read: {reading}", "{words}", at="read_at", by="read_by"),)


class ToxContext(Reads):
    """What stands beside a test while a clinician reads it."""

    model = ToxTest
    serializer_class = ContextSerializer
    pagination_class = None
    filter_backends = []

    @extend_schema(responses=ContextSerializer)
    def retrieve(self, request, *args, **kwargs):
        """Of one test. Nothing of it says what a positive means."""
        test = find(request, ToxTests, self.allowed_roles, self.kwargs["pk"])
        return Response(ContextSerializer(context(test)).data)


class CollectTest(Verb):
    """treatment.actions.toxicology.collect"""

    noun, answer = Episode, ToxTest
    name, label = "collect-test", "Collect a test"
    description = "A sample for a test for substances, named one by one; its results follow."
    allowed_roles = COLLECTS
    serializer_class = CollectTestInput
    needs = toxicology.collect.needs

    def act(self, row, data, by):
        """Collect."""
        return toxicology.collect(row, **data, by=by)


class RecordResults(Verb):
    """treatment.actions.toxicology.record_results"""

    noun = ToxTest
    name, label = "record-results", "Write down the results"
    description = (
        "What was found and what was not. A positive is read by a clinician before anybody says what it means."
    )
    allowed_roles = RECORDS
    serializer_class = RecordResultsInput
    needs = toxicology.record_results.needs

    def act(self, row, data, by):
        """Record."""
        return toxicology.record_results(row, **data, by=by)


class ReadTest(Verb):
    """treatment.actions.toxicology.read"""

    noun, answer = ToxTest, ToxReading
    name, label = "read", "Read the result"
    description = "A clinician says what the positive is, with the context beside it, and why."
    allowed_roles = CLINICIANS
    serializer_class = ReadTestInput
    needs = toxicology.read.needs

    def act(self, row, data, by):
        """Read."""
        return toxicology.read(row, **data, by=by)


class ConfirmTest(Verb):
    """treatment.actions.toxicology.confirm"""

    noun = ToxTest
    name, label = "send-to-confirm", "Send to be confirmed"
    description = "The same sample is tested again by LC-MS or GC-MS."
    allowed_roles = CLINICIANS
    serializer_class = ConfirmInput
    needs = toxicology.confirm.needs

    def act(self, row, data, by):
        """Confirm."""
        return toxicology.confirm(row, **data, by=by)


class RecordContact(Verb):
    """treatment.actions.toxicology.record_contact"""

    noun = ToxTest
    name, label = "record-contact", "I spoke with the person"
    description = "How the person is, after something was found that nobody expected. It costs them nothing."
    allowed_roles = SPEAKS
    serializer_class = ContactInput
    needs = toxicology.record_contact.needs

    def act(self, row, data, by):
        """Record."""
        return toxicology.record_contact(row, **data, by=by)


MarkToxTestError = mark_error(ToxTest, toxicology.mark_error)
