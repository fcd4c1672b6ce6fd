"""Everything that happened to a person, newest first. Each noun's reader says what its rows tell (`told`)."""

import json
from datetime import datetime

from django.db import connection
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from accounts.models import User
from audit.problems import Problem

from ..models import Access, Patient
from .bases import READS, Reads, Schema, find
from .pages import no_such_page
from .patients import Patients
from .told import COLUMNS


class Entry:
    """One line: when, who, what, and the row behind it."""

    def __init__(self, view, told, line, users):
        self.at, self.branch, self.key, by, self.wrong, facts = line
        self.model, self.kind, self.by = view.model, told.kind, users.get(by)
        self.words = told.say(view.model, facts if isinstance(facts, dict) else json.loads(facts))

    @property
    def cursor(self):
        """Where the page after this entry begins."""
        return f"{self.at.isoformat()}~{self.branch}~{self.key}"


class Timeline:
    """What happened to a person, as far as a user may see it: in one statement over every noun they have rows of.

    Each noun is one branch of a union, ended early by its index on (person, time). To plan a branch takes longer
    than to find it empty, and most nouns have nothing of a person: those are left out beforehand.
    """

    def __init__(self, person, user):
        self.user = user
        records = list(person.records().values_list("pk", flat=True))
        roles = {key: found & Patients.allowed_roles for key, found in Access.objects.roles(user, records).items()}
        self.roles = roles.get(person.pk, set())
        # A duplicate that was merged tells as well, to those who see it in the same roles.
        self.patients = [key for key, found in roles.items() if self.roles and found >= self.roles]
        every = [(view, told) for view in READS.values() for told in view.told or ()]
        # The number of a branch keeps the order of what happened in the same instant.
        self.branches = {n: pair for n, pair in enumerate(every) if self.roles & pair[0].allowed_roles}

    def kinds(self):
        """The kinds there are for this user."""
        return list(dict.fromkeys(told.kind for _, told in self.branches.values()))

    def _had(self):
        """The nouns of which there is a row about this person, whoever may see it."""
        if not self.patients or not self.branches:
            return set()
        models = sorted({view.model for view, _ in self.branches.values()}, key=lambda model: model._meta.label)
        asked = (f"EXISTS (SELECT FROM {model._meta.db_table} WHERE patient_id = ANY(%(of)s))" for model in models)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT ARRAY[{', '.join(asked)}]", {"of": self.patients})
            (found,) = cursor.fetchone()
        return {model for model, has in zip(models, found, strict=True) if has}

    def page(self, *, kinds=(), by=None, since=None, until=None, before=None, limit=50):
        """(entries, cursor of the next page or None)."""
        before = _cursor(before)
        parts, values, had = [], [], self._had()
        for number, (view, told) in self.branches.items():
            if view.model not in had or (kinds and told.kind not in kinds) or (by and not told.by):
                continue
            rows, given = told.select(view, self.user, number)
            asked = [("tl_patient = ANY(%s)", [self.patients]), *_narrowed(number, by, since, until, before)]
            where = " AND ".join(text for text, _ in asked)
            parts.append(f"(SELECT * FROM ({rows}) one WHERE {where} ORDER BY tl_at DESC, tl_key DESC LIMIT %s)")
            values += [*given, *(value for _, wanted in asked for value in wanted), limit + 1]
        if not parts:
            return [], None
        columns, every = ", ".join(COLUMNS), " UNION ALL ".join(parts)
        statement = f"SELECT {columns} FROM ({every}) told ORDER BY tl_at DESC, tl_branch DESC, tl_key DESC LIMIT %s"
        with connection.cursor() as cursor:
            cursor.execute(statement, [*values, limit + 1])
            lines = cursor.fetchall()
        users = User.objects.in_bulk({line[3] for line in lines} - {None})
        entries = [Entry(*self.branches[line[1]], line, users) for line in lines[:limit]]
        return entries, entries[-1].cursor if len(lines) > limit else None


def _narrowed(number, by, since, until, before):
    """[(condition, values)] on the columns of one branch."""
    if by:
        yield "tl_by = %s", [by]
    if since:
        yield "tl_at >= %s", [since]
    if until:
        yield "tl_at < %s", [until]
    if before:
        at, branch, key = before
        if number == branch:
            yield "(tl_at, tl_key) < (%s, %s)", [at, key]
        else:
            yield f"tl_at {'<=' if number < branch else '<'} %s", [at]


def _cursor(text):
    """(at, branch, key) of the last entry seen, or None."""
    if not text:
        return None
    try:
        at, branch, key = text.split("~")
        at, branch = datetime.fromisoformat(at), int(branch)
    except ValueError:
        raise no_such_page() from None
    if timezone.is_naive(at) or not key.isascii() or "\0" in key or not 0 <= branch < 1000:
        raise no_such_page()
    return at, branch, key


TEXT = {"type": "string", "minLength": 1}


class Author(serializers.Serializer):
    """Who."""

    id = serializers.UUIDField()
    name = serializers.CharField(source="__str__")


class EntrySerializer(serializers.Serializer):
    """One line of the timeline."""

    at = serializers.DateTimeField()
    kind = serializers.CharField()
    words = serializers.CharField()
    by = Author(allow_null=True)
    noun = serializers.CharField(source="model._meta.label_lower", help_text="what kind of row it is")
    id = serializers.CharField(source="key")
    entered_in_error = serializers.BooleanField(source="wrong")


class TimelinePage(serializers.Serializer):
    """A page of the timeline, newest first."""

    next = serializers.CharField(allow_null=True, help_text="for `before`: where the next page begins")
    results = EntrySerializer(many=True)


class TimelineInput(serializers.Serializer):
    """What of the timeline is asked for."""

    kinds = serializers.CharField(required=False, max_length=500, help_text="comma separated")
    by = serializers.UUIDField(required=False)
    since = serializers.DateTimeField(required=False)
    until = serializers.DateTimeField(required=False)
    before = serializers.CharField(required=False, max_length=200, help_text="`next` of the page before")
    limit = serializers.IntegerField(required=False, min_value=1, max_value=100, default=50)

    def validate_kinds(self, text):
        """Kinds there are."""
        kinds = [kind for kind in text.split(",") if kind]
        unknown = set(kinds) - {told.kind for view in READS.values() for told in view.told or ()}
        if unknown:
            raise serializers.ValidationError(f"There is no kind “{min(unknown)[:50]}”.", code="kind_unknown")
        return kinds


class PersonTimeline(Reads):
    """What happened to a person, newest first: every noun's rows, as far as whoever asks may see them."""

    model = Patient
    serializer_class = TimelinePage
    allowed_roles = Patients.allowed_roles
    pagination_class = None
    filter_backends = []
    schema = Schema()

    @extend_schema(
        responses=TimelinePage,
        parameters=[
            OpenApiParameter("kinds", {**TEXT, "maxLength": 500}, description="comma separated"),
            OpenApiParameter("by", {"type": "string", "format": "uuid"}),
            OpenApiParameter("since", {"type": "string", "format": "date-time"}),
            OpenApiParameter("until", {"type": "string", "format": "date-time"}),
            OpenApiParameter("before", {**TEXT, "maxLength": 200}, description="`next` of the page before"),
            OpenApiParameter("limit", {"type": "integer", "minimum": 1, "maximum": 100, "default": 50}),
        ],
    )
    def retrieve(self, request, *args, **kwargs):
        """A page of it."""
        person = find(request, Patients, self.allowed_roles, self.kwargs["pk"])
        unknown = set(request.query_params) - set(TimelineInput().fields)
        if unknown:
            raise Problem(400, "unknown_filter", f"There is no filter “{min(unknown)[:50]}” here.")
        asked = TimelineInput(data=request.query_params.dict())  # as JSON: an empty filter is refused
        asked.is_valid(raise_exception=True)
        entries, following = Timeline(person, request.user).page(**asked.validated_data)
        return Response(TimelinePage({"next": following, "results": entries}).data)
