"""From the stabilizing unit to discharge, one file a noun."""

from .beds import Bed, BedStay, Unit
from .clearances import Checklist, Clearance
from .conversations import Conversation, ConversationOutcome
from .discharges import Discharge, DischargeReason
from .handovers import Handover
from .intakes import Intake
from .placements import Absence, Placement, Program
from .sessions import Session, SessionNote

__all__ = [
    "Absence",
    "Bed",
    "BedStay",
    "Checklist",
    "Clearance",
    "Conversation",
    "ConversationOutcome",
    "Discharge",
    "DischargeReason",
    "Handover",
    "Intake",
    "Placement",
    "Program",
    "Session",
    "SessionNote",
    "Unit",
]
