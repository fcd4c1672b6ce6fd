"""After discharge: shapes."""

from .calls import CallInput, CallSerializer
from .check_ins import AnswerInput, AnswerSerializer, CheckInSerializer, Said
from .deaths import DeathInput, DeathReportSerializer
from .plans import AftercarePlanSerializer, ReturnInput
from .roads import ArrivalInput, CloseInput, DischargeInput, NotArrivedInput, TalkInput
from .schedules import ScheduleSerializer

__all__ = [
    "AftercarePlanSerializer",
    "AnswerInput",
    "AnswerSerializer",
    "ArrivalInput",
    "CallInput",
    "CallSerializer",
    "CheckInSerializer",
    "CloseInput",
    "DeathInput",
    "DeathReportSerializer",
    "DischargeInput",
    "NotArrivedInput",
    "ReturnInput",
    "Said",
    "ScheduleSerializer",
    "TalkInput",
]
