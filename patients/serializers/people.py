"""People."""

from rest_framework import serializers

from ..codes import Known
from ..models import Conflict, Patient
from .shapes import ERROR, Day, Input, Phone, RowInput, Seen, Strict

PERSON = [
    "preferred_name",
    "legal_name",
    "pronouns",
    "birth_date",
    "sex",
    "gender",
    "gender_code",
    "language",
    "interpreter_needed",
    "zone",
]
TEDS = ["race", "ethnicity", "veteran", "marital", "education"]


class PatientSerializer(serializers.ModelSerializer):
    """A person."""

    class Meta:
        model = Patient
        fields = [
            "id",
            "version",
            "number",
            *PERSON,
            *TEDS,
            "birth_date_corrected_at",
            "birth_date_corrected_by",
            "birth_date_corrected_reason",
            "sender_name",
            "quiet_from",
            "quiet_until",
            "weight_kg",
            "weight_noted_at",
            "weight_noted_by",
            "pregnant",
            "breastfeeding",
            "pregnancy_noted_at",
            "pregnancy_noted_by",
            "death_reported_at",
            "death_reported_by",
            "death_confirmed_at",
            "death_confirmed_by",
            "merged_into",
            *ERROR,
        ]


class PersonInput(Strict, serializers.ModelSerializer):
    """Somebody new."""

    serializer_field_mapping = RowInput.serializer_field_mapping
    phone = Phone(max_length=40, required=False, allow_blank=True)
    email = serializers.EmailField(required=False, allow_blank=True)

    class Meta:
        model = Patient
        fields = [*PERSON, "phone", "email"]
        extra_kwargs = {"preferred_name": {"required": False}}

    def to_internal_value(self, data):
        """With the number as it was typed beside the one that is dialed."""
        found = super().to_internal_value(data)
        return {**found, "phone_typed": data["phone"]} if found.get("phone") else found


class NamedPersonInput(PersonInput):
    """Somebody new, who has said their name."""

    class Meta(PersonInput.Meta):
        extra_kwargs = {}


class AmendInput(Strict, serializers.ModelSerializer):
    """What to correct about a person; what is left out stays. A birth date once set has a verb of its own."""

    serializer_field_mapping = RowInput.serializer_field_mapping

    class Meta:
        model = Patient
        fields = [*PERSON, *TEDS]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, partial=True, **kwargs)


class CorrectBirthDateInput(Input):
    """The right one, or none when it is not known after all, and why."""

    birth_date = Day(allow_null=True)
    reason = serializers.CharField(max_length=500)


class WeightInput(Input):
    """Kilograms."""

    weight_kg = serializers.DecimalField(
        max_digits=4, decimal_places=1, min_value=1, max_value=500, label="Weight, kg"
    )


class PregnancyInput(Input):
    """As the person says, or as tested."""

    pregnant = serializers.ChoiceField(choices=Known.choices)
    breastfeeding = serializers.ChoiceField(choices=Known.choices, required=False)


class MergeInput(Input):
    """The record that stays."""

    into = Seen(queryset=Patient.objects.all())


class MergeSideSerializer(serializers.Serializer):
    """One of two records, and what hangs on it."""

    id = serializers.UUIDField(source="pk")
    number = serializers.IntegerField()
    preferred_name = serializers.CharField()
    legal_name = serializers.CharField()
    birth_date = serializers.DateField(allow_null=True)
    open_episodes = serializers.IntegerField()
    closed_episodes = serializers.IntegerField()
    contact_points = serializers.ListField(child=serializers.CharField())


class ConflictSerializer(serializers.Serializer):
    """A conflict, and whether it stops the merge."""

    code = serializers.ChoiceField(choices=Conflict.choices)
    detail = serializers.CharField()
    stops = serializers.BooleanField()


class MergePreviewSerializer(serializers.Serializer):
    """Both records side by side."""

    merged = MergeSideSerializer(help_text="the record that will point to the other")
    into = MergeSideSerializer(help_text="the record that stays")
    conflicts = ConflictSerializer(many=True)
