"""What people use."""

from rest_framework import serializers

from ..codes import Answered, CoUse, Source, UseSetting
from ..models import SubstanceUse, UseScreening
from .shapes import ERROR, Input, Moment, Place, RowInput, Strict

TOLD = [
    "substance",
    "rank",
    "route",
    "frequency",
    "days_used",
    "amount",
    "usual_dose_mg",
    "first_used_on",
    "age_first_used",
    "last_used_at",
    "setting",
    "setting_in_words",
    "used_for",
    "prescribed",
    "tolerance",
    "tolerance_in_words",
    "dose_was_mg",
    "source",
]


class SubstanceUseSerializer(serializers.ModelSerializer):
    """What a person uses."""

    notes = serializers.SerializerMethodField(help_text="what to bear in mind about this use")
    dose_by_weight = serializers.SerializerMethodField(help_text="of ketamine, in words; no rule reads it")

    class Meta:
        model = SubstanceUse
        fields = [
            "id",
            "version",
            "patient",
            "facility",
            *TOLD,
            "notes",
            "dose_by_weight",
            "noted_at",
            "noted_by",
            *ERROR,
        ]

    def get_notes(self, use) -> list[str]:
        """In sentences."""
        return use.notes()

    def get_dose_by_weight(self, use) -> str:
        """Never without what is not known about it; empty while dose or weight is not known."""
        return use.dose_in_words(use.patient.weight_kg)


class UseInput(Strict, serializers.ModelSerializer):
    """What a person uses, told together with something else."""

    serializer_field_mapping = RowInput.serializer_field_mapping
    last_used_at = Moment(past=True, required=False, allow_null=True)

    class Meta:
        model = SubstanceUse
        fields = TOLD


class RecordUseInput(RowInput):
    """What a person uses, as told here."""

    facility = Place()
    last_used_at = Moment(past=True, required=False, allow_null=True)

    class Meta:
        model = SubstanceUse
        fields = ["occurred_at", "facility", *TOLD]


class UseScreeningSerializer(serializers.ModelSerializer):
    """The whole list, as it was answered."""

    class Meta:
        model = UseScreening
        fields = [
            "id",
            "version",
            "patient",
            "facility",
            *CoUse.values,
            "setting",
            "setting_in_words",
            "source",
            "screened_at",
            "screened_by",
            *ERROR,
        ]


class CoUseInput(UseInput):
    """The answer to one question of the list and, when it is yes, what is known about it."""

    answer = serializers.ChoiceField(choices=Answered.choices)

    class Meta(UseInput.Meta):
        fields = [
            "answer",
            "substance",
            "route",
            "frequency",
            "days_used",
            "amount",
            "usual_dose_mg",
            "last_used_at",
            "used_for",
            "prescribed",
        ]
        extra_kwargs = {"substance": {"required": False, "help_text": "which one, when it is known"}}


class ScreenUseInput(Input):
    """An answer to every question of the list, and the setting of use."""

    facility = Place()
    source = serializers.ChoiceField(choices=Source.choices, default=Source.PERSON)
    setting = serializers.ChoiceField(choices=UseSetting.choices, default=UseSetting.UNKNOWN)
    setting_in_words = serializers.CharField(max_length=200, required=False, allow_blank=True)
    co_use = serializers.DictField(child=CoUseInput(), help_text="by question: " + ", ".join(CoUse.values))
