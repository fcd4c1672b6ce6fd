"""Diagnoses and the criteria behind them."""

from rest_framework import serializers

from ..models import Condition, CriteriaAssessment, CriteriaSet
from ..models.conditions import ConditionSeverity, Criterion
from .shapes import ERROR, Day, Input, Place, RowInput

SAID = ["system", "code", "words", "onset_on", "severity"]


class ConditionSerializer(serializers.ModelSerializer):
    """A diagnosis."""

    class Meta:
        model = Condition
        fields = [
            "id",
            "version",
            "patient",
            "facility",
            *SAID,
            "status",
            "principal",
            "criteria_last_met_on",
            "remission",
            "remission_on",
            "controlled_environment",
            "noted_at",
            "noted_by",
            *ERROR,
        ]


class AmendConditionInput(RowInput):
    """What to correct; what is left out stays."""

    class Meta:
        model = Condition
        fields = ["occurred_at", *SAID]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, partial=True, **kwargs)


class ConditionInput(RowInput):
    """A diagnosis."""

    facility = Place()
    principal = serializers.BooleanField(required=False, help_text="what the person is treated for first")

    class Meta:
        model = Condition
        fields = ["occurred_at", "facility", *SAID, "principal"]


class RemitInput(Input):
    """Since when no criterion but craving was met."""

    criteria_last_met_on = Day(help_text="the last day on which any criterion but craving was met")
    controlled_environment = serializers.BooleanField(required=False, help_text="where the substance cannot be had")


class CriteriaSetSerializer(serializers.ModelSerializer):
    """Criteria of a class of substances."""

    class Meta:
        model = CriteriaSet
        fields = ["id", "version", "slug", "edition", "name", "items", "codes", "source"]


class CriteriaAssessmentSerializer(serializers.ModelSerializer):
    """Criteria met, and what follows from how many; codes are suggestions."""

    count = serializers.IntegerField(read_only=True)
    severity = serializers.ChoiceField(choices=["", *ConditionSeverity.values], read_only=True)
    suggested_code = serializers.CharField(read_only=True, help_text="ICD-10-CM; a suggestion, never a diagnosis")
    suggested_code_in_remission = serializers.CharField(read_only=True)

    class Meta:
        model = CriteriaAssessment
        fields = [
            "id",
            "version",
            "patient",
            "facility",
            "criteria_set",
            "met",
            "count",
            "severity",
            "suggested_code",
            "suggested_code_in_remission",
            "withdrawal_like",
            "assessed_at",
            "assessed_by",
            *ERROR,
        ]


class AssessCriteriaInput(RowInput):
    """Which criteria were met in the past twelve months."""

    facility = Place()
    met = serializers.ListField(
        child=serializers.ChoiceField(choices=Criterion.choices),
        allow_empty=True,
        help_text="in the past twelve months",
    )

    class Meta:
        model = CriteriaAssessment
        fields = ["occurred_at", "facility", "criteria_set", "met", "withdrawal_like"]
