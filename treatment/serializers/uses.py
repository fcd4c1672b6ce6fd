"""What is owed because of what a person uses."""

from rest_framework import serializers

from patients.serializers import ERROR, Input, Moment, RowInput

from ..models import HarmReductionOffer, MedicationOffer, WithdrawalReview
from ..models.uses import HarmReduction, MedicationResponse, Response
from .shapes import ABOUT


class HarmReductionOfferSerializer(serializers.ModelSerializer):
    """Harm reduction, owed or offered."""

    class Meta:
        model = HarmReductionOffer
        fields = [*ABOUT, "duty", "offered_at", "offered_by", "offered", "response", "note", *ERROR]


class OfferHarmReductionInput(Input):
    """What was offered, and what the person said."""

    offered = serializers.ListField(
        child=serializers.ChoiceField(choices=HarmReduction.choices), allow_empty=False, max_length=len(HarmReduction)
    )
    response = serializers.ChoiceField(choices=Response.choices)
    ask_again_at = Moment(required=False, allow_null=True, help_text="in a week, when left out")
    note = serializers.CharField(max_length=500, required=False, allow_blank=True)


class MedicationOfferSerializer(serializers.ModelSerializer):
    """Medication for opioid use disorder, owed or offered."""

    class Meta:
        model = MedicationOffer
        fields = [
            *ABOUT,
            "duty",
            "offered_at",
            "offered_by",
            "response",
            "medication",
            "referred_to",
            "note",
            *ERROR,
        ]


class OfferMedicationInput(RowInput):
    """What was offered, and what came of it."""

    response = serializers.ChoiceField(choices=MedicationResponse.choices)
    ask_again_at = Moment(required=False, allow_null=True, help_text="in a week, when left out")

    class Meta:
        model = MedicationOffer
        fields = ["occurred_at", "response", "medication", "referred_to", "ask_again_at", "note"]


class WithdrawalReviewSerializer(serializers.ModelSerializer):
    """A prescriber's review, owed or done."""

    class Meta:
        model = WithdrawalReview
        fields = [
            *ABOUT,
            "duty",
            "substances",
            "reviewed_at",
            "reviewed_by",
            "scale",
            "score",
            "taper",
            "plan",
            *ERROR,
        ]


class RecordWithdrawalReviewInput(RowInput):
    """Whether a taper is needed, and the plan; the scale is named, its text is not here."""

    taper = serializers.BooleanField(help_text="is a taper or other medication needed?")
    plan = serializers.CharField(max_length=4000, style={"base_template": "textarea.html"})

    class Meta:
        model = WithdrawalReview
        fields = ["occurred_at", "scale", "score", "taper", "plan"]
