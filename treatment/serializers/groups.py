"""Group sessions."""

from rest_framework import serializers

from patients.models import Episode
from patients.serializers import ERROR, Key, Moment, Phone, RowInput, Strict
from patients.views import READS

from ..models import GroupSession, Session
from ..models.groups import IN_GROUPS, SessionKind
from .sessions import OF_A_SESSION


class GroupSessionSerializer(serializers.ModelSerializer):
    """A group session: what is shared. Who came are rows of their own."""

    class Meta:
        model = GroupSession
        fields = [
            "id",
            "version",
            "facility",
            "program",
            "kind",
            "topic",
            "text",
            "started_at",
            "ended_at",
            "led_by",
            "logged_at",
            "logged_by",
            *ERROR,
        ]


class AttendanceInput(Strict, serializers.ModelSerializer):
    """One person's line of the attendance."""

    call_back = Phone(
        required=False, allow_blank=True, help_text="the number to call them back on when the line drops"
    )
    line = serializers.CharField(
        max_length=4000,
        required=False,
        allow_blank=True,
        label="Their own line",
        help_text="only on this person's chart",
    )

    class Meta:
        model = Session
        fields = [*OF_A_SESSION, "line"]
        extra_kwargs = {"attendance_because": {"label": "Reason"}, "attendance_reason": {"label": "In words"}}


class LogGroupInput(RowInput):
    """What took place, and who was there."""

    id = Key(required=False, help_text="a key of your own, UUID version 7")
    kind = serializers.ChoiceField(
        choices=[(kind.value, kind.label) for kind in IN_GROUPS], default=SessionKind.GROUP.value
    )
    started_at = Moment(past=True)
    ended_at = Moment(past=True)
    text = serializers.CharField(
        max_length=40_000,
        required=False,
        allow_blank=True,
        trim_whitespace=False,
        label="What all of them share",
        help_text="It will stand on everybody's chart: name nobody here. What one person did goes on their own line.",
    )
    people = serializers.DictField(
        child=AttendanceInput(),
        label="Who was there",
        help_text="One line a person, by their episode. Leave out whoever does not belong to this group.",
    )

    default_error_messages = {"nobody": "There is nobody like this in the group."}

    class Meta:
        model = GroupSession
        fields = ["id", "occurred_at", "kind", "topic", "started_at", "ended_at", "text", "people"]

    def validate_people(self, lines):
        """The lines with their episodes, all asked for at once, among those the user may see."""
        field, seen = serializers.UUIDField(), {}
        for key in lines:
            try:
                seen[field.run_validation(key)] = key
            except serializers.ValidationError:
                self.fail("nobody")
        rows = READS[Episode].seen_by(self.context["user"], self.context["verb"].allowed_roles)
        found = list(rows.filter(pk__in=seen))
        if len(found) < len(lines):
            self.fail("nobody")
        return [{"episode": row, **lines[seen[row.pk]]} for row in found]
