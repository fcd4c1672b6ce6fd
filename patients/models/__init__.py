"""The person, the thread of care they are on, and who may see them, one file a noun."""

from .access import Access, AccessRows, Because, PatientRows
from .allergies import Allergies, Allergy
from .conditions import (
    Condition,
    Conditions,
    CriteriaAssessment,
    CriteriaAssessments,
    CriteriaSet,
    CriteriaSets,
)
from .contacts import ContactPoint, ContactPoints
from .episodes import (
    NOT_CLEARED,
    UNCLEARED,
    ClearanceBasis,
    CloseReason,
    Entry,
    Episode,
    EpisodeEvent,
    EpisodeEvents,
    Episodes,
    Stage,
)
from .people import Patient, Patients
from .supporters import Supporter, Supporters
from .uses import SubstanceUse, SubstanceUses, UseScreening, UseScreenings

__all__ = [
    "NOT_CLEARED",
    "UNCLEARED",
    "Access",
    "AccessRows",
    "Allergies",
    "Allergy",
    "Because",
    "ClearanceBasis",
    "CloseReason",
    "Condition",
    "Conditions",
    "ContactPoint",
    "ContactPoints",
    "CriteriaAssessment",
    "CriteriaAssessments",
    "CriteriaSet",
    "CriteriaSets",
    "Entry",
    "Episode",
    "EpisodeEvent",
    "EpisodeEvents",
    "Episodes",
    "Patient",
    "PatientRows",
    "Patients",
    "Stage",
    "SubstanceUse",
    "SubstanceUses",
    "Supporter",
    "Supporters",
    "UseScreening",
    "UseScreenings",
]
