"""Units, beds and who lies where."""

from rest_framework import serializers

from patients.serializers import (
    ERROR,
)

from ..models import (
    Bed,
    BedStay,
    Unit,
)


class UnitSerializer(serializers.ModelSerializer):
    """A ward or house."""

    class Meta:
        model = Unit
        fields = ["id", "version", "facility", "name", "program"]


class BedSerializer(serializers.ModelSerializer):
    """A bed."""

    facility = serializers.UUIDField(source="unit.facility_id", read_only=True)

    class Meta:
        model = Bed
        fields = ["id", "version", "facility", "unit", "label"]


class CensusSerializer(serializers.ModelSerializer):
    """Beds of a unit: how many there are, how many are taken, kept or free."""

    beds = serializers.IntegerField(source="bed_count")
    taken = serializers.IntegerField(help_text="somebody lies in them")
    kept = serializers.IntegerField(help_text="for somebody who is away")
    free = serializers.SerializerMethodField()

    class Meta:
        model = Unit
        fields = ["id", "facility", "name", "beds", "taken", "kept", "free"]

    def get_free(self, unit) -> int:
        """The rest."""
        return unit.bed_count - unit.taken - unit.kept


class BedStaySerializer(serializers.ModelSerializer):
    """Who lies where."""

    class Meta:
        model = BedStay
        fields = [
            "id",
            "version",
            "patient",
            "facility",
            "placement",
            "bed",
            "began_at",
            "began_by",
            "held_until_at",
            "ended_at",
            "ended_by",
            *ERROR,
        ]
