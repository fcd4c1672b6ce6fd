"""How a duty climbs its ladder: pure rules over one duty, no database.

Offsets are counted from `anchor_at`, which stands for the offset `anchor_offset`; at first that is the due
time and zero. Acknowledging and suspending let the clock rest; when it goes on late, the anchor moves, so that
the rung that was next is reached at that moment and the later ones keep their distance.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from .models import Clock, Kind

NOTHING = timedelta(0)
MOST_REPEATS = 50  # edges one tick writes for a repeating rung; the rounds beyond are jumped, and counted


@dataclass(slots=True)
class Edge:
    """Something the clock did: becomes a DutyEvent."""

    kind: str
    at: object
    rung: int | None = None
    round: int = 0
    late_by_us: bool = False
    note: str = ""
    told: tuple | None = None  # who hears of it, and how


@dataclass(slots=True)
class Climb:
    """One duty on its ladder. `rungs` are in order; the last one repeats."""

    duty: object
    ladder: object
    facility: object
    rungs: list
    entered: object = None  # when its clock was set, by the real time: later than what it says when entered late
    edges: list = field(default_factory=list)
    passed: list = field(default_factory=list)
    late_by_us: bool = False  # so was at least one edge

    def moment(self):
        """When the next rung is reached."""
        duty = self.duty
        rung = self.rungs[duty.next_rung]
        delta = rung.offset - duty.anchor_offset
        if rung.clock == Clock.WORKING:
            start = self.facility.after_working(duty.anchor_at, delta)
        else:
            start = duty.anchor_at + delta
        return start + duty.round * rung.repeat if duty.round else start

    def reach(self, moment):
        """Move the anchor so that the next rung is reached at `moment`."""
        duty = self.duty
        duty.anchor_at, duty.anchor_offset = moment, self.rungs[duty.next_rung].offset
        if duty.round:
            duty.anchor_at -= duty.round * self.rungs[duty.next_rung].repeat

    def step(self):
        """Stand on the next rung: a higher one, or the last one once more."""
        duty = self.duty
        if duty.next_rung + 1 < len(self.rungs):
            duty.next_rung += 1
        else:
            duty.round += 1

    def resume(self, moment):
        """The rest is over: a rung that would have been reached meanwhile is reached now."""
        self.duty.suspended_at = self.duty.suspended_by_id = None
        if self.moment() < moment:
            self.reach(moment)

    def catch_up(self, moment):
        """Written down only at `moment`: what is past by then is skipped, the highest late rung is reached at it."""
        duty, before = self.duty, self.duty.next_rung
        while self.moment() < moment and duty.next_rung + 1 < len(self.rungs):
            duty.next_rung += 1
        if self.moment() < moment:
            self.reach(moment)
        elif duty.next_rung > before and self.rungs[duty.next_rung - 1].offset >= NOTHING and self.moment() > moment:
            duty.next_rung -= 1
            self.reach(moment)

    def settle(self, now):
        """Set the clock to the next rung."""
        set_clock(self.duty, self.moment(), now=now)

    def advance(self, now, grace):
        """Pass every rung reached by `now`; those reached longer than `grace` ago are late by us."""
        duty = self.duty
        resting = duty.next_action_at
        if duty.suspended_at:
            self.edges.append(Edge(Kind.RESUMED, resting))
            self.resume(resting)
        elif duty.acknowledged_at:
            self.edges.append(Edge(Kind.LAPSED, resting))
            duty.acknowledged_at = duty.acknowledged_by_id = None
            self.reach(resting)
        if self.entered and self.entered - resting > grace:
            self.catch_up(self.entered)
        while (moment := self.moment()) <= now:
            rung = self.rungs[duty.next_rung]
            note = ""
            if duty.round and len(self.passed) >= MOST_REPEATS:
                jumped = (now - moment) // rung.repeat
                duty.round += jumped
                moment += jumped * rung.repeat
                note = f"{jumped} repeats passed while the clock stood still" if jumped else ""
            edge = Edge(Kind.RUNG, moment, duty.next_rung, duty.round, now - moment > grace, note)
            self.late_by_us = self.late_by_us or edge.late_by_us
            self.edges.append(edge)
            self.passed.append((rung, edge))
            self.step()
        set_clock(duty, moment, now=now)

    def to_tell(self):
        """The rungs that notify: all of them, but after an outage only the highest."""
        return self.passed[-1:] if self.late_by_us else self.passed


def set_clock(duty, moment, *, now):
    """The next moment this duty asks for attention, and when that was decided."""
    duty.next_action_at, duty.clock_set_at = moment, now


def first_step(climb, *, now):
    """Put a duty on its ladder: reminders that are past are skipped, the highest late rung is reached now."""
    duty = climb.duty
    duty.anchor_at, duty.anchor_offset = duty.due_at, timedelta(0)
    duty.next_rung = duty.round = 0
    climb.catch_up(now)
    climb.settle(now)
