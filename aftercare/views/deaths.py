"""Deaths reported, confirmed and withdrawn."""

from accounts.models import CARE, Role
from patients.models import Patient
from patients.serializers import ReasonInput
from patients.views import Reads, Told, Verb

from ..actions import closings
from ..models import DeathReport
from ..serializers import (
    DeathInput,
    DeathReportSerializer,
)


class DeathReports(Reads):
    """Deaths reported, and what was found out."""

    model = DeathReport
    serializer_class = DeathReportSerializer
    filterset_fields = ["patient", "facility", "episode"]
    told = (
        Told("steps", "death reported", at="reported_at", by="reported_by"),
        Told("steps", "death confirmed", "{reason}", at="confirmed_at", by="confirmed_by"),
        Told("steps", "death report withdrawn", "{reason}", at="withdrawn_at", by="withdrawn_by"),
    )


class ReportDeath(Verb):
    """aftercare.actions.closings.report_death"""

    noun, answer = Patient, DeathReport
    name, label = "report-death", "Report a death"
    description = "Somebody said the person died: messages stop at once, and finding out is owed."
    confirm = "Every message to this person stops now. Report the death?"
    allowed_roles = CARE
    serializer_class = DeathInput
    needs = closings.report_death.needs

    def act(self, row, data, by):
        """Report."""
        return closings.report_death(row, **data, by=by)


DECIDES_A_DEATH = frozenset({Role.SUPERVISOR, Role.PRESCRIBER})


class ConfirmDeath(Verb):
    """aftercare.actions.closings.confirm_death"""

    noun = DeathReport
    name, label = "confirm", "Confirm the death"
    description = "The episode closes, and nothing more is owed to the person."
    confirm = "This closes the episode. Confirm the death?"
    allowed_roles = DECIDES_A_DEATH
    serializer_class = ReasonInput
    needs = closings.confirm_death.needs

    def act(self, row, data, by):
        """Confirm."""
        return closings.confirm_death(row, **data, by=by)


class WithdrawDeath(Verb):
    """aftercare.actions.closings.withdraw_death_report"""

    noun = DeathReport
    name, label = "withdraw", "The person is alive"
    description = "The report was wrong; what was paused goes on."
    allowed_roles = DECIDES_A_DEATH
    serializer_class = ReasonInput
    needs = closings.withdraw_death_report.needs

    def act(self, row, data, by):
        """Withdraw."""
        return closings.withdraw_death_report(row, **data, by=by)
