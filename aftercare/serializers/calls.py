"""The call list."""

from rest_framework import serializers

from accounts.models import Facility
from duties import serializers as duties
from duties.models import Duty
from patients.models import ContactPoint, Patient, Supporter
from patients.models.supporters import MayKnow
from patients.serializers import Input, Moment, Place, Seen

from ..models import CallAttempt, CallOutcome, Reassessment, Tier, Way
from .check_ins import CheckInSerializer, Said


class CallSerializer(CheckInSerializer):
    """A check-in on the call list: whom to call, and the duties that are ended by calling."""

    preferred_name = serializers.CharField(source="patient.preferred_name")
    tier = serializers.ChoiceField(source="plan.tier", choices=Tier.choices)
    calls = serializers.SerializerMethodField()

    class Meta(CheckInSerializer.Meta):
        fields = [*CheckInSerializer.Meta.fields, "preferred_name", "tier", "calls"]

    def get_calls(self, row) -> list[str]:
        """Keys of the open duties to call."""
        return [str(duty.pk) for duty in row.duty.open_calls]


def _ways(*but):
    return [(one.value, one.label) for one in Way if one not in but]


class CallInput(Said):
    """What came of a call, and what the person said when they were reached."""

    outcome = serializers.ChoiceField(choices=CallOutcome.choices)
    reassessment = serializers.ChoiceField(
        choices=Reassessment.choices,
        required=False,
        allow_blank=True,
        help_text="a new look at the level of care; about a warning sign this is asked of whoever reached the person",
    )
    note = serializers.CharField(
        max_length=400, required=False, allow_blank=True, help_text="what was said, in short"
    )
    way = serializers.ChoiceField(
        choices=_ways(Way.LETTER), required=False, help_text="we called, unless they came by or phoned us"
    )
    contact_point = Seen(
        queryset=ContactPoint.objects.all(), required=False, allow_null=True, help_text="the number that was called"
    )
    until = Moment(required=False, help_text="when they are away: call again then")

    class Meta(Said.Meta):
        fields = ["outcome", "reassessment", "note", "contact_point", "way", "until", *Said.Meta.fields]


class CallAttemptSerializer(serializers.ModelSerializer):
    """One call that somebody made, and what came of it."""

    occurred_at = serializers.DateTimeField(source="at")
    received_at = serializers.DateTimeField(source="recorded_at")

    class Meta:
        model = CallAttempt
        fields = [
            "id",
            "patient",
            "facility",
            "duty",
            "check_in",
            "contact_point",
            "supporter",
            "occurred_at",
            "received_at",
            "by",
            "outcome",
            "band",
            "way",
            "reassessment",
            "note",
        ]


class GotInTouchInput(Input):
    """How the person got in touch, and what they said or wrote."""

    way = serializers.ChoiceField(choices=_ways(Way.CALLED))
    note = serializers.CharField(
        max_length=400, required=False, allow_blank=True, help_text="what was said or written, in short"
    )


OF_A_SUPPORTER = [(one.value, one.label) for one in list(CallOutcome)[:4]]


class SupporterCallInput(Input):
    """What came of calling somebody around the person."""

    facility = Place()
    outcome = serializers.ChoiceField(choices=OF_A_SUPPORTER)
    note = serializers.CharField(max_length=400, required=False, allow_blank=True)


class OwedCallSerializer(serializers.ModelSerializer):
    """A call that is owed."""

    name = serializers.CharField(source="ladder.name")
    kind = serializers.CharField(source="ladder.slug")

    class Meta:
        model = Duty
        fields = ["id", "name", "kind", "note", "due_at", "owner", "owner_role"]


class NumberSerializer(serializers.ModelSerializer):
    """A number of theirs, and how it is used."""

    class Meta:
        model = ContactPoint
        fields = ["id", "value", "safe_to_leave_message", "best_time", "verified_at"]


class MayBeCalledSerializer(serializers.ModelSerializer):
    """Somebody around the person whom they permitted in writing, and what they may know."""

    may_know = serializers.ListField(child=serializers.ChoiceField(choices=MayKnow.choices))

    class Meta:
        model = Supporter
        fields = ["id", "name", "relation", "phone", "may_know", "may_know_words"]


class ToCallSerializer(serializers.Serializer):
    """A person who is owed a call."""

    patient = serializers.PrimaryKeyRelatedField(source="patient.pk", queryset=Patient.objects.all())
    preferred_name = serializers.CharField(source="patient.preferred_name")
    facility = serializers.PrimaryKeyRelatedField(source="facility.pk", queryset=Facility.objects.all())
    tier = serializers.CharField(help_text="critical, red, amber or green; empty when there is none")
    days_since_discharge = serializers.IntegerField(source="days", allow_null=True)
    duties = OwedCallSerializer(many=True)
    tries = CallAttemptSerializer(many=True)
    tried_today = serializers.BooleanField(help_text="one contact a day: the next is another day’s")
    next_try_at = serializers.DateTimeField(help_text="proposed: another time of day than those tried")
    numbers = NumberSerializer(source="points", many=True)
    asked_to_stop = serializers.BooleanField(source="stopped")
    supporters = MayBeCalledSerializer(many=True, help_text="once nobody was reached for three days")


class WhatWasTriedSerializer(serializers.Serializer):
    """What a decision that contact is lost rests on."""

    since = serializers.DateTimeField(help_text="when somebody last heard from the person")
    missed = serializers.IntegerField(help_text="planned check-ins missed since")
    attempts = CallAttemptSerializer(many=True)
    not_yet = serializers.CharField(help_text="why it cannot be signed yet; empty when it can")


class LoadSerializer(serializers.Serializer):
    """What somebody who calls people carries."""

    user = serializers.UUIDField(source="user.pk")
    name = serializers.CharField(source="user.__str__")
    open_calls = serializers.IntegerField()
    calls_today = serializers.IntegerField(help_text="made in the last 24 hours")
    alerts = serializers.IntegerField(help_text="critical notices since their shift began")
    over = serializers.ListField(child=serializers.CharField(), help_text="what is beyond its limit")


class WatchdogSerializer(duties.WatchdogSerializer):
    """Whether the clock and the outbox move, and what those who call people carry."""

    load = LoadSerializer(many=True, help_text="at the places one oversees, the heaviest first")


class LineSerializer(serializers.Serializer):
    """A number that always answers."""

    number = serializers.CharField()
    ways = serializers.ListField(child=serializers.CharField(), help_text="call, text")
    en, es = serializers.CharField(), serializers.CharField()


class PresenceSerializer(serializers.Serializer):
    """Whether somebody is there now, in words for the person."""

    live = serializers.BooleanField()
    until = serializers.DateTimeField(allow_null=True)
    back_at = serializers.DateTimeField(allow_null=True)
    sentence_en, sentence_es = serializers.CharField(), serializers.CharField()
    numbers = LineSerializer(many=True)
