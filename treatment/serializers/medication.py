"""What people take when they come."""

from rest_framework import serializers

from patients.serializers import ERROR, Place, RowInput

from ..models import MedicationStatement, Reconciliation
from ..models.medication import Decision

TAKEN = [
    "medication",
    "rxnorm",
    "dose",
    "route",
    "how_often",
    "taken_for",
    "prescriber",
    "last_taken_at",
    "brought",
    "brought_kept",
    "source",
]


class MedicationStatementSerializer(serializers.ModelSerializer):
    """A medication, and what was decided about it."""

    class Meta:
        model = MedicationStatement
        fields = [
            "id",
            "version",
            "patient",
            "facility",
            *TAKEN,
            "noted_at",
            "noted_by",
            "decision",
            "decision_in_words",
            "decided_at",
            "decided_by",
            *ERROR,
        ]


class MedicationStatementInput(RowInput):
    """What is taken, and what was brought of it."""

    facility = Place()

    class Meta:
        model = MedicationStatement
        fields = ["occurred_at", "facility", *TAKEN]


class DecideMedicationInput(RowInput):
    """What is done about it."""

    decision = serializers.ChoiceField(choices=Decision.choices)
    decision_in_words = serializers.CharField(max_length=500, required=False, allow_blank=True)

    class Meta:
        model = MedicationStatement
        fields = ["occurred_at", "decision", "decision_in_words"]


class ReconciliationSerializer(serializers.ModelSerializer):
    """Going through allergies and medication, as it was done."""

    class Meta:
        model = Reconciliation
        fields = [
            "id",
            "version",
            "patient",
            "facility",
            "placement",
            "takes_nothing",
            "note",
            "reconciled_at",
            "reconciled_by",
            *ERROR,
        ]


class ReconcileInput(RowInput):
    """That all of it was gone through."""

    class Meta:
        model = Reconciliation
        fields = ["occurred_at", "takes_nothing", "note"]
