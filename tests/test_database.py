"""What role `web` cannot do with raw SQL, whatever the code says."""

import pgtrigger
import psycopg
import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from audit.models import AccessEvent
from patients.models import EpisodeEvent, Patient

from . import given

HISTORIES = sorted(model._meta.db_table for model in apps.get_models() if model.__name__.endswith("History"))
APPEND_ONLY = {
    "aftercare_tiering",
    "audit_accessevent",
    "patients_episodeevent",
    "patients_searchentry",
    "duties_dutyevent",
    "messaging_attempt",
    "messaging_inboundmessage",
    "messaging_receipt",
    "aftercare_callattempt",
    "patients_documentcontent",
    "treatment_instrumentpermission",
    "treatment_analyteresult",
    "treatment_toxreading",
    "treatment_incidententry",
    "treatment_roundentry",
    "treatment_roundstrike",
    *HISTORIES,
}
WRITTEN_BY_TRIGGERS = {"patients_episodeevent", "patients_searchentry", *HISTORIES}
REMOVABLE = {
    "django_session",
    "knox_authtoken",
    "audit_requestkey",
    "accounts_user_groups",
    "accounts_user_user_permissions",
}


def run(sql, *params):
    """Run SQL as `web`; its rows."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall() if cursor.description else []


def refused(sql, *params):
    """The refusal of this SQL as role `web`: its constraint's name, or its SQLSTATE."""
    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        run(sql, *params)
        connection.check_constraints()
    cause = caught.value.__cause__
    return cause.diag.constraint_name or cause.sqlstate


DENIED = "42501"


def test_tests_run_as_web_which_is_no_superuser(db):
    row = run("SELECT current_user, session_user, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb"
              " FROM pg_roles WHERE rolname = current_user")[0]  # fmt: skip
    assert row == ("web", "web", False, False, False, False)


def test_web_cannot_become_anybody_else(db):
    assert refused("SET ROLE owner") == DENIED
    assert refused("SET SESSION AUTHORIZATION owner") == DENIED


def rights():
    """{table: rights of `web`} for every table."""
    rows = run(
        "SELECT c.relname, r FROM pg_class c,"
        " unnest(ARRAY['SELECT','INSERT','UPDATE','DELETE','TRUNCATE','TRIGGER','REFERENCES']) r"
        " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition"
        " AND has_table_privilege('web', c.oid, r)"
    )
    found = {}
    for table, right in rows:
        found.setdefault(table, set()).add(right)
    return found


def test_the_append_only_tables_are_those_web_may_not_change(db):
    fixed = {table for table, allowed in rights().items() if "UPDATE" not in allowed}
    assert fixed - {"django_migrations"} == APPEND_ONLY


def test_web_may_not_even_add_to_what_triggers_write(db):
    assert {t for t, allowed in rights().items() if "INSERT" not in allowed} == {
        *WRITTEN_BY_TRIGGERS,
        "django_migrations",
    }


def test_web_removes_sessions_tokens_and_spent_keys_and_nothing_else(db):
    assert {table for table, allowed in rights().items() if "DELETE" in allowed} == REMOVABLE


def test_web_truncates_nothing_and_makes_no_trigger(db):
    assert not [t for t, allowed in rights().items() if allowed & {"TRUNCATE", "TRIGGER", "REFERENCES"}]


def test_web_owns_nothing_and_makes_nothing(db):
    assert run("SELECT count(*) FROM pg_class WHERE pg_get_userbyid(relowner) = 'web'")[0] == (0,)
    assert refused("CREATE TABLE mine (a int)") == DENIED
    assert refused("CREATE TEMP TABLE mine (a int)") == DENIED
    assert refused("ALTER TABLE patients_patient DISABLE TRIGGER ALL") == DENIED
    assert refused("SET session_replication_role = replica") == DENIED


def test_a_person_cannot_be_lost(clinic):
    patient = given.self_referred(clinic).patient
    assert refused("DELETE FROM patients_patient WHERE id = %s", patient.pk) == DENIED
    assert refused("TRUNCATE patients_patient CASCADE") == DENIED
    assert refused("UPDATE patients_patient SET id = uuidv7() WHERE id = %s", patient.pk) == "a_key_never_changes"


def test_an_event_cannot_be_edited_removed_or_forged(clinic):
    episode = given.self_referred(clinic)
    event = episode.events.first()
    assert refused("UPDATE patients_episodeevent SET at = now() WHERE id = %s", event.pk) == DENIED
    assert refused("DELETE FROM patients_episodeevent WHERE id = %s", event.pk) == DENIED
    with pytest.raises(DatabaseError), transaction.atomic():
        EpisodeEvent.objects.create(
            patient=episode.patient,
            facility=clinic.here,
            episode=episode,
            to_stage="closed",
            at=event.at,
            by=clinic.nurse,
        )
    duty_event = episode.duties.first().events.first()
    assert refused("UPDATE duties_dutyevent SET note = 'x' WHERE id = %s", duty_event.pk) == DENIED


def test_an_audit_row_cannot_be_edited_or_removed(db):
    row = AccessEvent.objects.create(
        method="GET", path="/", status=200, request_id="00000000-0000-7000-8000-000000000000"
    )
    assert refused("UPDATE audit_accessevent SET path = '/x' WHERE id = %s", row.pk) == DENIED
    assert refused("DELETE FROM audit_accessevent WHERE id = %s", row.pk) == DENIED
    assert refused("DELETE FROM audit_accessevent_rest") == DENIED


def test_audit_rows_lie_in_their_month_and_the_rest_stays_empty(db):
    row = AccessEvent.objects.create(
        method="GET", path="/", status=200, request_id="00000000-0000-7000-8000-000000000000"
    )
    table = run("SELECT tableoid::regclass::text FROM audit_accessevent WHERE id = %s", row.pk)[0][0]
    assert table == f"audit_accessevent_{row.at:%Y_%m}"


def test_the_months_ahead_are_made_by_web_only_through_its_function(db):
    assert run("SELECT make_access_month((now() + interval '5 months')::date)")[0]
    assert refused("SELECT make_access_month('2099-01-01')")


def test_history_is_written_even_when_somebody_asks_it_not_to_be(clinic):
    patient = given.self_referred(clinic).patient
    before = patient.history.count()
    with pytest.raises(DatabaseError), transaction.atomic(), pgtrigger.ignore():  # two commands in one are refused
        Patient.objects.filter(pk=patient.pk).update(legal_name="Somebody Else")
    run("SELECT set_config('pgtrigger.ignore', '{*}', false)")
    Patient.objects.filter(pk=patient.pk).update(legal_name="Another")
    assert patient.history.count() == before + 1


def test_history_follows_bulk_writes_and_cannot_be_written_by_hand(clinic):
    patient = given.self_referred(clinic).patient
    with pytest.raises(DatabaseError), transaction.atomic():
        run(
            "INSERT INTO patients_patienthistory SELECT * FROM patients_patienthistory WHERE pgh_obj_id = %s",
            patient.pk,
        )
    assert refused("DELETE FROM patients_patienthistory WHERE pgh_obj_id = %s", patient.pk) == DENIED


def test_passwords_stay_out_of_history(db):
    columns = run("SELECT column_name FROM information_schema.columns WHERE table_name = 'accounts_userhistory'")
    assert ("username",) in columns
    assert ("password",) not in columns


def test_the_version_is_moved_by_the_database_alone(clinic):
    patient = given.self_referred(clinic).patient
    version = Patient.objects.get(pk=patient.pk).version
    Patient.objects.filter(pk=patient.pk).update(version=99)
    assert Patient.objects.get(pk=patient.pk).version == version + 1


def test_a_key_that_is_not_version_7_is_refused(db):
    sql = "INSERT INTO patients_patient (id, preferred_name, legal_name, language, zone, entered_in_error_reason)"
    sql += " VALUES (gen_random_uuid(), 'A', '', 'en', '', '')"
    assert refused(sql) == "a_key_is_a_uuid_version_7"


def test_a_database_that_has_only_some_of_what_was_put_together_is_refused(db, owner):
    row = "app = 'treatment' AND name = '0032_a_use_not_in_the_catalog'"
    assert owner.execute(f"DELETE FROM django_migrations WHERE {row}").rowcount
    try:
        with pytest.raises(CommandError, match="lacks 0032_a_use_not_in_the_catalog of treatment"):
            call_command("migrate", plan=True)
    finally:
        owner.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES"
            " ('treatment', '0032_a_use_not_in_the_catalog', now())"
        )
    call_command("migrate", plan=True, verbosity=0)  # as before


def test_owner_can_migrate_but_is_no_superuser_either(owner):
    assert owner.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone() == (False,)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        owner.execute("CREATE ROLE another SUPERUSER")


INDEXES = """
SELECT t.relname, c.relname, array_agg(a.attname::text ORDER BY k.n), i.indisunique
FROM pg_index i
JOIN pg_class c ON c.oid = i.indexrelid
JOIN pg_class t ON t.oid = i.indrelid AND t.relkind = 'r'
CROSS JOIN LATERAL unnest(i.indkey::int[]) WITH ORDINALITY AS k (key, n)
JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.key
WHERE t.relnamespace = 'public'::regnamespace AND i.indpred IS NULL AND i.indexprs IS NULL
    AND t.relname ~ '^(accounts|audit|patients|treatment|duties|messaging|aftercare)_'
GROUP BY t.relname, c.relname, i.indisunique
"""


@pytest.mark.django_db
def test_no_index_repeats_the_beginning_of_another():
    ours = [(table, name, columns, unique) for table, name, columns, unique in run(INDEXES) if "_like" not in name]
    longer = {
        f"{name} {columns}"
        for table, name, columns, unique in ours
        for other_table, other, others, _ in ours
        if not unique and table == other_table and name != other and others[: len(columns)] == columns
    }
    # A many-to-many table is Django's, and a slug is asked for by its beginning too.
    assert {one for one in longer if "_slug_" not in one and "_user_" not in one and "_staff_" not in one} == set()


@pytest.mark.django_db
def test_a_history_is_read_by_its_row_and_by_nothing_else():
    of_histories = {tuple(columns) for table, _, columns, _ in run(INDEXES) if table in HISTORIES}
    assert of_histories == {("pgh_id",), ("pgh_obj_id",)}
