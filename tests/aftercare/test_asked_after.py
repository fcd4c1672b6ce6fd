"""What a program asks of its people after discharge: monthly, as duties, while they are followed up."""

from datetime import timedelta

import pytest
from django.utils import timezone

from aftercare.actions import closings, pauses, plans
from duties.models import Duty
from tests import given
from tests.then import fresh, owed
from treatment.actions import schedules

DAY = timedelta(days=1)
MONTHS = [30, 60, 90, 120, 150, 180]


@pytest.fixture
def episode(clinic):
    """Discharged ten days ago from a program that asks the usual."""
    schedules.use_default_schedules(clinic.residential, by=clinic.admin)
    return given.in_aftercare(clinic, at=given.ago(days=10))


def left(clinic, name, bed):
    """Discharged now."""
    episode = given.in_bed(clinic, bed=bed, name=name)
    given.leave(episode, clinic, coach=clinic.aftercare)
    episode.refresh_from_db()
    return episode


def row(episode, slug="phq-9"):
    return episode.scheduled_assessments.select_related("duty__ladder", "schedule").get(slug=slug)


def day(episode, slug="phq-9"):
    """The day after discharge on which it is asked."""
    return round((row(episode, slug).duty.due_at - episode.aftercare_plans.get().anchor_at) / DAY)


def still_asked(episode):
    return episode.duties.open().filter(ladder__slug="assessment")


def test_after_discharge_mood_anxiety_and_recovery_are_owed_monthly_by_the_coaches(clinic, episode):
    assert {one.slug: day(episode, one.slug) for one in episode.scheduled_assessments.open()} == {
        "phq-9": 30, "gad-7": 30, "bam": 30,
    }  # fmt: skip
    assert {one.owner_role for one in still_asked(episode)} == {"aftercare"}
    assert not still_asked(episode).filter(keeps_thread=True).exists()


def test_mood_is_asked_six_times_and_recovery_as_long_as_somebody_follows(clinic, episode):
    began = episode.aftercare_plans.get().anchor_at
    for month, following in zip(MONTHS, [*MONTHS[1:], None], strict=True):
        given.assessed(episode, clinic, at=began + month * DAY)
        assert (day(episode) if row(episode).duty else None) == following
    given.assessed(episode, clinic, slug="bam", at=began + 400 * DAY)
    assert day(episode, "bam") == 430


def test_an_answer_early_in_the_month_is_the_first_and_the_second_stays_where_it_is(clinic, episode):
    given.assessed(episode, clinic, at=given.ago(days=5))
    assert day(episode) == 60


@pytest.mark.parametrize("ends", ["withdrawn", "closed"])
def test_nothing_is_asked_of_whom_nobody_follows_any_more(clinic, episode, ends):
    if ends == "withdrawn":
        plans.withdraw(episode.aftercare_plans.get(), by=clinic.aftercare)
    else:
        closings.close(episode, reason="withdrew", note="asked for it", by=clinic.supervisor)
    assert not still_asked(episode).exists()


def test_back_in_treatment_the_program_asks_and_nothing_is_owed_twice(clinic, episode):
    given.cleared_again(episode, clinic)
    plans.return_to_treatment(episode, program=clinic.outpatient, by=clinic.counselor)
    assert not still_asked(episode).exists()
    back = left(clinic, "Ann", 1)
    given.cleared_again(back, clinic)
    plans.return_to_treatment(back, program=clinic.residential, bed=clinic.beds[1], by=clinic.counselor)
    assert row(back).schedule.after_discharge is False and still_asked(back).filter(note="PHQ-9").count() == 1


def test_it_rests_with_the_check_ins_and_goes_on_with_them(clinic, episode):
    plan, until = episode.aftercare_plans.get(), timezone.now() + 40 * DAY
    pauses.pause(plan, because="travel", until_at=until, by=clinic.aftercare)
    assert row(episode).duty.next_action_at == until
    pauses.resume(plan, by=clinic.aftercare)
    assert fresh(row(episode).duty).suspended_at is None


def test_whoever_was_discharged_before_is_asked_anew_only_when_they_were_asked(clinic, episode):
    other = left(clinic, "Ann", 1)
    schedules.end_schedule(row(other).schedule, reason="x", by=clinic.admin)
    given.asking(clinic.residential, clinic, slug="gad-7", days=[20], every_days=20, after_discharge=True)
    assert (day(episode, "gad-7"), row(episode, "gad-7").schedule.every_days) == (20, 20)
    given.asking(clinic.residential, clinic, days=[20], every_days=20, after_discharge=True)
    assert not row(episode).is_owed()
    assert Duty.objects.open().filter(note="GAD-7", ladder__slug="assessment").count() == 2


def test_who_was_never_in_a_program_is_asked_nothing(clinic):
    stays = given.staying_in_touch(clinic)
    assert "assessment" not in owed(stays)
