"""The shape of duties, of what happened to them, and of what people were told."""

from rest_framework import serializers

from accounts.models import Role
from patients.serializers import Colleague, Input, Moment

from .models import Duty, DutyEvent, Ladder, Notice, Rung


class RungSerializer(serializers.ModelSerializer):
    """One step of a ladder."""

    class Meta:
        model = Rung
        fields = [
            "position",
            "offset",
            "clock",
            "window",
            "repeat",
            "whom",
            "template",
            "fallback",
            "opens",
            "opens_for",
        ]


class LadderSerializer(serializers.ModelSerializer):
    """Who hears, and when."""

    rungs = RungSerializer(many=True, read_only=True)

    class Meta:
        model = Ladder
        fields = [
            "id",
            "version",
            "slug",
            "edition",
            "facility",
            "name",
            "keeps_thread",
            "critical",
            "stays_inside",
            "resolve_within",
            "published_at",
            "rungs",
        ]


class DutySerializer(serializers.ModelSerializer):
    """What is owed, by whom, by when."""

    name = serializers.CharField(source="ladder.name", read_only=True, help_text="what is owed, in words")
    kind = serializers.CharField(source="ladder.slug", read_only=True)

    class Meta:
        model = Duty
        fields = [
            "id",
            "version",
            "name",
            "kind",
            "facility",
            "patient",
            "episode",
            "ladder",
            "keeps_thread",
            "because_of",
            "note",
            "owner",
            "owner_role",
            "opened_at",
            "opened_by",
            "due_at",
            "next_action_at",
            "acknowledged_at",
            "acknowledged_by",
            "suspended_at",
            "suspended_by",
            "closed_at",
            "closed_by",
            "outcome",
            "close_reason",
        ]


class DutyEventSerializer(serializers.ModelSerializer):
    """What happened to a duty: when, and when it was written down."""

    occurred_at = serializers.DateTimeField(source="at")
    received_at = serializers.DateTimeField(source="recorded_at")

    class Meta:
        model = DutyEvent
        fields = [
            "id",
            "duty",
            "patient",
            "kind",
            "occurred_at",
            "received_at",
            "by",
            "rung",
            "round",
            "climb",
            "late_by_us",
            "note",
        ]


class NoticeSerializer(serializers.ModelSerializer):
    """What somebody was, or will be, told."""

    name = serializers.CharField(source="duty.ladder.name", read_only=True, help_text="what is owed, in words")
    due_at = serializers.DateTimeField(source="duty.due_at", read_only=True)
    duty_closed_at = serializers.DateTimeField(source="duty.closed_at", read_only=True, allow_null=True)

    class Meta:
        model = Notice
        fields = [
            "id",
            "version",
            "duty",
            "name",
            "due_at",
            "duty_closed_at",
            "facility",
            "patient",
            "to_patient",
            "to_user",
            "to_role",
            "template",
            "critical",
            "late_by_us",
            "made_at",
            "send_at",
            "expires_at",
            "state",
            "state_reason",
            "read_at",
            "read_by",
        ]


class DoneInput(Input):
    """How it went, in a few words."""

    reason = serializers.CharField(max_length=500, required=False, allow_blank=True)


class TriedInput(Input):
    """What was tried."""

    note = serializers.CharField(max_length=500)


class SuspendInput(Input):
    """Until when, and why."""

    until = Moment()
    reason = serializers.CharField(max_length=500)


class ReassignInput(Input):
    """To whom: somebody by name, or a role at the place."""

    owner = Colleague(required=False, allow_null=True)
    owner_role = serializers.ChoiceField(choices=Role.choices, required=False)
    note = serializers.CharField(max_length=500, required=False, allow_blank=True)


class RescheduleInput(Input):
    """The new due time."""

    due_at = Moment()
    note = serializers.CharField(max_length=500, required=False, allow_blank=True)


class WatchdogSerializer(serializers.Serializer):
    """Whether the clock and the outbox move."""

    last_tick_at = serializers.DateTimeField(allow_null=True)
    ticking = serializers.BooleanField(help_text="the last tick is recent enough")
    oldest_due_at = serializers.DateTimeField(allow_null=True, help_text="the oldest moment the clock has not passed")
    oldest_unsent_at = serializers.DateTimeField(
        allow_null=True, help_text="the oldest notice whose time to be sent has come"
    )
