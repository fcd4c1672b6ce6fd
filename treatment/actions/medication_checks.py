"""Writing down what was asked or tested before a medication."""

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from duties import actions as duties
from patients.models import Patient

from ..medication_safety.naltrexone import liver_due_after
from ..models import CheckKind, MedicationCheck, MedicationOrder
from .uses import open_episode


def _began(order):
    """When the person began to take what is in it, by this order or one before."""
    same = MedicationOrder.objects.right().filter(
        episode=order.episode_id, medication__ingredients__overlap=order.medication.ingredients
    )
    return same.aggregate(first=Min("starts_at"))["first"]


@transaction.atomic
def record_check(patient, *, facility, by, at=None, **fields):
    """Somebody asked or tested. Liver values that were owed are owed again later, while the order goes on.

    Raises finding_missing.
    """
    patient, at = Patient.objects.lock(patient.pk), at or timezone.now()
    found = MedicationCheck.objects.create(patient=patient, facility=facility, checked_at=at, checked_by=by, **fields)
    if found.kind == CheckKind.LIVER:
        open_episode(patient)
        watched = MedicationOrder.objects.right().of(patient).filter(monitoring_duty__opened_at__isnull=False)
        watched = (
            watched.filter(monitoring_duty__closed_at=None)
            .select_related("monitoring_duty", "medication")
            .order_by("pk")
        )
        for order in watched.select_for_update(no_key=True, of=("self",)):
            if order.ended_at:
                duties.resolve(order.monitoring_duty, by=by, at=at, reason=str(found))
                continue
            due_at = liver_due_after(_began(order), max(at, order.monitoring_duty.due_at))
            order.monitoring_duty = duties.renew(order.monitoring_duty, due_at=due_at, by=by, at=at, note=str(found))
            order.save(update_fields=["monitoring_duty"])
    return found
