"""Sessions and notes."""

from rest_framework import serializers

from patients.serializers import (
    ERROR,
    Input,
    Key,
    Moment,
    Phone,
    RowInput,
    Strict,
)

from ..models import (
    Addendum,
    NoteFormat,
    Session,
    SessionNote,
)
from ..models.telehealth import TELEHEALTH
from .formats import PartShape
from .plans import WORKED_ON, WorkedOnInput
from .shapes import ABOUT

# What is said of a session beside when it was and which it was.
OF_A_SESSION = ["attendance", "attendance_because", "attendance_reason", "how", *TELEHEALTH, "oriented", "consented"]


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
            "attendance_because",
            "attendance_reason",
            "how",
            *TELEHEALTH,
            "oriented",
            "consented",
            "appointment",
            "contact_duty",
            "group",
            "logged_at",
            "logged_by",
            "late_entry",
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
    sections = serializers.DictField(child=serializers.CharField(), read_only=True, help_text="{part: text}")
    parts = serializers.SerializerMethodField(help_text="what it says, each part under its heading")

    class Meta:
        model = SessionNote
        fields = [
            "id",
            "version",
            "patient",
            "facility",
            "session",
            "sign_duty",
            "format",
            "text",
            "sections",
            "parts",
            "shared_text",
            "addenda",
            "drafted_at",
            "drafted_by",
            "adopted_at",
            "adopted_by",
            "signed_at",
            "signed_by",
            "cosign_duty",
            "cosigned_at",
            "cosigned_by",
            "returned_at",
            "returned_by",
            "returned_comment",
            "addendum_duty",
            *ERROR,
        ]

    def get_parts(self, note) -> PartShape(many=True):
        """As it is read."""
        return [{"key": key, "heading": heading, "text": text} for key, heading, text in note.parts()]


class LogSessionInput(WorkedOnInput, RowInput):
    """What took place, or did not."""

    id = Key(required=False, help_text="a key of your own, UUID version 7")
    started_at = Moment(past=True)
    ended_at = Moment(past=True)
    call_back = Phone(
        required=False, allow_blank=True, help_text="the number to call them back on when the line drops"
    )
    format = serializers.ChoiceField(
        choices=NoteFormat.choices, required=False, allow_blank=True, help_text="of the note; as usual, when left out"
    )
    text = serializers.CharField(
        max_length=40_000, required=False, allow_blank=True, trim_whitespace=False, help_text="a first draft"
    )

    class Meta:
        model = Session
        fields = [
            "id",
            "occurred_at",
            "kind",
            "started_at",
            "ended_at",
            *OF_A_SESSION,
            "format",
            "text",
            *WORKED_ON,
        ]


class AmendSessionInput(RowInput):
    """What was wrong."""

    started_at = Moment(past=True, required=False)
    ended_at = Moment(past=True, required=False)
    call_back = Phone(required=False, allow_blank=True)

    class Meta:
        model = Session
        fields = ["kind", "started_at", "ended_at", *OF_A_SESSION]
        extra_kwargs = {"kind": {"required": False}, "attendance": {"required": False}}


class AddendumInput(Input):
    """What is added."""

    text = serializers.CharField(max_length=40_000, trim_whitespace=False)


class WriteInput(Strict):
    """The draft as it now stands."""

    text = serializers.CharField(max_length=40_000, allow_blank=True, trim_whitespace=False)
