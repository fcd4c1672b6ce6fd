"""Random tests: the rule and what came of it. The day that is drawn ahead has no shape."""

from calendar import day_name

from rest_framework import serializers

from patients.serializers import ERROR, RowInput

from ..models import RandomSchedule, RandomTest
from ..models.analytes import choices
from .shapes import ABOUT

RULE = ["per", "least", "most", "weekdays", "window_from", "window_until", "matrix", "method", "panel", "note"]


class RandomScheduleSerializer(serializers.ModelSerializer):
    """How often, for what, and at what time of day; never when next."""

    standing = serializers.CharField(read_only=True)

    class Meta:
        model = RandomSchedule
        fields = [
            *ABOUT,
            *RULE,
            "standing",
            "began_at",
            "began_by",
            "paused_at",
            "paused_by",
            "pause_reason",
            "ended_at",
            "ended_by",
            "end_reason",
            *ERROR,
        ]


class RandomTestSerializer(serializers.ModelSerializer):
    """A test owed today, or what came of one."""

    class Meta:
        model = RandomTest
        fields = [
            *ABOUT,
            "schedule",
            "on",
            "opens_at",
            "closes_at",
            "duty",
            "test",
            "outcome",
            "reason",
            "closed_at",
            "closed_by",
        ]


class BeginRandomTestsInput(RowInput):
    """The rule."""

    panel = serializers.ListField(
        child=serializers.ChoiceField(choices=choices()),
        allow_empty=False,
        help_text="by name: no standard panel looks for ketamine",
    )
    weekdays = serializers.ListField(
        child=serializers.ChoiceField(choices=list(enumerate(day_name))),
        required=False,
        help_text="every day, when none is named",
    )

    class Meta:
        model = RandomSchedule
        fields = ["occurred_at", *RULE]
