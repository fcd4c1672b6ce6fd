"""The bladder log."""

from rest_framework import serializers

from patients.serializers import ERROR, Input, Key, RowInput

from ..models import BladderEntry
from .shapes import ABOUT

SAID = [
    "voids",
    "nocturia",
    "urgency",
    "pain",
    "visible_blood",
    "incontinence",
    "cramps",
    "cannot_pass",
    "fever_and_flank_pain",
    "analgesics",
    "max_volume_ml",
    "note",
]


class BladderEntrySerializer(serializers.ModelSerializer):
    """What was said, what cannot wait, and what was found."""

    advice = serializers.CharField(read_only=True, help_text="what to say to the person about it")

    class Meta:
        model = BladderEntry
        fields = [
            *ABOUT,
            "logged_at",
            "logged_by",
            "recorded_at",
            *SAID,
            "red_flags",
            "advice",
            "duty",
            "reviewed_at",
            "reviewed_by",
            "finding",
            *ERROR,
        ]


class LogBladderInput(RowInput):
    """What the person said; leave out what was not asked."""

    id = Key(required=False, help_text="a key of your own, UUID version 7")

    class Meta:
        model = BladderEntry
        fields = ["id", "occurred_at", *SAID]


class ReviewBladderInput(Input):
    """What was found."""

    finding = serializers.CharField(max_length=1000, help_text="what was found and done, in your words")


class BladderPoint(serializers.ModelSerializer):
    """One day of the log, as a point of its trend."""

    class Meta:
        model = BladderEntry
        fields = ["id", "logged_at", "voids", "nocturia", "urgency", "pain", "red_flags"]


class BladderTrendSerializer(serializers.Serializer):
    """How the bladder has been, oldest first."""

    points = BladderPoint(many=True)
