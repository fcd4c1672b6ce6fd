"""The catalog and what is ordered."""

from django_filters import rest_framework as filters

from accounts.models import EVERYONE, Role
from patients.models import Episode
from patients.serializers import ReasonInput
from patients.views import Filters, Reads, Told, Verb, unset
from patients.views.errors import mark_error

from ..actions import doses
from ..actions import medication_orders as orders
from ..medication_safety import NOT_A_CHECKER
from ..models import Administration, Medication, MedicationOrder
from ..models.medications import Evidence
from ..serializers import (
    CounselInput,
    EmergencyDoseInput,
    MedicationOrderSerializer,
    MedicationSerializer,
    OrderMedicationInput,
    ResumeInput,
    StopMedicationInput,
    TakeVerbalOrderInput,
)

PRESCRIBES = frozenset({Role.PRESCRIBER})
NURSES = frozenset({Role.NURSE})
GIVES = frozenset({Role.NURSE, Role.PRESCRIBER})


class MedicationFilters(Filters):
    """The newest editions alone?"""

    current = filters.BooleanFilter(method="newest")
    name = filters.CharFilter("name", lookup_expr="icontains", min_length=2)

    class Meta:
        model = Medication
        fields = ["slug", "edition"]

    def newest(self, rows, name, value):
        """The newest of each, or those that were replaced."""
        newest = Medication.objects.current().values("pk")
        return rows.filter(pk__in=newest) if value else rows.exclude(pk__in=newest)


class Medications(Reads):
    """The catalog of medications."""

    model = Medication
    serializer_class = MedicationSerializer
    allowed_roles = EVERYONE
    filterset_class = MedicationFilters


class MedicationOrderFilters(Filters):
    """Still going on or held? Still to be acknowledged?"""

    open = unset("ended_at")
    unacknowledged = filters.BooleanFilter(method="seen")

    class Meta:
        model = MedicationOrder
        fields = ["patient", "facility", "episode", "state", "how", "controlled"]

    def seen(self, rows, name, value):
        """Taken down for a prescriber who has not seen them."""
        waiting = MedicationOrder.objects.unacknowledged().values("pk")
        return rows.filter(pk__in=waiting) if value else rows.exclude(pk__in=waiting)


class MedicationOrders(Reads):
    """What is ordered."""

    model = MedicationOrder
    serializer_class = MedicationOrderSerializer
    related = ("medication",)
    filterset_class = MedicationOrderFilters
    told = (
        Told(
            "medication", "ordered {name}", "for {indication}", "{override_reason}", at="ordered_at", by="ordered_by"
        ),
        Told("medication", "order of {name} acknowledged", at="acknowledged_at", by="acknowledged_by"),
        Told("medication", "{name} held", "{held_reason}", at="held_at", by="held_by"),
        Told("medication", "{name} {state}", "{ended_because}", "{end_reason}", at="ended_at", by="ended_by"),
    )


def about_order(row, data):
    """What the rules find about what is typed, and what is known for the indication: read before it is ordered."""
    data = {name: value for name, value in data.items() if name not in {"override_reason", "prescriber", "read_back"}}
    at = data.pop("at", None) or orders.timezone.now()
    data.pop("id", None)
    catalog = Medication.objects.catalog()
    order = orders.written(row, catalog=catalog, at=at, by=None, **data)
    evidence = Evidence(order.evidence).label
    found = orders.found_about(order, catalog=catalog)
    return {"order": order, "evidence": evidence, "findings": found, "not_a_checker": NOT_A_CHECKER}


class OrderMedication(Verb):
    """treatment.actions.medication_orders.order_medication"""

    noun, answer = Episode, MedicationOrder
    name, label = "order-medication", "Order a medication"
    description = "What, how much, how often and what for; what the rules find is shown before it is ordered."
    allowed_roles = PRESCRIBES
    serializer_class = OrderMedicationInput
    needs = orders.order_medication.needs
    preview = staticmethod(about_order)
    preview_template = "admin/order_preview.html"

    def act(self, row, data, by):
        """Order."""
        return orders.order_medication(row, **data, by=by)


class TakeVerbalOrder(Verb):
    """treatment.actions.medication_orders.take_verbal_order"""

    noun, answer = Episode, MedicationOrder
    name, label = "take-verbal-order", "Take down a verbal order"
    description = "A prescriber said it, you read it back; they acknowledge it within a day."
    allowed_roles = NURSES
    serializer_class = TakeVerbalOrderInput
    needs = orders.take_verbal_order.needs
    preview = staticmethod(about_order)
    preview_template = "admin/order_preview.html"

    def act(self, row, data, by):
        """Take it down."""
        return orders.take_verbal_order(row, **data, by=by)


class GiveEmergencyDose(Verb):
    """treatment.actions.doses.give_emergency_dose"""

    noun, answer = Episode, Administration
    name, label = "give-emergency-dose", "Write down an emergency dose"
    description = "It was given because it could not wait; the prescriber acknowledges it within the hour."
    allowed_roles = NURSES
    serializer_class = EmergencyDoseInput
    needs = doses.give_emergency_dose.needs

    def act(self, row, data, by):
        """Write it down."""
        return doses.give_emergency_dose(row, **data, by=by)


class HoldOrder(Verb):
    """treatment.actions.medication_orders.hold"""

    noun = MedicationOrder
    name, label = "hold", "Hold"
    description = "It is not given for now, and somebody says why."
    allowed_roles = GIVES
    serializer_class = ReasonInput
    needs = orders.hold.needs

    def act(self, row, data, by):
        """Hold."""
        return orders.hold(row, **data, by=by)


class ResumeOrder(Verb):
    """treatment.actions.medication_orders.resume"""

    noun = MedicationOrder
    name, label = "resume", "Resume"
    description = "It goes on; everything is asked again first."
    allowed_roles = PRESCRIBES
    serializer_class = ResumeInput
    needs = orders.resume.needs

    def act(self, row, data, by):
        """Resume."""
        return orders.resume(row, **data, by=by)


class StopOrder(Verb):
    """treatment.actions.medication_orders.stop"""

    noun = MedicationOrder
    name, label = "stop", "Stop"
    description = "It ends, with the reason; what the person must hear then is said now, or owed."
    allowed_roles = PRESCRIBES
    serializer_class = StopMedicationInput
    needs = orders.stop.needs

    def act(self, row, data, by):
        """Stop."""
        return orders.stop(row, **data, by=by)


class AcknowledgeOrder(Verb):
    """treatment.actions.medication_orders.acknowledge"""

    noun = MedicationOrder
    name, label = "acknowledge", "Acknowledge the order"
    description = "This is what you ordered, and it was taken down rightly."
    allowed_roles = PRESCRIBES
    needs = orders.acknowledge.needs

    def act(self, row, data, by):
        """Acknowledge."""
        return orders.acknowledge(row, **data, by=by)

    @classmethod
    def is_prompted(cls, row):
        """Where somebody took it down."""
        return row.taken_by_id is not None


class CounselOrder(Verb):
    """treatment.actions.medication_orders.counsel"""

    noun = MedicationOrder
    name, label = "counsel", "I told the person"
    description = "What this medication, or stopping it, means for them."
    allowed_roles = GIVES
    serializer_class = CounselInput
    needs = orders.counsel.needs

    def act(self, row, data, by):
        """Counsel."""
        return orders.counsel(row, **data, by=by)

    @classmethod
    def is_prompted(cls, row):
        """Where something is to be told."""
        return bool(row.to_be_told())


MarkMedicationOrderError = mark_error(MedicationOrder, orders.mark_error, PRESCRIBES)
