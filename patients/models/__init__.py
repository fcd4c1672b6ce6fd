"""The person, the thread of care they are on, and who may see them, one file a noun."""

from .access import Access, AccessRows, Because, PatientRows
from .allergies import Allergies, Allergy
from .circumstances import Circumstances, CircumstancesRows
from .conditions import (
    Condition,
    Conditions,
    CriteriaAssessment,
    CriteriaAssessments,
    CriteriaSet,
    CriteriaSets,
)
from .contacts import ContactPoint, ContactPoints
from .documents import Document
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
from .merging import Conflict, preview
from .people import UNNAMED, Patient, Patients
from .search import SearchEntries, SearchEntry, best_first, says_enough
from .supporters import Supporter, Supporters
from .uses import SubstanceUse, SubstanceUses, UseScreening, UseScreenings

__all__ = [
    "NOT_CLEARED",
    "UNCLEARED",
    "UNNAMED",
    "Access",
    "AccessRows",
    "Allergies",
    "Allergy",
    "Because",
    "Circumstances",
    "CircumstancesRows",
    "ClearanceBasis",
    "CloseReason",
    "Condition",
    "Conditions",
    "Conflict",
    "ContactPoint",
    "ContactPoints",
    "CriteriaAssessment",
    "CriteriaAssessments",
    "CriteriaSet",
    "CriteriaSets",
    "Document",
    "Entry",
    "Episode",
    "EpisodeEvent",
    "EpisodeEvents",
    "Episodes",
    "Patient",
    "PatientRows",
    "Patients",
    "SearchEntries",
    "SearchEntry",
    "Stage",
    "SubstanceUse",
    "SubstanceUses",
    "Supporter",
    "Supporters",
    "UseScreening",
    "UseScreenings",
    "best_first",
    "preview",
    "says_enough",
]
