"""What was asked or tested before a medication, and counts of what was brought."""

from rest_framework import serializers

from patients.serializers import ERROR, Input, Moment, Place, RowInput

from ..models import MedicationCheck, MedicationCount

ANALYTES = [
    "buprenorphine", "codeine", "fentanyl", "heroin", "hydrocodone", "hydromorphone", "methadone", "morphine",
    "opiates (not named)", "oxycodone", "tapentadol", "tramadol",
]  # fmt: skip
FOUND = ["kind", "found", "analytes", "times_normal", "planned_at", "note"]


class MedicationCheckSerializer(serializers.ModelSerializer):
    """Something asked or tested."""

    class Meta:
        model = MedicationCheck
        fields = ["id", "version", "patient", "facility", *FOUND, "checked_at", "checked_by", *ERROR]


class MedicationCheckInput(RowInput):
    """What was asked or tested, and what was found."""

    facility = Place()
    found = serializers.BooleanField(
        required=False,
        allow_null=True,
        help_text="positive, failed, or opioids were found; not for liver values and operations",
    )
    analytes = serializers.ListField(
        child=serializers.ChoiceField(choices=ANALYTES), required=False, help_text="which opioids a test names"
    )
    planned_at = Moment(required=False, allow_null=True, help_text="of the operation")

    class Meta:
        model = MedicationCheck
        fields = ["occurred_at", "facility", *FOUND]


class MedicationCountSerializer(serializers.ModelSerializer):
    """What two people counted."""

    class Meta:
        model = MedicationCount
        fields = [
            "id",
            "version",
            "patient",
            "facility",
            "statement",
            "expected",
            "counted",
            "counted_at",
            "counted_by",
            "confirmed",
            "confirmed_at",
            "confirmed_by",
            "note",
            "duty",
            "settled_at",
            "settled_by",
            "settled_reason",
            *ERROR,
        ]


class CountInput(RowInput):
    """How many there are."""

    class Meta:
        model = MedicationCount
        fields = ["occurred_at", "counted", "note"]


class ConfirmCountInput(Input):
    """How many the second person counts."""

    counted = serializers.DecimalField(max_digits=7, decimal_places=2, min_value=0, max_value=10_000)
