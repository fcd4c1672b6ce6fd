"""Ketamine that is prescribed: its prescriber is called with permission, and nobody is left alone when it stops."""

from datetime import timedelta

import pytest

from duties import actions as duties
from patients import actions as patients
from tests import given
from tests.then import duty, forbidden, fresh, owed, refused
from treatment.actions import ketamine
from treatment.models import MoodReview, PrescribedKetamine, PrescriberContact


@pytest.fixture
def jo(clinic):
    """Somebody in intake."""
    return given.self_referred(clinic)


def contact(prescribed, clinic):
    return ketamine.contact_prescriber(prescribed, spoke_with="Dr. Ames", words="Will pause.", by=clinic.counselor)


def test_the_prescriber_is_spoken_with_only_while_the_person_allows_it(clinic, jo):
    prescribed = given.prescribed_ketamine(jo.patient, clinic)
    with refused("consent_missing"):
        contact(prescribed, clinic)
    ketamine.permit_contact(prescribed, by=clinic.nurse)
    contact(prescribed, clinic)
    ketamine.withdraw_permission(prescribed, by=clinic.nurse)
    with refused("consent_missing"):
        contact(prescribed, clinic)
    with refused("consent_missing"):
        ketamine.withdraw_permission(prescribed, by=clinic.nurse)
    assert PrescriberContact.objects.count() == 1
    with forbidden("permission_to_call_a_prescriber_has_who"):
        PrescribedKetamine.objects.update(permitted_by=clinic.nurse)


def test_stopping_owes_a_review_after_one_two_and_four_weeks_once(clinic, jo):
    at = given.ago(days=3)
    prescribed = given.stopped_ketamine(jo.patient, clinic, at=at)
    reviews = list(prescribed.reviews.select_related("duty").order_by("week"))
    assert [(one.week, one.duty.due_at - at) for one in reviews] == [
        (week, timedelta(weeks=week)) for week in (1, 2, 4)
    ]
    assert owed(jo).count("mood_review") == 3
    assert not any(one.duty.keeps_thread for one in reviews)
    with refused("stopped_already"):
        ketamine.stop(prescribed, reason="again", by=clinic.prescriber)
    with forbidden("one_mood_review_a_week"):
        MoodReview.objects.update(week=1)


def test_a_reason_to_worry_owes_a_call_the_same_day_and_none_owes_nothing(clinic, jo):
    stopped = given.stopped_ketamine(jo.patient, clinic, at=given.ago(days=15))
    first, second, _ = stopped.reviews.order_by("week")
    said = {"mood": "as before", "asked_about_suicide": True, "by": clinic.counselor}
    ketamine.record_mood_review(first, concern=False, **said)
    assert "contact" not in owed(jo)
    ketamine.record_mood_review(second, concern=True, **said)
    assert duty(jo, "contact").due_at <= fresh(second).reviewed_at + timedelta(hours=4)
    assert owed(jo).count("mood_review") == 1
    with refused("reviewed_already"):
        ketamine.record_mood_review(first, concern=True, **said)
    with forbidden("a_mood_review_says_what_was_found"):
        MoodReview.objects.filter(pk=first.pk).update(mood="")


@pytest.mark.parametrize(("week", "opens"), [(1, 5), (2, 11), (4, 21)])
def test_the_mood_of_a_week_is_not_reviewed_before_that_week(clinic, jo, week, opens):
    at = given.ago(days=25)
    review = given.stopped_ketamine(jo.patient, clinic, at=at).reviews.get(week=week)
    said = {"mood": "as before", "asked_about_suicide": True, "concern": False, "by": clinic.counselor}
    with refused("review_too_early"):
        ketamine.record_mood_review(review, **said, at=at + timedelta(days=opens, minutes=-1))
    ketamine.record_mood_review(review, **said, at=at + timedelta(days=opens))
    assert fresh(review).reviewed_at


def test_a_review_that_somebody_had_set_for_now_is_recorded_now(clinic, jo):
    review = given.stopped_ketamine(jo.patient, clinic).reviews.get(week=4)
    duties.reschedule(review.duty, due_at=given.ago(minutes=1), by=clinic.nurse, note="leaves tomorrow")
    said = {"mood": "as before", "asked_about_suicide": True, "concern": False, "by": clinic.counselor}
    ketamine.record_mood_review(fresh(review), **said)
    assert fresh(review).reviewed_at


def test_the_button_of_a_review_that_is_too_early_says_from_when(clinic, jo, api):
    review = given.stopped_ketamine(jo.patient, clinic).reviews.get(week=1)
    said = {"mood": "as before", "asked_about_suicide": True, "concern": False}
    answer = api(clinic.counselor).post(f"/api/v1/mood-reviews/{review.pk}/record-review/", said)
    assert (answer.status_code, answer.json()["code"]) == (409, "review_too_early")
    assert f"{review.opens_at().astimezone(clinic.here.tz()):%A, %B %d}" in answer.json()["detail"]


def test_cautions_are_about_the_ketamine_and_refuse_nothing(clinic, jo):
    prescribed = given.prescribed_ketamine(jo.patient, clinic)
    patients.record_pregnancy(jo.patient, pregnant="yes", breastfeeding="no", by=clinic.nurse)
    given.a_condition(jo.patient, clinic, code="F20.9", words="Schizophrenia")
    told = " ".join(fresh(prescribed).cautions())
    assert "schizophrenia" in told and "pregnancy" in told and "breastfeeding" not in told
    assert "No ground to refuse" in told
    ketamine.stop(prescribed, reason="wished to", by=clinic.prescriber)
    assert fresh(prescribed).cautions() == []


def test_somebody_who_is_given_no_ketamine_has_no_cautions_and_no_reviews(clinic, jo):
    given.using(jo.patient, clinic, "0201", rank="1")
    patients.record_pregnancy(jo.patient, pregnant="yes", breastfeeding="no", by=clinic.nurse)
    assert not PrescribedKetamine.objects.exists()
    assert "mood_review" not in owed(jo)


def test_what_was_never_prescribed_owes_no_reviews(clinic, jo):
    prescribed = given.stopped_ketamine(jo.patient, clinic)
    ketamine.mark_error(prescribed, reason="another person", by=clinic.nurse)
    assert "mood_review" not in owed(jo)
    assert not MoodReview.objects.planned().exists()


def test_ketamine_begins_on_a_day_that_has_come_and_names_who_gives_it(clinic, jo):
    with refused("starts_later"):
        given.prescribed_ketamine(jo.patient, clinic, started_on=given.ago(days=-2).date())
    with refused("prescriber_missing"):
        given.prescribed_ketamine(jo.patient, clinic, prescriber="")
