"""Ways to reach people."""

from rest_framework import serializers

from ..codes import Scope
from ..models import ContactPoint
from .shapes import ERROR, Input, RowInput


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
            "position",
            "safe_to_leave_message",
            "verified_at",
            "verified_by",
            "scopes",
            "consented_at",
            "consented_by",
            "revoked_at",
            "revoked_by",
            "broken_at",
            "broken_by",
            *ERROR,
        ]


class ContactPointInput(RowInput):
    """A way to reach a person."""

    scopes = serializers.ListField(
        child=serializers.ChoiceField(choices=Scope.choices), required=False, help_text="agreed to"
    )

    class Meta:
        model = ContactPoint
        fields = ["occurred_at", "channel", "value", "position", "safe_to_leave_message", "scopes"]


class ConsentInput(Input):
    """What the person agrees to be written to about; nothing takes the agreement back."""

    scopes = serializers.ListField(child=serializers.ChoiceField(choices=Scope.choices), allow_empty=True)
