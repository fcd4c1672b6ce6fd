"""People around people."""

from accounts.models import CARE

from .. import actions
from ..models import Patient, Supporter
from ..serializers import AmendSupporterInput, PermitInput, ReasonInput, SupporterInput, SupporterSerializer
from .bases import Reads, Verb
from .errors import mark_error
from .pages import Filters, unset
from .told import Told


class SupporterFilters(Filters):
    """May they be contacted?"""

    contact_allowed = unset("do_not_contact_at")

    class Meta:
        model = Supporter
        fields = ["patient", "kind"]


class Supporters(Reads):
    """People around people."""

    model = Supporter
    serializer_class = SupporterSerializer
    filterset_class = SupporterFilters
    told = (
        Told("supporters", "{name} may know", "{may_know}", at="permission_given_at", by="permission_given_by"),
        Told("supporters", "do not contact {name}", at="do_not_contact_at", by="do_not_contact_by"),
    )


class AddSupporter(Verb):
    """patients.actions.add_supporter"""

    noun, answer = Patient, Supporter
    name, label = "add-supporter", "Add a supporter"
    description = "Somebody around the person. They may know nothing until the person permits it in writing."
    allowed_roles = CARE
    serializer_class = SupporterInput

    def act(self, row, data, by):
        """Add."""
        return actions.add_supporter(row, **data, by=by)


class AmendSupporter(Verb):
    """patients.actions.amend_supporter"""

    noun = Supporter
    name, label = "amend", "Correct"
    description = "Correct name, relation or how they are reached; every earlier state is kept."
    allowed_roles = CARE
    serializer_class = AmendSupporterInput

    def act(self, row, data, by):
        """Amend."""
        return actions.amend_supporter(row, **data, by=by)


class Permit(Verb):
    """patients.actions.permit"""

    noun = Supporter
    name, label = "permit", "The person permits"
    description = "What the supporter may know, as the person permitted in writing."
    allowed_roles = CARE
    serializer_class = PermitInput
    needs = actions.permit.needs

    def act(self, row, data, by):
        """Permit."""
        return actions.permit(row, **data, by=by)


class WithdrawPermission(Verb):
    """patients.actions.withdraw_permission"""

    noun = Supporter
    name, label = "withdraw-permission", "The person takes it back"
    description = "From now on this supporter may know nothing, not even that the person is here."
    allowed_roles = CARE
    needs = actions.withdraw_permission.needs

    def act(self, row, data, by):
        """Withdraw."""
        return actions.withdraw_permission(row, **data, by=by)


class ForbidContact(Verb):
    """patients.actions.forbid_contact"""

    noun = Supporter
    name, label = "forbid-contact", "Do not contact"
    description = "This supporter may be a danger to the person: nobody contacts them or tells them anything."
    allowed_roles = CARE
    serializer_class = ReasonInput
    needs = actions.forbid_contact.needs

    def act(self, row, data, by):
        """Forbid."""
        return actions.forbid_contact(row, **data, by=by)


class AllowContact(Verb):
    """patients.actions.allow_contact"""

    noun = Supporter
    name, label = "allow-contact", "Contact is allowed again"
    description = "The person wants contact again. What the supporter may know has to be permitted anew."
    confirm = "Did the person say so themselves, alone with you?"
    allowed_roles = CARE
    needs = actions.allow_contact.needs

    def act(self, row, data, by):
        """Allow."""
        return actions.allow_contact(row, **data, by=by)


MarkSupporterError = mark_error(Supporter)
