"""What somebody without a license signed, a licensed supervisor signs too, or returns with a comment."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone

from accounts.models import Membership, Role
from duties import actions as duties
from patients.actions import needs

from ..models import SessionNote
from ..models.sessions import WRITES

COSIGN_WITHIN = timedelta(hours=72)  # [D]
ADD_WITHIN = timedelta(hours=48)  # [D]


def local_day(facility, at):
    """The day it is at a place."""
    return at.astimezone(facility.tz()).date()


def owed_for(notes, *, facility, by, at):
    """A duty to co-sign for each of these notes, not saved there yet; none when who signs them is licensed here.

    Owed by the supervisor who is named for the author, else by whoever is a supervisor at the place.
    """
    if by.is_licensed_at(facility, local_day(facility, at)):
        return [None] * len(notes)
    asked = {
        "slug": "cosign_note",
        "facility": facility,
        "owner": _supervisor_of(by, facility),
        "owner_role": Role.SUPERVISOR,
        "due_at": at + COSIGN_WITHIN,
        "note": f"written by {by}",
    }
    prefetch_related_objects(notes, "session__patient", "session__episode")
    people = [{"patient": note.session.patient, "episode": note.session.episode} for note in notes]
    return duties.open_all([{**asked, **who} for who in people], by=by, at=at)


def _supervisor_of(author, facility):
    """The supervisor who is named for somebody, while they are one there."""
    post = next((one for one in author.posts if one.facility_id == facility.pk and one.supervisor_id), None)
    held = (
        post
        and Membership.objects.active()
        .filter(user=post.supervisor_id, facility=facility, role=Role.SUPERVISOR)
        .select_related("user")
        .first()
    )
    return held.user if held else None


def waits_for_cosignature(note):
    """Raises error_marked, note_not_signed, note_cosigned, addendum_awaited or nothing_to_cosign."""
    if note.entered_in_error_at:
        raise ValidationError("This note is marked as entered in error.", code="error_marked")
    if note.signed_at is None:
        raise ValidationError("Its author has not signed this note yet.", code="note_not_signed")
    if note.cosigned_at:
        raise ValidationError(SessionNote.refusals["a_cosigned_note_never_changes"][1], code="note_cosigned")
    if note.addendum_duty is not None and note.addendum_duty.is_open():
        raise ValidationError("This note was returned: its author adds to it first.", code="addendum_awaited")
    if note.cosign_duty is None:
        raise ValidationError("Its author is licensed: nobody needs to co-sign.", code="nothing_to_cosign")


def may_cosign(note, by, at):
    """Raises cosigned_by_author or not_licensed: a licensed supervisor of the place, and never the author."""
    if by.pk in {note.signed_by_id, note.drafted_by_id, note.adopted_by_id}:
        raise ValidationError("A note is co-signed by somebody else than its author.", code="cosigned_by_author")
    licensed = by.is_licensed_at(note.facility, local_day(note.facility, at))
    if not (licensed and by.is_at(note.facility, [Role.SUPERVISOR])):
        raise ValidationError(
            "Only a supervisor of this place whose license is in force co-signs.", code="not_licensed"
        )


@needs(waits_for_cosignature)
@transaction.atomic
def cosign(note, *, by, at=None):
    """A licensed supervisor signs too. Raises what `waits_for_cosignature` and `may_cosign` do."""
    note = _locked(note)
    at = at or timezone.now()
    waits_for_cosignature(note)
    may_cosign(note, by, at)
    note.cosigned_at, note.cosigned_by = at, by
    note.save(update_fields=["cosigned_at", "cosigned_by"])
    if note.cosign_duty.is_open():
        duties.resolve(note.cosign_duty, by=by, at=at, reason="co-signed")
    note.refresh_from_db()
    return note


@needs(waits_for_cosignature)
@transaction.atomic
def return_note(note, *, comment, by, at=None):
    """Return a note with what is missing: its author owes an addendum, and then it comes back.

    What was signed stays as it is. Raises what `waits_for_cosignature` and `may_cosign` do.
    """
    note = _locked(note)
    at = at or timezone.now()
    waits_for_cosignature(note)
    may_cosign(note, by, at)
    if note.cosign_duty.is_open():
        duties.resolve(note.cosign_duty, by=by, at=at, reason="returned with a comment")
    note.returned_at, note.returned_by, note.returned_comment = at, by, comment
    note.addendum_duty = duties.open(
        "returned_note",
        facility=note.facility,
        patient=note.session.patient,
        episode=note.session.episode,
        owner=note.signed_by if note.signed_by.is_at(note.facility, [Role.COUNSELOR]) else None,
        owner_role=Role.COUNSELOR,
        due_at=at + ADD_WITHIN,
        note=comment,
        by=by,
        at=at,
    )
    note.save(update_fields=["returned_at", "returned_by", "returned_comment", "addendum_duty"])
    note.refresh_from_db()
    return note


def answered(note, *, by, at):
    """What its author added to a locked note that was returned owes it a co-signature again.

    Once its author has left the place, so does what anybody adds in their stead.
    """
    if note.addendum_duty is None or not note.addendum_duty.is_open():
        return
    if by.pk != note.signed_by_id and note.signed_by.is_at(note.facility, WRITES):
        return
    duties.resolve(note.addendum_duty, by=by, at=at, reason="added to")
    note.cosign_duty = duties.open(
        "cosign_note",
        facility=note.facility,
        patient=note.session.patient,
        episode=note.session.episode,
        owner=note.returned_by if note.returned_by.is_at(note.facility, [Role.SUPERVISOR]) else None,
        owner_role=Role.SUPERVISOR,
        due_at=at + COSIGN_WITHIN,
        note=f"added to by {by}",
        by=by,
        at=at,
    )
    note.save(update_fields=["cosign_duty"])


def drop(note, *, by, at):
    """Nothing more is owed about a note that is marked as entered in error."""
    for duty in (note.cosign_duty, note.addendum_duty):
        if duty is not None and duty.is_open():
            duties.cancel(duty, by=by, at=at, reason="entered in error")


def _locked(note):
    along = ("facility", "session__patient", "session__episode", "signed_by", "returned_by")
    return SessionNote.objects.select_related(*along).lock(note.pk)
