"""Counting what a person brought: by one, again by another, and what becomes of a difference."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from accounts.models import Role
from duties import actions as duties
from patients import actions as patients
from patients.actions import needs
from patients.models import Patient

from ..models import Administration, MedicationCount, MedicationStatement
from .medication import is_right
from .uses import open_episode

ANSWER_WITHIN = timedelta(hours=4)  # [D]


def expected(statement, at):
    """What should be there: the last count two people made, or what was brought, less what was given since."""
    before = statement.counts.confirmed().filter(counted_at__lte=at).order_by("-counted_at", "-pk").first()
    if before is None and statement.brought is None:
        return None
    begin, since = (before.counted, before.counted_at) if before else (statement.brought, statement.noted_at)
    taken = Administration.objects.handed_out().filter(
        order__supply=statement, administered_at__gt=since, administered_at__lte=at
    )
    return begin - (taken.aggregate(units=Sum("order__units_each"))["units"] or 0)


@needs(is_right)
@transaction.atomic
def count(statement, *, counted, note="", by, at=None):
    """Somebody counted; somebody else counts again."""
    Patient.objects.lock(statement.patient_id)
    statement, at = MedicationStatement.objects.select_related("facility").lock(statement.pk), at or timezone.now()
    count.require(statement)
    return MedicationCount.objects.create(
        patient_id=statement.patient_id,
        facility=statement.facility,
        statement=statement,
        expected=expected(statement, at),
        counted=counted,
        counted_at=at,
        counted_by=by,
        note=note,
    )


def waits_for_a_second(counted):
    """Raises counted_twice."""
    if counted.entered_in_error_at or counted.confirmed_at:
        raise ValidationError("Two people counted this already.", code="counted_twice")


@needs(waits_for_a_second)
@transaction.atomic
def confirm_count(row, *, counted, by, at=None):
    """A second person counted; a difference is owed an answer by a supervisor. Raises counted_twice, same_person."""
    Patient.objects.lock(row.patient_id)
    row, at = (
        MedicationCount.objects.select_related("facility", "patient", "statement").lock(row.pk),
        at or timezone.now(),
    )
    confirm_count.require(row)
    if row.counted_by_id == by.pk:
        raise ValidationError("Somebody else counts again.", code="same_person")
    row.confirmed, row.confirmed_at, row.confirmed_by = counted, at, by
    if row.differs():
        said = f"{row.statement}: {row.counted:f} and {counted:f} counted, {row.expected or 0:f} expected"
        row.duty = duties.open(
            "count_discrepancy",
            facility=row.facility,
            patient=row.patient,
            episode=open_episode(row.patient),
            owner_role=Role.SUPERVISOR,
            due_at=at + ANSWER_WITHIN,
            note=said,
            by=by,
            at=at,
        )
    row.save()
    row.refresh_from_db()
    return row


def is_unsettled(row):
    """Raises nothing_to_settle."""
    if row.entered_in_error_at or row.duty_id is None or row.settled_at:
        raise ValidationError("There is no difference to settle here.", code="nothing_to_settle")


@needs(is_unsettled)
@transaction.atomic
def settle_count(row, *, reason, by, at=None):
    """A supervisor says what became of the difference. Raises nothing_to_settle."""
    Patient.objects.lock(row.patient_id)
    row, at = MedicationCount.objects.select_related("duty").lock(row.pk), at or timezone.now()
    settle_count.require(row)
    row.settled_at, row.settled_by, row.settled_reason = at, by, reason
    row.save(update_fields=["settled_at", "settled_by", "settled_reason"])
    if row.duty.is_open():
        duties.resolve(row.duty, by=by, at=at, reason=reason)
    row.refresh_from_db()
    return row


@transaction.atomic
def mark_error(row, *, reason, by, at=None):
    """Nobody counted this; what it called for is not owed."""
    Patient.objects.lock(row.patient_id)
    row = patients.mark_error(row, reason=reason, by=by, at=at)
    if row.duty and row.duty.is_open():
        duties.cancel(row.duty, by=by, at=at, reason="entered in error")
    return row
