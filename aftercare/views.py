"""After discharge, and the verbs that lead there."""

from django.db.models import Prefetch, Q
from django.utils import timezone

from accounts.models import CARE, EVERYONE, Role
from duties.models import Duty
from patients.models import Episode, Patient
from patients.serializers import ReasonInput
from patients.views import Filters, Reads, Told, Verb, unset
from patients.views.errors import mark_error
from treatment.actions import conversations
from treatment.models import Conversation, Discharge, Placement, Transfer

from .actions import check_ins, closings, discharges, plans, transfers
from .models import AftercarePlan, Answer, CheckIn, CheckInOutcome, DeathReport, Schedule
from .serializers import (
    AftercarePlanSerializer,
    AnswerInput,
    AnswerSerializer,
    ArrivalInput,
    CallInput,
    CallSerializer,
    CheckInSerializer,
    CloseInput,
    DeathInput,
    DeathReportSerializer,
    DischargeInput,
    NotArrivedInput,
    ReturnInput,
    ScheduleSerializer,
    TalkInput,
)

TALKS = frozenset({Role.COUNSELOR, Role.NURSE, Role.PRESCRIBER, Role.SUPERVISOR, Role.INTAKE})
FOLLOWS_UP = frozenset({Role.AFTERCARE, Role.COUNSELOR, Role.SUPERVISOR})


class Schedules(Reads):
    """When check-ins fall due."""

    model = Schedule
    serializer_class = ScheduleSerializer
    allowed_roles = EVERYONE
    place, shared = "facility", True
    filterset_fields = ["slug", "facility"]


class AftercarePlanFilters(Filters):
    """Still going on?"""

    active = unset("ended_at")

    class Meta:
        model = AftercarePlan
        fields = ["patient", "facility", "episode", "coach"]


class AftercarePlans(Reads):
    """What people are followed up by."""

    model = AftercarePlan
    serializer_class = AftercarePlanSerializer
    filterset_class = AftercarePlanFilters
    told = (
        Told("check-ins", "aftercare begins: {schedule__name}", at="began_at", by="began_by"),
        Told("check-ins", "aftercare ends: {end_reason}", at="ended_at", by="ended_by"),
    )


class CheckInFilters(Filters):
    """Still open?"""

    open = unset("closed_at")

    class Meta:
        model = CheckIn
        fields = ["patient", "facility", "plan", "plan__episode", "outcome"]


class CheckIns(Reads):
    """Planned contacts."""

    model = CheckIn
    serializer_class = CheckInSerializer
    filterset_class = CheckInFilters
    told = (
        Told(
            "check-ins",
            "check-in {outcome}",
            at="closed_at",
            by="closed_by",
            where=~Q(outcome__in=[CheckInOutcome.ANSWERED, CheckInOutcome.REACHED]),  # the answer tells those
        ),
    )


class CallList(CheckIns):
    """Whom to call now: check-ins nobody answered in time."""

    serializer_class = CallSerializer
    allowed_roles = FOLLOWS_UP
    related = ("patient", "duty")

    def get_queryset(self):
        """Those for which a call is owed."""
        calls = Prefetch(
            "duty__led_to", Duty.objects.open().filter(keeps_thread=True).order_by("pk"), to_attr="open_calls"
        )
        rows = super().get_queryset()
        return rows.filter(pk__in=CheckIn.objects.unanswered(timezone.now()).values("pk")).prefetch_related(calls)


class AnswerFilters(Filters):
    """About whom, to what?"""

    class Meta:
        model = Answer
        fields = ["patient", "facility", "check_in", "how", "wants_call"]


class Answers(Reads):
    """What people said."""

    model = Answer
    serializer_class = AnswerSerializer
    filterset_class = AnswerFilters
    told = (
        Told(
            "check-ins",
            "answered {how}",
            "craving {craving}",
            "used on {ketamine_days} days",
            "{wants_call}wants a call",
            at="answered_at",
            by="answered_by",
        ),
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


class Talk(Verb):
    """aftercare.actions.discharges.talk"""

    noun, answer = Episode, Conversation
    name, label = "talk", "Record the talk"
    description = "The talk was held; what is owed next follows from what the person said."
    allowed_roles = TALKS
    serializer_class = TalkInput
    needs = conversations.hold.needs

    def act(self, row, data, by):
        """Talk."""
        return discharges.talk(row, **data, by=by)


class EndTreatment(Verb):
    """aftercare.actions.discharges.discharge"""

    noun, answer = Episode, Discharge
    name, label = "discharge", "Discharge"
    description = "End treatment and begin aftercare, in one go."
    allowed_roles = frozenset({Role.COUNSELOR, Role.NURSE, Role.PRESCRIBER, Role.SUPERVISOR})
    serializer_class = DischargeInput
    needs = discharges.discharge.needs

    def act(self, row, data, by):
        """Discharge."""
        return discharges.discharge(row, **data, by=by)


class ConfirmArrival(Verb):
    """aftercare.actions.transfers.confirm_arrival"""

    noun = Transfer
    name, label = "confirm-arrival", "Arrived"
    description = "Somebody there said that the person arrived; closing the episode is owed, or we stay in touch."
    allowed_roles = TALKS | FOLLOWS_UP
    serializer_class = ArrivalInput

    def act(self, row, data, by):
        """Confirm."""
        return transfers.confirm_arrival(row, **data, by=by)


class NotArrived(Verb):
    """aftercare.actions.transfers.not_arrived"""

    noun = Transfer
    name, label = "not-arrived", "Did not arrive"
    description = "Somebody calls the person now; after a discharge they are followed up."
    allowed_roles = TALKS | FOLLOWS_UP
    serializer_class = NotArrivedInput

    def act(self, row, data, by):
        """Resume contact."""
        return transfers.not_arrived(row, **data, by=by)


class ReturnToTreatment(Verb):
    """aftercare.actions.plans.return_to_treatment"""

    noun, answer = Episode, Placement
    name, label = "return-to-treatment", "Back to treatment"
    description = "The person comes back to treatment from aftercare. Needs a new clearance."
    allowed_roles = frozenset({Role.INTAKE, Role.NURSE, Role.PRESCRIBER, Role.COUNSELOR, Role.SUPERVISOR})
    serializer_class = ReturnInput
    needs = plans.return_to_treatment.needs

    def act(self, row, data, by):
        """Return."""
        return plans.return_to_treatment(row, **data, by=by)


class Close(Verb):
    """aftercare.actions.closings.close"""

    noun = Episode
    name, label = "close", "Close the episode"
    description = "A signed decision with a reason. Coming back is always possible."
    confirm = "Nothing will be owed to this person any more. Close the episode?"
    allowed_roles = frozenset({Role.SUPERVISOR, Role.COUNSELOR, Role.AFTERCARE})
    serializer_class = CloseInput
    needs = closings.close.needs

    def act(self, row, data, by):
        """Close."""
        return closings.close(row, **data, by=by)


class WriteAnswer(Verb):
    """aftercare.actions.check_ins.answer"""

    noun, answer = CheckIn, Answer
    name, label = "answer", "Write down the answer"
    description = "What the person said, in time or late; the next check-in is made at once."
    allowed_roles = CARE
    serializer_class = AnswerInput

    def act(self, row, data, by):
        """Answer."""
        return check_ins.answer(row, **data, by=by)


class LogCall(Verb):
    """aftercare.actions.check_ins.log_call"""

    noun = Duty
    name, label = "log-call", "I called"
    description = "What came of a call. Reached ends what the call was for; anything else leaves it owed."
    allowed_roles = CARE
    serializer_class = CallInput
    needs = (Duty.require_open,)

    def act(self, row, data, by):
        """Log."""
        return check_ins.log_call(row, **data, by=by)


class ReportDeath(Verb):
    """aftercare.actions.closings.report_death"""

    noun, answer = Patient, DeathReport
    name, label = "report-death", "Report a death"
    description = "Somebody said the person died: messages stop at once, and finding out is owed."
    confirm = "Every message to this person stops now. Report the death?"
    allowed_roles = CARE
    serializer_class = DeathInput

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

    def act(self, row, data, by):
        """Withdraw."""
        return closings.withdraw_death_report(row, **data, by=by)


MarkAnswerError = mark_error(Answer)
