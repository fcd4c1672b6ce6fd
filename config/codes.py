"""Every code list there is, for those who must show or send codes."""

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import EVERYONE, Role, Shift
from aftercare.models import AnsweredBy, Band, CallOutcome, CheckInOutcome, PauseReason, PlanEnd, Tier, TieredFor
from duties.models import Clock, Kind, NoticeState, Outcome, Whom
from messaging.models import Meaning, Result, Written
from patients import codes as people
from patients.models import Because, ClearanceBasis, CloseReason, Entry, Stage
from patients.models.allergies import AllergySeverity, AllergyStatus
from patients.models.conditions import CodeSystem, ConditionSeverity, ConditionStatus, Criterion, Remission
from patients.models.contacts import VerifiedHow, Weekday
from patients.models.documents import DocumentKind
from patients.models.supporters import MayKnow, SupporterKind
from treatment.actions.plans import Decision as PlanDecision
from treatment.models import (
    AbsenceKind,
    CheckKind,
    ConversationOutcome,
    Credential,
    Dealt,
    DepartureKind,
    DepartureOutcome,
    Direction,
    DischargeReason,
    DoseOutcome,
    HoldOutcome,
    LegalKind,
    LevelAssessmentKind,
    NoObjective,
    OfferOutcome,
    OrderState,
    ProgressRating,
    ProposalOutcome,
    Severity,
    StopBecause,
    TransferKind,
    TransferOutcome,
    VarianceReason,
)
from treatment.models.absences import Searched
from treatment.models.appointments import AppointmentState, CancelReason
from treatment.models.assault import Police
from treatment.models.assessments import AnsweredHow
from treatment.models.beds import BedOverride, BedState, BlockReason
from treatment.models.clearances import Finding
from treatment.models.conversations import ConversationKind
from treatment.models.departures import PoliceBasis, Risk
from treatment.models.discharges import Ground, Said
from treatment.models.doses import ClosedBecause
from treatment.models.education import GivenHow
from treatment.models.formats import NoteFormat
from treatment.models.groups import SessionKind
from treatment.models.handovers import Breathing, Consciousness, DrugCode, Giver, WorkUp
from treatment.models.incidents import Factor, IncidentKind, IncidentState, PartIn, ReportOutcome, ToldWhom
from treatment.models.instruments import KeptAs
from treatment.models.intakes import ConsentBasis
from treatment.models.investigations import Kind as InvestigationKind
from treatment.models.level_assessments import Modifier
from treatment.models.levels import Edition, FourthLevel, ThirdLevel
from treatment.models.medication import Decision
from treatment.models.medication_orders import DoseUnit, OrderedHow
from treatment.models.medication_orders import Frequency as DoseFrequency
from treatment.models.medications import Counsel, Evidence, MedicationRoute
from treatment.models.medications import Schedule as ControlledSchedule
from treatment.models.observations import Sedation
from treatment.models.placements import EntryRequirement, Setting, Track
from treatment.models.plan_lines import Modality, ObjectiveStatus, PlanDomain, ProblemStatus
from treatment.models.plans import PersonAnswer, PlanOver
from treatment.models.random_tests import Per, RandomOutcome
from treatment.models.restrictions import OnlyFor
from treatment.models.rounds import Behavior, BreathingSeen, Distress, State
from treatment.models.rounds import Seen as SeenWhere
from treatment.models.safety import Danger, Settled
from treatment.models.sessions import Attendance, AttendanceReason
from treatment.models.telehealth import HeldHow
from treatment.models.toxicology import Matrix, Method, Reading, Validity, Why
from treatment.models.urology import ReferredBecause
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
    "answers-kept-as": KeptAs,
    "appointment-states": AppointmentState,
    "asam-editions": Edition,
    "assessed-how": AnsweredHow,
    "assessment-severities": Severity,
    "attempt-results": Result,
    "attendance": Attendance,
    "attendance-reasons": AttendanceReason,
    "bed-block-reasons": BlockReason,
    "bed-hold-outcomes": HoldOutcome,
    "bed-only-for": OnlyFor,
    "bed-overrides": BedOverride,
    "bed-states": BedState,
    "breathing": Breathing,
    "call-bands": Band,
    "call-outcomes": CallOutcome,
    "cancel-reasons": CancelReason,
    "channels": people.Channel,
    "check-in-outcomes": CheckInOutcome,
    "clearance-bases": ClearanceBasis,
    "clocks": Clock,
    "close-reasons": CloseReason,
    "co-occurring": people.CoOccurring,
    "co-use": people.CoUse,
    "code-systems": CodeSystem,
    "condition-severities": ConditionSeverity,
    "condition-statuses": ConditionStatus,
    "consciousness": Consciousness,
    "consent-bases": ConsentBasis,
    "conversation-kinds": ConversationKind,
    "conversation-outcomes": ConversationOutcome,
    "credentials": Credential,
    "criteria": Criterion,
    "dangers": Danger,
    "dealt": Dealt,
    "departure-kinds": DepartureKind,
    "departure-outcomes": DepartureOutcome,
    "directions": Direction,
    "discharge-answers": Said,
    "discharge-grounds": Ground,
    "discharge-reasons": DischargeReason,
    "document-kinds": DocumentKind,
    "dose-closed-because": ClosedBecause,
    "dose-frequencies": DoseFrequency,
    "dose-outcomes": DoseOutcome,
    "dose-units": DoseUnit,
    "drug-codes": DrugCode,
    "drug-givers": Giver,
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
    "incident-factors": Factor,
    "incident-kinds": IncidentKind,
    "incident-parts": PartIn,
    "incident-report-outcomes": ReportOutcome,
    "incident-states": IncidentState,
    "incident-told": ToldWhom,
    "incomes": people.Income,
    "insurances": people.Insurance,
    "investigation-kinds": InvestigationKind,
    "known": people.Known,
    "languages": people.Language,
    "legal-kinds": LegalKind,
    "level-assessment-kinds": LevelAssessmentKind,
    "level-modifiers": Modifier,
    "levels-of-care-3": ThirdLevel,
    "levels-of-care-4": FourthLevel,
    "justice-referrals": people.JusticeReferral,
    "living": people.Living,
    "marital": people.Marital,
    "medication-checks": CheckKind,
    "medication-counsel": Counsel,
    "medication-decisions": Decision,
    "medication-evidence": Evidence,
    "medication-order-states": OrderState,
    "medication-ordered-how": OrderedHow,
    "medication-responses": MedicationResponse,
    "medication-routes": MedicationRoute,
    "medication-schedules": ControlledSchedule,
    "medication-stopped-because": StopBecause,
    "message-meanings": Meaning,
    "modalities": Modality,
    "no-objective": NoObjective,
    "not-in-labor-force": people.NotInLaborForce,
    "note-formats": NoteFormat,
    "notice-states": NoticeState,
    "objective-statuses": ObjectiveStatus,
    "offer-outcomes": OfferOutcome,
    "offer-responses": OfferResponse,
    "opioid-therapies": people.OpioidTherapy,
    "pause-reasons": PauseReason,
    "plan-answers": PersonAnswer,
    "plan-decisions": PlanDecision,
    "plan-domains": PlanDomain,
    "plan-ends": PlanEnd,
    "plan-over": PlanOver,
    "police": Police,
    "police-bases": PoliceBasis,
    "problem-statuses": ProblemStatus,
    "progress-ratings": ProgressRating,
    "proposal-outcomes": ProposalOutcome,
    "races": people.Race,
    "random-test-outcomes": RandomOutcome,
    "random-test-periods": Per,
    "ranks": people.Rank,
    "referral-sources": people.ReferralSource,
    "remissions": Remission,
    "risks": Risk,
    "roles": Role,
    "round-behaviors": Behavior,
    "round-breathing": BreathingSeen,
    "round-distress": Distress,
    "round-places": SeenWhere,
    "round-states": State,
    "routes": people.Route,
    "safety-settled": Settled,
    "scopes": people.Scope,
    "searched": Searched,
    "sedation": Sedation,
    "self-help": people.SelfHelp,
    "session-kinds": SessionKind,
    "session-ways": HeldHow,
    "settings": Setting,
    "sexes": people.Sex,
    "sources": people.Source,
    "shifts": Shift,
    "stages": Stage,
    "substances": people.Substance,
    "supporter-kinds": SupporterKind,
    "supporter-may-know": MayKnow,
    "test-matrices": Matrix,
    "test-methods": Method,
    "test-readings": Reading,
    "test-reasons": Why,
    "test-validities": Validity,
    "tiered-for": TieredFor,
    "tiers": Tier,
    "told": Whom,
    "tolerance": people.Tolerance,
    "tracks": Track,
    "transfer-kinds": TransferKind,
    "transfer-outcomes": TransferOutcome,
    "urology-reasons": ReferredBecause,
    "use-settings": people.UseSetting,
    "variance-reasons": VarianceReason,
    "verification-ways": VerifiedHow,
    "veteran": people.Veteran,
    "wait-list-ends": LeftBecause,
    "weekdays": Weekday,
    "written-channels": Written,
    "withdrawal-scales": WithdrawalScale,
    "work-up": WorkUp,
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

    @extend_schema(
        operation_id="codes_one",
        summary="A code list",
        parameters=[OpenApiParameter("name", location=OpenApiParameter.PATH, enum=sorted(CODES))],
        responses=CodeSerializer(many=True),
    )
    def get(self, request, name):
        """Codes with their words, in the order people are shown them."""
        if name not in CODES:
            raise Http404
        return Response([{"code": code, "label": label} for code, label in CODES[name].choices])
