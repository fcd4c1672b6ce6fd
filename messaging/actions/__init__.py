"""Handing over, what comes back, and who does not want to be written to."""

from .inbound import Received, receipt, receive, reply
from .opting_out import OptedOut, lift_opt_out, opt_out
from .sending import end_of_quiet_hours, send

__all__ = [
    "OptedOut",
    "Received",
    "end_of_quiet_hours",
    "lift_opt_out",
    "opt_out",
    "receipt",
    "receive",
    "reply",
    "send",
]
