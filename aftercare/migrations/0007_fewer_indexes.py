"""Every index is paid for by every write: those that nothing asks are gone, half of all there were."""

from django.db import migrations

# What a database has that was made before: tables made since have none of these. Of the histories only the row's
# key is asked; of who did something only what is a list of one's own; and of two indexes that begin alike, the longer.
FEWER = r"""
DO $$
DECLARE
    found record;
BEGIN
    FOR found IN
        WITH indexes AS (
            SELECT c.relname AS index, t.relname AS of_table, a.attname AS of_column, t.oid AS of_id, i.indexrelid AS id,
                i.indnkeyatts = 1 AND NOT i.indisunique AND c.relname ~ '_[0-9a-f]{8}$' AS of_a_key
            FROM pg_index i
            JOIN pg_class c ON c.oid = i.indexrelid
            JOIN pg_class t ON t.oid = i.indrelid AND t.relkind = 'r'
            JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = i.indkey[0]
            WHERE t.relnamespace = 'public'::regnamespace AND i.indpred IS NULL
            AND t.relname ~ '^(accounts|audit|patients|treatment|duties|messaging|aftercare)_'
            AND t.relname NOT IN ('accounts_user_groups', 'accounts_user_user_permissions', 'treatment_incident_staff')
        )
        SELECT index FROM indexes one WHERE of_a_key AND of_column ~ '_id$' AND of_column <> 'pgh_obj_id' AND (
            of_table ~ 'history$'
            OR of_column ~ '_by_id$' AND (of_table, of_column) NOT IN (
                ('treatment_incident', 'reported_by_id'), ('treatment_assaultscreen', 'screened_by_id'))
            OR (of_table, of_column) IN (
                ('accounts_membership', 'supervisor_id'), ('treatment_incidentaction', 'owner_id'),
                ('treatment_intervention', 'staff_id'), ('treatment_series', 'counselor_id'),
                ('treatment_appointment', 'counselor_id'))
            OR EXISTS (SELECT FROM indexes other
                WHERE other.of_id = one.of_id AND other.of_column = one.of_column AND NOT other.of_a_key))
    LOOP
        EXECUTE format('DROP INDEX %I', found.index);
    END LOOP;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_emergency_numbers"),
        ("aftercare", "0006_answers_entered_in_error"),
        ("duties", "0009_pages"),
        ("messaging", "0006_receipts_of_email"),
        ("patients", "0009_texts_to_people"),
        ("treatment", "0028_a_rating_asks_once"),
    ]

    operations = [migrations.RunSQL(FEWER, migrations.RunSQL.noop)]
