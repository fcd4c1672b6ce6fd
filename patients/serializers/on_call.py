"""Being on call, and whom to page when nobody is."""

from rest_framework import serializers

from accounts.models import Facility, OnCallShift

from .shapes import Colleague, Email, Input, Key, Moment, Phone, Place, RowInput


class ShiftInput(RowInput):
    """Who is on call, where, as what, from when until when."""

    id = Key(required=False, help_text="a key of your own, UUID version 7")
    facility = Place()
    user = Colleague()
    starts_at, ends_at = Moment(), Moment()

    class Meta:
        model = OnCallShift
        fields = ["id", "occurred_at", "facility", "user", "kind", "starts_at", "ends_at"]
        validators = []


class SwapInput(Input):
    """Who stands it instead, and why."""

    user = Colleague()
    reason = serializers.CharField(max_length=500, default="swapped")


class LastResortInput(Input):
    """Somebody outside the rota who can always be reached."""

    name = serializers.CharField(max_length=200)
    phone = Phone(max_length=50)
    email = Email(max_length=Facility._meta.get_field("last_resort_email").max_length)
