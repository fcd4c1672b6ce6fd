"""The database that the others are copied from: migrated once, however many test beside each other.

`python -m tests.database` makes it, while those who test still read the tests.
"""

import hashlib
import os
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from config import database


def as_role(role, name):
    """Point Django's one database at this role."""
    parsed = settings.ENV.db_url_config(
        database.url_for(os.environ["DATABASE_URL"], role, name), engine="django.db.backends.postgresql"
    )
    connection.close()
    connection.settings_dict.update(
        {key: parsed.get(key, "") for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    )
    connection.settings_dict["OPTIONS"] = connection.settings_dict["OPTIONS"] | parsed.get("OPTIONS", {})


def _fingerprint():
    """Changes whenever what `migrate` leaves behind may have changed."""
    root = Path(settings.BASE_DIR)
    seen = [*root.glob("*/migrations/*.py"), *root.glob("*/data/**/*"), *root.glob("*/reference.py")]
    seen += [*root.glob("audit/**/*.py"), root / "config" / "database.py", root / "requirements.txt"]
    told = hashlib.sha256()
    for path in sorted(path for path in seen if path.is_file()):
        told.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes())
    return told.hexdigest()[:16]


def migrated(admin):
    """The name of a database that is migrated and that nobody uses: the others are copied from it."""
    name = f"test_throughline_{_fingerprint()}"
    with psycopg.connect(admin, autocommit=True) as link:
        link.execute("SELECT pg_advisory_lock(hashtext('throughline-tests'))")
        if link.execute("SELECT FROM pg_database WHERE datname = %s", [name]).rowcount == 0:
            database.create_database(admin, f"{name}_making", replace=True)
            as_role("owner", f"{name}_making")
            call_command("migrate", verbosity=0)
            connection.close()
            link.execute(f"ALTER DATABASE {name}_making RENAME TO {name}")
    return name


if __name__ == "__main__":
    import django

    django.setup()
    database.create_roles(os.environ["DATABASE_URL"])
    migrated(os.environ["DATABASE_URL"])
