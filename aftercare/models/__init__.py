"""After discharge: the plan, its check-ins, and what people answer."""

from .check_ins import Answer, AnsweredBy, Answers, CheckIn, CheckInOutcome, CheckIns
from .deaths import DeathReport, DeathReports
from .pauses import Pause, PauseReason, Pauses
from .plans import AftercarePlan, AftercarePlans, PlanEnd
from .schedules import A_DAY, Next, Schedule, Schedules, Standing
from .tiers import Tier, TieredFor, Tiering, Tierings

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
    "Next",
    "Pause",
    "PauseReason",
    "Pauses",
    "PlanEnd",
    "Schedule",
    "Schedules",
    "Standing",
    "Tier",
    "TieredFor",
    "Tiering",
    "Tierings",
]
