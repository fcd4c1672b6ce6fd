from django.db import migrations

# As on what stands to the left: on a record that was a mistake nothing begins.
NOTHING_NEW = """
CREATE TRIGGER nothing_new_on_a_mistake BEFORE INSERT ON aftercare_safeword
    FOR EACH ROW EXECUTE FUNCTION nothing_new_on_a_mistake();
"""


class Migration(migrations.Migration):
    dependencies = [("aftercare", "0003_what_came_of_the_offer"), ("patients", "0004_records_that_nobody_is")]

    operations = [migrations.RunSQL(NOTHING_NEW, "DROP TRIGGER nothing_new_on_a_mistake ON aftercare_safeword")]
