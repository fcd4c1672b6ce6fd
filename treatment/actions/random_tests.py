"""Tests on days that nobody can foresee: begun, paused while the person is away, revealed on the morning, ended."""

import logging
from datetime import time, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.actions import refuse
from accounts.models import Role, User
from duties import actions as duties
from patients import actions as patients
from patients.actions import at_stage, needs
from patients.models import Episode, Stage

from ..models import Absence, Departure, DepartureKind, RandomDraw, RandomSchedule, RandomTest
from ..models.analytes import ANALYTES
from ..models.random_tests import RandomOutcome, draw, every_day
from .observations import where

log = logging.getLogger(__name__)
NOBODY_COLLECTED = "nobody collected it that day"


def is_not_tested_at_random(episode):
    """Raise schedule_open."""
    if RandomSchedule.objects.right().filter(episode=episode, ended_at=None).exists():
        refuse(RandomSchedule, "one_random_schedule_at_a_time")


@needs(at_stage(*set(Stage) - {Stage.CLOSED}), is_not_tested_at_random)
@transaction.atomic
def begin_random_tests(episode, *, panel, by, weekdays=(), at=None, **rule):
    """From now on the person is tested on days that nobody can foresee; one day is drawn, and told to nobody.

    Of somebody who is away none is drawn until they are back.

    Raises schedule_open, numbers_crossed, weekdays_missing, window_crossed, panel_empty, unknown_analyte.
    """
    episode = Episode.objects.lock(episode.pk)
    at = at or timezone.now()
    begin_random_tests.require(episode)
    if unknown := set(panel) - set(ANALYTES):
        raise ValidationError(f"“{min(unknown)}” is nothing that tests look for.", code="unknown_analyte")
    schedule = RandomSchedule(
        patient_id=episode.patient_id,
        facility=where(episode),
        episode=episode,
        panel=list(dict.fromkeys(panel)),
        weekdays=sorted(set(weekdays)) or every_day(),
        began_at=at,
        began_by=by,
        **rule,
    )
    schedule.save(force_insert=True)
    if was_away(schedule, at):
        _pause(schedule, reason="away", by=by, at=at)
    else:
        _draw_next(schedule, at=at)
    return schedule


def _draw_next(schedule, *, at):
    """One day is drawn, whose morning has not come; a day that was drawn before and has not come is given up."""
    today = at.astimezone(schedule.facility.tz()).date()
    passed = today if at >= schedule.reveal_at(today) else today - timedelta(days=1)
    schedule.draws.filter(spent_at=None).update(spent_at=at)
    last = schedule.draws.order_by("-drawn_at", "-pk").first()
    taken = schedule.tests.right().filter(on__gte=last.period_began_on).count() if last else 0
    found = draw(
        per=schedule.per,
        least=schedule.least,
        most=schedule.most,
        weekdays=schedule.weekdays,
        after=passed,
        last=last and last.drawn(),
        taken=taken,
    )
    RandomDraw.objects.create(
        schedule=schedule,
        on=found.on,
        period_began_on=found.began_on,
        wanted=found.wanted,
        reveal_at=schedule.reveal_at(found.on),
        drawn_at=at,
    )


def is_going_on(schedule):
    """Raise schedule_ended."""
    if schedule.ended_at or schedule.entered_in_error_at:
        raise ValidationError("These random tests have ended.", code="schedule_ended")


def is_not_paused(schedule):
    """Raise paused_already."""
    if schedule.paused_at:
        raise ValidationError("They are paused already.", code="paused_already")


def is_paused(schedule):
    """Raise not_paused."""
    if schedule.paused_at is None:
        raise ValidationError("They are not paused.", code="not_paused")


def _locked(schedule):
    episode = Episode.objects.lock(schedule.episode_id)
    schedule = RandomSchedule.objects.select_related("facility").lock(schedule.pk)
    schedule.episode = episode
    return schedule


@needs(is_going_on, is_not_paused)
@transaction.atomic
def pause(schedule, *, reason, by, at=None):
    """Nobody is tested until they go on; a test owed today is excused. Raises schedule_ended, paused_already."""
    schedule = _locked(schedule)
    pause.require(schedule)
    _pause(schedule, reason=reason, by=by, at=at or timezone.now())
    schedule.refresh_from_db()
    return schedule


def _pause(schedule, *, reason, by, at):
    schedule.paused_at, schedule.paused_by, schedule.pause_reason = at, by, reason
    schedule.save(update_fields=["paused_at", "paused_by", "pause_reason"])
    if not _excuse_open(schedule.tests, reason=reason, by=by, at=at):  # while one is owed no day is drawn ahead
        schedule.draws.filter(spent_at=None).update(spent_at=at)


@needs(is_going_on, is_paused)
@transaction.atomic
def resume(schedule, *, by, at=None):
    """They go on from tomorrow, with a day drawn anew. Raises schedule_ended, not_paused."""
    schedule = _locked(schedule)
    resume.require(schedule)
    _resume(schedule, at=at or timezone.now())
    schedule.refresh_from_db()
    return schedule


def _resume(schedule, *, at):
    schedule.paused_at, schedule.paused_by, schedule.pause_reason = None, None, ""
    schedule.save(update_fields=["paused_at", "paused_by", "pause_reason"])
    _draw_next(schedule, at=at)


@needs(is_going_on)
@transaction.atomic
def end(schedule, *, reason, by, at=None):
    """No more random tests; one owed today is excused. Raises schedule_ended."""
    schedule = _locked(schedule)
    end.require(schedule)
    end_random_tests(schedule.episode, reason=reason, by=by, at=at or timezone.now())
    schedule.refresh_from_db()
    return schedule


def end_random_tests(episode, *, reason, by, at):
    """No more random tests of the person of a locked episode; one owed today is excused."""
    episode.random_schedules.right().filter(ended_at=None).update(ended_at=at, ended_by=by, end_reason=reason)
    RandomDraw.objects.filter(schedule__episode=episode, spent_at=None).update(spent_at=at)
    _excuse_open(episode.random_tests, reason=reason, by=by, at=at)


def _open_schedule(episode, **also):
    rows = episode.random_schedules.right().filter(ended_at=None).annotate(**also)
    return rows.select_related("facility").first()


def pause_for_absence(episode, *, reason, by, at):
    """The person of a locked episode is away: random tests rest until `resume_after_absence`."""
    schedule = _open_schedule(episode)
    if schedule and schedule.paused_at is None:
        _pause(schedule, reason=reason, by=by, at=at)


def resume_after_absence(episode, *, by, at):
    """The person of a locked episode is back: random tests go on from tomorrow, unless somebody had paused them."""
    schedule = _open_schedule(episode, was_away=_gone(OuterRef("paused_at")))
    if schedule and schedule.paused_at and schedule.was_away:
        _resume(schedule, at=at)


def was_away(schedule, at):
    """Was the person in hospital, on leave or looked for then?"""
    return RandomSchedule.objects.filter(_gone(at), pk=schedule.pk).exists()


def _gone(at):
    """The same, about schedules."""
    absences = Absence.objects.right().filter(
        Q(returned_at=None) | Q(returned_at__gte=at), Q(ended_at=None) | Q(ended_at__gte=at), left_at__lte=at
    )
    searches = Departure.objects.right().filter(
        Q(ended_at=None) | Q(ended_at__gte=at), kind=DepartureKind.MISSING, noticed_at__lte=at
    )
    return Exists(absences.filter(episode=OuterRef("episode"))) | Exists(searches.filter(episode=OuterRef("episode")))


# What comes of a test that is owed today.


def is_open(random_test):
    """Raise outcome_known."""
    if random_test.closed_at or random_test.entered_in_error_at:
        raise ValidationError("What came of this is written down already.", code="outcome_known")


def _close(random_test, outcome, *, by, at, reason="", test=None):
    random_test.closed_at, random_test.closed_by = at, by
    random_test.outcome, random_test.reason, random_test.test = outcome, reason, test
    random_test.save(update_fields=["closed_at", "closed_by", "outcome", "reason", "test"])
    if random_test.duty.is_open():
        close = {RandomOutcome.DONE: duties.resolve, RandomOutcome.EXCUSED: duties.excuse}.get(outcome, duties.cancel)
        close(random_test.duty, by=by, at=at, reason=reason or RandomOutcome(outcome).label)


def _excuse_open(tests, *, reason, by, at):
    """The one of these tests that is owed today is excused; was there one?"""
    owed = list(tests.open().select_related("duty"))
    for random_test in owed:
        _close(random_test, RandomOutcome.EXCUSED, reason=reason, by=by, at=at)
    return bool(owed)


def collected(test, *, by, at):
    """A sample of a locked episode does what a random test owed today asks for; the next day is drawn."""
    owed = test.episode.random_tests.open().select_related("duty", "schedule__facility")
    for random_test in owed.filter(opens_at__lte=at, schedule__panel__contained_by=test.panel):
        _close(random_test, RandomOutcome.DONE, test=test, by=by, at=at)
        _draw_on(random_test, at=at)


def _draw_on(random_test, *, at):
    """The next day, while the schedule goes on."""
    schedule = random_test.schedule
    if schedule.ended_at is None and schedule.paused_at is None and schedule.entered_in_error_at is None:
        _draw_next(schedule, at=at)


@transaction.atomic
def _say(random_test, outcome, *, reason, by, at):
    Episode.objects.lock(random_test.episode_id)
    random_test = RandomTest.objects.select_related("duty", "schedule__facility").lock(random_test.pk)
    is_open(random_test)
    at = at or timezone.now()
    _close(random_test, outcome, reason=reason, by=by, at=at)
    _draw_on(random_test, at=at)
    random_test.refresh_from_db()
    return random_test


@needs(is_open)
def excuse(random_test, *, reason, by, at=None):
    """The test is not asked for today, for a reason somebody stands for. Raises outcome_known."""
    return _say(random_test, RandomOutcome.EXCUSED, reason=reason, by=by, at=at)


@needs(is_open)
def miss(random_test, *, reason, by, at=None):
    """The test was not collected; that says nothing about use, and costs nothing. Raises outcome_known."""
    return _say(random_test, RandomOutcome.MISSED, reason=reason, by=by, at=at)


# Where time itself changes the world.


def turn(now=None):
    """Close what was not collected by the end of its day, then reveal what is owed today. Returns how many."""
    now = now or timezone.now()
    over = RandomTest.objects.open().filter(over_at__lte=now).values_list("pk", flat=True)
    due = RandomDraw.objects.filter(spent_at=None, reveal_at__lte=now, schedule__in=RandomSchedule.objects.going_on())
    count = 0
    for step, keys in ((_over, list(over)), (_reveal, list(due.values_list("pk", flat=True)))):
        for key in keys:
            try:
                count += step(key, now)
            except Exception:  # one poisoned row must not stop the others; the next turn tries again
                log.exception("a random test is stuck: %s", key)
    return count


@transaction.atomic
def _over(pk, now):
    episode = RandomTest.objects.values_list("episode", flat=True).get(pk=pk)
    Episode.objects.lock(episode)
    random_test = RandomTest.objects.select_related("duty", "schedule__facility").lock(pk)
    if random_test.closed_at or random_test.over_at > now:
        return 0
    system = User.objects.system()
    _close(random_test, RandomOutcome.MISSED, reason=NOBODY_COLLECTED, by=system, at=now)
    _draw_on(random_test, at=now)
    return 1


@transaction.atomic
def _reveal(pk, now):
    episode = Episode.objects.lock(RandomDraw.objects.values_list("schedule__episode", flat=True).get(pk=pk))
    drawn = RandomDraw.objects.lock(pk)
    schedule = RandomSchedule.objects.going_on().select_related("facility").filter(pk=drawn.schedule_id).first()
    if drawn.spent_at or schedule is None or schedule.tests.open().exists():
        return 0
    over_at = schedule.local(drawn.on + timedelta(days=1), time(0))
    if over_at <= now:  # the system stood still all that day
        _draw_next(schedule, at=now)
        return 0
    system = User.objects.system()
    closes_at = schedule.local(drawn.on, schedule.window_until)
    duty = duties.open(
        "random_test",
        facility=schedule.facility,
        episode=episode,
        owner_role=Role.NURSE,
        due_at=closes_at,
        note=f"{schedule.get_matrix_display()}, {schedule.window_from:%H:%M} to {schedule.window_until:%H:%M}",
        by=system,
        at=now,
    )
    RandomTest.objects.create(
        patient_id=schedule.patient_id,
        facility=schedule.facility,
        episode=episode,
        schedule=schedule,
        on=drawn.on,
        opens_at=schedule.reveal_at(drawn.on),
        closes_at=closes_at,
        over_at=over_at,
        duty=duty,
    )
    drawn.spent_at = now
    drawn.save(update_fields=["spent_at"])
    return 1


@transaction.atomic
def mark_error(schedule, *, reason, by, at=None):
    """It was never meant for this person: nothing is drawn any more."""
    schedule = _locked(schedule)
    at = at or timezone.now()
    if schedule.ended_at is None:
        end_random_tests(schedule.episode, reason="entered in error", by=by, at=at)
    return patients.mark_error(schedule, reason=reason, by=by, at=at)
