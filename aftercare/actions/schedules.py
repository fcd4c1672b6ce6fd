"""Editions of schedules: drafted, changed, published, and what becomes of the plans that follow an older one."""

import logging

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from patients.actions import needs

from ..models import AftercarePlan, Schedule
from .plans import locked, rearrange

log = logging.getLogger(__name__)
CARRIED = (
    "name", "steps", "local_time", "other_time", "when_amber", "when_red", "when_green", "green_run", "shortest",
    "longest", "early_days", "early_longest", "waits", "source",
)  # fmt: skip


def is_draft(schedule):
    """Raise schedule_published when it can no longer be changed."""
    if schedule.published_at is not None:
        raise ValidationError("A published schedule never changes; draft a new edition.", code="schedule_published")


@transaction.atomic
def draft(schedule, *, facility, by, at=None, **changes):
    """Begin a place's next edition of a schedule, from this one; nobody follows it until it is published.

    Raises steps_out_of_order, too_far_apart, factor_unreasonable, edition_taken.
    """
    same = Schedule.objects.filter(slug=schedule.slug, facility=facility)
    made = Schedule(slug=schedule.slug, facility=facility, edition=(same.aggregate(n=Max("edition"))["n"] or 0) + 1)
    for name in CARRIED:
        setattr(made, name, changes.get(name, getattr(schedule, name)))
    made.require_in_order()
    made.save(force_insert=True)
    return made


@needs(is_draft)
@transaction.atomic
def amend(schedule, *, by, at=None, **changes):
    """Change a draft. Raises schedule_published and what `draft` does."""
    schedule = Schedule.objects.lock(schedule.pk)
    is_draft(schedule)
    for name, value in changes.items():
        setattr(schedule, name, value)
    schedule.require_in_order()
    schedule.save(update_fields=list(changes))
    schedule.refresh_from_db()
    return schedule


@needs(is_draft)
@transaction.atomic
def publish(schedule, *, by, at=None):
    """From now on it is followed: by new plans at once, and by those that follow an older edition within a minute.

    Of those only what nobody was asked yet is reckoned anew. Raises schedule_published.
    """
    schedule = Schedule.objects.lock(schedule.pk)
    is_draft(schedule)
    schedule.require_in_order()
    schedule.published_at, schedule.published_by = at or timezone.now(), by
    schedule.save(update_fields=["published_at", "published_by"])
    return schedule


def renew_plans(now=None, *, most=500):
    """Move active plans to the newest edition of their schedule. Returns how many."""
    now, count = now or timezone.now(), 0
    for (slug, place), newest in _newest().items():
        behind = AftercarePlan.objects.active().filter(schedule__slug=slug).exclude(schedule=newest)
        behind = behind.filter(facility=place) if place else behind.exclude(facility__in=_places(slug))
        for pk in behind.values_list("pk", flat=True)[: most - count]:
            try:
                count += _renew(pk, newest, now)
            except Exception:  # one poisoned plan must not stop the others; the next turn tries again
                log.exception("plan %s is stuck", pk)
    return count


def _newest():
    """{(slug, place or none): the edition in force there}."""
    rows = Schedule.objects.published().order_by("slug", "facility_id", "-edition").distinct("slug", "facility_id")
    return {(row.slug, row.facility_id): row for row in rows}


def _places(slug):
    """The places that have editions of their own."""
    return Schedule.objects.published().filter(slug=slug, facility__isnull=False).values("facility")


@transaction.atomic
def _renew(pk, schedule, now):
    plan = locked(AftercarePlan.objects.get(pk=pk))
    plan.schedule = schedule
    plan.save(update_fields=["schedule"])
    rearrange(plan, by=User.objects.system(), at=now, note=f"a new edition: {schedule}")
    return 1
