"""After discharge: shapes."""

from .calls import (
    CallAttemptSerializer,
    CallInput,
    CallSerializer,
    GotInTouchInput,
    LoadSerializer,
    PresenceSerializer,
    SupporterCallInput,
    ToCallSerializer,
    WatchdogSerializer,
    WhatWasTriedSerializer,
)
from .check_ins import AnswerInput, AnswerSerializer, CheckInSerializer, Said
from .deaths import DeathInput, DeathReportSerializer
from .links import AnswerDraftSerializer, CheckInLinkSerializer, SafeWordSerializer, WordInput
from .pauses import PauseInput, PauseSerializer
from .plans import (
    AftercarePlanSerializer,
    AnchorInput,
    BeginPlanInput,
    PaceInput,
    ReturnInput,
    WithdrawInput,
    ZoneInput,
)
from .roads import ArrivalInput, CloseInput, DischargeInput, NotArrivedInput, TalkInput
from .schedules import (
    AmendScheduleInput,
    DatesInput,
    DatesSerializer,
    DraftScheduleInput,
    ScheduleSerializer,
    SeenFrom,
)
from .tiers import TieringSerializer, TierInput

__all__ = [
    "AftercarePlanSerializer",
    "AmendScheduleInput",
    "AnchorInput",
    "AnswerDraftSerializer",
    "AnswerInput",
    "AnswerSerializer",
    "ArrivalInput",
    "BeginPlanInput",
    "CallAttemptSerializer",
    "CallInput",
    "CallSerializer",
    "CheckInLinkSerializer",
    "CheckInSerializer",
    "CloseInput",
    "DatesInput",
    "DatesSerializer",
    "DeathInput",
    "DeathReportSerializer",
    "DischargeInput",
    "DraftScheduleInput",
    "GotInTouchInput",
    "LoadSerializer",
    "NotArrivedInput",
    "PaceInput",
    "PauseInput",
    "PauseSerializer",
    "PresenceSerializer",
    "ReturnInput",
    "SafeWordSerializer",
    "Said",
    "ScheduleSerializer",
    "SeenFrom",
    "SupporterCallInput",
    "TalkInput",
    "TierInput",
    "TieringSerializer",
    "ToCallSerializer",
    "WatchdogSerializer",
    "WhatWasTriedSerializer",
    "WithdrawInput",
    "WordInput",
    "ZoneInput",
]
