"""After discharge: the plan, its check-ins, and what people answer."""

from .check_ins import Answer, AnsweredBy, Answers, CheckIn, CheckInOutcome, CheckIns
from .deaths import DeathReport, DeathReports
from .plans import AftercarePlan, AftercarePlans, PlanEnd
from .schedules import A_DAY, Schedule, Schedules

__all__ = [
    "A_DAY",
    "AftercarePlan",
    "AftercarePlans",
    "Answer",
    "AnsweredBy",
    "Answers",
    "CheckIn",
    "CheckInOutcome",
    "CheckIns",
    "DeathReport",
    "DeathReports",
    "PlanEnd",
    "Schedule",
    "Schedules",
]
