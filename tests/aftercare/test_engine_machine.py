"""Whatever happens in whatever order, and wherever a process dies: nobody is lost, and nobody is written to wrongly.

Time goes on by minutes to days; people answer, miss, write back, write STOP, opt out and begin again; staff
acknowledge, call, let check-ins rest and go on, and move them; clocks tick and senders send while channels fail; any
of it may stop before any of its statements. ENGINE_MACHINE_STEPS says how many steps the long run tries.
"""

import os
from collections import Counter
from contextlib import nullcontext
from datetime import datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings as site
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import Count, Exists, OuterRef
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from accounts.models import Facility, User
from aftercare.actions import calls, check_ins, exchanges, opting_out, pauses, plans, schedules, tiers
from aftercare.models import AftercarePlan, CheckIn, Pause
from duties import actions as duties
from duties.models import Duty, DutyEvent, Kind
from local.sms_server import SmsServer
from messaging import actions as messaging
from messaging.models import InboundMessage, OptOut, Reply
from patients import actions as patients
from patients.models import Episode, Patient
from tests import given
from tests.messaging.backends import Killed
from tests.then import code_of

PEOPLE, MOST_A_DAY, MOST_IN_7_DAYS = 3, 2, 3
STEPS = int(os.environ.get("ENGINE_MACHINE_STEPS", 2000))
A_DAY = timedelta(days=1)
ZONE, AWAKE = ZoneInfo("America/New_York"), range(8, 21)
BACKENDS = "tests.messaging.backends"
MAILS = {
    "takes": "django.core.mail.backends.locmem.EmailBackend",
    "cannot be reached": f"{BACKENDS}.TakesNothing",
    "falls silent": f"{BACKENDS}.FallsSilent",
    "kills": f"{BACKENDS}.KillsTheWorker",
}
PROVIDERS = ["works", "works", "500", "503", "garbage"]
CLOCKS = ["America/New_York", "America/Chicago"]
WRITTEN = ["1", "yes", "30", "skip", "fewer", "usual", "pause", "Not so well today", "I want to die"]
person, statement = st.integers(0, PEOPLE - 1), st.one_of(st.none(), st.integers(0, 40))
hours = st.sampled_from([0.05, 1, 3, 5, 13, 24, 49, 24 * 8])
ENDS = ("SAVEPOINT", "RELEASE", "ROLLBACK", "SET CONSTRAINTS")


class Crash(BaseException):
    """The process is gone before its next statement."""


def dies_before(number):
    """Stop at the statement of this number; what ends a transaction is left to the database."""
    left = [number]

    def watch(execute, sql, params, many, context):
        if left and not str(sql).startswith(ENDS):
            left[0] -= 1
            if left[0] < 0:
                left.clear()
                raise Crash
        return execute(sql, params, many, context)

    return connection.execute_wrapper(watch)


class Engine(RuleBasedStateMachine):
    """Three people who are followed up by email and text."""

    clinic = people = provider = None  # of the test: made once, and given back by a savepoint after each story
    begins, tried, done, crashed = None, 0, set(), 0

    def __init__(self):
        super().__init__()
        self.point = transaction.savepoint()
        self.now, self.told, self.seen = self.begins, [], (0, 0)
        mail.outbox.clear()
        self.provider.taken.clear()

    def teardown(self):
        """As it was before."""
        transaction.savepoint_rollback(self.point)

    def do(self, name, act, dies=None):
        """Try it; a refusal has a code for people, and a process that dies leaves only what was committed."""
        mine = type(self)
        mine.tried += 1
        try:
            with nullcontext() if dies is None else dies_before(dies):
                act()
        except (ValidationError, IntegrityError) as error:
            assert code_of(error)
        except (Crash, Killed):
            mine.crashed += 1
        else:
            mine.done.add(name)

    def verb(self, name, act, dies=None):
        """Try one change, which is one transaction, at the hour of the story."""
        with time_machine.travel(self.now):
            self.do(name, transaction.atomic(act), dies)

    def by(self):
        """Who, and when."""
        return {"by": self.clinic.aftercare, "at": self.now}

    def some(self, rows, number):
        """One of these rows, if there is any."""
        found = list(rows.order_by("pk"))
        return found[number % len(found)] if found else None

    @rule(later=hours)
    def time_goes_on(self, later):
        """Nobody does anything."""
        self.now += timedelta(hours=later)

    @rule(dies=statement)
    def tick(self, dies):
        """The clock; once it has caught up with what it opened itself, nothing is due any more."""
        self.do("tick", lambda: duties.tick(self.now), dies)
        if dies is None:
            for _ in range(5):
                duties.tick(self.now)
            assert not Duty.objects.due(self.now).exists()

    @rule(later=hours, dies=statement)
    def tick_and_send_later(self, later, dies):
        """What happens on most days."""
        self.now += timedelta(hours=later)
        self.do("tick", lambda: duties.tick(self.now))
        self.send("takes", "works", dies)

    @rule(times=st.integers(2, 14), later=st.sampled_from([3, 5, 7, 11]))
    def life_goes_on(self, times, later):
        """For some days, at any hour, the clock and the senders do what they do."""
        for _ in range(times):
            self.tick_and_send_later(later, None)
            self.turn(None)

    @rule(days=st.integers(1, 9))
    def nobody_ticks(self, days):
        """The clock stands still for days; then check-ins turn first."""
        self.now += days * A_DAY
        self.turn(None)
        self.tick_and_send_later(1, None)

    @rule(mails=st.sampled_from(list(MAILS)), provider=st.sampled_from(PROVIDERS), dies=statement)
    def send(self, mails, provider, dies):
        """The senders, while the channels do what they do."""
        site.EMAIL_BACKEND, self.provider.does = MAILS[mails], provider
        self.do("send", lambda: messaging.send(self.now, limit=20), dies)
        self.hear()

    def hear(self):
        """What reached somebody just now; at this very moment it must have been allowed."""
        letters = [(message.to[0], "email") for message in mail.outbox[self.seen[0] :]]
        answered = set(Reply.objects.values_list("body", flat=True))  # those go at any hour, and count toward nothing
        taken = self.provider.taken[self.seen[1] :]
        texts = [(one["to"], "sms") for one in taken if one["body"] not in answered]
        self.seen = len(mail.outbox), len(self.provider.taken)
        for to, channel in letters + texts:
            if (who := self.people.get(to)) is None:
                continue  # staff
            local = self.now.astimezone(Patient.objects.get(pk=who.pk).tz(self.clinic.here))
            assert local.hour in AWAKE, f"{channel} at {local}"
            stops = OptOut.objects.in_force(channel).of(who).exists()
            assert not stops, f"{channel} after opting out"
            rests = Pause.objects.in_force(self.now).of(who).filter(plan__ended_at=None)
            rests = rests.filter(until_at__gt=self.now + A_DAY)
            assert not rests.exists(), f"{channel} while check-ins rest, and not a day before the return"
            self.told.append((who.pk, local))

    @rule(dies=statement)
    def turn(self, dies):
        """What was not answered is missed when the next is due, by them or by us, and somebody owes a call."""
        before = set(CheckIn.objects.open().values_list("pk", flat=True))
        over = set(CheckIn.objects.over(self.now).values_list("pk", flat=True))
        self.do("turn", lambda: check_ins.turn(self.now), dies)
        owed = Duty.objects.open().filter(patient=OuterRef("patient"), ladder__slug="contact")
        closed = CheckIn.objects.filter(pk__in=before, closed_at__isnull=False)
        assert not closed.filter(~Exists(owed)).exists(), "a miss that vanished"
        assert dies is not None or not CheckIn.objects.open().filter(pk__in=over).exists(), "a turn that is stuck"

    @rule(which=st.integers(0, 30), days=st.sampled_from([0, 0, 3]), call=st.booleans(), dies=statement)
    def answer(self, which, days, call, dies):
        """In time or late, by phone or by message."""
        if one := self.some(CheckIn.objects.right().filter(due_at__lte=self.now), which):
            said = {"how": "call" if call else "message", "ketamine_days": days}
            self.verb("answer", lambda: check_ins.answer(one, **said, **self.by()), dies)

    @rule(who=person, body=st.sampled_from(WRITTEN), dies=statement)
    def write(self, who, body, dies):
        """They text: an answer, a wish, or anything else."""
        number, key = list(self.people)[who * 2 + 1], f"SM{InboundMessage.objects.count()}"
        said = {"provider": "twilio", "provider_id": key, "number": number, "body": body}
        self.verb("write", lambda: exchanges.hear(**said, by=User.objects.system(), at=self.now), dies)
        assert dies is not None or InboundMessage.objects.filter(provider_id=key).exists(), "a text nobody kept"

    @rule(which=st.integers(0, 30), reached=st.booleans(), dies=statement)
    def call(self, which, reached, dies):
        """One call on the list."""
        rows = Duty.objects.open().filter(ladder__slug="contact", due_at__lte=self.now)
        if duty := self.some(rows, which):
            outcome = "reached" if reached else "no_answer"
            self.verb("call", lambda: calls.log_call(duty, outcome=outcome, **self.by()), dies)

    @rule(which=st.integers(0, 30), dies=statement)
    def acknowledge(self, which, dies):
        """Somebody says that they have it."""
        if duty := self.some(Duty.objects.open().filter(acknowledged_at=None), which):
            self.verb("acknowledge", lambda: duties.acknowledge(duty, **self.by()), dies)

    @rule(who=person, channel=st.sampled_from(["", "sms", "email", "phone"]), dies=statement)
    def opt_out(self, who, channel, dies):
        """They tell one of us that they do not want to be written to, or called."""
        one = list(self.people.values())[who * 2]
        said = {"channel": channel, "how": "said so"}
        self.verb("opt out", lambda: opting_out.opt_out(one, **said, **self.by()), dies)

    @rule(who=person, body=st.sampled_from(["STOP", "please stop texting me", "ya no me escriban"]), dies=statement)
    def write_stop(self, who, body, dies):
        """They write it; said again, it ends what began since."""
        number, one = list(self.people.items())[who * 2 + 1]
        key = f"SM{InboundMessage.objects.count()}"
        said = {"provider": "twilio", "provider_id": key, "number": number, "body": body}
        self.verb("stop", lambda: exchanges.hear(**said, by=User.objects.system(), at=self.now), dies)
        if InboundMessage.objects.filter(provider_id=key).exists():
            assert not AftercarePlan.objects.active().of(one).exists(), "followed up after STOP"

    @rule(who=person, dies=statement)
    def click_stop(self, who, dies):
        """They click it in an email."""
        address, one = list(self.people.items())[who * 2]
        point, before = one.contact_points.get(value=address), InboundMessage.objects.count()
        self.verb("click", lambda: opting_out.stop_by_email(point, **self.by()), dies)
        if InboundMessage.objects.count() > before:
            assert not AftercarePlan.objects.active().of(one).exists(), "followed up after a click"

    @rule(who=person, dies=statement)
    def begin_again(self, who, dies):
        """They agreed to check-ins once more."""
        followed = AftercarePlan.objects.active().filter(episode=OuterRef("pk"))
        if episode := self.some(Episode.objects.open().filter(~Exists(followed)), who):
            self.verb("begin", lambda: plans.begin(episode, schedule="telephone", **self.by()), dies)

    @rule(which=st.integers(0, 9))
    def want_it_again(self, which):
        """They changed their mind."""
        if row := self.some(OptOut.objects.in_force(), which):
            self.verb("lift", lambda: messaging.lift_opt_out(row, **self.by()))

    @rule(which=st.integers(0, PEOPLE - 1), days=st.integers(1, 20), dies=statement)
    def pause_or_resume(self, which, days, dies):
        """They travel, and come back."""
        plan = self.some(AftercarePlan.objects.active(), which)
        if plan is None:
            return
        until = {"because": "travel", "until_at": self.now + timedelta(days=days)}
        if plan.pauses.filter(resumed_at=None, until_at__gt=self.now).exists():
            self.verb("resume", lambda: pauses.resume(plan, **self.by()), dies)
        else:
            self.verb("pause", lambda: pauses.pause(plan, **until, **self.by()), dies)

    @rule(which=person, what=st.sampled_from(["fewer", "day 0", "clock", "tier"]), dies=statement)
    def move_what_is_ahead(self, which, what, dies):
        """Another pace, day 0, clock or tier: what is ahead is reckoned anew."""
        plan = self.some(AftercarePlan.objects.active(), which)
        acts = {
            "fewer": lambda: plans.thin(plan, pace=4 - plan.pace, **self.by()),
            "day 0": lambda: plans.change_anchor(plan, anchor_at=plan.anchor_at - A_DAY, reason="typo", **self.by()),
            "clock": lambda: plans.change_zone(plan, zone=CLOCKS[plan.zone == CLOCKS[0]], **self.by()),
            "tier": lambda: tiers.raise_tier(plan, tier="red", reason="worried", **self.by()),
        }
        if plan:
            self.verb(what, acts[what], dies)

    @rule(which=person, days=st.integers(3, 20), dies=statement)
    def publish_an_edition(self, which, days, dies):
        """The place changes a schedule, and plans move to it."""
        plan = self.some(AftercarePlan.objects.active(), which)
        if plan is None:
            return
        changes = {"steps": [A_DAY * days * number for number in range(1, 9)], "by": self.clinic.supervisor}
        place = {"facility": self.clinic.here, "at": self.now}
        with time_machine.travel(self.now):
            self.do("publish", lambda: self.follow(schedules.draft(plan.schedule, **place, **changes)), dies)

    def follow(self, draft):
        """From now on this edition."""
        schedules.publish(draft, by=self.clinic.supervisor, at=self.now)
        schedules.renew_plans(self.now)

    @invariant()
    def nothing_is_due_in_a_rest(self):
        """Whatever was changed meanwhile."""
        for rest in Pause.objects.in_force(self.now).filter(plan__ended_at=None):
            due = rest.plan.check_ins.open().filter(due_at__lt=rest.until_at)
            assert not due.exists(), "a check-in is due in a rest"

    @invariant()
    def nobody_is_dropped(self):
        """Every open episode has an open duty that keeps its thread, and every open duty a clock that runs."""
        owed = Duty.objects.open().filter(episode=OuterRef("pk"), keeps_thread=True)
        assert not Episode.objects.open().filter(~Exists(owed)).exists()
        assert not Duty.objects.open().filter(next_action_at=None).exists()

    @invariant()
    def one_check_in_is_open(self):
        """For an active plan one, or what follows is being decided."""
        for plan in AftercarePlan.objects.active():
            assert plan.check_ins.open().count() == (0 if plan.end_duty_id else 1)

    @invariant()
    def one_edge_a_rung(self):
        """For every climb and round."""
        rungs = DutyEvent.objects.filter(kind=Kind.RUNG).order_by()
        rungs = rungs.values("duty", "climb", "rung", "round").annotate(many=Count("pk"))
        assert not rungs.filter(many__gt=1).exists()
        assert not DutyEvent.objects.filter(kind=Kind.STUCK).exists(), "a clock that is stuck"

    @invariant()
    def never_too_much(self):
        """Counted from what arrived: in a day of their own, and in any seven days."""
        days = Counter((who, local.date()) for who, local in self.told)
        assert all(many <= MOST_A_DAY for many in days.values())
        week = timedelta(days=7)
        for who, local in self.told:
            before = [at for other, at in self.told if other == who and local - week < at <= local]
            assert len(before) <= MOST_IN_7_DAYS


@pytest.fixture
def followed(clinic, settings, quiet_hours):
    """Three people with an address and a number, where the hours and the caps are as strict as they come."""
    provider = SmsServer(token="secret")
    provider.start()
    settings.SMS_API_URL, settings.SMS_ACCOUNT, settings.SMS_TOKEN = provider.url, "AC1", "secret"
    settings.SMS_FROM, settings.SMS_TIMEOUT = "+12125550100", 5
    limits = {"most_a_day": MOST_A_DAY, "most_in_7_days": MOST_IN_7_DAYS}
    Facility.objects.filter(pk=clinic.here.pk).update(**limits)
    clinic.here.refresh_from_db()
    people = {}
    for number in range(PEOPLE):
        patient = given.staying_in_touch(clinic, str(number)).patient
        address, mobile = f"person{number}@example.org", f"+1212555017{number}"
        given.an_address(patient, clinic, address)
        point = {"channel": "sms", "value": mobile, "position": 2, "scopes": ["check_in"]}
        patients.verify(patients.add_contact_point(patient, by=clinic.nurse, **point), by=clinic.nurse)
        people |= {address: patient, mobile: patient}
    yield SimpleNamespace(clinic=clinic, people=people, provider=provider)
    provider.shutdown()
    provider.server_close()


def run(followed, *, steps, each):
    """So many steps in all, `each` to a story."""
    tomorrow = timezone.now().astimezone(ZONE).date() + timedelta(days=1)

    class Story(Engine):
        clinic, people, provider = followed.clinic, followed.people, followed.provider
        begins = datetime(tomorrow.year, tomorrow.month, tomorrow.day, 10, tzinfo=ZONE)
        tried, done, crashed = 0, set(), 0

    quiet = settings(
        max_examples=max(1, steps // each),
        stateful_step_count=each,
        deadline=None,
        phases=[Phase.generate],  # what fails is told as it was found: making it shorter takes an hour
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Story, settings=quiet)
    return Story


def test_whatever_happens_nobody_is_lost_or_written_to_wrongly(followed):
    run(followed, steps=80, each=40)


@pytest.mark.slow
def test_two_thousand_steps_and_deaths_lose_nobody(followed):
    story = run(followed, steps=STEPS, each=50)
    assert story.done >= {"tick", "send", "turn", "answer", "call", "acknowledge"}
    assert story.done >= {"pause", "resume", "opt out", "stop", "click", "lift", "begin", "write", "publish"}
    assert story.done >= {"fewer", "day 0", "clock", "tier"}
    assert story.crashed > STEPS / 50
