"""Where a person stands: the header of a phone's page, in one request."""

from django.db.models import F
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from duties.models import Duty
from patients.models import Episode, Patient
from patients.views import Reads
from patients.views.bases import etag, find, shape
from patients.views.patients import Patients

from ..models import Placement
from ..serializers.standing import StandingSerializer

# Of the placement, its thread and its bed; nothing else of them is read.
SHOWN = (
    "id",
    "began_at",
    "program__name",
    "episode__id",
    "episode__stage",
    "episode__facility_id",
    "stay__id",
    "stay__bed__label",
    "stay__bed__unit__name",
    "stay__held_until_at",
)


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
        placed = Placement.objects.open().filter(patient__in=records, track="main").with_stay()
        placement = placed.order_by("-began_at").values(*SHOWN).first()
        person.placement = person.episode = placement
        person.bed = placement if placement and placement["stay__id"] else None
        if placement:
            placement["day"] = Placement(began_at=placement["began_at"]).day(now)
        else:
            threads = Episode.objects.open().filter(patient__in=records).order_by("-opened_at")
            thread = {"episode__id": F("id"), "episode__stage": F("stage"), "episode__facility_id": F("facility_id")}
            person.episode = threads.values(**thread).first()
        owed = Duty.objects.open().filter(patient__in=records).order_by("due_at")
        person.next_duty = owed.values("id", "due_at", "ladder__name").first()
        if person.next_duty:
            person.next_duty["late"] = person.next_duty["due_at"] < now
        return Response(shape(StandingSerializer).to_representation(person), headers=etag(person))
