"""Who owes what by when, and who hears if it is late."""

from .duties import FARTHEST, Duties, Duty, DutyEvent, Kind, Outcome
from .ladders import PAGED, Clock, Ladder, Rung, Whom
from .notices import NEWS, Notice, NoticeState, Pulse

__all__ = [
    "FARTHEST",
    "NEWS",
    "PAGED",
    "Clock",
    "Duties",
    "Duty",
    "DutyEvent",
    "Kind",
    "Ladder",
    "Notice",
    "NoticeState",
    "Outcome",
    "Pulse",
    "Rung",
    "Whom",
]
