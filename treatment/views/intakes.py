"""Intakes."""

from django.db.models import Q

from accounts.models import Role
from patients.models import Episode
from patients.serializers import Input
from patients.views import Filters, Reads, Told, Verb, unset

from ..actions import intakes
from ..models import Intake
from ..serializers import AmendIntakeInput, CompleteIntakeInput, IntakeSerializer


class IntakeFilters(Filters):
    """Still to be completed?"""

    planned = unset("completed_at")

    class Meta:
        model = Intake
        fields = ["patient", "facility", "episode", "program"]


class Intakes(Reads):
    """Intakes."""

    model = Intake
    serializer_class = IntakeSerializer
    filterset_class = IntakeFilters
    told = (
        Told("arrival", "intake completed", "for {program__name}", at="completed_at", by="completed_by"),
        Told(
            "arrival",
            "referred by: {referral_source}",
            at="completed_at",
            by="completed_by",
            where=~Q(referral_source__in=["97", "98"]),
        ),
        Told("arrival", "notice about privacy given", at="notice_given_at", by="notice_given_by"),
    )


class CompleteIntake(Verb):
    """treatment.actions.intakes.complete_intake"""

    noun, answer = Episode, Intake
    name, label = "complete-intake", "Complete the intake"
    description = "The intake is done; admission is owed next."
    allowed_roles = frozenset({Role.INTAKE, Role.NURSE, Role.COUNSELOR, Role.SUPERVISOR})
    serializer_class = CompleteIntakeInput
    needs = intakes.complete_intake.needs

    def act(self, row, data, by):
        """Complete."""
        return intakes.complete_intake(row, **data, by=by)


class AmendIntake(Verb):
    """treatment.actions.intakes.amend_intake"""

    noun = Intake
    name, label = "amend", "Correct what is reported"
    description = "Who referred the person, a mental disorder besides, opioid medication: as reports ask for it."
    allowed_roles = frozenset({Role.INTAKE, Role.NURSE, Role.COUNSELOR, Role.SUPERVISOR})
    serializer_class = AmendIntakeInput
    needs = intakes.amend_intake.needs

    def act(self, row, data, by):
        """Amend."""
        return intakes.amend_intake(row, **data, by=by)


class GiveNotice(Verb):
    """treatment.actions.intakes.give_notice"""

    noun = Intake
    name, label = "give-notice", "Notice given"
    description = "The person can take the notice about privacy in now, and has it."
    allowed_roles = frozenset({Role.INTAKE, Role.NURSE, Role.COUNSELOR, Role.SUPERVISOR})
    serializer_class = Input
    needs = intakes.give_notice.needs

    def act(self, row, data, by):
        """Give."""
        return intakes.give_notice(row, **data, by=by)
