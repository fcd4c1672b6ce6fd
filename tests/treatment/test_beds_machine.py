"""Beds and placements under every verb in any order: nobody is lost, and no bed is counted twice.

BED_MACHINE_STEPS says how many verbs the long run tries; `make test` tries a few.
"""

import os
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from duties.models import Duty
from patients import actions as patients
from patients.models import Episode, Stage
from tests import given
from tests.then import code_of
from treatment.actions import beds, departures, holds, leaves, placements
from treatment.models import Absence, BedBlock, BedHold, BedStay, Departure, Placement, Unit
from treatment.models.beds import BedState

PEOPLE, BEDS = 4, 3
STEPS = int(os.environ.get("BED_MACHINE_STEPS", 2000))
person, bed = st.integers(0, PEOPLE - 1), st.integers(0, BEDS - 1)


class Beds(RuleBasedStateMachine):
    """A ward with three beds and four people; time goes on with every verb."""

    clinic = episodes = None  # of the test: made once, and given back by a savepoint after each run
    tried, done = 0, set()

    def __init__(self):
        super().__init__()
        self.point = transaction.savepoint()
        self.now = timezone.now()

    def teardown(self):
        """As it was before."""
        transaction.savepoint_rollback(self.point)

    def do(self, name, act):
        """Try a verb; a refusal has a code for people, and leaves nothing behind."""
        type(self).tried += 1
        self.now += timedelta(minutes=1)
        try:
            with transaction.atomic():
                act()
        except (ValidationError, IntegrityError) as error:
            assert code_of(error)
        else:
            type(self).done.add(name)

    def by(self, **also):
        """Who, and when."""
        return {"by": self.clinic.nurse, "at": self.now, **also}

    def episode(self, number):
        """The person as they stand."""
        return Episode.objects.get(pk=self.episodes[number])

    def some(self, rows, number):
        """One of these rows, if there is any."""
        keys = list(rows.order_by("pk").values_list("pk", flat=True))
        return rows.model.objects.get(pk=keys[number % len(keys)]) if keys else None

    @initialize()
    def some_are_here(self):
        """Half of them have a bed to begin with."""
        for who in range(PEOPLE // 2):
            self.admit(who, who)

    @rule(who=person, where=bed)
    def admit(self, who, where):
        """Begin, or begin again."""
        into, episode = {"program": self.clinic.residential, "bed": self.clinic.beds[where]}, self.episode(who)
        if episode.stage == Stage.INTAKE:
            given.cleared_again(episode, self.clinic, at=self.now)
        self.do("admit", lambda: placements.admit(episode, **into, **self.by()))

    @rule(number=person, where=bed)
    def move(self, number, where):
        """To another bed, a free one where there is one."""
        if stay := self.some(BedStay.objects.open(), number):
            to = self.one_free(where)
            self.do("move", lambda: beds.move(stay, to=to, reason="paint", **self.by()))

    def one_free(self, number):
        """A bed in which nobody is, if there is one."""
        taken = set(BedStay.objects.open().values_list("bed", flat=True))
        free = [one for one in self.clinic.beds if one.pk not in taken] or self.clinic.beds
        return free[number % len(free)]

    @rule(who=person, where=bed)
    def move_to_outpatient_or_back(self, who, where):
        """To another program, with what it needs."""
        here = Placement.objects.open().filter(episode=self.episodes[who]).first()
        to_beds = here is not None and here.program_id == self.clinic.outpatient.pk
        wanted = {"program": self.clinic.residential, "bed": self.clinic.beds[where]}
        wanted = wanted if to_beds else {"program": self.clinic.outpatient}
        self.do("move program", lambda: given.moved(self.episode(who), **wanted, **self.by()))

    @rule(number=person, where=bed)
    def assign(self, number, where):
        """A bed for whoever has none; where everybody has one, somebody was written down in the wrong one first."""
        lies = BedStay.objects.open().filter(placement=OuterRef("pk"))
        without = Placement.objects.open().filter(~Exists(lies), program=self.clinic.residential)
        if not without.exists():
            self.stay_in_error(number)
        to = self.one_free(where)
        if here := self.some(without, number):
            self.do("assign", lambda: beds.assign(here, bed=to, **self.by()))

    @rule(who=person, where=bed, minutes=st.integers(1, 30))
    def hold(self, who, where, minutes):
        """For somebody expected, for a while."""
        until = {"until_at": self.now + timedelta(minutes=minutes + 1)}
        self.do(
            "hold",
            lambda: holds.hold_bed(
                self.episode(who), bed=self.clinic.beds[where], reason="comes", **self.by(**until)
            ),
        )

    @rule(number=person)
    def release(self, number):
        """Before its time; where none is kept, one is kept first."""
        for who in range(PEOPLE):
            if not BedHold.objects.open().exists():
                self.hold(who, self.clinic.beds.index(self.one_free(number)), 30)
        if hold := self.some(BedHold.objects.open(), number):
            self.do("release", lambda: holds.release_hold(hold, **self.by()))

    @rule(where=bed, minutes=st.none() | st.integers(2, 30))
    def block(self, where, minutes):
        """For a while, or until it is unblocked."""
        until = {"until_at": self.now + timedelta(minutes=minutes)} if minutes else {}
        self.do("block", lambda: beds.block(self.clinic.beds[where], reason="repair", **self.by(**until)))

    @rule(number=person)
    def unblock(self, number):
        """One that is blocked; where none is, one is blocked first."""
        if not BedBlock.objects.in_force(self.now).exists():
            self.block(self.clinic.beds.index(self.one_free(number)), None)
        if blocked := self.some(BedBlock.objects.in_force(self.now), number):
            self.do("unblock", lambda: beds.unblock(blocked, **self.by()))

    @rule(who=person, hours=st.integers(1, 9))
    def go_on_leave(self, who, hours):
        """Out for some hours."""
        back = self.now + timedelta(hours=hours)
        self.do(
            "leave", lambda: given.go_on_leave(self.episode(who), self.clinic, at=self.now, expected_back_at=back)
        )

    @rule(number=person)
    def come_back(self, number):
        """From leave; where nobody is out, somebody goes first."""
        if not Absence.objects.open().leaves().exists():
            self.go_on_leave(number, 1)
        if out := self.some(Absence.objects.open().leaves(), number):
            how = {"alert": "yes", "searched": "done", "use_since": "no"}
            self.do("come back", lambda: leaves.come_back(out, **how, **self.by()))

    @rule(number=person)
    def not_back(self, number):
        """Did not come back; where nobody is out, somebody goes first."""
        if not Absence.objects.open().leaves().exists():
            self.go_on_leave(number, 1)
        if out := self.some(Absence.objects.open().leaves(), number):
            self.do("not back", lambda: leaves.not_back(out, **self.by()))

    @rule(who=person)
    def report_missing(self, who):
        """From the ward, or from leave."""
        self.do("missing", lambda: departures.report_missing(self.episode(who), **self.by()))

    @rule(number=person, where=st.none() | bed)
    def found(self, number, where):
        """In the kept bed again, or in another; where nobody is sought, somebody is missed first."""
        if not Departure.objects.open().exists():
            self.report_missing(number)
        if search := self.some(Departure.objects.open(), number):
            where = None if where is None else self.clinic.beds[where]
            self.do("found", lambda: departures.found(search, bed=where, **self.by()))

    @rule(number=person)
    def give_up(self, number):
        """The search, after a risk decision."""
        if search := self.some(Departure.objects.open(), number):
            departures.record_risk_decision(search, risk="low", reason="wrote", **self.by())
            self.do("give up", lambda: departures.end_search(search, reason="at home", **self.by()))

    @rule(who=person)
    def send_out(self, who):
        """To hospital."""
        out = {"destination": "General Hospital", "reason": "fever"}
        self.do("send out", lambda: placements.send_out(self.episode(who), **out, **self.by()))

    @rule(who=person, where=st.none() | bed)
    def bring_back(self, who, where):
        """Cleared, and back."""
        episode = self.episode(who)
        if episode.stage == Stage.STABILIZING:
            given.cleared_again(episode, self.clinic, at=self.now)
        where = None if where is None else self.clinic.beds[where]
        self.do("bring back", lambda: placements.bring_back(episode, bed=where, **self.by()))

    @rule(hours=st.integers(8, 80))
    def time_goes_by(self, hours):
        """What is kept lapses."""
        self.now += timedelta(hours=hours)
        self.do("lapse", lambda: placements.lapse_holds(self.now))

    @rule(who=person)
    def discharge(self, who):
        """And somebody else comes in their place."""
        episode, reason = self.episode(who), "1"
        if episode.departures.open().exists():
            reason = "95"
        self.do("discharge", lambda: given.leave(episode, self.clinic, reason=reason, at=self.now))
        if self.episode(who).stage == Stage.AFTERCARE:
            self.episodes[who] = given.taken_in(self.clinic, f"{who} {self.now:%d %H:%M}", at=self.now).pk

    @rule(number=person)
    def stay_in_error(self, number):
        """It was another bed."""
        if stay := self.some(BedStay.objects.open(), number):
            self.do("error", lambda: patients.mark_error(stay, reason="another bed", **self.by()))

    @invariant()
    def one_person_a_bed_and_one_bed_a_person(self):
        """Of what is going on now."""
        rows = list(BedStay.objects.open().values_list("bed", "patient"))
        assert len({bed for bed, _ in rows}) == len({one for _, one in rows}) == len(rows)

    @invariant()
    def no_blocked_bed_has_somebody_in_it(self):
        """Nor is one held for another."""
        blocked = BedBlock.objects.in_force(self.now).values("bed")
        assert not BedStay.objects.open().filter(bed__in=blocked).exists()
        for hold in BedHold.objects.holding(self.now):
            assert not BedStay.objects.open().filter(bed=hold.bed).exclude(patient=hold.patient).exists()

    @invariant()
    def the_census_adds_up(self):
        """Every bed stands in one way, and those with somebody in them are those with a stay."""
        (unit,) = Unit.objects.filter(pk=self.clinic.unit.pk).census(self.now)
        assert len(unit.states) == BEDS
        theirs = [state for state in unit.states if state in {BedState.TAKEN, BedState.ON_LEAVE, BedState.HELD}]
        assert len(theirs) == BedStay.objects.open().count()
        out = Absence.objects.open().leaves().filter(patient__bed_stays__in=BedStay.objects.open()).count()
        assert unit.states.count(BedState.ON_LEAVE) == out

    @invariant()
    def nobody_is_dropped(self):
        """Every open episode has an open duty that keeps its thread; an open placement has its person."""
        owed = Duty.objects.open().filter(episode=OuterRef("pk"), keeps_thread=True)
        assert not Episode.objects.open().filter(~Exists(owed)).exists()
        placed = Placement.objects.open().values("episode")
        assert not BedStay.objects.open().exclude(placement__episode__in=placed).exists()


def run(clinic, *, steps, each):
    """So many verbs in all, `each` to a story."""
    at = given.ago(days=1)
    Beds.clinic, Beds.tried, Beds.done = clinic, 0, set()
    people = [given.taken_in(clinic, str(number), at=at).pk for number in range(PEOPLE)]

    class Story(Beds):
        def __init__(self):
            super().__init__()
            self.episodes = list(people)

    quiet = settings(
        max_examples=max(1, steps // each),
        stateful_step_count=each,
        deadline=None,
        database=None,
        derandomize=steps < 500,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Story, settings=quiet)
    return Story


def test_whatever_is_tried_nobody_is_lost_and_no_bed_counts_twice(clinic):
    run(clinic, steps=60, each=20)


@pytest.mark.slow
def test_two_thousand_verbs_lose_nobody(clinic):
    verbs = {"admit", "move", "assign", "hold", "block", "unblock", "leave", "come back", "not back", "missing"}
    verbs |= {"move program", "release", "give up", "lapse", "found", "send out", "bring back", "discharge", "error"}
    done = set()
    for _ in range(3):  # now and then chance leaves one out
        done |= run(clinic, steps=STEPS, each=50).done
        if done >= verbs:
            break
    assert done >= verbs
