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
    "cannot_pass",
    "fever_and_flank_pain",
    "analgesics",
    "max_volume_ml",
    "note",
]


class BladderEntrySerializer(serializers.ModelSerializer):
    """What was said, what cannot wait, and what was found."""

    class Meta:
        model = BladderEntry
        fields = [
            *ABOUT,
            "logged_at",
            "logged_by",
            "recorded_at",
            *SAID,
            "red_flags",
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
