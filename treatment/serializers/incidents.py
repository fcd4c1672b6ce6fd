"""Incidents, whose part was what, who was told, and what follows."""

from rest_framework import serializers

from accounts.models import CARE
from patients.models import Patient, Supporter
from patients.serializers import ERROR, Colleague, Input, Key, Moment, Place, RowInput, Seen, Strict

from ..models import Incident, IncidentAction, IncidentEntry, IncidentPerson, IncidentReport
from ..models.incidents import Factor, PartIn, ReportOutcome, ToldWhom

SEVERITIES = [(n, words) for n, words in enumerate(
    ("No harm, could have harmed", "Slight harm, first aid", "Harm that needed treatment",
     "Grave harm, or hospital", "Death, or lasting harm"), start=1)]  # fmt: skip


class SeenInCare(Seen):
    """Somebody the user may see in one of the roles of care, whatever the verb's own roles are."""

    def roles(self):
        """Those of care."""
        return CARE


class IncidentSerializer(serializers.ModelSerializer):
    """What happened, and where its review stands. Who was in it are rows of their own."""

    staff = serializers.PrimaryKeyRelatedField(many=True, read_only=True)
    sign_off_due_at = serializers.DateTimeField(source="review_duty.due_at", read_only=True)

    class Meta:
        model = Incident
        fields = [
            "id",
            "version",
            "facility",
            "kind",
            "severity",
            "checklist",
            "state",
            "happened_at",
            "place",
            "facts",
            "done_at_once",
            "staff",
            "departure",
            "emergency_warning",
            "medication_order",
            "dose",
            "reported_at",
            "reported_by",
            "page_duty",
            "review_duty",
            "sign_off_due_at",
            "review_began_at",
            "review_began_by",
            "conclusion",
            "factors",
            "signed_at",
            "signed_by",
            *ERROR,
        ]


class IncidentPersonSerializer(serializers.ModelSerializer):
    """Somebody's own part in an incident."""

    class Meta:
        model = IncidentPerson
        fields = [
            "id",
            "version",
            "patient",
            "facility",
            "episode",
            "incident",
            "happened_at",
            "part_in",
            "part",
            "injury",
            "added_at",
            "added_by",
            "supporter",
            "supporter_told_at",
            "supporter_told_by",
            "supporter_told",
            *ERROR,
        ]


class IncidentEntrySerializer(serializers.ModelSerializer):
    """Who was told, or an addendum."""

    class Meta:
        model = IncidentEntry
        fields = ["id", "incident", "facility", "told_whom", "words", "at", "recorded_at", "by"]


class IncidentReportSerializer(serializers.ModelSerializer):
    """Somebody outside who must be told."""

    due_at = serializers.DateTimeField(source="duty.due_at", read_only=True)

    class Meta:
        model = IncidentReport
        fields = [
            "id",
            "version",
            "incident",
            "facility",
            "code",
            "to",
            "jurisdiction",
            "duty",
            "due_at",
            "done_at",
            "done_by",
            "outcome",
            "words",
            *ERROR,
        ]


class IncidentActionSerializer(serializers.ModelSerializer):
    """What was decided, and whether it was done."""

    due_at = serializers.DateTimeField(source="duty.due_at", read_only=True)

    class Meta:
        model = IncidentAction
        fields = [
            "id",
            "version",
            "incident",
            "facility",
            "words",
            "owner",
            "duty",
            "due_at",
            "decided_at",
            "decided_by",
            "done_at",
            "done_by",
            "done_words",
            *ERROR,
        ]


class PartInput(Strict):
    """Somebody's own part."""

    patient = SeenInCare(queryset=Patient.objects.all())
    part_in = serializers.ChoiceField(choices=PartIn.choices, default=PartIn.AFFECTED.value, label="How")
    part = serializers.CharField(
        max_length=2000, label="For their chart", help_text="their own part alone: name nobody else"
    )
    injury = serializers.CharField(max_length=500, required=False, allow_blank=True)


class WhatHappenedInput(RowInput):
    """What happened, in words that name nobody who is treated where that can be helped."""

    id = Key(required=False, help_text="a key of your own, UUID version 7")
    severity = serializers.ChoiceField(choices=SEVERITIES)
    happened_at = Moment(past=True)
    staff = serializers.ListField(
        child=Colleague(), required=False, label="Staff who were there", help_text="besides yourself"
    )

    class Meta:
        model = Incident
        fields = ["id", "kind", "severity", "happened_at", "place", "facts", "done_at_once", "staff", "occurred_at"]
        extra_kwargs = {"place": {"label": "Where"}, "facts": {"label": "What happened"}}


class ReportIncidentInput(WhatHappenedInput):
    """What happened where, and who was in it."""

    facility = Place()
    people = PartInput(many=True, required=False, label="Who was in it", help_text="leave empty when nobody was")

    class Meta(WhatHappenedInput.Meta):
        fields = [*WhatHappenedInput.Meta.fields, "facility", "people"]


class ReportOfPersonInput(WhatHappenedInput):
    """What happened to this person; others who were in it are added on the incident."""

    part_in = serializers.ChoiceField(choices=PartIn.choices, default=PartIn.AFFECTED.value, label="How")
    part = serializers.CharField(
        max_length=2000, label="For their chart", help_text="their own part alone: name nobody else"
    )
    injury = serializers.CharField(max_length=500, required=False, allow_blank=True)

    class Meta(WhatHappenedInput.Meta):
        fields = [*WhatHappenedInput.Meta.fields, "part_in", "part", "injury"]


class ReportMedicationErrorInput(ReportOfPersonInput):
    """What went wrong with this person's medication."""

    class Meta(ReportOfPersonInput.Meta):
        fields = [name for name in ReportOfPersonInput.Meta.fields if name != "kind"]


class AddPersonInput(PartInput, Input):
    """Somebody else who was in it."""


class RecordToldInput(Input):
    """Who was told, and what."""

    told_whom = serializers.ChoiceField(choices=ToldWhom.choices, label="Who was told")
    words = serializers.CharField(max_length=2000, help_text="who it was, and what they were told")


class IncidentAddendumInput(Input):
    """What is still to be said."""

    words = serializers.CharField(max_length=2000)


class FindingsInput(Input):
    """What was found, and what contributed."""

    conclusion = serializers.CharField(max_length=8000)
    factors = serializers.ListField(child=serializers.ChoiceField(choices=Factor.choices), allow_empty=False)
    severity = serializers.ChoiceField(
        choices=SEVERITIES, required=False, help_text="only where it was graver or slighter than reported"
    )


class AddActionInput(Input):
    """What is to be done, by whom and by when."""

    words = serializers.CharField(max_length=500, label="What is to be done")
    owner = Colleague()
    due_at = Moment()


class CompleteActionInput(Input):
    """What was done."""

    words = serializers.CharField(max_length=1000, label="What was done")


class SettleReportInput(Input):
    """Whether they were told, and the words for it."""

    outcome = serializers.ChoiceField(choices=ReportOutcome.choices)
    words = serializers.CharField(max_length=1000, help_text="whom you told, with which reference; or why not")


class TellSupporterInput(Input):
    """Whom of those around the person, and what they were told."""

    supporter = Seen(queryset=Supporter.objects.all())
    words = serializers.CharField(max_length=500, help_text="what they were told, within what the person permits")
