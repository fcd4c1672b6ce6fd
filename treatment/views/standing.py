"""Where a person stands: the header of a phone's page, in one request."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from duties.models import Duty
from patients.models import Episode, Patient
from patients.views import Reads
from patients.views.bases import etag, find
from patients.views.patients import Patients

from ..models import BedStay, Placement
from ..serializers.standing import StandingSerializer


class Standing(Reads):
    """One person with their open episode, main placement, bed, and what is owed to them first."""

    model = Patient
    serializer_class = StandingSerializer
    allowed_roles = Patients.allowed_roles
    pagination_class = None
    filter_backends = []

    @extend_schema(responses=StandingSerializer)
    def retrieve(self, request, *args, **kwargs):
        """As the header of every page about them says it."""
        person, now = find(request, Patients, self.allowed_roles, self.kwargs["pk"]), timezone.now()
        records = person.records()
        placed = Placement.objects.open().filter(patient__in=records, track="main")
        placement = placed.select_related("program", "episode").order_by("-began_at").first()
        person.placement, person.bed = placement, None
        if placement:
            placement.day_now = placement.day(now)
            person.episode = placement.episode
            stays = BedStay.objects.open().filter(placement=placement)
            person.bed = stays.select_related("bed__unit").first()
        else:
            threads = Episode.objects.open().filter(patient__in=records)
            person.episode = threads.order_by("-opened_at").first()
        owed = Duty.objects.open().filter(patient__in=records).select_related("ladder")
        person.next_duty = owed.order_by("due_at").first()
        if person.next_duty:
            person.next_duty.late = person.next_duty.due_at < now
        return Response(StandingSerializer(person).data, headers=etag(person))
