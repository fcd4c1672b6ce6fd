"""From the stabilizing unit to discharge, one file a noun."""

from .beds import Bed, BedBlock, BedStay, Unit
from .bladder import BladderEntry
from .clearances import Checklist, Clearance
from .conversations import Conversation, ConversationOutcome
from .departures import Departure, DepartureKind, DepartureOutcome
from .discharges import Discharge, DischargeProposal, DischargeReason, ProposalOutcome
from .education import EducationGiven, EducationText
from .groups import GroupSession
from .handovers import Handover
from .intakes import ConsentBasis, Intake
from .legal import LegalKind, LegalStatus
from .observations import EmergencyWarning, Observation, ObservationOrder
from .placements import Absence, Placement, Program
from .safety import Danger, Settled, SuicideScreen
from .sessions import Addendum, Session, SessionNote
from .transfers import Transfer, TransferKind, TransferOutcome
from .uses import HarmReductionOffer, MedicationOffer, WithdrawalReview
from .waiting import Offer, OfferOutcome, WaitListEntry
from .worries import Worry

__all__ = [
    "Absence",
    "Addendum",
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
    "GroupSession",
    "Handover",
    "HarmReductionOffer",
    "Intake",
    "LegalKind",
    "LegalStatus",
    "MedicationOffer",
    "Observation",
    "ObservationOrder",
    "Offer",
    "OfferOutcome",
    "Placement",
    "Program",
    "ProposalOutcome",
    "Session",
    "SessionNote",
    "Settled",
    "SuicideScreen",
    "Transfer",
    "TransferKind",
    "TransferOutcome",
    "Unit",
    "WaitListEntry",
    "WithdrawalReview",
    "Worry",
]
