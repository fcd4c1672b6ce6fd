"""Check-ins: answered in time and late, missed, called about."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import Role
from aftercare.actions import calls, check_ins, closings, plans
from aftercare.models import Answer, CallOutcome, CheckIn, Schedule
from aftercare.tasks import turn as turn_task
from duties import actions as duties
from duties.models import Duty
from messaging import actions as messaging
from patients import actions as patients
from tests import given
from tests.then import code_of, duty, forbidden, fresh, owed, refused

DAY = timedelta(days=1)


def answer(check_in, clinic, **fields):
    return check_ins.answer(check_in, **{"how": "message", "by": clinic.aftercare, **fields})


def call(episode, clinic, outcome="reached", slug="contact", **fields):
    return calls.log_call(duty(episode, slug), outcome=outcome, **{"by": clinic.aftercare, **fields})


def current():
    return CheckIn.objects.open().get()


def on_the_list(now):
    return list(CheckIn.objects.unanswered(now))


@pytest.fixture
def episode(clinic):
    return given.in_aftercare(clinic, at=given.ago(hours=1))  # the first is due tomorrow, whatever the time of day


@pytest.fixture
def first(episode):
    return current()


@pytest.fixture
def missed(clinic, first):
    """The first check-in closed as missed, two days after discharge; the second is open."""
    now = first.due_at + 2 * DAY + timedelta(minutes=1)
    duties.tick(first.due_at)
    messaging.send(first.due_at)
    duties.tick(first.due_at + DAY + timedelta(minutes=1))
    assert check_ins.turn(now) == 1
    return fresh(first)


# Answering.


def test_an_answer_closes_the_check_in_and_makes_the_next(clinic, episode, first):
    at = first.due_at + timedelta(hours=2)
    given_answer = answer(first, clinic, craving=40, ketamine_days=0, text="Fine.", at=at)
    closed = fresh(first)
    assert (closed.outcome, closed.closed_at, closed.closed_by) == ("answered", at, clinic.aftercare)
    assert (given_answer.craving, given_answer.answered_at, given_answer.check_in) == (40, at, first)
    assert fresh(first.duty).outcome == "resolved"
    following = current()
    assert (following.number, following.due_at - first.due_at) == (1, 2 * DAY)
    assert duty(episode, "check_in") == following.duty
    assert owed(episode) == ["check_in"]


def test_an_answer_by_phone_is_a_person_reached(clinic, first):
    answer(first, clinic, how="call")
    assert fresh(first).outcome == "reached"


def test_an_answer_before_it_is_due_counts(clinic, first):
    answer(first, clinic, at=first.due_at - timedelta(hours=3))
    assert current().number == 1


def test_a_wish_to_talk_owes_a_call_within_a_day_and_nothing_else(clinic, episode, first):
    at = first.due_at
    answer(first, clinic, at=at, wants_call=True)
    contact = duty(episode, "contact")
    assert (contact.due_at, contact.owner, contact.owner_role) == (at + DAY, clinic.aftercare, Role.AFTERCARE)
    assert (owed(episode), fresh(episode).stage) == (["check_in", "contact"], "aftercare")


def test_use_owes_a_clinicians_call_by_the_next_day_and_nothing_else(clinic, episode, first):
    at = first.due_at
    answer(first, clinic, at=at, ketamine_days=2, wants_call=True)
    call = duty(episode, "red_call")
    assert (call.due_at, call.owner, call.owner_role) == (at + DAY, None, Role.COUNSELOR)
    assert call.note == "asked for a call; used ketamine"
    assert (owed(episode), fresh(episode).stage) == (["check_in", "red_call"], "aftercare")


def test_no_use_owes_no_call(clinic, episode, first):
    answer(first, clinic, ketamine_days=0)
    assert owed(episode) == ["check_in"]


def test_a_second_answer_is_kept_and_makes_no_second_check_in(clinic, episode, first):
    answer(first, clinic, text="one")
    answer(first, clinic, text="two")
    assert (first.answers.count(), CheckIn.objects.count(), current().number) == (2, 2, 1)


def test_a_second_answer_does_not_end_the_call_that_was_asked_for(clinic, episode, first):
    answer(first, clinic, wants_call=True)
    answer(first, clinic, text="also this")
    answer(current(), clinic, text="and this")
    assert "contact" in owed(episode)


def test_an_answer_out_of_range_is_refused(clinic, first):
    with refused("answer_out_of_range"):
        answer(first, clinic, craving=101)


def test_an_answer_brought_twice_under_one_key_is_written_once(clinic, first):
    key = answer(first, clinic).pk
    with refused("key_taken"):
        answer(first, clinic, id=key)


def test_steps_that_are_over_are_passed_over_when_somebody_answers_late(clinic, first):
    answer(first, clinic, at=first.due_at + 9 * DAY)
    following = current()
    assert (following.number, following.due_at - first.due_at) == (1, 13 * DAY)


def test_a_late_answer_to_a_missed_check_in_is_kept_and_ends_the_call(clinic, episode, missed):
    assert owed(episode) == ["check_in", "contact"]
    answer(missed, clinic, craving=60)
    assert (fresh(missed).outcome, missed.answers.get().craving) == ("missed", 60)
    assert (owed(episode), current().number) == (["check_in"], 1)


def back_in_treatment(clinic, episode):
    given.cleared_again(episode, clinic)
    plans.return_to_treatment(episode, program=clinic.outpatient, by=clinic.counselor)


STATES = [
    ("answered", lambda clinic, episode: answer(current(), clinic)),
    ("reached", lambda clinic, episode: answer(current(), clinic, how="call")),
    ("missed", lambda clinic, episode: given.missed(episode)),
    ("missed_by_us", lambda clinic, episode: check_ins.turn(current().over_at)),
    ("withdrew", lambda clinic, episode: plans.withdraw(episode.aftercare_plans.get(), by=clinic.aftercare)),
    ("canceled", lambda clinic, episode: closings.close(episode, reason="completed", by=clinic.supervisor)),
    ("canceled", back_in_treatment),
]


@pytest.mark.parametrize(("outcome", "happens"), STATES)
@pytest.mark.parametrize("how", ["call", "sms"])
def test_a_late_answer_is_taken_in_any_state_and_a_sign_in_it_is_owed_a_call(
    clinic, episode, first, outcome, happens, how
):
    happens(clinic, episode)
    assert fresh(first).outcome == outcome
    said = answer(fresh(first), clinic, how=how, ketamine_days=3)
    assert fresh(first).outcome == outcome and said.check_in == first
    assert Duty.objects.open().filter(patient=episode.patient, ladder__slug="red_call").count() == 1
    assert not Duty.objects.open().filter(because_of=first.duty, ladder__slug="contact").exists()
    plan = episode.aftercare_plans.get()
    assert plan.check_ins.open().count() == (plan.ended_at is None)
    assert plan.tier == "red"


def test_a_late_answer_that_asks_for_a_call_owes_one(clinic, episode, missed):
    before = duty(episode, "contact")
    answer(missed, clinic, wants_call=True)
    asked = duty(episode, "contact")
    assert (fresh(before).outcome, asked.note) == ("resolved", "asked for a call")
    answer(missed, clinic, text="more")
    assert fresh(asked).is_open()


def test_a_call_asked_for_late_is_owed_beside_the_call_for_a_later_miss(clinic, episode, missed):
    duties.excuse(duty(episode, "contact"), reason="spoke to the brother", by=clinic.aftercare)
    now = current().due_at + DAY + timedelta(minutes=1)
    duties.tick(now)
    answer(missed, clinic, wants_call=True, at=now)
    assert owed(episode) == ["check_in", "contact", "contact"]
    answer(current(), clinic, at=now)
    assert duty(episode, "contact").note == "asked for a call"


def test_an_answer_to_the_next_check_in_ends_the_call_for_the_one_before(clinic, episode, missed):
    answer(current(), clinic)
    assert owed(episode) == ["check_in"]


def test_an_answer_after_the_episode_was_closed_is_kept_and_a_call_still_owed(clinic, episode, first):
    closings.close(episode, reason="withdrew", by=clinic.aftercare)
    answer(first, clinic, wants_call=True)
    assert (fresh(first).outcome, first.answers.count(), owed(episode)) == ("canceled", 1, [])
    contact = episode.patient.duties.open().get()
    assert (contact.episode, contact.owner, contact.note) == (None, clinic.aftercare, "asked for a call")
    assert not CheckIn.objects.open().exists()


def test_raw_sql_cannot_change_an_answer(clinic, first):
    said = answer(first, clinic, text="one")
    for change in (
        {"text": "two"},
        {"craving": 1},
        {"answered_at": given.ago(days=3)},
        {"answered_by": clinic.nurse},
    ):
        with forbidden("an_answer_never_changes"):
            Answer.objects.filter(pk=said.pk).update(**change)
    assert patients.mark_error(said, reason="wrong person", by=clinic.nurse)


def test_raw_sql_cannot_open_two_check_ins(clinic, missed):
    with forbidden("one_open_check_in_per_plan"):
        CheckIn.objects.filter(pk=missed.pk).update(closed_at=None, closed_by=None, outcome="")


def test_raw_sql_cannot_make_a_step_twice(clinic, missed):
    with forbidden("one_check_in_per_step"):
        CheckIn.objects.filter(pk=missed.pk).update(number=1)
    patients.mark_error(missed, reason="wrong plan", by=clinic.nurse)
    CheckIn.objects.filter(pk=missed.pk).update(number=1)


def test_raw_sql_cannot_half_close_a_check_in(clinic, first):
    for half in ({"closed_at": timezone.now()}, {"outcome": "missed"}, {"closed_by": clinic.nurse}):
        with forbidden("a_closed_check_in_has_who_and_how"):
            CheckIn.objects.filter(pk=first.pk).update(**half)


# Missing.


def test_a_day_without_an_answer_puts_the_check_in_on_the_call_list(clinic, episode, first):
    now = first.due_at + DAY - timedelta(minutes=1)
    duties.tick(now)
    assert on_the_list(now) == []
    now += timedelta(minutes=2)
    duties.tick(now)
    assert on_the_list(now) == [first]
    assert (duty(episode, "contact").because_of, duty(episode, "contact").owner) == (first.duty, clinic.aftercare)


def test_a_missed_check_in_is_closed_when_the_next_is_due_and_the_call_stays_owed(clinic, episode, missed):
    assert (missed.outcome, missed.closed_by.username, fresh(missed.duty).outcome) == ("missed", "system", "canceled")
    assert (current().number, owed(episode)) == (1, ["check_in", "contact"])


def test_whoever_missed_stays_on_the_call_list_until_reached(clinic, episode, missed):
    now = current().due_at + DAY
    assert on_the_list(now) == [missed]
    call(episode, clinic, at=now)
    assert on_the_list(now) == []


def test_a_missed_check_in_owes_a_call_even_if_the_clock_stood_still(clinic, episode, first):
    assert check_ins.turn(first.due_at + 2 * DAY) == 1
    assert duty(episode, "contact").because_of == first.duty


def test_turning_twice_turns_once(clinic, first):
    now = first.due_at + 2 * DAY
    assert (check_ins.turn(now), check_ins.turn(now)) == (1, 0)


def test_the_turn_waits_until_the_next_is_due(clinic, first):
    assert check_ins.turn(first.due_at + 2 * DAY - timedelta(minutes=1)) == 0


def test_after_months_of_silence_one_turn_catches_up(clinic, episode, first):
    now = first.due_at + 200 * DAY
    assert check_ins.turn(now) == 1
    assert check_ins.turn(now) == 0
    assert now - DAY < current().due_at < now + 31 * DAY
    assert owed(episode) == ["check_in", "contact"]


def test_one_poisoned_check_in_stops_no_other(clinic, monkeypatch):
    episodes = [given.in_aftercare(clinic, name=name, at=given.ago(days=9)) for name in ("Maria", "Tess")]
    poisoned = CheckIn.objects.get(plan__episode=episodes[0])
    plain = check_ins.close_check_in

    def close(check_in, *args, **kwargs):
        if check_in.pk == poisoned.pk:
            raise ValidationError("poison")
        return plain(check_in, *args, **kwargs)

    monkeypatch.setattr(check_ins, "close_check_in", close)
    assert turn_task() == 1
    assert fresh(poisoned).closed_at is None


def test_nothing_turns_while_a_death_is_reported(clinic, episode, first):
    report = closings.report_death(episode.patient, facility=clinic.here, told_by="a friend", by=clinic.nurse)
    now = first.due_at + 2 * DAY
    assert check_ins.turn(now) == 0
    closings.withdraw_death_report(report, reason="alive", by=clinic.nurse)
    assert check_ins.turn(now) == 1


def test_after_the_last_step_deciding_what_follows_is_owed(clinic):
    Schedule.objects.create(
        slug="short", name="Short", steps=[DAY, 2 * DAY], published_at=given.ago(days=9), waits=100 * DAY
    )
    episode = given.in_aftercare(clinic, at=given.ago(days=3), schedule="short")
    answer(current(), clinic, at=given.ago(days=2))
    assert check_ins.turn(timezone.now() + 90 * DAY) == 0
    at = timezone.now()
    answer(current(), clinic, at=at)
    assert not CheckIn.objects.open().exists()
    end = duty(episode, "aftercare_end")
    assert (end.due_at, end.owner, owed(episode)) == (at + 7 * DAY, clinic.aftercare, ["aftercare_end"])
    answer(CheckIn.objects.last(), clinic, text="more", at=at)
    assert owed(episode) == ["aftercare_end"]
    closings.close(episode, reason="completed", by=clinic.aftercare)
    assert owed(episode) == []


# Calling.


@pytest.mark.parametrize("outcome", ["no_answer", "voicemail", "wrong_number"])
def test_a_call_that_reaches_nobody_leaves_it_owed(clinic, episode, missed, outcome):
    call(episode, clinic, outcome, note="after lunch")
    tried = duty(episode, "contact").events.get(kind="tried")
    assert (tried.by, tried.note.endswith("after lunch")) == (clinic.aftercare, True)
    assert owed(episode) == ["check_in", "contact"]


def test_a_call_that_reaches_the_person_is_their_answer(clinic, episode, first):
    now = first.due_at + DAY + timedelta(minutes=1)
    duties.tick(now)
    call(episode, clinic, note="Doing well.", craving=20, at=now)
    said = first.answers.get()
    assert (said.how, said.craving, said.text) == ("call", 20, "Doing well.")
    assert (fresh(first).outcome, owed(episode), current().number) == ("reached", ["check_in"], 1)


def test_what_is_said_in_a_call_about_a_closed_check_in_is_kept(clinic, episode, missed):
    call(episode, clinic, craving=70, ketamine_days=0)
    assert (missed.answers.get().craving, fresh(missed).outcome, owed(episode)) == (70, "missed", ["check_in"])


def test_a_call_may_be_logged_on_the_check_in_itself(clinic, episode, first):
    call(episode, clinic, slug="check_in")
    assert (fresh(first).outcome, current().number) == ("reached", 1)


def test_a_call_that_was_asked_for_ends_when_the_person_is_reached(clinic, episode, first):
    answer(first, clinic, wants_call=True)
    call(episode, clinic, note="Talked.")
    assert (owed(episode), first.answers.count()) == (["check_in"], 1)


def test_a_wish_told_in_an_asked_for_call_owes_the_next(clinic, episode, first):
    answer(first, clinic, wants_call=True)
    asked = duty(episode, "contact")
    call(episode, clinic, ketamine_days=3)
    assert (fresh(asked).outcome, duty(episode, "red_call").note) == ("resolved", "used ketamine")
    assert first.answers.count() == 2


def test_answers_without_a_check_in_are_refused_not_lost(clinic, episode):
    given.a_call_owed(episode, clinic)
    with refused("no_check_in"):
        call(episode, clinic, ketamine_days=0)
    call(episode, clinic)
    assert owed(episode) == ["check_in"]


def test_only_calls_are_logged_as_calls(clinic):
    episode = given.in_bed(clinic)
    with refused("not_a_call"):
        call(episode, clinic, slug="treatment_plan")


def test_what_is_owed_about_nobody_is_no_call_whatever_came_of_it(clinic):
    now = timezone.now()
    place = {"facility": clinic.here, "owner_role": Role.SUPERVISOR, "by": clinic.admin}
    outage = duties.open("outage", due_at=now, at=now, **place)
    for outcome in CallOutcome:
        with refused("not_a_call"):
            calls.log_call(outage, outcome=outcome, by=clinic.aftercare)


def test_a_call_is_logged_while_it_is_owed(clinic, episode, missed):
    contact = duty(episode, "contact")
    call(episode, clinic)
    with refused("duty_closed"):
        calls.log_call(contact, outcome="reached", by=clinic.aftercare)


# At once.


def test_two_answers_at_once_are_both_kept_and_make_one_next_check_in(committed_clinic, run_both):
    clinic = committed_clinic
    episode = given.in_aftercare(clinic)
    check_in = current()
    results = run_both(*[lambda text=text: answer(check_in, clinic, text=text) for text in ("one", "two")])
    assert [r.error for r in results] == [None, None]
    assert (check_in.answers.count(), current().number, owed(episode)) == (2, 1, ["check_in"])


def test_an_answer_and_the_turn_at_once_make_one_next_check_in(committed_clinic, run_both):
    clinic = committed_clinic
    episode = given.in_aftercare(clinic, at=given.ago(days=9))
    check_in = current()
    results = run_both(lambda: answer(check_in, clinic), lambda: check_ins.turn(timezone.now()))
    assert [r.error for r in results] == [None, None]
    assert (check_in.answers.count(), CheckIn.objects.open().count(), owed(episode)) == (1, 1, ["check_in"])


def test_the_clock_and_the_turn_at_once_owe_one_call(committed_clinic, run_both):
    clinic = committed_clinic
    episode = given.in_aftercare(clinic, at=given.ago(days=9))
    now = timezone.now()
    results = run_both(lambda: duties.tick(now), lambda: check_ins.turn(now))
    assert [r.error for r in results] == [None, None]
    assert owed(episode) == ["check_in", "contact"]


def test_two_calls_logged_at_once_reach_the_person_once(committed_clinic, run_both):
    clinic = committed_clinic
    episode = given.in_aftercare(clinic, at=given.ago(days=9))
    check_ins.turn(timezone.now())
    contact = duty(episode, "contact")
    results = run_both(
        *[lambda: calls.log_call(contact, outcome="reached", by=clinic.aftercare)] * 2,
    )
    assert sorted(code_of(r.error) if r.error else "reached" for r in results) == ["duty_closed", "reached"]
