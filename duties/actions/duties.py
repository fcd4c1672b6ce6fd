"""Opening, carrying and ending one duty."""

from functools import cache

from django.core.exceptions import EmptyResultSet, ValidationError
from django.db import DEFAULT_DB_ALIAS, connection, transaction
from django.utils import timezone

from patients.actions import needs

from ..climbing import Climb, first_step, set_clock
from ..models import Duty, DutyEvent, Kind, Notice, Outcome, Rung

# Nearly always a part of a bigger change, which it joins: a savepoint of its own would be two statements more.
part_of_a_change = transaction.atomic(savepoint=False)


def _event(duty, kind, *, by, at, note=""):
    DutyEvent.objects.create(
        duty=duty, patient_id=duty.patient_id, kind=kind, at=at, by=by, climb=duty.climb, note=note[:500]
    )


def _locked(duty):
    """Open, locked, and with what its clock is reckoned by."""
    duty = Duty.objects.select_related("ladder", "facility").lock(duty.pk)
    duty.require_open()
    return duty


def _climb(duty):
    """On the ladder it was opened on, which never changes."""
    return Climb(duty, duty.ladder, duty.facility, Rung.objects.of_published(duty.ladder_id))


def _set_anew(keys, kind, state_reason, *, by, at, note):
    """Their clocks were set anew: what was not sent yet is taken back, and what happened is told; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(SET_ANEW, [state_reason, keys, kind, at, by.pk, note[:500], keys])


def _new(slug, rungs, *, facility, by, at, patient=None, episode=None, note="", **fields):
    """A duty with its clock set, not written yet. Raises ladder_unknown."""
    if not rungs:
        raise ValidationError("There is no ladder “%(slug)s”.", code="ladder_unknown", params={"slug": slug})
    if episode is not None and patient is None:
        patient = episode.patient
    duty = Duty(
        facility=facility,
        patient=patient,
        episode=episode,
        ladder=rungs[0].ladder,
        keeps_thread=rungs[0].ladder.keeps_thread,
        note=note[:500],
        opened_at=at,
        opened_by=by,
        **fields,
    )
    first_step(Climb(duty, duty.ladder, facility, rungs), now=at)
    return duty


@part_of_a_change
def open_all(wanted, *, by, at, done=None, reason="", unless_open=False):
    """Several duties in the statements of one; each of `wanted` is what `open` takes, its mark free.

    Where a mark may be taken, `unless_open`: what is owed under it stays, and None stands in its place. Those of the
    rows `done` that are open still are resolved along, for this reason.
    """
    found = Rung.objects.current_of([(one["slug"], one["facility"]) for one in wanted])
    made = [_new(rungs=rungs, by=by, at=at, **one) for one, rungs in zip(wanted, found, strict=True)]
    written = _write(made, unless_open=unless_open)
    if done is not None:
        _end(done, Outcome.RESOLVED, by=by, at=at, reason=reason)
    return [duty if duty.pk in written else None for duty in made]


@part_of_a_change
def open_or_note(wanted, *, by, at):
    """Several duties; what is owed under its mark already stays, and it is noted there that there is more.

    Where that was done in the meantime, it is owed anew.
    """
    made = open_all(wanted, by=by, at=at, unless_open=True)
    taken = [number for number, duty in enumerate(made) if duty is None]
    noted = note_marked([wanted[number] for number in taken], by=by, at=at)
    if anew := [number for number in taken if _mark(wanted[number]) not in noted]:
        for number, duty in zip(anew, open_or_note([wanted[number] for number in anew], by=by, at=at), strict=True):
            made[number] = duty
    return made


def _mark(wanted):
    """What is owed once at a place."""
    return wanted["facility"].pk, wanted["once"]


@part_of_a_change
def open(
    slug,
    *,
    facility,
    owner_role,
    due_at,
    by,
    at,
    patient=None,
    episode=None,
    owner=None,
    because_of=None,
    once="",
    note="",
):
    """Somebody now owes this by then. Returns None when the same `once` mark is open at the facility."""
    duty = _new(
        slug,
        Rung.objects.current(slug, facility),
        facility=facility,
        owner_role=owner_role,
        due_at=due_at,
        by=by,
        at=at,
        patient=patient,
        episode=episode,
        owner=owner,
        because_of=because_of,
        once=once,
        note=note,
    )
    return duty if _write([duty], unless_open=bool(once)) else None


def _write(made, *, unless_open=False):
    """New duties with the event that opened them: one statement. Returns the keys of those whose mark was free."""
    if not made:
        return set()
    fields, sql = _open()
    columns = [[getattr(duty, field.attname) for duty in made] for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql.format(clash="ON CONFLICT DO NOTHING" if unless_open else ""), columns)
        written = {key for (key,) in cursor}
    for duty in made:
        duty._state.adding, duty._state.db = False, DEFAULT_DB_ALIAS
    return written


@cache
def _open():
    """(the fields of a duty, how rows of them are written)."""
    fields = [field for field in Duty._meta.concrete_fields if field.name != "version"]
    kinds = [field.db_type(connection).partition("(")[0] for field in fields]  # a bare varchar cuts nothing off
    return fields, OPEN.format(
        columns=", ".join(field.column for field in fields),
        arrays=", ".join(f"%s::{kind}[]" for kind in kinds),
        clash="{clash}",
    )


OPEN = """
WITH born AS (
    INSERT INTO duties_duty ({columns}) SELECT * FROM unnest({arrays}) {clash}
    RETURNING id, patient_id, opened_at, opened_by_id, note
)
INSERT INTO duties_dutyevent (duty_id, patient_id, kind, at, by_id, round, climb, late_by_us, note)
SELECT id, patient_id, 'opened', opened_at, opened_by_id, 0, 0, false, note FROM born
RETURNING duty_id
"""


SET_ANEW = """
WITH unsent AS (
    UPDATE duties_notice SET state = 'canceled', state_reason = %s WHERE duty_id = ANY(%s) AND state = 'waiting'
)
INSERT INTO duties_dutyevent (duty_id, patient_id, kind, at, by_id, round, climb, late_by_us, note)
SELECT id, patient_id, %s, %s, %s, 0, climb, false, %s FROM duties_duty WHERE id = ANY(%s) ORDER BY id
"""


@part_of_a_change
def resolve_each(rows, *, by, at=None, reason=""):
    """They were done: those of these still open are closed, in as many statements as for one."""
    return _close_each(rows, Outcome.RESOLVED, by=by, at=at, reason=reason)


@part_of_a_change
def cancel_each(rows, *, by, reason, at=None):
    """They are no longer owed: those of these still open are closed, in as many statements as for one."""
    return _close_each(rows, Outcome.CANCELED, by=by, at=at, reason=reason)


def _close_each(rows, outcome, *, by, at, reason):
    return _end(rows, outcome, by=by, at=at or timezone.now(), reason=reason)


def _end(rows, outcome, *, by, at, reason):
    """Close those of these that are open and take back what was not sent yet: one statement. Returns their keys.

    `rows` is a queryset, or a list of keys, which is quicker.
    """
    if isinstance(rows, list):
        return _end_in_sql(THESE, [rows], outcome, by=by, at=at, reason=reason)
    mine, params = _mine(rows)
    return _end_in_sql(mine, params, outcome, by=by, at=at, reason=reason) if mine else []


def _mine(rows):
    """The keys of those of these that are open, locked: (statement, its values); nothing where there can be none."""
    rows = rows.open().order_by("pk").select_for_update(no_key=True, of=("self",)).only("pk")
    try:
        return rows.query.sql_with_params()
    except EmptyResultSet:
        return "", ()


def _end_in_sql(mine, params, outcome, *, by, at, reason):
    said = [at, by.pk, outcome, reason[:500], f"duty {outcome}", at, by.pk, (reason or Outcome(outcome).label)[:500]]
    with connection.cursor() as cursor:
        cursor.execute(END.format(mine=mine), [*params, *said])
        return [key for (key,) in cursor]


THESE = "SELECT id FROM duties_duty WHERE id = ANY(%s) AND closed_at IS NULL ORDER BY id FOR NO KEY UPDATE"

END = """
WITH mine AS MATERIALIZED ({mine}), ended AS (
    UPDATE duties_duty duty
    SET closed_at = %s, closed_by_id = %s, outcome = %s, close_reason = %s, next_action_at = NULL
    FROM mine WHERE duty.id = mine.id
    RETURNING duty.id, duty.patient_id, duty.climb
), unsent AS (
    UPDATE duties_notice notice SET state = 'canceled', state_reason = %s
    FROM ended WHERE notice.duty_id = ended.id AND notice.state = 'waiting'
)
INSERT INTO duties_dutyevent (duty_id, patient_id, kind, at, by_id, round, climb, late_by_us, note)
SELECT id, patient_id, 'closed', %s, %s, 0, climb, false, %s FROM ended
RETURNING duty_id
"""


def _close(duty, outcome, *, by, at, reason):
    """End a duty and take back what was not sent yet, in one transaction."""
    at = at or timezone.now()
    if not _end_in_sql(THESE, [[duty.pk]], outcome, by=by, at=at, reason=reason):
        _locked(duty)  # which says that it is closed
    duty.closed_at, duty.closed_by, duty.outcome, duty.close_reason = at, by, outcome, reason[:500]
    duty.next_action_at = None
    return duty


@part_of_a_change
def resolve(duty, *, by, at=None, reason=""):
    """It was done."""
    return _close(duty, Outcome.RESOLVED, by=by, at=at, reason=reason)


@part_of_a_change
def cancel(duty, *, by, reason, at=None):
    """It is no longer owed."""
    return _close(duty, Outcome.CANCELED, by=by, at=at, reason=reason)


@part_of_a_change
def excuse(duty, *, by, reason, at=None):
    """It was not done, for a reason somebody stands for."""
    return _close(duty, Outcome.EXCUSED, by=by, at=at, reason=reason)


@part_of_a_change
def give_up(duty, *, by, reason, at=None):
    """The person could not be reached; somebody signs for it."""
    return _close(duty, Outcome.UNREACHABLE, by=by, at=at, reason=reason)


@part_of_a_change
def renew(duty, *, due_at, by, note="", at=None):
    """It was done, and is owed again by then: close it and open the next in one go."""
    at = at or timezone.now()
    done = resolve(_locked(duty), by=by, at=at, reason=note)
    return open(
        done.ladder.slug,
        facility=done.facility,
        patient=done.patient,
        episode=done.episode,
        owner=done.owner,
        owner_role=done.owner_role,
        due_at=due_at,
        because_of=done,
        by=by,
        at=at,
        note=note,
    )


@part_of_a_change
def acknowledge(duty, *, by, at=None):
    """“I have it”: the climb stops until the time the ladder gives, and goes on if it is not done by then."""
    duty = _locked(duty)
    at = at or timezone.now()
    duty.acknowledged_at, duty.acknowledged_by = at, by
    if duty.owner_id is None:
        duty.owner = by
    set_clock(duty, at + duty.ladder.resolve_within, now=at)
    duty.save(update_fields=["acknowledged_at", "acknowledged_by", "owner", "next_action_at", "clock_set_at"])
    _event(duty, Kind.ACKNOWLEDGED, by=by, at=at)
    return duty


@part_of_a_change
def suspend(duty, *, until, by, reason, at=None):
    """Let the clock rest until a stated time; it then goes on by itself."""
    duty = _locked(duty)
    at = at or timezone.now()
    if until <= at:
        raise ValidationError("Say until when, in the future.", code="resume_in_the_past")
    duty.suspended_at, duty.suspended_by = at, by
    set_clock(duty, until, now=at)
    duty.save(update_fields=["suspended_at", "suspended_by", "next_action_at", "clock_set_at"])
    _set_anew([duty.pk], Kind.SUSPENDED, "suspended", by=by, at=at, note=reason)
    return duty


@part_of_a_change
def suspend_each(rows, *, until, by, reason, at=None):
    """Let the clocks of those of these still open rest until a stated time: one statement."""
    at = at or timezone.now()
    if until <= at:
        raise ValidationError("Say until when, in the future.", code="resume_in_the_past")
    mine, params = _mine(rows)
    if mine:
        with connection.cursor() as cursor:
            cursor.execute(REST.format(mine=mine), [*params, at, by.pk, until, at, at, by.pk, reason[:500]])


REST = """
WITH mine AS MATERIALIZED ({mine}), resting AS (
    UPDATE duties_duty duty
    SET suspended_at = %s, suspended_by_id = %s, next_action_at = %s, clock_set_at = %s
    FROM mine WHERE duty.id = mine.id
    RETURNING duty.id, duty.patient_id, duty.climb
), unsent AS (
    UPDATE duties_notice notice SET state = 'canceled', state_reason = 'suspended'
    FROM resting WHERE notice.duty_id = resting.id AND notice.state = 'waiting'
)
INSERT INTO duties_dutyevent (duty_id, patient_id, kind, at, by_id, round, climb, late_by_us, note)
SELECT id, patient_id, 'suspended', %s, %s, 0, climb, false, %s FROM resting
"""


def is_suspended(duty):
    """Raise not_suspended unless its clock rests."""
    if duty.suspended_at is None:
        raise ValidationError("This duty is not suspended.", code="not_suspended")


@needs(is_suspended)
@part_of_a_change
def resume(duty, *, by, at=None):
    """Let a resting clock go on now."""
    duty = _locked(duty)
    resume.require(duty)
    at = at or timezone.now()
    duty.next_action_at = at
    climb = _climb(duty)
    climb.resume(at)
    climb.settle(at)
    duty.save()
    _event(duty, Kind.RESUMED, by=by, at=at)
    return duty


@part_of_a_change
def reassign(duty, *, by, owner=None, owner_role="", note="", at=None):
    """Give a duty to somebody else, by name or to a role at the place."""
    duty = _locked(duty)
    role = owner_role or duty.owner_role
    if owner is not None and not owner.is_at(duty.facility, [role]):
        raise ValidationError(
            "%(who)s does not hold this role here.", code="not_a_member", params={"who": str(owner)}
        )
    duty.owner, duty.owner_role = owner, role
    duty.save(update_fields=["owner", "owner_role"])
    _event(duty, Kind.REASSIGNED, by=by, at=at or timezone.now(), note=note)
    return duty


@part_of_a_change
def reschedule(duty, *, due_at, by, note="", at=None):
    """Set the due time anew; the ladder is climbed again from its foot."""
    duty = _locked(duty)
    at = at or timezone.now()
    _climb_again([duty], due_at=due_at, by=by, at=at, note=note)
    return duty


@part_of_a_change
def reschedule_each(rows, *, due_at, by, note="", at=None):
    """The same for those of these still open, in as many statements as for one."""
    rows = rows.open().select_related("ladder", "facility").order_by("pk")
    found = list(rows.select_for_update(no_key=True, of=("self",)))
    if found:
        _climb_again(found, due_at=due_at, by=by, at=at or timezone.now(), note=note)


CLIMBED = ["due_at", "climb", "acknowledged_at", "acknowledged_by", "suspended_at", "suspended_by", "anchor_at",
           "anchor_offset", "next_rung", "round", "next_action_at", "clock_set_at"]  # fmt: skip


def _climb_again(locked, *, due_at, by, at, note):
    for duty in locked:
        duty.due_at = due_at
        duty.climb += 1
        duty.acknowledged_at = duty.acknowledged_by = duty.suspended_at = duty.suspended_by = None
        first_step(_climb(duty), now=at)
    if len(locked) == 1:
        locked[0].save(update_fields=CLIMBED)
    else:
        Duty.objects.bulk_update(locked, CLIMBED)
    _set_anew([duty.pk for duty in locked], Kind.RESCHEDULED, "rescheduled", by=by, at=at, note=note)


@part_of_a_change
def tried(duty, *, by, note, at=None):
    """Somebody tried; the ladder goes on."""
    duty = _locked(duty)
    _event(duty, Kind.TRIED, by=by, at=at or timezone.now(), note=note)
    return duty


@part_of_a_change
def note_each(pairs, *, by, at=None):
    """Something more is known about what is owed already: [(duty, words)], each locked, still open."""
    at = at or timezone.now()
    DutyEvent.objects.bulk_create(
        DutyEvent(
            duty=duty, patient_id=duty.patient_id, kind=Kind.NOTED, at=at, by=by, climb=duty.climb, note=words[:500]
        )
        for duty, words in pairs
    )


@part_of_a_change
def note_marked(told, *, by, at):
    """Something more is known about what is owed already under these marks: what `open` takes, with the words.

    Returns the marks under which something is owed.
    """
    if not told:
        return set()
    words = {_mark(one): one["note"] for one in told}
    places, marks = zip(*words, strict=True)
    rows = Duty.objects.open().filter(facility__in=places, once__in=marks).order_by("pk")
    known = {(duty.facility_id, duty.once): duty for duty in rows.select_for_update(no_key=True)}
    note_each([(duty, words[mark]) for mark, duty in known.items() if mark in words], by=by, at=at)
    return words.keys() & known.keys()


@part_of_a_change
def read(notice, *, by, at=None):
    """Mark a notice of the inbox as read."""
    notice = Notice.objects.lock(notice.pk)
    if notice.read_at is None:
        notice.read_at, notice.read_by = at or timezone.now(), by
        notice.save(update_fields=["read_at", "read_by"])
    return notice
