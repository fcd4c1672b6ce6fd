"""When check-ins fall due."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from accounts.models import Facility
from audit.models import Record, Rows

A_DAY = timedelta(days=1)


class Schedules(Rows):
    """Schedules."""

    def current(self, slug, facility):
        """The newest edition: the facility's own when it has one."""
        return (
            self.filter(Q(facility=facility) | Q(facility=None), slug=slug)
            .order_by(F("facility").asc(nulls_last=True), "-edition")
            .first()
        )


class Schedule(Record):
    """When check-ins fall due after day 0: versioned data, never changed once published."""

    slug = models.SlugField(max_length=50)
    edition = models.PositiveIntegerField(default=1)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=200)
    steps = ArrayField(
        models.DurationField(),
        help_text="from day 0; whole days fall at the local time below, shorter ones count from the hour itself",
    )
    local_time = models.TimeField(default=time(10))
    source = models.CharField(max_length=500, blank=True)

    objects = Schedules.as_manager()

    refusals = {
        "a_schedule_never_changes": (
            "schedule_published",
            "A schedule never changes; publish a new edition.",
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
        ]

    def __str__(self):
        return f"{self.name} ({self.edition})"

    def due_at(self, number, anchor_at, zone):
        """The instant of step `number` (from 0) for a person whose day 0 began at `anchor_at` in `zone`.

        A wall time skipped by daylight saving falls an hour later, a doubled one on its first occurrence.
        """
        step = self.steps[number]
        if step % A_DAY:
            return anchor_at + step
        tz = ZoneInfo(zone)
        day = anchor_at.astimezone(tz).date() + step
        return datetime.combine(day, self.local_time, tz).astimezone(ZoneInfo("UTC"))
