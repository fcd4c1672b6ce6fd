"""From the stabilizing unit to discharge, one file a noun."""

from .absences import Absence, AbsenceKind
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
from .doses import Administration, Dose, DoseOutcome
from .education import EducationGiven, EducationText
from .formats import NoteFormat
from .groups import GroupSession
from .handovers import DrugGiven, Handover
from .holds import BedHold, HoldOutcome
from .incidents import (
    Incident,
    IncidentAction,
    IncidentEntry,
    IncidentKind,
    IncidentPerson,
    IncidentReport,
    IncidentState,
)
from .instruments import Instrument, InstrumentPermission, Severity
from .intakes import ConsentBasis, Intake
from .investigations import BodyCheck, Investigation
from .ketamine import MoodReview, PrescribedKetamine, PrescriberContact
from .legal import LegalKind, LegalStatus
from .level_assessments import Credential, LevelAssessmentKind, LevelOfCareAssessment, VarianceReason
from .level_data import LevelMapping, LevelStandard
from .levels import Direction
from .medication import MedicationStatement, Reconciliation
from .medication_checks import CheckKind, MedicationCheck
from .medication_counts import MedicationCount
from .medication_orders import MedicationOrder, OrderState, StopBecause
from .medications import Medication
from .observations import EmergencyWarning, Observation, ObservationOrder
from .placements import Placement, Program
from .plan_lines import Goal, Intervention, Objective, Problem
from .plans import PlanReview, PlanTemplate, TreatmentPlan
from .progress import NoObjective, ProgressRating, SessionObjective
from .random_tests import RandomDraw, RandomSchedule, RandomTest
from .restrictions import BedRestriction
from .rounds import RoundBatch, RoundEntry, RoundOrder, RoundStrike
from .safety import Danger, Settled, SuicideScreen
from .schedules import AssessmentSchedule, ScheduledAssessment
from .sessions import Addendum, Session, SessionNote
from .steps import Dealt, Step
from .toxicology import AnalyteResult, ToxReading, ToxTest
from .transfers import Transfer, TransferKind, TransferOutcome
from .urology import UrologyReferral
from .uses import HarmReductionOffer, MedicationOffer, WithdrawalReview
from .waiting import Offer, OfferOutcome, WaitListEntry
from .worries import Worry

__all__ = [
    "Absence",
    "AbsenceKind",
    "Addendum",
    "Administration",
    "AnalyteResult",
    "Appointment",
    "AppointmentState",
    "AssaultReader",
    "AssaultScreen",
    "Assessment",
    "AssessmentSchedule",
    "Bed",
    "BedBlock",
    "BedHold",
    "BedRestriction",
    "BedStay",
    "BladderEntry",
    "BodyCheck",
    "CheckKind",
    "Checklist",
    "Clearance",
    "ConsentBasis",
    "Conversation",
    "ConversationOutcome",
    "CounselingGrant",
    "CounselingNote",
    "Credential",
    "Danger",
    "Dealt",
    "Departure",
    "DepartureKind",
    "DepartureOutcome",
    "Direction",
    "Discharge",
    "DischargeProposal",
    "DischargeReason",
    "Dose",
    "DoseOutcome",
    "DrugGiven",
    "EducationGiven",
    "EducationText",
    "EmergencyWarning",
    "Goal",
    "GroupSession",
    "Handover",
    "HarmReductionOffer",
    "HoldOutcome",
    "Incident",
    "IncidentAction",
    "IncidentEntry",
    "IncidentKind",
    "IncidentPerson",
    "IncidentReport",
    "IncidentState",
    "Instrument",
    "InstrumentPermission",
    "Intake",
    "Intervention",
    "Investigation",
    "LegalKind",
    "LegalStatus",
    "LevelAssessmentKind",
    "LevelMapping",
    "LevelOfCareAssessment",
    "LevelStandard",
    "Medication",
    "MedicationCheck",
    "MedicationCount",
    "MedicationOffer",
    "MedicationOrder",
    "MedicationStatement",
    "MoodReview",
    "NoObjective",
    "NoteFormat",
    "Objective",
    "Observation",
    "ObservationOrder",
    "Offer",
    "OfferOutcome",
    "OrderState",
    "Placement",
    "PlanReview",
    "PlanTemplate",
    "PrescribedKetamine",
    "PrescriberContact",
    "Problem",
    "Program",
    "ProgressRating",
    "ProposalOutcome",
    "RandomDraw",
    "RandomSchedule",
    "RandomTest",
    "Reconciliation",
    "RoundBatch",
    "RoundEntry",
    "RoundOrder",
    "RoundStrike",
    "ScheduledAssessment",
    "Series",
    "Session",
    "SessionNote",
    "SessionObjective",
    "Settled",
    "Severity",
    "Step",
    "StopBecause",
    "SuicideScreen",
    "ToxReading",
    "ToxTest",
    "Transfer",
    "TransferKind",
    "TransferOutcome",
    "TreatmentPlan",
    "Unit",
    "UrologyReferral",
    "VarianceReason",
    "WaitListEntry",
    "WithdrawalReview",
    "Worry",
]
