"""Real PostgreSQL, real migrations, and the role `web`: what production has, so that grants are tested too."""

import os
import subprocess
import sys
from contextlib import contextmanager
from types import SimpleNamespace

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction
from django.db.transaction import Atomic
from django.test import TransactionTestCase, override_settings
from rest_framework.test import APIClient

from config import database
from config.garbage import keep_what_is_loaded

from . import given
from .database import as_role, migrated


@pytest.fixture(scope="session")
def database_name(worker_id):
    """Each xdist worker has its own database."""
    return f"test_throughline_{worker_id}"


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker, database_name):
    """Make the roles and a database, migrated as `owner`, then become `web`."""
    admin = os.environ["DATABASE_URL"]
    database.create_roles(admin)
    with django_db_blocker.unblock():
        database.create_database(admin, database_name, replace=True, copy_of=migrated(admin))
        as_role("web", database_name)
    yield
    with django_db_blocker.unblock():
        connection.close()


@pytest.fixture
def owner(django_db_setup, database_name):
    """A connection of its own as `owner`, in autocommit: for what `web` may not do."""
    url = database.url_for(os.environ["DATABASE_URL"], "owner", database_name)
    with psycopg.connect(url, autocommit=True) as link:
        yield link


@pytest.fixture(scope="session")
def kept(django_db_setup, django_db_blocker):
    """What is made inside stays for several tests, each of which takes back only its own."""

    @contextmanager
    def kept():
        with django_db_blocker.unblock(), transaction.atomic():
            connection.atomic_blocks[-1]._from_testcase = True
            yield
            transaction.set_rollback(True)

    return kept


@pytest.fixture(scope="session")
def unbuilt_static_files():
    """Static files are found where they are written; none were collected."""
    with override_settings(WHITENOISE_AUTOREFRESH=True):
        yield


@pytest.fixture(scope="session")
def served(unbuilt_static_files, live_server):
    """The application, as a browser or a proxy reaches it."""
    return live_server


def _flush(self):
    """Put every table back to what migrating left in it."""
    connection.close()
    with psycopg.connect(os.environ["DATABASE_URL"], dbname=connection.settings_dict["NAME"]) as link:
        link.execute("SELECT at_first.again()")


TransactionTestCase._fixture_teardown = _flush

_exit = Atomic.__exit__


def _check_then_exit(self, exc_type, exc_value, traceback):
    """Inside a test that never commits, check deferred constraints where production would commit.

    Otherwise a broken promise would answer 201 and fail only when the test is torn down.
    """
    blocks = getattr(connection, "atomic_blocks", [])
    ours = [block for block in blocks if not block._from_testcase]
    in_test = any(block._from_testcase for block in blocks)
    if exc_type is None and in_test and len(ours) == 1 and not connection.needs_rollback:
        try:
            connection.check_constraints()
        except IntegrityError as error:
            _exit(self, type(error), error, error.__traceback__)
            raise
    return _exit(self, exc_type, exc_value, traceback)


Atomic.__exit__ = _check_then_exit


@pytest.fixture(autouse=True)
def quick_and_local(settings, worker_id):
    """Quick password hashes, messages kept in memory, a broker prefix per worker, no quiet hours at the places."""
    settings.KEEP_QUIET_HOURS = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.BROKER_PREFIX = f"test-{worker_id}:"
    settings.WHITENOISE_AUTOREFRESH = True  # nothing was collected
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


@pytest.fixture
def quiet_hours(settings):
    """The quiet hours of the places are kept, as everywhere but in a practice system."""
    settings.KEEP_QUIET_HOURS = True


@pytest.fixture
def clinic(db):
    """A facility with programs, beds and one member of staff in every role; another facility beside it."""
    return given.a_clinic()


@pytest.fixture
def committed_clinic(transactional_db):
    """The same, in a database where things commit: for races and for what happens at COMMIT."""
    return given.a_clinic()


class Caller(APIClient):
    """Its user knows nothing from the request before: elsewhere each request reads its user anew."""

    def request(self, **kwargs):
        vars(self.handler._force_user or self).pop("posts", None)
        return super().request(**kwargs)


@pytest.fixture
def api():
    """Clients by user: `api(user).post(…)`."""

    def client(user=None):
        made = Caller()
        if user is not None:
            made.force_authenticate(user)
        return made

    return client


@pytest.fixture
def run_both():
    """Run two callables at once, each on its own connection; returns their results or exceptions."""
    from threading import Barrier, Thread

    def run(*callables):
        barrier = Barrier(len(callables))
        results = [SimpleNamespace(value=None, error=None) for _ in callables]

        def work(index, function):
            try:
                barrier.wait(10)
                results[index].value = function()
            except Exception as error:
                results[index].error = error
            finally:
                connection.close()

        threads = [Thread(target=work, args=pair) for pair in enumerate(callables)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        return results

    return run


def pytest_collection_modifyitems(items):
    """What needs no database first, while it is being made; then the longest, so that nobody waits at the end."""
    first = ["tests/local/", "tests/test_roles.py", "tests/aftercare/test_engine_machine.py"]
    items.sort(
        key=lambda item: next((n for n, begins in enumerate(first) if item.nodeid.startswith(begins)), len(first))
    )


def pytest_sessionstart(session):
    """Migrate while the workers still read the tests; whoever needs the database first waits for it."""
    if getattr(session.config.option, "numprocesses", None):
        session.config.migrating = subprocess.Popen([sys.executable, "-m", "tests.database"])


def pytest_sessionfinish(session):
    """It has ended long ago."""
    if hasattr(session.config, "migrating"):
        session.config.migrating.wait()


def pytest_collection_finish():
    """The tests are loaded."""
    keep_what_is_loaded()
