"""Sessions and notes."""

from rest_framework import serializers

from patients.serializers import (
    ERROR,
    Key,
    Moment,
    RowInput,
    Strict,
)

from ..models import (
    Session,
    SessionNote,
)
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
            "logged_at",
            "logged_by",
            *ERROR,
        ]


class SessionNoteSerializer(serializers.ModelSerializer):
    """The note of a session."""

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
            "drafted_at",
            "drafted_by",
            "signed_at",
            "signed_by",
            *ERROR,
        ]


class LogSessionInput(RowInput):
    """What took place, or did not."""

    id = Key(required=False, help_text="a key of your own, UUID version 7")
    started_at = Moment(past=True)
    ended_at = Moment(past=True)
    text = serializers.CharField(
        max_length=40_000, required=False, allow_blank=True, trim_whitespace=False, help_text="a first draft"
    )

    class Meta:
        model = Session
        fields = ["id", "occurred_at", "kind", "started_at", "ended_at", "attendance", "text"]


class WriteInput(Strict):
    """The draft as it now stands."""

    text = serializers.CharField(max_length=40_000, allow_blank=True, trim_whitespace=False)
