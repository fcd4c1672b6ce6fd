"""Checklists and clearances."""

from rest_framework import serializers

from patients.models import ClearanceBasis
from patients.serializers import (
    ERROR,
    RowInput,
    Strict,
)

from ..models import (
    Checklist,
    Clearance,
)
from ..models.clearances import Finding
from .shapes import ABOUT, VITALS


class ChecklistSerializer(serializers.ModelSerializer):
    """Questions asked before a step."""

    class Meta:
        model = Checklist
        fields = ["id", "version", "slug", "edition", "name", "items", "source", "valid_for"]


class ClearanceSerializer(serializers.ModelSerializer):
    """On what ground a person may begin treatment."""

    class Meta:
        model = Clearance
        fields = [
            *ABOUT,
            "checklist",
            "findings",
            "basis",
            "reason",
            "hospital",
            "contact_number",
            "cleared_at",
            "cleared_by",
            "lapses_at",
            *VITALS,
            "diastolic",
            "withdrawn_at",
            "withdrawn_by",
            "withdrawn_reason",
            "look_again_duty",
            *ERROR,
        ]


class FindingInput(Strict):
    """The answer to one item."""

    finding = serializers.ChoiceField(choices=Finding.choices)
    reason = serializers.CharField(max_length=500, required=False, allow_blank=True)


class ClearInput(RowInput):
    """The ground, and the answers to the checklist by item code."""

    basis = serializers.ChoiceField(choices=ClearanceBasis.choices)
    findings = serializers.DictField(child=FindingInput(), required=False)
    reason = serializers.CharField(max_length=500, required=False, allow_blank=True, help_text="of an override")
    hospital = serializers.CharField(max_length=200, required=False, allow_blank=True)
    contact_number = serializers.CharField(max_length=50, required=False, allow_blank=True)

    class Meta:
        model = Clearance
        fields = [
            "occurred_at",
            "basis",
            *VITALS,
            "diastolic",
            "findings",
            "reason",
            "hospital",
            "contact_number",
        ]
