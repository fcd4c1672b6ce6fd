"""Programs and placements."""

from rest_framework import serializers

from patients.serializers import (
    ERROR,
    Colleague,
    Day,
    Input,
    Seen,
)

from ..models import (
    Placement,
    Program,
)
from .shapes import ABOUT, BedInput, TravelsInput


class ProgramSerializer(serializers.ModelSerializer):
    """A program."""

    level_label = serializers.CharField(read_only=True, help_text="the level as its edition says it")

    class Meta:
        model = Program
        fields = [
            "id",
            "version",
            "facility",
            "name",
            "setting",
            "asam_edition",
            "level_of_care",
            "level_label",
            "needs_bed",
            "entry_requirement",
            "capacity",
            "min_age",
            "max_age",
            "plan_due",
            "level_due",
            "review_every",
            "note_format",
            "closed_at",
            "closed_by",
        ]


class PlacementSerializer(serializers.ModelSerializer):
    """The time a person spends in a program."""

    warnings = serializers.SerializerMethodField(help_text="what somebody should look into")

    class Meta:
        model = Placement
        fields = [
            *ABOUT,
            "program",
            "track",
            "plan_duty",
            "level_duty",
            "reconcile_duty",
            "began_at",
            "began_by",
            "expected_end_on",
            "ended_at",
            "ended_by",
            "end_reason",
            "warnings",
            *ERROR,
        ]

    def get_warnings(self, placement) -> list[str]:
        """In words."""
        return placement.warnings()


class AdmitInput(BedInput):
    """Into which program and, where it has beds, which bed."""

    program = Seen(queryset=Program.objects.all())
    counselor = Colleague(required=False, allow_null=True, help_text="who owes the treatment plan")
    expected_end_on = Day(required=False, allow_null=True, help_text="when the person is expected to leave")


class MoveInput(TravelsInput, AdmitInput):
    """Into which program, why, who sees the person there first, and what was done about what is in the way."""

    reason = serializers.CharField(max_length=200, required=False, allow_blank=True)


class ExpectedEndInput(Input):
    """When the person is expected to leave; empty when nobody knows."""

    expected_end_on = Day(allow_null=True)
