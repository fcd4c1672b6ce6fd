"""Migration operations: the triggers and grants that hold whatever the code does."""

from django.db.migrations import CreateModel, RunSQL
from django.db.migrations.operations.base import Operation

# Only what is not as it should be is worth a call.
KEEP = """
CREATE TRIGGER keep_record BEFORE UPDATE ON {table}
    FOR EACH ROW WHEN (NEW.id IS DISTINCT FROM OLD.id OR NEW.version IS DISTINCT FROM OLD.version + 1)
    EXECUTE FUNCTION keep_record();
CREATE TRIGGER keep_new_record BEFORE INSERT ON {table}
    FOR EACH ROW WHEN (uuid_extract_version(NEW.id) IS DISTINCT FROM 7 OR NEW.version IS DISTINCT FROM 1)
    EXECUTE FUNCTION keep_record();
"""
KEEP_NO_LONGER = "DROP TRIGGER keep_record ON {table}; DROP TRIGGER keep_new_record ON {table};"


def kept(*tables):
    """Key fixed and of version 7, version moved by the database alone, on these tables."""
    return RunSQL(
        "".join(KEEP.format(table=table) for table in tables),
        "".join(KEEP_NO_LONGER.format(table=table) for table in tables),
    )


def append_only(*tables, by_trigger=False):
    """`web` may add rows to these tables and read them, never change or remove one.

    by_trigger: rows are written by triggers alone, so `web` may not even add one.
    """
    rights = "INSERT, UPDATE, DELETE, TRUNCATE" if by_trigger else "UPDATE, DELETE, TRUNCATE"
    return RunSQL([f"REVOKE {rights} ON {table} FROM web" for table in tables], RunSQL.noop)


def removable(*tables):
    """`web` may remove rows of these tables: sessions, tokens, spent keys. Nothing clinical."""
    return RunSQL(
        [f"GRANT DELETE ON {table} TO web" for table in tables],
        [f"REVOKE DELETE ON {table} FROM web" for table in tables],
    )


def frozen(table, *, when, name, message, except_columns=()):
    """Once `when` (SQL over OLD) holds, only `except_columns` of a row may still change."""
    kept_columns = ", ".join(f"'{column}'" for column in (*except_columns, "version"))
    function = f"{table}_{name}"[:63]
    return RunSQL(
        f"""
        CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
        BEGIN
            IF (to_jsonb(OLD) - ARRAY[{kept_columns}]) IS DISTINCT FROM (to_jsonb(NEW) - ARRAY[{kept_columns}]) THEN
                RAISE EXCEPTION '{message}' USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';
            END IF;
            RETURN NEW;
        END $$;
        CREATE TRIGGER a_{name} BEFORE UPDATE ON {table}
            FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION {function}();
        """,
        f"DROP FUNCTION {function}() CASCADE",
    )


class CreateTracked(CreateModel):
    """CreateModel that also installs the triggers its options name: one operation a table, so migrating is quick."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        """Make the table, then its triggers."""
        super().database_forwards(app_label, schema_editor, from_state, to_state)
        for trigger in self.options.get("triggers", []):
            schema_editor.execute(trigger.install_sql, params=None)


class Together(Operation):
    """Several operations between the same two pictures of the models: drawing one takes longer than most changes.

    A table is created with all it has in the end: nothing further down may add to it.
    """

    def __init__(self, operations):
        self.operations = operations

    def state_forwards(self, app_label, state):
        """Each in turn; the picture is drawn again when it is asked for, not after each."""
        vars(state).pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        """Each in turn, between the same two pictures of the models."""
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        """The last first."""
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self):
        """In words."""
        return "; ".join(operation.describe() for operation in self.operations)
