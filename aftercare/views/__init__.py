"""After discharge, and the verbs that lead there."""

from .calls import FOLLOWS_UP, CallAttempts, CallList, CallSupporter, LogCall
from .check_ins import AnswerFilters, Answers, CheckInFilters, CheckIns, MarkAnswerError, WriteAnswer
from .deaths import ConfirmDeath, DeathReports, ReportDeath, WithdrawDeath
from .load import OVERSEES, Load, load
from .lost import DeclareLost, WhatWasTried
from .plans import AftercarePlanFilters, AftercarePlans, ReturnToTreatment
from .presence import WhoIsThere
from .roads import Close, ConfirmArrival, EndTreatment, NotArrived, Talk
from .schedules import Schedules
from .to_call import PeopleToCall, ToCall, to_call

__all__ = [
    "FOLLOWS_UP",
    "OVERSEES",
    "AftercarePlanFilters",
    "AftercarePlans",
    "AnswerFilters",
    "Answers",
    "CallAttempts",
    "CallList",
    "CallSupporter",
    "CheckInFilters",
    "CheckIns",
    "Close",
    "ConfirmArrival",
    "ConfirmDeath",
    "DeathReports",
    "DeclareLost",
    "EndTreatment",
    "Load",
    "LogCall",
    "MarkAnswerError",
    "NotArrived",
    "PeopleToCall",
    "ReportDeath",
    "ReturnToTreatment",
    "Schedules",
    "Talk",
    "ToCall",
    "WhatWasTried",
    "WhoIsThere",
    "WithdrawDeath",
    "WriteAnswer",
    "load",
    "to_call",
]
