"""Diagnoses, the criteria behind them, and remission."""

from django.db.models import Q

from accounts.models import EVERYONE, Role

from .. import actions
from ..models import Condition, CriteriaAssessment, CriteriaSet, Patient
from ..serializers import (
    AmendConditionInput,
    ConditionInput,
    ConditionSerializer,
    CriteriaAssessmentSerializer,
    CriteriaSetSerializer,
    RemitInput,
)
from .bases import Reads, Verb
from .errors import mark_error
from .told import Told

LIKE = ~Q(withdrawal_like="")
DIAGNOSES = frozenset({Role.INTAKE, Role.NURSE, Role.PRESCRIBER, Role.COUNSELOR, Role.SUPERVISOR})


class Conditions(Reads):
    """Diagnoses."""

    model = Condition
    serializer_class = ConditionSerializer
    related = ("facility",)
    filterset_fields = ["patient", "facility", "status", "principal", "system", "code"]
    told = (Told("conditions", "{words}", "{code}", "{severity}", at="noted_at", by="noted_by"),)


class CriteriaSets(Reads):
    """Criteria by class of substances."""

    model = CriteriaSet
    serializer_class = CriteriaSetSerializer
    allowed_roles = EVERYONE
    filterset_fields = ["slug"]


class CriteriaAssessments(Reads):
    """Criteria that were met."""

    model = CriteriaAssessment
    serializer_class = CriteriaAssessmentSerializer
    related = ("criteria_set",)
    filterset_fields = ["patient", "facility", "criteria_set"]
    told = (
        Told("conditions", "criteria: {criteria_set__name}", "{met}", at="assessed_at", by="assessed_by"),
        Told("conditions", "like withdrawal: {withdrawal_like}", at="assessed_at", by="assessed_by", where=LIKE),
    )


class RecordCondition(Verb):
    """patients.actions.record_condition"""

    noun, answer = Patient, Condition
    name, label = "record-condition", "Record a condition"
    description = "A diagnosis, coded or in words; a new principal one takes the mark from the one before."
    allowed_roles = DIAGNOSES
    serializer_class = ConditionInput

    def act(self, row, data, by):
        """Record."""
        return actions.record_condition(row, **data, by=by)


class AmendCondition(Verb):
    """patients.actions.amend_condition"""

    noun = Condition
    name, label = "amend", "Correct"
    description = "Correct code, words, onset or severity; every earlier state is kept."
    allowed_roles = DIAGNOSES
    serializer_class = AmendConditionInput

    def act(self, row, data, by):
        """Amend."""
        return actions.amend_condition(row, **data, by=by)


class MakePrincipal(Verb):
    """patients.actions.make_principal"""

    noun = Condition
    name, label = "make-principal", "Principal condition"
    description = "This is what the person is treated for first."
    allowed_roles = DIAGNOSES
    needs = actions.make_principal.needs

    def act(self, row, data, by):
        """Mark."""
        return actions.make_principal(row, **data, by=by)


class Remit(Verb):
    """patients.actions.remit"""

    noun = Condition
    name, label = "remit", "In remission"
    description = "No criterion but craving for three months is early remission, for twelve sustained."
    allowed_roles = DIAGNOSES
    serializer_class = RemitInput
    needs = actions.remit.needs

    def act(self, row, data, by):
        """Remit."""
        return actions.remit(row, **data, by=by)


class Reactivate(Verb):
    """patients.actions.reactivate"""

    noun = Condition
    name, label = "reactivate", "Active again"
    description = "The condition is there again."
    allowed_roles = DIAGNOSES
    needs = actions.reactivate.needs

    def act(self, row, data, by):
        """Reactivate."""
        return actions.reactivate(row, **data, by=by)


class ResolveCondition(Verb):
    """patients.actions.resolve_condition"""

    noun = Condition
    name, label = "resolve", "Resolved"
    description = "The person does not have this any more."
    allowed_roles = DIAGNOSES
    needs = actions.resolve_condition.needs

    def act(self, row, data, by):
        """Resolve."""
        return actions.resolve_condition(row, **data, by=by)


MarkConditionError = mark_error(Condition)
MarkCriteriaAssessmentError = mark_error(CriteriaAssessment)
