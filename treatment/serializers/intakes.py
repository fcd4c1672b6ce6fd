"""Intakes."""

from rest_framework import serializers

from patients.serializers import (
    ERROR,
    Moment,
    RowInput,
    Seen,
)

from ..models import (
    Intake,
    Program,
)
from .shapes import ABOUT

REPORTED = ["referral_source", "justice_referral", "co_occurring", "opioid_therapy"]


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
            "consent_basis",
            "consent_given_by",
            "patient_notice_given",
            "notice_deferred_because",
            "notice_duty",
            "notice_given_at",
            "notice_given_by",
            *REPORTED,
            "completed_at",
            "completed_by",
            *ERROR,
        ]


class CompleteIntakeInput(RowInput):
    """What came of the intake."""

    program = Seen(queryset=Program.objects.all(), required=False, allow_null=True, help_text="recommended")
    admit_by = Moment(required=False, help_text="when admission is due; a day from now, when left out")

    class Meta:
        model = Intake
        fields = [
            "occurred_at",
            "program",
            "goals",
            "agreed_to_treatment",
            "consent_basis",
            "consent_given_by",
            "patient_notice_given",
            "notice_deferred_because",
            *REPORTED,
            "admit_by",
        ]


class AmendIntakeInput(RowInput):
    """What is reported of the admission, said better."""

    class Meta:
        model = Intake
        fields = ["occurred_at", *REPORTED]
