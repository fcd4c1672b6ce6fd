"""What people are followed up by."""

from rest_framework import serializers

from accounts.models import a_known_zone
from patients.serializers import ERROR, Colleague, Input, Moment, ReasonInput
from treatment.serializers import AdmitInput

from ..models import AftercarePlan


class AftercarePlanSerializer(serializers.ModelSerializer):
    """What a person is followed up by."""

    class Meta:
        model = AftercarePlan
        fields = [
            "id",
            "version",
            "patient",
            "facility",
            "episode",
            "discharge",
            "schedule",
            "end_duty",
            "coach",
            "anchor_at",
            "early_from_at",
            "zone",
            "tier",
            "pace",
            "began_at",
            "began_by",
            "ended_at",
            "ended_by",
            "end_reason",
            *ERROR,
        ]


class ReturnInput(AdmitInput):
    """To which program, and where there are beds, to which bed."""


class BeginPlanInput(Input):
    """By which schedule, from which day 0, and who calls."""

    schedule = serializers.SlugField(default="kud-12", max_length=50)
    anchor_at = Moment(past=True, required=False, help_text="day 0; empty: now. What lies behind is not made up for")
    coach = Colleague(required=False, allow_null=True)


class AnchorInput(ReasonInput):
    """The right day 0, and why."""

    anchor_at = Moment(past=True)


class ZoneInput(Input):
    """By which clock the person lives."""

    zone = serializers.CharField(max_length=64, validators=[a_known_zone], help_text="such as America/Chicago")


class PaceInput(Input):
    """How many fewer."""

    pace = serializers.FloatField(min_value=1, max_value=3, help_text="times the usual interval; 1: as usual again")
    reason = serializers.CharField(max_length=300, required=False, allow_blank=True)


class WithdrawInput(Input):
    """In the person's words, where they gave any: no reason is needed."""

    reason = serializers.CharField(max_length=400, required=False, allow_blank=True)
