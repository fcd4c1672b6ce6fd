"""The shape of people on the staff and of places."""

from rest_framework import serializers

from .models import Facility, Membership, OnCallShift, User


class FacilitySerializer(serializers.ModelSerializer):
    """A place."""

    class Meta:
        model = Facility
        fields = [
            "id",
            "version",
            "name",
            "zone",
            "working_hours",
            "holidays",
            "phone",
            "sender_name",
            "quiet_from",
            "quiet_until",
            "most_a_day",
            "most_in_7_days",
            "night_from",
            "logged_within",
            "country",
            "emergency_number",
            "talk_number",
            "last_resort_name",
            "last_resort_phone",
            "last_resort_email",
            "sends_to_patients_at",
            "sends_to_patients_by",
        ]


class UserSerializer(serializers.ModelSerializer):
    """Somebody on the staff."""

    name = serializers.CharField(source="__str__", read_only=True)

    class Meta:
        model = User
        fields = ["id", "version", "username", "name", "email", "mobile", "is_active", "left_at", "left_by"]


class MembershipSerializer(serializers.ModelSerializer):
    """A role at a place."""

    class Meta:
        model = Membership
        fields = [
            "id",
            "version",
            "user",
            "facility",
            "role",
            "began_at",
            "began_by",
            "ended_at",
            "ended_by",
            "license_number",
            "license_expires_on",
            "supervisor",
        ]


class OnCallShiftSerializer(serializers.ModelSerializer):
    """Somebody on call."""

    class Meta:
        model = OnCallShift
        fields = [
            "id",
            "version",
            "facility",
            "user",
            "kind",
            "starts_at",
            "ends_at",
            "planned_at",
            "planned_by",
            "instead_of",
            "canceled_at",
            "canceled_by",
            "cancel_reason",
        ]


class PlaceSerializer(serializers.ModelSerializer):
    """A place, named."""

    class Meta:
        model = Facility
        fields = ["id", "name", "zone"]


class HeldRoleSerializer(serializers.ModelSerializer):
    """What one is, and where."""

    facility = PlaceSerializer(read_only=True)

    class Meta:
        model = Membership
        fields = ["id", "facility", "role"]


class MeSerializer(serializers.ModelSerializer):
    """Whoever is signed in."""

    name = serializers.CharField(source="__str__", read_only=True)
    memberships = serializers.SerializerMethodField()

    class Meta:
        model = User
        fields = ["id", "username", "name", "memberships"]

    def get_memberships(self, user) -> HeldRoleSerializer(many=True):
        """The roles held today."""
        held = user.memberships.active().select_related("facility").order_by("facility__name", "role")
        return HeldRoleSerializer(held, many=True).data


class LoginSerializer(serializers.Serializer):
    """Who wants to sign in."""

    username = serializers.CharField(max_length=150)
    password = serializers.CharField(max_length=1024, trim_whitespace=False, style={"input_type": "password"})


class TokenSerializer(serializers.Serializer):
    """What to send from now on, as `Authorization: Token …`."""

    token = serializers.CharField()
    expires_at = serializers.DateTimeField()
