"""The person, who may see them, and who did."""

from django import forms
from django.shortcuts import get_object_or_404
from django_filters import rest_framework as filters

from accounts.models import CARE, Role
from audit.models import AccessEvent
from audit.problems import Problem

from .. import actions
from ..actions import people
from ..models import Access, Patient, SearchEntry, best_first, preview, says_enough
from ..serializers import (
    AccessEventSerializer,
    AccessSerializer,
    AmendInput,
    MergeInput,
    PatientSerializer,
)
from .bases import Reads, Verb, about
from .errors import mark_error
from .pages import Filters, unset


class WholeNumber(filters.NumberFilter):
    """Nothing after the point."""

    field_class = forms.IntegerField


class PatientFilters(Filters):
    """By what they are known by; without the records merged into another."""

    q = filters.CharFilter(
        method="by_anything",
        max_length=100,
        label="name (spelled a little differently, too), record number, birth date or phone; best first, 20 at most",
    )
    name = filters.CharFilter(method="by_name", min_length=3, max_length=100)
    number = WholeNumber("number")
    survivor = unset("merged_into")

    def by_anything(self, rows, name, value):
        """The survivors among the people this user may see, best first."""
        if not says_enough(value):
            raise Problem(400, "search_too_short", "Search for at least three letters or digits.")
        user = self.request.user
        return best_first(rows, SearchEntry.objects.visible_to(user, Patients.allowed_roles).sought(value))

    def by_name(self, rows, name, value):
        """Preferred or legal name."""
        return rows.filter(pk__in=SearchEntry.objects.named(value).values("pk"))


class Patients(Reads):
    """People."""

    model = Patient
    serializer_class = PatientSerializer
    filterset_class = PatientFilters
    told = ()

    def get_queryset(self):
        """Those asked for; nobody when all are, since paging reads everybody from the index of each scope."""
        if self.asks_for_all():
            return Patient.objects.none()
        return super().get_queryset().right() if self.action == "list" else super().get_queryset()

    def asks_for_all(self):
        """Is the whole list asked for, and not those of a filter?"""
        asked = getattr(self.request, "query_params", None)
        return self.action == "list" and asked is not None and set(asked) <= {"limit", "cursor"}

    def paginate_queryset(self, queryset):
        """What was searched for is one page, best first."""
        if self.asks_for_all():
            queryset = self.everybody()
        if "q" not in self.request.query_params:
            return super().paginate_queryset(queryset)
        rows = self.paginator.first_page(queryset, self.request)
        about(self.request, *rows)
        return rows

    def everybody(self):
        """One page more than is shown of all whom this user may see."""
        limit, after = self.paginator.asked(self.request, Patient)
        reached = Access.objects.first_people(self.request.user, self.allowed_roles, after=after, many=limit + 1)
        return Patient.objects.filter(pk__in=reached)


class Accesses(Reads):
    """Who may see whom, and why."""

    model = Access
    serializer_class = AccessSerializer
    allowed_roles = frozenset({Role.PRIVACY, Role.SUPERVISOR})
    filterset_fields = ["patient", "facility", "user", "because"]
    told = ()  # who may see them is no part of what happened

    @classmethod
    def seen_by(cls, user, roles):
        """Grants about the people this user may see."""
        return Access.objects.filter(patient__in=Patient.objects.visible_to(user, roles))


class AccessEventFilters(Filters):
    """About one person."""

    patient = filters.UUIDFilter(method="about_patient", required=True)

    def about_patient(self, rows, name, value):
        """Requests that named this person, when whoever asks may see them."""
        about(self.request, get_object_or_404(Patient.objects.visible_to(self.request.user, OVERSEES), pk=value))
        return rows.filter(patients__contains=[value])


OVERSEES = frozenset({Role.PRIVACY})


class AccessEvents(Reads):
    """Who opened or did what about one person, newest first."""

    model = AccessEvent
    serializer_class = AccessEventSerializer
    allowed_roles = OVERSEES
    filterset_class = AccessEventFilters
    newest_first = True

    @classmethod
    def seen_by(cls, user, roles):
        """All of them; which person is asked about decides."""
        return AccessEvent.objects.all()


class Amend(Verb):
    """patients.actions.amend"""

    noun = Patient
    name, label = "amend", "Correct"
    description = "Correct what is recorded about the person; every earlier state is kept."
    allowed_roles = CARE
    serializer_class = AmendInput

    def act(self, row, data, by):
        """Amend."""
        return actions.amend(row, **data, by=by)


class Merge(Verb):
    """patients.actions.merge"""

    noun = Patient
    name, label = "merge", "Merge into another record"
    description = "Two records are one person: this one points to the other from now on."
    confirm = "Are both records surely the same person?"
    allowed_roles = frozenset({Role.SUPERVISOR})
    serializer_class = MergeInput
    preview_template = "admin/merge_preview.html"
    needs = actions.merge.needs

    @staticmethod
    def preview(row, data):
        """Both records side by side, shown before the button does it."""
        return preview(row, data["into"])

    def act(self, row, data, by):
        """Merge."""
        return actions.merge(row, **data, by=by)


MarkPatientError = mark_error(Patient, people.mark_error, Merge.allowed_roles)
