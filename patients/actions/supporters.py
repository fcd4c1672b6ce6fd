"""Who is around the person, and what they may know."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from ..models import Supporter
from .needs import needs

NOTHING = {"may_know": [], "may_know_words": "", "permission_given_at": None, "permission_given_by": None}


@transaction.atomic
def add_supporter(patient, *, by, at=None, **fields):
    """Write down somebody around the person. They may know nothing until the person permits it in writing."""
    return Supporter.objects.create(patient=patient, **fields)


def _change(supporter, **changes):
    for field, value in changes.items():
        setattr(supporter, field, value)
    supporter.save(update_fields=list(changes))
    return supporter


@transaction.atomic
def amend_supporter(supporter, *, by, at=None, **fields):
    """Correct name, relation or how they are reached."""
    return _change(Supporter.objects.lock(supporter.pk), **fields)


def may_be_contacted(supporter):
    """Raises contact_forbidden."""
    if supporter.do_not_contact_at:
        raise ValidationError(
            "Contact with this supporter is forbidden. Allow it first, if the person wants it.",
            code="contact_forbidden",
        )


def is_permitted(supporter):
    """Raises permission_missing."""
    if supporter.permission_given_at is None:
        raise ValidationError("There is no permission to take back.", code="permission_missing")


def is_forbidden(supporter):
    """Raises contact_allowed."""
    if supporter.do_not_contact_at is None:
        raise ValidationError("Contact is not forbidden.", code="contact_allowed")


@needs(may_be_contacted)
@transaction.atomic
def permit(supporter, *, may_know, may_know_words="", by, at=None):
    """The person permitted it in writing: this is what the supporter may know. Raises contact_forbidden."""
    supporter = Supporter.objects.lock(supporter.pk)
    permit.require(supporter)
    if not may_know:
        raise ValidationError("Say what the supporter may know.", code="nothing_permitted")
    return _change(
        supporter,
        may_know=sorted(set(may_know)),
        may_know_words=may_know_words,
        permission_given_at=at or timezone.now(),
        permission_given_by=by,
    )


@needs(is_permitted)
@transaction.atomic
def withdraw_permission(supporter, *, by, at=None):
    """The person takes it back: from now on the supporter may know nothing. Raises permission_missing."""
    supporter = Supporter.objects.lock(supporter.pk)
    withdraw_permission.require(supporter)
    return _change(supporter, **NOTHING)


@needs(may_be_contacted)
@transaction.atomic
def forbid_contact(supporter, *, reason, by, at=None):
    """This supporter may be a danger to the person: nobody contacts them, and what was permitted ends with it.

    Raises contact_forbidden when it is so already.
    """
    supporter = Supporter.objects.lock(supporter.pk)
    forbid_contact.require(supporter)
    ban = {"do_not_contact_at": at or timezone.now(), "do_not_contact_by": by, "do_not_contact_reason": reason}
    return _change(supporter, **NOTHING, **ban)


@needs(is_forbidden)
@transaction.atomic
def allow_contact(supporter, *, by, at=None):
    """The person wants contact again. What the supporter may know has to be permitted anew.

    Raises contact_allowed.
    """
    supporter = Supporter.objects.lock(supporter.pk)
    allow_contact.require(supporter)
    return _change(supporter, do_not_contact_at=None, do_not_contact_by=None, do_not_contact_reason="")
