"""Texts for people."""

from rest_framework import serializers

from patients.serializers import ERROR, Place, RowInput

from ..models import EducationGiven, EducationText
from .shapes import ABOUT


class SectionSerializer(serializers.Serializer):
    """A part of a text."""

    heading = serializers.CharField()
    says = serializers.ListField(child=serializers.CharField(), required=False, help_text="paragraphs")
    points = serializers.ListField(child=serializers.CharField(), required=False, help_text="lines of a list")


class EducationTextSerializer(serializers.ModelSerializer):
    """A text for people."""

    sections = SectionSerializer(many=True, read_only=True)
    sources = serializers.ListField(child=serializers.CharField(), read_only=True)
    past_review = serializers.BooleanField(
        source="is_past_review", read_only=True, help_text="somebody should have checked it again by now"
    )

    class Meta:
        model = EducationText
        fields = [
            "id",
            "version",
            "slug",
            "language",
            "edition",
            "title",
            "sections",
            "sources",
            "reviewed_on",
            "review_due_on",
            "past_review",
        ]


class EducationGivenSerializer(serializers.ModelSerializer):
    """A text that was given."""

    class Meta:
        model = EducationGiven
        fields = [*ABOUT, "text", "how", "said_back", "given_at", "given_by", *ERROR]


class GiveEducationInput(RowInput):
    """Which text, and how."""

    facility = Place()

    class Meta:
        model = EducationGiven
        fields = ["occurred_at", "facility", "text", "how", "said_back"]
