"""Migrate, then put in place what must hold after every migration: history's armor and reference data."""

from django.core.management import CommandError, call_command
from django.core.management.commands.migrate import Command as Migrate
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

# pgtrigger's functions run as their caller and can be switched off by a session variable. History must be
# written whatever the caller's rights and wishes, so both are taken away again after each migration.
ARMOR = """
DO $$
DECLARE f record;
BEGIN
    FOR f IN SELECT oid::regprocedure AS signature FROM pg_proc
             WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'pgtrigger\\_%'
    LOOP
        EXECUTE format('ALTER FUNCTION %s SECURITY DEFINER SET search_path = public, pg_temp', f.signature);
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f.signature);
    END LOOP;
END $$;
CREATE OR REPLACE FUNCTION _pgtrigger_should_ignore(trigger_name name) RETURNS boolean
    LANGUAGE sql IMMUTABLE AS 'SELECT FALSE';
"""


class Command(Migrate):
    """Django's migrate, then history's armor and reference data."""

    def handle(self, *args, **options):
        """Run as `owner`."""
        _refuse_halfway(connections[options["database"]])
        super().handle(*args, **options)
        if options["app_label"] or options["plan"] or options["check_unapplied"]:
            return
        with connections[options["database"]].cursor() as cursor:
            cursor.execute(ARMOR)
        call_command("load_reference", verbosity=options["verbosity"])


def _refuse_halfway(connection):
    """Migrations that were put together are either all in place or none of them is; Django would say it less well."""
    applied = MigrationRecorder(connection).applied_migrations().keys()
    for migration in MigrationLoader(None).replacements.values():
        missing = [name for _, name in migration.replaces if (migration.app_label, name) not in applied]
        if 0 < len(missing) < len(migration.replaces):
            raise CommandError(
                f"This database lacks {missing[0]} of {migration.app_label}, which has been put together with others"
                " since. Migrate it with the version before (CHANGELOG.md says which), then with this one."
            )
