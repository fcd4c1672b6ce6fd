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


# Where a test has committed, its rows are taken out again with triggers and foreign keys asleep: TRUNCATE would
# empty nearly every table there is, since nearly all lead to one another.
AT_FIRST = """
CREATE SCHEMA at_first;
CREATE FUNCTION at_first.again() RETURNS void LANGUAGE plpgsql SET session_replication_role = replica AS $$
DECLARE name text; columns text; found boolean;
BEGIN
    FOR name IN SELECT relname FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM public.%I)', name) INTO found;
        CONTINUE WHEN NOT found;
        EXECUTE format('DELETE FROM public.%I', name);
    END LOOP;
    FOR name, columns IN SELECT relname, string_agg(quote_ident(attname), ', ')
        FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0
        WHERE relnamespace = 'at_first'::regnamespace AND relkind = 'r' GROUP BY relname
    LOOP
        EXECUTE format('INSERT INTO public.%1$I (%2$s) OVERRIDING SYSTEM VALUE SELECT %2$s FROM at_first.%1$I',
            name, columns);
    END LOOP;
END $$;
DO $$
DECLARE name text; columns text; found boolean;
BEGIN
    FOR name, columns IN SELECT relname, string_agg(quote_ident(attname), ', ')
        FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND attgenerated = ''
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
            AND NOT attisdropped
        GROUP BY relname
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM public.%I)', name) INTO found;
        CONTINUE WHEN NOT found;
        EXECUTE format('CREATE TABLE at_first.%1$I AS SELECT %2$s FROM public.%1$I', name, columns);
    END LOOP;
END $$;
"""


def _fingerprint():
    """Changes whenever what `migrate` leaves behind may have changed."""
    root = Path(settings.BASE_DIR)
    seen = [*root.glob("*/migrations/*.py"), *root.glob("*/data/**/*"), *root.glob("*/reference.py")]
    seen += [*root.glob("audit/**/*.py"), root / "config" / "database.py", root / "requirements.txt", Path(__file__)]
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
            with psycopg.connect(admin, dbname=f"{name}_making") as inside:
                inside.execute(AT_FIRST)
            link.execute(f"ALTER DATABASE {name}_making RENAME TO {name}")
    return name


if __name__ == "__main__":
    import django

    django.setup()
    database.create_roles(os.environ["DATABASE_URL"])
    migrated(os.environ["DATABASE_URL"])
