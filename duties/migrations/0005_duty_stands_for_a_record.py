"""A duty says itself whether it stands for a record that must have its answer before it ends."""

from django.db import migrations, models

# Called by the triggers of the records' own tables, with the name of the key. What is closed never changes.
STANDS_FOR = """
CREATE FUNCTION duty_stands_for_a_record() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE duties_duty SET stands_for_a_record = true, version = version + 1
    WHERE id = (to_jsonb(NEW) ->> TG_ARGV[0])::uuid AND closed_at IS NULL AND NOT stands_for_a_record;
    RETURN NULL;
END $$;
CREATE FUNCTION duty_stands_for_it_still() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    NEW.stands_for_a_record := true;
    RETURN NEW;
END $$;
CREATE TRIGGER duty_stands_for_it_still BEFORE UPDATE OF stands_for_a_record ON duties_duty
    FOR EACH ROW WHEN (OLD.stands_for_a_record AND NOT NEW.stands_for_a_record)
    EXECUTE FUNCTION duty_stands_for_it_still();
"""


class Migration(migrations.Migration):
    dependencies = [("duties", "0004_rows_about_their_duty")]

    operations = [
        migrations.AddField(
            model_name="duty",
            name="stands_for_a_record",
            field=models.BooleanField(
                db_default=False,
                default=False,
                editable=False,
                help_text="ends only when that record has its answer; a trigger of the record's table says so here",
            ),
        ),
        migrations.RunSQL(
            STANDS_FOR,
            "DROP FUNCTION duty_stands_for_a_record CASCADE; DROP FUNCTION duty_stands_for_it_still CASCADE",
        ),
    ]
