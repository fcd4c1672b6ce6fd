"""Every open episode has an open duty that keeps the thread. The database says so, not the code."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Role
from duties import actions as duties
from duties.models import Duty, Ladder
from patients import actions as patients
from patients.models import Entry, Episode
from tests import given

PROMISE = "an_open_episode_has_an_open_duty"


def broken(function):
    """The name of the constraint that refuses this at the moment it would commit."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        function()
    return caught.value.__cause__.diag.constraint_name


def thread(episode):
    """The one open duty that keeps this thread."""
    return episode.duties.open().get(keeps_thread=True)


def test_an_episode_cannot_begin_with_nothing_owed(clinic):
    patient = given.self_referred(clinic, "One").patient
    with transaction.atomic():
        other = patients.register(preferred_name="Two", facility=clinic.here, because="referral", at=timezone.now())
    assert broken(
        lambda: patients.begin_episode(
            other, facility=clinic.here, entry=Entry.SELF, by=clinic.intake, at=timezone.now()
        )
    ) == PROMISE  # fmt: skip
    assert patient.episodes.open().count() == 1


def test_the_last_thread_cannot_be_resolved_canceled_excused_or_given_up(clinic):
    duty = thread(given.self_referred(clinic))
    for verb in (duties.resolve, duties.cancel, duties.excuse, duties.give_up):
        assert broken(lambda verb=verb: verb(duty, by=clinic.nurse, reason="because")) == PROMISE
    duty.refresh_from_db()
    assert duty.is_open()


def test_the_last_thread_can_be_renewed(clinic):
    episode = given.self_referred(clinic)
    duty = thread(episode)
    duties.renew(duty, due_at=timezone.now() + timedelta(days=2), by=clinic.intake)
    assert thread(episode).pk != duty.pk


def test_raw_sql_cannot_close_move_or_demote_the_last_thread(clinic):
    duty = thread(given.self_referred(clinic, "One"))
    other = given.self_referred(clinic, "Two")
    now = timezone.now()
    raw = Duty.objects.filter(pk=duty.pk)
    assert broken(
        lambda: raw.update(closed_at=now, closed_by=clinic.nurse, outcome="resolved", next_action_at=None)
    ) == PROMISE  # fmt: skip
    assert broken(lambda: raw.update(keeps_thread=False)) == PROMISE
    assert broken(lambda: raw.update(episode=other)) == PROMISE


def test_a_duty_on_another_kind_of_ladder_does_not_keep_the_thread(clinic):
    episode = given.self_referred(clinic)
    duty = thread(episode)
    duties.open(
        "sign_note", facility=clinic.here, episode=episode, owner_role=Role.COUNSELOR,
        due_at=timezone.now(), by=clinic.nurse, at=timezone.now(),
    )  # fmt: skip
    assert broken(lambda: duties.resolve(duty, by=clinic.nurse)) == PROMISE


def test_a_duty_cannot_claim_to_keep_a_thread_against_its_ladder(clinic):
    episode = given.self_referred(clinic)
    duty = duties.open(
        "sign_note", facility=clinic.here, episode=episode, owner_role=Role.COUNSELOR,
        due_at=timezone.now(), by=clinic.nurse, at=timezone.now(),
    )  # fmt: skip
    raw = Duty.objects.filter(pk=duty.pk)
    assert broken(lambda: raw.update(keeps_thread=True)) == "only_a_thread_ladder_keeps_the_thread"


def test_an_episode_marked_as_error_owes_nothing(clinic):
    episode = given.self_referred(clinic)
    with transaction.atomic():
        patients.mark_error(episode, reason="wrong person", by=clinic.supervisor)
        duties.cancel_each(episode.duties, by=clinic.supervisor, reason="entered in error")
    assert not episode.duties.open().exists()


def test_an_error_mark_cannot_be_taken_off_an_episode_with_nothing_owed(clinic):
    episode = given.self_referred(clinic)
    with transaction.atomic():
        patients.mark_error(episode, reason="wrong person", by=clinic.supervisor)
        duties.cancel_each(episode.duties, by=clinic.supervisor, reason="entered in error")
    raw = Episode.objects.filter(pk=episode.pk)
    assert broken(lambda: raw.update(entered_in_error_at=None, entered_in_error_by=None)) == PROMISE


def test_a_thread_is_never_more_than_95_days_ahead(clinic):
    episode = given.self_referred(clinic)
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        duties.reschedule(thread(episode), due_at=timezone.now() + timedelta(days=96), by=clinic.nurse)
    assert caught.value.__cause__.diag.constraint_name == "a_thread_is_at_most_95_days_long"


def test_an_open_duty_never_falls_silent(clinic):
    duty = thread(given.self_referred(clinic))
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        Duty.objects.filter(pk=duty.pk).update(next_action_at=None)
    assert caught.value.__cause__.diag.constraint_name == "an_open_duty_has_a_running_clock"


def test_a_closed_duty_stays_as_it_was_closed(clinic):
    episode = given.self_referred(clinic)
    closed = duties.renew(thread(episode), due_at=timezone.now(), by=clinic.intake).because_of
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        Duty.objects.filter(pk=closed.pk).update(close_reason="another story")
    assert caught.value.__cause__.diag.constraint_name == "a_closed_duty_never_changes"
    with pytest.raises(ValidationError) as refusal:
        duties.resolve(closed, by=clinic.intake)
    assert refusal.value.code == "duty_closed"


def test_a_published_ladder_never_changes(clinic):
    ladder = Ladder.objects.current("talk", clinic.here)
    for change in (
        lambda: Ladder.objects.filter(pk=ladder.pk).update(name="Another"),
        lambda: ladder.rungs.update(offset=timedelta(0)),
        lambda: ladder.rungs.create(position=9, offset=timedelta(days=9), whom="owner", template="late"),
    ):
        assert broken(change) == "a_published_ladder_never_changes"


def test_a_ladder_whose_last_rung_ends_cannot_be_published(clinic):
    def publish():
        ladder = Ladder.objects.create(slug="short", name="Short", published_at=None)
        ladder.rungs.create(position=0, offset=timedelta(0), whom="owner", template="due")
        ladder.published_at = timezone.now()
        ladder.save()

    assert broken(publish) == "the_last_rung_repeats"


def test_of_two_sessions_closing_the_last_two_duties_one_is_refused(committed_clinic, run_both):
    episode = given.self_referred(committed_clinic)
    first = thread(episode)
    second = duties.open(
        "contact", facility=committed_clinic.here, episode=episode, owner_role=Role.AFTERCARE,
        due_at=timezone.now(), by=committed_clinic.nurse, at=timezone.now(),
    )  # fmt: skip
    results = run_both(
        *(lambda duty=duty: duties.resolve(duty, by=committed_clinic.nurse) for duty in (first, second))
    )
    errors = [result.error for result in results if result.error]
    assert len(errors) == 1
    assert errors[0].__cause__.diag.constraint_name == PROMISE
    assert episode.duties.open().count() == 1
