"""Check-ins and answers."""

from rest_framework import serializers

from patients.serializers import ERROR, Key, RowInput

from ..models import Answer, AnsweredBy, CheckIn


class CheckInSerializer(serializers.ModelSerializer):
    """One planned contact."""

    class Meta:
        model = CheckIn
        fields = [
            "id",
            "version",
            "patient",
            "facility",
            "plan",
            "duty",
            "number",
            "due_at",
            "local_time",
            "why",
            "over_at",
            "closed_at",
            "closed_by",
            "outcome",
            *ERROR,
        ]


class AnswerSerializer(serializers.ModelSerializer):
    """What a person said: when they said it, and when we heard."""

    occurred_at = serializers.DateTimeField(source="answered_at")
    given = serializers.DictField(child=serializers.JSONField(), read_only=True)

    class Meta:
        model = Answer
        fields = [
            "id",
            "version",
            "patient",
            "facility",
            "check_in",
            "how",
            "occurred_at",
            "received_at",
            "answered_by",
            "given",
            "questions_edition",
            "craving",
            "ketamine_days",
            "other_use",
            "wants_call",
            "text",
            *ERROR,
        ]


class Said(RowInput):
    """What a person said at a check-in."""

    given = serializers.DictField(
        child=serializers.JSONField(allow_null=True),
        required=False,
        help_text="the other answers, by the key of the question: checklist check-in-questions",
    )

    class Meta:
        model = Answer
        fields = ["occurred_at", "craving", "ketamine_days", "wants_call", "given"]


class AnswerInput(Said):
    """An answer, in time or late."""

    id = Key(required=False, help_text="a key of your own, UUID version 7")
    how = serializers.ChoiceField(choices=AnsweredBy.choices)

    settled_reason = serializers.CharField(
        max_length=500,
        required=False,
        help_text="of a clinician who is present: what they found, so that nothing is owed",
    )

    class Meta(Said.Meta):
        fields = ["id", "how", *Said.Meta.fields, "text", "settled_reason"]
