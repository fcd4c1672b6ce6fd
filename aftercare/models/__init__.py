"""After discharge: the plan, its check-ins, and what people answer."""

from .calls import UNREACHED, Band, CallAttempt, CallAttempts, CallOutcome, next_try
from .check_ins import Answer, AnsweredBy, Answers, CheckIn, CheckInOutcome, CheckIns
from .deaths import DeathReport, DeathReports
from .plans import AftercarePlan, AftercarePlans, PlanEnd
from .schedules import A_DAY, Schedule, Schedules

__all__ = [
    "A_DAY",
    "UNREACHED",
    "AftercarePlan",
    "AftercarePlans",
    "Answer",
    "AnsweredBy",
    "Answers",
    "Band",
    "CallAttempt",
    "CallAttempts",
    "CallOutcome",
    "CheckIn",
    "CheckInOutcome",
    "CheckIns",
    "DeathReport",
    "DeathReports",
    "PlanEnd",
    "Schedule",
    "Schedules",
    "next_try",
]
