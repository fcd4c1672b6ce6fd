"""What is written once asks the same as what is written anew."""

import time
from datetime import UTC, datetime, timedelta
from threading import Thread
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Facility, Membership, Role, User
from audit.models import uuid7
from audit.planned import Planned, PlannedAs, Written, moment
from patients.models import Access, Patient
from tests import given

pytestmark = pytest.mark.django_db


def test_rows_are_those_of_the_queryset_each_time_with_its_own_values(clinic):
    nurse, counselor = clinic.nurse, clinic.counselor
    posts = Planned(lambda user: Membership.objects.filter(user=user).select_related("facility"), UUID)
    for user in (nurse, counselor, nurse):
        with CaptureQueriesContext(connection) as asked:
            (post,) = posts(user.pk)
            assert (post.user_id, post.facility.name) == (user.pk, Facility.objects.get(pk=post.facility_id).name)
        assert len(asked) == 2  # the planned one, and the assertion's own
    assert posts(uuid7()) == []
    assert posts.first(uuid7()) is None


def test_any_of_takes_lists_of_any_length(clinic):
    users = [clinic.nurse, clinic.counselor, clinic.intake]
    posts = Planned(lambda keys: Membership.objects.filter(user__any_of=keys).order_by("user"), list)
    for many in range(4):
        keys = [user.pk for user in users[:many]]
        assert [post.user_id for post in posts(keys)] == sorted(keys)


def test_what_is_not_asked_about_as_it_is_given_is_refused_when_it_is_written():
    shouted = Planned(lambda name: Patient.objects.filter(preferred_name__contains=name), str)
    with pytest.raises(ValueError, match="as it is given"):
        shouted("Ana")


def test_the_present_moment_is_read_anew_and_one_that_would_stand_still_is_refused(clinic):
    post = Membership.objects.filter(user=clinic.nurse)
    begun = Planned(lambda user: Membership.objects.filter(user=user, began_at__lte=moment()), UUID)
    post.update(began_at=timezone.now() + timedelta(seconds=0.3))
    assert begun(clinic.nurse.pk) == []
    time.sleep(0.3)
    assert begun(clinic.nurse.pk) == [post.get()]
    stuck = Planned(lambda user: Membership.objects.filter(user=user, began_at__lte=timezone.now()), UUID)
    with pytest.raises(ValueError, match="as it is given"):
        stuck(clinic.nurse.pk)


def test_what_is_planned_for_a_user_follows_the_posts_they_hold(clinic):
    handed_over = given.a_handover(clinic)
    seen = PlannedAs(lambda user: Patient.objects.visible_to(user, [Role.NURSE]))
    nurse = User.objects.get(pk=clinic.nurse.pk)
    assert (seen(nurse), seen(clinic.nurse_elsewhere)) == ([handed_over.patient], [])
    Membership.objects.filter(user=nurse).update(role=Role.INTAKE)
    assert seen(User.objects.get(pk=nurse.pk)) == []
    Access.objects.filter(patient=handed_over.patient).update(until_at=timezone.now())
    Membership.objects.filter(user=nurse).update(role=Role.NURSE)
    assert seen(User.objects.get(pk=nurse.pk)) == []


def test_a_row_that_is_not_there_cannot_be_locked():
    with transaction.atomic(), pytest.raises(Patient.DoesNotExist):
        Patient.objects.lock(uuid7())


def test_a_lock_keeps_its_conditions_and_what_is_read_along(clinic):
    person = given.a_handover(clinic).patient
    with transaction.atomic():
        assert Patient.objects.lock(str(person.pk)) == person
        with pytest.raises(Patient.DoesNotExist):
            Patient.objects.exclude(pk=person.pk).lock(person.pk)
        with CaptureQueriesContext(connection) as asked:
            Patient.objects.select_related("merged_into").lock(person.pk)
    assert "FOR NO KEY UPDATE" in asked.captured_queries[0]["sql"]
    assert "LEFT OUTER JOIN" in asked.captured_queries[0]["sql"]


def test_an_expression_written_once_follows_its_values(clinic):
    now = datetime.now(UTC)
    told = Written(lambda at: Membership.objects.annotate(past=_before(at)), "past", datetime)
    assert {row.past for row in Membership.objects.annotate(past=told(now + timedelta(days=1)))} == {True}
    assert {row.past for row in Membership.objects.annotate(past=told(now - timedelta(days=9999)))} == {False}


def _before(at):
    from django.db.models import BooleanField, ExpressionWrapper, Q

    return ExpressionWrapper(Q(began_at__lt=at), output_field=BooleanField())


def test_each_thread_asks_on_its_own_connection(committed_clinic):
    user = committed_clinic.nurse
    posts, found = Planned(lambda key: Membership.objects.filter(user=key), UUID), []
    posts(user.pk)

    def ask():
        found.extend(posts(user.pk))
        connection.close()

    threads = [Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [post.user_id for post in found] == [user.pk] * 3
