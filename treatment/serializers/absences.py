"""Being away: sent out, or on leave."""

from rest_framework import serializers

from patients.codes import Known
from patients.serializers import ERROR, Colleague, Input, Moment, RowInput

from ..models import Absence, AbsenceKind
from ..models.absences import Searched
from .shapes import ABOUT, BedInput


class AbsenceSerializer(serializers.ModelSerializer):
    """A person sent out, or out on leave."""

    class Meta:
        model = Absence
        fields = [
            *ABOUT,
            "placement",
            "kind",
            "duty",
            "destination",
            "reason",
            "left_at",
            "left_by",
            "expected_back_at",
            "approved_by",
            "contact",
            "conditions",
            "extended_at",
            "extended_by",
            "extension_reason",
            "returned_at",
            "returned_by",
            "alert",
            "searched",
            "use_since",
            "return_note",
            "ended_at",
            "ended_by",
            "end_reason",
            *ERROR,
        ]


class SendOutInput(RowInput):
    """Where to, why, and until when the bed is kept."""

    hold_bed_until = Moment(required=False)
    expected_back_at = Moment(required=False, allow_null=True)

    class Meta:
        model = Absence
        fields = ["occurred_at", "destination", "reason", "hold_bed_until", "expected_back_at"]


class BringBackInput(BedInput):
    """Into which bed, when it is not the one that was kept."""


class GoOnLeaveInput(RowInput):
    """Where to, why, until when, who agreed, and what was agreed on."""

    kind = serializers.ChoiceField(
        choices=[choice for choice in AbsenceKind.choices if choice[0] != AbsenceKind.HOSPITAL]
    )
    expected_back_at = Moment()
    approved_by = Colleague(required=False, allow_null=True, help_text="the clinician who agreed; you, when left out")

    class Meta:
        model = Absence
        fields = [
            "occurred_at",
            "kind",
            "destination",
            "reason",
            "expected_back_at",
            "approved_by",
            "contact",
            "conditions",
        ]


class ExtendLeaveInput(Input):
    """Until when now, and why."""

    expected_back_at = Moment()
    reason = serializers.CharField(max_length=500)


class ComeBackInput(Input):
    """How the person came back."""

    alert = serializers.ChoiceField(choices=Known.choices, help_text="awake and alert?")
    searched = serializers.ChoiceField(choices=Searched.choices)
    use_since = serializers.ChoiceField(choices=Known.choices, help_text="any use while out?")
    return_note = serializers.CharField(max_length=500, required=False, allow_blank=True)
