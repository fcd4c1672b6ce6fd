"""Referrals to urology."""

from rest_framework import serializers

from patients.serializers import ERROR, Input, Moment, RowInput

from ..models import UrologyReferral
from .shapes import ABOUT

ASKED = ["because", "urgent", "uti_excluded", "sti_excluded", "not_excluded_because", "question"]


class UrologyReferralSerializer(serializers.ModelSerializer):
    """Why, how urgently, and how far it has come."""

    standing = serializers.CharField(read_only=True)

    class Meta:
        model = UrologyReferral
        fields = [
            *ABOUT,
            *ASKED,
            "standing",
            "duty",
            "planned_at",
            "planned_by",
            "made_at",
            "made_by",
            "sent_to",
            "sent_at",
            "sent_by",
            "appointment_at",
            "appointment_by",
            "seen_at",
            "outcome",
            "ended_at",
            "ended_by",
            "not_seen_because",
            *ERROR,
        ]


class ReferToUrologyInput(RowInput):
    """Why; that infections are excluded, or why this cannot wait for that."""

    class Meta:
        model = UrologyReferral
        fields = ["occurred_at", *ASKED]


class SendReferralInput(Input):
    """To whom."""

    sent_to = serializers.CharField(max_length=200, help_text="which urologist or clinic")


class AppointmentInput(Input):
    """When."""

    appointment_at = Moment()


class VisitInput(Input):
    """What came of it."""

    outcome = serializers.CharField(max_length=4000, help_text="what urology found and advised")
