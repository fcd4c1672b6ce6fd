"""Writing down what a person takes, deciding about each, and going through all of it after admission."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from duties import actions as duties
from patients.actions import needs
from patients.models import Allergy, Episode, Patient

from ..models import MedicationStatement, Placement, Reconciliation
from ..models.medication import Decision
from .medication_facts import findings_about
from .medication_orders import require_passable

WITHIN = timedelta(hours=24)  # of admission [D]
GOES_ON = (Decision.GO_ON, Decision.CHANGED)


@transaction.atomic
def record_medication(patient, *, facility, by, at=None, **fields):
    """The person takes this, as told by somebody. Raises medication_missing, in_the_future."""
    patient, at = Patient.objects.lock(patient.pk), at or timezone.now()
    return MedicationStatement.objects.create(patient=patient, facility=facility, noted_at=at, noted_by=by, **fields)


def is_right(statement):
    """Raises error_marked."""
    if statement.entered_in_error_at:
        raise ValidationError("This is marked as entered in error.", code="error_marked")


@needs(is_right)
@transaction.atomic
def decide_medication(statement, *, decision, decision_in_words="", by, at=None):
    """A prescriber says what is done about it; said again, the last word holds, and history keeps the others.

    What goes on is asked about like an order: an opioid beside naltrexone is refused here too, and naltrexone beside
    an opioid (domain 6.6); the words are the reason where one is asked for. Raises order_blocked.
    """
    statement, at = MedicationStatement.objects.lock(statement.pk), at or timezone.now()
    decide_medication.require(statement)
    if decision in GOES_ON:
        require_passable(findings_about(statement, at=at), reason=decision_in_words)
    statement.decision, statement.decision_in_words = decision, decision_in_words
    statement.decided_at, statement.decided_by = at, by
    statement.save(update_fields=["decision", "decision_in_words", "decided_at", "decided_by"])
    return statement


def is_going_on(placement):
    """Raises placement_ended."""
    if placement.ended_at or placement.entered_in_error_at:
        raise ValidationError("This placement has ended.", code="placement_ended")


def allergies_were_asked(placement):
    """Raises allergies_not_asked: one known, or that none is."""
    if not Allergy.objects.of(placement.patient).active().exists():
        raise ValidationError(
            "Ask about allergies first: record them, or that none is known.", code="allergies_not_asked"
        )


def all_are_decided(placement):
    """Raises medication_undecided, with the list."""
    waiting = list(MedicationStatement.objects.of(placement.patient).undecided())
    if waiting:
        names = ", ".join(str(one) for one in waiting)
        raise ValidationError(f"Nothing was decided yet about: {names}.", code="medication_undecided")


@needs(is_going_on, allergies_were_asked, all_are_decided)
@transaction.atomic
def reconcile(placement, *, takes_nothing=False, note="", by, at=None):
    """Allergies and medication were gone through; what was owed about it is done.

    Raises placement_ended, allergies_not_asked, medication_undecided, medication_not_asked, medication_known.
    """
    Episode.objects.lock(placement.episode_id)
    placement = Placement.objects.select_related("patient", "facility", "reconcile_duty").lock(placement.pk)
    reconcile.require(placement)
    told = MedicationStatement.objects.of(placement.patient)
    if takes_nothing and told.current().exists():
        raise ValidationError("Medication is written down that goes on.", code="medication_known")
    if not takes_nothing and not told.right().exists():
        raise ValidationError(
            "Write down what the person takes, or that they take nothing.", code="medication_not_asked"
        )
    at = at or timezone.now()
    if placement.reconciliation_is_owed():
        duties.resolve(placement.reconcile_duty, by=by, at=at, reason="gone through")
    return Reconciliation.objects.create(
        patient=placement.patient,
        facility=placement.facility,
        placement=placement,
        takes_nothing=takes_nothing,
        note=note,
        reconciled_at=at,
        reconciled_by=by,
    )
