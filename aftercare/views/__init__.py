"""After discharge, and the verbs that lead there."""

from .calls import CallAttempts, CallList, CallSupporter, GotInTouch, LogCall
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
from .load import OVERSEES, Load, Watchdog, load
from .lost import DeclareLost, WhatWasTried
from .opting_out import AskNotToBeWrittenTo
from .pauses import PausePlan, Pauses, ResumePlan
from .plans import (
    FOLLOWS_UP,
    AcceptOffer,
    AftercarePlanFilters,
    AftercarePlans,
    BeginAftercare,
    ChangeAnchor,
    ChangeZone,
    ReturnToTreatment,
    ThinPlan,
    WithdrawPlan,
)
from .presence import WhoIsThere
from .roads import Close, ConfirmArrival, EndTreatment, MarkEpisodeError, NotArrived, Talk
from .schedules import AmendSchedule, DraftSchedule, PublishSchedule, ScheduleDates, Schedules
from .tiers import LowerTier, RaiseTier, Tierings
from .to_call import PeopleToCall, ToCall, to_call

__all__ = [
    "FOLLOWS_UP",
    "OVERSEES",
    "AcceptOffer",
    "AftercarePlanFilters",
    "AftercarePlans",
    "AmendSchedule",
    "AnswerDrafts",
    "AnswerFilters",
    "Answers",
    "AskNotToBeWrittenTo",
    "BeginAftercare",
    "CallAttempts",
    "CallList",
    "CallSupporter",
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
    "DeclareLost",
    "DraftSchedule",
    "DropSafeWord",
    "EndTreatment",
    "GotInTouch",
    "Load",
    "LogCall",
    "LowerTier",
    "MarkAnswerError",
    "MarkEpisodeError",
    "NotArrived",
    "PausePlan",
    "Pauses",
    "PeopleToCall",
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
    "ToCall",
    "Watchdog",
    "WhatWasTried",
    "WhoIsThere",
    "WithdrawDeath",
    "WithdrawLink",
    "WithdrawPlan",
    "WriteAnswer",
    "load",
    "to_call",
]
