"""What a noun's rows tell the timeline of their person."""

from datetime import datetime
from functools import cache
from string import Formatter

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Cast, Collate, JSONObject
from django.utils import timezone
from psycopg import ClientCursor

COLUMNS = ("tl_at", "tl_branch", "tl_key", "tl_by", "tl_wrong", "tl_facts")


class Told:
    """What a noun's rows tell the timeline: under which kind, when, by whom, in which words.

    `words` are parts joined by commas; each names columns in braces, and a part is left out when one of them is
    empty or false. `where` narrows to the rows that tell. `follows_person`: whoever sees the person sees those rows,
    though the noun has a rule of its own for others.
    """

    def __init__(self, kind, *words, at, by=None, where=None, follows_person=False):
        self.kind, self.words, self.at, self.by, self.where = kind, words, at, by, where or Q()
        self.follows_person = follows_person
        self._made = {}
        self.paths = sorted({path for part in words for _, path, _, _ in Formatter().parse(part) if path})

    def select(self, model, branch):
        """The rows of everybody as columns of the timeline: SQL with its values written into it, made once."""
        if branch not in self._made:
            rows = self._rows(model, branch).query.sql_with_params()
            connection.ensure_connection()
            self._made[branch] = ClientCursor(connection.connection).mogrify(*rows)
        return self._made[branch]

    def has_index(self, model):
        """Does an index hand out these rows of a person in order of time?"""
        begin = ([name.lstrip("-") for name in index.fields[:2]] for index in model._meta.indexes)
        return ["patient", self.at] in begin

    def _rows(self, model, branch):
        wrong = any(field.name == "entered_in_error_at" for field in model._meta.fields)
        marked = Case(When(entered_in_error_at__isnull=False, then=Value(True)), default=Value(False))
        rows = model._default_manager.filter(self.where, **{f"{self.at}__isnull": False}).annotate(
            tl_at=F(self.at),
            tl_branch=Value(branch),
            tl_key=Collate(Cast("pk", models.TextField()), "C"),
            tl_by=F(f"{self.by}_id") if self.by else Cast(Value(None), models.UUIDField()),
            tl_wrong=marked if wrong else Value(False),
            tl_facts=JSONObject(**{path: F(path) for path in self.paths}),
            tl_patient=F("patient_id"),
        )
        return rows.order_by().values_list(*COLUMNS, "tl_patient")

    def say(self, model, facts):
        """The words about one row."""
        said = {path: _said(_field(model, path), facts[path]) for path in self.paths}
        parts = (part.format(**said) for part in self.words if all(said[path] is not None for path in _paths(part)))
        text = ", ".join(parts)
        return text[:1].upper() + text[1:]


@cache
def _paths(part):
    return [path for _, path, _, _ in Formatter().parse(part) if path]


@cache
def _field(model, path):
    """The column at the end of a path through foreign keys."""
    *along, last = path.split("__")
    for name in along:
        model = model._meta.get_field(name).related_model
    return model._meta.get_field(last)


@cache
def _names(field):
    """{value: label} of a column that takes one of several."""
    return {value: str(label) for value, label in field.flatchoices}


def _said(field, value):
    """A value as people say it; None when there is nothing to say."""
    if value in (None, "", [], False):
        return None
    if value is True:
        return ""
    if isinstance(field, ArrayField):
        names = _names(field.base_field)
        return ", ".join(names.get(one, str(one)).lower() for one in value)
    if names := _names(field):
        label = names.get(value, str(value))
        return label if label.isupper() else label[:1].lower() + label[1:]
    if isinstance(field, models.DateTimeField):
        local = timezone.localtime(datetime.fromisoformat(value))
        return f"{local:%b} {local.day}, {local:%Y, %H:%M}"
    return str(value)
