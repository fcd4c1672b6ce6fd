"""Lists: pages in the order of the key, and filters."""

from functools import cache

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django_filters import rest_framework as filters
from rest_framework.pagination import BasePagination
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from audit.problems import Problem

OF_A_PAGE = {"limit", "cursor"}


class Pages(BasePagination):
    """Pages in the order of the key: at most 100 rows, no totals, `next` says where to go on."""

    default, most = 50, 100

    def paginate_queryset(self, queryset, request, view=None):
        """One page, and whether there is more."""
        self.request = request
        newest_first = getattr(view, "newest_first", False)
        limit, after = self.asked(request, queryset.model)
        queryset = queryset.order_by("-pk" if newest_first else "pk")
        if after is not None:
            queryset = queryset.filter(**{"pk__lt" if newest_first else "pk__gt": after})
        rows = list(queryset[: limit + 1])
        self.last = rows[limit - 1].pk if len(rows) > limit else None
        return rows[:limit]

    def asked(self, request, model):
        """How many rows, and after which key."""
        return self._limit(request), self._after(request, model)

    def first_page(self, queryset, request):
        """The first rows in the order they have, and no more: there is no second page."""
        self.request, self.last = request, None
        if "cursor" in request.query_params:
            raise no_such_page()
        return list(queryset[: self._limit(request)])

    def _limit(self, request):
        text = request.query_params.get("limit", str(self.default))
        if not (text.isascii() and text.isdigit() and len(text) < 10 and 1 <= int(text) <= self.most):
            raise Problem(400, "limit_malformed", f"A page has 1 to {self.most} rows.")
        return int(text)

    def _after(self, request, model):
        text = request.query_params.get("cursor")
        try:
            return None if text is None else model._meta.pk.clean(text, None)
        except ValidationError:
            raise no_such_page() from None

    def get_paginated_response(self, data):
        """The page, and the address of the next one."""
        address = self.request.build_absolute_uri()
        following = replace_query_param(address, "cursor", str(self.last)) if self.last else None
        return Response({"next": following, "results": data})

    def get_paginated_response_schema(self, schema):
        """For the description of the API."""
        following = {"type": "string", "format": "uri", "nullable": True}
        return {
            "type": "object",
            "required": ["next", "results"],
            "properties": {"next": following, "results": schema},
        }

    def get_schema_operation_parameters(self, view):
        """For the description of the API."""
        limit = {"type": "integer", "minimum": 1, "maximum": self.most, "default": self.default}
        cursor = {"type": "string", "minLength": 1, "description": "from `next` of the page before"}
        return [
            {"name": name, "in": "query", "required": False, "schema": schema}
            for name, schema in (("limit", limit), ("cursor", cursor))
        ]


def no_such_page():
    """A cursor that no page gave out."""
    return Problem(404, "cursor_malformed", "This page does not exist. Begin at the first.")


class Whole(filters.NumberFilter):
    """A whole number."""

    field_class = forms.IntegerField


class Ranked(Pages):
    """The first rows in the order of the queryset, such as a line of people; there is no page after."""

    def paginate_queryset(self, queryset, request, view=None):
        """At most a hundred."""
        return self.first_page(queryset, request)


class Filters(filters.FilterSet):
    """Filters by key never look the key up: whether a row exists is nobody's business."""

    FILTER_DEFAULTS = {
        **filters.FilterSet.FILTER_DEFAULTS,
        models.ForeignKey: {"filter_class": filters.UUIDFilter},
        models.OneToOneField: {"filter_class": filters.UUIDFilter},
        models.PositiveIntegerField: {"filter_class": Whole},
        models.PositiveSmallIntegerField: {"filter_class": Whole},
    }


def unset(field):
    """A filter: true for rows where this is empty (open, unsigned), false for the others."""
    return filters.BooleanFilter(field, lookup_expr="isnull")


def require_known(request, known, yes_or_no=()):
    """Refuse what nobody asks for here, twice or emptily: a misspelled filter must not answer with everything."""
    for name, values in request.query_params.lists():
        if name not in known:
            raise Problem(400, "unknown_filter", f"There is no filter “{name[:50]}” here.")
        if len(values) > 1:
            raise Problem(400, "filter_repeated", f"“{name}” is given more than once.")
        if values == [""]:
            raise Problem(400, "filter_empty", f"“{name}” is empty. Leave it out, or say what to look for.")
        if name in yes_or_no and values[0].lower() not in {"true", "false"}:
            raise Problem(400, "filter_malformed", f"“{name}” is true or false.")


class Filtering(filters.DjangoFilterBackend):
    """Refuses filters it does not know or cannot read."""

    filterset_base = Filters

    def filter_queryset(self, request, queryset, view):
        """The rows asked for."""
        kind = self.get_filterset_class(view, queryset)
        known = kind.base_filters if kind else {}
        yes_or_no = {name for name, one in known.items() if isinstance(one, filters.BooleanFilter)}
        require_known(request, known.keys() | OF_A_PAGE, yes_or_no)
        asked = known.keys() & request.query_params.keys() or any(one.extra["required"] for one in known.values())
        return super().filter_queryset(request, queryset, view) if asked else queryset

    def get_filterset_class(self, view, queryset=None):
        """Made once for a view that only names its fields."""
        if getattr(view, "filterset_class", None) or not getattr(view, "filterset_fields", None):
            return super().get_filterset_class(view, queryset)
        return _by_fields(self.filterset_base, view.queryset.model, tuple(view.filterset_fields))


@cache
def _by_fields(base, of, names):
    """Filters by these columns."""
    meta = type("Meta", (), {"model": of, "fields": list(names)})
    return type(f"{of.__name__}Filters", (base,), {"Meta": meta})
