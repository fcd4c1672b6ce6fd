"""After discharge: shapes."""

from .calls import CallInput, CallSerializer
from .check_ins import AnswerInput, AnswerSerializer, CheckInSerializer, Said
from .deaths import DeathInput, DeathReportSerializer
from .links import AnswerDraftSerializer, CheckInLinkSerializer, SafeWordSerializer, WordInput
from .plans import AftercarePlanSerializer, ReturnInput
from .roads import ArrivalInput, CloseInput, DischargeInput, NotArrivedInput, TalkInput
from .schedules import ScheduleSerializer

__all__ = [
    "AftercarePlanSerializer",
    "AnswerDraftSerializer",
    "AnswerInput",
    "AnswerSerializer",
    "ArrivalInput",
    "CallInput",
    "CallSerializer",
    "CheckInLinkSerializer",
    "CheckInSerializer",
    "CloseInput",
    "DeathInput",
    "DeathReportSerializer",
    "DischargeInput",
    "NotArrivedInput",
    "ReturnInput",
    "SafeWordSerializer",
    "Said",
    "ScheduleSerializer",
    "TalkInput",
    "WordInput",
]
