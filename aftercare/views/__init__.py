"""After discharge, and the verbs that lead there."""

from .calls import CallList, LogCall
from .check_ins import AnswerFilters, Answers, CheckInFilters, CheckIns, MarkAnswerError, WriteAnswer
from .deaths import ConfirmDeath, DeathReports, ReportDeath, WithdrawDeath
from .links import (
    AnswerDrafts,
    CheckInLinks,
    ChooseSafeWord,
    DropSafeWord,
    SafeWords,
    WithdrawLink,
)
from .opting_out import AskNotToBeWrittenTo
from .pauses import PausePlan, Pauses, ResumePlan
from .plans import (
    FOLLOWS_UP,
    AftercarePlanFilters,
    AftercarePlans,
    BeginAftercare,
    ChangeAnchor,
    ChangeZone,
    ReturnToTreatment,
    ThinPlan,
    WithdrawPlan,
)
from .roads import Close, ConfirmArrival, EndTreatment, NotArrived, Talk
from .schedules import AmendSchedule, DraftSchedule, PublishSchedule, ScheduleDates, Schedules
from .tiers import LowerTier, RaiseTier, Tierings

__all__ = [
    "FOLLOWS_UP",
    "AftercarePlanFilters",
    "AftercarePlans",
    "AmendSchedule",
    "AnswerDrafts",
    "AnswerFilters",
    "Answers",
    "AskNotToBeWrittenTo",
    "BeginAftercare",
    "CallList",
    "ChangeAnchor",
    "ChangeZone",
    "CheckInFilters",
    "CheckInLinks",
    "CheckIns",
    "ChooseSafeWord",
    "Close",
    "ConfirmArrival",
    "ConfirmDeath",
    "DeathReports",
    "DraftSchedule",
    "DropSafeWord",
    "EndTreatment",
    "LogCall",
    "LowerTier",
    "MarkAnswerError",
    "NotArrived",
    "PausePlan",
    "Pauses",
    "PublishSchedule",
    "RaiseTier",
    "ReportDeath",
    "ResumePlan",
    "ReturnToTreatment",
    "SafeWords",
    "ScheduleDates",
    "Schedules",
    "Talk",
    "ThinPlan",
    "Tierings",
    "WithdrawDeath",
    "WithdrawLink",
    "WithdrawPlan",
    "WriteAnswer",
]
