"""How a notice reaches somebody, what comes back, and who asked not to be written to."""

from .attempts import Attempt, Attempts, Result
from .gateways import GatewayIncident, GatewayIncidents
from .inbound import InboundMessage, InboundMessages, Meaning, Receipt, Receipts, Reply
from .opt_outs import OptOut, OptOuts
from .texts import Text, Texts, Written

__all__ = [
    "Attempt",
    "Attempts",
    "GatewayIncident",
    "GatewayIncidents",
    "InboundMessage",
    "InboundMessages",
    "Meaning",
    "OptOut",
    "OptOuts",
    "Receipt",
    "Receipts",
    "Reply",
    "Result",
    "Text",
    "Texts",
    "Written",
]
