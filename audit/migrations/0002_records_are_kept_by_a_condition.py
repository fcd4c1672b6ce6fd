from django.db import migrations

from audit.operations import KEEP


def renew(apps, schema_editor):
    """A table that was made before has one trigger for both; one that is made from now on has two (`kept`)."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT event_object_table FROM information_schema.triggers"
            " WHERE trigger_name = 'keep_record' AND event_manipulation = 'INSERT'"
        )
        for (table,) in cursor.fetchall():
            schema_editor.execute(f"DROP TRIGGER keep_record ON {table}; {KEEP.format(table=table)}")


class Migration(migrations.Migration):
    """A call for each row was a twentieth of what the clock costs."""

    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(renew, migrations.RunPython.noop)]
