"""Whether somebody is there now, for what a person is told at once."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from accounts.models import EVERYONE, Facility
from patients.views import Reads
from patients.views.bases import find
from patients.views.places import Facilities

from ..actions.reachability import who_is_there
from ..serializers import PresenceSerializer


class WhoIsThere(Reads):
    """Whether somebody on call would hear a page now; the words for the person, and numbers that always answer."""

    model = Facility
    serializer_class = PresenceSerializer
    allowed_roles = EVERYONE
    place = "pk"
    pagination_class = None
    filter_backends = []

    @extend_schema(responses=PresenceSerializer)
    def retrieve(self, request, *args, **kwargs):
        """At one place."""
        facility = find(request, Facilities, self.allowed_roles, self.kwargs["pk"])
        return Response(PresenceSerializer(who_is_there(facility, timezone.now())).data)
