"""Places, and who is what there."""

from django_filters import rest_framework as filters

from accounts import actions
from accounts.models import EVERYONE, Facility, Membership, Role, User
from accounts.serializers import FacilitySerializer, MembershipSerializer, UserSerializer

from ..serializers import JoinInput, LicenseInput, MobileInput
from .bases import Reads, Verb
from .pages import Filters, unset

RUN_THE_PLACE = frozenset({Role.ADMIN})
KNOW_THE_STAFF = frozenset({Role.ADMIN, Role.SUPERVISOR})


class Facilities(Reads):
    """The places where the user is somebody."""

    model = Facility
    serializer_class = FacilitySerializer
    allowed_roles = EVERYONE
    place = "pk"


class UserFilters(Filters):
    """Who still works here?"""

    facility = filters.UUIDFilter("memberships__facility", distinct=True)

    class Meta:
        model = User
        fields = ["is_active"]


class Users(Reads):
    """The staff of the user's places."""

    model = User
    serializer_class = UserSerializer
    allowed_roles = KNOW_THE_STAFF
    filterset_class = UserFilters

    @classmethod
    def seen_by(cls, user, roles):
        """Whoever has or had a role where this user holds one of these."""
        here = Membership.objects.filter(facility__in=user.places_as(roles))
        return User.objects.filter(pk__in=here.values("user"))


class MembershipFilters(Filters):
    """Who is what today?"""

    active = unset("ended_at")

    class Meta:
        model = Membership
        fields = ["user", "facility", "role"]


class Memberships(Reads):
    """Who is what, where."""

    model = Membership
    serializer_class = MembershipSerializer
    allowed_roles = KNOW_THE_STAFF
    place = "facility"
    filterset_class = MembershipFilters


class Join(Verb):
    """accounts.actions.join"""

    noun = Membership
    creates = True
    name, label = "join", "Give a role"
    description = "Give somebody a role at a place."
    allowed_roles = RUN_THE_PLACE
    serializer_class = JoinInput

    def act(self, row, data, by):
        """Join."""
        return actions.join(data.pop("user"), **data, by=by)


class RecordLicense(Verb):
    """accounts.actions.record_license"""

    noun = Membership
    name, label = "record-license", "Record the license"
    description = "What somebody is licensed for here, until when. Who holds none has their notes co-signed."
    allowed_roles = RUN_THE_PLACE
    serializer_class = LicenseInput
    needs = (actions.is_held,)

    def act(self, row, data, by):
        """Record."""
        return actions.record_license(row, **data, by=by)


class RecordMobile(Verb):
    """accounts.actions.record_mobile"""

    noun = User
    name, label = "record-mobile", "Number for texts"
    description = "Where texts about what is critical go while they are on shift. They say nothing about anybody."
    allowed_roles = RUN_THE_PLACE
    serializer_class = MobileInput

    def act(self, row, data, by):
        """Record."""
        return actions.record_mobile(row, **data, by=by)


class SwitchOnSending(Verb):
    """accounts.actions.switch_on_sending"""

    noun = Facility
    name, label = "switch-on-sending", "Let machines write to people"
    description = "From now on, messages to people of this facility are sent by machine."
    confirm = "Messages will go to real people. Switch sending on?"
    allowed_roles = RUN_THE_PLACE
    needs = (actions.has_last_resort, actions.has_emergency_number)

    def act(self, row, data, by):
        """Switch on."""
        return actions.switch_on_sending(row, **data, by=by)


class SwitchOffSending(Verb):
    """accounts.actions.switch_off_sending"""

    noun = Facility
    name, label = "switch-off-sending", "Stop writing to people"
    description = "Messages to people of this facility wait until sending is switched on again."
    allowed_roles = RUN_THE_PLACE

    def act(self, row, data, by):
        """Switch off."""
        return actions.switch_off_sending(row, **data, by=by)
