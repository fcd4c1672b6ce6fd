"""Who may see whom, who did, and who is what where."""

from rest_framework import serializers

from accounts.models import Membership, User
from audit.models import AccessEvent

from ..models import Access
from .shapes import Colleague, Day, Input, Mobile, Place, RowInput


class AccessSerializer(serializers.ModelSerializer):
    """Who may see a person, and why."""

    class Meta:
        model = Access
        fields = ["id", "version", "patient", "facility", "user", "because", "from_at", "until_at"]


class AccessEventSerializer(serializers.ModelSerializer):
    """Who opened or did what about a person."""

    class Meta:
        model = AccessEvent
        fields = ["id", "at", "user", "username", "method", "path", "action", "status", "code", "request_id"]


class JoinInput(RowInput):
    """Who becomes what, where."""

    user = serializers.PrimaryKeyRelatedField(queryset=User.objects.filter(is_active=True))
    facility = Place()

    class Meta:
        model = Membership
        fields = ["occurred_at", "user", "facility", "role"]
        validators = []


class MobileInput(Input):
    """The number of somebody on the staff; empty for none."""

    mobile = Mobile(max_length=40, allow_blank=True)


class LicenseInput(Input):
    """The license somebody holds at a place; left out, none. And who co-signs what they write without one."""

    license_number = serializers.CharField(max_length=60, required=False, allow_blank=True)
    license_expires_on = Day(required=False, allow_null=True)
    supervisor = Colleague(required=False, allow_null=True, help_text="who co-signs; empty: any supervisor here")
