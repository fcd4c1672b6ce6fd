"""Sessions and notes."""

from rest_framework import serializers

from patients.serializers import (
    ERROR,
    Input,
    Key,
    Moment,
    RowInput,
    Strict,
)

from ..models import (
    Addendum,
    Session,
    SessionNote,
)
from .plans import WORKED_ON, WorkedOnInput
from .shapes import ABOUT


class SessionSerializer(serializers.ModelSerializer):
    """One session."""

    class Meta:
        model = Session
        fields = [
            *ABOUT,
            "placement",
            "kind",
            "started_at",
            "ended_at",
            "attendance",
            "attendance_reason",
            "group",
            "logged_at",
            "logged_by",
            *ERROR,
        ]


class AddendumSerializer(serializers.ModelSerializer):
    """What was added to a signed note."""

    class Meta:
        model = Addendum
        fields = ["id", "version", "patient", "facility", "note", "text", "added_at", "added_by", *ERROR]


class SessionNoteSerializer(serializers.ModelSerializer):
    """The note of a session, with what its group shares and what was added later."""

    shared_text = serializers.CharField(
        source="session.group.text", read_only=True, default="", help_text="of the group; about nobody in particular"
    )
    addenda = AddendumSerializer(many=True, read_only=True)

    class Meta:
        model = SessionNote
        fields = [
            "id",
            "version",
            "patient",
            "facility",
            "session",
            "sign_duty",
            "text",
            "shared_text",
            "addenda",
            "drafted_at",
            "drafted_by",
            "adopted_at",
            "adopted_by",
            "signed_at",
            "signed_by",
            *ERROR,
        ]


class LogSessionInput(WorkedOnInput, RowInput):
    """What took place, or did not."""

    id = Key(required=False, help_text="a key of your own, UUID version 7")
    started_at = Moment(past=True)
    ended_at = Moment(past=True)
    text = serializers.CharField(
        max_length=40_000, required=False, allow_blank=True, trim_whitespace=False, help_text="a first draft"
    )

    class Meta:
        model = Session
        fields = ["id", "occurred_at", "kind", "started_at", "ended_at", "attendance", "attendance_reason", "text"]
        fields += WORKED_ON


class AmendSessionInput(RowInput):
    """What was wrong."""

    started_at = Moment(past=True, required=False)
    ended_at = Moment(past=True, required=False)

    class Meta:
        model = Session
        fields = ["kind", "started_at", "ended_at", "attendance", "attendance_reason"]
        extra_kwargs = {"kind": {"required": False}, "attendance": {"required": False}}


class AddendumInput(Input):
    """What is added."""

    text = serializers.CharField(max_length=40_000, trim_whitespace=False)


class WriteInput(Strict):
    """The draft as it now stands."""

    text = serializers.CharField(max_length=40_000, allow_blank=True, trim_whitespace=False)
