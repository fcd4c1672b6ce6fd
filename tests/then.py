"""What tests look at afterwards: what is owed, what was refused, and that a refusal left nothing behind."""

import re
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from audit.problems import refusal
from patients.models import Patient

DOMAIN = ("accounts", "patients", "duties", "messaging", "treatment", "aftercare")

FRAMES = re.compile(r"(SELECT set_config.*?; )?(BEGIN|COMMIT|SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK|SET CONSTRAINTS)")


def statements(act):
    """The statements that a verb takes, without the frames of its transactions, and what is read once a process."""
    with CaptureQueriesContext(connection) as captured:
        act()
    told = [query["sql"] for query in captured if not FRAMES.match(query["sql"])]
    return [sql for sql in told if 'FROM "duties_rung"' not in sql]


def everything():
    """How many rows there are, and how often they were changed, table by table."""
    tables = [model._meta for app in DOMAIN for model in apps.get_app_config(app).get_models()]
    versions = {meta.db_table: any(field.name == "version" for field in meta.fields) for meta in tables}
    counted = " UNION ALL ".join(
        f"SELECT '{table}', count(*), {'coalesce(sum(version), 0)' if version else '0'} FROM {table}"
        for table, version in versions.items()
    )
    with connection.cursor() as cursor:
        cursor.execute(counted)
        return dict((row[0], row[1:]) for row in cursor.fetchall())


@contextmanager
def refused(code):
    """The verb inside is refused with this code, and leaves nothing behind."""
    before = everything()
    with pytest.raises((ValidationError, IntegrityError)) as caught, transaction.atomic():
        yield
    assert refusal(caught.value)[0] == code
    assert everything() == before


@contextmanager
def forbidden(constraint):
    """The database itself refuses what is written inside, by this name, with a sentence for people."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        yield
    assert caught.value.__cause__.diag.constraint_name == constraint
    assert refusal(caught.value)[1]


def code_of(error):
    """The code under which an error reaches people."""
    return refusal(error)[0]


def owed(episode):
    """The ladders on which something is owed to this person now."""
    return sorted(episode.duties.open().values_list("ladder__slug", flat=True))


def duty(episode, slug):
    """The one open duty on this ladder."""
    return episode.duties.open().get(ladder__slug=slug)


def steps(episode):
    """The stages an episode went through, in order."""
    return list(episode.events.order_by("id").values_list("to_stage", flat=True))


def sees(user, patient, *roles):
    """Does this user, in one of these roles, see the person?"""
    return Patient.objects.visible_to(user, roles or [user.username]).filter(pk=patient.pk).exists()


def fresh(row):
    """The row as the database has it."""
    return type(row).objects.get(pk=row.pk)
