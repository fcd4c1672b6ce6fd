"""The clock: find the duties whose moment has come, pass their rungs, write what follows. One transaction a batch."""

import logging
from dataclasses import dataclass, field, fields
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max

from accounts.models import Facility, User
from audit.models import uuid7

from ..climbing import Climb, Edge, first_step, set_clock
from ..models import Duty, DutyEvent, Kind, Pulse, Rung, Whom
from .duties import open as open_duty

log = logging.getLogger(__name__)

RETRY_STUCK = timedelta(minutes=5)
SETS_THE_CLOCK = (Kind.OPENED, Kind.ACKNOWLEDGED, Kind.SUSPENDED, Kind.RESUMED, Kind.RESCHEDULED)


def tick(now=None, *, batch=1000, most=None):
    """Pass every rung whose moment has come. Any number of workers may tick at once. Returns duties moved.

    `now` is the database's clock, once a batch, unless it is given.
    """
    moved, instant, known = 0, now, Known()
    while most is None or moved < most:
        instant = now or _database_clock()
        count = _tick_once(instant, min(batch, most - moved) if most else batch, known)
        moved += count
        if count < batch:
            break
    _beat(instant)
    return moved


def _beat(instant):
    """Say that the clock was here: a beat that a crash loses was not one."""
    with transaction.atomic():
        wait_for_the_disk(False)
        if not Pulse.objects.filter(name="tick").update(at=instant):
            Pulse.objects.update_or_create(name="tick", defaults={"at": instant})


def wait_for_the_disk(waits):
    """Does this transaction's commit wait for the disk? One that does brings along all that was committed before."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL synchronous_commit = {'on' if waits else 'off'}")


def _database_clock():
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


@dataclass(slots=True)
class Claimed:
    """What the rules read and move of a duty. Thousands are claimed at a time: whole rows took half of a tick."""

    pk: object
    facility_id: object
    patient_id: object
    episode_id: object
    ladder_id: object
    owner_id: object
    owner_role: str
    climb: int
    anchor_at: object
    anchor_offset: object
    next_rung: int
    round: int
    next_action_at: object
    clock_set_at: object
    acknowledged_at: object
    acknowledged_by_id: object
    suspended_at: object
    suspended_by_id: object


# The clock's own index holds only open duties.
CLAIM = f"""
SELECT id, {", ".join(one.name for one in fields(Claimed)[1:])} FROM duties_duty
WHERE closed_at IS NULL AND next_action_at <= %s
ORDER BY next_action_at LIMIT %s FOR NO KEY UPDATE SKIP LOCKED
"""


def _claim(now, limit):
    """Rows nobody else is moving; read in the binary format, whose instants need no parsing."""
    connection.ensure_connection()
    with connection.connection.cursor(binary=True) as cursor:
        return cursor.execute(CLAIM, [now, limit]).fetchall()


@transaction.atomic
def _tick_once(now, limit, known):
    rows = _claim(now, limit)
    if not rows:
        return 0
    # What a crash loses is simply due again, with the same exact moments. Nothing outside was told by then: whoever
    # hands a notice over commits first, and waits for the disk.
    wait_for_the_disk(False)
    duties = [Claimed(*row) for row in rows]
    written, grace = Written(now, known.system()), settings.TICK_ALARM
    entered = _entered_late(duties, now)
    for row, duty in zip(rows, duties, strict=True):
        try:
            climb = known.climb(duty)
            climb.entered = entered.get(duty.pk) if entered else None
            climb.advance(now, grace)
            written.add(climb, known)
        except Exception:  # one poisoned duty must not stop the others; its clock tries again
            log.exception("duty %s is stuck", duty.pk)
            duty = Claimed(*row)
            set_clock(duty, now + RETRY_STUCK, now=now)
            written.stuck(duty)
    written.save()
    for facility_id in written.outages:
        _report_outage(known.facility(facility_id), now)
    return len(duties)


def _entered_late(duties, now):
    """When the clocks that seem to be late were set, by the real time: what was entered late is not late by us."""
    late = [duty.pk for duty in duties if now - duty.next_action_at > settings.TICK_ALARM]
    if not late:
        return {}
    set_anew = DutyEvent.objects.filter(duty__in=late, kind__in=SETS_THE_CLOCK, recorded_at__lte=now)
    return dict(set_anew.order_by().values("duty").annotate(last=Max("recorded_at")).values_list("duty", "last"))


def _report_outage(facility, now):
    """One incident however many duties were late."""
    open_duty(
        "outage",
        facility=facility,
        owner_role="supervisor",
        due_at=now,
        once="outage",
        note="The clock stood still; late steps are marked “late by us”.",
        by=User.objects.system(),
        at=now,
    )


class Known:
    """What a tick needs of facilities and ladders: facilities are read once a tick, ladders once a process."""

    def __init__(self):
        self._facilities, self._current, self._ways = {}, {}, {}
        self._system = None

    def system(self):
        """The key of the user the clock acts as."""
        self._system = self._system or User.objects.system().pk
        return self._system

    def facility(self, pk):
        """The facility, for its working time."""
        if pk not in self._facilities:
            self._facilities[pk] = Facility.objects.get(pk=pk)
        return self._facilities[pk]

    def climb(self, duty):
        """The duty on its ladder. Looked up by numbers: thousands are, and a UUID is slow to look up by."""
        key = duty.ladder_id.int, duty.facility_id.int
        way = self._ways.get(key)
        if way is None:
            rungs = Rung.objects.of_published(duty.ladder_id)
            way = self._ways[key] = rungs[0].ladder, self.facility(duty.facility_id), rungs
        return Climb(duty, *way)

    def current(self, slug, facility):
        """The edition a duty opened now is put on."""
        key = slug, facility.pk
        if key not in self._current:
            self._current[key] = Rung.objects.current(slug, facility)[0].ladder
        return self._current[key]


NOBODY = (None,) * 6  # hears of an edge


@dataclass
class Written:
    """What a batch writes, gathered as rows and sent in one statement."""

    now: object
    by: object
    duties: list = field(default_factory=list)
    edges: list = field(default_factory=list)
    children: list = field(default_factory=list)
    outages: set = field(default_factory=set)

    def add(self, climb, known):
        """Take down one duty that moved, with whom to tell and what to open."""
        for rung, edge in climb.to_tell():
            if self._worth(rung, edge):
                edge.told = self._told(climb, rung, edge)
        self.children += [self._child(climb, rung, edge, known) for rung, edge in climb.passed if rung.opens]
        self._move(climb.duty, climb.edges)
        if climb.late_by_us:
            self.outages.add(climb.duty.facility_id)

    def stuck(self, duty):
        """Take down one duty whose rules failed."""
        self._move(duty, [Edge(Kind.STUCK, self.now)])

    def _move(self, duty, edges):
        self.duties.append(duty)
        about = duty.pk, duty.patient_id, duty.facility_id, duty.climb
        self.edges += [
            (*about, edge.kind, edge.at, edge.rung, edge.round, edge.late_by_us, edge.note, *(edge.told or NOBODY))
            for edge in edges
        ]

    def _worth(self, rung, edge):
        """Staff are always told; a person only while it still makes sense to them."""
        if rung.whom == Whom.NOBODY:
            return False
        return rung.whom != Whom.PATIENT or edge.at + rung.window > self.now

    def _told(self, climb, rung, edge):
        """Who hears, with what words, until when."""
        duty = climb.duty
        to_patient = rung.whom == Whom.PATIENT and duty.patient_id is not None
        by_name = rung.whom in (Whom.OWNER, Whom.PATIENT) and not to_patient
        to_user = duty.owner_id if by_name else None
        to_role = "" if to_patient or to_user else duty.owner_role if by_name else rung.whom
        expires = (edge.at if to_patient else self.now) + rung.window
        return to_patient, to_user, to_role, rung.template, climb.ladder.critical, expires

    def _child(self, climb, rung, edge, known):
        """The duty a rung opens: one a person and ladder, owed by the same name when the role is theirs."""
        parent, facility = climb.duty, climb.facility
        ladder = known.current(rung.opens, facility)
        child = Duty(
            id=uuid7(),
            facility_id=parent.facility_id,
            patient_id=parent.patient_id,
            episode_id=parent.episode_id,
            ladder=ladder,
            keeps_thread=ladder.keeps_thread,
            because_of_id=parent.pk,
            once=f"{rung.opens}:{parent.patient_id or parent.pk}",
            owner_id=parent.owner_id if rung.opens_for == parent.owner_role else None,
            owner_role=rung.opens_for or parent.owner_role,
            opened_at=edge.at,
            opened_by_id=self.by,
            due_at=edge.at,
        )
        first_step(known.climb(child), now=edge.at)
        return child

    def save(self):
        """One statement for everything: a tick of thousands is a handful of round trips."""
        moved = _columns(
            [
                (
                    d.pk, d.anchor_at, d.anchor_offset, d.next_rung, d.round, d.next_action_at,
                    d.acknowledged_at, d.acknowledged_by_id, d.suspended_at, d.suspended_by_id,
                )
                for d in self.duties
            ],
            10,
        )  # fmt: skip
        born = _columns(
            [
                (
                    d.pk, d.facility_id, d.patient_id, d.episode_id, d.ladder_id, d.keeps_thread,
                    d.because_of_id, d.once, d.owner_id, d.owner_role, d.opened_at, d.opened_by_id, d.due_at,
                    d.anchor_at, d.anchor_offset, d.next_rung, d.next_action_at, d.clock_set_at,
                )
                for d in self.children
            ],
            18,
        )  # fmt: skip
        # Planned for no number in particular: for a thousand it read every duty there is, a third of the time.
        with connection.wrap_database_errors, connection.connection.cursor() as cursor:
            cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
            cursor.execute(
                WRITE,
                [*_columns(self.edges, 16), self.now, *moved, self.by, self.now, self.now, *born, self.by],
                prepare=True,
            )


def _columns(rows, width):
    """Rows turned into one array a column, as unnest takes them."""
    return [list(column) for column in zip(*rows, strict=True)] if rows else [[] for _ in range(width)]


WRITE = """
WITH passed AS MATERIALIZED (
    SELECT * FROM unnest(
        %b::uuid[], %b::uuid[], %b::uuid[], %b::int[], %b::text[], %b::timestamptz[], %b::smallint[], %b::int[],
        %b::bool[], %b::text[], %b::bool[], %b::uuid[], %b::text[], %b::text[], %b::bool[], %b::timestamptz[]
    ) AS v(duty_id, patient_id, facility_id, climb, kind, at, rung, round,
           late_by_us, note, to_patient, to_user_id, to_role, template, critical, expires_at)
), moved AS (
    UPDATE duties_duty d SET version = d.version + 1,
        anchor_at = v.anchor_at, anchor_offset = v.anchor_offset, next_rung = v.next_rung, round = v.round,
        next_action_at = v.next_action_at,
        acknowledged_at = v.acknowledged_at, acknowledged_by_id = v.acknowledged_by_id,
        suspended_at = v.suspended_at, suspended_by_id = v.suspended_by_id,
        clock_set_at = %s
    FROM unnest(
        %b::uuid[], %b::timestamptz[], %b::interval[], %b::smallint[], %b::int[], %b::timestamptz[],
        %b::timestamptz[], %b::uuid[], %b::timestamptz[], %b::uuid[]
    ) AS v(id, anchor_at, anchor_offset, next_rung, round, next_action_at,
           acknowledged_at, acknowledged_by_id, suspended_at, suspended_by_id)
    WHERE d.id = v.id
), edges AS (
    INSERT INTO duties_dutyevent (duty_id, patient_id, kind, at, rung, round, climb, late_by_us, note, by_id)
    SELECT duty_id, patient_id, kind, at, rung, round, climb, late_by_us, note, %s::uuid FROM passed
), notices AS (
    INSERT INTO duties_notice (
        duty_id, facility_id, patient_id, rung, round, climb, to_patient, to_user_id, to_role, template,
        critical, late_by_us, expires_at, made_at, send_at, state, state_reason, tries)
    SELECT duty_id, facility_id, patient_id, rung, round, climb, to_patient, to_user_id, to_role, template,
        critical, late_by_us, expires_at, %s, %s, 'waiting', '', 0
    FROM passed WHERE expires_at IS NOT NULL
    ON CONFLICT (patient_id) WHERE to_patient AND late_by_us AND state = 'waiting' DO NOTHING
), born AS (
    INSERT INTO duties_duty (
        id, facility_id, patient_id, episode_id, ladder_id, keeps_thread, because_of_id, once, owner_id,
        owner_role, opened_at, opened_by_id, due_at, anchor_at, anchor_offset, next_rung, next_action_at,
        clock_set_at, note, round, climb, outcome, close_reason)
    SELECT v.*, '', 0, 0, '', '' FROM unnest(
        %b::uuid[], %b::uuid[], %b::uuid[], %b::uuid[], %b::uuid[], %b::bool[], %b::uuid[], %b::text[],
        %b::uuid[], %b::text[], %b::timestamptz[], %b::uuid[], %b::timestamptz[], %b::timestamptz[],
        %b::interval[], %b::smallint[], %b::timestamptz[], %b::timestamptz[]
    ) AS v
    ON CONFLICT DO NOTHING
    RETURNING id, patient_id, opened_at
)
INSERT INTO duties_dutyevent (duty_id, patient_id, kind, at, round, climb, late_by_us, note, by_id)
SELECT id, patient_id, 'opened', opened_at, 0, 0, false, 'opened by the ladder', %s::uuid FROM born
"""
