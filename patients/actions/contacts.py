"""How to reach a person, and what they agreed to."""

from django.db import transaction
from django.utils import timezone

from ..codes import BY_NUMBER
from ..models import ContactPoint, Patient


@transaction.atomic
def add_contact_point(patient, *, by, at=None, scopes=(), wording="", **fields):
    """Write down how to reach a person, and what they agreed it may be used for, in which words."""
    at = at or timezone.now()
    agreed = {"consented_at": at, "consented_by": by, "consent_wording": wording} if scopes else {}
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
def consent(point, *, scopes, by, wording="", at=None):
    """The person agrees, in these words, to be reached here for these purposes; none takes the agreement back."""
    agreed = {"consented_at": at or timezone.now(), "consented_by": by, "consent_wording": wording} if scopes else {}
    nothing = {"consented_at": None, "consented_by": None, "consent_wording": ""}
    return _contact_point(point, scopes=sorted(set(scopes)), **(agreed or nothing))


@transaction.atomic
def revoke(point, *, by, at=None):
    """Never use this again."""
    return _contact_point(point, revoked_at=at or timezone.now(), revoked_by=by)


@transaction.atomic
def mark_broken(point, *, by, at=None, only_here=False):
    """It does not work: nothing more is sent there until it is verified again.

    A number is marked on every row of the person that has it, unless it fails `only_here`: a landline takes no
    texts, and rings. Who must hear of it is a matter of a later app.
    """
    alike = ContactPoint.objects.right().of(point.patient).filter(value=point.value, broken_at=None)
    both = point.channel in BY_NUMBER and not only_here
    alike = alike.filter(channel__in=BY_NUMBER) if both else alike.filter(channel=point.channel)
    for row in alike.order_by("pk").select_for_update(no_key=True, of=("self",)):
        row.broken_at, row.broken_by = at or timezone.now(), by
        row.save(update_fields=["broken_at", "broken_by"])
    point.refresh_from_db()
    return point


@transaction.atomic
def keep_quiet(patient, *, quiet_from, quiet_until, by, at=None):
    """The hours in which the person wants no message, on their own clock; none for the place's alone."""
    patient = Patient.objects.lock(patient.pk)
    patient.quiet_from, patient.quiet_until = quiet_from, quiet_until
    patient.save(update_fields=["quiet_from", "quiet_until"])
    return patient
