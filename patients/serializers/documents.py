"""Papers and pictures about a person."""

from rest_framework import serializers

from ..models import Document
from .shapes import ERROR, Place, RowInput


class DocumentSerializer(serializers.ModelSerializer):
    """A document; what is in it is read at an address of its own."""

    class Meta:
        model = Document
        fields = [
            "id",
            "version",
            "patient",
            "facility",
            "kind",
            "title",
            "dated_on",
            "media_type",
            "size",
            "sha256",
            "consented_at",
            "consented_by",
            "consent_withdrawn_at",
            "consent_withdrawn_by",
            "added_at",
            "added_by",
            *ERROR,
        ]


class DocumentInput(RowInput):
    """A file, and what it is."""

    facility = Place()
    file = serializers.FileField(
        allow_empty_file=True, use_url=False, help_text="PDF, PNG, JPEG or plain text, of at most 10 MB by default"
    )
    consented = serializers.BooleanField(default=False, help_text="for a photo: the person agreed to be shown")

    class Meta:
        model = Document
        fields = ["occurred_at", "facility", "kind", "title", "dated_on", "file", "consented"]


class AmendDocumentInput(RowInput):
    """What to correct; what is left out stays."""

    class Meta:
        model = Document
        fields = ["occurred_at", "title", "dated_on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, partial=True, **kwargs)
