"""How every noun is read and how every verb is done: the only two bases there are, `Reads` and `Verb`."""

import re
from datetime import datetime
from functools import cache
from inspect import signature
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Model, Q, UUIDField
from django.http import Http404
from django.utils import timezone
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter
from rest_framework import mixins, serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from accounts.models import CHART, EVERYONE
from audit import idempotency
from audit.middleware import known_user
from audit.models import uuid7
from audit.planned import Planned
from audit.problems import MEDIA_TYPE, Problem, Refused

from ..models import Episode, Patient, PatientRows
from ..serializers import Input, Key, ProblemSerializer, Strict
from .pages import Filtering, Pages

READS = {}  # model to the view that reads it
ETAG = '(?:W/)?"([0-9]{1,9})"'  # weak, when a proxy has packed the answer
VERBS = {}  # model to its verbs, in the order they were written


def about(request, *rows):
    """Tell the access log whom a request is about."""
    request = getattr(request, "_request", request)
    for row in rows:
        patient = row.pk if isinstance(row, Patient) else getattr(row, "patient_id", None)
        if patient:
            request.patients.add(patient)


def once(request, asked, act):
    """Do it once; when it is refused, name whom the refusal shows, and do what it leaves behind."""
    try:
        return idempotency.once(asked, act)
    except Refused as refused:
        about(request, *refused.shown)
        if refused.then:
            refused.then()
        raise


def require_role(request, allowed_roles):
    """Refuse a user who holds none of these roles anywhere."""
    if allowed_roles != EVERYONE and not request.user.roles_anywhere() & set(allowed_roles):
        raise wrong_role()


def wrong_role():
    """Seen, but not theirs to do."""
    return Problem(403, "wrong_role", "Your role at this place does not allow this.")


def find(request, reads, allowed_roles, pk):
    """The row, when this user may see it in one of these roles; the access log is told either way.

    Hidden and missing are both 404; what another role of theirs shows is 403, and so is everything for those
    who hold none of the roles anywhere.
    """
    row = one_seen(reads, request.user, allowed_roles, pk)
    if row is not None:
        about(request, row)
        return row
    hidden = reads.model._default_manager.filter(pk=pk).first()
    about(request, hidden)
    require_role(request, allowed_roles)
    if hidden is not None and reads.seen_by(request.user, reads.allowed_roles).filter(pk=pk).exists():
        raise wrong_role()
    raise Http404


class Schema(AutoSchema):
    """What the description of the API says of a view: its verb, its headers, its refusals."""

    def _verb(self):
        return self.view if isinstance(self.view, Verb) else None

    def get_operation_id(self):
        """episodes_admit for a verb."""
        verb = self._verb()
        return f"{self._tokenize_path()[0]}_{verb.name}".replace("-", "_") if verb else super().get_operation_id()

    def get_summary(self):
        """The words on the button."""
        return self._verb().label if self._verb() else super().get_summary()

    def get_description(self):
        """One sentence."""
        return self._verb().description if self._verb() else super().get_description()

    def get_request_serializer(self):
        """What the verb takes."""
        return self._verb().serializer_class if self._verb() else super().get_request_serializer()

    def get_response_serializers(self):
        """What it answers with."""
        verb = self._verb()
        return {verb.status: READS[verb.answer].serializer_class} if verb else super().get_response_serializers()

    def _get_filter_parameters(self):
        """An empty filter is refused, and one that is too short."""
        found = super()._get_filter_parameters()
        declared = getattr(getattr(self.view, "filterset_class", None), "base_filters", {})
        for parameter in found:
            if parameter["schema"].get("type") == "string":
                least = declared[parameter["name"]].extra.get("min_length") if parameter["name"] in declared else None
                parameter["schema"].setdefault("minLength", least or 1)
        return found

    def map_parsers(self):
        """A file is sent as a form; what is sent as JSON instead is told that the file is missing."""
        parsers = [parser.media_type for parser in self.view.get_parsers()]
        return [MultiPartParser.media_type] if MultiPartParser.media_type in parsers else super().map_parsers()

    def _get_serializer_field_meta(self, field, direction):
        """In a form nothing is null: it is left out."""
        meta = super()._get_serializer_field_meta(field, direction)
        if direction == "request" and self.map_parsers() == [MultiPartParser.media_type]:
            meta.pop("nullable", None)
        return meta

    def get_override_parameters(self):
        """The headers every verb understands."""
        verb = self._verb()
        if not verb:
            return super().get_override_parameters()
        key = OpenApiParameter(
            idempotency.HEADER,
            idempotency.SHAPE,
            OpenApiParameter.HEADER,
            description="Sent again with the same key, the verb is done once and its first answer given again.",
        )
        match = OpenApiParameter(
            "If-Match",
            {"type": "string", "pattern": rf"^(\*|{ETAG})$"},
            OpenApiParameter.HEADER,
            description="The ETag last seen; 412 when the row has changed since.",
        )
        return [key] if verb.creates else [key, match]

    def _map_serializer_field(self, field, direction, bypass_extensions=False):
        """A choice not made yet is an empty text, also where it is only read."""
        if isinstance(field, serializers.ChoiceField) and isinstance(field.parent, serializers.ModelSerializer):
            columns = {column.name: column.blank for column in field.parent.Meta.model._meta.fields}
            field.allow_blank = field.allow_blank or (field.read_only and columns.get(field.source, False))
        if isinstance(field, Key):
            hexes = "[0-9a-f]"
            return {
                "type": "string",
                "format": "uuid",
                "pattern": f"^{hexes}{{8}}-{hexes}{{4}}-7{hexes}{{3}}-[89ab]{hexes}{{3}}-{hexes}{{12}}$",
                "description": "version 7",
            }
        if isinstance(field, serializers.TimeField):  # of a wall clock: the standard's “time” wants a zone
            wall = {"type": "string", "pattern": r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?$"}
            return {**wall, "nullable": True} if field.allow_null else wall
        schema = super()._map_serializer_field(field, direction, bypass_extensions)
        if isinstance(field, serializers.DecimalField) and "pattern" in schema:  # a sign alone is no number
            whole, part = field.max_digits - field.decimal_places, field.decimal_places
            number = rf"-?([0-9]{{1,{whole}}}(\.[0-9]{{0,{part}}})?|\.[0-9]{{1,{part}}})"
            schema["pattern"] = f"^({number})?$" if field.allow_null and direction == "request" else f"^{number}$"
        if getattr(field, "allow_empty", True) is False:
            schema.setdefault("minItems" if schema.get("type") == "array" else "minProperties", 1)
        return schema

    def _map_basic_serializer(self, serializer, direction):
        """What refuses fields it does not know says so, and which it does not take together, or empty."""
        schema = super()._map_basic_serializer(serializer, direction)
        if isinstance(serializer, Strict):
            schema["additionalProperties"] = False
            if serializer.not_both:
                schema["not"] = {"required": list(serializer.not_both)}
            for name in serializer.never_null:
                schema["properties"][name].pop("nullable")
        return schema

    def _get_response_bodies(self, direction="response"):
        refused = self._get_response_for_code(ProblemSerializer, "default", media_types=[MEDIA_TYPE])
        return {**super()._get_response_bodies(direction), "default": refused}


class Reads(mixins.ListModelMixin, mixins.RetrieveModelMixin, GenericViewSet):
    """A noun, read: in pages and one by one, by those who hold one of the roles where the row is."""

    model = None
    allowed_roles = CHART
    place = None  # for rows about no person: the path to the facility whose members see them
    shared = False  # rows that belong to no facility are seen by all of these roles
    related = ()  # read along, so that no row asks again
    newest_first = False
    follows_person = None  # whoever sees the person sees the rows; None: unless the noun has a rule of its own
    told = None  # [Told(…)]: what its rows tell the timeline of their person; () for nothing
    pagination_class = Pages
    filter_backends = [Filtering]
    schema = Schema()

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.queryset = cls.model._default_manager.all()
        READS.setdefault(cls.model, cls)

    @classmethod
    def seen_by(cls, user, roles):
        """The rows that this user may see in one of these roles: the pair of role and place counts."""
        rows = cls.model._default_manager.all()
        if hasattr(rows, "visible_to"):
            return rows.visible_to(user, roles)
        if cls.place is None:  # of the house: to whoever holds one of the roles anywhere
            return rows if set(roles) >= EVERYONE or user.roles_anywhere() & set(roles) else rows.none()
        found = Q(**{f"{cls.place}__any_of": user.places_as(roles)})
        return rows.filter(found | Q(**{cls.place: None}) if cls.shared else found)

    @classmethod
    def is_seen_with_the_person(cls):
        """Is seeing the person, in one of the roles, all it takes to see these rows?"""
        if cls.follows_person is not None:
            return cls.follows_person
        rows = cls.model._default_manager.all()
        own_rule = getattr(type(rows), "visible_to", None) is not PatientRows.visible_to
        return not own_rule and cls.seen_by.__func__ is Reads.seen_by.__func__

    @classmethod
    def whole(cls, rows):
        """Rows with what is read along; without a name, select_related() would follow every key there is."""
        return rows.select_related(*cls.related) if cls.related else rows

    def initial(self, request, *args, **kwargs):
        """Refuse those who hold none of the roles anywhere: some rows belong to no place, and so to nobody."""
        super().initial(request, *args, **kwargs)
        require_role(request, self.allowed_roles)

    def get_queryset(self):
        """What this user may see."""
        if getattr(self, "swagger_fake_view", False):
            return self.queryset.none()
        return self.whole(self.seen_by(self.request.user, self.allowed_roles))

    def get_object(self):
        """The row, or 404, or 403 when only another role of theirs shows it."""
        return find(self.request, type(self), self.allowed_roles, self.kwargs["pk"])

    def paginate_queryset(self, queryset):
        """A page; the access log is told about everybody on it."""
        rows = super().paginate_queryset(queryset)
        about(self.request, *rows)
        return rows

    def list(self, request, *args, **kwargs):
        """A page."""
        show = shape(self.get_serializer_class()).to_representation
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response([show(row) for row in page])

    def retrieve(self, request, *args, **kwargs):
        """One row, with its version as ETag."""
        row = self.get_object()
        return Response(shape(self.get_serializer_class()).to_representation(row), headers=etag(row))


class Outline:
    """Stands for a user while a query is written: what visibility reads of one."""

    def __init__(self, pk, places):
        self.pk, self.places, self.asked = pk, iter(places), {}

    def places_as(self, roles):
        """Some places, others for other roles."""
        roles = frozenset(roles)
        if roles not in self.asked:
            self.asked[roles] = next(self.places)
        return self.asked[roles]


def one_seen(reads, user, roles, pk):
    """The row of a noun with this key, among those this user may see in one of these roles, or None."""
    asks, asked = _how_one_is_seen(reads, frozenset(roles))
    places = [user.places_as(each) for each in asked]
    if asks is None or not all(places):
        return reads.whole(reads.seen_by(user, roles)).filter(pk=pk).first()
    return asks.first(reads.model._meta.pk.to_python(pk), user.pk, timezone.now(), *places)


@cache
def _how_one_is_seen(reads, roles):
    """(how a row is found among those a user may see, the sets of roles whose places that reads).

    (None, ()) where the rule reads more of the user, or the clock by itself, or rows are read in a way of their own.
    """
    rows = reads.model._default_manager.order_by()
    if hasattr(rows, "visible_to"):
        rule = rows.visible_to if "now" in signature(rows.visible_to).parameters else None
    else:
        rule = (lambda user, roles, now: reads.seen_by(user, roles)) if reads.place else None
    own_ways = [
        reads.seen_by.__func__ is not Reads.seen_by.__func__,
        reads.whole.__func__ is not Reads.whole.__func__,
    ]
    if rule is None or any(own_ways) or not isinstance(reads.model._meta.pk, UUIDField):
        return None, ()
    outline = Outline(uuid7(), [[uuid7()] for _ in range(9)])
    rule(outline, roles, timezone.now())

    def build(pk, user, now, *places):
        return reads.whole(rule(Outline(user, places), roles, now)).filter(pk=pk).order_by()[:1]

    return Planned(build, UUID, UUID, datetime, *[list] * len(outline.asked)), tuple(outline.asked)


@cache
def _made(model, of_noun):
    """A row as a verb answers with it, together with the noun's version."""
    reads = READS[model]
    rows = reads.whole(model._default_manager.order_by())
    if of_noun:
        rows = rows.annotate(_seen=F(f"{of_noun}__version"))
    if rows._prefetch_related_lookups or not isinstance(model._meta.pk, UUIDField):
        return lambda pk: rows.get(pk=pk)
    return Planned(lambda pk: rows.filter(pk=pk), UUID).first


@cache
def shape(serializer):
    """What shows a row of a noun. It keeps nothing of a request, so one serves all: its fields are bound once."""
    return serializer()


def etag(row):
    """The row's version as a header, where it has one."""
    return {"ETag": f'"{row.version}"'} if hasattr(row, "version") else {}


class Verb(APIView):
    """Something that can be done to a noun: declared once, called by the API and by the admin.

    `noun` is the model the address names, `answer` the model it answers with. A verb that `creates` has no
    row to begin with; it is done at the facility it names.
    """

    noun = answer = None
    creates = False
    name = label = description = ""  # "admit", "Admit", one sentence
    confirm = ""  # asked before it is done in the admin
    allowed_roles = frozenset()
    needs = ()  # what its action asks of the row first: functions that raise its refusal
    serializer_class = Input
    schema = Schema()
    http_method_names = ["post", "options"]

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.answer = cls.answer or cls.noun
        cls.status = 201 if cls.creates or cls.answer is not cls.noun else 200
        VERBS.setdefault(cls.noun, []).append(cls)

    def act(self, row, data, by):
        """Call the one action this verb is."""
        raise NotImplementedError

    @classmethod
    def allows(cls, user, row=None):
        """May this user do it: to this row, or at all when there is none yet?"""
        if row is None:
            return bool(user.roles_anywhere() & cls.allowed_roles)
        return READS[cls.noun].seen_by(user, cls.allowed_roles).filter(pk=row.pk).exists()

    @classmethod
    def why_not(cls, row, asked=None):
        """Why it cannot be done to this row now, in the words of its action; empty when it may be.

        Verbs that need the same thing may share what was `asked` of a row.
        """
        asked = {} if asked is None else asked
        for check in cls.needs:
            if check not in asked:
                asked[check] = _refusal(check, row)
            if asked[check]:
                return asked[check]
        return ""

    @classmethod
    def is_prompted(cls, row):
        """Is this row one that a page offers it for unasked? Where not, it can be done all the same."""
        return True

    @classmethod
    def input(cls, user, **kwargs):
        """What it takes, as a serializer that knows who asks; pass `data`, or read its fields to make a form."""
        return cls.serializer_class(context={"user": user, "verb": cls}, **kwargs)

    @classmethod
    def do(cls, user, row, data, version=None):
        """Do it in one transaction. `data` is validated input; `version` is what the user last saw of the row.

        Raises Problem (wrong_role, stale) or the action's own refusal.
        """
        if "facility" in data and not user.is_at(data["facility"], cls.allowed_roles):
            raise wrong_role()
        with transaction.atomic(savepoint=False):
            if version is not None:
                _require_version(row, version)
            return cls().act(row, data, user) or row

    def initial(self, request, *args, **kwargs):
        """Refuse a body that is too large. Whether a row is theirs to act on, `find` asks with the row."""
        super().initial(request, *args, **kwargs)
        self.measure(request)
        known_user(request)
        if self.creates:
            require_role(request, self.allowed_roles)
            if not request.user.roles_anywhere():  # open to all is open to all who work somewhere
                raise wrong_role()

    def measure(self, request):
        """Refuse a body that is too large."""
        _ = request.body  # Django measures it here and nowhere else

    def sent(self, request):
        """What an Idempotency-Key stands for: the request with its body."""
        return request

    def post(self, request, pk=None):
        """Do it once, and answer with what came of it."""
        try:
            row = None if self.creates else find(request, READS[self.noun], self.allowed_roles, pk)
        except Http404:
            if (answer := self._first_answer(request, pk)) is None:
                raise
            return answer
        asked = self.input(request.user, data=request.data)
        asked.is_valid(raise_exception=True)
        data = dict(asked.validated_data)
        about(request, *(value for value in data.values() if isinstance(value, Model)))
        version = None if self.creates else _if_match(request)
        return once(request, self.sent(request), lambda: self._answer(request, row, data, version))

    def _first_answer(self, request, pk):
        """The first answer, where doing it took the row out of sight; the person must still be in theirs."""
        row = self.noun._default_manager.filter(pk=pk).first() if idempotency.HEADER in request.headers else None
        of = Patient.objects.visible_to(request.user, self.allowed_roles).filter(pk=getattr(row, "patient_id", None))
        return idempotency.again(self.sent(request)) if row is not None and of.exists() else None

    def _answer(self, request, row, data, version):
        made = self.do(request.user, row, data, version)
        # Read again, together with the noun's version: versions and generated columns are the database's.
        of_noun = _path_to(self.noun, type(made)) if row is not None else None
        made = _made(type(made), of_noun)(made.pk)
        about(request, made)
        seen = getattr(made, "_seen", None) or getattr(made, "version", None)
        body = shape(READS[type(made)].serializer_class).to_representation(made)
        return Response(body, status=self.status, headers={"ETag": f'"{seen}"'} if seen else {})


@cache
def _path_to(noun, model):
    """The foreign key of `model` that names the noun, or None."""
    return next((field.name for field in model._meta.fields if field.related_model is noun and not field.null), None)


def _if_match(request):
    """The version a client last saw, or None."""
    text = request.headers.get("If-Match", "*").strip()
    if text == "*":
        return None
    tag = re.fullmatch(ETAG, text)
    if tag is None:
        raise Problem(400, "etag_malformed", "If-Match takes the ETag of an earlier answer.")
    return int(tag[1])


def _require_version(row, version):
    """Lock the row, its episode first, and refuse when it is not what the user last saw."""
    if getattr(row, "episode_id", None):
        Episode.objects.lock(row.episode_id)
    if not hasattr(row, "version") or type(row)._default_manager.lock(row.pk).version != version:
        raise Problem(412, "stale", "This was changed by somebody else meanwhile. Look again, then decide.")


def _refusal(check, row):
    try:
        check(row)
    except ValidationError as refusal:
        return " ".join(refusal.messages)
    return ""
