"""Everything that happened to a person, newest first. Each noun's reader says what its rows tell (`told`)."""

import json
from datetime import datetime
from functools import cache, lru_cache
from operator import itemgetter

from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from psycopg import RawCursor
from rest_framework import serializers
from rest_framework.response import Response

from accounts.models import User
from audit.planned import Planned

from ..models import Access, Patient
from .bases import READS, Reads, Schema, find, shape
from .pages import no_such_page, require_known
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
    """What happened to a person, as far as a user may see it: one statement over every noun there is.

    Each noun is a branch of a union, ended early by its index on (person, time). To plan a hundred of them takes
    ten times longer than to run them, so they are written once a process and planned once a connection.
    """

    def __init__(self, person, user):
        roles = {key: found & Patients.allowed_roles for key, found in Access.objects.roles(user, person).items()}
        own = roles.get(person.pk, set())
        # A duplicate that was merged tells as well, to those who see it in the same roles.
        self.patients = [key for key, found in roles.items() if own and found >= own]
        self.branches = {n: pair for n, pair in enumerate(_every()) if own & pair[0].allowed_roles}

    def kinds(self):
        """The kinds there are for this user."""
        return list(dict.fromkeys(told.kind for _, told in self.branches.values()))

    def page(self, *, kinds=(), by=None, since=None, until=None, before=None, limit=50):
        """(entries, cursor of the next page or None)."""
        asked = {"by": by, "since": since, "until": until, "at": None, **_cursor(before)}
        branches = (
            number
            for number, (_, told) in self.branches.items()
            if (told.kind in kinds or not kinds) and (told.by or not by)
        )
        narrowed = (condition for name, condition in NARROWED.items() if asked[name])
        statement, given = _statement(tuple(branches), tuple(narrowed), limit + 1)
        lines = []
        with transaction.atomic(savepoint=False), RawCursor(connection.connection) as cursor:
            cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
            for patient in self.patients if statement else ():
                cursor.execute(statement, [{**asked, "patient": patient}[name] for name in given])
                lines += cursor.fetchall()
        lines.sort(key=itemgetter(0, 1, 2), reverse=True)
        users = {user.pk: user for user in USERS(list({line[3] for line in lines} - {None}))}
        entries = [Entry(*self.branches[line[1]], line, users) for line in lines[:limit]]
        return entries, entries[-1].cursor if len(lines) > limit else None


USERS = Planned(lambda keys: User.objects.filter(pk__any_of=keys), list)

NARROWED = {
    "by": "tl_by = %(by)s",
    "since": "tl_at >= %(since)s",
    "until": "tl_at < %(until)s",
    "at": "tl_at <= %(at)s AND (tl_at, tl_branch, tl_key) < (%(at)s, %(branch)s, %(key)s)",
}


@cache
def _every():
    """Every noun's reader with what it tells; the number of one keeps the order of what happened in an instant."""
    every = [(view, told) for view in READS.values() for told in view.told or ()]
    for view, told in every:
        if not (told.follows_person or view.is_seen_with_the_person()):
            raise ImproperlyConfigured(f"{view.__name__} tells of rows that not everybody sees who sees the person.")
    return every


@lru_cache(maxsize=200)
def _statement(branches, narrowed, most):
    """(the first rows of each of these branches, merged, and what it is given); nothing when there is none.

    As PostgreSQL takes it: to look through a hundred thousand letters for placeholders takes a while.
    """
    where = " AND ".join(("tl_patient = %(patient)s", *narrowed))
    given = [name for name in ("patient", "by", "since", "until", "at", "branch", "key") if f"%({name})s" in where]
    where %= {name: f"${number}" for number, name in enumerate(given, 1)}
    first = f"ORDER BY tl_at DESC, tl_branch DESC, tl_key DESC LIMIT {most:d}"
    by_index, whole = [], []
    for number in branches:
        view, told = _every()[number]
        rows = f"SELECT * FROM ({told.select(view.model, number)}) one WHERE {where}"
        if told.has_index(view.model):
            by_index.append(f"({rows} {first})")
        else:  # all of a person's rows are read anyway: ordered once, together
            whole.append(f"({rows})")
    if whole:
        by_index.append(f"(SELECT * FROM ({' UNION ALL '.join(whole)}) few {first})")
    union = " UNION ALL ".join(by_index)
    return union and f"SELECT {', '.join(COLUMNS)} FROM ({union}) told {first}".encode(), given


def _cursor(text):
    """{at, branch, key} of the last entry seen, or nothing."""
    if not text:
        return {}
    try:
        at, branch, key = text.split("~")
        at, branch = datetime.fromisoformat(at), int(branch)
    except ValueError:
        raise no_such_page() from None
    if timezone.is_naive(at) or not key.isascii() or "\0" in key or not 0 <= branch < 1000:
        raise no_such_page()
    return {"at": at, "branch": branch, "key": key}


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

    def to_representation(self, entry):
        """As the fields say; asked one by one, those of a page take longer than to find what is on it."""
        return {
            "at": self.fields["at"].to_representation(entry.at),
            "kind": entry.kind,
            "words": entry.words,
            "by": {"id": str(entry.by.pk), "name": str(entry.by)} if entry.by else None,
            "noun": entry.model._meta.label_lower,
            "id": entry.key,
            "entered_in_error": entry.wrong,
        }


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
        takes, shown = shape(TimelineInput), shape(EntrySerializer)
        require_known(request, takes.fields)
        asked = takes.run_validation(request.query_params.dict())
        entries, following = Timeline(person, request.user).page(**asked)
        return Response({"next": following, "results": [shown.to_representation(entry) for entry in entries]})
