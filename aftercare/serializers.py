"""The shape of what is sent and answered after discharge."""

from rest_framework import serializers

from patients.models import CloseReason
from patients.serializers import ERROR, Colleague, Input, Key, Moment, Place, RowInput
from treatment.models import Conversation, Discharge, DischargeReason
from treatment.serializers import AdmitInput, SaidInput

from .actions.check_ins import CallOutcome
from .models import AftercarePlan, Answer, AnsweredBy, CheckIn, DeathReport, Schedule

DEATHS = {DischargeReason.SUICIDE, DischargeReason.DEATH}


class ScheduleSerializer(serializers.ModelSerializer):
    """When check-ins fall due."""

    class Meta:
        model = Schedule
        fields = ["id", "version", "slug", "edition", "facility", "name", "steps", "local_time", "source"]


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
            "zone",
            "began_at",
            "began_by",
            "ended_at",
            "ended_by",
            "end_reason",
            *ERROR,
        ]


class CheckInSerializer(serializers.ModelSerializer):
    """One planned contact."""

    class Meta:
        model = CheckIn
        fields = [
            "id",
            "version",
            "patient",
            "facility",
            "plan",
            "duty",
            "number",
            "due_at",
            "closed_at",
            "closed_by",
            "outcome",
            *ERROR,
        ]


class CallSerializer(CheckInSerializer):
    """A check-in on the call list: whom to call, and the duties that are ended by calling."""

    preferred_name = serializers.CharField(source="patient.preferred_name")
    calls = serializers.SerializerMethodField()

    class Meta(CheckInSerializer.Meta):
        fields = [*CheckInSerializer.Meta.fields, "preferred_name", "calls"]

    def get_calls(self, row) -> list[str]:
        """Keys of the open duties to call."""
        return [str(duty.pk) for duty in row.duty.open_calls]


class AnswerSerializer(serializers.ModelSerializer):
    """What a person said: when they said it, and when we heard."""

    occurred_at = serializers.DateTimeField(source="answered_at")

    class Meta:
        model = Answer
        fields = [
            "id",
            "version",
            "patient",
            "facility",
            "check_in",
            "how",
            "occurred_at",
            "received_at",
            "answered_by",
            "craving",
            "ketamine_days",
            "other_use",
            "wants_call",
            "text",
            *ERROR,
        ]


class DeathReportSerializer(serializers.ModelSerializer):
    """A death reported, and what was found out."""

    class Meta:
        model = DeathReport
        fields = [
            "id",
            "version",
            "patient",
            "facility",
            "episode",
            "duty",
            "told_by",
            "reported_at",
            "reported_by",
            "confirmed_at",
            "confirmed_by",
            "withdrawn_at",
            "withdrawn_by",
            "reason",
            *ERROR,
        ]


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


class ReturnInput(AdmitInput):
    """To which program, and where there are beds, to which bed."""


class CloseInput(Input):
    """Why the thread ends."""

    reason = serializers.ChoiceField(
        choices=[choice for choice in CloseReason.choices if choice[0] != CloseReason.DIED],
        help_text="a death is reported instead",
    )
    note = serializers.CharField(max_length=500, required=False, allow_blank=True)


class Said(RowInput):
    """What a person said at a check-in."""

    class Meta:
        model = Answer
        fields = ["occurred_at", "craving", "ketamine_days", "other_use", "wants_call"]


class AnswerInput(Said):
    """An answer, in time or late."""

    id = Key(required=False, help_text="a key of your own, UUID version 7")
    how = serializers.ChoiceField(choices=AnsweredBy.choices)

    class Meta(Said.Meta):
        fields = ["id", *Said.Meta.fields, "how", "text"]


class CallInput(Said):
    """What came of a call, and what the person said when they were reached."""

    outcome = serializers.ChoiceField(choices=CallOutcome.choices)
    note = serializers.CharField(max_length=400, required=False, allow_blank=True)

    class Meta(Said.Meta):
        fields = [*Said.Meta.fields, "outcome", "note"]


class DeathInput(Input):
    """Who said that the person died."""

    facility = Place()
    told_by = serializers.CharField(max_length=200)
