"""After discharge, and the verbs that lead there."""

from .calls import CallList, LogCall
from .check_ins import AnswerFilters, Answers, CheckInFilters, CheckIns, MarkAnswerError, WriteAnswer
from .deaths import ConfirmDeath, DeathReports, ReportDeath, WithdrawDeath
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
    "AnswerFilters",
    "Answers",
    "BeginAftercare",
    "CallList",
    "ChangeAnchor",
    "ChangeZone",
    "CheckInFilters",
    "CheckIns",
    "Close",
    "ConfirmArrival",
    "ConfirmDeath",
    "DeathReports",
    "DraftSchedule",
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
    "ScheduleDates",
    "Schedules",
    "Talk",
    "ThinPlan",
    "Tierings",
    "WithdrawDeath",
    "WithdrawPlan",
    "WriteAnswer",
]
