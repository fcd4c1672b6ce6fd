"""Units, beds and who lies where."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from patients.serializers import ERROR, Input, Moment, RowInput, Seen

from ..models import (
    Bed,
    BedBlock,
    BedHold,
    BedRestriction,
    BedStay,
    Unit,
)
from ..models.beds import BedOverride, BedState
from ..models.restrictions import OnlyFor
from .shapes import ABOUT, BedInput

OF_A_KIND = (OnlyFor.WOMEN, OnlyFor.MEN, OnlyFor.PREGNANT)


class RestrictedSerializer(serializers.Serializer):
    """For whom a bed is kept, in short."""

    kind = serializers.ChoiceField(choices=OnlyFor.choices)
    min_age = serializers.IntegerField(allow_null=True)
    max_age = serializers.IntegerField(allow_null=True)


class OnlyForField(serializers.ChoiceField):
    """The first restriction to women, men, or people who are pregnant; empty when there is none."""

    def __init__(self, **kwargs):
        choices = [(kind.value, kind.label) for kind in OF_A_KIND]
        super().__init__(choices=choices, source="restricted", read_only=True, allow_blank=True, **kwargs)

    def to_representation(self, restricted):
        """Its code."""
        return next((one["kind"] for one in restricted if one["kind"] in OF_A_KIND), "")


class UnitSerializer(serializers.ModelSerializer):
    """A ward or house."""

    only_for = OnlyForField()
    restrictions = RestrictedSerializer(many=True, source="restricted", read_only=True)

    class Meta:
        model = Unit
        fields = ["id", "version", "facility", "name", "program", "locked", "only_for", "restrictions"]


class BedSerializer(serializers.ModelSerializer):
    """A bed."""

    facility = serializers.UUIDField(source="unit.facility_id", read_only=True)
    restrictions = RestrictedSerializer(
        many=True, source="restricted", read_only=True, help_text="its own, and those of its unit"
    )

    class Meta:
        model = Bed
        fields = ["id", "version", "facility", "unit", "label", "in_use_from", "restrictions"]


class BedRestrictionSerializer(serializers.ModelSerializer):
    """A bed, or every bed of a unit, kept for some people."""

    class Meta:
        model = BedRestriction
        fields = [
            "id",
            "version",
            "unit",
            "bed",
            "kind",
            "min_age",
            "max_age",
            "note",
            "began_at",
            "began_by",
            "ended_at",
            "ended_by",
        ]


class RestrictInput(RowInput):
    """For whom, and why."""

    class Meta:
        model = BedRestriction
        fields = ["occurred_at", "kind", "min_age", "max_age", "note"]


class BedHoldSerializer(serializers.ModelSerializer):
    """A bed held for somebody who is expected."""

    class Meta:
        model = BedHold
        fields = [
            *ABOUT,
            "bed",
            "reason",
            "override",
            "held_at",
            "held_by",
            "until_at",
            "ended_at",
            "ended_by",
            "outcome",
            *ERROR,
        ]


class HoldBedInput(BedInput):
    """Which bed, why, and until when."""

    bed = Seen(queryset=Bed.objects.all())
    reason = serializers.CharField(max_length=200, help_text="why now, and why this bed")
    until_at = Moment(required=False, help_text="a day from now, when left out")


class AssignBedInput(BedInput):
    """Which bed."""

    bed = Seen(queryset=Bed.objects.all())


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
        choices=BedOverride.choices,
        required=False,
        allow_blank=True,
        label="Why it must be this bed",
        help_text="only where the bed is for others, or its unit cannot hold somebody who is on a hold",
    )


class BoardSerializer(serializers.ModelSerializer):
    """One bed of the board: its state, and the person in it for those who may see them."""

    facility = serializers.UUIDField(source="unit.facility_id", read_only=True)
    only_for = OnlyForField()
    restrictions = RestrictedSerializer(many=True, source="restricted", read_only=True)
    state = serializers.ChoiceField(choices=BedState.choices)
    stay = serializers.UUIDField(source="stay_shown", allow_null=True, help_text="when you may see who it is")
    override = serializers.ChoiceField(
        source="stay_override", choices=BedOverride.choices, allow_blank=True, allow_null=True
    )
    offer = serializers.UUIDField(source="offer_shown", allow_null=True, help_text="when you may see to whom")
    hold = serializers.UUIDField(source="hold_shown", allow_null=True, help_text="when you may see for whom")
    absence = serializers.UUIDField(
        source="leave_shown", allow_null=True, help_text="the leave, when you may see whose"
    )
    patient = serializers.UUIDField(source="patient_shown", allow_null=True)
    preferred_name = serializers.CharField(source="name_shown", allow_null=True)
    since_at = serializers.DateTimeField(source="stay_began", allow_null=True)
    held_until_at = serializers.DateTimeField(source="kept_until", allow_null=True)
    expected_back_at = serializers.DateTimeField(source="expected_back", allow_null=True, help_text="from leave")
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
            "restrictions",
            "state",
            "stay",
            "override",
            "offer",
            "hold",
            "absence",
            "patient",
            "preferred_name",
            "since_at",
            "held_until_at",
            "expected_back_at",
            "expected_end_on",
            "block",
            "block_reason",
            "block_note",
            "blocked_until_at",
        ]


@extend_schema_field(serializers.IntegerField)
class Count(serializers.Field):
    """How many beds of a unit stand in one of these ways."""

    def __init__(self, *states, **kwargs):
        self.states = states
        super().__init__(source="states", read_only=True, **kwargs)

    def to_representation(self, states):
        """A number."""
        return sum(states.count(state) for state in self.states)


class CensusSerializer(serializers.ModelSerializer):
    """Beds of a unit: how many there are, and how they stand; every bed is counted once."""

    beds = Count(*BedState.values)
    taken = Count(BedState.TAKEN, help_text="somebody is there")
    on_leave = Count(BedState.ON_LEAVE, help_text="of somebody who is on leave")
    kept = Count(BedState.HELD, help_text="for somebody in hospital, or looked for")
    expected = Count(BedState.OFFERED, BedState.EXPECTED, help_text="offered to somebody, or held for them")
    blocked = Count(BedState.BLOCKED)
    free = Count(BedState.FREE)

    class Meta:
        model = Unit
        fields = ["id", "facility", "name", "beds", "taken", "on_leave", "kept", "expected", "blocked", "free"]


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
