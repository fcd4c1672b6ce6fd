"""What asks whether a duty may end looks only at changes that end one: the clock moves thousands a second."""

from django.db import migrations

NARROW = """
DO $$
DECLARE found record;
BEGIN
    FOR found IN SELECT tgname, pg_get_triggerdef(oid) AS said FROM pg_trigger
        WHERE tgrelid = 'duties_duty'::regclass AND NOT tgisinternal AND tgname LIKE 'b\\_%'
    LOOP
        EXECUTE format('DROP TRIGGER %I ON duties_duty', found.tgname);
        EXECUTE replace(found.said, 'AFTER UPDATE ON', 'AFTER UPDATE OF closed_at, outcome ON');
    END LOOP;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("treatment", "0022_medication_errors_and_first_levels"), ("duties", "0007_fewer_indexes")]

    operations = [migrations.RunSQL(NARROW, migrations.RunSQL.noop)]
