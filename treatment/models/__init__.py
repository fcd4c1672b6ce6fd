"""From the stabilizing unit to discharge, one file a noun."""

from .assault import AssaultReader, AssaultScreen
from .assessments import Assessment
from .beds import Bed, BedBlock, BedStay, Unit
from .bladder import BladderEntry
from .clearances import Checklist, Clearance
from .conversations import Conversation, ConversationOutcome
from .departures import Departure, DepartureKind, DepartureOutcome
from .discharges import Discharge, DischargeProposal, DischargeReason, ProposalOutcome
from .education import EducationGiven, EducationText
from .groups import GroupSession
from .handovers import Handover
from .instruments import Instrument, Severity
from .intakes import ConsentBasis, Intake
from .ketamine import MoodReview, PrescribedKetamine, PrescriberContact
from .legal import LegalKind, LegalStatus
from .medication import MedicationStatement, Reconciliation
from .observations import EmergencyWarning, Observation, ObservationOrder
from .placements import Absence, Placement, Program
from .plan_lines import Goal, Intervention, Objective, Problem
from .plans import PlanReview, PlanTemplate, TreatmentPlan
from .progress import NoObjective, ProgressRating, SessionObjective
from .safety import Danger, Settled, SuicideScreen
from .sessions import Addendum, Session, SessionNote
from .transfers import Transfer, TransferKind, TransferOutcome
from .uses import HarmReductionOffer, MedicationOffer, WithdrawalReview
from .waiting import Offer, OfferOutcome, WaitListEntry
from .worries import Worry

__all__ = [
    "Absence",
    "Addendum",
    "AssaultReader",
    "AssaultScreen",
    "Assessment",
    "Bed",
    "BedBlock",
    "BedStay",
    "BladderEntry",
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
    "EducationGiven",
    "EducationText",
    "EmergencyWarning",
    "Goal",
    "GroupSession",
    "Handover",
    "HarmReductionOffer",
    "Instrument",
    "Intake",
    "Intervention",
    "LegalKind",
    "LegalStatus",
    "MedicationOffer",
    "MedicationStatement",
    "MoodReview",
    "NoObjective",
    "Objective",
    "Observation",
    "ObservationOrder",
    "Offer",
    "OfferOutcome",
    "Placement",
    "PlanReview",
    "PlanTemplate",
    "PrescribedKetamine",
    "PrescriberContact",
    "Problem",
    "Program",
    "ProgressRating",
    "ProposalOutcome",
    "Reconciliation",
    "Session",
    "SessionNote",
    "SessionObjective",
    "Settled",
    "Severity",
    "SuicideScreen",
    "Transfer",
    "TransferKind",
    "TransferOutcome",
    "TreatmentPlan",
    "Unit",
    "WaitListEntry",
    "WithdrawalReview",
    "Worry",
]
