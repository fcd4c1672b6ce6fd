"""Legal grounds."""

from rest_framework import serializers

from patients.serializers import ERROR, Input, Moment, Place, RowInput

from ..models import LegalStatus

GROUND = ["kind", "authority", "reference", "from_at", "until_at", "decide_hours_before", "reported"]


class LegalStatusSerializer(serializers.ModelSerializer):
    """On what legal ground somebody is here."""

    decide_by_at = serializers.DateTimeField(read_only=True, allow_null=True, help_text="when the decision is owed")

    class Meta:
        model = LegalStatus
        fields = [
            "id",
            "version",
            "patient",
            "facility",
            *GROUND,
            "decide_by_at",
            "duty",
            "recorded_at",
            "recorded_by",
            "ended_at",
            "ended_by",
            "end_reason",
            *ERROR,
        ]


class LegalStatusInput(RowInput):
    """The ground, and until when it holds by law."""

    facility = Place()

    class Meta:
        model = LegalStatus
        fields = ["occurred_at", "facility", *GROUND]


class RenewLegalStatusInput(Input):
    """Until when it goes on."""

    until_at = Moment()
    reference = serializers.CharField(
        max_length=100, required=False, allow_blank=True, help_text="a new file number, where there is one"
    )
