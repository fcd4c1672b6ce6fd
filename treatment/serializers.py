"""The shape of what is sent and answered from the stabilizing unit to discharge."""

from rest_framework import serializers

from patients.models import ClearanceBasis, Entry, Patient
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

from .models import (
    Absence,
    Bed,
    BedStay,
    Checklist,
    Clearance,
    Conversation,
    Discharge,
    Handover,
    Intake,
    Placement,
    Program,
    Session,
    SessionNote,
    Unit,
)
from .models.clearances import Finding

ABOUT = ["id", "version", "patient", "facility", "episode"]
VITALS = ["respiratory_rate", "oxygen_saturation", "heart_rate", "systolic", "temperature"]


class ProgramSerializer(serializers.ModelSerializer):
    """A program."""

    class Meta:
        model = Program
        fields = [
            "id",
            "version",
            "facility",
            "name",
            "setting",
            "level_of_care",
            "needs_bed",
            "plan_due",
            "review_every",
            "closed_at",
            "closed_by",
        ]


class UnitSerializer(serializers.ModelSerializer):
    """A ward or house."""

    class Meta:
        model = Unit
        fields = ["id", "version", "facility", "name"]


class BedSerializer(serializers.ModelSerializer):
    """A bed."""

    facility = serializers.UUIDField(source="unit.facility_id", read_only=True)

    class Meta:
        model = Bed
        fields = ["id", "version", "facility", "unit", "label"]


class CensusSerializer(serializers.ModelSerializer):
    """Beds of a unit: how many there are, how many are taken, kept or free."""

    beds = serializers.IntegerField(source="bed_count")
    taken = serializers.IntegerField(help_text="somebody lies in them")
    kept = serializers.IntegerField(help_text="for somebody who is away")
    free = serializers.SerializerMethodField()

    class Meta:
        model = Unit
        fields = ["id", "facility", "name", "beds", "taken", "kept", "free"]

    def get_free(self, unit) -> int:
        """The rest."""
        return unit.bed_count - unit.taken - unit.kept


class ChecklistSerializer(serializers.ModelSerializer):
    """Questions asked before a step."""

    class Meta:
        model = Checklist
        fields = ["id", "version", "slug", "edition", "name", "items", "source"]


class HandoverSerializer(serializers.ModelSerializer):
    """What we were told when a person was handed over."""

    warnings = serializers.SerializerMethodField(help_text="numbers that call for emergency services now")

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
            "consciousness",
            "breathing",
            *VITALS,
            "outstanding_results",
            "expected_leaving_at",
            "warnings",
            *ERROR,
        ]

    def get_warnings(self, handover) -> list[str]:
        """In words."""
        return handover.warnings()


class ClearanceSerializer(serializers.ModelSerializer):
    """On what ground a person may begin treatment."""

    class Meta:
        model = Clearance
        fields = [
            *ABOUT,
            "checklist",
            "findings",
            "basis",
            "reason",
            "hospital",
            "contact_number",
            "cleared_at",
            "cleared_by",
            *ERROR,
        ]


class ConversationSerializer(serializers.ModelSerializer):
    """A talk, planned or held."""

    class Meta:
        model = Conversation
        fields = [
            *ABOUT,
            "duty",
            "kind",
            "held_at",
            "held_by",
            "outcome",
            "may_contact_again",
            "contact_how",
            "information_offered",
            "summary",
            *ERROR,
        ]


class IntakeSerializer(serializers.ModelSerializer):
    """An intake, planned or completed."""

    class Meta:
        model = Intake
        fields = [
            *ABOUT,
            "duty",
            "admission_duty",
            "program",
            "goals",
            "agreed_to_treatment",
            "patient_notice_given",
            "completed_at",
            "completed_by",
            *ERROR,
        ]


class PlacementSerializer(serializers.ModelSerializer):
    """The time a person spends in a program."""

    class Meta:
        model = Placement
        fields = [
            *ABOUT,
            "program",
            "track",
            "plan_duty",
            "began_at",
            "began_by",
            "ended_at",
            "ended_by",
            "end_reason",
            *ERROR,
        ]


class AbsenceSerializer(serializers.ModelSerializer):
    """A person sent out."""

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
            "returned_at",
            "returned_by",
            "ended_at",
            "ended_by",
            *ERROR,
        ]


class BedStaySerializer(serializers.ModelSerializer):
    """Who lies where."""

    class Meta:
        model = BedStay
        fields = [
            "id",
            "version",
            "patient",
            "facility",
            "placement",
            "bed",
            "began_at",
            "began_by",
            "held_until_at",
            "ended_at",
            "ended_by",
            *ERROR,
        ]


class SessionSerializer(serializers.ModelSerializer):
    """One session."""

    class Meta:
        model = Session
        fields = [
            *ABOUT,
            "placement",
            "kind",
            "started_at",
            "ended_at",
            "attendance",
            "logged_at",
            "logged_by",
            *ERROR,
        ]


class SessionNoteSerializer(serializers.ModelSerializer):
    """The note of a session."""

    class Meta:
        model = SessionNote
        fields = [
            "id",
            "version",
            "patient",
            "facility",
            "session",
            "sign_duty",
            "text",
            "drafted_at",
            "drafted_by",
            "signed_at",
            "signed_by",
            *ERROR,
        ]


class DischargeSerializer(serializers.ModelSerializer):
    """Leaving treatment."""

    class Meta:
        model = Discharge
        fields = [
            *ABOUT,
            "placement",
            "reason",
            "going_to",
            "summary",
            "information_offered",
            "discharged_at",
            "discharged_by",
            *ERROR,
        ]


class DrugGivenInput(Strict):
    """What was given on the way; as told, times included."""

    drug = serializers.CharField(max_length=200)
    dose = serializers.CharField(max_length=100, required=False, allow_blank=True)
    route = serializers.CharField(max_length=50, required=False, allow_blank=True)
    at = serializers.CharField(max_length=50, required=False, allow_blank=True)


class ReceiveInput(RowInput):
    """Who is handed over, from whom, in what state. Somebody known (`patient`) or somebody new (`person`)."""

    id = Key(required=False, help_text="a key of your own, UUID version 7")
    facility = Place()
    patient = Seen(queryset=Patient.objects.all(), required=False)
    person = PersonInput(required=False)
    substances = UseInput(many=True, required=False)
    drugs_given = DrugGivenInput(many=True, required=False)
    expected_leaving_at = Moment(required=False, allow_null=True)

    class Meta:
        model = Handover
        fields = [
            "id",
            "occurred_at",
            "facility",
            "patient",
            "person",
            "source",
            "source_name",
            "source_contact",
            "substances",
            "drugs_given",
            "consciousness",
            "breathing",
            *VITALS,
            "outstanding_results",
            "expected_leaving_at",
        ]

    def validate(self, attrs):
        """Either or."""
        return somebody(attrs)


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
    owner = Colleague(required=False, allow_null=True, help_text="who does the intake")

    def validate(self, attrs):
        """Either or."""
        return somebody(attrs)


def somebody(attrs):
    """Refuse somebody known and somebody new at once: one of them would be silently left out."""
    if "patient" in attrs and "person" in attrs:
        raise serializers.ValidationError("Give the patient or a new person, not both.", code="two_people")
    return attrs


class FindingInput(Strict):
    """The answer to one item."""

    finding = serializers.ChoiceField(choices=Finding.choices)
    reason = serializers.CharField(max_length=500, required=False, allow_blank=True)


class ClearInput(Input):
    """The ground, and the answers to the checklist by item code."""

    basis = serializers.ChoiceField(choices=ClearanceBasis.choices)
    findings = serializers.DictField(child=FindingInput(), required=False)
    reason = serializers.CharField(max_length=500, required=False, allow_blank=True, help_text="of an override")
    hospital = serializers.CharField(max_length=200, required=False, allow_blank=True)
    contact_number = serializers.CharField(max_length=50, required=False, allow_blank=True)


class CompleteIntakeInput(RowInput):
    """What came of the intake."""

    program = Seen(queryset=Program.objects.all(), required=False, allow_null=True, help_text="recommended")
    admit_by = Moment(required=False, help_text="when admission is due; a day from now, when left out")

    class Meta:
        model = Intake
        fields = ["occurred_at", "program", "goals", "agreed_to_treatment", "patient_notice_given", "admit_by"]


class AdmitInput(Input):
    """Into which program and, where it has beds, which bed."""

    program = Seen(queryset=Program.objects.all())
    bed = Seen(queryset=Bed.objects.all(), required=False, allow_null=True)
    counselor = Colleague(required=False, allow_null=True, help_text="who owes the treatment plan")


class MoveInput(AdmitInput):
    """Into which program, and why."""

    reason = serializers.CharField(max_length=200, required=False, allow_blank=True)


class ReviewPlanInput(Input):
    """What was decided, and when it is looked at again."""

    note = serializers.CharField(max_length=500)
    next_review_at = Moment(required=False)


class SendOutInput(RowInput):
    """Where to, why, and until when the bed is kept."""

    hold_bed_until = Moment(required=False)
    expected_back_at = Moment(required=False, allow_null=True)

    class Meta:
        model = Absence
        fields = ["occurred_at", "destination", "reason", "hold_bed_until", "expected_back_at"]


class BringBackInput(Input):
    """Into which bed, when it is not the one that was kept."""

    bed = Seen(queryset=Bed.objects.all(), required=False, allow_null=True)


class LogSessionInput(RowInput):
    """What took place, or did not."""

    id = Key(required=False, help_text="a key of your own, UUID version 7")
    started_at = Moment(past=True)
    ended_at = Moment(past=True)
    text = serializers.CharField(
        max_length=40_000, required=False, allow_blank=True, trim_whitespace=False, help_text="a first draft"
    )

    class Meta:
        model = Session
        fields = ["id", "occurred_at", "kind", "started_at", "ended_at", "attendance", "text"]


class WriteInput(Strict):
    """The draft as it now stands."""

    text = serializers.CharField(max_length=40_000, allow_blank=True, trim_whitespace=False)
