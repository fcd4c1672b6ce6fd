"""What is measured, and the checks it belongs to."""

from rest_framework import serializers

from patients.serializers import ERROR, Input, Key, Moment, RowInput, Strict

from ..models import BodyCheck, Investigation
from .shapes import ABOUT


class MeasuredShape(serializers.Serializer):
    """One measure: a number with its unit and reference, or found and not found."""

    value = serializers.CharField(required=False)
    unit = serializers.CharField(required=False)
    low = serializers.CharField(required=False)
    high = serializers.CharField(required=False)
    out = serializers.CharField(required=False, help_text="low or high, outside the reference")
    found = serializers.BooleanField(required=False)


class InvestigationSerializer(serializers.ModelSerializer):
    """What was ordered, what came of it, and who read it."""

    values = serializers.DictField(child=MeasuredShape(), read_only=True)
    red_flags = serializers.ListField(child=serializers.CharField(), read_only=True)
    standing = serializers.CharField(read_only=True)
    in_short = serializers.CharField(read_only=True)

    class Meta:
        model = Investigation
        fields = [
            *ABOUT,
            "body_check",
            "kind",
            "what",
            "why",
            "ordered_at",
            "ordered_by",
            "due_at",
            "duty",
            "standing",
            "done_at",
            "done_by",
            "values",
            "report",
            "in_short",
            "red_flags",
            "not_done_at",
            "not_done_by",
            "not_done_because",
            "read_duty",
            "read_at",
            "read_by",
            "reading",
            *ERROR,
        ]


class BodyCheckSerializer(serializers.ModelSerializer):
    """A set of investigations after a number of weeks."""

    class Meta:
        model = BodyCheck
        fields = [
            *ABOUT,
            "checklist",
            "step",
            "name",
            "anchor_at",
            "duty",
            "began_at",
            "began_by",
            "ended_at",
            "ended_by",
            "stop_reason",
        ]


class OrderInput(RowInput):
    """What, and by when."""

    id = Key(required=False, help_text="a key of your own, UUID version 7")
    due_at = Moment()

    class Meta:
        model = Investigation
        fields = ["id", "occurred_at", "kind", "what", "why", "due_at"]


def number():
    """A number with a unit."""
    return serializers.DecimalField(max_digits=12, decimal_places=3, min_value=0, required=False, allow_null=True)


class MeasuredInput(Strict):
    """A number with its unit and reference, or found and not found."""

    value = number()
    unit = serializers.CharField(max_length=20, required=False, allow_blank=True, help_text="where there are several")
    low = number()
    high = number()
    found = serializers.BooleanField(required=False, allow_null=True)


class RecordInvestigationInput(Input):
    """What was measured, or what the report says."""

    values = serializers.DictField(child=MeasuredInput(), required=False, help_text="{measure: what was measured}")
    report = serializers.CharField(
        max_length=4000, required=False, allow_blank=True, help_text="what it says, in its words"
    )


class WordsInput(Input):
    """In words."""

    words = serializers.CharField(max_length=1000, help_text="what follows from it, in your words")
