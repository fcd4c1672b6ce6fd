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
from .handovers import DrugGiven, Handover
from .instruments import Instrument, Severity
from .intakes import ConsentBasis, Intake
from .investigations import BodyCheck, Investigation
from .ketamine import MoodReview, PrescribedKetamine, PrescriberContact
from .legal import LegalKind, LegalStatus
from .medication import MedicationStatement, Reconciliation
from .observations import EmergencyWarning, Observation, ObservationOrder
from .placements import Absence, Placement, Program
from .random_tests import RandomDraw, RandomSchedule, RandomTest
from .safety import Danger, Settled, SuicideScreen
from .sessions import Addendum, Session, SessionNote
from .toxicology import AnalyteResult, ToxReading, ToxTest
from .transfers import Transfer, TransferKind, TransferOutcome
from .urology import UrologyReferral
from .uses import HarmReductionOffer, MedicationOffer, WithdrawalReview
from .waiting import Offer, OfferOutcome, WaitListEntry
from .worries import Worry

__all__ = [
    "Absence",
    "Addendum",
    "AnalyteResult",
    "AssaultReader",
    "AssaultScreen",
    "Assessment",
    "Bed",
    "BedBlock",
    "BedStay",
    "BladderEntry",
    "BodyCheck",
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
    "DrugGiven",
    "EducationGiven",
    "EducationText",
    "EmergencyWarning",
    "GroupSession",
    "Handover",
    "HarmReductionOffer",
    "Instrument",
    "Intake",
    "Investigation",
    "LegalKind",
    "LegalStatus",
    "MedicationOffer",
    "MedicationStatement",
    "MoodReview",
    "Observation",
    "ObservationOrder",
    "Offer",
    "OfferOutcome",
    "Placement",
    "PrescribedKetamine",
    "PrescriberContact",
    "Program",
    "ProposalOutcome",
    "RandomDraw",
    "RandomSchedule",
    "RandomTest",
    "Reconciliation",
    "Session",
    "SessionNote",
    "Settled",
    "Severity",
    "SuicideScreen",
    "ToxReading",
    "ToxTest",
    "Transfer",
    "TransferKind",
    "TransferOutcome",
    "Unit",
    "UrologyReferral",
    "WaitListEntry",
    "WithdrawalReview",
    "Worry",
]
