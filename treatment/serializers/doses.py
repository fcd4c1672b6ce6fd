"""Doses, and what became of them."""

from rest_framework import serializers

from patients.serializers import ERROR, Input, Key, RowInput

from ..models import Administration, Dose, DoseOutcome
from ..models.medication_orders import amount as amount_field
from ..models.medications import Counsel
from .medication_orders import FindingShape
from .shapes import ABOUT

LIMITS = {"max_digits": 8, "decimal_places": 3, "min_value": amount_field().validators[0].limit_value}


OTHERWISE = [pair for pair in DoseOutcome.choices if pair[0] != DoseOutcome.GIVEN]
TOLD_WITH_IT = [(Counsel.REVERSAL.value, Counsel.REVERSAL.label)]


class DoseSerializer(serializers.ModelSerializer):
    """A dose that is due; its order says how much of what."""

    episode = serializers.UUIDField(source="order.episode_id", read_only=True)

    class Meta:
        model = Dose
        fields = [*ABOUT, "order", "due_at", "closed_at", "closed_because"]


class AdministrationSerializer(serializers.ModelSerializer):
    """What became of a dose."""

    is_given = serializers.BooleanField(read_only=True, help_text="does it count: is it witnessed where it must be?")
    findings = FindingShape(many=True, read_only=True)

    class Meta:
        model = Administration
        fields = [
            *ABOUT,
            "order",
            "due",
            "outcome",
            "amount",
            "administered_at",
            "administered_by",
            "recorded_at",
            "reason",
            "site",
            "told",
            "findings",
            "needs_witness",
            "witnessed_at",
            "witnessed_by",
            "is_given",
            *ERROR,
        ]


class GiveInput(Input):
    """How much, when it is not what was ordered; where, and what was said with an injection of naltrexone."""

    id = Key(required=False, help_text="a key of your own, UUID version 7")
    amount = serializers.DecimalField(
        **LIMITS, required=False, allow_null=True, help_text="as ordered, when left out"
    )
    site = serializers.CharField(
        max_length=100, required=False, allow_blank=True, help_text="of an injection or patch"
    )
    told = serializers.ListField(
        child=serializers.ChoiceField(choices=TOLD_WITH_IT),
        required=False,
        help_text="with an injection of naltrexone",
    )


class NotGivenInput(RowInput):
    """Why it was not given."""

    id = Key(required=False, help_text="a key of your own, UUID version 7")
    outcome = serializers.ChoiceField(choices=OTHERWISE)

    class Meta:
        model = Administration
        fields = ["id", "occurred_at", "outcome", "reason"]


class AsNeededInput(Input):
    """What it was taken for."""

    id = Key(required=False, help_text="a key of your own, UUID version 7")
    reason = serializers.CharField(max_length=500)
    amount = serializers.DecimalField(
        **LIMITS, required=False, allow_null=True, help_text="as ordered, when left out"
    )
    site = serializers.CharField(max_length=100, required=False, allow_blank=True)
