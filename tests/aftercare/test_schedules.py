"""Schedules: the next check-in, the editions, and who follows which."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from aftercare.actions import check_ins, schedules
from aftercare.models import CheckIn, Schedule, Standing
from aftercare.tasks import turn
from duties import actions as duties
from tests import given
from tests.then import forbidden, fresh, refused

DAY = timedelta(days=1)
ZONE = "America/New_York"
ANCHOR = datetime(2026, 1, 5, 15, tzinfo=ZoneInfo(ZONE))


def a_schedule(**fields):
    """Day 1, 3, 7, then weekly to day 56, fortnightly to day 84; nothing is saved."""
    steps = [DAY * day for day in (1, 3, 7, 14, 21, 28, 35, 42, 49, 56, 70, 84)]
    usual = {"when_amber": 0.5, "when_red": 0.34, "when_green": 1.5, "shortest": DAY, "early_days": 28}
    return Schedule(**{"slug": "s", "name": "S", "steps": steps, "local_time": time(10), **usual, **fields})


def day_after(since, schedule=None, anchor=ANCHOR, **standing):
    """On which day of the plan the next check-in falls, and why."""
    schedule = schedule or a_schedule()
    at = ANCHOR + since * DAY
    found = schedule.next(at, anchor_at=anchor, zone=ZONE, standing=Standing(**standing))
    if found is None:
        return None
    return (found.due_at.astimezone(ZoneInfo(ZONE)).date() - anchor.date()).days, found.why


@pytest.mark.parametrize(
    ("since", "standing", "day"),
    [
        (0, {}, 1),
        (1, {}, 3),
        (2, {}, 3),
        (21, {}, 28),
        (56, {}, 70),
        (70, {"tier": "amber"}, 77),
        (70, {"tier": "red"}, 75),
        (70, {"tier": "critical"}, 75),
        (68, {"tier": "amber"}, 70),  # never later than the schedule itself
        (1, {"tier": "red"}, 2),  # never closer than a day
        (28, {"greens": 2}, 35),
        (28, {"greens": 3}, 38),
        (21, {"greens": 3, "early_from": ANCHOR}, 28),  # not lighter early on
        (28, {"greens": 3, "early_from": ANCHOR}, 38),
        (56, {"pace": 2}, 84),
        (56, {"pace": 2, "tier": "amber"}, 63),  # the wish counts while they are green
        (21, {"pace": 3, "early_from": ANCHOR}, 28),
        (56, {"early_from": ANCHOR + 50 * DAY}, 63),  # out of custody: a week at most again
    ],
)
def test_the_next_interval_follows_the_tier_the_run_of_green_and_the_wish(since, standing, day):
    assert day_after(since, **standing)[0] == day


def test_the_reason_is_in_words():
    assert day_after(1)[1] == "As the schedule says."
    assert day_after(70, tier="amber")[1] == "Amber: closer together."
    assert day_after(28, greens=3)[1] == "3 green in a row: further apart."
    assert day_after(56, pace=2)[1].startswith("The person asked for fewer.")
    assert "No further apart than 20 days." in day_after(56, a_schedule(longest=20 * DAY), pace=3)[1]


def test_the_floor_holds_whatever_is_asked_for():
    quarterly = a_schedule(steps=[DAY * day for day in (91, 182, 273, 364)], longest=92 * DAY)
    assert day_after(91, quarterly, pace=3, greens=9)[0] == 91 + 92
    assert day_after(364, quarterly) is None


@pytest.mark.parametrize(
    ("anchor", "utc"),
    [
        ("2026-03-06T15:00", "2026-03-08 07:30"),  # 2:30 is skipped: an hour later, half past three
        ("2026-10-30T15:00", "2026-11-01 05:30"),  # 1:30 comes twice: the first one
    ],
)
def test_hours_that_daylight_saving_skips_or_doubles(anchor, utc):
    hour = time(2, 30) if "03" in anchor[5:7] else time(1, 30)
    schedule = a_schedule(steps=[2 * DAY], local_time=hour)
    anchor = datetime.fromisoformat(anchor).replace(tzinfo=ZoneInfo(ZONE))
    found = schedule.next(anchor, anchor_at=anchor, zone=ZONE)
    assert f"{found.due_at.astimezone(UTC):%Y-%m-%d %H:%M}" == utc


def test_shipped_schedules_keep_the_thread_at_any_answer(clinic):
    for schedule in Schedule.objects.published():
        schedule.require_in_order()
        for tier in ("green", "amber", "red"):
            before = ANCHOR
            for one in schedule.preview(anchor_at=ANCHOR, zone=ZONE, tier=tier, most=150):
                assert timedelta(0) < one.due_at - before < 95 * DAY, (schedule, tier)
                before = one.due_at


def test_the_dates_are_shown_before_anything_is_done(clinic, api):
    schedule = Schedule.objects.current("kud-12", clinic.here)
    asked = f"/api/v1/schedules/{schedule.pk}/dates/?anchor_on=2026-03-06&zone={ZONE}"
    shown = api(clinic.nurse).get(asked).json()
    assert [one["local"] for one in shown["dates"][:3]] == [
        "Sat 2026-03-07 10:00", "Mon 2026-03-09 10:00", "Fri 2026-03-13 10:00",
    ]  # fmt: skip
    closer = api(clinic.nurse).get(f"{asked}&tier=red").json()
    assert len(closer["dates"]) > len(shown["dates"])
    assert api(clinic.nurse).get(f"{asked}x").status_code == 400


def test_a_draft_is_followed_by_nobody_until_it_is_published(clinic):
    draft = given.a_drafted_schedule(clinic, steps=[DAY * day for day in (2, 4, 8)])
    assert (draft.edition, draft.when_amber, Schedule.objects.current("kud-12", clinic.here).facility) == (
        1,
        0.5,
        None,
    )
    for steps, code in (([DAY, DAY], "steps_out_of_order"), ([DAY, 96 * DAY], "too_far_apart")):
        with refused(code):
            schedules.amend(draft, steps=steps, by=clinic.supervisor)
    with refused("too_far_apart"):
        schedules.amend(draft, longest=95 * DAY, by=clinic.supervisor)
    with refused("factor_unreasonable"):
        schedules.amend(draft, when_red=0.9, when_amber=0.5, by=clinic.supervisor)
    schedules.amend(draft, steps=[DAY * day for day in (2, 5, 8)], by=clinic.supervisor)
    schedules.publish(draft, by=clinic.supervisor)
    assert Schedule.objects.current("kud-12", clinic.here) == draft
    with refused("schedule_published"):
        schedules.amend(draft, name="Other", by=clinic.supervisor)
    with forbidden("a_schedule_never_changes"):
        Schedule.objects.filter(pk=draft.pk).update(name="Other")


def test_a_new_edition_leaves_what_the_person_was_asked_already(clinic):
    episode = given.in_aftercare(clinic, at=given.ago(hours=1))
    before = CheckIn.objects.get()
    duties.tick(before.due_at)
    draft = given.a_drafted_schedule(clinic, steps=[DAY * day for day in (5, 9)])
    schedules.publish(draft, by=clinic.supervisor)
    turn()
    assert (CheckIn.objects.get().due_at, episode.aftercare_plans.get().schedule) == (before.due_at, draft)


def test_what_nobody_was_asked_is_reckoned_by_the_new_edition(clinic):
    episode = given.in_aftercare(clinic, at=given.ago(hours=1))
    draft = given.a_drafted_schedule(clinic, steps=[DAY * day for day in (5, 9)])
    schedules.publish(draft, by=clinic.supervisor)
    before = CheckIn.objects.get()
    assert (schedules.renew_plans(), schedules.renew_plans()) == (1, 0)
    after = CheckIn.objects.get()
    assert (after.due_at - before.due_at, fresh(after.duty).due_at) == (4 * DAY, after.due_at)
    check_ins.answer(after, how="call", by=clinic.aftercare, at=after.due_at)
    assert CheckIn.objects.open().get(plan__episode=episode).due_at - after.due_at == 4 * DAY
