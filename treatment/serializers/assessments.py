"""Instruments, what people answered to them, and what is asked when."""

from rest_framework import serializers

from accounts.models import Role
from patients.serializers import ERROR, Day, Input, Key, RowInput, Seen

from ..models import (
    Assessment,
    AssessmentSchedule,
    Instrument,
    InstrumentPermission,
    ScheduledAssessment,
)
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
            "kept_as",
            "loaded_at",
            "loaded_by",
        ]


PERMISSION = ["given_by", "reference", "given_on", "valid_until"]


class InstrumentPermissionSerializer(serializers.ModelSerializer):
    """By whose leave, until when."""

    class Meta:
        model = InstrumentPermission
        fields = ["id", "version", "instrument", *PERMISSION, "recorded_at", "recorded_by"]


class PermissionInput(RowInput):
    """Who gave the permission, where it can be read, and until when it holds."""

    given_on = Day()
    valid_until = Day(required=False, allow_null=True, help_text="the last day; empty: without an end")

    class Meta:
        model = InstrumentPermission
        fields = ["occurred_at", *PERMISSION]


class LoadInstrumentInput(PermissionInput):
    """A file, and the permission to use what is in it."""

    file = serializers.FileField(
        allow_empty_file=True, use_url=False, help_text="JSON of at most 200 kB, as docs/instruments.md says"
    )

    class Meta(PermissionInput.Meta):
        fields = ["occurred_at", "file", *PERMISSION]


class ScoreShape(serializers.Serializer):
    """What one score came to; no number while answers are missing."""

    name = serializers.CharField()
    score = serializers.IntegerField(allow_null=True)
    says = serializers.CharField()
    severity = serializers.ChoiceField(choices=Severity.choices, allow_blank=True)
    sex = serializers.CharField(required=False, help_text="whose bands were used, where they differ by sex")
    moved = serializers.CharField(required=False, help_text="since the last time, by as much as matters")
    prorated = serializers.BooleanField(required=False, help_text="reckoned from the answers that were given")


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
            "about_suicide",
            "what_now",
            "duty",
            "settled_at",
            "settled_by",
            "settled_reason",
            "declined_at",
            "declined_by",
            "declined_reason",
            *ERROR,
        ]


class BeginAssessmentInput(Input):
    """Which instrument."""

    id = Key(required=False, help_text="a key of your own, UUID version 7")
    instrument = Seen(queryset=Instrument.objects.all())


class AnswersInput(Input):
    """The answers by item; leave out what was not answered."""

    how = serializers.ChoiceField(choices=AnsweredHow.choices)
    answers = serializers.DictField(child=serializers.IntegerField(min_value=0, max_value=10_000), allow_empty=False)
    note = serializers.CharField(max_length=1000, required=False, allow_blank=True)
    settled_reason = serializers.CharField(
        max_length=1000,
        required=False,
        allow_blank=True,
        help_text="a clinician who is present and has spoken with the person about it: what you found",
    )


class AssessmentScheduleSerializer(serializers.ModelSerializer):
    """When a program asks an instrument."""

    class Meta:
        model = AssessmentSchedule
        fields = [
            "id",
            "version",
            "program",
            "instrument",
            "slug",
            "days",
            "every_days",
            "role",
            "only_ketamine",
            "after_discharge",
            "began_at",
            "began_by",
            "ended_at",
            "ended_by",
        ]


class Days(serializers.ListField):
    """Whole days, as a list or as people write one: 1, 28, 84."""

    child = serializers.IntegerField(min_value=0, max_value=3650)

    def to_internal_value(self, data):
        """A list of days."""
        return super().to_internal_value(data.split(",") if isinstance(data, str) else data)


class ScheduleAssessmentInput(RowInput):
    """Which instrument, when, and by whom."""

    instrument = Seen(queryset=Instrument.objects.all())
    role = serializers.ChoiceField(choices=Role.choices, required=False, help_text="who asks; the counselor")
    days = Days(
        allow_empty=False,
        max_length=50,
        help_text="days after admission, or after discharge, the first of them at the latest: 1, 28, 84",
    )

    class Meta:
        model = AssessmentSchedule
        fields = ["occurred_at", "instrument", "days", "every_days", "role", "only_ketamine", "after_discharge"]


class ScheduledAssessmentSerializer(serializers.ModelSerializer):
    """What is asked of a person again and again, and when it is due next."""

    name = serializers.CharField(source="schedule.instrument.name", read_only=True)
    due_at = serializers.DateTimeField(source="duty.due_at", read_only=True, allow_null=True)
    open = serializers.BooleanField(source="is_owed", read_only=True)

    class Meta:
        model = ScheduledAssessment
        fields = [*ABOUT, "schedule", "slug", "name", "anchor_at", "number", "last_at", "duty", "due_at", "open"]


class TrendBand(serializers.Serializer):
    """What a score from here on is called."""

    low = serializers.IntegerField(source="from")
    says = serializers.CharField()
    severity = serializers.CharField(required=False)


class TrendPoint(serializers.Serializer):
    """One number."""

    at = serializers.DateTimeField()
    value = serializers.IntegerField()
    band = serializers.CharField()
    severity = serializers.CharField(allow_blank=True)
    row = serializers.UUIDField(help_text="what was answered")


class TrendScore(serializers.Serializer):
    """One score over time, oldest first."""

    code = serializers.CharField()
    name = serializers.CharField()
    top = serializers.IntegerField(help_text="the most it can come to")
    bands = TrendBand(many=True)
    points = TrendPoint(many=True)


class TrendSerializer(serializers.Serializer):
    """Every score of an instrument over time."""

    instrument = serializers.CharField(help_text="its slug")
    name = serializers.CharField()
    scores = TrendScore(many=True)
