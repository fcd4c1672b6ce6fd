"""After discharge: shapes."""

from .calls import (
    CallAttemptSerializer,
    CallInput,
    CallSerializer,
    LoadSerializer,
    PresenceSerializer,
    SupporterCallInput,
    ToCallSerializer,
    WhatWasTriedSerializer,
)
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
    "CallAttemptSerializer",
    "CallInput",
    "CallSerializer",
    "CheckInSerializer",
    "CloseInput",
    "DeathInput",
    "DeathReportSerializer",
    "DischargeInput",
    "LoadSerializer",
    "NotArrivedInput",
    "PresenceSerializer",
    "ReturnInput",
    "Said",
    "ScheduleSerializer",
    "SupporterCallInput",
    "TalkInput",
    "ToCallSerializer",
    "WhatWasTriedSerializer",
]
