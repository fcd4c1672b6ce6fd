"""How a note is divided."""

from rest_framework import serializers

from patients.serializers import Input, Strict

from ..models import NoteFormat


class PartShape(serializers.Serializer):
    """One part of a note, under its heading."""

    key = serializers.CharField()
    heading = serializers.CharField(allow_blank=True)
    text = serializers.CharField(allow_blank=True)


class WriteSectionsInput(Strict):
    """Parts as they now stand; those left out stay as they are."""

    sections = serializers.DictField(
        child=serializers.CharField(max_length=40_000, allow_blank=True, trim_whitespace=False),
        allow_empty=False,
        label="The note",
    )


class ChangeFormatInput(Strict):
    """Into which parts."""

    format = serializers.ChoiceField(choices=NoteFormat.choices)


class ReturnNoteInput(Input):
    """What is missing."""

    comment = serializers.CharField(max_length=1000)
