"""Ways to reach people."""

from django_filters import rest_framework as filters

from accounts.models import CARE

from .. import actions
from ..models import ContactPoint, Patient
from ..serializers import (
    AmendContactPointInput,
    ConsentInput,
    ContactPointInput,
    ContactPointSerializer,
    QuietInput,
    VerifyInput,
)
from .bases import Reads, Verb
from .errors import mark_error
from .pages import Filters
from .told import Told


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
        Told("contact", "{channel} works", "{verified_how}", at="verified_at", by="verified_by"),
        Told("contact", "{channel} does not work", at="broken_at", by="broken_by"),
        Told("contact", "{channel} not to be used again", at="revoked_at", by="revoked_by"),
    )


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


class AmendContactPoint(Verb):
    """patients.actions.amend_contact_point"""

    noun = ContactPoint
    name, label = "amend", "Correct"
    description = "Correct when and how it is best used; another address or number is added instead."
    allowed_roles = CARE
    serializer_class = AmendContactPointInput

    def act(self, row, data, by):
        """Amend."""
        return actions.amend_contact_point(row, **data, by=by)


class Verify(Verb):
    """patients.actions.verify"""

    noun = ContactPoint
    name, label = "verify", "It works"
    description = "It was tried, and the person answered."
    allowed_roles = CARE
    serializer_class = VerifyInput

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


class KeepQuiet(Verb):
    """patients.actions.keep_quiet"""

    noun = Patient
    name, label = "keep-quiet", "Hours without messages"
    description = "When the person wants no message, on their own clock, beside what is quiet for everybody."
    allowed_roles = CARE
    serializer_class = QuietInput

    def act(self, row, data, by):
        """Keep quiet."""
        return actions.keep_quiet(row, **data, by=by)


MarkContactPointError = mark_error(ContactPoint)
