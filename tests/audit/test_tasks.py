"""What keeps the record of access going."""

from django.db import connection

from audit import tasks
from audit.models import RequestKey
from tests import given


def partitions():
    """Tables the access log is kept in."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'audit_accessevent'::regclass"
        )
        return {name for (name,) in cursor.fetchall()}


def test_three_months_are_there_and_made_once(db):
    made = tasks.make_months()
    assert len(set(made)) == 3
    assert set(made) < partitions()
    before = partitions()
    assert tasks.make_months() == made
    assert partitions() == before


def test_a_month_that_is_missing_is_made(transactional_db, owner):
    third = tasks.make_months()[2]
    owner.execute(f"DROP TABLE {third}")
    assert third not in partitions()
    assert tasks.make_months()[2] == third
    assert third in partitions()


def test_spent_keys_are_forgotten_after_two_days(db, clinic):
    for key, hours in (("old", 49), ("new", 47)):
        RequestKey.objects.create(user=clinic.nurse.pk, key=key, fingerprint="", at=given.ago(hours=hours))
    assert tasks.forget_request_keys() == 1
    assert tasks.forget_request_keys() == 0
    assert RequestKey.objects.get().key == "new"
