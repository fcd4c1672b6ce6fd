"""The talk, the end of treatment, transfers and closing."""

from rest_framework import serializers

from patients.models import CloseReason
from patients.serializers import Colleague, Input, Moment, RowInput
from treatment.models import Conversation, Discharge, DischargeReason
from treatment.serializers import SaidInput

from ..actions.discharges import DEATHS


class TalkInput(RowInput):
    """How to reach the person and whether we may, asked first, since most leave early; then the talk itself."""

    ask_again_at = Moment(required=False, help_text="when they are still thinking, or were not able to talk")

    class Meta:
        model = Conversation
        fields = [
            "occurred_at",
            "contact_how",
            "may_contact_again",
            "information_offered",
            "outcome",
            "ask_again_at",
            "what_happened",
            "meaning",
            "what_matters",
            "next_step",
            "safety_plan",
            "summary",
        ]
        extra_kwargs = {"outcome": {"required": True, "allow_blank": False}}


class DischargeInput(RowInput):
    """Why the person leaves treatment, and how they are followed up."""

    reason = serializers.ChoiceField(
        choices=[choice for choice in DischargeReason.choices if choice[0] not in DEATHS],
        help_text="a death is reported instead",
    )
    schedule = serializers.SlugField(default="kud-12", max_length=50)
    coach = Colleague(required=False, allow_null=True)
    contact = serializers.CharField(
        max_length=200, required=False, allow_blank=True, help_text="of a transfer: whom to ask there"
    )
    checklist_answers = serializers.DictField(
        child=SaidInput(), required=False, help_text="item code of the discharge checklist to what was done"
    )

    class Meta:
        model = Discharge
        fields = [
            "occurred_at",
            "reason",
            "going_to",
            "contact",
            "checklist_answers",
            "summary",
            "schedule",
            "coach",
        ]
        extra_kwargs = {"summary": {"help_text": "empty: drafted from the record"}}


class ArrivalInput(Input):
    """Who there said so, and whether we stay in touch all the same."""

    told_by = serializers.CharField(max_length=200)
    keep_in_touch = serializers.BooleanField(default=False)


class NotArrivedInput(Input):
    """What was found out, and how the person is followed up."""

    reason = serializers.CharField(max_length=500)
    schedule = serializers.SlugField(default="kud-12", max_length=50)


ELSEWHERE = {CloseReason.DIED, CloseReason.LOST}


class CloseInput(Input):
    """Why the thread ends."""

    reason = serializers.ChoiceField(
        choices=[choice for choice in CloseReason.choices if choice[0] not in ELSEWHERE],
        help_text="a death is reported, and lost contact declared, instead",
    )
    note = serializers.CharField(max_length=500, required=False, allow_blank=True)
