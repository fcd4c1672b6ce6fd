"""What a session worked on, how far that has come, and what it adds up to."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from accounts.models import Facility, by_whom
from audit.models import Record, history, together
from patients.models import Patient, PatientRows

from .plan_lines import Objective
from .sessions import Session, SessionNote


class ProgressRating(models.TextChoices):
    """Toward an objective, since the session before."""

    WORSE = "worse", "Worse"
    SAME = "same", "No change"
    SOME = "some", "Some progress"
    MUCH = "much", "Much progress"
    MET = "met", "Met"


class NoObjective(models.TextChoices):
    """Why a session worked on none."""

    CRISIS = "crisis", "A crisis came first"
    FIRST_CONTACT = "first_contact", "First contact"
    NO_PLAN_YET = "no_plan_yet", "No plan in force"
    NO_SHOW = "no_show", "The person did not come"
    OTHER = "other", "Other"


# Said by the system itself, when it is so; nobody chooses these.
BY_ITSELF = frozenset({NoObjective.NO_PLAN_YET, NoObjective.NO_SHOW})


class SessionObjectives(PatientRows):
    """What sessions worked on."""

    def standing(self):
        """Those not taken back before the note was signed."""
        return self.filter(removed_at=None)

    def signed(self):
        """Those that stand in a signed note of a session that took place."""
        notes = SessionNote.objects.right().filter(session=OuterRef("session"), signed_at__isnull=False)
        return self.standing().filter(Exists(notes), session__entered_in_error_at=None)

    def visible_to(self, user, roles):
        """As the note of the session is: a draft only to its author."""
        notes = SessionNote.objects.right().filter(session=OuterRef("session"))
        own = Q(adopted_by=user.pk) | Q(adopted_by=None, drafted_by=user.pk)
        seen = notes.filter(Q(signed_at__isnull=False) | own)
        return super().visible_to(user, roles).standing().filter(Exists(seen))


@history
class SessionObjective(Record):
    """An objective a session worked on with what came of it, or why it worked on none. Locked with the note."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="session_objectives", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="worked_on")
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, null=True, blank=True, related_name="ratings")
    progress = models.CharField(max_length=10, choices=ProgressRating, blank=True)
    no_objective = models.CharField(max_length=20, choices=NoObjective, blank=True)
    words = models.CharField(max_length=500, blank=True)
    noted_at = models.DateTimeField(editable=False)
    noted_by = by_whom(null=False, blank=False, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)
    removed_by = by_whom(editable=False)

    objects = SessionObjectives.as_manager()

    refusals = {
        "what_was_worked_on_is_locked_with_the_note": (
            "note_signed",
            "The note of this session is signed, so what was worked on cannot be changed.",
        ),
        "a_signed_note_says_what_was_worked_on": (
            "worked_on_missing",
            "Say which objectives of the plan were worked on, or why none was.",
        ),
        "a_rating_is_of_the_persons_own_plan": (
            "objective_not_in_plan",
            "This is no objective of the person’s plan.",
        ),
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            together("what_was_taken_back_has_who", "removed_at", "removed_by"),
            models.CheckConstraint(
                name="a_session_works_on_an_objective_or_says_why_not",
                condition=Q(objective__isnull=False, no_objective="") & ~Q(progress="")
                | Q(objective=None, progress="") & ~Q(no_objective=""),
                violation_error_code="worked_on_missing",
                violation_error_message="Rate the progress toward an objective, or say why none was worked on.",
            ),
            models.CheckConstraint(
                name="another_reason_is_said_in_words",
                condition=~Q(no_objective=NoObjective.OTHER) | ~Q(words=""),
                violation_error_code="reason_missing",
                violation_error_message="Say in words why no objective was worked on.",
            ),
            models.UniqueConstraint(
                fields=["session", "objective"],
                condition=Q(removed_at=None, objective__isnull=False),
                name="an_objective_is_rated_once_in_a_session",
                violation_error_code="rated_twice",
                violation_error_message="An objective is rated once in a session.",
            ),
            models.UniqueConstraint(
                fields=["session"],
                condition=Q(removed_at=None, objective=None),
                name="one_reason_why_none_was_worked_on",
                violation_error_code="rated_twice",
                violation_error_message="One reason is enough.",
            ),
        ]
        indexes = [models.Index(fields=["patient"], name="ratings_of_a_person")]

    def __str__(self):
        if self.objective_id is None:
            return f"No objective: {self.get_no_objective_display().lower()}"
        return f"{self.objective}: {self.get_progress_display().lower()}"


VALUE = {"worse": -1, "same": 0, "some": 1, "much": 2, "met": 2}
RECENT = 3  # ratings that make a trend [D]


@dataclass
class Progress:
    """What the signed notes of one version of a plan say about one objective, oldest first."""

    objective: Objective
    ratings: list = field(default_factory=list)  # (progress, when, words)

    @property
    def counts(self):
        """{rating: how often}, of those that were given."""
        return dict(Counter(rating for rating, _, _ in self.ratings))

    @property
    def last(self):
        """The last rating; empty before the first."""
        return self.ratings[-1][0] if self.ratings else ""

    @property
    def last_at(self) -> datetime | None:
        """When the last rated session was."""
        return self.ratings[-1][1] if self.ratings else None

    @property
    def trend(self):
        """Toward it, away from it, or level, by the last three ratings; empty before the first (our default)."""
        recent = [VALUE[rating] for rating, _, _ in self.ratings[-RECENT:]]
        if not recent:
            return ""
        return "toward" if sum(recent) > 0 else "away" if sum(recent) < 0 else "level"

    def in_words(self):
        """On one line."""
        if not self.ratings:
            return "not worked on since the last review"
        times = "once" if len(self.ratings) == 1 else f"{len(self.ratings)} times"
        return f"worked on {times}, last: {ProgressRating(self.last).label.lower()}; {TREND_IN_WORDS[self.trend]}"


TREND_IN_WORDS = {"toward": "moving toward it", "away": "moving away from it", "level": "level"}


def progress_of(plan):
    """{key of an objective: Progress} of one version, so since the last review: two statements."""
    found = {one.pk: Progress(one) for one in plan.objectives.standing().order_by("id")}
    rows = SessionObjective.objects.signed().filter(objective__plan=plan).annotate(when=F("session__started_at"))
    for key, *rating in rows.order_by("when", "pk").values_list("objective", "progress", "when", "words"):
        if key in found:
            found[key].ratings.append(tuple(rating))
    return found
