"""Doses that are due, and what became of each."""

from django.db.models import Q
from django_filters import rest_framework as filters

from accounts.models import Role
from patients.models import Episode, Stage
from patients.views import Filters, Reads, Told, Verb, unset
from patients.views.errors import mark_error

from ..actions import doses
from ..models import Administration, BedStay, Dose, DoseOutcome, MedicationOrder
from ..serializers import AdministrationSerializer, AsNeededInput, DoseSerializer, GiveInput, NotGivenInput
from .medication_orders import GIVES

SEES = frozenset({Role.NURSE, Role.PRESCRIBER, Role.TECHNICIAN, Role.SUPERVISOR})


class DoseFilters(Filters):
    """Still owed? Due before or after? In which unit?"""

    open = unset("closed_at")
    due_before = filters.IsoDateTimeFilter("due_at", lookup_expr="lt")
    due_after = filters.IsoDateTimeFilter("due_at", lookup_expr="gte")
    unit = filters.UUIDFilter(method="in_unit")

    class Meta:
        model = Dose
        fields = ["patient", "facility", "order", "closed_because"]

    def in_unit(self, rows, name, value):
        """Of the people who lie there now."""
        return rows.filter(patient__in=BedStay.objects.open().filter(bed__unit=value).values("patient"))


class Doses(Reads):
    """Doses that are due, a day ahead."""

    model = Dose
    serializer_class = DoseSerializer
    related = ("order", "facility")
    filterset_class = DoseFilters
    told = ()


class AdministrationFilters(Filters):
    """Waits for a witness?"""

    unwitnessed = filters.BooleanFilter(method="waiting")

    class Meta:
        model = Administration
        fields = ["patient", "facility", "episode", "order", "due", "outcome"]

    def waiting(self, rows, name, value):
        """For somebody to say that they saw it."""
        found = Administration.objects.unwitnessed().values("pk")
        return rows.filter(pk__in=found) if value else rows.exclude(pk__in=found)


class Administrations(Reads):
    """What became of doses. The timeline tells what was not given, and what was given as needed."""

    model = Administration
    serializer_class = AdministrationSerializer
    related = ("order",)
    filterset_class = AdministrationFilters
    told = (
        Told(
            "medication",
            "{order__name}: {outcome}",
            "{reason}",
            at="administered_at",
            by="administered_by",
            where=~Q(outcome=DoseOutcome.GIVEN) | Q(due=None),
        ),
    )


class Give(Verb):
    """treatment.actions.doses.give"""

    noun, answer = Dose, Administration
    name, label = "give", "Given"
    description = "The dose was given. What is controlled counts once somebody else has seen it."
    allowed_roles = GIVES
    serializer_class = GiveInput
    needs = doses.give.needs

    def act(self, row, data, by):
        """Give."""
        return doses.give(row, **data, by=by)


class NotGiven(Verb):
    """treatment.actions.doses.not_given"""

    noun, answer = Dose, Administration
    name, label = "not-given", "Not given"
    description = "Declined, held, missed, not available or on leave; declining needs no reason."
    allowed_roles = GIVES
    serializer_class = NotGivenInput
    needs = doses.not_given.needs

    def act(self, row, data, by):
        """Write down why."""
        return doses.not_given(row, **data, by=by)


class GiveAsNeeded(Verb):
    """treatment.actions.doses.give_as_needed"""

    noun, answer = MedicationOrder, Administration
    name, label = "give-as-needed", "Give as needed"
    description = "For a reason, not sooner and not more often than was ordered."
    allowed_roles = GIVES
    serializer_class = AsNeededInput
    needs = doses.give_as_needed.needs

    def act(self, row, data, by):
        """Give."""
        return doses.give_as_needed(row, **data, by=by)

    @classmethod
    def is_prompted(cls, row):
        """Where it is ordered so."""
        return row.min_hours is not None


class RecordOnLeave(Verb):
    """treatment.actions.doses.record_on_leave"""

    noun, answer = Episode, Administration
    name, label = "record-on-leave", "Doses while away"
    description = "Every dose that came due while the person is away was not given because of that."
    allowed_roles = GIVES
    needs = doses.record_on_leave.needs

    def act(self, row, data, by):
        """Write them down."""
        return doses.record_on_leave(row, **data, by=by)

    @classmethod
    def is_prompted(cls, row):
        """Whoever was sent out is being stabilized; asking more would cost every page of an episode a statement."""
        return row.stage == Stage.STABILIZING


class Witness(Verb):
    """treatment.actions.doses.witness"""

    noun = Administration
    name, label = "witness", "I saw it given"
    description = "Somebody else than whoever gave it says that they saw it; only then it counts."
    allowed_roles = SEES
    needs = doses.witness.needs

    def act(self, row, data, by):
        """Witness."""
        return doses.witness(row, **data, by=by)

    @classmethod
    def is_prompted(cls, row):
        """Where it is controlled."""
        return row.needs_witness


MarkAdministrationError = mark_error(Administration, doses.mark_error, GIVES)
