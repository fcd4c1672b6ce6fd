"""What a program asks again and again: one duty a person and instrument, done by asking and owed again at once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from aftercare.actions import closings
from duties import actions as duties
from patients.models import Stage
from tests import given
from tests.then import duty, forbidden, fresh, owed, refused
from treatment.actions import assessments, bladder, schedules
from treatment.models import Assessment, AssessmentSchedule, Instrument, ScheduledAssessment
from treatment.models.schedules import next_time

DAY = timedelta(days=1)
NOW = timezone.now()


def row(episode, slug="phq-9"):
    return episode.scheduled_assessments.select_related("duty").get(slug=slug)


def days_until(episode, since, slug="phq-9"):
    return (row(episode, slug).duty.due_at - since) / DAY


@pytest.mark.parametrize(
    ("days", "every", "last", "at", "number", "due"),
    [
        ([7], 30, None, 0, 0, 7),  # at first
        ([7], 30, 2, 2, None, 32),  # then again, from the answer on
        ([7], 30, 2, 90, None, 97),  # what would be due in the past is due as on the first day
        ([1, 28, 84], None, None, 0, 0, 1),
        ([1, 28, 84], None, 0.5, 0.5, 1, 28),
        ([1, 28, 84], None, 20, 20, 1, 28),  # eight days before it is something else
        ([1, 28, 84], None, 21, 21, 2, 84),  # a week before it counts
        ([1, 28, 84], None, 2, 90, 2, 91),  # one that lies behind the next is passed over
        ([1, 28], 30, 25, 25, None, 55),
    ],
)
def test_the_next_time(days, every, last, at, number, due):
    last_at = None if last is None else NOW + last * DAY
    found = next_time(days, every, anchor_at=NOW, last_at=last_at, at=NOW + at * DAY)
    assert found == (number, NOW + due * DAY)


def test_a_schedule_without_an_interval_runs_out():
    assert next_time([1, 28], None, anchor_at=NOW, last_at=NOW + 27 * DAY, at=NOW + 27 * DAY) is None


def test_admission_owes_the_first_and_an_answer_owes_the_next(clinic):
    given.asking(clinic.residential, clinic)
    began = given.ago(days=5)
    episode = given.in_bed(clinic, at=began)
    first = duty(episode, "assessment")
    assert (first.note, first.owner, days_until(episode, began)) == ("PHQ-9", clinic.counselor, 7)
    assert not first.keeps_thread
    answered = given.assessed(episode, clinic, q1=1, at=began + 2 * DAY).answered_at
    again = row(episode)
    assert (fresh(first).outcome, again.last_at, again.number) == ("resolved", answered, None)
    assert (again.duty.because_of, days_until(episode, answered)) == (first, 30)
    assert owed(episode).count("assessment") == 1


def test_what_is_scheduled_is_ended_by_asking_and_not_by_a_tick(clinic):
    given.asking(clinic.residential, clinic)
    episode = given.in_bed(clinic)
    with refused("not_asked"):
        duties.resolve(row(episode).duty, by=clinic.counselor)
    begun = assessments.ask(row(episode), by=clinic.counselor)
    assert begun.instrument == Instrument.objects.current().get(slug="phq-9")
    assessments.answer(begun, answers={"1": 1}, how="asked", by=clinic.counselor)
    assert owed(episode).count("assessment") == 1


def test_whoever_declines_is_asked_again_when_its_turn_comes(clinic):
    given.asking(clinic.residential, clinic)
    episode = given.in_bed(clinic)
    first = row(episode)
    declined = assessments.decline_scheduled(first, reason="too tired today", by=clinic.nurse)
    ended = fresh(first.duty)
    assert (ended.outcome, ended.close_reason) == ("excused", "declined: too tired today")
    assert (declined.declined_reason, days_until(episode, declined.declined_at)) == ("too tired today", 30)
    begun = assessments.ask(row(episode), by=clinic.nurse)
    assessments.decline(begun, reason="again too tired", by=clinic.nurse)
    assert row(episode).duty.is_open() and Assessment.objects.filter(declined_at__isnull=False).count() == 2


def test_an_answer_that_was_a_mistake_is_owed_again(clinic):
    given.asking(clinic.residential, clinic)
    episode = given.in_bed(clinic, at=given.ago(days=6))
    answered = given.assessed(episode, clinic, q1=1)
    assert round(days_until(episode, timezone.now())) == 30
    assessments.mark_error(answered, reason="somebody else's answers", by=clinic.nurse)
    assert round(days_until(episode, timezone.now())) == 7 and row(episode).last_at is None


def test_an_unsafe_answer_owes_both_the_clinician_and_the_next_time(clinic):
    given.asking(clinic.residential, clinic)
    episode = given.in_bed(clinic, at=given.ago(days=1))
    given.assessed(episode, clinic, q9=1)
    assert {"safety_review", "assessment"} <= set(owed(episode))
    assert owed(episode).count("assessment") == 1


def test_a_move_asks_by_the_new_program_from_the_last_answer_on(clinic):
    given.asking(clinic.residential, clinic)
    given.asking(clinic.residential, clinic, slug="gad-7")
    given.asking(clinic.outpatient, clinic, every_days=14)
    began = given.ago(days=20)
    episode = given.in_bed(clinic, at=began)
    given.assessed(episode, clinic, at=began + 15 * DAY)
    before = row(episode).duty
    given.moved(episode, program=clinic.outpatient, by=clinic.counselor)
    assert fresh(before).close_reason == "moved to Outpatient"
    assert round(days_until(episode, began)) == 29 and row(episode).schedule.program == clinic.outpatient
    assert not row(episode, "gad-7").is_owed() and owed(episode).count("assessment") == 1


def test_leaving_ends_it_and_coming_back_begins_it_again(clinic):
    given.asking(clinic.residential, clinic)
    episode = given.in_bed(clinic, at=given.ago(days=3))
    first = row(episode)
    given.leave(episode, clinic)
    assert fresh(first.duty).close_reason == "Treatment completed" and "assessment" not in owed(episode)
    given.assessed(episode, clinic)
    assert "assessment" not in owed(episode)
    with refused("not_owed"):
        assessments.ask(row(episode), by=clinic.nurse)


def test_closing_ends_it(clinic):
    given.asking(clinic.residential, clinic)
    episode = given.in_bed(clinic)
    report = closings.report_death(episode.patient, facility=clinic.here, told_by="a friend", by=clinic.nurse)
    closings.confirm_death(report, reason="certificate", by=clinic.supervisor)
    assert fresh(episode).stage == Stage.CLOSED and not row(episode).is_owed()


def test_the_bladder_is_asked_about_only_where_ketamine_is_known(clinic):
    schedules.use_default_schedules(clinic.outpatient, by=clinic.admin)
    jo = given.in_outpatient(clinic, "Jo")
    given.using(jo.patient, clinic, "0201", rank="1")
    slugs = {"phq-9", "gad-7", "bam", "craving"}
    assert set(jo.scheduled_assessments.values_list("slug", flat=True)) == slugs
    given.using(jo.patient, clinic)
    assert set(jo.scheduled_assessments.values_list("slug", flat=True)) == slugs | {"bladder-log"}
    assert row(jo, "bladder-log").duty.owner_role == "nurse"


def test_the_bladder_log_has_its_own_weeks_and_an_extra_entry_is_one_more(clinic):
    given.asking(clinic.residential, clinic, slug="bladder-log", days=[1, 28, 84], every_days=None)
    began = given.ago(days=100)
    episode = given.in_bed(clinic, at=began)

    def log(day, **said):
        bladder.log_bladder(episode, by=clinic.nurse, at=began + day * DAY, **{"voids": 8, **said})
        following = row(episode, "bladder-log")
        return following.number, following.duty and round(days_until(episode, began, "bladder-log"))

    assert [log(0.5), log(3), log(22, visible_blood=True), log(84)] == [(1, 28), (1, 28), (2, 84), (2, None)]
    assert "bladder_review" in owed(episode) and "assessment" not in owed(episode)


def test_criteria_are_scheduled_like_everything_else(clinic):
    given.asking(clinic.residential, clinic, slug="dsm-5-ketamine", every_days=90)
    episode = given.in_bed(clinic)
    with refused("answered_elsewhere"):
        assessments.ask(row(episode, "dsm-5-ketamine"), by=clinic.nurse)
    given.criteria_met(episode.patient, clinic, "craving")
    assert row(episode, "dsm-5-ketamine").number is None


def test_a_program_that_asks_anew_asks_those_who_are_there(clinic):
    episode = given.in_bed(clinic)
    first = given.asking(clinic.residential, clinic)
    assert row(episode).schedule == first
    before = row(episode).duty
    second = given.asking(clinic.residential, clinic, days=[2], every_days=7)
    assert fresh(first).ended_by == clinic.admin and fresh(before).close_reason == "scheduled anew"
    assert row(episode).schedule == second and round(days_until(episode, timezone.now())) == 2
    with forbidden("a_schedule_of_assessments_never_changes"):
        AssessmentSchedule.objects.filter(pk=second.pk).update(days=[9])
    schedules.end_schedule(second, reason="asked in the group", by=clinic.admin)
    assert fresh(row(episode).duty).close_reason == "not asked any more: asked in the group"
    with refused("schedule_ended"):
        schedules.end_schedule(second, reason="x", by=clinic.admin)


def test_an_answer_after_the_schedule_ended_owes_nothing_more(clinic):
    schedule = given.asking(clinic.residential, clinic)
    episode = given.in_bed(clinic)
    schedules.end_schedule(schedule, reason="enough", by=clinic.admin)
    given.assessed(episode, clinic)
    assert "assessment" not in owed(episode)


def test_the_usual_set_leaves_alone_what_is_asked_already(clinic):
    own = given.asking(clinic.outpatient, clinic, days=[1], every_days=14)
    schedules.use_default_schedules(clinic.outpatient, by=clinic.admin)
    asked = {one.slug: one for one in clinic.outpatient.assessment_schedules.in_force().filter(after_discharge=False)}
    assert len(asked) == 5 and asked["phq-9"] == own
    assert (asked["bladder-log"].days, asked["bladder-log"].only_ketamine) == ([1, 28, 84, 182, 364], True)
    assert (asked["craving"].every_days, asked["bam"].every_days) == (7, 30)
    with refused("scheduled_already"):
        schedules.use_default_schedules(clinic.outpatient, by=clinic.admin)


def test_over_http_a_schedule_is_made_and_what_is_late_is_listed_by_place(clinic, api):
    phq = Instrument.objects.current().get(slug="phq-9")
    address = f"/api/v1/programs/{clinic.residential.pk}/schedule-assessment/"
    wanted = {"instrument": str(phq.pk), "days": [3], "every_days": 30}
    assert api(clinic.counselor).post(address, wanted).status_code == 403
    assert api(clinic.supervisor).post(address, {**wanted, "days": []}).status_code == 400
    assert api(clinic.supervisor).post(address, {**wanted, "days": [28, 3]}).json()["days"] == [3, 28]
    late = given.in_bed(clinic, at=given.ago(days=5))
    given.in_bed(clinic, bed=1, name="Ann")

    def listed(user, query):
        return api(user).get(f"/api/v1/scheduled-assessments/?{query}").json()["results"]

    overdue = listed(clinic.counselor, f"overdue=true&facility={clinic.here.pk}")
    assert [(one["episode"], one["name"], one["open"]) for one in overdue] == [(str(late.pk), "PHQ-9", True)]
    assert [len(listed(user, "open=true&mine=true")) for user in (clinic.counselor, clinic.nurse)] == [2, 0]
    assert listed(clinic.nurse_elsewhere, "open=true") == []


def test_there_is_one_row_a_person_and_instrument(clinic):
    given.asking(clinic.residential, clinic)
    given.asking(clinic.residential, clinic, slug="gad-7")
    episode = given.in_bed(clinic)
    with forbidden("one_rolling_row_per_person_and_instrument"):
        ScheduledAssessment.objects.filter(slug="gad-7").update(slug="phq-9")
    assert episode.scheduled_assessments.count() == 2
