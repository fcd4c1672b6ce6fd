"""The person, the thread of care they are on, and who may see them, one file a noun."""

from .access import Access, AccessRows, Because, PatientRows
from .contacts import ContactPoint, ContactPoints
from .episodes import ClearanceBasis, CloseReason, Entry, Episode, EpisodeEvent, EpisodeEvents, Episodes, Stage
from .people import Patient, Patients
from .uses import SubstanceUse, SubstanceUses

__all__ = [
    "Access",
    "AccessRows",
    "Because",
    "ClearanceBasis",
    "CloseReason",
    "ContactPoint",
    "ContactPoints",
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
]
