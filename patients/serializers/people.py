"""People."""

from rest_framework import serializers

from ..models import Patient
from .shapes import ERROR, Input, RowInput, Seen, Strict


class PatientSerializer(serializers.ModelSerializer):
    """A person."""

    class Meta:
        model = Patient
        fields = [
            "id",
            "version",
            "preferred_name",
            "legal_name",
            "birth_date",
            "language",
            "zone",
            "death_reported_at",
            "death_reported_by",
            "death_confirmed_at",
            "death_confirmed_by",
            "merged_into",
            *ERROR,
        ]


PERSON = ["preferred_name", "legal_name", "birth_date", "language", "zone"]


class PersonInput(Strict, serializers.ModelSerializer):
    """Somebody new."""

    serializer_field_mapping = RowInput.serializer_field_mapping

    class Meta:
        model = Patient
        fields = PERSON
        extra_kwargs = {"preferred_name": {"required": False}}


class NamedPersonInput(PersonInput):
    """Somebody new, who has said their name."""

    class Meta(PersonInput.Meta):
        extra_kwargs = {}


class AmendInput(PersonInput):
    """What to correct about a person; what is left out stays."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, partial=True, **kwargs)


class MergeInput(Input):
    """The record that stays."""

    into = Seen(queryset=Patient.objects.all())
