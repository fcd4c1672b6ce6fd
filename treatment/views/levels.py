"""Levels of care: what they ask for, which one a person needs, moves between them."""

from django.db.models import Q

from accounts.models import EVERYONE, Role
from patients.models import Episode
from patients.serializers import ReasonInput
from patients.views import Filters, Reads, Told, Verb, unset
from patients.views.errors import mark_error

from ..actions import level_assessments, level_data
from ..models import LevelMapping, LevelOfCareAssessment, LevelStandard, Step, VarianceReason
from ..serializers import (
    AmendLevelInput,
    AssessLevelInput,
    CosignLevelInput,
    LevelMappingSerializer,
    LevelOfCareAssessmentSerializer,
    LevelStandardSerializer,
    LoadMappingInput,
    SignLevelInput,
    StepSerializer,
)
from .placements import ADMITS, TREATS
from .programs import RUNS

ASSESSES = TREATS | ADMITS
COSIGNS = frozenset({Role.PRESCRIBER, Role.SUPERVISOR})


class LevelStandards(Reads):
    """What each level asks for: the defaults, and what the user's places set beside them."""

    model = LevelStandard
    serializer_class = LevelStandardSerializer
    allowed_roles = EVERYONE
    place, shared = "facility", True
    filterset_fields = ["facility", "asam_edition", "level"]


class LevelMappingFilters(Filters):
    """In use still?"""

    open = unset("withdrawn_at")

    class Meta:
        model = LevelMapping
        fields = ["facility", "asam_edition"]


class LevelMappings(Reads):
    """Which rating asks for which level, at the places that hold a license for it."""

    model = LevelMapping
    serializer_class = LevelMappingSerializer
    allowed_roles = ASSESSES | RUNS
    place = "facility"
    filterset_class = LevelMappingFilters


class LoadMapping(Verb):
    """treatment.actions.level_data.load_mapping"""

    noun = LevelMapping
    creates = True
    name, label = "load", "Load a mapping"
    description = "From now on it says which level ratings come to, under the license that is named."
    allowed_roles = RUNS
    serializer_class = LoadMappingInput

    def act(self, row, data, by):
        """Load."""
        return level_data.load_mapping(**data, by=by)


class WithdrawMapping(Verb):
    """treatment.actions.level_data.withdraw_mapping"""

    noun = LevelMapping
    name, label = "withdraw", "Withdraw the mapping"
    description = "It is used no longer. Assessments made with it stay as they are."
    confirm = "From now on nothing is indicated by it. Withdraw it?"
    allowed_roles = RUNS
    serializer_class = ReasonInput
    needs = level_data.withdraw_mapping.needs

    def act(self, row, data, by):
        """Withdraw."""
        return level_data.withdraw_mapping(row, **data, by=by)


class LevelOfCareAssessmentFilters(Filters):
    """Signed? Of which kind?"""

    draft = unset("signed_at")

    class Meta:
        model = LevelOfCareAssessment
        fields = ["patient", "facility", "episode", "kind", "edition", "recommended", "variance_reason"]


SAID = (
    "level of care assessed: {kind}",
    "{indicated} indicated",
    "{recommended} recommended",
    "{authorized} authorized",
    "{placed} placed",
)
SIGNED = {"at": "signed_at", "by": "signed_by"}


class LevelOfCareAssessments(Reads):
    """Which level of care people need."""

    model = LevelOfCareAssessment
    serializer_class = LevelOfCareAssessmentSerializer
    related = ("patient", "facility")
    filterset_class = LevelOfCareAssessmentFilters
    told = (
        Told("assessments", *SAID, where=Q(variance_reason=VarianceReason.NONE), **SIGNED),
        Told("assessments", *SAID, "{variance_reason}", where=~Q(variance_reason=VarianceReason.NONE), **SIGNED),
        Told("assessments", "level of care co-signed", at="cosigned_at", by="cosigned_by"),
    )


class AssessLevel(Verb):
    """treatment.actions.level_assessments.assess_level"""

    noun, answer = Episode, LevelOfCareAssessment
    name, label = "assess-level", "Assess the level of care"
    description = "Rate what the person needs and say which level is indicated and recommended; then sign it."
    allowed_roles = ASSESSES
    serializer_class = AssessLevelInput
    needs = level_assessments.assess_level.needs

    def act(self, row, data, by):
        """Assess."""
        return level_assessments.assess_level(row, **data, by=by)


class AmendLevel(Verb):
    """treatment.actions.level_assessments.amend_level"""

    noun = LevelOfCareAssessment
    name, label = "amend", "Change the draft"
    description = "Only while it is not signed, and only by whoever assesses."
    allowed_roles = ASSESSES
    serializer_class = AmendLevelInput
    needs = level_assessments.amend_level.needs

    def act(self, row, data, by):
        """Change."""
        return level_assessments.amend_level(row, **data, by=by)


class SignLevel(Verb):
    """treatment.actions.level_assessments.sign_level"""

    noun = LevelOfCareAssessment
    name, label = "sign", "Sign"
    description = "From now on nobody can change it; when it is due again is owed."
    allowed_roles = ASSESSES
    serializer_class = SignLevelInput
    needs = level_assessments.sign_level.needs

    def act(self, row, data, by):
        """Sign."""
        return level_assessments.sign_level(row, **data, by=by)


class CosignLevel(Verb):
    """treatment.actions.level_assessments.cosign_level"""

    noun = LevelOfCareAssessment
    name, label = "cosign", "Co-sign"
    description = "The second signature, by somebody who signs alone."
    allowed_roles = COSIGNS
    serializer_class = CosignLevelInput
    needs = level_assessments.cosign_level.needs

    def act(self, row, data, by):
        """Co-sign."""
        return level_assessments.cosign_level(row, **data, by=by)


MarkLevelError = mark_error(LevelOfCareAssessment, level_assessments.mark_error, ASSESSES)


class StepFilters(Filters):
    """Which way?"""

    class Meta:
        model = Step
        fields = ["patient", "facility", "episode", "direction", "assessment"]


class Steps(Reads):
    """Moves between programs, and what was seen to."""

    model = Step
    serializer_class = StepSerializer
    related = ("left__program", "began__program")
    filterset_class = StepFilters
    told = (
        Told(
            "placement",
            "step {direction}: {left__program__name} to {began__program__name}",
            "{reason}",
            at="moved_at",
            by="moved_by",
        ),
    )


MarkStepError = mark_error(Step, allowed_roles=ASSESSES)
