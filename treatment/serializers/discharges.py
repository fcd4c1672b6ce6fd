"""Discharges, and proposals to end treatment."""

from rest_framework import serializers

from patients.serializers import ERROR, Input, RowInput, Seen, Strict

from ..models import Discharge, DischargeProposal, ToxTest
from ..models.discharges import Ground, Said
from .shapes import ABOUT


class DischargeSerializer(serializers.ModelSerializer):
    """Leaving treatment."""

    class Meta:
        model = Discharge
        fields = [
            *ABOUT,
            "placement",
            "reason",
            "going_to",
            "checklist",
            "checklist_answers",
            "information_offered",
            "rest_duty",
            "proposal",
            "summary",
            "summary_duty",
            "summary_signed_at",
            "summary_signed_by",
            "discharged_at",
            "discharged_by",
            *ERROR,
        ]


class SaidInput(Strict):
    """The answer to one item."""

    answer = serializers.ChoiceField(choices=Said.choices)
    note = serializers.CharField(max_length=500, required=False, allow_blank=True)


class ChecklistInput(Input):
    """What was said or given since, by item code."""

    checklist_answers = serializers.DictField(child=SaidInput())


class SummaryInput(Input):
    """The summary as it now stands."""

    summary = serializers.CharField(
        max_length=20_000,
        allow_blank=True,
        trim_whitespace=False,
        style={"base_template": "textarea.html"},
    )


class DischargeProposalSerializer(serializers.ModelSerializer):
    """The facility wants to end treatment."""

    class Meta:
        model = DischargeProposal
        fields = [
            *ABOUT,
            "placement",
            "grounds",
            "what_happened",
            "alternative",
            "test",
            "duty",
            "proposed_at",
            "proposed_by",
            "agreed_at",
            "agreed_by",
            "ended_at",
            "ended_by",
            "outcome",
            "note",
            *ERROR,
        ]


class ProposeInput(RowInput):
    """On what grounds, what happened, and what the person is offered instead."""

    grounds = serializers.ListField(child=serializers.ChoiceField(choices=Ground.choices), allow_empty=False)
    test = Seen(
        queryset=ToxTest.objects.all(),
        required=False,
        allow_null=True,
        help_text="one that is cited: confirmed, and read by a clinician; a presumptive one is no ground",
    )

    class Meta:
        model = DischargeProposal
        fields = ["occurred_at", "grounds", "what_happened", "alternative", "test"]
