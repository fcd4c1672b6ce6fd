"""Missing people, and transfers."""

from rest_framework import serializers

from patients.serializers import ERROR, Input, Moment, RowInput

from ..models import Departure, Transfer, TransferKind
from ..models.departures import DepartureKind, PoliceBasis, Risk
from .shapes import ABOUT, BedInput


class DepartureSerializer(serializers.ModelSerializer):
    """Somebody who went missing or left against advice."""

    class Meta:
        model = Departure
        fields = [
            *ABOUT,
            "placement",
            "absence",
            "kind",
            "search_duty",
            "risk_duty",
            "noticed_at",
            "noticed_by",
            "last_seen",
            "circumstances",
            "risk",
            "risk_at",
            "risk_by",
            "risk_reason",
            "police_at",
            "police_by",
            "police_basis",
            "police_told",
            "ended_at",
            "ended_by",
            "outcome",
            "note",
            *ERROR,
        ]


class MissingInput(RowInput):
    """What is known, and until when the bed is kept."""

    hold_bed_until = Moment(required=False)

    class Meta:
        model = Departure
        fields = ["occurred_at", "last_seen", "circumstances", "hold_bed_until"]


class LeftInput(MissingInput):
    """How they left as well: in treatment a discharge says that it was against advice."""

    kind = serializers.ChoiceField(
        choices=DepartureKind.choices,
        default=DepartureKind.MISSING,
        help_text="left against advice: only before treatment, later a discharge says so",
    )

    class Meta(MissingInput.Meta):
        fields = ["occurred_at", "kind", "last_seen", "circumstances", "hold_bed_until"]


class RiskInput(Input):
    """How great the risk is, and why."""

    risk = serializers.ChoiceField(choices=Risk.choices)
    reason = serializers.CharField(max_length=500)


class PoliceInput(Input):
    """On what basis, and what was told to whom."""

    basis = serializers.ChoiceField(choices=PoliceBasis.choices)
    told = serializers.CharField(max_length=500, help_text="whom, and what: as little as serves")


class FoundInput(BedInput):
    """Where the person is; the bed, when the one kept was given up."""

    note = serializers.CharField(max_length=500, required=False, allow_blank=True)


class TransferSerializer(serializers.ModelSerializer):
    """Somebody on the way to another provider."""

    class Meta:
        model = Transfer
        fields = [
            *ABOUT,
            "discharge",
            "kind",
            "destination",
            "contact",
            "duty",
            "left_at",
            "left_by",
            "ended_at",
            "ended_by",
            "outcome",
            "told_by",
            "note",
            *ERROR,
        ]


class ReferElsewhereInput(RowInput):
    """Where to, and whom to ask there."""

    kind = serializers.ChoiceField(
        choices=[choice for choice in TransferKind.choices if choice[0] != TransferKind.DISCHARGE]
    )

    class Meta:
        model = Transfer
        fields = ["occurred_at", "kind", "destination", "contact"]
