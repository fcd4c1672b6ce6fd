"""When check-ins fall due."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from accounts.models import Facility, by_whom
from audit.models import Record, Rows

from .tiers import Tier

A_DAY = timedelta(days=1)
FARTHEST_APART = timedelta(days=94)  # a thread is at most 95 days long, and a wall clock may be an hour off
UTC = ZoneInfo("UTC")


@dataclass(frozen=True)
class Standing:
    """What the next interval follows from, beside the age of the plan."""

    tier: str = Tier.GREEN
    greens: int = 0  # green answers in a row, the newest included
    pace: float = 1  # the person's own wish: times the usual interval
    early_from: datetime | None = None  # out of a bed or of custody since; none: no such days


@dataclass(frozen=True)
class Next:
    """The next check-in: when, at which hour of the person's clock, and why then."""

    due_at: datetime
    local_time: time | None
    why: str


class Schedules(Rows):
    """Schedules."""

    def published(self):
        """Those in use; what is not published is a draft."""
        return self.filter(published_at__isnull=False)

    def current(self, slug, facility, **also):
        """The newest published edition: the facility's own when it has one. `also` is read along."""
        return (
            self.published()
            .annotate(**also)
            .filter(Q(facility=facility) | Q(facility=None), slug=slug)
            .order_by(F("facility").asc(nulls_last=True), "-edition")
            .first()
        )


def factor(what):
    """A number by which an interval is multiplied."""
    limits = [MinValueValidator(0.05), MaxValueValidator(4)]
    return models.FloatField(default=1, validators=limits, help_text=f"times the usual interval {what}")


class Schedule(Record):
    """When check-ins fall due after day 0, and how answers move them: an edition never changes once published."""

    slug = models.SlugField(max_length=50)
    edition = models.PositiveIntegerField(default=1)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=200)
    steps = ArrayField(
        models.DurationField(),
        help_text="from day 0; whole days fall at the local time below, shorter ones count from the hour itself",
    )
    local_time = models.TimeField(default=time(10))
    other_time = models.TimeField(default=time(18), help_text="the other hour, tried after a miss")
    when_amber = factor("after an amber answer")
    when_red = factor("after a red or critical one")
    when_green = factor("after a run of green ones")
    green_run = models.PositiveSmallIntegerField(default=3, help_text="so many green answers are a run")
    shortest = models.DurationField(default=timedelta(0), help_text="never closer together than this")
    longest = models.DurationField(
        default=FARTHEST_APART, help_text="the floor: never further apart than this, whatever is asked for"
    )
    early_days = models.PositiveSmallIntegerField(
        default=0, help_text="the first days out of a bed or of custody, where nothing makes contact lighter"
    )
    early_longest = models.DurationField(
        default=timedelta(days=7), help_text="in those days never further apart than this"
    )
    waits = models.DurationField(
        default=timedelta(days=7), help_text="for how long an answer is waited for, unless the next is due before"
    )
    source = models.CharField(max_length=500, blank=True)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    published_by = by_whom(editable=False, help_text="none: shipped with the program")

    objects = Schedules.as_manager()

    refusals = {
        "a_schedule_never_changes": (
            "schedule_published",
            "A published schedule never changes; draft a new edition.",
        )
    }

    class Meta:
        ordering = ["slug", "-edition"]
        constraints = [
            models.UniqueConstraint(
                fields=["slug", "facility", "edition"],
                nulls_distinct=False,
                name="one_schedule_per_edition",
                violation_error_code="edition_taken",
                violation_error_message="This edition of the schedule exists already.",
            ),
            models.CheckConstraint(
                name="a_schedule_has_steps",
                condition=Q(steps__len__gt=0),
                violation_error_code="schedule_empty",
                violation_error_message="A schedule has at least one step.",
            ),
            models.CheckConstraint(
                name="a_schedule_publication_has_when",
                condition=Q(published_by=None) | Q(published_at__isnull=False),
                violation_error_code="half_recorded",
                violation_error_message="A publication records when and by whom.",
            ),
            models.CheckConstraint(
                name="a_schedule_keeps_the_thread",
                condition=Q(longest__gt=timedelta(0), longest__lte=FARTHEST_APART)
                & Q(shortest__gte=timedelta(0), shortest__lte=F("longest"))
                & Q(early_longest__gt=timedelta(0), early_longest__lte=FARTHEST_APART, waits__gt=timedelta(0)),
                violation_error_code="too_far_apart",
                violation_error_message="Check-ins are at most 94 days apart, and the shortest is the shorter one.",
            ),
            models.CheckConstraint(
                name="a_factor_makes_sense",
                condition=Q(when_amber__gt=0, when_amber__lte=1, when_red__gt=0, when_red__lte=F("when_amber"))
                & Q(when_green__gte=1, when_green__lte=4, green_run__gte=1),
                violation_error_code="factor_unreasonable",
                violation_error_message="Amber and red bring contact closer together, red at least as much as amber; "
                "green never does.",
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.edition})"

    def require_in_order(self):
        """Raise steps_out_of_order, or too_far_apart where a person would be out of sight for too long."""
        gaps = [step - before for before, step in zip([timedelta(0), *self.steps], self.steps, strict=False)]
        if any(gap <= timedelta(0) for gap in gaps):
            raise ValidationError("The steps go on, each later than the last.", code="steps_out_of_order")
        if any(gap > FARTHEST_APART for gap in gaps):
            raise ValidationError("Two steps are at most 94 days apart.", code="too_far_apart")

    def is_in_days(self):
        """Are its steps whole days, which fall at an hour of the person's own clock?"""
        return not any(step % A_DAY for step in self.steps)

    def due_at(self, number, anchor_at, zone, local_time=None):
        """The instant of step `number` (from 0) for a person whose day 0 began at `anchor_at` in `zone`."""
        return self._instant(self.steps[number], anchor_at, zone, local_time)

    def _instant(self, age, anchor_at, zone, local_time=None):
        """A wall time skipped by daylight saving falls an hour later, a doubled one on its first occurrence."""
        if age % A_DAY:
            return anchor_at + age
        tz = ZoneInfo(zone)
        day = anchor_at.astimezone(tz).date() + age
        return datetime.combine(day, local_time or self.local_time, tz).astimezone(UTC)

    def between(self, since, until, *, anchor_at, zone):
        """The instants of its steps after `since`, up to and with `until`."""
        dues = (self.due_at(number, anchor_at, zone) for number in range(len(self.steps)))
        return [due for due in dues if since < due <= until]

    def next(self, since, *, anchor_at, zone, standing=None, local_time=None):
        """The check-in after the contact at `since`; none once the steps are over.

        The step of the schedule at this age of the plan, moved by what was answered (domain 7.1, 7.2): closer
        after amber and red, further after a run of green and where the person asks for fewer, never past the
        floor, and in the first days out of a bed or of custody never further than the schedule itself.
        """
        standing = standing or Standing()
        ahead = (
            number for number in range(len(self.steps)) if self.due_at(number, anchor_at, zone, local_time) > since
        )
        number = next(ahead, None)
        if number is None:
            return None
        step = self.steps[number]
        gap = step - (self.steps[number - 1] if number else timedelta(0))
        age = self._age(since, step, anchor_at, zone)
        early = self._is_early(since, standing)
        times, why = self._factor(standing, early)
        wanted = step if times == 1 else self._whole(gap * times, step)
        target = wanted if times == 1 else age + wanted
        if times < 1:
            target = min(step, target)
        elif times > 1:
            target = min(max(step, target), max(step, self.steps[-1]))
        target = max(target, age + self._whole(self.shortest, step))
        floor = min(self.longest, self.early_longest) if early else self.longest
        if target > age + floor:
            target, why = age + floor, f"{why} No further apart than {_days(floor)}.".strip()
        if times != 1 and target == step:
            why = "As the schedule says."
        due_at = self._instant(target, anchor_at, zone, local_time)
        if due_at <= since:  # the wall clock was set back, or an hour earlier in the day is asked for
            due_at = self._instant(target + A_DAY, anchor_at, zone, local_time)
        return Next(due_at, local_time, why or "As the schedule says.")

    def _age(self, since, step, anchor_at, zone):
        """How old the plan is at a contact: in days of the person's own calendar, where steps are days."""
        if step % A_DAY:
            return since - anchor_at
        tz = ZoneInfo(zone)
        return since.astimezone(tz).date() - anchor_at.astimezone(tz).date()

    def _whole(self, interval, step):
        """Where steps are days, an interval is whole days, one at least."""
        if step % A_DAY or not interval:
            return interval
        return A_DAY * max(1, round(interval / A_DAY))

    def _is_early(self, since, standing):
        begun = standing.early_from
        return begun is not None and begun <= since < begun + self.early_days * A_DAY

    def _factor(self, standing, early):
        """(factor, why): by the tier, and only while that is green by the person's wish and a run of green."""
        tier = Tier(standing.tier)
        if tier != Tier.GREEN:
            return (self.when_amber if tier == Tier.AMBER else self.when_red), f"{tier.label}: closer together."
        times, words = standing.pace, []
        if standing.pace > 1:
            words.append("The person asked for fewer.")
        if self.when_green > 1 and standing.greens >= self.green_run:
            times *= self.when_green
            words.append(f"{standing.greens} green in a row: further apart.")
        if early and times > 1:
            return 1, f"Not lighter in the first {self.early_days} days."
        return times, " ".join(words)

    def preview(self, *, anchor_at, zone, tier=Tier.GREEN, most=80):
        """What a person would be asked, each answered when it is due and in this tier: [Next], all in UTC."""
        found, since = [], anchor_at
        while len(found) < most:
            run = len(found) if tier == Tier.GREEN else 0
            standing = Standing(tier=tier, greens=run, early_from=anchor_at)
            following = self.next(since, anchor_at=anchor_at, zone=zone, standing=standing)
            if following is None:
                break
            found.append(following)
            since = following.due_at
        return found


def _days(span):
    days = span / A_DAY
    return f"{days:g} day{'' if days == 1 else 's'}" if days >= 1 else f"{span}"
