"""People around people."""

from rest_framework import serializers

from ..models import Supporter
from ..models.supporters import MayKnow
from .shapes import ERROR, Input, Phone, RowInput

WHO = ["name", "relation", "kind", "phone", "email"]


class SupporterSerializer(serializers.ModelSerializer):
    """Somebody around a person, and what they may know."""

    class Meta:
        model = Supporter
        fields = [
            "id",
            "version",
            "patient",
            *WHO,
            "may_know",
            "may_know_words",
            "permission_given_at",
            "permission_given_by",
            "do_not_contact_at",
            "do_not_contact_by",
            "do_not_contact_reason",
            *ERROR,
        ]


class SupporterInput(RowInput):
    """Somebody around a person."""

    phone = Phone(required=False, allow_blank=True, max_length=50)

    class Meta:
        model = Supporter
        fields = ["occurred_at", *WHO]


class AmendSupporterInput(SupporterInput):
    """What to correct; what is left out stays."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, partial=True, **kwargs)


class PermitInput(Input):
    """What the person permitted in writing."""

    may_know = serializers.ListField(child=serializers.ChoiceField(choices=MayKnow.choices), allow_empty=True)
    may_know_words = serializers.CharField(
        max_length=500, required=False, allow_blank=True, help_text="limits in the person's own words"
    )
