"""After discharge, and the verbs that lead there."""

from .calls import FOLLOWS_UP, CallList, LogCall
from .check_ins import AnswerFilters, Answers, CheckInFilters, CheckIns, MarkAnswerError, WriteAnswer
from .deaths import ConfirmDeath, DeathReports, ReportDeath, WithdrawDeath
from .plans import AftercarePlanFilters, AftercarePlans, ReturnToTreatment
from .roads import Close, ConfirmArrival, EndTreatment, NotArrived, Talk
from .schedules import Schedules

__all__ = [
    "FOLLOWS_UP",
    "AftercarePlanFilters",
    "AftercarePlans",
    "AnswerFilters",
    "Answers",
    "CallList",
    "CheckInFilters",
    "CheckIns",
    "Close",
    "ConfirmArrival",
    "ConfirmDeath",
    "DeathReports",
    "EndTreatment",
    "LogCall",
    "MarkAnswerError",
    "NotArrived",
    "ReportDeath",
    "ReturnToTreatment",
    "Schedules",
    "Talk",
    "WithdrawDeath",
    "WriteAnswer",
]
