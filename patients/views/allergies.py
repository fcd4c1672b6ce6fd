"""What people must not be given."""

from django.db.models import Q

from accounts.models import CARE, Role

from .. import actions
from ..models import Allergy, Patient
from ..serializers import AllergyInput, AllergySerializer, AmendAllergyInput, NoAllergiesInput, ReasonInput
from .bases import Reads, Verb
from .errors import mark_error
from .told import Told

RULES_OUT = frozenset({Role.NURSE, Role.PRESCRIBER})


class Allergies(Reads):
    """Allergies, and statements that none is known."""

    model = Allergy
    serializer_class = AllergySerializer
    filterset_fields = ["patient", "facility", "status", "none_known"]
    told = (
        Told(
            "allergies",
            "allergy: {substance}",
            "{reaction}",
            "{severity}",
            at="noted_at",
            by="noted_by",
            where=Q(none_known=False),
        ),
        Told("allergies", "no known allergies", at="noted_at", by="noted_by", where=Q(none_known=True)),
        Told(
            "allergies",
            "not allergic to {substance}",
            "{ruled_out_reason}",
            at="ruled_out_at",
            by="ruled_out_by",
            where=Q(none_known=False),
        ),
    )


class RecordAllergy(Verb):
    """patients.actions.record_allergy"""

    noun, answer = Patient, Allergy
    name, label = "record-allergy", "Record an allergy"
    description = "What the person reacts to; a statement that nothing was known ends with it."
    allowed_roles = CARE
    serializer_class = AllergyInput

    def act(self, row, data, by):
        """Record."""
        return actions.record_allergy(row, **data, by=by)


class RecordNoKnownAllergies(Verb):
    """patients.actions.record_no_known_allergies"""

    noun, answer = Patient, Allergy
    name, label = "record-no-known-allergies", "No known allergies"
    description = "The person was asked, and no allergy is known."
    allowed_roles = CARE
    serializer_class = NoAllergiesInput
    needs = actions.record_no_known_allergies.needs

    def act(self, row, data, by):
        """Record."""
        return actions.record_no_known_allergies(row, **data, by=by)


class AmendAllergy(Verb):
    """patients.actions.amend_allergy"""

    noun = Allergy
    name, label = "amend", "Correct"
    description = "Correct what is known about the reaction; every earlier state is kept."
    allowed_roles = CARE
    serializer_class = AmendAllergyInput
    needs = actions.amend_allergy.needs

    def act(self, row, data, by):
        """Amend."""
        return actions.amend_allergy(row, **data, by=by)


class RuleOut(Verb):
    """patients.actions.rule_out"""

    noun = Allergy
    name, label = "rule-out", "Rule out"
    description = "It was looked into: the person does not react to this, or the statement does not hold."
    allowed_roles = RULES_OUT
    serializer_class = ReasonInput
    needs = actions.rule_out.needs

    def act(self, row, data, by):
        """Rule out."""
        return actions.rule_out(row, **data, by=by)


MarkAllergyError = mark_error(Allergy)
