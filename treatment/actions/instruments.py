"""Loading an instrument by a site that has the permission to use it, and recording that permission anew."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from patients.actions import needs

from ..models import Instrument, InstrumentPermission
from .instrument_files import read


@transaction.atomic
def load_instrument(content, *, given_by, reference, given_on, valid_until=None, by, at=None):
    """Publish an instrument from a file, with the permission to use it; everybody here may use it from now on.

    `content` is the file's bytes. Raises what `instrument_files.read` raises; shipped_with_the_system,
    edition_not_newer, permission_expired, permission_not_begun, permission_reversed.
    """
    at = at or timezone.now()
    entry = read(content)
    before = Instrument.objects.filter(slug=entry["slug"]).order_by("-edition").first()
    if before is not None and before.loaded_at is None:
        raise ValidationError(
            "“%(slug)s” is delivered with the system. Give yours another slug.",
            code="shipped_with_the_system",
            params={"slug": entry["slug"]},
        )
    if before is not None and entry["edition"] <= before.edition:
        raise ValidationError(
            "Edition %(edition)s is in use already. Give the next one a higher number.",
            code="edition_not_newer",
            params={"edition": before.edition},
        )
    instrument = Instrument.objects.create(**entry, loaded_at=at, loaded_by=by)
    said = {"given_by": given_by, "reference": reference, "given_on": given_on, "valid_until": valid_until}
    _permit(instrument, **said, by=by, at=at)
    return instrument


def was_loaded(instrument):
    """Raise no_permission_needed for what is delivered with the system."""
    if instrument.loaded_at is None:
        raise ValidationError(
            "This is delivered with the system and needs no permission.", code="no_permission_needed"
        )


@needs(was_loaded)
@transaction.atomic
def record_permission(instrument, *, given_by, reference, given_on, valid_until=None, by, at=None):
    """Permission was given anew, or ends earlier: the last word counts.

    Raises no_permission_needed, permission_not_begun, permission_reversed.
    """
    instrument = Instrument.objects.lock(instrument.pk)
    record_permission.require(instrument)
    said = {"given_by": given_by, "reference": reference, "given_on": given_on, "valid_until": valid_until}
    return _permit(instrument, **said, by=by, at=at or timezone.now(), may_have_ended=True)


def _permit(instrument, *, by, at, may_have_ended=False, **said):
    today = timezone.localdate(at)
    if said["given_on"] > today:
        raise ValidationError("This permission has not been given yet.", code="permission_not_begun")
    if said["valid_until"] and said["valid_until"] < said["given_on"]:
        raise ValidationError("A permission ends after the day it was given.", code="permission_reversed")
    if said["valid_until"] and said["valid_until"] < today and not may_have_ended:
        raise ValidationError("This permission has ended already.", code="permission_expired")
    return InstrumentPermission.objects.create(instrument=instrument, recorded_at=at, recorded_by=by, **said)
