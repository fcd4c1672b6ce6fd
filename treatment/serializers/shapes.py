"""Columns and fields that many shapes share."""

from rest_framework import serializers

from patients.serializers import Input, Moment, Seen, Strict

from ..models import Bed, Dealt
from ..models.beds import BedOverride

ABOUT = ["id", "version", "patient", "facility", "episode"]


VITALS = ["respiratory_rate", "oxygen_saturation", "heart_rate", "systolic", "temperature"]


class BedInput(Input):
    """Which bed, and why, where it is kept for others."""

    bed = Seen(queryset=Bed.objects.all(), required=False, allow_null=True)
    bed_override = serializers.ChoiceField(
        choices=BedOverride.choices, required=False, allow_blank=True, help_text="where the bed is for others"
    )


class DealtInput(Strict):
    """How one thing that would have been dropped was dealt with."""

    answer = serializers.ChoiceField(choices=Dealt.choices)
    words = serializers.CharField(max_length=500)


class TravelsInput(BedInput):
    """Who sees the person first where they are moved to, and what was done about what is in the way of it."""

    next_contact_at = Moment(required=False, allow_null=True, help_text="when the counselor there sees the person")
    travels = serializers.DictField(
        child=DealtInput(), required=False, label="What travels", help_text="only what is in the way needs an answer"
    )
