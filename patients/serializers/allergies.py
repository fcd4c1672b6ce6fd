"""What people must not be given."""

from rest_framework import serializers

from ..models import Allergy
from .shapes import ERROR, Input, Place, RowInput

KNOWN = ["code", "reaction", "severity"]


class AllergySerializer(serializers.ModelSerializer):
    """An allergy, or that none is known."""

    class Meta:
        model = Allergy
        fields = [
            "id",
            "version",
            "patient",
            "facility",
            "none_known",
            "substance",
            *KNOWN,
            "status",
            "noted_at",
            "noted_by",
            "ruled_out_at",
            "ruled_out_by",
            "ruled_out_reason",
            *ERROR,
        ]


class AllergyInput(RowInput):
    """What the person reacts to."""

    facility = Place()
    substance = serializers.CharField(max_length=200)

    class Meta:
        model = Allergy
        fields = ["occurred_at", "facility", "substance", *KNOWN]


class NoAllergiesInput(Input):
    """Where it was asked."""

    facility = Place()


class AmendAllergyInput(RowInput):
    """What is known about the reaction; what is left out stays."""

    class Meta:
        model = Allergy
        fields = ["occurred_at", *KNOWN]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, partial=True, **kwargs)
