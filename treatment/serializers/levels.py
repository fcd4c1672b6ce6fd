"""Levels of care: what they ask for, which one a person needs, moves between them, and the hours delivered."""

import json

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from patients.codes import Answered
from patients.serializers import ERROR, Day, Input, Key, Moment, Place, RowInput, Strict

from ..models import Credential, Dealt, LevelMapping, LevelOfCareAssessment, LevelStandard, Step
from ..models.levels import Edition, FourthLevel, ThirdLevel
from .shapes import ABOUT

EITHER = sorted({*ThirdLevel.values, *FourthLevel.values})
EITHER_CHOICES = [(level, level) for level in EITHER]
DIMENSIONS = [(number, number) for number in "123456"]


class LevelStandardSerializer(serializers.ModelSerializer):
    """What a level asks for."""

    class Meta:
        model = LevelStandard
        fields = [
            "id",
            "version",
            "facility",
            "asam_edition",
            "level",
            "for_minors",
            "hours_from",
            "hours_below",
            "review_after",
            "source",
        ]


@extend_schema_field({"type": "object", "additionalProperties": {}})
class Content(serializers.JSONField):
    """An object; in a form, its text. Whether it is a mapping, the verb says."""

    def to_internal_value(self, data):
        """What the text says."""
        if isinstance(data, str):
            try:
                data = json.loads(data)
            except ValueError:
                self.fail("invalid")
        return super().to_internal_value(data)


class LevelMappingSerializer(serializers.ModelSerializer):
    """Which rating asks for which level, and by whose leave it is used."""

    content = Content(read_only=True)

    class Meta:
        model = LevelMapping
        fields = [
            "id",
            "version",
            "facility",
            "asam_edition",
            "number",
            "name",
            "content",
            "license_holder",
            "license_reference",
            "licensed_on",
            "licensed_until",
            "loaded_at",
            "loaded_by",
            "withdrawn_at",
            "withdrawn_by",
            "withdrawn_reason",
        ]


class LoadMappingInput(Input):
    """The mapping, and the license it is used under."""

    facility = Place()
    asam_edition = serializers.ChoiceField(choices=Edition.choices)
    name = serializers.CharField(max_length=200)
    license_holder = serializers.CharField(max_length=200, help_text="who may use it")
    license_reference = serializers.CharField(max_length=200, help_text="number or date of the permission")
    licensed_on = Day(help_text="from which day it may be used")
    licensed_until = Day(required=False, allow_null=True, help_text="to which day, included; empty: no end")
    content = Content(
        style={"base_template": "textarea.html"},
        help_text='{"dimensions": [{"dimension", "subdimension", "name", "tokens": {token: level}}], '
        '"rules": [{"all": [[level, …], …], "level"}]}',
    )


class RatingShape(serializers.Serializer):
    """How one dimension was rated."""

    dimension = serializers.CharField()
    subdimension = serializers.CharField(allow_blank=True)
    token = serializers.CharField(help_text="a text, never a number")
    min_level = serializers.CharField(allow_blank=True)
    evidence = serializers.CharField(required=False, allow_blank=True)
    sources = serializers.CharField(required=False, allow_blank=True)


class LevelOfCareAssessmentSerializer(serializers.ModelSerializer):
    """Which level a person needs."""

    ratings = RatingShape(many=True, read_only=True)
    needs = serializers.DictField(child=serializers.ChoiceField(choices=Answered.choices), read_only=True)

    class Meta:
        model = LevelOfCareAssessment
        fields = [
            *ABOUT,
            "placement",
            "kind",
            "edition",
            "mapping",
            "assessed_at",
            "assessed_by",
            "credential",
            "ratings",
            "checklist",
            "needs",
            "barriers",
            "preferences",
            "modifiers",
            "indicated",
            "recommended",
            "authorized",
            "placed",
            "variance_reason",
            "justification",
            "sign_duty",
            "signed_at",
            "signed_by",
            "signs_alone",
            "review_duty",
            "next_review_due_at",
            "cosign_duty",
            "cosigned_at",
            "cosigned_by",
            "cosigner_credential",
            *ERROR,
        ]


class RatingInput(Strict):
    """How one dimension is rated; what it asks for comes from the mapping where one is loaded."""

    dimension = serializers.ChoiceField(choices=DIMENSIONS)
    subdimension = serializers.CharField(max_length=20, required=False, allow_blank=True)
    token = serializers.CharField(max_length=10, help_text="a text, never a number")
    min_level = serializers.ChoiceField(choices=EITHER, required=False, allow_blank=True)
    evidence = serializers.CharField(max_length=1000, required=False, allow_blank=True, help_text="what was seen")
    sources = serializers.CharField(
        max_length=500, required=False, allow_blank=True, help_text="where it stands: PHQ-9 of May 2, note of May 3"
    )


WRITTEN = [
    "edition",
    "ratings",
    "needs",
    "barriers",
    "preferences",
    "modifiers",
    "indicated",
    "recommended",
    "authorized",
    "placed",
    "variance_reason",
    "justification",
]


class AmendLevelInput(RowInput):
    """What is changed in the draft."""

    ratings = RatingInput(many=True, required=False, style={"lines": 13})
    needs = serializers.DictField(
        child=serializers.ChoiceField(choices=Answered.choices), required=False, help_text="by item; our own words"
    )
    indicated = serializers.ChoiceField(choices=EITHER, required=False, allow_blank=True)
    recommended = serializers.ChoiceField(choices=EITHER, required=False, allow_blank=True)
    authorized = serializers.ChoiceField(choices=EITHER, required=False, allow_blank=True)
    placed = serializers.ChoiceField(choices=EITHER, required=False, allow_blank=True)
    edition = serializers.ChoiceField(
        choices=Edition.choices, required=False, help_text="of the criteria; that of the program, when left out"
    )

    class Meta:
        model = LevelOfCareAssessment
        fields = ["occurred_at", "credential", *WRITTEN]
        extra_kwargs = {"credential": {"required": False}}


class AssessLevelInput(AmendLevelInput):
    """Which level the person needs; a draft, until it is signed."""

    id = Key(required=False, help_text="a key of your own, UUID version 7")

    class Meta(AmendLevelInput.Meta):
        fields = ["occurred_at", "id", "kind", "credential", *WRITTEN]
        extra_kwargs = {}


class SignLevelInput(Input):
    """When it is looked at again, where that is not when the level asks for."""

    next_review_at = Moment(required=False, allow_null=True)


class CosignLevelInput(Input):
    """By what whoever co-signs is entitled."""

    credential = serializers.ChoiceField(choices=Credential.choices)


class TravelShape(serializers.Serializer):
    """One line of the checklist of a move."""

    says = serializers.CharField()
    gap = serializers.CharField(allow_blank=True, help_text="what was in the way")
    answer = serializers.ChoiceField(choices=Dealt.choices, required=False)
    words = serializers.CharField(required=False)


class StepSerializer(serializers.ModelSerializer):
    """A move between programs."""

    travels = serializers.DictField(child=TravelShape(), read_only=True)

    class Meta:
        model = Step
        fields = [
            *ABOUT,
            "left",
            "began",
            "direction",
            "assessment",
            "travels",
            "reason",
            "review_duty",
            "contact_duty",
            "moved_at",
            "moved_by",
            *ERROR,
        ]


HOURS_STATES = [
    ("under", "Fewer than the level asks for"),
    ("in", "As the level asks for"),
    ("over", "More than the level asks for"),
    ("part", "Part of a week"),
    ("none", "The level asks for no hours"),
]


class WeekSerializer(serializers.Serializer):
    """The clinical hours of one week in a program."""

    placement = serializers.UUIDField()
    patient = serializers.UUIDField()
    program = serializers.UUIDField()
    edition = serializers.ChoiceField(choices=Edition.choices)
    level = serializers.CharField(allow_blank=True)
    week = serializers.DateField(help_text="its Monday, at the place")
    hours = serializers.DecimalField(max_digits=6, decimal_places=2)
    hours_from = serializers.DecimalField(max_digits=5, decimal_places=2, allow_null=True)
    hours_below = serializers.DecimalField(max_digits=5, decimal_places=2, allow_null=True)
    whole = serializers.BooleanField(help_text="the week is over, and the person was there for all of it")
    state = serializers.ChoiceField(choices=HOURS_STATES)


class UnderHoursSerializer(serializers.Serializer):
    """A placement, and its last whole week."""

    id = serializers.UUIDField()
    patient = serializers.UUIDField(source="patient_id")
    name = serializers.CharField(source="patient.preferred_name")
    facility = serializers.UUIDField(source="facility_id")
    program = serializers.UUIDField(source="program_id")
    week = WeekSerializer()
