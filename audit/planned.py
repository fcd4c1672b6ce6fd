"""A question to the database that is written once a process.

Django writes the SQL of a queryset anew each time it is asked, which takes longer than the database needs to answer
a lookup by key. What is asked on every request is therefore written once, and asked again with other values.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from threading import local
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Field, ForeignObject, Lookup
from django.db.models.expressions import RawSQL
from django.utils import timezone

# What stands for a value while the SQL is written: nothing anybody would ask for.
HOLES = {
    UUID: lambda number: UUID(int=0xFFFFFFFF << 96 | number),
    datetime: lambda number: datetime(9000, 1, 1, tzinfo=UTC) + timedelta(seconds=number),
    str: lambda number: f"\x01hole {number}\x01",
    list: lambda number: [UUID(int=0xFFFFFFFE << 96 | number)],
}


_now = ContextVar("now", default=None)
NOW = datetime(9999, 1, 1, tzinfo=UTC)


def moment():
    """The present moment. Rules that read it may be part of what is written once: it is read anew each time."""
    return _now.get() or timezone.now()


@contextmanager
def _written_for(kinds):
    """What stands for the values, of which the last is the present moment."""
    token = _now.set(NOW)
    try:
        yield [*(HOLES[kind](number) for number, kind in enumerate(kinds)), NOW]
    finally:
        _now.reset(token)


def _values(params, holes):
    """[(value, which hole stands for it)]. Raises ValueError where a hole is found only inside of a value.

    A moment that was not given is one that was read while the SQL was written: it would stand still from then on.
    """
    found = [(value, holes.index(value) if value in holes else None) for value in params]
    marks = [str(hole[0] if isinstance(hole, list) else hole) for hole in holes]
    for value, hole in found:
        if hole is None and (isinstance(value, datetime) or any(mark in str(value) for mark in marks)):
            raise ValueError("a value is not asked about as it is given")
    return found


def _filled(params, values):
    values = [*values, timezone.now()]
    return tuple(value if hole is None else values[hole] for value, hole in params)


class Planned:
    """Rows of a queryset that `build` makes of values of these kinds (UUID, datetime, str, list of UUID).

    Called with the values, it answers with a list. What `build` reads besides its values is read once.
    """

    def __init__(self, build, *kinds):
        self.build, self.kinds, self.kept = build, kinds, local()

    def __call__(self, *values):
        """The rows."""
        kept = self.kept
        if getattr(kept, "connection", None) is not connections[DEFAULT_DB_ALIAS]:
            self._write(connections[DEFAULT_DB_ALIAS])
        if kept.sql is None:
            return []
        params = _filled(kept.params, values)
        kept.compiler.as_sql = lambda *args, **kwargs: (kept.sql, params)
        return list(kept.rows._iterable_class(kept.rows))

    def _write(self, connection):
        with _written_for(self.kinds) as holes:
            rows = self.build(*holes[:-1])
            compiler = rows.query.get_compiler(connection=connection)
            try:
                sql, params = compiler.as_sql()
            except EmptyResultSet:  # nothing is asked: whoever it is may see nothing
                sql, params = None, ()
        self.kept.params = _values(params, holes)
        rows.query.get_compiler = lambda *args, **kwargs: compiler
        self.kept.rows, self.kept.compiler, self.kept.sql, self.kept.connection = rows, compiler, sql, connection

    def first(self, *values):
        """The first of the rows, or None; `build` limits them."""
        return next(iter(self(*values)), None)


class PlannedAs:
    """A Planned for each user in the posts they hold: whom they may see is read once, by `build(user, …)`."""

    def __init__(self, build, *kinds):
        self.build, self.kinds, self.kept = build, kinds, {}

    def __call__(self, user, *values):
        """The rows."""
        held = user.pk, *sorted((post.facility_id, post.role) for post in user.posts)
        if held not in self.kept:
            if len(self.kept) >= MOST_USERS:
                self.kept.clear()
            self.kept[held] = Planned(lambda *values: self.build(user, *values), *self.kinds)
        return self.kept[held](*values)


MOST_USERS = 100  # whose questions a process keeps


class Written:
    """An annotation that `build` makes, as rows with it by the name of `told`: written once, put into any queryset.

    Called with the values, it answers with an expression about the rows of the same model.
    """

    def __init__(self, build, told, *kinds):
        self.build, self.told, self.kinds, self.kept = build, told, kinds, None

    def __call__(self, *values):
        """The expression."""
        if self.kept is None:
            with _written_for(self.kinds) as holes:
                query = self.build(*holes[:-1]).query
                compiler = query.get_compiler(connection=connections[DEFAULT_DB_ALIAS])
                compiler.as_sql()
                sql, params = compiler.compile(query.annotations[self.told])
            self.kept = sql, _values(params, holes), query.annotations[self.told].output_field
        sql, params, kind = self.kept
        return RawSQL(sql, _filled(params, values), output_field=kind)


@Field.register_lookup
@ForeignObject.register_lookup
class AnyOf(Lookup):
    """`key__any_of=[…]`: what `__in` says, in the same words however many there are."""

    lookup_name = "any_of"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        """column = ANY(array)"""
        left, params = self.process_lhs(compiler, connection)
        return f"{left} = ANY(%s)", [*params, self.rhs]
