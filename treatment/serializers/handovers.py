"""Handovers and referrals."""

from rest_framework import serializers

from patients.models import Entry, Patient
from patients.serializers import (
    ERROR,
    Colleague,
    Input,
    Key,
    Moment,
    NamedPersonInput,
    PersonInput,
    Place,
    RowInput,
    Seen,
    Strict,
    UseInput,
)

from ..models import (
    DrugGiven,
    Handover,
)
from ..models.handovers import WorkUp
from .shapes import ABOUT, VITALS


class DrugGivenSerializer(serializers.ModelSerializer):
    """A drug given before the person came."""

    class Meta:
        model = DrugGiven
        fields = [
            "id",
            "version",
            "patient",
            "facility",
            "handover",
            "drug",
            "name",
            "dose",
            "route",
            "given_at",
            "when_told",
            "giver",
            "noted_at",
            "noted_by",
            *ERROR,
        ]


class HandoverSerializer(serializers.ModelSerializer):
    """What we were told when a person was handed over."""

    drugs = DrugGivenSerializer(many=True, read_only=True, help_text="given before, as rows; told later included")

    class Meta:
        model = Handover
        fields = [
            *ABOUT,
            "source",
            "source_name",
            "source_contact",
            "received_at",
            "received_by",
            "drugs_given",
            "drugs",
            "consciousness",
            "breathing",
            *VITALS,
            "work_up",
            "outstanding_results",
            "expected_leaving_at",
            "warnings",
            *ERROR,
        ]


class DrugRowInput(Strict, serializers.ModelSerializer):
    """One drug: which, how much, when and by whom, as far as is known."""

    given_at = Moment(required=False, allow_null=True, past=True)

    class Meta:
        model = DrugGiven
        fields = ["drug", "name", "dose", "route", "given_at", "when_told", "giver"]


class RecordDrugsInput(Input):
    """What was given before the person came."""

    drugs = DrugRowInput(many=True, allow_empty=False)


class DrugGivenInput(Strict):
    """What was given on the way; as told, times included."""

    drug = serializers.CharField(max_length=200)
    dose = serializers.CharField(max_length=100, required=False, allow_blank=True)
    route = serializers.CharField(max_length=50, required=False, allow_blank=True)
    at = serializers.CharField(max_length=50, required=False, allow_blank=True)


class NotADuplicate(serializers.BooleanField):
    """Said once the candidates were looked at."""

    def __init__(self, **kwargs):
        kwargs.setdefault("required", False)
        kwargs.setdefault("label", "This is nobody who is known already")
        super().__init__(**kwargs)


class ReceiveInput(RowInput):
    """Who is handed over, from whom, in what state. Somebody known (`patient`) or somebody new (`person`)."""

    id = Key(required=False, help_text="a key of your own, UUID version 7")
    facility = Place()
    patient = Seen(queryset=Patient.objects.all(), required=False)
    person = PersonInput(required=False)
    not_a_duplicate = NotADuplicate()
    substances = UseInput(many=True, required=False)
    drugs_given = DrugGivenInput(many=True, required=False)
    work_up = serializers.ListField(
        child=serializers.ChoiceField(choices=WorkUp.choices),
        required=False,
        label="Results that came along",
        help_text="what did not come is shown, to be asked for",
    )
    expected_leaving_at = Moment(required=False, allow_null=True)
    not_both = ("patient", "person")

    class Meta:
        model = Handover
        fields = [
            "id",
            "occurred_at",
            "facility",
            "patient",
            "person",
            "not_a_duplicate",
            "source",
            "source_name",
            "source_contact",
            "substances",
            "drugs_given",
            "consciousness",
            "breathing",
            *VITALS,
            "work_up",
            "outstanding_results",
            "expected_leaving_at",
        ]

    def validate(self, attrs):
        """Either or."""
        return somebody(attrs)


class ExpectLeavingInput(Input):
    """When the person is now expected to leave."""

    expected_leaving_at = Moment()


class ReferInput(Input):
    """Who asks for help, or is referred. Somebody known (`patient`) or somebody new (`person`)."""

    id = Key(required=False, help_text="a key of your own, UUID version 7")
    facility = Place()
    entry = serializers.ChoiceField(
        choices=[choice for choice in Entry.choices if choice[0] != Entry.OVERDOSE],
        help_text="an overdose comes with a handover",
    )
    patient = Seen(queryset=Patient.objects.all(), required=False)
    person = NamedPersonInput(required=False)
    not_a_duplicate = NotADuplicate()
    owner = Colleague(required=False, allow_null=True, help_text="who does the intake")
    not_both = ("patient", "person")

    def validate(self, attrs):
        """Either or."""
        return somebody(attrs)


def somebody(attrs):
    """Refuse somebody known and somebody new at once: one of them would be silently left out."""
    if "patient" in attrs and "person" in attrs:
        raise serializers.ValidationError("Give the patient or a new person, not both.", code="two_people")
    return attrs
