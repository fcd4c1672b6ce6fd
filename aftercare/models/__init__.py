"""After discharge: the plan, its check-ins, and what people answer."""

from .calls import UNREACHED, Band, CallAttempt, CallAttempts, CallOutcome, Reassessment, Way, next_try
from .check_ins import (
    STILL_COUNTS,
    WAS_ANSWERED,
    Answer,
    AnsweredBy,
    Answers,
    CheckIn,
    CheckInOutcome,
    CheckIns,
    calls_of,
)
from .deaths import DeathReport, DeathReports
from .drafts import AnswerDraft, AnswerDrafts, DraftEnd
from .links import TRIES, CheckInLink, CheckInLinks, LinkEnd, SafeWord, SafeWords, plain
from .pauses import Pause, PauseReason, Pauses
from .plans import AftercarePlan, AftercarePlans, PlanEnd
from .schedules import A_DAY, Next, Schedule, Schedules, Standing
from .tiers import Tier, TieredFor, Tiering, Tierings

__all__ = [
    "A_DAY",
    "STILL_COUNTS",
    "TRIES",
    "UNREACHED",
    "WAS_ANSWERED",
    "AftercarePlan",
    "AftercarePlans",
    "Answer",
    "AnswerDraft",
    "AnswerDrafts",
    "AnsweredBy",
    "Answers",
    "Band",
    "CallAttempt",
    "CallAttempts",
    "CallOutcome",
    "CheckIn",
    "CheckInLink",
    "CheckInLinks",
    "CheckInOutcome",
    "CheckIns",
    "DeathReport",
    "DeathReports",
    "DraftEnd",
    "LinkEnd",
    "Next",
    "Pause",
    "PauseReason",
    "Pauses",
    "PlanEnd",
    "Reassessment",
    "SafeWord",
    "SafeWords",
    "Schedule",
    "Schedules",
    "Standing",
    "Tier",
    "TieredFor",
    "Tiering",
    "Tierings",
    "Way",
    "calls_of",
    "next_try",
    "plain",
]
