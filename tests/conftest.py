"""Real PostgreSQL, real migrations, and the role `web`: what production has, so that grants are tested too."""

import hashlib
import os
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import IntegrityError, connection
from django.db.transaction import Atomic
from django.test import TransactionTestCase
from rest_framework.test import APIClient

from config import database

from . import given


def _as_role(role, name):
    """Point Django's one database at this role."""
    parsed = settings.ENV.db_url_config(
        database.url_for(os.environ["DATABASE_URL"], role, name), engine="django.db.backends.postgresql"
    )
    connection.close()
    connection.settings_dict.update(
        {key: parsed.get(key, "") for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    )
    connection.settings_dict["OPTIONS"] = connection.settings_dict["OPTIONS"] | parsed.get("OPTIONS", {})


@pytest.fixture(scope="session")
def database_name(worker_id):
    """Each xdist worker has its own database."""
    return f"test_throughline_{worker_id}"


def _fingerprint():
    """Changes whenever what `migrate` leaves behind may have changed."""
    root = Path(settings.BASE_DIR)
    seen = [*root.glob("*/migrations/*.py"), *root.glob("*/data/**/*"), *root.glob("*/reference.py")]
    seen += [*root.glob("audit/**/*.py"), root / "config" / "database.py", root / "requirements.txt"]
    told = hashlib.sha256()
    for path in sorted(path for path in seen if path.is_file()):
        told.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes())
    return told.hexdigest()[:16]


def _migrated(admin):
    """The name of a database that is migrated and that nobody uses: the others are copied from it."""
    name = f"test_throughline_{_fingerprint()}"
    with psycopg.connect(admin, autocommit=True) as link:
        link.execute("SELECT pg_advisory_lock(hashtext('throughline-tests'))")
        if link.execute("SELECT FROM pg_database WHERE datname = %s", [name]).rowcount == 0:
            database.create_database(admin, f"{name}_making", replace=True)
            _as_role("owner", f"{name}_making")
            call_command("migrate", verbosity=0)
            connection.close()
            link.execute(f"ALTER DATABASE {name}_making RENAME TO {name}")
    return name


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker, database_name):
    """Make the roles and a database, migrated as `owner`, then become `web`."""
    admin = os.environ["DATABASE_URL"]
    database.create_roles(admin)
    with django_db_blocker.unblock():
        database.create_database(admin, database_name, replace=True, copy_of=_migrated(admin))
        _as_role("web", database_name)
    yield
    with django_db_blocker.unblock():
        connection.close()


@pytest.fixture
def owner(django_db_setup, database_name):
    """A connection of its own as `owner`, in autocommit: for what `web` may not do."""
    url = database.url_for(os.environ["DATABASE_URL"], "owner", database_name)
    with psycopg.connect(url, autocommit=True) as link:
        yield link


KEPT = ("django_migrations", "django_content_type", "auth_permission")


def _flush(self):
    """Empty every table that has rows, as `owner`, and load the reference data again."""
    connection.close()
    url = database.url_for(os.environ["DATABASE_URL"], "owner", connection.settings_dict["NAME"])
    with psycopg.connect(url, autocommit=True) as link:
        tables = [
            row[0]
            for row in link.execute(
                "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
                " AND relkind IN ('r', 'p') AND NOT relispartition AND relname <> ALL(%s)",
                [list(KEPT)],
            )
        ]
        union = " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT FROM {table})" for table in tables)
        full = [row[0] for row in link.execute(union)]
        if full:
            link.execute(f"TRUNCATE {', '.join(full)} CASCADE")
    call_command("load_reference", verbosity=0)


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
