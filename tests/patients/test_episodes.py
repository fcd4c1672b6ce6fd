"""The thread of an episode: how it begins, which step follows which, and what raw SQL cannot do to it."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from accounts.models import Role
from aftercare.actions import discharges
from duties import actions as duties
from patients import actions as patients
from patients.models import Entry, Episode, EpisodeEvent, Stage
from tests import given
from tests.then import code_of, forbidden, fresh, refused, sees, steps


def raw(episode, **changes):
    """An update that asks nobody."""
    return Episode.objects.filter(pk=episode.pk).update(**changes)


def begun(patient, clinic, at=None):
    """An episode begun, with something owed."""
    at = at or timezone.now()
    with transaction.atomic():
        episode = patients.begin_episode(patient, facility=clinic.here, entry=Entry.SELF, by=clinic.intake, at=at)
        duties.open(
            "intake",
            facility=clinic.here,
            episode=episode,
            owner_role=Role.INTAKE,
            due_at=at,
            by=clinic.intake,
            at=at,
        )
    return episode


@pytest.fixture
def person(clinic):
    return patients.register(preferred_name="Ana", facility=clinic.here, because="referral", at=given.ago(days=1))


def test_an_episode_begins_as_referred_with_its_first_step_written(clinic, person):
    at = given.ago(hours=1)
    episode = begun(person, clinic, at)
    assert (episode.stage, episode.previous, steps(episode)) == ("referred", None, ["referred"])
    event = episode.events.get()
    assert (event.from_stage, event.at, event.by, event.patient) == ("", at, clinic.intake, person)


def test_a_person_has_one_open_episode(clinic, person):
    begun(person, clinic)
    with refused("episode_open"):
        begun(person, clinic)


def test_raw_sql_cannot_open_a_second_episode(clinic, person):
    begun(person, clinic)
    with forbidden("one_open_episode_per_person"):
        Episode.objects.create(
            patient=person, facility=clinic.here, entry="self", stage_at=timezone.now(), stage_by=clinic.intake,
            opened_at=timezone.now(), opened_by=clinic.intake,
        )  # fmt: skip


def test_an_episode_entered_in_error_makes_room_for_the_right_one(clinic, person):
    wrong = begun(person, clinic)
    patients.mark_error(wrong, reason="wrong person", by=clinic.supervisor)
    right = begun(person, clinic)
    assert right.previous is None


def test_nobody_reported_dead_begins_an_episode(clinic, person):
    person.death_reported_at, person.death_reported_by = timezone.now(), clinic.nurse
    person.save()
    with refused("death_reported"):
        begun(person, clinic)


def test_beginning_lets_the_facility_see_the_person(clinic, person):
    with transaction.atomic():
        episode = patients.begin_episode(
            person, facility=clinic.elsewhere, entry=Entry.SELF, by=clinic.intake, at=given.ago(hours=1)
        )
        duties.open(
            "intake", facility=clinic.elsewhere, episode=episode, owner_role=Role.INTAKE,
            due_at=timezone.now(), by=clinic.intake, at=timezone.now(),
        )  # fmt: skip
    assert sees(clinic.nurse_elsewhere, person, "nurse")


def test_a_verb_cannot_skip_a_step(clinic):
    episode = given.self_referred(clinic)
    with refused("stage_skipped"):
        episode.move_to(Stage.AFTERCARE, by=clinic.nurse, at=timezone.now())


def test_raw_sql_cannot_skip_a_step(clinic):
    episode = given.engaging(clinic)
    for stage in ("referred", "treatment"):
        with forbidden("a_stage_is_never_skipped"):
            raw(episode, stage=stage, stage_at=timezone.now())
    assert fresh(episode).stage == "engaging"


def test_raw_sql_cannot_begin_further_down_the_road(clinic, person):
    with forbidden("an_episode_begins_as_referred"):
        Episode.objects.create(
            patient=person, facility=clinic.here, entry="self", stage="aftercare", stage_at=timezone.now(),
            stage_by=clinic.intake, opened_at=timezone.now(), opened_by=clinic.intake,
        )  # fmt: skip


def test_raw_sql_cannot_reopen_a_closed_episode(clinic):
    episode = given.closed(clinic)
    with forbidden("a_stage_is_never_skipped"):
        raw(episode, stage="aftercare", closed_at=None, closed_by=None, close_reason="")


def test_raw_sql_cannot_begin_treatment_without_clearance(clinic):
    episode = given.self_referred(clinic)
    with forbidden("treatment_means_cleared"):
        raw(episode, stage="treatment", stage_at=timezone.now())


def test_raw_sql_cannot_take_clearance_away_during_treatment(clinic):
    episode = given.in_bed(clinic)
    with forbidden("treatment_means_cleared"):
        raw(episode, cleared_at=None, cleared_by=None, clearance_basis="")


def test_clearance_is_never_half_recorded(clinic):
    episode = given.engaging(clinic)
    for half in ({"cleared_at": None}, {"cleared_by": None}, {"clearance_basis": ""}):
        with forbidden("clearance_has_when_who_and_basis"):
            raw(episode, **half)


def test_closing_is_never_half_recorded(clinic):
    episode = given.engaging(clinic)
    now = timezone.now()
    whole = {
        "stage": "closed",
        "stage_at": now,
        "closed_at": now,
        "closed_by": clinic.nurse,
        "close_reason": "withdrew",
    }
    for missing in ("closed_at", "closed_by", "close_reason"):
        with forbidden("closed_has_when_who_and_why"):
            raw(episode, **{name: value for name, value in whole.items() if name != missing})
    with forbidden("closed_has_when_who_and_why"):
        raw(episode, closed_at=now, closed_by=clinic.nurse, close_reason="withdrew")


def test_raw_sql_cannot_close_and_leave_things_owed_unsaid(clinic):
    """Closing needs no duty; staying open without one is what the promise refuses."""
    episode = given.engaging(clinic)
    with forbidden("an_open_episode_has_an_open_duty"):
        duties.cancel_each(episode.duties, by=clinic.nurse, reason="because")


def test_a_step_is_not_recorded_before_the_last_one(clinic):
    episode = given.engaging(clinic, at=given.ago(hours=2))
    with refused("before_last_step"):
        discharges.talk(episode, outcome="accepted", by=clinic.counselor, at=given.ago(hours=3))


def test_when_and_by_whom_a_step_was_taken_never_changes(clinic):
    episode = given.engaging(clinic)
    with forbidden("a_stage_is_never_skipped"):
        raw(episode, stage_at=given.ago(days=3))
    with forbidden("a_stage_is_never_skipped"):
        raw(episode, stage_by=clinic.outsider)


def test_an_episode_stays_with_its_person(clinic, person):
    episode = given.self_referred(clinic)
    with forbidden("an_episode_keeps_its_person"):
        raw(episode, patient=person)


def test_a_step_cannot_be_forged_changed_or_removed(clinic):
    event = given.self_referred(clinic).events.first()
    attempts = (
        lambda: EpisodeEvent.objects.create(
            patient=event.patient, facility=event.facility, episode=event.episode, to_stage="closed",
            at=timezone.now(), by=clinic.nurse,
        ),
        lambda: EpisodeEvent.objects.filter(pk=event.pk).update(at=given.ago(days=9)),
        lambda: EpisodeEvent.objects.filter(pk=event.pk).delete(),
    )  # fmt: skip
    for attempt in attempts:
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            attempt()


def test_a_raw_step_still_writes_its_event(clinic):
    episode = given.engaging(clinic)
    raw(episode, stage="intake", stage_at=timezone.now(), stage_by=clinic.counselor)
    assert steps(episode)[-1] == "intake"
    assert episode.events.last().by == clinic.counselor


def test_no_row_about_a_person_can_be_deleted(clinic):
    episode = given.in_aftercare(clinic)
    tables = [
        "patients_patient", "patients_episode", "patients_access", "patients_contactpoint", "patients_substanceuse",
        "treatment_handover", "treatment_clearance", "treatment_conversation", "treatment_intake",
        "treatment_placement", "treatment_absence", "treatment_bedstay", "treatment_session", "treatment_sessionnote",
        "treatment_discharge", "aftercare_aftercareplan", "aftercare_checkin", "aftercare_answer",
        "aftercare_deathreport", "aftercare_schedule", "treatment_checklist",
    ]  # fmt: skip
    for table in tables:
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"DELETE FROM {table}")
    assert fresh(episode).stage == "aftercare"


def test_of_two_who_begin_an_episode_at_once_one_is_told_it_is_open(committed_clinic, run_both):
    clinic = committed_clinic
    person = patients.register(preferred_name="Ana", facility=clinic.here, because="referral", at=timezone.now())
    results = run_both(*[lambda: begun(person, clinic)] * 2)
    assert sorted(code_of(r.error) if r.error else "begun" for r in results) == ["begun", "episode_open"]
    assert person.episodes.open().count() == 1


def test_a_new_episode_links_to_the_last(clinic):
    first = given.closed(clinic)
    second = begun(first.patient, clinic)
    patients.mark_error(second, reason="wrong", by=clinic.nurse, at=timezone.now() + timedelta(seconds=1))
    third = begun(first.patient, clinic)
    assert (second.previous, third.previous) == (first, first)
