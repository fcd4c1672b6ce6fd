"""Moves between programs: what travels, what is in the way, and what is owed after."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Role
from patients import actions as patients
from tests import given
from tests.then import duty, forbidden, fresh, owed, refused
from treatment.actions import placements, sessions
from treatment.actions.travels import TRAVELS
from treatment.models import Bed, Program, Step, Unit

DAY = timedelta(days=1)


@pytest.fixture
def episode(clinic):
    return given.in_bed(clinic, at=given.ago(days=20))


@pytest.fixture
def there(clinic):
    """An intensive program at the other facility, with a counselor."""
    clinic.counselor_there = given.a_user("counselor_there", clinic.elsewhere, Role.COUNSELOR)
    return Program.objects.create(
        facility=clinic.elsewhere, name="Intensive", setting="outpatient", level_of_care="2.1"
    )


def step(episode, clinic, **fields):
    return placements.move(episode, **{"program": clinic.outpatient, "by": clinic.counselor, **fields})


def gaps(episode, clinic, **fields):
    """{code: sentence} of what is in the way."""
    with pytest.raises(Exception) as caught:
        step(episode, clinic, **fields)
    assert caught.value.code == "would_be_dropped"
    assert caught.value.members["gaps"] == [one["detail"] for one in caught.value.members["to_answer"]]
    return {one["code"]: one["detail"] for one in caught.value.members["to_answer"]}


def ready(episode, clinic, **fields):
    """Nothing is in the way of a move to outpatient in a week."""
    given.reconciled(episode, clinic)
    given.an_address(episode.patient, clinic)
    return given.level_assessed(episode, clinic, **fields)


def test_everything_in_the_way_is_said_in_one_go(clinic, episode):
    given.a_session(episode, clinic)
    given.taking(episode.patient, clinic)
    assert gaps(episode, clinic) == {
        "level": "The level of care was not assessed for a transition within 7 days",
        "notes": "1 unsigned note(s) in Residential",
        "medication": "Nothing was decided yet about: sertraline 50 mg",
        "next_contact": "Nobody is to see the person within 7 days",
        "contact": "No number or address of the person is known that works",
    }
    assert episode.placements.get().ended_at is None


def test_with_nothing_in_the_way_the_move_rests_on_its_assessment_and_the_next_contact_is_owed(clinic, episode):
    assessment = ready(episode, clinic)
    sees_at = timezone.now() + 2 * DAY
    placement = step(episode, clinic, next_contact_at=sees_at, reason="stable")
    made = Step.objects.get()
    assert (made.direction, made.assessment, made.began, made.left.program) == (
        "down", assessment, placement, clinic.residential,
    )  # fmt: skip
    contact = duty(episode, "first_contact")
    assert (made.contact_duty, contact.owner, contact.due_at) == (contact, clinic.counselor, sees_at)
    assert (made.review_duty, duty(episode, "level_review")) == (None, assessment.review_duty)
    assert not any(line["gap"] for line in made.travels.values()) and set(made.travels) == {c.code for c in TRAVELS}
    with refused("same_program"):
        step(episode, clinic)


def test_what_is_in_the_way_is_answered_in_a_code_and_in_words(clinic, episode):
    ready(episode, clinic, recommended="2.1", level="1.5")
    assert gaps(episode, clinic, next_contact_at=timezone.now() + DAY) == {
        "level": "Level 2.1 was recommended, and Outpatient is 1.5"
    }
    answered = {"level": {"answer": "declined", "words": "Maria wants no more than an hour a week."}}
    with refused("answer_missing"):
        step(episode, clinic, travels={"level": {"answer": "declined"}})
    with refused("not_on_checklist"):
        step(episode, clinic, travels={"luggage": answered["level"]})
    with refused("contact_in_the_past"):
        step(episode, clinic, travels=answered, next_contact_at=given.ago(hours=1))
    step(episode, clinic, travels=answered, next_contact_at=timezone.now() + DAY)
    made = Step.objects.get()
    assert made.travels["level"] == {
        "says": "The level of care was assessed for this move",
        "gap": "Level 2.1 was recommended, and Outpatient is 1.5",
        **answered["level"],
    }
    assert made.assessment and made.review_duty is None


@pytest.mark.parametrize(
    ("kind", "days_ago", "signed"), [("continued_stay", 1, True), ("transition", 8, True), ("transition", 1, False)]
)
def test_an_assessment_for_something_else_too_old_or_unsigned_is_none(clinic, episode, kind, days_ago, signed):
    given.level_assessed(
        episode, clinic, kind=kind, variance_reason="waitlist", justification="Soon.", at=given.ago(days=days_ago),
        signed=signed,
    )  # fmt: skip
    assert "level" in gaps(episode, clinic)


def test_without_an_assessment_one_is_owed_within_days(clinic, episode):
    before = given.level_assessed(episode, clinic, kind="admission", level="3.5")
    at = given.ago(hours=1)
    given.moved(episode, program=clinic.outpatient, by=clinic.counselor, at=at)
    review = duty(episode, "level_review")
    assert (Step.objects.get().review_duty, review.due_at) == (review, at + 3 * DAY)
    assert fresh(before.review_duty).outcome == "canceled"
    after = given.level_assessed(episode, clinic, kind="continued_stay")
    assert (fresh(review).outcome, duty(episode, "level_review")) == ("resolved", after.review_duty)


def test_an_assessment_carries_one_move(clinic, episode):
    ready(episode, clinic)
    given.moved(episode, program=clinic.outpatient, by=clinic.counselor)
    assert "level" in gaps(episode, clinic, program=clinic.residential, bed=clinic.beds[0])


def test_to_another_place_what_is_owed_here_and_a_counselor_there_are_in_the_way(clinic, episode, there):
    given.stopped_ketamine(episode.patient, clinic)
    ready(episode, clinic, level="2.1", variance_reason="none", placed="2.1")
    found = gaps(episode, clinic, program=there, next_contact_at=timezone.now() + DAY)
    assert found == {
        "counselor": "Nobody at Hill Street is named as the person's counselor",
        "duties": "Owed by people at Harbor House: Review mood after ketamine (3)",
    }
    fields = {"program": there, "counselor": clinic.counselor_there, "next_contact_at": timezone.now() + DAY}
    given.moved(episode, by=clinic.counselor, **fields)
    review = duty(episode, "level_review")
    assert (review.facility, review.owner) == (clinic.elsewhere, clinic.counselor_there)


def test_somebody_who_stays_in_a_house_is_seen_and_reached_there(clinic, episode):
    unit = Unit.objects.create(facility=clinic.here, name="West")
    bed = Bed.objects.create(unit=unit, label="1")
    low = Program.objects.create(
        facility=clinic.here, name="Low", setting="residential", needs_bed=True, level_of_care="3.1"
    )
    assert set(gaps(episode, clinic, program=low, bed=bed)) == {"level", "medication"}


def test_without_agreement_to_be_contacted_that_is_in_the_way(clinic, episode):
    point = patients.add_contact_point(episode.patient, channel="phone", value="+12125550123", by=clinic.nurse)
    assert gaps(episode, clinic)["consents"].startswith("The person has not agreed")
    patients.consent(point, scopes=["check_in"], by=clinic.nurse)
    assert not {"contact", "consents"} & set(gaps(episode, clinic))
    patients.mark_broken(point, by=clinic.nurse)
    assert "contact" in gaps(episode, clinic)


def test_signed_notes_and_those_entered_in_error_hold_no_move_up(clinic, episode):
    sessions.sign(given.a_session(episode, clinic), by=clinic.counselor)
    patients.mark_error(given.a_session(episode, clinic), reason="wrong person", by=clinic.counselor)
    assert "notes" not in gaps(episode, clinic)


def test_a_move_never_changes_and_leads_elsewhere(clinic, episode):
    given.moved(episode, program=clinic.outpatient, by=clinic.counselor)
    with forbidden("a_step_never_changes"):
        Step.objects.update(direction="up")
    with forbidden("a_step_leads_elsewhere"):
        made = Step.objects.get()
        Step.objects.create(
            patient=made.patient, facility=made.facility, episode=episode, left=made.left, began=made.left,
            direction="up", travels={}, moved_at=made.moved_at, moved_by=clinic.counselor,
        )  # fmt: skip


def test_moving_again_or_leaving_ends_the_contact_that_was_owed(clinic, episode):
    given.moved(episode, program=clinic.outpatient, next_contact_at=timezone.now() + DAY, by=clinic.counselor)
    given.moved(episode, program=clinic.residential, bed=clinic.beds[0], by=clinic.counselor)
    assert "first_contact" not in owed(episode)
    given.moved(episode, program=clinic.outpatient, next_contact_at=timezone.now() + DAY, by=clinic.counselor)
    given.leave(episode, clinic)
    assert not {"first_contact", "level_review"} & set(owed(episode))


def test_over_http_the_gaps_come_with_the_codes_to_answer_them_by(clinic, episode, api):
    client, address = api(clinic.counselor), f"/api/v1/episodes/{episode.pk}/move/"
    answer = client.post(address, {"program": str(clinic.outpatient.pk)}, "json")
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (409, "would_be_dropped")
    assert problem["gaps"] == [one["detail"] for one in problem["to_answer"]]
    travels = {one["code"]: {"answer": "handed_over", "words": "Told the team."} for one in problem["to_answer"]}
    said = {"program": str(clinic.outpatient.pk), "travels": travels, "reason": "stable"}
    assert client.post(address, said, "json").status_code == 201
    [made] = client.get(f"/api/v1/steps/?episode={episode.pk}").json()["results"]
    assert (made["direction"], made["travels"]["level"]["answer"]) == ("down", "handed_over")
    told = client.get(f"/api/v1/patients/{episode.patient_id}/timeline/?kinds=placement").json()["results"]
    assert "Step down: Residential to Outpatient, stable" in [entry["words"] for entry in told]
