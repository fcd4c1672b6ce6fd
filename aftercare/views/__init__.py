"""After discharge, and the verbs that lead there."""

from .calls import FOLLOWS_UP, CallList, LogCall
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
from .plans import AftercarePlanFilters, AftercarePlans, ReturnToTreatment
from .roads import Close, ConfirmArrival, EndTreatment, NotArrived, Talk
from .schedules import Schedules

__all__ = [
    "FOLLOWS_UP",
    "AftercarePlanFilters",
    "AftercarePlans",
    "AnswerDrafts",
    "AnswerFilters",
    "Answers",
    "CallList",
    "CheckInFilters",
    "CheckInLinks",
    "CheckIns",
    "ChooseSafeWord",
    "Close",
    "ConfirmArrival",
    "ConfirmDeath",
    "DeathReports",
    "DropSafeWord",
    "EndTreatment",
    "LogCall",
    "MarkAnswerError",
    "NotArrived",
    "ReportDeath",
    "ReturnToTreatment",
    "SafeWords",
    "Schedules",
    "Talk",
    "WithdrawDeath",
    "WithdrawLink",
    "WriteAnswer",
]
