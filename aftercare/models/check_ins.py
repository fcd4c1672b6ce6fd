"""Check-ins, and what people answer."""

from datetime import timedelta

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from accounts.models import Facility, by_whom, clinical
from audit.models import Record
from duties.models import Duty, DutyEvent, Kind, Notice, NoticeState, Rung
from messaging.models import GatewayIncident, Result
from patients.models import CloseReason, Patient, PatientRows

from .plans import AftercarePlan


class CheckInOutcome(models.TextChoices):
    """How a check-in ended."""

    ANSWERED = "answered", "Answered"
    REACHED = "reached", "Reached by phone"
    MISSED = "missed", "Missed"
    CANCELED = "canceled", "No longer needed"
    MISSED_BY_US = "missed_by_us", "We did not ask"
    WITHDREW = "withdrew", "Asked for no more"


WAS_ANSWERED = (CheckInOutcome.ANSWERED, CheckInOutcome.REACHED)
NOT_ANSWERED = (CheckInOutcome.MISSED, CheckInOutcome.MISSED_BY_US)
# Closed without an answer, and still waited for: missed, not asked because of us, or ended because contact was lost.
# Withdrawn, called or no longer needed: it is over.
STILL_COUNTS = Q(outcome__in=NOT_ANSWERED) | Q(
    outcome=CheckInOutcome.CANCELED, plan__episode__close_reason=CloseReason.LOST
)


class CheckIns(PatientRows):
    """Check-ins."""

    along = ("patient", "facility", "plan__episode", "plan__schedule", "plan__facility", "plan__coach", "duty")

    def open(self):
        """Those not closed."""
        return self.right().filter(closed_at=None)

    def over(self, now):
        """Those whose answer is not waited for any longer."""
        long_due = Q(over_at=None, due_at__lte=now - timedelta(days=7))
        return self.open().filter(long_due | Q(over_at__lte=now), plan__ended_at=None)

    def with_fired(self):
        """These, with what `has_fired` asks."""
        of_it = {"duty": models.OuterRef("duty"), "climb": models.OuterRef("duty__climb")}
        return self.annotate(fired=models.Exists(DutyEvent.objects.filter(kind=Kind.RUNG, **of_it)))

    def unanswered(self, now):
        """The call list: check-ins for which a call is owed because the time to answer has passed.

        Those closed as missed stay on it, until the person is reached or the call is given up.
        """
        calls = Duty.objects.open().filter(because_of__isnull=False, keeps_thread=True)
        calls = calls.filter(because_of=models.OuterRef("duty"))
        answers = Answer.objects.right().filter(check_in=models.OuterRef("pk"))
        return self.right().filter(models.Exists(calls), ~models.Exists(answers), due_at__lte=now)


@clinical
class CheckIn(Record):
    """One planned contact after discharge; at most one is open per active plan."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="check_ins", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(AftercarePlan, on_delete=models.PROTECT, related_name="check_ins")
    duty = models.OneToOneField(Duty, on_delete=models.PROTECT, related_name="check_in")
    number = models.PositiveSmallIntegerField(help_text="of the plan, from 0")
    due_at = models.DateTimeField()
    local_time = models.TimeField(
        null=True, blank=True, editable=False, help_text="an hour of its own; none: the schedule's"
    )
    why = models.CharField(max_length=300, blank=True, db_default="", editable=False, help_text="why it is due then")
    over_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="no answer by then is a miss; none: a week after it is due"
    )
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_by = by_whom(editable=False)
    outcome = models.CharField(max_length=20, choices=CheckInOutcome, blank=True, editable=False)

    objects = CheckIns.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="a_closed_check_in_has_who_and_how",
                condition=Q(closed_at=None, closed_by=None, outcome="")
                | Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(outcome=""),
                violation_error_code="half_recorded",
                violation_error_message="A check-in's end records when, by whom and how.",
            ),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(closed_at=None, entered_in_error_at=None),
                name="one_open_check_in_per_plan",
                violation_error_code="check_in_open",
                violation_error_message="A check-in is open already.",
            ),
            models.UniqueConstraint(
                fields=["plan", "number"],
                condition=Q(entered_in_error_at=None),
                name="one_check_in_per_step",
                violation_error_code="check_in_made",
                violation_error_message="This step has its check-in already.",
            ),
        ]
        indexes = [
            models.Index(fields=["patient", "-due_at"], name="check_ins_of_a_person"),
            models.Index(fields=["due_at"], condition=Q(closed_at=None), name="open_check_ins"),
            models.Index(fields=["over_at"], condition=Q(closed_at=None), name="check_ins_waiting"),
        ]

    def __str__(self):
        return f"Check-in {self.number + 1} of {self.patient}"

    def has_fired(self):
        """Was anything said about it yet, to anybody? Asked anew unless it was read `with_fired`."""
        if hasattr(self, "fired"):
            return self.fired
        return self.duty.events.filter(kind=Kind.RUNG, climb=self.duty.climb).exists()

    def still_counts(self):
        """Is an answer still waited for, as `STILL_COUNTS` says of one that closed?"""
        if self.outcome == CheckInOutcome.CANCELED:
            return self.plan.episode.close_reason == CloseReason.LOST
        return self.closed_at is None or self.outcome in NOT_ANSWERED

    def was_asked(self):
        """Did a message about it go out, or was a call tried? If not, it was not the person who missed it.

        That we will ask soon, said before it was due, is not asking. What may have arrived counts, unless its gateway
        was about to be found down: then it most likely did not.
        """
        asking = [
            rung.position for rung in Rung.objects.of_published(self.duty.ladder_id) if rung.offset >= timedelta(0)
        ]
        to_them = Notice.objects.filter(duty=self.duty_id, to_patient=True, rung__in=asking)
        of_it = Q(duty=self.duty_id) | Q(duty__because_of=self.duty_id)
        if to_them.filter(state=NoticeState.SENT).exists():
            return True
        if DutyEvent.objects.filter(of_it, kind=Kind.TRIED).exists():
            return True
        unsure = to_them.filter(state=NoticeState.UNCONFIRMED, attempts__result=Result.UNKNOWN)
        tries = unsure.values_list("attempts__channel", "attempts__at")
        return any(not GatewayIncident.objects.swallowed(*one) for one in tries)

    def calls(self):
        """The calls owed because it, or one before it, was not answered."""
        return calls_of(self.plan_id).filter(because_of__check_in__number__lte=self.number)


def calls_of(plan):
    """The calls owed because check-ins of this plan were not answered.

    A call that was asked for in an answer is not among them. What else a check-in led to, such as looking into a
    message, goes on by itself.
    """
    answers = Answer.objects.right().filter(check_in=models.OuterRef("because_of__check_in"))
    return Duty.objects.open().filter(~models.Exists(answers), keeps_thread=True, because_of__check_in__plan=plan)


class AnsweredBy(models.TextChoices):
    """How an answer came."""

    CALL = "call", "By phone"
    IN_PERSON = "in_person", "In person"
    MESSAGE = "message", "By message"
    LINK = "link", "By link"
    SMS = "sms", "By text"
    LETTER = "letter", "By letter"


class Answers(PatientRows):
    """Answers."""


@clinical
class Answer(Record):
    """What a person said at a check-in, in time or late."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="answers", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    check_in = models.ForeignKey(CheckIn, on_delete=models.PROTECT, related_name="answers")
    how = models.CharField(max_length=20, choices=AnsweredBy)
    answered_at = models.DateTimeField()
    answered_by = by_whom(null=False, blank=False, help_text="who wrote it down")
    received_at = models.DateTimeField(db_default=models.functions.Now(), editable=False)
    given = models.JSONField(default=dict, blank=True, help_text="what was said, by the key of the question")
    questions_edition = models.PositiveIntegerField(
        null=True, blank=True, editable=False, help_text="of the questions; none: before there were editions"
    )
    # What lists, pictures and the call list ask for, as columns of their own: the same words as in `given`.
    craving = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(100)], help_text="0-100, right now"
    )
    ketamine_days = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(31)], help_text="days of use since last time"
    )
    other_use = models.CharField(max_length=500, blank=True)
    wants_call = models.BooleanField(default=False)
    text = models.TextField(blank=True, max_length=4000)

    objects = Answers.as_manager()

    refusals = {
        "an_answer_never_changes": (
            "answer_given",
            "An answer never changes. Mark it as entered in error, or write down another.",
        )
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="craving_is_0_to_100",
                condition=Q(craving=None) | Q(craving__lte=100),
                violation_error_code="craving_range",
                violation_error_message="Craving is a number from 0 to 100.",
            )
        ]
        indexes = [models.Index(fields=["patient", "-answered_at"], name="answers_of_a_person")]

    def __str__(self):
        return f"Answer to {self.check_in}"
