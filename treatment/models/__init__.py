"""From the stabilizing unit to discharge, one file a noun."""

from .absences import Absence, AbsenceKind
from .assault import AssaultReader, AssaultScreen
from .assessments import Assessment
from .beds import Bed, BedBlock, BedStay, Unit
from .bladder import BladderEntry
from .clearances import Checklist, Clearance
from .conversations import Conversation, ConversationOutcome
from .departures import Departure, DepartureKind, DepartureOutcome
from .discharges import Discharge, DischargeProposal, DischargeReason, ProposalOutcome
from .doses import Administration, Dose, DoseOutcome
from .education import EducationGiven, EducationText
from .groups import GroupSession
from .handovers import Handover
from .holds import BedHold, HoldOutcome
from .instruments import Instrument, Severity
from .intakes import ConsentBasis, Intake
from .ketamine import MoodReview, PrescribedKetamine, PrescriberContact
from .legal import LegalKind, LegalStatus
from .medication import MedicationStatement, Reconciliation
from .medication_checks import CheckKind, MedicationCheck
from .medication_counts import MedicationCount
from .medication_orders import MedicationOrder, OrderState, StopBecause
from .medications import Medication
from .observations import EmergencyWarning, Observation, ObservationOrder
from .placements import Placement, Program
from .restrictions import BedRestriction
from .safety import Danger, Settled, SuicideScreen
from .sessions import Addendum, Session, SessionNote
from .transfers import Transfer, TransferKind, TransferOutcome
from .uses import HarmReductionOffer, MedicationOffer, WithdrawalReview
from .waiting import Offer, OfferOutcome, WaitListEntry
from .worries import Worry

__all__ = [
    "Absence",
    "AbsenceKind",
    "Addendum",
    "Administration",
    "AssaultReader",
    "AssaultScreen",
    "Assessment",
    "Bed",
    "BedBlock",
    "BedHold",
    "BedRestriction",
    "BedStay",
    "BladderEntry",
    "CheckKind",
    "Checklist",
    "Clearance",
    "ConsentBasis",
    "Conversation",
    "ConversationOutcome",
    "Danger",
    "Departure",
    "DepartureKind",
    "DepartureOutcome",
    "Discharge",
    "DischargeProposal",
    "DischargeReason",
    "Dose",
    "DoseOutcome",
    "EducationGiven",
    "EducationText",
    "EmergencyWarning",
    "GroupSession",
    "Handover",
    "HarmReductionOffer",
    "HoldOutcome",
    "Instrument",
    "Intake",
    "LegalKind",
    "LegalStatus",
    "Medication",
    "MedicationCheck",
    "MedicationCount",
    "MedicationOffer",
    "MedicationOrder",
    "MedicationStatement",
    "MoodReview",
    "Observation",
    "ObservationOrder",
    "Offer",
    "OfferOutcome",
    "OrderState",
    "Placement",
    "PrescribedKetamine",
    "PrescriberContact",
    "Program",
    "ProposalOutcome",
    "Reconciliation",
    "Session",
    "SessionNote",
    "Settled",
    "Severity",
    "StopBecause",
    "SuicideScreen",
    "Transfer",
    "TransferKind",
    "TransferOutcome",
    "Unit",
    "WaitListEntry",
    "WithdrawalReview",
    "Worry",
]
