"""What came of an instrument over time, as numbers."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from audit.problems import Problem
from patients.models import Patient
from patients.views import Reads
from patients.views.bases import find
from patients.views.pages import require_known
from patients.views.patients import Patients

from ..models import Instrument
from ..models.trends import trend
from ..serializers import TrendSerializer

WHICH = OpenApiParameter("instrument", {"type": "string", "minLength": 1}, required=True, description="its slug")


class Trends(Reads):
    """The scores of one person on one instrument, oldest first, each with its band."""

    model = Patient
    serializer_class = TrendSerializer
    allowed_roles = Patients.allowed_roles
    pagination_class = None
    filter_backends = []

    @extend_schema(parameters=[WHICH], responses=TrendSerializer)
    def retrieve(self, request, *args, **kwargs):
        """By the slug of the instrument, whatever the editions."""
        person = find(request, Patients, self.allowed_roles, self.kwargs["pk"])
        require_known(request, {"instrument"})
        slug = request.query_params.get("instrument", "").replace("\0", "")
        instrument = Instrument.objects.current().filter(slug=slug).first()
        if instrument is None:
            status = 404 if slug else 400
            raise Problem(status, "instrument_unknown", "Say which instrument, by its slug: ?instrument=phq-9.")
        told = {"instrument": slug, "name": instrument.name, "scores": trend(person, instrument).scores()}
        return Response(TrendSerializer(told).data)
