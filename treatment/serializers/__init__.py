"""The shape of what is sent and answered from the stabilizing unit to discharge, one file a noun."""

from .beds import BedSerializer, BedStaySerializer, CensusSerializer, UnitSerializer
from .clearances import ChecklistSerializer, ClearanceSerializer, ClearInput, FindingInput
from .conversations import ConversationSerializer
from .discharges import DischargeSerializer
from .handovers import DrugGivenInput, HandoverSerializer, ReceiveInput, ReferInput, somebody
from .intakes import CompleteIntakeInput, IntakeSerializer
from .placements import (
    AbsenceSerializer,
    AdmitInput,
    BringBackInput,
    ExpectedEndInput,
    MoveInput,
    PlacementSerializer,
    ProgramSerializer,
    ReviewPlanInput,
    SendOutInput,
)
from .sessions import LogSessionInput, SessionNoteSerializer, SessionSerializer, WriteInput
from .shapes import ABOUT, VITALS

__all__ = [
    "ABOUT",
    "VITALS",
    "AbsenceSerializer",
    "AdmitInput",
    "BedSerializer",
    "BedStaySerializer",
    "BringBackInput",
    "CensusSerializer",
    "ChecklistSerializer",
    "ClearInput",
    "ClearanceSerializer",
    "CompleteIntakeInput",
    "ConversationSerializer",
    "DischargeSerializer",
    "DrugGivenInput",
    "ExpectedEndInput",
    "FindingInput",
    "HandoverSerializer",
    "IntakeSerializer",
    "LogSessionInput",
    "MoveInput",
    "PlacementSerializer",
    "ProgramSerializer",
    "ReceiveInput",
    "ReferInput",
    "ReviewPlanInput",
    "SendOutInput",
    "SessionNoteSerializer",
    "SessionSerializer",
    "UnitSerializer",
    "WriteInput",
    "somebody",
]
