"""Every code list there is, for those who must show or send codes."""

from django.http import Http404
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import EVERYONE, Role
from aftercare.actions.check_ins import CallOutcome
from aftercare.models import AnsweredBy, CheckInOutcome, PlanEnd
from duties.models import Clock, Kind, NoticeState, Outcome, Whom
from messaging.models import Result
from patients import codes as people
from patients.models import Because, ClearanceBasis, CloseReason, Entry, Stage
from patients.models.allergies import AllergySeverity, AllergyStatus
from patients.models.conditions import CodeSystem, ConditionSeverity, ConditionStatus, Criterion, Remission
from patients.models.contacts import VerifiedHow, Weekday
from patients.models.documents import DocumentKind
from patients.models.supporters import MayKnow, SupporterKind
from treatment.models import (
    ConversationOutcome,
    DepartureKind,
    DepartureOutcome,
    DischargeReason,
    LegalKind,
    OfferOutcome,
    ProposalOutcome,
    Severity,
    TransferKind,
    TransferOutcome,
)
from treatment.models.appointments import AppointmentState, CancelReason
from treatment.models.assault import Police
from treatment.models.assessments import AnsweredHow
from treatment.models.beds import BedOverride, BedState, BlockReason, OnlyFor
from treatment.models.clearances import Finding
from treatment.models.conversations import ConversationKind
from treatment.models.departures import PoliceBasis, Risk
from treatment.models.discharges import Ground, Said
from treatment.models.education import GivenHow
from treatment.models.formats import NoteFormat
from treatment.models.groups import SessionKind
from treatment.models.handovers import Breathing, Consciousness
from treatment.models.intakes import ConsentBasis
from treatment.models.levels import Edition, FourthLevel, ThirdLevel
from treatment.models.medication import Decision
from treatment.models.observations import Sedation
from treatment.models.placements import AbsenceKind, EntryRequirement, Setting, Track
from treatment.models.safety import Danger, Settled
from treatment.models.sessions import Attendance, AttendanceReason
from treatment.models.telehealth import HeldHow
from treatment.models.uses import HarmReduction, MedicationResponse, WithdrawalScale
from treatment.models.uses import Response as OfferResponse
from treatment.models.waiting import LeftBecause

CODES = {
    "absence-kinds": AbsenceKind,
    "access-reasons": Because,
    "allergy-severities": AllergySeverity,
    "allergy-statuses": AllergyStatus,
    "answer-ways": AnsweredBy,
    "answered": people.Answered,
    "appointment-states": AppointmentState,
    "asam-editions": Edition,
    "assessed-how": AnsweredHow,
    "assessment-severities": Severity,
    "attempt-results": Result,
    "attendance": Attendance,
    "attendance-reasons": AttendanceReason,
    "bed-block-reasons": BlockReason,
    "bed-only-for": OnlyFor,
    "bed-overrides": BedOverride,
    "bed-states": BedState,
    "breathing": Breathing,
    "call-outcomes": CallOutcome,
    "cancel-reasons": CancelReason,
    "channels": people.Channel,
    "check-in-outcomes": CheckInOutcome,
    "clearance-bases": ClearanceBasis,
    "clocks": Clock,
    "close-reasons": CloseReason,
    "co-use": people.CoUse,
    "code-systems": CodeSystem,
    "condition-severities": ConditionSeverity,
    "condition-statuses": ConditionStatus,
    "consciousness": Consciousness,
    "consent-bases": ConsentBasis,
    "conversation-kinds": ConversationKind,
    "conversation-outcomes": ConversationOutcome,
    "criteria": Criterion,
    "dangers": Danger,
    "departure-kinds": DepartureKind,
    "departure-outcomes": DepartureOutcome,
    "discharge-answers": Said,
    "discharge-grounds": Ground,
    "discharge-reasons": DischargeReason,
    "document-kinds": DocumentKind,
    "duty-event-kinds": Kind,
    "duty-outcomes": Outcome,
    "education": people.Education,
    "education-ways": GivenHow,
    "employment": people.Employment,
    "entries": Entry,
    "entry-requirements": EntryRequirement,
    "ethnicities": people.Ethnicity,
    "findings": Finding,
    "frequencies": people.Frequency,
    "genders": people.Gender,
    "harm-reduction": HarmReduction,
    "incomes": people.Income,
    "insurances": people.Insurance,
    "known": people.Known,
    "languages": people.Language,
    "legal-kinds": LegalKind,
    "levels-of-care-3": ThirdLevel,
    "levels-of-care-4": FourthLevel,
    "living": people.Living,
    "marital": people.Marital,
    "medication-decisions": Decision,
    "medication-responses": MedicationResponse,
    "not-in-labor-force": people.NotInLaborForce,
    "note-formats": NoteFormat,
    "notice-states": NoticeState,
    "offer-outcomes": OfferOutcome,
    "offer-responses": OfferResponse,
    "plan-ends": PlanEnd,
    "police": Police,
    "police-bases": PoliceBasis,
    "proposal-outcomes": ProposalOutcome,
    "races": people.Race,
    "ranks": people.Rank,
    "remissions": Remission,
    "risks": Risk,
    "roles": Role,
    "routes": people.Route,
    "safety-settled": Settled,
    "scopes": people.Scope,
    "sedation": Sedation,
    "self-help": people.SelfHelp,
    "session-kinds": SessionKind,
    "session-ways": HeldHow,
    "settings": Setting,
    "sexes": people.Sex,
    "sources": people.Source,
    "stages": Stage,
    "substances": people.Substance,
    "supporter-kinds": SupporterKind,
    "supporter-may-know": MayKnow,
    "told": Whom,
    "tolerance": people.Tolerance,
    "tracks": Track,
    "transfer-kinds": TransferKind,
    "transfer-outcomes": TransferOutcome,
    "use-settings": people.UseSetting,
    "verification-ways": VerifiedHow,
    "veteran": people.Veteran,
    "wait-list-ends": LeftBecause,
    "weekdays": Weekday,
    "withdrawal-scales": WithdrawalScale,
}


NAMES = {200: {"type": "array", "items": {"type": "string"}}}


@extend_schema_field({"oneOf": [{"type": "string"}, {"type": "integer"}]})
class Value(serializers.Field):
    """What is stored and sent: nearly always a text."""


class CodeSerializer(serializers.Serializer):
    """A code and its words."""

    code = Value()
    label = serializers.CharField()


class CodeLists(APIView):
    """The names of all code lists."""

    allowed_roles = EVERYONE

    @extend_schema(
        operation_id="codes_list",
        summary="Code lists",
        responses={200: {"type": "array", "items": {"type": "string"}}},
    )
    def get(self, request):
        """Names."""
        return Response(sorted(CODES))


class CodeList(APIView):
    """One code list."""

    allowed_roles = EVERYONE

    @extend_schema(operation_id="codes_one", summary="A code list", responses=CodeSerializer(many=True))
    def get(self, request, name):
        """Codes with their words, in the order people are shown them."""
        if name not in CODES:
            raise Http404
        return Response([{"code": code, "label": label} for code, label in CODES[name].choices])
