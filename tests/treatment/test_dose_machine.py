"""Orders and doses, walked at random: whatever is done in whatever order, what must hold of them holds."""

from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from audit.problems import refusal
from tests import given
from treatment.actions import doses
from treatment.actions import medication_orders as orders
from treatment.models import Administration, Dose, MedicationOrder

HOUR = timedelta(hours=1)
# What may be in the way of what is tried; anything else is our mistake.
EXPECTED = {
    "dose_recorded", "dose_closed", "too_early", "order_held", "order_ended", "order_not_held", "own_witness",
    "nothing_to_witness", "too_soon", "too_many", "not_yet_due", "doses_given", "error_marked",
}  # fmt: skip


def machine(clinic):
    """A machine whose people work in this clinic; each walk is taken back when it ends."""

    class Walk(RuleBasedStateMachine):
        done = set()

        def __init__(self):
            super().__init__()
            self.atomic = transaction.atomic()
            self.atomic.__enter__()
            self.episode = given.self_referred(clinic, "Maria")
            self.now = timezone.now()
            self.orders = []

        def teardown(self):
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

        def tried(self, action, *args, **kwargs):
            """Done, or refused for a reason we know; then nothing has changed."""
            try:
                with transaction.atomic():
                    action(*args, at=self.now, **kwargs)
            except (ValidationError, IntegrityError) as error:
                assert refusal(error)[0] in EXPECTED, refusal(error)
            else:
                self.done.add(action.__name__)

        def one_order(self, number):
            return MedicationOrder.objects.get(pk=self.orders[number % len(self.orders)])

        @rule(controlled=st.booleans(), as_needed=st.booleans(), every=st.integers(1, 12))
        @precondition(lambda self: len(self.orders) < 4)
        def order(self, controlled, as_needed, every):
            name = "clonazepam" if controlled else "acetaminophen"
            make = given.as_needed if as_needed else given.ordered
            fields = {} if as_needed else {"frequency": "every_hours", "every": every}
            made = make(self.episode, clinic, name, at=self.now, dose=Decimal(1), **fields)
            self.orders.append(made.pk)

        @rule(hours=st.integers(0, 30))
        def time_passes(self, hours):
            self.now += hours * HOUR
            doses.lay_out_all(self.now)

        @rule(number=st.integers(0, 9))
        @precondition(lambda self: self.orders)
        def hold(self, number):
            self.tried(orders.hold, self.one_order(number), reason="vomits", by=clinic.nurse)

        @rule(number=st.integers(0, 9))
        @precondition(lambda self: self.orders)
        def resume(self, number):
            self.tried(orders.resume, self.one_order(number), by=clinic.prescriber)

        @rule(number=st.integers(0, 9))
        @precondition(lambda self: self.orders)
        def stop(self, number):
            self.tried(orders.stop, self.one_order(number), because="done", reason="x", by=clinic.prescriber)

        @rule(number=st.integers(0, 99), by=st.sampled_from(["nurse", "prescriber"]))
        @precondition(lambda self: Dose.objects.filter(order__in=self.orders).exists())
        def give(self, number, by):
            rows = Dose.objects.filter(order__in=self.orders).order_by("due_at", "pk")
            self.tried(doses.give, rows[number % rows.count()], by=getattr(clinic, by))

        @rule(number=st.integers(0, 99), outcome=st.sampled_from(["refused", "held", "missed", "on_leave"]))
        @precondition(lambda self: Dose.objects.filter(order__in=self.orders).exists())
        def not_given(self, number, outcome):
            rows = Dose.objects.filter(order__in=self.orders).order_by("due_at", "pk")
            dose = rows[number % rows.count()]
            self.tried(doses.not_given, dose, outcome=outcome, reason="so", by=clinic.nurse)

        @rule(number=st.integers(0, 9))
        @precondition(lambda self: MedicationOrder.objects.filter(pk__in=self.orders, frequency="as_needed").exists())
        def give_as_needed(self, number):
            rows = MedicationOrder.objects.filter(pk__in=self.orders, frequency="as_needed").order_by("pk")
            self.tried(doses.give_as_needed, rows[number % rows.count()], reason="pain", by=clinic.nurse)

        @rule(number=st.integers(0, 99), by=st.sampled_from(["nurse", "technician"]))
        @precondition(lambda self: Administration.objects.filter(order__in=self.orders).exists())
        def witness(self, number, by):
            rows = Administration.objects.filter(order__in=self.orders).order_by("pk")
            self.tried(doses.witness, rows[number % rows.count()], by=getattr(clinic, by))

        @rule(number=st.integers(0, 99))
        @precondition(lambda self: Administration.objects.filter(order__in=self.orders).exists())
        def mark_error(self, number):
            rows = Administration.objects.filter(order__in=self.orders).order_by("pk")
            self.tried(doses.mark_error, rows[number % rows.count()], reason="mistake", by=clinic.nurse)

        @invariant()
        def what_must_hold(self):
            rows = list(Administration.objects.filter(order__in=self.orders).select_related("order", "due"))
            right = [row for row in rows if row.entered_in_error_at is None]
            # One outcome a dose, and a dose with one waits for nobody.
            due = [row.due_id for row in right if row.due_id]
            assert len(due) == len(set(due))
            assert all(row.due.closed_because == "recorded" for row in right if row.due_id)
            recorded = Dose.objects.filter(order__in=self.orders, closed_because="recorded")
            assert set(recorded.values_list("pk", flat=True)) <= {row.due_id for row in rows}
            # What is held or has ended has nothing to come.
            for order in MedicationOrder.objects.filter(pk__in=self.orders).exclude(state="active"):
                assert not order.doses.open().filter(due_at__gte=order.held_at or order.ended_at).exists()
            # What is controlled counts only with a witness who is somebody else.
            counted = set(Administration.objects.given().filter(order__in=self.orders).values_list("pk", flat=True))
            for row in right:
                seen = row.witnessed_by_id not in (None, row.administered_by_id)
                assert (row.pk in counted) == (row.outcome == "given" and (seen or not row.order.controlled))
                assert row.is_given() == (row.pk in counted)
            # As needed: hours between, and so many in any day.
            for order in MedicationOrder.objects.filter(pk__in=self.orders, frequency="as_needed"):
                times = sorted(row.administered_at for row in right if row.order_id == order.pk)
                assert all(later - earlier >= 6 * HOUR for earlier, later in pairwise(times))
                assert all(sum(at - 24 * HOUR < one <= at for one in times) <= order.max_doses for at in times)

    return Walk


CALM = {"deadline": None, "suppress_health_check": list(HealthCheck), "derandomize": True, "database": None}


def test_whatever_is_done_with_doses_what_must_hold_holds(clinic):
    run_state_machine_as_test(machine(clinic), settings=settings(max_examples=4, stateful_step_count=12, **CALM))


@pytest.mark.slow
def test_in_two_thousand_steps_too(clinic):
    walk = machine(clinic)
    run_state_machine_as_test(walk, settings=settings(max_examples=50, stateful_step_count=40, **CALM))
    verbs = {"hold", "resume", "stop", "give", "not_given", "give_as_needed", "witness", "mark_error"}
    assert verbs - walk.done == set()
