"""The person and their thread: opening an episode, contact points, use, mistakes, duplicates."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from .models import Access, Because, ContactPoint, Episode, Patient, Stage, SubstanceUse


@transaction.atomic
def register(*, preferred_name, facility, because, at, **fields):
    """A new person, seen from this facility."""
    patient = Patient.objects.create(preferred_name=preferred_name.strip(), **fields)
    Access.grant(patient, because=because, at=at, facility=facility)
    return patient


@transaction.atomic
def amend(patient, *, by, **fields):
    """Correct what is recorded about a person; every earlier state stays in the history."""
    patient = Patient.objects.lock(patient.pk)
    for field, value in fields.items():
        setattr(patient, field, value)
    patient.full_clean(exclude=["id"], validate_constraints=False)
    patient.save(update_fields=list(fields))
    return patient


@transaction.atomic
def begin_episode(patient, *, facility, entry, by, at, because=Because.REFERRAL, id=None):
    """Begin a thread of care at “referred”. The caller opens what is owed first, in the same transaction."""
    patient = Patient.objects.lock_survivor(patient.pk)
    if patient.is_reported_dead():
        raise ValidationError("This person's death has been reported.", code="death_reported")
    previous = Episode.objects.right().filter(patient__in=patient.records()).open_first().first()
    # The constraint sees one record; an open thread may be on one merged into it.
    if previous and previous.closed_at is None and previous.patient_id != patient.pk:
        raise ValidationError("This person already has an open episode.", code="episode_open")
    episode = Episode(
        patient=patient,
        facility=facility,
        entry=entry,
        stage=Stage.REFERRED,
        stage_at=at,
        stage_by=by,
        opened_at=at,
        opened_by=by,
        previous=previous,
    )
    if id:
        episode.id = id
    episode.save(force_insert=True)
    Access.grant(patient, because=because, at=at, facility=facility)
    return episode


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
def verify(point, *, by, at=None):
    """It was tried, and the person answered. A number that works again is no longer broken."""
    return _contact_point(point, verified_at=at or timezone.now(), verified_by=by, broken_at=None, broken_by=None)


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


@transaction.atomic
def record_use(patient, *, facility, by, at=None, **fields):
    """What the person uses, as told by somebody at a time."""
    use = SubstanceUse(patient=patient, facility=facility, noted_at=at or timezone.now(), noted_by=by, **fields)
    use.save(force_insert=True)
    return use


@transaction.atomic
def mark_error(row, *, reason, by, at=None):
    """Mark a row as entered in error: it stays readable, and counts for nothing from now on."""
    row = type(row).objects.lock(row.pk)
    if row.entered_in_error_at:
        raise ValidationError("This is marked as entered in error already.", code="error_marked")
    row.entered_in_error_at, row.entered_in_error_by = at or timezone.now(), by
    row.entered_in_error_reason = reason
    row.save(update_fields=["entered_in_error_at", "entered_in_error_by", "entered_in_error_reason"])
    return row


@transaction.atomic
def merge(patient, *, into, by, at=None):
    """Two records are one person: this one points to the other. Rows stay where they were written."""
    at = at or timezone.now()
    first, second = sorted([patient.pk, into.pk])
    locked = {pk: Patient.objects.lock(pk) for pk in dict.fromkeys([first, second])}
    patient, into = locked[patient.pk], locked[into.pk]
    if patient.merged_into_id or into.merged_into_id:
        raise ValidationError("One of these records is merged already.", code="merged_already")
    open_here, open_there = (
        Episode.objects.open().filter(patient__in=person.records()).exists() for person in (patient, into)
    )
    if patient.pk != into.pk and open_here and open_there:
        raise ValidationError(
            "Both records have an open episode. Close one of them first.", code="both_episodes_open"
        )
    patient.merged_into = into
    patient.save(update_fields=["merged_into"])
    patient.duplicates.update(merged_into=into)
    # Whoever could see one of them sees both from now on.
    for access in list(Access.objects.current(at).filter(patient__in=[patient, into])):
        Access.grant(
            into,
            because=Because.MERGE,
            at=at,
            facility=access.facility,
            user=access.user,
            until=access.until_at,
        )
    return into
