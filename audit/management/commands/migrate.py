"""Migrate, then put in place what must hold after every migration: history's armor and reference data."""

from django.core.management import call_command
from django.core.management.commands.migrate import Command as Migrate
from django.db import connections

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
        super().handle(*args, **options)
        if options["app_label"] or options["plan"] or options["check_unapplied"]:
            return
        with connections[options["database"]].cursor() as cursor:
            cursor.execute(ARMOR)
        call_command("load_reference", verbosity=options["verbosity"])
