"""Ketamine that is prescribed."""

from rest_framework import serializers

from patients.serializers import ERROR, Input, Place, RowInput

from ..models import MoodReview, PrescribedKetamine, PrescriberContact

ROW = ["id", "version", "patient", "facility"]
GIVEN = [
    "prescriber",
    "prescriber_contact",
    "product",
    "route",
    "dose",
    "how_often",
    "indication",
    "supervised",
    "started_on",
]


class PrescribedKetamineSerializer(serializers.ModelSerializer):
    """Who gives it, how much, what for, and what to raise with them."""

    cautions = serializers.ListField(
        child=serializers.CharField(), read_only=True, help_text="never a ground to refuse"
    )

    class Meta:
        model = PrescribedKetamine
        fields = [
            *ROW,
            *GIVEN,
            "cautions",
            "recorded_at",
            "recorded_by",
            "permitted_at",
            "permitted_by",
            "stopped_at",
            "stopped_by",
            "stop_reason",
            *ERROR,
        ]


class PrescribedKetamineInput(RowInput):
    """Ketamine from a prescriber or a clinic."""

    facility = Place()

    class Meta:
        model = PrescribedKetamine
        fields = ["occurred_at", "facility", *GIVEN]


class PrescriberContactSerializer(serializers.ModelSerializer):
    """What was said with a prescriber."""

    class Meta:
        model = PrescriberContact
        fields = [*ROW, "prescribed", "spoke_with", "words", "contacted_at", "contacted_by", *ERROR]


class ContactPrescriberInput(RowInput):
    """Who it was, and what was said."""

    class Meta:
        model = PrescriberContact
        fields = ["occurred_at", "spoke_with", "words"]


class MoodReviewSerializer(serializers.ModelSerializer):
    """A review of mood, owed or done."""

    class Meta:
        model = MoodReview
        fields = [
            *ROW,
            "prescribed",
            "week",
            "duty",
            "reviewed_at",
            "reviewed_by",
            "mood",
            "asked_about_suicide",
            "concern",
            *ERROR,
        ]


class MoodReviewInput(Input):
    """How the person is."""

    mood = serializers.CharField(max_length=4000, style={"base_template": "textarea.html"})
    asked_about_suicide = serializers.BooleanField()
    concern = serializers.BooleanField(help_text="should somebody see or call them today?")
