"""What is corrected and noted about a person, and what a merge would join."""

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import Role
from audit.problems import Problem

from .. import actions
from ..models import Patient, preview
from ..serializers import CorrectBirthDateInput, MergePreviewSerializer, PregnancyInput, WeightInput
from .bases import READS, Verb, about, find
from .pages import require_known
from .patients import Merge

MEASURES = frozenset({Role.NURSE, Role.PRESCRIBER, Role.INTAKE, Role.TECHNICIAN})
ASKS_ABOUT_PREGNANCY = frozenset({Role.NURSE, Role.PRESCRIBER, Role.INTAKE, Role.COUNSELOR})


class CorrectBirthDate(Verb):
    """patients.actions.correct_birth_date"""

    noun = Patient
    name, label = "correct-birth-date", "Correct the birth date"
    description = "The birth date was wrong: give the right one, and say why."
    allowed_roles = frozenset({Role.INTAKE, Role.NURSE, Role.PRESCRIBER, Role.SUPERVISOR})
    serializer_class = CorrectBirthDateInput

    def act(self, row, data, by):
        """Correct."""
        return actions.correct_birth_date(row, **data, by=by)


class RecordWeight(Verb):
    """patients.actions.record_weight"""

    noun = Patient
    name, label = "record-weight", "Record the weight"
    description = "The person was weighed."
    allowed_roles = MEASURES
    serializer_class = WeightInput

    def act(self, row, data, by):
        """Record."""
        return actions.record_weight(row, **data, by=by)


class RecordPregnancy(Verb):
    """patients.actions.record_pregnancy"""

    noun = Patient
    name, label = "record-pregnancy", "Pregnant, breastfeeding?"
    description = "Whether the person is pregnant or breastfeeding, as they say or as tested."
    allowed_roles = ASKS_ABOUT_PREGNANCY
    serializer_class = PregnancyInput

    def act(self, row, data, by):
        """Record."""
        return actions.record_pregnancy(row, **data, by=by)


class MergePreview(APIView):
    """Both records side by side, before they become one."""

    model = Patient
    allowed_roles = Merge.allowed_roles

    @extend_schema(
        operation_id="patients_merge_preview",
        summary="What a merge would join",
        parameters=[OpenApiParameter("into", OpenApiTypes.UUID, required=True, description="the record that stays")],
        responses=MergePreviewSerializer,
    )
    def get(self, request, pk):
        """Who they are, what each has, and what speaks against it."""
        patient = find(request, READS[Patient], self.allowed_roles, pk)
        require_known(request, {"into"})
        try:
            key = Patient._meta.pk.clean(request.query_params.get("into", ""), None)
        except ValidationError:
            raise Problem(400, "into_missing", "Say which record stays: ?into= its key.") from None
        into = get_object_or_404(Patient.objects.visible_to(request.user, self.allowed_roles), pk=key)
        about(request, into)
        return Response(MergePreviewSerializer(preview(patient, into)).data)
