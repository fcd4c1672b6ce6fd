"""Late start, rest and return, another day 0 or clock, fewer, and no more: nothing in the past vanishes."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from aftercare.actions import calls, check_ins, pauses, plans, schedules, tiers
from aftercare.models import CheckIn
from duties import actions as duties
from duties.models import Notice, NoticeState
from messaging.models import Attempt, GatewayIncident
from patients import actions as patients
from tests import given
from tests.then import duty, forbidden, fresh, owed, refused

DAY = timedelta(days=1)


@pytest.fixture
def episode(clinic):
    return given.in_aftercare(clinic, at=given.ago(hours=1))


@pytest.fixture
def plan(episode):
    return episode.aftercare_plans.get()


def current(plan):
    return plan.check_ins.open().get()


def local(instant, plan):
    return instant.astimezone(ZoneInfo(plan.zone))


# Whose miss it was.


def test_what_nobody_was_asked_is_not_missed_by_the_person(clinic, episode, plan):
    first = current(plan)
    assert check_ins.turn(first.over_at) == 1
    assert (fresh(first).outcome, fresh(plan).tier) == ("missed_by_us", "green")
    assert duty(episode, "contact").note.startswith("we did not ask")
    assert current(plan).local_time is None


@pytest.mark.parametrize(("down_after", "outcome"), [(3, "missed_by_us"), (60, "missed")])
def test_what_a_gateway_most_likely_swallowed_is_not_missed(clinic, episode, plan, down_after, outcome):
    first = current(plan)
    duties.tick(first.due_at)
    notice = first.duty.notices.get(to_patient=True, template="check_in")
    Notice.objects.filter(pk=notice.pk).update(state=NoticeState.UNCONFIRMED)
    said = {"patient": plan.patient, "channel": "email", "result": "unknown", "at": first.due_at}
    Attempt.objects.create(notice=notice, **said)
    began = first.due_at + timedelta(minutes=down_after)
    down = duties.open(
        "gateway_down", facility=clinic.here, owner_role="admin", due_at=began, by=clinic.admin, at=began
    )
    GatewayIncident.objects.create(channel="email", duty=down, began_at=began, last_tried_at=began)
    check_ins.turn(first.over_at)
    assert fresh(first).outcome == outcome and "contact" in owed(episode)


@pytest.mark.parametrize(("said", "outcome"), [("check_in_soon", "missed_by_us"), ("check_in", "missed")])
def test_that_we_will_ask_soon_is_not_asking(clinic, episode, plan, said, outcome):
    check_ins.answer(current(plan), how="call", craving=0, by=clinic.aftercare)
    second = current(plan)
    duties.tick(second.due_at - DAY)
    duties.tick(second.due_at)
    Notice.objects.filter(duty=second.duty, template=said).update(state=NoticeState.SENT)
    check_ins.turn(second.over_at)
    assert (fresh(second).outcome, "contact" in owed(episode)) == (outcome, True)
    assert fresh(plan).tier == {"missed": "amber", "missed_by_us": "green"}[outcome]


def test_a_call_that_was_tried_is_asking(clinic, episode, plan):
    first = current(plan)
    duties.tick(first.due_at + DAY)
    calls.log_call(duty(episode, "contact"), outcome="no_answer", by=clinic.aftercare)
    check_ins.turn(first.over_at)
    assert (fresh(first).outcome, fresh(plan).tier) == ("missed", "amber")


def test_a_miss_changes_the_hour_and_not_the_density(clinic, episode, plan):
    first = current(plan)
    given.missed(episode)
    second = current(plan)
    assert second.local_time == time(18)
    assert (
        local(second.due_at, plan).date() - local(first.due_at, plan).date()
    ).days == 2  # amber, but for the miss alone
    given.missed(episode)
    third = current(plan)
    assert (third.local_time, fresh(plan).tier) == (time(10), "red")
    assert (local(third.due_at, plan).date() - local(second.due_at, plan).date()).days == 4


def test_the_other_hour_is_one_at_which_the_person_is_rather_reached(clinic, episode, plan):
    point = plan.patient.contact_points.first()
    patients.amend_contact_point(point, preferred_from=time(11), preferred_until=time(14), by=clinic.nurse)
    given.missed(episode)
    assert current(plan).local_time == time(11)


# Beginning late, and again.


def test_no_more_check_ins_is_no_miss_and_somebody_decides_what_follows(clinic, episode, plan):
    given.missed(episode)
    plans.withdraw(plan, reason="STOP", by=clinic.aftercare)
    last = plan.check_ins.order_by("number").last()
    assert (last.outcome, fresh(plan).end_reason, fresh(plan).tier) == ("withdrew", "withdrew", "amber")
    assert owed(episode) == ["withdrew_review"]
    with refused("thread_dropped"):
        duties.resolve(duty(episode, "withdrew_review"), by=clinic.aftercare)
    with refused("plan_ended"):
        plans.withdraw(plan, by=clinic.aftercare)


def test_no_more_check_ins_ends_the_search_for_them_on_every_record(clinic, episode, plan):
    now = timezone.now()
    other = patients.register(preferred_name="M.", facility=clinic.here, because="referral", at=now - DAY)
    searched = duties.open(
        "contact_review",
        facility=clinic.here,
        patient=other,
        owner_role="supervisor",
        due_at=now + DAY,
        by=clinic.aftercare,
        at=now,
    )
    patients.merge(other, into=plan.patient, by=clinic.privacy)
    plans.withdraw(plan, by=clinic.aftercare)
    assert fresh(searched).outcome == "canceled"


def test_a_call_is_owed_after_a_stop_only_where_calls_are_agreed_to(clinic, episode, plan):
    phone = patients.add_contact_point(plan.patient, channel="phone", value="+12125550123", by=clinic.nurse)
    patients.verify(phone, how="answered", by=clinic.nurse)
    patients.consent(phone, scopes=["check_in"], by=clinic.nurse)
    plans.withdraw(plan, by=clinic.aftercare)
    assert owed(episode) == ["contact", "withdrew_review"]


def test_beginning_late_makes_up_for_nothing_that_lies_behind(clinic, episode, plan):
    with refused("plan_active"):
        plans.begin(episode, schedule="kud-12", by=clinic.aftercare)
    plans.withdraw(plan, by=clinic.aftercare)
    now = timezone.now()
    with refused("anchor_in_the_future"):
        plans.begin(episode, schedule="kud-12", anchor_at=now + DAY, by=clinic.aftercare)
    with refused("schedule_over"):
        plans.begin(episode, schedule="kud-12", anchor_at=now - 800 * DAY, by=clinic.aftercare)
    late = plans.begin(episode, schedule="kud-12", anchor_at=now - 10 * DAY, by=clinic.aftercare)
    (check_in,) = late.check_ins.all()
    assert (local(check_in.due_at, late).date() - local(late.anchor_at, late).date()).days == 14
    assert owed(episode) == ["check_in"]


def test_beginning_late_owes_a_call_for_what_nobody_asked(clinic):
    episode = given.in_bed(clinic, at=given.ago(days=40))
    given.leave(episode, clinic, reason="4", going_to="Pier House", contact="+1 555 0177", at=given.ago(days=10))
    now, episode = timezone.now(), fresh(episode)
    late = plans.begin(episode, schedule="kud-12", anchor_at=now - 10 * DAY, coach=clinic.aftercare, by=clinic.nurse)
    call = duty(episode, "contact")
    assert (call.owner, call.due_at <= timezone.now()) == (clinic.aftercare, True)
    days = [f"{local(late.anchor_at, late) + step:%b %-d}" for step in (DAY, 3 * DAY, 7 * DAY)]
    assert call.note == f"we did not ask on {', '.join(days)}: speak with them now"
    check_ins.answer(current(late), how="call", craving=0, by=clinic.aftercare)
    assert not fresh(call).is_open()


# Resting.


def test_a_rest_moves_the_next_check_in_to_the_return_and_keeps_the_thread(clinic, episode, plan):
    until = timezone.now() + 30 * DAY
    rest = pauses.pause(plan, because="travel", until_at=until, by=clinic.aftercare)
    back = current(plan)
    assert until < back.due_at <= until + DAY
    assert (back.why, fresh(back.duty).due_at, owed(episode)) == ("On the return.", back.due_at, ["check_in"])
    assert check_ins.turn(until) == 0
    with refused("paused_already"):
        pauses.pause(plan, because="travel", until_at=until, by=clinic.aftercare)
    pauses.resume(plan, by=clinic.aftercare)
    assert current(plan).due_at < timezone.now() + 2 * DAY
    assert fresh(rest).resumed_by == clinic.aftercare
    with refused("not_paused"):
        pauses.resume(plan, by=clinic.aftercare)


def a_new_edition(plan, clinic):
    schedules.publish(given.a_drafted_schedule(clinic, steps=[DAY * day for day in (5, 9)]), by=clinic.supervisor)
    schedules.renew_plans()


MOVES = [
    a_new_edition,
    lambda plan, clinic: plans.thin(plan, pace=2, by=clinic.aftercare),
    lambda plan, clinic: plans.change_anchor(
        plan, anchor_at=plan.anchor_at - 3 * DAY, reason="typo", by=clinic.aftercare
    ),
    lambda plan, clinic: plans.change_zone(plan, zone="Asia/Kathmandu", by=clinic.aftercare),
    lambda plan, clinic: tiers.raise_tier(plan, tier="red", reason="heard so", by=clinic.aftercare),
]


@pytest.mark.parametrize("move", MOVES)
def test_nothing_moves_a_check_in_into_a_rest(clinic, plan, move):
    rest = given.a_pause(plan, clinic, days=30)
    move(plan, clinic)
    assert rest.until_at <= current(plan).due_at <= rest.until_at + 2 * DAY
    assert fresh(current(plan).duty).due_at == current(plan).due_at


def test_whoever_is_worried_meanwhile_moves_nothing_into_a_rest(clinic):
    episode = given.in_aftercare(clinic, at=given.ago(days=60))
    plan = episode.aftercare_plans.get()
    check_ins.answer(current(plan), how="call", craving=0, by=clinic.aftercare)
    before = current(plan)
    rest = given.a_pause(plan, clinic, days=8)
    assert before.due_at > rest.until_at and current(plan).due_at == before.due_at
    tiers.raise_tier(plan, tier="red", reason="heard so", by=clinic.aftercare)
    assert rest.until_at <= current(plan).due_at < before.due_at and current(plan).why == "On the return."


@pytest.mark.parametrize("move", MOVES)
def test_what_was_due_while_the_clock_stood_still_does_not_vanish(clinic, move):
    episode = given.in_aftercare(clinic, at=given.ago(days=2))
    plan = episode.aftercare_plans.get()
    before = current(plan)
    assert before.due_at < timezone.now() and not before.has_fired()
    move(plan, clinic)
    assert current(plan) == before and current(plan).due_at == before.due_at
    duties.tick()
    check_ins.turn(current(plan).over_at)
    assert (fresh(before).outcome, "contact" in owed(episode)) == ("missed_by_us", True)


@pytest.mark.parametrize(("days", "code"), [(91, "pause_too_long"), (0, "pause_in_the_past")])
def test_a_rest_ends_after_it_begins_and_within_90_days(clinic, plan, days, code):
    with refused(code):
        given.a_pause(plan, clinic, days=days)


def test_after_the_last_check_in_there_is_nothing_to_rest(clinic, episode, plan):
    plans.change_anchor(plan, anchor_at=timezone.now() - 729 * DAY, reason="as told", by=clinic.aftercare)
    check_ins.answer(current(plan), how="call", by=clinic.aftercare)
    assert owed(episode) == ["aftercare_end"]
    with refused("nothing_to_pause"):
        given.a_pause(plan, clinic)


def test_after_custody_the_first_days_count_anew(clinic, plan):
    given.a_pause(plan, clinic, because="custody", days=20)
    assert fresh(plan).early_from_at == plan.pauses.get().until_at
    given_before = fresh(plan).early_from_at
    pauses.resume(plan, by=clinic.aftercare)
    assert fresh(plan).early_from_at < given_before


def test_a_rest_entered_late_takes_back_the_miss_and_owes_the_call_at_the_return(clinic):
    episode = given.in_aftercare(clinic, at=given.ago(days=9))
    plan = episode.aftercare_plans.get()
    given.missed(episode)
    assert fresh(plan).tier == "amber"
    asked_at = plan.check_ins.get(number=0).due_at
    rest = given.a_pause(plan, clinic, because="readmitted", at=asked_at - timedelta(hours=1))
    assert (plan.check_ins.get(number=0).outcome, fresh(plan).tier) == ("missed_by_us", "green")
    call = duty(episode, "contact")
    assert (call.next_action_at, current(plan).due_at >= rest.until_at) == (rest.until_at, True)


def test_raw_sql_cannot_make_a_rest_that_is_too_long(clinic, plan):
    rest = given.a_pause(plan, clinic)
    with forbidden("a_pause_lasts_90_days_at_most"):
        type(rest).objects.filter(pk=rest.pk).update(until_at=rest.paused_at + 91 * DAY)


# Another day 0, another clock, fewer.


def test_another_day_0_moves_what_is_ahead(clinic, plan):
    with refused("anchor_in_the_future"):
        plans.change_anchor(plan, anchor_at=timezone.now() + DAY, reason="typo", by=clinic.aftercare)
    plans.change_anchor(plan, anchor_at=plan.anchor_at - 5 * DAY, reason="typo", by=clinic.aftercare)
    assert (local(current(plan).due_at, plan).date() - local(plan.anchor_at, plan).date()).days == 2  # day 7


def test_another_day_0_owes_a_call_for_what_nobody_asked_and_not_for_what_was_answered(clinic, episode, plan):
    plans.change_anchor(plan, anchor_at=plan.anchor_at - 5 * DAY, reason="typo", by=clinic.aftercare)
    call = duty(episode, "contact")
    assert call.note.startswith("we did not ask on") and call.note.count(",") == 1  # days 1 and 3
    check_ins.answer(current(plan), how="call", craving=0, by=clinic.aftercare)
    assert not fresh(call).is_open()
    plans.change_anchor(plan, anchor_at=fresh(plan).anchor_at - 10 * DAY, reason="typo", by=clinic.aftercare)
    assert owed(episode) == ["check_in"]


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Asia/Kathmandu"])
def test_another_clock_keeps_day_and_hour_there(clinic, plan, zone):
    before = current(plan)
    moved = plans.change_zone(plan, zone=zone, by=clinic.aftercare)
    after = current(plan)
    assert local(after.due_at, moved).time() == time(10)
    assert abs((local(after.due_at, moved).date() - local(before.due_at, plan).date()).days) <= 1
    assert fresh(after.duty).due_at == after.due_at


def test_plan_and_person_live_by_one_clock_wherever_it_is_changed(clinic, plan):
    plans.change_zone(plan, zone="Asia/Kathmandu", by=clinic.aftercare)
    assert fresh(plan.patient).zone == "Asia/Kathmandu" and plans.follow_clocks() == 0
    patients.amend(plan.patient, zone="America/Los_Angeles", by=clinic.nurse)
    assert (plans.follow_clocks(), plans.follow_clocks()) == (1, 0)
    assert fresh(plan).zone == "America/Los_Angeles"
    assert local(current(plan).due_at, fresh(plan)).time() == time(10)
    patients.amend(plan.patient, zone="", by=clinic.nurse)
    assert plans.follow_clocks() == 0


@pytest.mark.parametrize(
    ("wall", "utc"),
    [
        (datetime(2027, 3, 14, 2, 30), "2027-03-14 07:30"),  # skipped in New York: half past three
        (datetime(2027, 11, 7, 1, 30), "2027-11-07 05:30"),  # twice in New York: the first
        (datetime(2027, 3, 14, 10), "2027-03-14 14:00"),
    ],
)
def test_another_clock_at_the_edges_of_daylight_saving(clinic, plan, wall, utc):
    plans.change_zone(plan, zone="Asia/Kolkata", by=clinic.aftercare)
    check_in = current(plan)
    due_at = wall.replace(tzinfo=ZoneInfo("Asia/Kolkata"))
    CheckIn.objects.filter(pk=check_in.pk).update(due_at=due_at, local_time=wall.time())
    now = due_at - 10 * DAY
    duties.reschedule(check_in.duty, due_at=due_at, by=clinic.nurse, at=now)
    plans.change_zone(plan, zone="America/New_York", by=clinic.aftercare, at=now)
    assert f"{current(plan).due_at:%Y-%m-%d %H:%M}" == utc


def test_a_zone_nobody_knows_is_refused(clinic, plan):
    with refused("zone_unknown"):
        plans.change_zone(plan, zone="Mars/Olympus", by=clinic.aftercare)


def test_what_the_person_was_asked_already_stays(clinic, plan):
    first = current(plan)
    duties.tick(first.due_at)
    plans.change_anchor(plan, anchor_at=plan.anchor_at - 5 * DAY, reason="typo", by=clinic.aftercare)
    plans.change_zone(plan, zone="Asia/Kathmandu", by=clinic.aftercare)
    plans.thin(plan, pace=3, by=clinic.aftercare)
    assert current(plan).due_at == first.due_at


def test_the_person_may_ask_for_fewer_and_for_the_usual_again(clinic):
    episode = given.in_aftercare(clinic, at=given.ago(days=60))
    plan = episode.aftercare_plans.get()
    check_ins.answer(current(plan), how="call", craving=0, by=clinic.aftercare)
    usual = current(plan).due_at
    with refused("pace_unreasonable"):
        plans.thin(plan, pace=4, by=clinic.aftercare)
    plans.thin(plan, pace=2, by=clinic.aftercare)
    assert current(plan).due_at - usual > 10 * DAY
    assert current(plan).why.startswith("The person asked for fewer.")
    plans.thin(plan, pace=1, by=clinic.aftercare)
    assert current(plan).due_at == usual
