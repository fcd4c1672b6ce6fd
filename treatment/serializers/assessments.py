"""Instruments, and what people answered to them."""

from rest_framework import serializers

from patients.serializers import ERROR, Input, Key, Seen

from ..models import Assessment, Instrument
from ..models.assessments import AnsweredHow
from ..models.instruments import Severity
from .shapes import ABOUT


class ChoiceShape(serializers.Serializer):
    """One answer that may be given."""

    value = serializers.IntegerField()
    says = serializers.CharField()


class InstrumentSerializer(serializers.ModelSerializer):
    """A questionnaire."""

    choices = serializers.DictField(child=ChoiceShape(many=True), read_only=True)
    items = serializers.ListField(child=serializers.DictField(), read_only=True)
    scores = serializers.ListField(child=serializers.DictField(), read_only=True)

    class Meta:
        model = Instrument
        fields = [
            "id",
            "version",
            "slug",
            "edition",
            "name",
            "about",
            "ask",
            "loinc",
            "license",
            "source",
            "choices",
            "items",
            "scores",
        ]


class ScoreShape(serializers.Serializer):
    """What one score came to; no number while answers are missing."""

    name = serializers.CharField()
    score = serializers.IntegerField(allow_null=True)
    says = serializers.CharField()
    severity = serializers.ChoiceField(choices=Severity.choices, allow_blank=True)


class AssessmentSerializer(serializers.ModelSerializer):
    """What was answered, what it came to, and what it called for."""

    answers = serializers.DictField(child=serializers.IntegerField(), read_only=True)
    scores = serializers.DictField(child=ScoreShape(), read_only=True)
    what_now = serializers.CharField(read_only=True, help_text="what whoever asked does at once")

    class Meta:
        model = Assessment
        fields = [
            *ABOUT,
            "instrument",
            "begun_at",
            "begun_by",
            "answered_at",
            "answered_by",
            "how",
            "answers",
            "note",
            "scores",
            "missing",
            "flags",
            "severity",
            "what_now",
            "duty",
            "settled_at",
            "settled_by",
            "settled_reason",
            *ERROR,
        ]


class BeginAssessmentInput(Input):
    """Which instrument."""

    id = Key(required=False, help_text="a key of your own, UUID version 7")
    instrument = Seen(queryset=Instrument.objects.all())


class AnswersInput(Input):
    """The answers by item; leave out what was not answered."""

    how = serializers.ChoiceField(choices=AnsweredHow.choices)
    answers = serializers.DictField(child=serializers.IntegerField(min_value=0, max_value=1000), allow_empty=False)
    note = serializers.CharField(max_length=1000, required=False, allow_blank=True)
