"""The person: how to reach them, what they use, who may see them, and who did."""

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django_filters import rest_framework as filters

from accounts.models import CARE, Role
from audit.models import AccessEvent

from .. import actions
from ..models import Access, ContactPoint, Patient, SubstanceUse
from ..serializers import (
    AccessEventSerializer,
    AccessSerializer,
    AmendInput,
    ConsentInput,
    ContactPointInput,
    ContactPointSerializer,
    MergeInput,
    PatientSerializer,
    ReasonInput,
    RecordUseInput,
    SubstanceUseSerializer,
)
from .bases import Reads, Verb, about
from .pages import Filters, unset
from .told import Told


class PatientFilters(Filters):
    """By name, three letters at least; without the records merged into another."""

    name = filters.CharFilter(method="by_name", min_length=3, max_length=100)
    survivor = unset("merged_into")

    def by_name(self, rows, name, value):
        """Preferred or legal name."""
        return rows.filter(Q(preferred_name__icontains=value) | Q(legal_name__icontains=value))


class Patients(Reads):
    """People."""

    model = Patient
    serializer_class = PatientSerializer
    filterset_class = PatientFilters
    told = ()


class ContactPointFilters(Filters):
    """Of a person, still good?"""

    revoked = filters.BooleanFilter("revoked_at", lookup_expr="isnull", exclude=True)

    class Meta:
        model = ContactPoint
        fields = ["patient", "channel"]


class ContactPoints(Reads):
    """Ways to reach people."""

    model = ContactPoint
    serializer_class = ContactPointSerializer
    filterset_class = ContactPointFilters
    told = (
        Told("contact", "{channel} agreed to", "{scopes}", at="consented_at", by="consented_by"),
        Told("contact", "{channel} works", at="verified_at", by="verified_by"),
        Told("contact", "{channel} does not work", at="broken_at", by="broken_by"),
        Told("contact", "{channel} not to be used again", at="revoked_at", by="revoked_by"),
    )


class SubstanceUses(Reads):
    """What people use."""

    model = SubstanceUse
    serializer_class = SubstanceUseSerializer
    filterset_fields = ["patient", "facility", "substance"]
    told = (Told("use", "Uses {substance}", "{frequency}", "told by {source}", at="noted_at", by="noted_by"),)


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

    def act(self, row, data, by):
        """Merge."""
        return actions.merge(row, **data, by=by)


class AddContactPoint(Verb):
    """patients.actions.add_contact_point"""

    noun, answer = Patient, ContactPoint
    name, label = "add-contact-point", "Add a way to reach them"
    description = "Write down how to reach the person, and what they agreed it may be used for."
    allowed_roles = CARE
    serializer_class = ContactPointInput

    def act(self, row, data, by):
        """Add."""
        return actions.add_contact_point(row, **data, by=by)


class RecordUse(Verb):
    """patients.actions.record_use"""

    noun, answer = Patient, SubstanceUse
    name, label = "record-use", "Record what they use"
    description = "What the person uses, as told by somebody at a time."
    allowed_roles = CARE
    serializer_class = RecordUseInput

    def act(self, row, data, by):
        """Record."""
        return actions.record_use(row, **data, by=by)


class Verify(Verb):
    """patients.actions.verify"""

    noun = ContactPoint
    name, label = "verify", "It works"
    description = "It was tried, and the person answered."
    allowed_roles = CARE

    def act(self, row, data, by):
        """Verify."""
        return actions.verify(row, **data, by=by)


class AgreeTo(Verb):
    """patients.actions.consent"""

    noun = ContactPoint
    name, label = "consent", "Agreed uses"
    description = "What the person agrees to be reached about here; nothing takes the agreement back."
    allowed_roles = CARE
    serializer_class = ConsentInput

    def act(self, row, data, by):
        """Consent."""
        return actions.consent(row, **data, by=by)


class Revoke(Verb):
    """patients.actions.revoke"""

    noun = ContactPoint
    name, label = "revoke", "Never use this again"
    description = "The person does not want to be reached here any more."
    confirm = "Nothing will be sent here again. Go on?"
    allowed_roles = CARE

    def act(self, row, data, by):
        """Revoke."""
        return actions.revoke(row, **data, by=by)


class MarkBroken(Verb):
    """patients.actions.mark_broken"""

    noun = ContactPoint
    name, label = "mark-broken", "It does not work"
    description = "Nothing more is sent there until it is verified again."
    allowed_roles = CARE

    def act(self, row, data, by):
        """Mark."""
        return actions.mark_broken(row, **data, by=by)


def mark_error(model):
    """The verb that marks a row of this model as entered in error."""
    attributes = {
        "__doc__": "patients.actions.mark_error",
        "noun": model,
        "name": "mark-error",
        "label": "Entered in error",
        "description": "Mark it as a mistake: it stays readable, and counts for nothing from now on.",
        "confirm": "This cannot be taken back. Mark it as entered in error?",
        "allowed_roles": CARE,
        "serializer_class": ReasonInput,
        "act": lambda self, row, data, by: actions.mark_error(row, **data, by=by),
    }
    return type(f"Mark{model.__name__}Error", (Verb,), attributes)


MarkContactPointError = mark_error(ContactPoint)
MarkSubstanceUseError = mark_error(SubstanceUse)
