"""What is measured or looked at, and the checks that ketamine asks for."""

from django_filters import rest_framework as filters

from accounts.models import Role
from patients.models import Episode
from patients.serializers import ReasonInput
from patients.views import Filters, Reads, Told, Verb, unset
from patients.views.errors import mark_error

from ..actions import investigations
from ..models import BodyCheck, Investigation
from ..serializers import (
    BodyCheckSerializer,
    InvestigationSerializer,
    OrderInput,
    RecordInvestigationInput,
    WordsInput,
)

CLINICIANS = frozenset({Role.NURSE, Role.PRESCRIBER})


class InvestigationFilters(Filters):
    """To be done? To be read? Due before?"""

    open = filters.BooleanFilter(method="to_be_done")
    unread = filters.BooleanFilter(method="to_be_read")
    due_before = filters.IsoDateTimeFilter("due_at", lookup_expr="lt")

    class Meta:
        model = Investigation
        fields = ["patient", "facility", "episode", "body_check", "kind"]

    def to_be_done(self, rows, name, value):
        """Ordered, and nothing came of it yet."""
        found = Investigation.objects.open().values("pk")
        return rows.filter(pk__in=found) if value else rows.exclude(pk__in=found)

    def to_be_read(self, rows, name, value):
        """With a result that no clinician has read."""
        found = Investigation.objects.unread().values("pk")
        return rows.filter(pk__in=found) if value else rows.exclude(pk__in=found)


class Investigations(Reads):
    """What was ordered, what came of it, and who read it; by kind, a trend."""

    model = Investigation
    serializer_class = InvestigationSerializer
    filterset_class = InvestigationFilters
    told = (
        Told("body", "ordered: {kind}", "{what}", at="ordered_at", by="ordered_by"),
        Told("body", "result: {kind}", "{what}", "{report}", at="done_at", by="done_by"),
        Told("body", "not done: {kind}", "{not_done_because}", at="not_done_at", by="not_done_by"),
        Told("body", "result read: {kind}", "{reading}", at="read_at", by="read_by"),
    )


class BodyCheckFilters(Filters):
    """To be made?"""

    open = unset("ended_at")

    class Meta:
        model = BodyCheck
        fields = ["patient", "facility", "episode"]


class BodyChecks(Reads):
    """Checks of bladder, kidneys and liver; one is owed at a time."""

    model = BodyCheck
    serializer_class = BodyCheckSerializer
    filterset_class = BodyCheckFilters
    told = (
        Told("body", "bladder, kidneys and liver checked: {name}", "{stop_reason}", at="ended_at", by="ended_by"),
    )


class OrderInvestigation(Verb):
    """treatment.actions.investigations.order"""

    noun, answer = Episode, Investigation
    name, label = "order-investigation", "Order an investigation"
    description = "A laboratory value, an ECG or an ultrasound, and by when."
    allowed_roles = CLINICIANS
    serializer_class = OrderInput
    needs = investigations.order.needs

    def act(self, row, data, by):
        """Order."""
        return investigations.order(row, **data, by=by)


class RecordInvestigation(Verb):
    """treatment.actions.investigations.record"""

    noun = Investigation
    name, label = "record-result", "Write down the result"
    description = "Values with their units and reference, or what the report says; a clinician reads it."
    allowed_roles = CLINICIANS
    serializer_class = RecordInvestigationInput
    needs = investigations.record.needs

    def act(self, row, data, by):
        """Record."""
        return investigations.record(row, **data, by=by)


class NotDone(Verb):
    """treatment.actions.investigations.not_done"""

    noun = Investigation
    name, label = "not-done", "Not done"
    description = "The person declined, or it is not needed: say why."
    allowed_roles = CLINICIANS
    serializer_class = ReasonInput
    needs = investigations.not_done.needs

    def act(self, row, data, by):
        """Leave out."""
        return investigations.not_done(row, **data, by=by)


class ReadInvestigation(Verb):
    """treatment.actions.investigations.read"""

    noun = Investigation
    name, label = "read", "Read the result"
    description = "A clinician read it, and says what follows."
    allowed_roles = CLINICIANS
    serializer_class = WordsInput
    needs = investigations.read.needs

    def act(self, row, data, by):
        """Read."""
        return investigations.read(row, **data, by=by)


class StopChecks(Verb):
    """treatment.actions.investigations.stop_checks"""

    noun = BodyCheck
    name, label = "stop", "Stop the checks"
    description = "No more checks on this thread, for a reason you stand for."
    confirm = "What was ordered for it is not done, and no later check follows. Stop them?"
    allowed_roles = CLINICIANS
    serializer_class = ReasonInput
    needs = investigations.stop_checks.needs

    def act(self, row, data, by):
        """Stop."""
        return investigations.stop_checks(row, **data, by=by)


MarkInvestigationError = mark_error(Investigation, investigations.mark_error, CLINICIANS)
