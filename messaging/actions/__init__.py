"""Handing over, what comes back, what people are written, and who does not want to be written to."""

from .inbound import Received, receipt, receive, reply
from .opting_out import OptedOut, lift_opt_out, opt_out, stop_each, stop_locked
from .quiet import end_of_quiet_hours, preferred_hours
from .sending import send
from .texts import amend_text, choose_sender_name, draft_text, publish_text
from .ways import mark_broken

__all__ = [
    "OptedOut",
    "Received",
    "amend_text",
    "choose_sender_name",
    "draft_text",
    "end_of_quiet_hours",
    "lift_opt_out",
    "mark_broken",
    "opt_out",
    "preferred_hours",
    "publish_text",
    "receipt",
    "receive",
    "reply",
    "send",
    "stop_each",
    "stop_locked",
]
