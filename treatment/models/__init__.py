"""From the stabilizing unit to discharge, one file a noun."""

from .appointments import Appointment, AppointmentState, Series
from .assault import AssaultReader, AssaultScreen
from .assessments import Assessment
from .beds import Bed, BedBlock, BedStay, Unit
from .bladder import BladderEntry
from .clearances import Checklist, Clearance
from .conversations import Conversation, ConversationOutcome
from .counseling import CounselingGrant, CounselingNote
from .departures import Departure, DepartureKind, DepartureOutcome
from .discharges import Discharge, DischargeProposal, DischargeReason, ProposalOutcome
from .education import EducationGiven, EducationText
from .formats import NoteFormat
from .groups import GroupSession
from .handovers import Handover
from .instruments import Instrument, Severity
from .intakes import ConsentBasis, Intake
from .ketamine import MoodReview, PrescribedKetamine, PrescriberContact
from .legal import LegalKind, LegalStatus
from .medication import MedicationStatement, Reconciliation
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
    "Appointment",
    "AppointmentState",
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
    "CounselingGrant",
    "CounselingNote",
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
    "Instrument",
    "Intake",
    "LegalKind",
    "LegalStatus",
    "MedicationOffer",
    "MedicationStatement",
    "MoodReview",
    "NoteFormat",
    "Observation",
    "ObservationOrder",
    "Offer",
    "OfferOutcome",
    "Placement",
    "PrescribedKetamine",
    "PrescriberContact",
    "Program",
    "ProposalOutcome",
    "Reconciliation",
    "Series",
    "Session",
    "SessionNote",
    "Settled",
    "Severity",
    "SuicideScreen",
    "Transfer",
    "TransferKind",
    "TransferOutcome",
    "Unit",
    "WaitListEntry",
    "WithdrawalReview",
    "Worry",
]
