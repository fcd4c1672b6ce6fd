"""Tiers: by which sign, at which boundary, and what may raise and lower them."""

import json
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Role
from aftercare import reference, tiers
from aftercare.actions import calls, check_ins, plans
from aftercare.actions import tiers as actions
from aftercare.models import CheckIn, Tier, Tiering
from patients import actions as patients
from patients.codes import Substance
from tests import given
from tests.then import duty, fresh, owed, refused

DAY = timedelta(days=1)
SIGNS = json.loads(reference.TIERS.read_text())[0]["items"]
BAM = ("bam_2", "bam_3", "bam_8", "bam_11")
PHQ = [f"phq_{number}" for number in range(1, 10)]


def risks(total):
    """The four items of BAM risk, adding up to this; sleep and risky days below signs of their own."""
    return dict(zip(BAM, (min(total, 3), min(max(total - 3, 0), 4), max(total - 7, 0), 0), strict=True))


def mood(total):
    """PHQ-9 of this total, item 9 at nothing."""
    left = [min(3, max(0, total - 3 * place)) for place in range(8)]
    return dict(zip(PHQ, [*left, 0], strict=True))


@pytest.mark.parametrize(
    ("facts", "before", "tier"),
    [
        ({}, None, "green"),
        ({"craving": 59}, None, "green"),
        ({"craving": 60}, None, "amber"),
        ({"confidence": 2}, None, "green"),
        ({"confidence": 1}, None, "amber"),
        (risks(7), None, "green"),
        (risks(8), None, "amber"),
        (risks(5), risks(3), "green"),
        (risks(6), risks(3), "amber"),
        ({"bam_2": 3}, None, "green"),
        ({"bam_2": 4}, None, "amber"),
        ({"bam_11": 2}, None, "green"),
        ({"bam_11": 3}, None, "amber"),
        ({"meetings": 0}, {"meetings": 0}, "green"),
        ({"meetings": 0}, None, "green"),
        ({"meetings": 0}, {"meetings": 1}, "amber"),
        ({"lost_home_or_job": False}, None, "green"),
        ({"lost_home_or_job": True}, None, "amber"),
        ({"misses": 1}, None, "amber"),
        ({"misses": 2}, None, "red"),
        ({"phq_1": 1, "phq_2": 1}, None, "green"),
        ({"phq_1": 2, "phq_2": 1}, None, "amber"),
        (mood(19), None, "amber"),
        (mood(20), None, "red"),
        ({"phq_9": 0}, None, "green"),
        ({"phq_9": 1}, None, "red"),
        ({"ketamine_days": 0}, None, "green"),
        ({"ketamine_days": 1}, None, "red"),
        ({"used_other": True, "other_use": ["alcohol"], "alcohol_days": 9}, None, "amber"),
        ({"used_other": True, "other_use": ["opioid"]}, None, "red"),
        ({"used_other": True, "other_use": ["ghb"], "ghb_days": 1}, None, "red"),
        ({"medication": 2, "takes_naltrexone": True, "knows_opioids": True}, None, "green"),
        ({"medication": 3, "takes_naltrexone": True}, None, "amber"),
        ({"medication": 3, "takes_naltrexone": True, "knows_opioids": True}, None, "red"),
        ({"bladder_pain": 6}, None, "green"),
        ({"bladder_pain": 7}, None, "amber"),
        ({"bladder_blood": True}, None, "red"),
        ({"bladder_urgent": True}, None, "critical"),
        ({"suicide": "moderate"}, None, "red"),
        ({"suicide": "high"}, None, "critical"),
        ({"safe_now": True}, None, "green"),
        ({"safe_now": False, "craving": 70}, None, "critical"),
    ],
)
def test_each_sign_at_its_boundary(facts, before, tier):
    found, signs = tiers.tier(facts, SIGNS, before)
    assert found == tier
    assert all(sign["says"] and sign["weight"] for sign in signs)
    assert bool(signs) == (tier != "green")


@pytest.mark.parametrize(
    ("was", "found", "heard", "then"),
    [
        ("green", "red", "nothing", "red"),
        ("amber", "green", "answer", "green"),
        ("amber", "green", "nothing", "amber"),
        ("red", "green", "answer", "red"),
        ("red", "amber", "contact", "amber"),
        ("critical", "green", "contact", "critical"),
    ],
)
def test_signs_raise_at_once_and_only_contact_lowers(was, found, heard, then):
    by = {"amber": "answer", "red": "contact", "critical": "staff"}
    assert tiers.settles(was, found, heard=heard, lowered_by=by) == then


@pytest.fixture
def episode(clinic):
    return given.in_aftercare(clinic, at=given.ago(hours=1))


@pytest.fixture
def plan(episode):
    return episode.aftercare_plans.get()


def answer(plan, clinic, how="link", **fields):
    check_in = plan.check_ins.open().get()
    return check_ins.answer(check_in, **{"how": how, "by": clinic.aftercare, "at": check_in.due_at, **fields})


def tier(plan):
    return fresh(plan).tier


def test_every_tiering_says_why_and_by_which_edition(clinic, plan):
    said = answer(plan, clinic, craving=80, confidence=0)
    given_for = said.tierings.get()
    assert (given_for.was, given_for.tier, given_for.edition, given_for.weight) == ("green", "amber", 1, 6)
    assert given_for.words() == "craving of 60 or more; little confidence"
    assert tier(plan) == "amber"
    with pytest.raises(Exception, match="permission denied"):
        Tiering.objects.update(tier="green")


def test_what_is_known_under_a_record_merged_into_theirs_is_a_sign_as_well(clinic, plan):
    other = patients.register(preferred_name="M.", facility=clinic.here, because="referral", at=given.ago(days=9))
    given.using(other, clinic, substance=Substance.HEROIN)
    given.taking(other, clinic, "naltrexone 50 mg")
    patients.merge(other, into=plan.patient, by=clinic.privacy)
    answer(plan, clinic, medication=3)
    assert tier(plan) == "red"


def test_red_by_a_link_stays_until_somebody_speaks_with_the_person(clinic, plan):
    answer(plan, clinic, ketamine_days=1)
    answer(plan, clinic, ketamine_days=0, craving=0)
    assert tier(plan) == "red"
    answer(plan, clinic, how="call", text="Said little.")
    assert tier(plan) == "red"
    answer(plan, clinic, how="call", ketamine_days=0, craving=0)
    assert tier(plan) == "green"


def test_an_answer_written_down_late_only_raises(clinic, plan):
    first = plan.check_ins.open().get()
    answer(plan, clinic, how="call", craving=90)
    check_ins.answer(first, how="call", craving=0, by=clinic.aftercare, at=first.due_at - timedelta(hours=5))
    assert tier(plan) == "amber"


def test_two_misses_in_a_row_owe_a_clinicians_call_and_an_answer_to_either_ends_it(clinic, episode, plan):
    given.missed(episode, times=2)
    assert (tier(plan), owed(episode)) == ("red", ["check_in", "contact", "red_call"])
    check_ins.answer(plan.check_ins.get(number=1), how="call", by=clinic.aftercare, craving=0)
    assert (tier(plan), "red_call" in owed(episode)) == ("green", False)


@pytest.mark.parametrize(
    ("day", "said", "due"),
    [
        (28, {"bladder_blood": True}, "2026-10-03T16:00"),  # a Friday in the first 28 days: the next day
        (40, {"bladder_blood": True}, "2026-10-05T16:00"),  # later: within a working day
        (40, {"other_use": ["ghb"]}, "2026-10-03T16:00"),
    ],
)
def test_red_is_called_the_next_day_early_on_and_after_what_kills(clinic, day, said, due):
    at = datetime(2026, 10, 2, 16, tzinfo=clinic.here.tz())  # a Friday
    episode = given.in_aftercare(clinic, at=at - day * DAY)
    check_in = CheckIn.objects.open().get()
    check_ins.answer(check_in, how="link", by=clinic.aftercare, at=at, **said)
    wanted = datetime.fromisoformat(due).replace(tzinfo=clinic.here.tz())
    assert duty(episode, "red_call").due_at == wanted


def test_critical_is_owed_at_once(clinic, episode, plan):
    said = answer(plan, clinic, safe_now=False)
    now = duty(episode, "critical_contact")
    assert (now.due_at, now.owner_role, now.ladder.critical) == (said.answered_at, Role.SUPERVISOR, True)
    answer(plan, clinic, safe_now=False)
    assert owed(episode) == ["check_in", "critical_contact"]
    assert now.events.filter(kind="noted").exists()


def test_thoughts_of_being_better_off_dead_owe_a_clinician_the_same_day_unless_one_is_there(clinic, episode, plan):
    with refused("not_a_clinician"):
        answer(plan, clinic, phq_9=1, settled_reason="spoke")
    answer(plan, clinic, how="in_person", phq_9=1, by=clinic.nurse, settled_reason="Asked: no wish, no plan.")
    assert (tier(plan), owed(episode)) == ("red", ["check_in"])
    answer(plan, clinic, phq_9=1)
    assert owed(episode) == ["check_in", "red_call", "safety_review"]


def test_nothing_but_contact_follows_from_a_tier(clinic, episode, plan):
    answer(plan, clinic, ketamine_days=9, other_use=["opioid"], used_other=True)
    assert (fresh(episode).stage, fresh(plan).ended_at) == ("aftercare", None)
    assert set(owed(episode)) == {"check_in", "red_call"}


def test_staff_raise_with_a_reason_and_the_next_check_in_comes_closer(clinic, episode, plan):
    answer(plan, clinic, craving=0)
    answer(plan, clinic, craving=0)
    before = plan.check_ins.open().get()  # day 7
    with refused("tier_not_higher"):
        actions.raise_tier(plan, tier="green", reason="hm", by=clinic.aftercare)
    actions.raise_tier(plan, tier="red", reason="Sounded flat.", by=clinic.aftercare, at=before.due_at - 4 * DAY)
    after = plan.check_ins.open().get()
    assert (after.pk, before.due_at - after.due_at) == (before.pk, 3 * DAY)  # a third of four days
    assert after.why == "Red: closer together."
    assert (duty(episode, "red_call").note, fresh(after.duty).due_at) == ("Sounded flat.", after.due_at)
    assert plan.tierings.order_by("-id").first().because == "raised"


def test_staff_lower_only_after_contact(clinic, plan):
    at = timezone.now()
    actions.raise_tier(plan, tier="red", reason="Sounded flat.", by=clinic.aftercare, at=at)
    with refused("tier_not_lower"):
        actions.lower_tier(plan, tier="critical", reason="x", by=clinic.counselor)
    with refused("contact_first"):
        actions.lower_tier(plan, tier="green", reason="seems fine", by=clinic.counselor)
    call = duty(plan.episode, "red_call")
    calls.log_call(call, outcome="no_answer", by=clinic.counselor)
    with refused("contact_first"):
        actions.lower_tier(plan, tier="green", reason="seems fine", by=clinic.counselor)
    said = {"outcome": "reached", "reassessment": "declined"}
    calls.log_call(call, **said, by=clinic.counselor, at=at + timedelta(hours=2))
    actions.lower_tier(plan, tier="green", reason="We spoke: all well.", by=clinic.counselor)
    assert tier(plan) == "green"


def test_an_ended_plan_takes_no_decision(clinic, plan):
    plans.withdraw(plan, by=clinic.aftercare)
    with refused("plan_ended"):
        actions.raise_tier(plan, tier="red", reason="x", by=clinic.nurse)


def test_the_heaviest_answer_takes_few_statements(clinic, plan):
    check_in = plan.check_ins.open().get()
    said = {"ketamine_days": 3, "phq_9": 2, "wants_call": True, "craving": 90}
    with CaptureQueriesContext(connection) as asked:
        check_ins.answer(check_in, how="link", by=clinic.aftercare, **said)
    told = [one["sql"] for one in asked if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "SET CONSTRAINTS"))]
    assert len(told) <= 25, "\n".join(told)


def in_error(said, clinic, reason="Somebody else's."):
    return check_ins.mark_error(said, reason=reason, by=clinic.aftercare)


def test_an_answer_in_error_takes_its_tier_and_its_pace_with_it_and_cancels_no_call(clinic, episode, plan):
    for craving in (0, 0, 0, 70):
        answer(plan, clinic, craving=craving)
    mild = plan.check_ins.open().get()
    wrong = answer(plan, clinic, ketamine_days=2, phq_9=1, wants_call=True)
    assert (tier(plan), plan.check_ins.open().get().why) == ("red", "Red: closer together.")
    closer = plan.check_ins.open().get().due_at
    opened = set(owed(episode)) - {"check_in"}
    assert {"red_call", "safety_review"} <= opened
    in_error(wrong, clinic)
    assert tier(plan) == "amber" and plan.check_ins.open().get().due_at > closer
    now = plan.tierings.order_by("-id").first()
    assert (now.because, [sign["key"] for sign in now.signs]) == ("corrected", ["craving"])
    assert now.words().startswith("An answer was entered in error: Somebody else's.; ")
    assert opened | {"check_in", "contact"} == set(owed(episode))
    for slug in opened:
        assert "entered in error" in duty(episode, slug).events.get(kind="noted").note
    assert fresh(mild).outcome == "missed_by_us" and duty(episode, "contact").because_of == mild.duty


def test_the_right_answer_written_down_instead_ends_the_call_to_ask_again(clinic, episode, plan):
    first = plan.check_ins.open().get()
    wrong = answer(plan, clinic, craving=0)
    in_error(wrong, clinic)
    assert owed(episode) == ["check_in", "contact"]
    check_ins.answer(first, how="call", craving=65, by=clinic.aftercare)
    assert (tier(plan), owed(episode)) == ("amber", ["check_in"])
    with refused("error_marked"):
        in_error(wrong, clinic)


def test_an_answer_in_error_takes_back_no_sign_that_came_since_and_no_decision_of_staff(clinic, episode, plan):
    wrong = answer(plan, clinic, ketamine_days=2)
    answer(plan, clinic, craving=70)
    in_error(wrong, clinic)
    assert tier(plan) == "amber" and "contact" not in owed(episode)  # heard from since
    actions.raise_tier(plan, tier="red", reason="Sounded flat.", by=clinic.aftercare)
    worse = answer(plan, clinic, safe_now=False)
    in_error(worse, clinic)
    assert tier(plan) == "red"


def test_a_miss_stands_when_the_answer_before_it_was_in_error_and_changes_no_density(clinic, episode, plan):
    wrong = answer(plan, clinic, ketamine_days=2)
    given.missed(episode)
    in_error(wrong, clinic)
    assert (tier(plan), fresh(plan).tier_told()) == ("amber", "green")
    assert plan.tierings.order_by("-id").first().because == "miss"


def test_a_wish_to_talk_stays_owed_when_its_answer_was_in_error(clinic, episode, plan):
    wrong = answer(plan, clinic, wants_call=True)
    call = duty(episode, "contact")
    in_error(wrong, clinic)
    assert fresh(call).is_open() and "entered in error" in call.events.get(kind="noted").note


def test_whoever_was_reached_by_phone_was_reached_whatever_was_written_down(clinic, episode, plan):
    check_in = plan.check_ins.open().get()
    calls.log_call(check_in.duty, outcome="reached", craving=90, by=clinic.aftercare, at=check_in.due_at)
    in_error(check_in.answers.get(), clinic)
    assert (fresh(check_in).outcome, tier(plan)) == ("reached", "green")
    assert "contact" in owed(episode)


def test_green_answers_in_error_make_no_run_of_green(clinic, plan):
    wrong = answer(plan, clinic, craving=0)
    in_error(wrong, clinic)
    assert not plan.tierings.standing().exists()


def test_an_answer_in_error_over_http(clinic, api, plan):
    wrong = answer(plan, clinic, ketamine_days=2)
    done = api(clinic.aftercare).post(f"/api/v1/answers/{wrong.pk}/mark-error/", {"reason": "mix-up"})
    assert (done.status_code, tier(plan)) == (200, "green"), done.json()


def test_tiers_have_a_word_and_a_shape():
    assert [(one.label, one.shape) for one in Tier] == [
        ("Green", "●"), ("Amber", "◐"), ("Red", "▲"), ("Critical", "■"),
    ]  # fmt: skip
