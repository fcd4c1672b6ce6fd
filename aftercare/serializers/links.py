"""Words, links, and answers on their way."""

from rest_framework import serializers

from patients.serializers import Input

from ..models import AnswerDraft, CheckInLink, SafeWord


class SafeWordSerializer(serializers.ModelSerializer):
    """That a person chose a word; never the word."""

    class Meta:
        model = SafeWord
        fields = ["id", "version", "patient", "hint", "chosen_at", "chosen_by", "dropped_at", "dropped_by"]


class WordInput(Input):
    """The word, as the person says it."""

    word = serializers.CharField(max_length=100, help_text="not a name, a birth date or a number of theirs")
    hint = serializers.CharField(
        max_length=100, required=False, allow_blank=True, help_text="shown on the page; must not give the word away"
    )


class CheckInLinkSerializer(serializers.ModelSerializer):
    """A way to one check-in; never where it leads."""

    class Meta:
        model = CheckInLink
        fields = [
            "id",
            "version",
            "patient",
            "facility",
            "check_in",
            "issued_at",
            "expires_at",
            "tries",
            "opened_at",
            "ended_at",
            "ended_by",
            "ended_how",
        ]


class AnswerDraftSerializer(serializers.ModelSerializer):
    """That somebody is answering, and how far they came; what they said is read once it is sent in."""

    class Meta:
        model = AnswerDraft
        fields = [
            "id",
            "version",
            "patient",
            "facility",
            "check_in",
            "asking",
            "began_at",
            "touched_at",
            "alarmed_at",
            "ended_at",
            "ended_how",
        ]
