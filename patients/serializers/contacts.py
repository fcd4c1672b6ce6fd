"""Ways to reach people."""

from rest_framework import serializers

from ..codes import Channel, Scope
from ..models import ContactPoint
from ..models.contacts import VerifiedHow, Weekday
from .shapes import ERROR, Email, Input, Mobile, Phone, RowInput


class ContactPointSerializer(serializers.ModelSerializer):
    """A way to reach a person."""

    class Meta:
        model = ContactPoint
        fields = [
            "id",
            "version",
            "patient",
            "channel",
            "value",
            "typed",
            "position",
            "safe_to_leave_message",
            "preferred_days",
            "preferred_from",
            "preferred_until",
            "best_time",
            "verified_at",
            "verified_by",
            "verified_how",
            "scopes",
            "consented_at",
            "consented_by",
            "consent_wording",
            "revoked_at",
            "revoked_by",
            "broken_at",
            "broken_by",
            *ERROR,
        ]


BEST_USED = [
    "position",
    "safe_to_leave_message",
    "preferred_days",
    "preferred_from",
    "preferred_until",
    "best_time",
]


def days():
    """Days of the week, chosen from a list."""
    return serializers.ListField(
        child=serializers.ChoiceField(choices=Weekday.choices), required=False, help_text="none: any day"
    )


def wording():
    """The words that were agreed to, by the name of their edition."""
    return serializers.CharField(
        max_length=50, required=False, allow_blank=True, help_text="the edition of the words agreed to"
    )


class ContactPointInput(RowInput):
    """A way to reach a person."""

    preferred_days = days()
    scopes = serializers.ListField(
        child=serializers.ChoiceField(choices=Scope.choices), required=False, help_text="agreed to"
    )
    wording = wording()

    class Meta:
        model = ContactPoint
        fields = ["occurred_at", "channel", "value", *BEST_USED, "scopes", "wording"]

    def validate(self, data):
        """A number as it is dialed, an address as it is written; what was typed is kept beside it."""
        field = {Channel.PHONE: Phone(), Channel.SMS: Mobile(), Channel.EMAIL: Email()}[data["channel"]]
        try:
            return {**data, "typed": data["value"], "value": field.run_validation(data["value"])}
        except serializers.ValidationError as error:
            raise serializers.ValidationError({"value": error.detail}) from None


class VerifyInput(Input):
    """How it became known."""

    how = serializers.ChoiceField(choices=VerifiedHow.choices, required=False)


class AmendContactPointInput(RowInput):
    """When and how it is best used; what is left out stays."""

    preferred_days = days()

    class Meta:
        model = ContactPoint
        fields = ["occurred_at", *BEST_USED]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, partial=True, **kwargs)


class ConsentInput(Input):
    """What the person agrees to be written to about; nothing takes the agreement back."""

    scopes = serializers.ListField(child=serializers.ChoiceField(choices=Scope.choices), allow_empty=True)
    wording = wording()


class QuietInput(Input):
    """From when until when; both left out, there are none of their own."""

    quiet_from = serializers.TimeField(required=False, allow_null=True, default=None)
    quiet_until = serializers.TimeField(
        required=False, allow_null=True, default=None, help_text="may be after midnight"
    )
