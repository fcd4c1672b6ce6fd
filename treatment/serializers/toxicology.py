"""Tests for substances, their results, and how clinicians read them."""

from rest_framework import serializers

from patients.serializers import ERROR, Input, Key, RowInput, Strict

from ..models import AnalyteResult, ToxReading, ToxTest
from ..models.analytes import choices
from ..models.toxicology import CONFIRMING, Reading, Validity
from .shapes import ABOUT


class AnalyteResultSerializer(serializers.ModelSerializer):
    """What was found of one substance."""

    class Meta:
        model = AnalyteResult
        fields = ["id", "patient", "facility", "test", "analyte", "detected", "value", "unit", "cutoff"]


class ToxReadingSerializer(serializers.ModelSerializer):
    """How a clinician reads a positive."""

    class Meta:
        model = ToxReading
        fields = ["id", "patient", "facility", "test", "reading", "words", "read_at", "read_by"]


class ToxTestSerializer(serializers.ModelSerializer):
    """A sample, what was found in it, and where its reading stands. What a positive means stands in the reading."""

    presumptive = serializers.BooleanField(source="is_presumptive", read_only=True)
    standing = serializers.CharField(read_only=True, help_text="“Not read by a clinician yet.” until one has")
    found = serializers.CharField(read_only=True, help_text="in words: positive, or not detected")
    missing = serializers.ListField(child=serializers.CharField(), read_only=True, help_text="no result came for it")
    results = AnalyteResultSerializer(many=True, read_only=True)
    readings = ToxReadingSerializer(many=True, read_only=True, help_text="the last one holds")

    class Meta:
        model = ToxTest
        fields = [
            *ABOUT,
            "why",
            "matrix",
            "method",
            "presumptive",
            "panel",
            "confirms",
            "collected_at",
            "collected_by",
            "observed",
            "temperature_ok",
            "chain_of_custody",
            "lab",
            "lab_reference",
            "results_duty",
            "resulted_at",
            "resulted_by",
            "validity",
            "creatinine",
            "note",
            "found",
            "missing",
            "results",
            "standing",
            "read_duty",
            "read_at",
            "read_by",
            "readings",
            "contact_duty",
            "contacted_at",
            "contacted_by",
            "contact_in_words",
            *ERROR,
        ]


class CollectTestInput(RowInput):
    """What was collected, how, and what it is tested for, by name."""

    id = Key(required=False, help_text="a key of your own, UUID version 7")
    panel = serializers.ListField(
        child=serializers.ChoiceField(choices=choices()),
        allow_empty=False,
        help_text="by name: no standard panel looks for ketamine",
    )

    class Meta:
        model = ToxTest
        fields = [
            "id",
            "occurred_at",
            "why",
            "matrix",
            "method",
            "panel",
            "observed",
            "temperature_ok",
            "chain_of_custody",
            "lab",
            "lab_reference",
        ]


class DetectedInput(Strict):
    """What was found of one substance."""

    detected = serializers.BooleanField(allow_null=True, help_text="yes: positive; no: not detected")
    value = serializers.DecimalField(max_digits=12, decimal_places=3, min_value=0, required=False, allow_null=True)
    unit = serializers.CharField(max_length=20, required=False, allow_blank=True)
    cutoff = serializers.DecimalField(max_digits=12, decimal_places=3, min_value=0, required=False, allow_null=True)

    never_null = ("detected",)  # a form shows neither chosen at first, and that must not count as no
    default_error_messages = {"not_said": "Say whether it was found: a value alone does not."}

    def validate(self, attrs):
        """Found, or not."""
        if attrs["detected"] is None:
            self.fail("not_said")
        return attrs


class RecordResultsInput(Input):
    """What the sample was worth, and what was found in it."""

    validity = serializers.ChoiceField(choices=Validity.choices)
    creatinine = serializers.DecimalField(
        max_digits=6, decimal_places=1, min_value=0, max_value=1000, required=False, allow_null=True,
        help_text="of the sample, mg/dL",
    )  # fmt: skip
    temperature_ok = serializers.BooleanField(required=False, allow_null=True)
    results = serializers.DictField(child=DetectedInput(), required=False, help_text="{substance: what was found}")
    lab_reference = serializers.CharField(max_length=100, required=False, allow_blank=True)
    note = serializers.CharField(max_length=1000, required=False, allow_blank=True)


class ReadTestInput(Input):
    """What a clinician takes it for, and why."""

    reading = serializers.ChoiceField(choices=Reading.choices)
    words = serializers.CharField(max_length=4000, help_text="why, in your words")


class ConfirmInput(Input):
    """By which method, and what of it."""

    method = serializers.ChoiceField(choices=CONFIRMING)
    panel = serializers.ListField(
        child=serializers.ChoiceField(choices=choices()),
        required=False,
        help_text="what was found, when left out",
    )
    lab = serializers.CharField(max_length=200, required=False, allow_blank=True)
    lab_reference = serializers.CharField(max_length=100, required=False, allow_blank=True)


class ContactInput(Input):
    """What was said."""

    words = serializers.CharField(max_length=1000, help_text="how the person is, and what they were offered")


class EarlierShape(serializers.Serializer):
    """One substance in one sample."""

    analyte = serializers.CharField()
    collected_at = serializers.DateTimeField()
    detected = serializers.BooleanField()
    value = serializers.DecimalField(max_digits=12, decimal_places=3, allow_null=True)
    unit = serializers.CharField()
    per_creatinine = serializers.DecimalField(max_digits=16, decimal_places=1, allow_null=True, help_text="ng/mg")
    method = serializers.CharField()
    presumptive = serializers.BooleanField()


class ContextSerializer(serializers.Serializer):
    """What stands beside a test. Nothing of it says what a positive means."""

    days_since_last_use = serializers.IntegerField(allow_null=True, help_text="of ketamine, as told")
    frequency = serializers.CharField()
    days_used = serializers.IntegerField(allow_null=True, help_text="of the last 30 days, as told")
    creatinine = serializers.DecimalField(max_digits=6, decimal_places=1, allow_null=True, help_text="mg/dL")
    validity = serializers.CharField()
    method = serializers.CharField()
    presumptive = serializers.BooleanField()
    prescribed_ketamine = serializers.ListField(child=serializers.CharField())
    drugs_given = serializers.ListField(child=serializers.CharField(), help_text="by ambulance or hospital")
    now = EarlierShape(many=True)
    earlier = EarlierShape(many=True)
    hints = serializers.ListField(child=serializers.CharField(), help_text="hints, no more")
    notes = serializers.ListField(child=serializers.CharField())
