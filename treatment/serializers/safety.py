"""Questions about suicide, and what the answers called for."""

from rest_framework import serializers

from patients.serializers import ERROR, Input, Key, RowInput

from ..models import SuicideScreen
from ..models.safety import ASKED
from .shapes import ABOUT


class SuicideScreenSerializer(serializers.ModelSerializer):
    """What was answered, what it calls for, and how that ended."""

    what_now = serializers.CharField(read_only=True, help_text="what to do at once")

    class Meta:
        model = SuicideScreen
        fields = [
            *ABOUT,
            "screened_at",
            "screened_by",
            "recorded_at",
            "declined",
            *ASKED,
            "note",
            "level",
            "what_now",
            "duty",
            "settled_at",
            "settled_by",
            "settled",
            "safety_plan",
            "settled_reason",
            *ERROR,
        ]


class ScreenSuicideInput(RowInput):
    """The answers; leave out what was not asked. After a no to thoughts, go on with behavior."""

    id = Key(required=False, help_text="a key of your own, UUID version 7")

    class Meta:
        model = SuicideScreen
        fields = ["id", "occurred_at", "declined", *ASKED, "note"]


class SafetyPlanInput(Input):
    """The plan made with the person."""

    safety_plan = serializers.CharField(
        max_length=8000,
        style={"base_template": "textarea.html"},
        help_text="warning signs, what helps, whom to call, and how the means were put out of reach",
    )
