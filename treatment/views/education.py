"""Texts for people, and which were given to whom."""

from django_filters import rest_framework as filters

from accounts.models import CARE, EVERYONE
from patients.models import Patient
from patients.views import Filters, Reads, Told, Verb
from patients.views.errors import mark_error

from ..actions import education
from ..models import EducationGiven, EducationText
from ..serializers import EducationGivenSerializer, EducationTextSerializer, GiveEducationInput


class EducationTextFilters(Filters):
    """The newest editions alone?"""

    current = filters.BooleanFilter(method="newest")

    class Meta:
        model = EducationText
        fields = ["slug", "language", "edition"]

    def newest(self, rows, name, value):
        """The newest of each, or those that were replaced."""
        newest = EducationText.objects.current().values("pk")
        return rows.filter(pk__in=newest) if value else rows.exclude(pk__in=newest)


class EducationTexts(Reads):
    """Texts for people."""

    model = EducationText
    serializer_class = EducationTextSerializer
    allowed_roles = EVERYONE
    filterset_class = EducationTextFilters


class EducationsGiven(Reads):
    """Texts given."""

    model = EducationGiven
    serializer_class = EducationGivenSerializer
    related = ("text",)
    filterset_fields = ["patient", "facility", "episode", "text"]
    told = (
        Told("education", "was given “{text__title}”", "{text__language}", "{how}", at="given_at", by="given_by"),
    )


class GiveEducation(Verb):
    """treatment.actions.education.give_education"""

    noun, answer = Patient, EducationGiven
    name, label = "give-education", "Give a text"
    description = "Which text the person was given to read, in which language, and how."
    allowed_roles = CARE
    serializer_class = GiveEducationInput

    def act(self, row, data, by):
        """Give."""
        return education.give_education(row, **data, by=by)


MarkEducationGivenError = mark_error(EducationGiven)
