"""What holds about the code base itself."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, models

from audit.models import Record
from patients.models import Episode, Stage

ROOT = Path(settings.BASE_DIR)
ORDER = ["audit", "accounts", "patients", "duties", "messaging", "treatment", "aftercare", "config"]
OURS = ORDER[:-1]
NAMES = {"models", "actions", "tasks", "serializers", "views", "admin", "pages"}
# Beside the usual names: reference data, migration operations, and what one app alone has.
ALSO = {
    "audit": {"middleware", "problems", "idempotency", "operations", "planned"},
    "accounts": {"reference"},
    "patients": {"codes", "reference"},
    "duties": {"reference", "climbing"},
    "messaging": {"channels", "apps", "texts", "checks", "reference"},
    "treatment": {"reference", "medication_safety"},
    "aftercare": {"reference", "questions", "scripts", "tiers"},
}


def our_models():
    """Every model of ours that is no history table."""
    for app in OURS:
        for model in apps.get_app_config(app).get_models():
            if not model.__name__.endswith("History"):
                yield model


def imports_of(path):
    """The top-level packages a file imports, wherever in the file it does."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module.split(".")[0]


@pytest.mark.parametrize("app", OURS)
def test_imports_point_left(app):
    right = set(ORDER[ORDER.index(app) + 1 :])
    found = {
        (str(path.relative_to(ROOT)), name)
        for path in (ROOT / app).rglob("*.py")
        # A command may be a whole story across the house, and stands in the last app.
        if not (app == "aftercare" and "commands" in path.parts)
        for name in imports_of(path)
        if name in right
    }
    assert not found


@pytest.mark.parametrize("app", OURS)
def test_files_have_the_usual_names(app):
    here = {
        path.stem
        for path in (ROOT / app).iterdir()
        if path.name not in {"__init__.py", "__pycache__", "migrations", "management", "data", "templates", "static"}
    }
    assert here - NAMES - ALSO[app] == set()


def test_no_file_grows_past_a_room():
    long = {
        str(path.relative_to(ROOT)): lines
        for app in ORDER
        for path in (ROOT / app).rglob("*.py")
        if "migrations" not in path.parts and (lines := len(path.read_text().splitlines())) > 520
    }
    assert not long


def test_every_migration_is_named():
    unnamed = [
        path.name
        for app in OURS
        for path in (ROOT / app / "migrations").glob("0*.py")
        if re.search(r"_auto_|_and_more|alter_.*_.*_.*_", path.name)
    ]
    assert not unnamed


def test_no_migration_is_missing(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_model_about_a_person_says_who_may_see_it():
    blind = [
        model.__name__
        for model in our_models()
        if any(field.name == "patient" for field in model._meta.fields)
        and model.__name__ != "Access"
        and not hasattr(model.objects.all(), "visible_to")
    ]
    assert not blind


def test_every_record_is_kept_by_the_database(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, array_agg(tgname::text ORDER BY tgname) FROM pg_trigger"
            " WHERE tgname LIKE 'keep_%' GROUP BY tgrelid"
        )
        kept = dict(cursor.fetchall())
    records = {model._meta.db_table for model in our_models() if issubclass(model, Record)}
    assert kept == {table: ["keep_new_record", "keep_record"] for table in records}


def test_what_guards_the_end_of_a_duty_sleeps_while_the_clock_moves(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = 'duties_duty'::regclass AND NOT tgisinternal"
            " AND pg_get_triggerdef(oid) LIKE '%AFTER UPDATE ON%'"
        )
        assert not cursor.fetchall()


def test_every_record_that_is_asked_about_when_a_duty_ends_marks_its_duty(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'duty_is_answered_for'")
        asked = set(re.findall(r"FROM (\w+)\s+WHERE (\w+) = NEW.id", cursor.fetchone()[0]))
        cursor.execute(
            "SELECT tgrelid::regclass::text, convert_from(trim('\\x00'::bytea FROM tgargs), 'utf8'),"
            " array_agg(pg_get_triggerdef(oid) LIKE '%AFTER INSERT%') FROM pg_trigger"
            " WHERE tgfoid = 'duty_stands_for_a_record'::regproc GROUP BY 1, 2"
        )
        marks = {(table, key): sorted(when) for table, key, when in cursor}
    assert len(asked) > 20
    assert marks == {key: [False, True] for key in asked}  # when it is written, and when its key changes


def test_every_clinical_table_has_its_history():
    histories = {model.__name__ for model in apps.get_models() if model.__name__.endswith("History")}
    clinical = {model.__name__ for model in our_models() if hasattr(model, "entered_in_error_at")}
    assert {f"{name}History" for name in clinical} <= histories


def test_there_is_one_abstract_model():
    abstract = {
        base.__name__
        for model in our_models()
        for base in model.__mro__
        if isinstance(base, models.base.ModelBase)
        and base.__module__.split(".")[0] in OURS
        and getattr(base, "_meta", None)
        and base._meta.abstract
    }
    assert abstract == {"Record"}


def constrained_pairs(model):
    """Pairs of columns that some constraint of the model ties together."""
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.CheckConstraint):
            text = str(constraint.condition)
            yield {field.name for field in model._meta.fields if re.search(rf"'{field.name}(__isnull)?'", text)}


def test_every_at_with_a_by_has_its_constraint():
    loose = []
    for model in our_models():
        fields = {field.name: field for field in model._meta.fields}
        for name, field in fields.items():
            partner = fields.get(f"{name[:-3]}_by") if name.endswith("_at") else None
            if partner is None or not (field.null or partner.null):
                continue
            if not any({name, partner.name} <= pair for pair in constrained_pairs(model)):
                loose.append(f"{model.__name__}.{name}")
    assert not loose


def said_of(part, empty):
    """The columns of which a part of a condition says just this: that they are empty, or that they are not."""
    if isinstance(part, models.Q) and len(part.children) == 1 and not part.negated:
        part = part.children[0]
    if isinstance(part, tuple):
        path, value = part
        if path.endswith("__isnull") and value is empty:
            yield path.removesuffix("__isnull")
        elif value is None and empty:
            yield path


def compared_with_nothing(condition, may_be_empty):
    """The columns a condition compares where they may be empty: neither true nor false, and so let pass."""
    if isinstance(condition, tuple):
        path, value = condition
        if value is not None and not path.endswith("__isnull"):
            compared = {path.split("__")[0], value.name if isinstance(value, models.F) else ""}
            yield from compared & may_be_empty
    elif not condition.negated:  # of what is denied, Django itself says that it is there
        empty = condition.connector == models.Q.OR  # "empty, or …" and "not empty, and …"
        may_be_empty = may_be_empty - {name for part in condition.children for name in said_of(part, empty)}
        for part in condition.children:
            yield from compared_with_nothing(part, may_be_empty)


# What another constraint of the same model says is there.
SAID_ELSEWHERE = {
    "remission_takes_its_time": "remission_has_its_kind_and_days",
    "a_leave_ends_after_it_begins": "a_leave_says_until_when_and_who_agreed",
    "a_discrepancy_is_owed_or_settled": "a_confirmed_count_has_who",
}


def test_no_constraint_lets_pass_what_is_empty_because_it_compares_it():
    loose = {
        constraint.name
        for model in our_models()
        for constraint in model._meta.constraints
        if isinstance(constraint, models.CheckConstraint)
        and set(
            compared_with_nothing(constraint.condition, {field.name for field in model._meta.fields if field.null})
        )
    }
    assert loose == set(SAID_ELSEWHERE)


def test_every_constraint_speaks_to_people():
    mute = []
    for model in our_models():
        for constraint in model._meta.constraints:
            default = constraint.default_violation_error_message
            if constraint.violation_error_code is None or constraint.violation_error_message == default:
                mute.append(constraint.name)
    # A duplicate request key is answered by the first answer, never by a sentence.
    assert set(mute) <= {"one_answer_per_request_key"}


def test_constraint_names_are_unique_in_the_house():
    names = [constraint.name for model in our_models() for constraint in model._meta.constraints]
    assert len(names) == len(set(names))


def test_the_database_allows_exactly_the_steps_that_next_allows(clinic, owner):
    # NOT VALID copies of the rules would drift; so ask the trigger about every pair of stages.
    source = owner.execute("SELECT prosrc FROM pg_proc WHERE proname = 'episode_steps'").fetchone()[0]
    allowed = set(re.findall(r"\('(\w+)', '(\w+)'\)", source))
    table = {(here.value, there.value) for here, nexts in Episode.NEXT.items() for there in nexts}
    assert allowed == table
    assert set(Episode.NEXT) == set(Stage)


def settings_read():
    """Names of environment variables that settings read."""
    text = (ROOT / "config" / "settings.py").read_text()
    return set(re.findall(r"""env\.\w+\(\s*"([A-Z_]+)\"""", text))


def test_every_environment_variable_is_documented():
    documented = set(re.findall(r"^#? ?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert settings_read() <= documented
    assert documented <= settings_read() | {"DATABASE_OWNER_PASSWORD", "DATABASE_WEB_PASSWORD"}


def test_a_list_joins_only_what_it_names():
    # select_related() without a name follows every key there is: sixteen tables for one page of check-ins.
    from config import api  # noqa: F401  every noun's view is imported with its route
    from patients.views import READS

    greedy = [
        model.__name__
        for model, reads in READS.items()
        if reads.whole(model._default_manager.all()).query.select_related is True
    ]
    assert not greedy
