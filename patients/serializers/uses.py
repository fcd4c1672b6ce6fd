"""What people use."""

from rest_framework import serializers

from ..models import SubstanceUse
from .shapes import ERROR, Moment, Place, RowInput, Strict


class SubstanceUseSerializer(serializers.ModelSerializer):
    """What a person uses."""

    class Meta:
        model = SubstanceUse
        fields = [
            "id",
            "version",
            "patient",
            "facility",
            "substance",
            "route",
            "frequency",
            "amount",
            "first_used_on",
            "last_used_at",
            "source",
            "noted_at",
            "noted_by",
            *ERROR,
        ]


class UseInput(Strict, serializers.ModelSerializer):
    """What a person uses, told together with something else."""

    serializer_field_mapping = RowInput.serializer_field_mapping
    last_used_at = Moment(past=True, required=False, allow_null=True)

    class Meta:
        model = SubstanceUse
        fields = ["substance", "route", "frequency", "amount", "first_used_on", "last_used_at", "source"]


class RecordUseInput(RowInput):
    """What a person uses, as told here."""

    facility = Place()
    last_used_at = Moment(past=True, required=False, allow_null=True)

    class Meta:
        model = SubstanceUse
        fields = ["occurred_at", "facility", *UseInput.Meta.fields]
