"""Schedules, their drafts, and the dates they come to."""

import re
from datetime import timedelta

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import a_known_zone
from patients.serializers import Day, Input, Place

from ..models import Schedule, Tier


class ScheduleSerializer(serializers.ModelSerializer):
    """When check-ins fall due, and how answers move them."""

    class Meta:
        model = Schedule
        fields = [
            "id",
            "version",
            "slug",
            "edition",
            "facility",
            "name",
            "steps",
            "local_time",
            "other_time",
            "when_amber",
            "when_red",
            "when_green",
            "green_run",
            "shortest",
            "longest",
            "early_days",
            "early_longest",
            "waits",
            "source",
            "published_at",
            "published_by",
        ]


@extend_schema_field(
    {"type": "string", "maxLength": 2000, "pattern": r"^[\s,;]*[0-9]{1,4}([\s,;]+[0-9]{1,4}){0,199}[\s,;]*$"}
)
class Steps(serializers.CharField):
    """Days after day 0, as people write them: “1, 3, 7”."""

    default_error_messages = {"days_malformed": "Write whole days, as in “1, 3, 7, 14”: at most 200 of them."}

    def to_internal_value(self, data):
        """As spans of time."""
        parts = [part for part in re.split(r"[\s,;]+", super().to_internal_value(data)) if part]
        if not parts or len(parts) > 200 or not all(re.fullmatch(r"[0-9]{1,4}", part) for part in parts):
            self.fail("days_malformed")
        return [timedelta(days=int(part)) for part in parts]


@extend_schema_field({"type": "integer", "minimum": 1, "maximum": 94})
class Days(serializers.IntegerField):
    """A span of whole days."""

    default_error_messages = {"out_of_days": "From 1 to 94 days."}

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)

    def to_internal_value(self, data):
        """As a span of time."""
        days = super().to_internal_value(data)
        if not 1 <= days <= 94:
            self.fail("out_of_days")
        return timedelta(days=days)


def times(least, most, words):
    """A factor on the usual interval."""
    return serializers.FloatField(min_value=least, max_value=most, required=False, help_text=words)


class SeenFrom(Input):
    """For whom the dates are shown before it is done: a day 0, a clock, a tier."""

    anchor_on = Day(required=False, help_text="day 0 of the dates shown; empty: today")
    zone = serializers.CharField(
        max_length=64, required=False, validators=[a_known_zone], help_text="empty: the clock of the place"
    )
    tier = serializers.ChoiceField(choices=Tier.choices, required=False)


class AmendScheduleInput(SeenFrom):
    """What is to be different; leave out what stays."""

    name = serializers.CharField(max_length=200, required=False)
    days = Steps(source="steps", required=False, max_length=2000, help_text="after day 0, as in 1, 3, 7, 14")
    local_time = serializers.TimeField(required=False)
    other_time = serializers.TimeField(required=False, help_text="tried after a miss")
    when_amber = times(0.05, 1, "times the usual interval after an amber answer")
    when_red = times(0.05, 1, "times the usual interval after a red or critical one")
    when_green = times(1, 4, "times the usual interval after a run of green ones")
    green_run = serializers.IntegerField(min_value=1, max_value=20, required=False)
    shortest = Days(help_text="in days: never closer together")
    longest = Days(help_text="in days: never further apart")
    early_days = serializers.IntegerField(min_value=0, max_value=365, required=False)
    early_longest = Days(help_text="in days: never further apart early on")
    waits = Days(help_text="in days: an answer is waited for that long")
    source = serializers.CharField(max_length=500, required=False)


class DraftScheduleInput(AmendScheduleInput):
    """Whose edition it is, and what is different in it."""

    facility = Place()


class DateSerializer(serializers.Serializer):
    """One check-in of a preview."""

    due_at = serializers.DateTimeField()
    local = serializers.CharField(help_text="by the person's own clock")
    why = serializers.CharField()


class DatesSerializer(serializers.Serializer):
    """When check-ins would fall, each answered when it is due and in this tier."""

    zone = serializers.CharField()
    anchor_at = serializers.DateTimeField()
    tier = serializers.ChoiceField(choices=Tier.choices)
    dates = DateSerializer(many=True)


class DatesInput(SeenFrom):
    """What the address asks."""

    def validate(self, data):
        """Today, green, when not said."""
        return {"anchor_on": timezone.localdate(), "tier": Tier.GREEN, **data}
