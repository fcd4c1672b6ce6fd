"""The catalog, orders, and what rules found."""

from datetime import time

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from patients.serializers import ERROR, Colleague, Input, Key, Moment, ReasonInput, RowInput, Seen

from ..medication_safety import NOT_A_CHECKER, Level
from ..models import Medication, MedicationOrder, MedicationStatement, StopBecause
from ..models.medications import Counsel, Evidence
from .shapes import ABOUT

WRITTEN = [
    "medication",
    "name",
    "dose",
    "dose_unit",
    "route",
    "frequency",
    "times",
    "every",
    "as_needed_for",
    "min_hours",
    "max_doses",
    "starts_at",
    "ends_at",
    "indication",
    "off_label",
    "instructions",
    "given_here",
    "supply",
    "units_each",
    "replaces",
]


# Parts of choices, for verbs that take no more.
STOPPED_BY_HAND = [pair for pair in StopBecause.choices if pair[0] not in (StopBecause.REPLACED, StopBecause.LEFT)]
TOLD_AT_STOP = [(one.value, one.label) for one in (Counsel.TOLERANCE, Counsel.NALOXONE)]
LEVELS = [one.value for one in Level]


class EvidenceShape(serializers.Serializer):
    """What is known for an indication."""

    indication = serializers.CharField()
    level = serializers.ChoiceField(choices=Evidence.choices)
    says = serializers.CharField()
    source = serializers.CharField()


class MedicationSerializer(serializers.ModelSerializer):
    """A medication of the catalog."""

    evidence = EvidenceShape(many=True, read_only=True)
    counsel = serializers.DictField(child=serializers.ListField(child=serializers.CharField()), read_only=True)
    monitoring = serializers.DictField(read_only=True)

    class Meta:
        model = Medication
        fields = [
            "id",
            "version",
            "slug",
            "edition",
            "name",
            "synonyms",
            "ingredients",
            "classes",
            "rxnorm",
            "rxnorm_verified_on",
            "schedule",
            "routes",
            "evidence",
            "counsel",
            "monitoring",
            "source",
        ]


class FindingShape(serializers.Serializer):
    """What a rule found."""

    level = serializers.ChoiceField(choices=LEVELS)
    code = serializers.CharField()
    sentence = serializers.CharField()
    source = serializers.CharField()
    overridable = serializers.BooleanField()


@extend_schema_field(
    {
        "type": "array",
        "maxItems": 24,
        "items": {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"},
    }
)
class Times(serializers.Field):
    """Times of day on the wall clock of the place: a list, or on one line as people write them."""

    default_error_messages = {"times_malformed": "Write times as 08:00, 20:00."}

    def to_internal_value(self, data):
        """Times in order, each once."""
        parts = data.replace(";", ",").split(",") if isinstance(data, str) else data
        if not isinstance(parts, list) or len(parts) > 24:
            self.fail("times_malformed")
        try:
            return sorted({self._minute(part) for part in parts if not isinstance(part, str) or part.strip()})
        except (TypeError, ValueError):
            self.fail("times_malformed")

    @staticmethod
    def _minute(part):
        found = time.fromisoformat(part.strip() if isinstance(part, str) else None)
        if found.second or found.microsecond or found.tzinfo:
            raise ValueError(part)
        return found

    def to_representation(self, value):
        """As people write them."""
        return [f"{one:%H:%M}" for one in value]


class MedicationOrderSerializer(serializers.ModelSerializer):
    """An order, what was found about it, and where it stands."""

    times = Times(read_only=True)
    findings = FindingShape(many=True, read_only=True)
    to_be_told = serializers.ListField(child=serializers.CharField(), read_only=True)
    said = serializers.SerializerMethodField(help_text="what this list of findings is not")

    class Meta:
        model = MedicationOrder
        fields = [
            *ABOUT,
            *WRITTEN,
            "evidence",
            "evidence_in_words",
            "controlled",
            "findings",
            "said",
            "override_reason",
            "overridden_by",
            "how",
            "ordered_at",
            "ordered_by",
            "taken_by",
            "acknowledge_duty",
            "acknowledged_at",
            "acknowledged_by",
            "told_at_start",
            "told_at_stop",
            "to_be_told",
            "counsel_duty",
            "monitoring_duty",
            "state",
            "held_at",
            "held_by",
            "held_reason",
            "ended_at",
            "ended_by",
            "ended_because",
            "end_reason",
            "laid_out_until",
            *ERROR,
        ]

    def get_said(self, row) -> str:
        """It is not a full interaction checker."""
        return NOT_A_CHECKER


class _Written(RowInput):
    """What every order says."""

    id = Key(required=False, help_text="a key of your own, UUID version 7")
    medication = serializers.PrimaryKeyRelatedField(
        queryset=Medication.objects.all(), required=False, allow_null=True, help_text="from the catalog, or by name"
    )
    name = serializers.CharField(
        max_length=200, required=False, allow_blank=True, help_text="where not in the catalog"
    )
    off_label = serializers.BooleanField(required=False, help_text="asked where the catalog does not know the use")


class OrderMedicationInput(_Written):
    """An order, and why it is given all the same where a finding may be overridden."""

    times = Times(required=False, help_text="08:00, 20:00")
    starts_at = Moment(required=False, help_text="now, when left out")
    supply = Seen(queryset=MedicationStatement.objects.all(), required=False, allow_null=True)
    replaces = Seen(queryset=MedicationOrder.objects.all(), required=False, allow_null=True)
    override_reason = serializers.CharField(
        max_length=500, required=False, allow_blank=True, help_text="only where a finding may be overridden"
    )

    class Meta:
        model = MedicationOrder
        fields = ["id", "occurred_at", *WRITTEN, "override_reason"]


class TakeVerbalOrderInput(_Written):
    """What a prescriber said, and that it was read back."""

    times = Times(required=False, help_text="08:00, 20:00")
    starts_at = Moment(required=False, help_text="now, when left out")
    supply = Seen(queryset=MedicationStatement.objects.all(), required=False, allow_null=True)
    prescriber = Colleague()
    read_back = serializers.BooleanField(help_text="it was read back, and confirmed")

    class Meta:
        model = MedicationOrder
        fields = [
            "id", "occurred_at", "prescriber", "read_back", *(name for name in WRITTEN if name != "replaces")
        ]  # fmt: skip


class EmergencyDoseInput(_Written):
    """A dose that could not wait."""

    prescriber = Colleague()
    reason = serializers.CharField(max_length=500)
    site = serializers.CharField(max_length=100, required=False, allow_blank=True)

    class Meta:
        model = MedicationOrder
        fields = [
            "id", "occurred_at", "medication", "name", "dose", "dose_unit", "route", "indication", "off_label",
            "prescriber", "reason", "site",
        ]  # fmt: skip


class ResumeInput(RowInput):
    """Why it goes on all the same, where a finding may be overridden."""

    override_reason = serializers.CharField(max_length=500, required=False, allow_blank=True)

    class Meta:
        model = MedicationOrder
        fields = ["occurred_at", "override_reason"]


class StopMedicationInput(ReasonInput):
    """Why it ends, and what the person was told."""

    because = serializers.ChoiceField(choices=STOPPED_BY_HAND)
    told = serializers.ListField(
        child=serializers.ChoiceField(choices=TOLD_AT_STOP),
        required=False,
        help_text="of naltrexone",
    )


class CounselInput(Input):
    """What the person was told."""

    told = serializers.ListField(child=serializers.ChoiceField(choices=Counsel.choices), allow_empty=False)
