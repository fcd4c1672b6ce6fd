"""What a program asks of its people again and again: the duty of the next time, opened as the last is done."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import Role
from duties import actions as duties
from duties.models import Duty
from patients.actions import needs
from patients.models import Episode, SubstanceUse

from ..models import AssessmentSchedule, Instrument, Placement, Program, ScheduledAssessment
from ..models.placements import Track
from ..models.schedules import A_DAY, next_time

DEFAULTS = Path(__file__).parent.parent / "data" / "assessment_schedules.json"
LADDER = "assessment"


@dataclass
class Asked:
    """An instrument to be asked of somebody in a placement: its row, not written yet, and what is owed by then."""

    row: ScheduledAssessment
    owed: dict


def _asked(told, episode, facility, *, owner, at):
    """Of a schedule, as data; None when nothing of it is left to ask."""
    anchor_at = _moment(told["anchor_at"]) or at
    following = next_time(
        told["days"], told["every_days"], anchor_at=anchor_at, last_at=_moment(told["last_at"]), at=at
    )
    if following is None:
        return None
    number, due_at = following
    about = {"facility": facility, "episode": episode, "patient": episode.patient}
    row = ScheduledAssessment(**about, schedule_id=told["pk"], slug=told["slug"], anchor_at=anchor_at, number=number)
    return Asked(row, _owed(told["name"], told["role"], owner, due_at, **about))


def _owed(name, role, owner, due_at, **about):
    """What `duties.open` takes; by name only where whoever is named asks in that role."""
    named = owner if role == Role.COUNSELOR else None
    return {"slug": LADDER, "note": name, "owner_role": role, "owner": named, "due_at": due_at, **about}


def _moment(value):
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def asks(told, episode, facility, *, owner, at):
    """What these schedules ask of the person now; each duty is to be opened, then `write` is called."""
    found = (_asked(one, episode, facility, owner=owner, at=at) for one in told)
    return [one for one in found if one is not None]


def write(asked, opened, *, anew=False):
    """Their rows, with the duties that were opened, in one statement; one row stays one, whatever it points to.

    `anew`: what was asked before counts for nothing, and days are counted from another day 0.
    """
    for one, duty in zip(asked, opened, strict=True):
        one.row.duty = duty
    ScheduledAssessment.objects.bulk_create(
        [one.row for one in asked],
        update_conflicts=True,
        unique_fields=["episode", "slug"],
        update_fields=["schedule", "facility", "number", "duty", *(["anchor_at", "last_at"] if anew else [])],
    )


def begin_for_use(episode, *, by, at):
    """Ketamine use became known of somebody in a locked episode: what is asked because of it begins."""
    placement = _placements().filter(episode=episode).first()
    if placement is None:
        return
    asked_of = AssessmentSchedule.objects.asked_of(episode.pk, episode.patient.survivor().pk)
    told = Program.objects.annotate(asked=asked_of).get(pk=placement.program_id)
    told = [one for one in told.asked if not one["known"]]
    asked = asks(told, placement.episode, placement.facility, owner=_counselor(placement), at=at)
    if asked:
        write(asked, duties.open_all([one.owed for one in asked], by=by, at=at))


def asks_after(episode, facility, *, at):
    """What is asked of somebody in a locked episode who is followed up from now; for `write`, anew."""
    told = [_as_data(schedule, None) for schedule in AssessmentSchedule.objects.after(episode)]
    return asks(told, episode, facility, owner=None, at=at)


def begin_after(episode, facility, *, by, at):
    """The same, owed at once."""
    if asked := asks_after(episode, facility, at=at):
        write(asked, duties.open_all([one.owed for one in asked], by=by, at=at), anew=True)


def asked_after(episode):
    """Duties of what is asked of somebody after discharge."""
    return Duty.objects.filter(
        scheduled_assessment__episode=episode, scheduled_assessment__schedule__after_discharge=True
    )


def _placements():
    """Main placements that go on."""
    rows = Placement.objects.open().filter(track=Track.MAIN)
    return rows.select_related("episode__patient", "facility", "plan_duty__owner").order_by("pk")


def _counselor(placement):
    return placement.plan_duty.owner if placement.plan_duty_id else None


class Following:
    """What asking somebody now does to the rolling duty of an instrument: done, and owed again.

    Made before anything is opened, so that all that is owed anew is opened in the statements of one duty.
    """

    def __init__(self, episode, slug, *, at, declined=False):
        rows = ScheduledAssessment.objects.filter(episode=episode, slug=slug)
        row = rows.select_related("schedule__instrument", "duty__owner", "facility").first()
        self.row = row if row is not None and row.is_owed() and (declined or row.counts(at)) else None
        self.at, self.owed = at, None
        if self.row is None or row.schedule.ended_at:
            return
        schedule = row.schedule
        following = next_time(schedule.days, schedule.every_days, anchor_at=row.anchor_at, last_at=at, at=at)
        if following is not None:
            self.number, due_at = following
            about = {"facility": row.facility, "episode": episode, "patient": episode.patient}
            name, owner = schedule.instrument.name, row.duty.owner
            self.owed = _owed(name, schedule.role, owner, due_at, **about, because_of=row.duty)

    def done(self, opened, *, by, declined=""):
        """Point the row to the next duty, then end the one before; nobody ends it otherwise."""
        row, before = self.row, self.row and self.row.duty
        if row is None:
            return
        row.duty, row.number = opened, self.number if opened else row.number
        row.last_at = max(self.at, row.anchor_at)
        row.save(update_fields=["duty", "number", "last_at"])
        if declined:
            duties.excuse(before, by=by, at=self.at, reason=f"declined: {declined}")
        else:
            duties.resolve_each(Duty.objects.filter(pk=before.pk), by=by, at=self.at, reason="asked")


@transaction.atomic
def follow(episode, slug, *, by, at, also=(), declined=""):
    """Somebody in a locked episode was asked, or declined; `also` is opened along. Returns the duties of `also`."""
    following = Following(episode, slug, at=at, declined=bool(declined))
    wanted = [*also, *([following.owed] if following.owed else [])]
    opened = duties.open_all(wanted, by=by, at=at) if wanted else []
    following.done(opened[len(also)] if following.owed else None, by=by, declined=declined)
    return opened[: len(also)]


def owe_again(episode, slug, answered_at, *, by, at):
    """What was answered then was a mistake: where it counted for what is scheduled, that is owed as at first."""
    rows = ScheduledAssessment.objects.filter(episode=episode, slug=slug, last_at=answered_at)
    row = rows.select_related("schedule", "duty").first()
    if row is None or not row.is_owed():
        return
    row.last_at = None
    row.save(update_fields=["last_at"])
    due_at = at + row.schedule.days[0] * A_DAY
    if due_at < row.duty.due_at:
        duties.reschedule(row.duty, due_at=due_at, by=by, at=at, note="the answer was entered in error")


# What a program asks.


def _locked(program):
    program = Program.objects.lock(program.pk)
    program.require_open()
    return program


def _lock_people(program):
    """The threads of everybody in a locked program: nobody leaves it, or is asked, meanwhile."""
    here = Placement.objects.open().filter(program=program, track=Track.MAIN)
    gone = ScheduledAssessment.objects.open().filter(schedule__program=program)
    people = Q(pk__in=here.values("episode")) | Q(pk__in=gone.values("episode"))
    list(Episode.objects.filter(people).select_for_update(no_key=True).order_by("pk"))


def _take_up(program, schedules, *, by, at):
    """New schedules of a locked program: they take the place of those before, also for everybody who is there."""
    _lock_people(program)
    _replace(program, [one for one in schedules if one.after_discharge], by=by, at=at)
    schedules = [one for one in schedules if not one.after_discharge]
    _replace(program, schedules, by=by, at=at)
    if schedules:
        _ask_those_there(program, schedules, by=by, at=at)


def _replace(program, schedules, *, by, at):
    """They stand from now on. Who was discharged before and asked by the schedule before is asked by the new one."""
    if not schedules:
        return
    after = schedules[0].after_discharge
    before = AssessmentSchedule.objects.in_force().filter(
        program=program, slug__in=[one.slug for one in schedules], after_discharge=after
    )
    rows = (
        ScheduledAssessment.objects.open().filter(schedule__in=before).select_related("episode__patient", "facility")
    )
    rows = list(rows.order_by("pk")) if after else []
    people = Q(scheduled_assessment__schedule__in=list(before))
    duties.cancel_each(Duty.objects.filter(people), by=by, at=at, reason="scheduled anew")
    before.update(ended_at=at, ended_by=by)
    AssessmentSchedule.objects.bulk_create(schedules)
    new, asked = {one.slug: one for one in schedules}, []
    for row in rows:
        asked += asks([_as_data(new[row.slug], row)], row.episode, row.facility, owner=None, at=at)
    if asked:
        write(asked, duties.open_all([one.owed for one in asked], by=by, at=at))


def _ask_those_there(program, schedules, *, by, at):
    uses = SubstanceUse.objects.ketamine().filter(
        Q(patient=OuterRef("patient")) | Q(patient__merged_into=OuterRef("patient"))
    )
    placements = list(_placements().filter(program=program).annotate(uses_ketamine=Exists(uses)))
    known = {
        (row.episode_id, row.slug): row
        for row in ScheduledAssessment.objects.filter(episode__in=[one.episode_id for one in placements])
    }
    asked = []
    for placement in placements:
        told = [
            _as_data(schedule, known.get((placement.episode_id, schedule.slug)))
            for schedule in schedules
            if placement.uses_ketamine or not schedule.only_ketamine
        ]
        asked += asks(told, placement.episode, placement.facility, owner=_counselor(placement), at=at)
    if asked:
        write(asked, duties.open_all([one.owed for one in asked], by=by, at=at))


def _as_data(schedule, row):
    """A schedule as `asked_of` tells it."""
    return {
        **{name: getattr(schedule, name) for name in ("pk", "slug", "days", "every_days", "role")},
        "name": schedule.instrument.name,
        "anchor_at": row and row.anchor_at,
        "last_at": row and row.last_at,
    }


def _new(program, instrument, *, days, by, at, **fields):
    return AssessmentSchedule(
        program=program,
        instrument=instrument,
        slug=instrument.slug,
        days=sorted(set(days)),
        began_at=at,
        began_by=by,
        **fields,
    )


@needs(Program.require_open)
@transaction.atomic
def schedule_assessment(program, *, instrument, days, by, at=None, **fields):
    """The program asks this from now on, in place of how it asked it before; also of those who are there already.

    Raises program_closed, days_missing.
    """
    program, at = _locked(program), at or timezone.now()
    schedule = _new(program, instrument, days=days, by=by, at=at, **fields)
    _take_up(program, [schedule], by=by, at=at)
    return schedule


def has_gaps(program):
    """Raise scheduled_already when the program asks everything of the set the house is delivered with."""
    if not _missing(program):
        raise ValidationError("This program asks all of it already.", code="scheduled_already")


def _missing(program):
    asked = set(program.assessment_schedules.in_force().values_list("slug", "after_discharge"))
    entries = json.loads(DEFAULTS.read_text())
    return [one for one in entries if (one["instrument"], one.get("after_discharge", False)) not in asked]


@needs(Program.require_open, has_gaps)
@transaction.atomic
def use_default_schedules(program, *, by, at=None):
    """Ask what the house is delivered with; what is asked already stays as it is. Raises scheduled_already."""
    program, at = _locked(program), at or timezone.now()
    has_gaps(program)
    entries = _missing(program)
    found = Instrument.objects.current().filter(slug__in=[entry["instrument"] for entry in entries])
    instruments = {one.slug: one for one in found}
    schedules = [
        _new(program, instruments[slug], **entry, by=by, at=at)
        for entry in entries
        for slug in [entry.pop("instrument")]
    ]
    _take_up(program, schedules, by=by, at=at)
    return program


def is_in_force(schedule):
    """Raise schedule_ended."""
    if schedule.ended_at:
        raise ValidationError("This is not asked any more.", code="schedule_ended")


@needs(is_in_force)
@transaction.atomic
def end_schedule(schedule, *, reason, by, at=None):
    """The program does not ask this any more, and nobody there owes it. Raises schedule_ended."""
    program, at = Program.objects.lock(schedule.program_id), at or timezone.now()
    _lock_people(program)
    schedule = AssessmentSchedule.objects.lock(schedule.pk)
    is_in_force(schedule)
    schedule.ended_at, schedule.ended_by = at, by
    schedule.save(update_fields=["ended_at", "ended_by"])
    people = Duty.objects.filter(scheduled_assessment__schedule=schedule)
    duties.cancel_each(people, by=by, at=at, reason=f"not asked any more: {reason}")
    schedule.refresh_from_db()
    return schedule
