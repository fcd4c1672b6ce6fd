"""Units, beds and who lies where."""

from rest_framework import serializers

from patients.serializers import ERROR, Input, RowInput, Seen

from ..models import (
    Bed,
    BedBlock,
    BedStay,
    Unit,
)
from ..models.beds import BedOverride, BedState, OnlyFor


class UnitSerializer(serializers.ModelSerializer):
    """A ward or house."""

    class Meta:
        model = Unit
        fields = ["id", "version", "facility", "name", "program", "only_for"]


class BedSerializer(serializers.ModelSerializer):
    """A bed."""

    facility = serializers.UUIDField(source="unit.facility_id", read_only=True)

    class Meta:
        model = Bed
        fields = ["id", "version", "facility", "unit", "label"]


class BedBlockSerializer(serializers.ModelSerializer):
    """A bed that cannot be used for a while."""

    facility = serializers.UUIDField(source="bed.unit.facility_id", read_only=True)

    class Meta:
        model = BedBlock
        fields = [
            "id",
            "version",
            "facility",
            "bed",
            "reason",
            "note",
            "began_at",
            "began_by",
            "until_at",
            "ended_at",
            "ended_by",
        ]


class BlockInput(RowInput):
    """Why, and until when."""

    class Meta:
        model = BedBlock
        fields = ["occurred_at", "reason", "note", "until_at"]


class MoveBedInput(Input):
    """Where to, and why."""

    to = Seen(queryset=Bed.objects.all(), label="To bed")
    reason = serializers.CharField(max_length=200)
    override = serializers.ChoiceField(
        choices=BedOverride.choices, required=False, allow_blank=True, help_text="where the bed is for others"
    )


class BoardSerializer(serializers.ModelSerializer):
    """One bed of the board: its state, and the person in it for those who may see them."""

    facility = serializers.UUIDField(source="unit.facility_id", read_only=True)
    only_for = serializers.ChoiceField(source="unit.only_for", choices=OnlyFor.choices, allow_blank=True)
    state = serializers.ChoiceField(choices=BedState.choices)
    stay = serializers.UUIDField(source="stay_shown", allow_null=True, help_text="when you may see who it is")
    override = serializers.ChoiceField(
        source="stay_override", choices=BedOverride.choices, allow_blank=True, allow_null=True
    )
    offer = serializers.UUIDField(source="offer_shown", allow_null=True, help_text="when you may see to whom")
    patient = serializers.UUIDField(source="patient_shown", allow_null=True)
    preferred_name = serializers.CharField(source="name_shown", allow_null=True)
    since_at = serializers.DateTimeField(source="stay_began", allow_null=True)
    held_until_at = serializers.DateTimeField(source="kept_until", allow_null=True)
    expected_end_on = serializers.DateField(source="expected_out", allow_null=True)
    block = serializers.UUIDField(source="block_key", allow_null=True)
    block_reason = serializers.CharField(allow_null=True)
    block_note = serializers.CharField(allow_null=True)
    blocked_until_at = serializers.DateTimeField(allow_null=True)

    class Meta:
        model = Bed
        fields = [
            "id",
            "facility",
            "unit",
            "label",
            "only_for",
            "state",
            "stay",
            "override",
            "offer",
            "patient",
            "preferred_name",
            "since_at",
            "held_until_at",
            "expected_end_on",
            "block",
            "block_reason",
            "block_note",
            "blocked_until_at",
        ]


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
            "move_reason",
            "override",
            "held_until_at",
            "ended_at",
            "ended_by",
            *ERROR,
        ]
