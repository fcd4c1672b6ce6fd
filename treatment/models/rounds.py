"""Rounds: how closely somebody is watched, each time they were seen, and what cannot have been as it is written."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from secrets import randbelow

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import Facility, by_whom, clinical
from audit.models import Record, Rows, history, together
from duties.models import Duty
from patients.models import Episode, Patient, PatientRows

LOOK_AGAIN = timedelta(minutes=5)  # for somebody who was not found [D]
SHORTLY = timedelta(minutes=10)  # before the first that was flagged: the others of the batch [D]
AHEAD = timedelta(minutes=5)  # clocks differ; what is further ahead was written before it was seen
MORNING = 7  # the hour a night ends [D]


class Seen(models.TextChoices):
    """Where the person was on a round."""

    BED = "bed", "In bed"
    ROOM = "room", "In their room, not in bed"
    COMMON = "common", "In a common room"
    GROUP = "group", "In a group or a talk"
    BATHROOM = "bathroom", "In the bathroom"
    OUTSIDE = "outside", "Outside, on the grounds"
    AWAY = "away", "Away, as we know"
    NOT_FOUND = "not_found", "Not found"


class State(models.TextChoices):
    """Awake or asleep."""

    AWAKE = "awake", "Awake"
    ASLEEP = "asleep", "Asleep"


class BreathingSeen(models.TextChoices):
    """What was seen of the breathing."""

    SEEN = "seen", "Breathing seen, quiet"
    HARD = "hard", "Breathing hard, slow or noisy"
    NONE = "none", "No breathing seen"


class Behavior(models.TextChoices):
    """What the person did, as seen."""

    CALM = "calm", "Calm"
    SOCIAL = "social", "With others"
    ALONE = "alone", "Keeps to themselves"
    RESTLESS = "restless", "Restless"
    TEARFUL = "tearful", "Tearful"
    ANGRY = "angry", "Angry or threatening"
    CONFUSED = "confused", "Confused"
    INTOXICATED = "intoxicated", "Seems intoxicated"
    SELF_HARM = "self_harm", "Hurts themselves, or speaks of it"


class Distress(models.IntegerChoices):
    """How distressed they seemed."""

    NONE = 0, "None seen"
    SOME = 1, "Some"
    GREAT = 2, "Great"


SHARED = (Seen.COMMON, Seen.GROUP, Seen.OUTSIDE)
ABSENT = (Seen.AWAY, Seen.NOT_FOUND)
# What stands out on a round, and is told on the timeline; everything else is in the list of rounds alone.
EXCEPTIONS = (
    Q(where=Seen.NOT_FOUND)
    | Q(breathing__in=[BreathingSeen.HARD, BreathingSeen.NONE])
    | Q(distress=Distress.GREAT)
    | Q(behavior__overlap=[Behavior.ANGRY, Behavior.CONFUSED, Behavior.INTOXICATED, Behavior.SELF_HARM])
)


class RoundOrders(PatientRows):
    """Orders."""

    along = ("duty__ladder", "duty__facility", "review_duty", "facility", "checklist")

    def open(self):
        """Those going on: they end when their duty does."""
        return self.right().filter(duty__closed_at=None)


@clinical
class RoundOrder(Record):
    """How closely somebody is watched, why, and by whose order: one duty, owed again after each round (domain 10)."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="round_orders", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="round_orders")
    checklist = models.ForeignKey(
        "treatment.Checklist", on_delete=models.PROTECT, related_name="+", help_text="the levels"
    )
    level = models.CharField(max_length=30, editable=False)
    level_name = models.CharField(max_length=200, help_text="the level, as it was called then")
    reason = models.CharField(max_length=500)
    duty = models.OneToOneField(Duty, on_delete=models.PROTECT, related_name="round_order")
    review_duty = models.OneToOneField(Duty, on_delete=models.PROTECT, related_name="round_review")
    ordered_at = models.DateTimeField()
    ordered_by = by_whom(null=False, blank=False)
    reviewed_at = models.DateTimeField(null=True, blank=True, editable=False)
    reviewed_by = by_whom(editable=False)
    review = models.CharField(max_length=500, blank=True, editable=False, help_text="why it is still needed")

    objects = RoundOrders.as_manager()

    refusals = {
        "rounds_go_on": (
            "rounds_go_on",
            "Write down each round, or order another level. A tick does not say that somebody was seen.",
        )
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            together("a_review_of_rounds_has_who", "reviewed_at", "reviewed_by"),
            models.CheckConstraint(
                name="rounds_are_ordered_for_a_reason",
                condition=~Q(reason=""),
                violation_error_code="reason_missing",
                violation_error_message="Say why the person is watched this closely.",
            ),
            models.CheckConstraint(
                name="a_review_of_rounds_says_why",
                condition=Q(reviewed_at=None) | ~Q(review=""),
                violation_error_code="reason_missing",
                violation_error_message="Say why it is still needed.",
            ),
        ]
        indexes = [models.Index(fields=["patient", "-ordered_at"], name="round_orders_of_a_person")]

    def __str__(self):
        return f"{self.patient}: {self.level_name.lower()}"

    def item(self):
        """The level as data."""
        return next(item for item in self.checklist.items if item["code"] == self.level)

    def is_over(self):
        """Has it ended?"""
        return not self.duty.is_open()

    def next_due(self, seen_at):
        """When somebody comes next after a round: drawn by chance, so that nobody can learn it (domain 10)."""
        level, local = self.item(), seen_at.astimezone(self.facility.tz())
        is_night = local.time() >= self.facility.night_from or local.hour < MORNING
        pace = level.get("night", level) if is_night else level
        jitter = int(pace["jitter"] * 60)
        return seen_at + timedelta(minutes=pace["minutes"], seconds=randbelow(2 * jitter + 1) - jitter)


class RoundEntries(PatientRows):
    """Rounds."""

    def right(self):
        """Those nobody struck."""
        return self.filter(strike=None)


class RoundEntry(models.Model):
    """Somebody was seen, or looked for, at one moment. Append-only: a mistake is struck by a row of its own."""

    id = models.BigAutoField(primary_key=True)
    order = models.ForeignKey(RoundOrder, on_delete=models.PROTECT, related_name="entries", db_index=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="round_entries", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+", db_index=False)
    observed_at = models.DateTimeField()
    entered_at = models.DateTimeField(db_default=Now(), editable=False, help_text="by the database's clock")
    entered_by = by_whom(null=False, blank=False)
    where = models.CharField(max_length=10, choices=Seen)
    state = models.CharField(max_length=10, choices=State, blank=True)
    breathing = models.CharField(max_length=10, choices=BreathingSeen, blank=True)
    behavior = ArrayField(models.CharField(max_length=12, choices=Behavior), default=list, blank=True)
    distress = models.PositiveSmallIntegerField(choices=Distress, null=True, blank=True)
    words = models.CharField(max_length=500, blank=True)

    objects = RoundEntries.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "round", "rounds"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="a_round_says_what_was_seen",
                condition=Q(where__in=ABSENT, state="", breathing="", behavior=[], distress=None)
                | ~Q(where__in=ABSENT) & ~Q(state=""),
                violation_error_code="half_recorded",
                violation_error_message="Say whether the person was awake or asleep, or that they were not there.",
            ),
            models.CheckConstraint(
                name="of_a_sleeper_the_breathing_is_seen",
                condition=~Q(state=State.ASLEEP) | ~Q(breathing=""),
                violation_error_code="breathing_missing",
                violation_error_message="Of somebody asleep, say what you saw of their breathing.",
            ),
            models.CheckConstraint(
                name="a_round_is_not_written_ahead",
                condition=Q(observed_at__lte=F("entered_at") + AHEAD),
                violation_error_code="in_the_future",
                violation_error_message="A round is written down once the person was seen.",
            ),
        ]
        indexes = [
            models.Index(fields=["order", "-observed_at"], name="rounds_of_an_order"),
            models.Index(fields=["patient", "-observed_at"], name="rounds_of_a_person"),
            models.Index(fields=["patient", "-observed_at"], condition=EXCEPTIONS, name="rounds_that_stand_out"),
            models.Index(fields=["entered_by", "-entered_at"], name="rounds_by_a_user"),
        ]

    def __str__(self):
        return f"{self.patient}: {self.get_where_display().lower()}"

    def is_absent(self):
        """Was nobody seen?"""
        return self.where in ABSENT

    def what_now(self):
        """What whoever made the round does at once; nothing when nothing is called for."""
        if self.where == Seen.NOT_FOUND:
            return "Search the unit and the grounds now. Not there? Report them missing."
        if self.breathing in (BreathingSeen.HARD, BreathingSeen.NONE):
            return "Call emergency services now. Stay with the person."
        if Behavior.SELF_HARM in self.behavior:
            return "Stay with the person. A nurse or prescriber comes now."
        return ""


class RoundStrikes(PatientRows):
    """Strikes."""


class RoundStrike(models.Model):
    """A round that was written down by mistake: it stays readable, and counts for nothing. Append-only."""

    id = models.BigAutoField(primary_key=True)
    entry = models.OneToOneField(RoundEntry, on_delete=models.PROTECT, related_name="strike")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+", db_index=False)
    reason = models.CharField(max_length=500)
    struck_at = models.DateTimeField(db_default=Now(), editable=False)
    struck_by = by_whom(null=False, blank=False)

    objects = RoundStrikes.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="a_round_is_struck_for_a_reason",
                condition=~Q(reason=""),
                violation_error_code="reason_missing",
                violation_error_message="Say why it was a mistake.",
            )
        ]

    def __str__(self):
        return f"Struck: {self.reason}"


class RoundBatches(Rows):
    """Batches."""

    def open(self):
        """Those nobody has looked at."""
        return self.filter(looked_at=None)


@history
class RoundBatch(Record):
    """Rounds by one member of staff that cannot have been as they are written: a supervisor looks (domain 10).

    It names nobody who was seen; which rounds they are follows from who wrote them and when.
    """

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    written_by = by_whom(null=False, blank=False)
    signs = ArrayField(models.CharField(max_length=20), help_text="codes of the rules that found them")
    rounds = models.PositiveIntegerField(default=1, help_text="how many rounds were found")
    first_at = models.DateTimeField(help_text="written down from")
    last_at = models.DateTimeField(help_text="until")
    duty = models.OneToOneField(Duty, on_delete=models.PROTECT, related_name="round_batch")
    looked_at = models.DateTimeField(null=True, blank=True, editable=False)
    looked_by = by_whom(editable=False)
    finding = models.CharField(max_length=1000, blank=True, editable=False)

    objects = RoundBatches.as_manager()

    refusals = {
        "a_batch_is_looked_at": ("batch_open", "This is ended by a supervisor who says what they found."),
    }

    class Meta:
        verbose_name, verbose_name_plural = "batch of rounds", "batches of rounds"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="a_look_at_rounds_has_who_and_what",
                condition=Q(looked_at=None, looked_by=None, finding="")
                | Q(looked_at__isnull=False, looked_by__isnull=False) & ~Q(finding=""),
                violation_error_code="half_recorded",
                violation_error_message="Say what you found.",
            ),
            models.CheckConstraint(
                name="nobody_looks_at_their_own_rounds",
                condition=Q(looked_by=None) | ~Q(looked_by=F("written_by")),
                violation_error_code="own_rounds",
                violation_error_message="Somebody else looks at your rounds.",
            ),
            models.UniqueConstraint(
                fields=["facility", "written_by"],
                condition=Q(looked_at=None),
                name="one_batch_at_a_time",
                violation_error_code="batch_open",
                violation_error_message="Somebody is to look at rounds of this user already.",
            ),
        ]

    def __str__(self):
        return f"Rounds by {self.written_by}"

    def entries(self):
        """The rounds they are among: what the same user wrote down here from shortly before the first."""
        return RoundEntry.objects.filter(
            facility=self.facility_id,
            entered_by=self.written_by_id,
            entered_at__range=(self.first_at - SHORTLY, self.last_at),
        )


@dataclass(frozen=True, slots=True)
class Written:
    """What the rules need to know of a round: about whom, when seen, when written down."""

    order: object
    where: str
    observed_at: object
    entered_at: object

    def place(self):
        """A room that many share is one place; a bed, a room of one's own or a bathroom is each person's."""
        return self.where if self.where in SHARED else (self.where, self.order)


def implausible(new, before, limits, *, away=False):
    """The codes of the rules that say this round cannot have been as it is written (domain 10). Pure.

    `new` is the round just written, `before` the earlier ones by the same user, `limits` the items of the
    checklist round-batches; `away`: by what we know the person was not here.
    """
    rules = {item["code"]: item for item in limits}
    found = []
    near = _near(new, before, timedelta(seconds=rules["fast"]["seconds"]))
    if len({one.place() for one in near}) >= rules["fast"]["places"]:
        found.append("fast")
    same = {one.place() for one in [new, *before] if one.observed_at == new.observed_at}
    if len(same) >= rules["identical"]["places"]:
        found.append("identical")
    if new.entered_at - new.observed_at > timedelta(minutes=rules["late"]["minutes"]):
        found.append("late")
    crowd = rules["crowded"]
    own = [one for one in _near(new, before, timedelta(seconds=crowd["seconds"])) if one.order == new.order]
    if len(own) >= crowd["entries"]:
        found.append("crowded")
    if away:
        found.append("away")
    return found


def _near(new, before, within):
    """The new one, and those seen no longer than so much before or after it."""
    return [new, *(one for one in before if abs(one.observed_at - new.observed_at) <= within)]


def moves(readings, limits, now=None):
    """How vital signs move the wrong way, in words: [(code, sentence)]. Pure.

    `readings` are {code: [(at, value)]}, oldest first; limits are items of the checklist vital-trends.
    """
    now, found = now or timezone.now(), []
    for rule in limits:
        since = now - timedelta(hours=rule["hours"])
        lately = [value for at, value in readings.get(rule["code"], ()) if at >= since and value is not None]
        last = lately[-rule["readings"] :]
        sign = 1 if rule["way"] == "up" else -1
        steps = [sign * (after - before) for before, after in pairwise(last)]
        if len(last) == rule["readings"] and min(steps) > 0 and sum(steps) >= rule["by"]:
            found.append((rule["code"], f"{rule['text']}: {', '.join(f'{value:g}' for value in last)}"))
    return found
