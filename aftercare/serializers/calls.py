"""The call list."""

from rest_framework import serializers

from ..actions.check_ins import CallOutcome
from ..models import Tier
from .check_ins import CheckInSerializer, Said


class CallSerializer(CheckInSerializer):
    """A check-in on the call list: whom to call, and the duties that are ended by calling."""

    preferred_name = serializers.CharField(source="patient.preferred_name")
    tier = serializers.ChoiceField(source="plan.tier", choices=Tier.choices)
    calls = serializers.SerializerMethodField()

    class Meta(CheckInSerializer.Meta):
        fields = [*CheckInSerializer.Meta.fields, "preferred_name", "tier", "calls"]

    def get_calls(self, row) -> list[str]:
        """Keys of the open duties to call."""
        return [str(duty.pk) for duty in row.duty.open_calls]


class CallInput(Said):
    """What came of a call, and what the person said when they were reached."""

    outcome = serializers.ChoiceField(choices=CallOutcome.choices)
    note = serializers.CharField(max_length=400, required=False, allow_blank=True)

    class Meta(Said.Meta):
        fields = [*Said.Meta.fields, "outcome", "note"]
