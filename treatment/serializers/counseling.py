"""Counseling notes: what stands in lists and answers holds no text, and so nothing that is kept of them does."""

from rest_framework import serializers

from patients.serializers import ERROR, Colleague, Input, Key, Moment, Strict

from ..models import CounselingGrant, CounselingNote

ABOUT = ["id", "version", "patient", "facility"]


class CounselingNoteSerializer(serializers.ModelSerializer):
    """That there is a note, for those who may read it."""

    class Meta:
        model = CounselingNote
        fields = [*ABOUT, "session", "written_at", "written_by", "signed_at", "signed_by", *ERROR]


class OpenedNoteSerializer(CounselingNoteSerializer):
    """One note, opened for those who may read it."""

    text = serializers.CharField(read_only=True)

    class Meta(CounselingNoteSerializer.Meta):
        fields = [*CounselingNoteSerializer.Meta.fields, "text"]


class CounselingGrantSerializer(serializers.ModelSerializer):
    """Who may read a note, why, and until when."""

    class Meta:
        model = CounselingGrant
        fields = [
            *ABOUT,
            "note",
            "reader",
            "reason",
            "until_at",
            "granted_at",
            "granted_by",
            "revoked_at",
            "revoked_by",
            *ERROR,
        ]


class BeginCounselingNoteInput(Input):
    """Nothing yet: it is written on its own page."""

    id = Key(required=False, help_text="a key of your own, UUID version 7")


class WriteCounselingNoteInput(Strict):
    """The draft as it now stands."""

    text = serializers.CharField(max_length=40_000, allow_blank=True, trim_whitespace=False)


class LetReadInput(Input):
    """Who else may read it."""

    reader = Colleague()
    reason = serializers.CharField(max_length=500)
    until_at = Moment(label="Until")
