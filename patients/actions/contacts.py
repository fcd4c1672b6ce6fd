"""How to reach a person, and what they agreed to."""

from django.db import transaction
from django.utils import timezone

from ..models import ContactPoint


@transaction.atomic
def add_contact_point(patient, *, by, at=None, scopes=(), **fields):
    """Write down how to reach a person, and what they agreed it may be used for."""
    at = at or timezone.now()
    agreed = {"consented_at": at, "consented_by": by} if scopes else {}
    return ContactPoint.objects.create(patient=patient, scopes=sorted(set(scopes)), **agreed, **fields)


def _contact_point(point, **changes):
    point = ContactPoint.objects.lock(point.pk)
    for field, value in changes.items():
        setattr(point, field, value)
    point.save(update_fields=list(changes))
    return point


@transaction.atomic
def verify(point, *, how="", by, at=None):
    """It was tried, and the person answered. A number that works again is no longer broken."""
    return _contact_point(
        point,
        verified_at=at or timezone.now(),
        verified_by=by,
        verified_how=how,
        broken_at=None,
        broken_by=None,
    )


@transaction.atomic
def amend_contact_point(point, *, by, at=None, **fields):
    """Correct when and how it is best used; another address or number is another row."""
    return _contact_point(point, **fields) if fields else point


@transaction.atomic
def consent(point, *, scopes, by, at=None):
    """The person agrees to be reached here for these purposes; none takes the agreement back."""
    agreed = {"consented_at": at or timezone.now(), "consented_by": by} if scopes else {}
    nothing = {"consented_at": None, "consented_by": None}
    return _contact_point(point, scopes=sorted(set(scopes)), **(agreed or nothing))


@transaction.atomic
def revoke(point, *, by, at=None):
    """Never use this again."""
    return _contact_point(point, revoked_at=at or timezone.now(), revoked_by=by)


@transaction.atomic
def mark_broken(point, *, by, at=None):
    """It does not work: nothing more is sent there until it is verified again."""
    return _contact_point(point, broken_at=at or timezone.now(), broken_by=by)
