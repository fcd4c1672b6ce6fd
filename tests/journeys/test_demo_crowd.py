"""A practice system with many people: at every stage, nobody dropped, and nothing strikes at once."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import Count
from django.db.models.functions import TruncMinute
from django.utils import timezone

from accounts.models import Facility, Membership
from aftercare.management import demo_work
from duties import actions as duties
from duties.models import Duty, DutyEvent, Notice, NoticeState
from patients.models import CloseReason, Episode, EpisodeEvent, Patient, Stage
from tests import given
from treatment.models import Bed, Program, Unit


@pytest.fixture
def practice(db, settings):
    """A practice system with nobody in it."""
    settings.DEMO, settings.DEMO_PASSWORD = True, "a-long-demo-password"


def checked():
    """What check_promise prints, and its exit status."""
    told = StringIO()
    try:
        call_command("check_promise", verbosity=0, stdout=told)
    except SystemExit as end:
        return told.getvalue(), end.code
    return told.getvalue(), 0


@pytest.mark.slow
def test_sixty_people_have_a_history_each_and_nobody_is_dropped(practice):
    call_command("seed_demo", verbosity=0)
    connection.check_constraints()
    assert checked() == ("", 0)
    assert (Patient.objects.count(), Facility.objects.count(), Bed.objects.count()) == (60, 2, 24)
    assert (Unit.objects.count(), Program.objects.count()) == (3, 4)
    assert set(Episode.objects.values_list("stage", flat=True)) == set(Stage.values) - {Stage.REFERRED}
    assert set(CloseReason.values) - {"lost", "withdrew", "administrative"} == set(
        Episode.objects.exclude(close_reason="").values_list("close_reason", flat=True)
    )
    assert not DutyEvent.objects.filter(late_by_us=True).exists()
    late = Duty.objects.overdue(timezone.now() - timedelta(hours=3)).values_list("patient__preferred_name", flat=True)
    assert set(late) <= {"Ben", "Leo"}


def test_a_crowd_is_at_every_stage_and_nobody_in_it_is_dropped(practice):
    call_command("seed_demo", people=400, verbosity=0)
    connection.check_constraints()  # the promise, for every step that was taken
    assert checked() == ("", 0)
    assert set(Episode.objects.values_list("stage", flat=True)) == set(Stage.values) - {Stage.REFERRED}
    steps = {(one.from_stage, one.to_stage) for one in EpisodeEvent.objects.exclude(from_stage="")}
    assert steps <= {(here.value, there.value) for here, nexts in Episode.NEXT.items() for there in nexts}
    assert Patient.history.rel.related_model.objects.count() == 400
    ahead = Duty.objects.open().values(minute=TruncMinute("next_action_at")).annotate(many=Count("pk"))
    assert max(row["many"] for row in ahead) < 40
    assert duties.tick(timezone.now()) == 0
    call_command("seed_work", verbosity=0)
    connection.check_constraints()
    assert checked() == ("", 0) and 14_000 < demo_work.many() < 26_000
    with pytest.raises(CommandError, match="people here already"):
        call_command("seed_demo", people=10, verbosity=0)


def test_a_crowd_is_made_only_in_a_practice_system(db, settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="not a practice system"):
        call_command("seed_demo", people=10, verbosity=0)
    assert not Patient.objects.exists()


def test_what_would_drop_somebody_is_found(clinic):
    now = timezone.now()
    assert checked() == ("", 0)
    talk = given.engaging(clinic, "Ann").duties.open().get()
    stands_still = given.self_referred(clinic, "Ben").duties.get()
    Duty.objects.filter(pk=stands_still.pk).update(next_action_at=now - timedelta(hours=2))
    Duty.objects.filter(pk=talk.pk).update(owner=clinic.outsider)
    Membership.objects.filter(role="intake", facility=clinic.here).update(ended_at=now, ended_by=clinic.admin)
    stuck = Notice.objects.create(
        duty=talk, facility=clinic.here, patient=talk.patient, rung=0, to_user=clinic.counselor, template="due",
        made_at=now, send_at=now - timedelta(hours=2), expires_at=now + timedelta(days=1), state=NoticeState.WAITING,
    )  # fmt: skip
    told, status = checked()
    assert status == 1
    assert f"clock stands still: {stands_still.pk}\n" in told
    assert f"owner has gone: {talk.pk}\n" in told
    assert f"notice that is stuck: {stuck.pk}\n" in told
    assert f"1 open duties are owed by the role “intake” at facility {clinic.here.pk}" in told
    assert "Ann" not in told and "Ben" not in told


def test_a_thread_that_was_dropped_is_found_even_before_the_database_refuses(clinic):
    now = timezone.now()
    far = given.self_referred(clinic, "Ben").duties.get()
    episode = given.self_referred(clinic)
    with transaction.atomic():  # taken back: it could not be committed
        Duty.objects.filter(pk=far.pk).update(
            next_action_at=now + timedelta(days=97), clock_set_at=now + timedelta(days=3)
        )
        episode.duties.update(closed_at=now, closed_by=clinic.nurse, outcome="canceled", next_action_at=None)
        told, status = checked()
        transaction.set_rollback(True)
    assert status == 1
    assert f"nothing is owed: {episode.pk}\n" in told
    assert f"95 days ahead: {far.pk}\n" in told
