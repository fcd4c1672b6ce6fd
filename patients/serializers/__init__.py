"""The shape of what is sent about people, and of what is answered. Shape only: rules live in models and actions."""

from .access import AccessEventSerializer, AccessSerializer, JoinInput
from .contacts import ConsentInput, ContactPointInput, ContactPointSerializer
from .episodes import EpisodeEventSerializer, EpisodeSerializer
from .people import PERSON, AmendInput, MergeInput, NamedPersonInput, PatientSerializer, PersonInput
from .shapes import (
    CLOCKS_DIFFER,
    EARLIEST,
    ERROR,
    FARTHEST,
    Colleague,
    Day,
    FieldProblem,
    Input,
    Key,
    Moment,
    Place,
    ProblemSerializer,
    ReasonInput,
    RowInput,
    Seen,
    Strict,
)
from .uses import RecordUseInput, SubstanceUseSerializer, UseInput

__all__ = [
    "CLOCKS_DIFFER",
    "EARLIEST",
    "ERROR",
    "FARTHEST",
    "PERSON",
    "AccessEventSerializer",
    "AccessSerializer",
    "AmendInput",
    "Colleague",
    "ConsentInput",
    "ContactPointInput",
    "ContactPointSerializer",
    "Day",
    "EpisodeEventSerializer",
    "EpisodeSerializer",
    "FieldProblem",
    "Input",
    "JoinInput",
    "Key",
    "MergeInput",
    "Moment",
    "NamedPersonInput",
    "PatientSerializer",
    "PersonInput",
    "Place",
    "ProblemSerializer",
    "ReasonInput",
    "RecordUseInput",
    "RowInput",
    "Seen",
    "Strict",
    "SubstanceUseSerializer",
    "UseInput",
]
