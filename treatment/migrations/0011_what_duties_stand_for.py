"""Only a duty that stands for a record is asked, when it ends, whether that record has its answer."""

from django.db import migrations

# The records that duties stand for, and by which keys: what duty_is_answered_for asks.
RECORDS = [
    ("assessment", "duty_id"),
    ("bladderentry", "duty_id"),
    ("bodycheck", "duty_id"),
    ("emergencywarning", "duty_id"),
    ("incident", "page_duty_id"),
    ("incident", "review_duty_id"),
    ("incidentaction", "duty_id"),
    ("incidentreport", "duty_id"),
    ("intake", "notice_duty_id"),
    ("investigation", "duty_id"),
    ("investigation", "read_duty_id"),
    ("levelofcareassessment", "cosign_duty_id"),
    ("levelofcareassessment", "sign_duty_id"),
    ("medicationcount", "duty_id"),
    ("medicationorder", "acknowledge_duty_id"),
    ("randomtest", "duty_id"),
    ("roundbatch", "duty_id"),
    ("roundorder", "duty_id"),
    ("roundorder", "review_duty_id"),
    ("scheduledassessment", "duty_id"),
    ("suicidescreen", "duty_id"),
    ("toxtest", "contact_duty_id"),
    ("toxtest", "read_duty_id"),
    ("toxtest", "results_duty_id"),
    ("urologyreferral", "duty_id"),
]
MARK = "".join(
    f"""
CREATE TRIGGER b_{key}_stands_for_it AFTER INSERT ON treatment_{table}
    FOR EACH ROW WHEN (NEW.{key} IS NOT NULL) EXECUTE FUNCTION duty_stands_for_a_record('{key}');
CREATE TRIGGER b_{key}_stands_for_it_now AFTER UPDATE OF {key} ON treatment_{table}
    FOR EACH ROW WHEN (NEW.{key} IS DISTINCT FROM OLD.{key} AND NEW.{key} IS NOT NULL)
    EXECUTE FUNCTION duty_stands_for_a_record('{key}');
UPDATE duties_duty SET stands_for_a_record = true, version = version + 1
WHERE closed_at IS NULL AND NOT stands_for_a_record AND id IN (SELECT {key} FROM treatment_{table});
"""
    for table, key in RECORDS
)
# To ask 25 tables took 45 us for each duty that ends, and most stand for none of them.
ASK_THESE_ALONE = """
DROP TRIGGER b_is_answered ON duties_duty;
CREATE TRIGGER b_is_answered AFTER UPDATE OF closed_at, outcome ON duties_duty
    FOR EACH ROW WHEN (OLD.closed_at IS NULL AND NEW.closed_at IS NOT NULL AND NEW.stands_for_a_record)
    EXECUTE FUNCTION duty_is_answered_for();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("duties", "0005_duty_stands_for_a_record"),
        ("treatment", "0010_beds_are_there_from_a_moment"),
    ]

    operations = [
        migrations.RunSQL(ASK_THESE_ALONE, migrations.RunSQL.noop),
        migrations.RunSQL(MARK, migrations.RunSQL.noop),
    ]
