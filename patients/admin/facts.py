"""What a page says about a row: its facts, what hangs on it and what was changed."""

from django.apps import apps
from django.contrib.admin.utils import display_for_field, display_for_value, label_for_field, lookup_field
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from accounts.models import User

from .words import NOTHING, duration, exactly, moment

BELOW = 10  # rows of a related noun shown on a page
CHANGES = 20


def facts(page, request, row, names=None):
    """[(label, value, wide)] of every column that says something, or of `names`; who stands beside when."""
    names, found = names or page.get_fields(request, row), {}
    for name in names:
        base, _, last = name.rpartition("_")
        if last == "by" and f"{base}_at" in names:
            continue
        value = _said(page, request, row, name)
        if value in (None, "", NOTHING):
            continue
        if last == "at" and f"{base}_by" in names:
            value = format_html("{} by {}", value, _said(page, request, row, f"{base}_by"))
        if last == "at" and base in found:
            label, before, wide = found[base]
            found[base] = (label, format_html("{}, {}", before, value), wide)
        else:
            found[name] = (_label(page, name, last), value, _is_wide(page, name))
    return list(found.values())


def _label(page, name, last):
    words = str(label_for_field(name, page.model, page))
    return (words.removesuffix(" at").removesuffix(" on") if last in {"at", "on"} else words).capitalize()


def _is_wide(page, name):
    try:
        return isinstance(page.model._meta.get_field(name), (models.TextField, models.JSONField))
    except FieldDoesNotExist:
        return True


def _said(page, request, row, name):
    """One column in words."""
    field, _, value = lookup_field(name, row, page)
    if field is None or value in (None, "", [], {}):
        return None if field is not None else value
    if isinstance(field, models.ForeignKey):
        return _linked(page, request, value)
    if isinstance(field, models.DateTimeField):
        return moment(value)
    if isinstance(field, models.BooleanField):
        return "Yes" if value else "No"
    if isinstance(field, models.DurationField):
        return duration(value)
    if isinstance(field, ArrayField):
        names = dict(field.base_field.choices or ())
        return ", ".join(str(names.get(one, one)) for one in value)
    if isinstance(field, models.JSONField):
        rows = value if isinstance(value, list) else [value]
        lines = [", ".join(f"{key}: {said}" for key, said in one.items() if said) for one in rows]
        return format_html_join("", "<div>{}</div>", ((line,) for line in lines))
    if isinstance(field, models.TextField):
        return format_html('<div class="tl-prose">{}</div>', value)
    return display_for_field(value, field, NOTHING)


def _linked(page, request, row):
    """The row's name, as a link when its page may be opened."""
    shown = page.admin_site._registry.get(type(row))
    if shown is None or not shown.has_view_permission(request):
        return str(row)
    return format_html('<a href="{}">{}</a>', shown.back_to(row), str(row))


def section(page, request, row, name):
    """Rows of a related noun, in the columns of its own list; None for those who may not open it."""
    if ":" in name:
        label, key = name.split(":")
        model = apps.get_model(label)
    else:
        relation = page.model._meta.get_field(name)
        model, key = relation.related_model, relation.field.name
    shown = page.admin_site._registry.get(model)
    if shown is None or not shown.has_view_permission(request):
        return None
    along = shown.list_select_related
    rows = shown.get_queryset(request).filter(**{key: row})
    rows = rows.order_by(*shown.order_below) if shown.order_below else rows
    rows = list((rows.select_related(*along) if along else rows)[: BELOW + 1])
    columns = [column for column in shown.list_display if column not in {"patient", key}]
    base = f"{page.admin_site.name}:{model._meta.app_label}_{model._meta.model_name}"
    return {
        "title": str(model._meta.verbose_name_plural).capitalize(),
        "heads": [str(label_for_field(column, model, shown)).capitalize() for column in columns],
        "rows": [(shown.back_to(one), [_cell(shown, column, one) for column in columns]) for one in rows[:BELOW]],
        "more": f"{reverse(f'{base}_changelist')}?{key}__id__exact={row.pk}" if len(rows) > BELOW else "",
    }


def _cell(shown, column, row):
    """One cell, as the noun's own list would show it."""
    field, _, value = lookup_field(column, row, shown)
    if field is None or isinstance(field, models.ForeignKey):
        return NOTHING if value in (None, "") else display_for_value(value, NOTHING)
    if isinstance(field, models.BooleanField):
        return {True: "Yes", False: "No"}.get(value, NOTHING)
    return display_for_field(value, field, NOTHING) if value != "" else NOTHING


def changes(page, row):
    """What was changed, when and by whom, from the history the database keeps: newest first."""
    if not hasattr(page.model, "history"):
        return []
    states = list(row.history.order_by("-pgh_id")[: CHANGES + 1])
    users = {state.pgh_context.get("user") for state in states if state.pgh_context} - {None}
    names = {str(user.pk): str(user) for user in User.objects.filter(pk__in=users)} if users else {}
    before = [*states[1:], None]
    return [
        {
            "at": moment(new.pgh_created_at),
            "by": names.get((new.pgh_context or {}).get("user"), "the system"),
            "what": _difference(page, old, new),
        }
        for new, old in zip(states, before, strict=True)
        if old is not None or new.pgh_label == "insert"
    ]


def _difference(page, old, new):
    """The columns that differ between two states, in words."""
    if old is None:
        return ["Written down"]
    found = []
    for field in page.model._meta.concrete_fields:
        if field.name in page.hidden_fields or not hasattr(new, field.attname):
            continue
        was, is_now = getattr(old, field.attname), getattr(new, field.attname)
        if was != is_now:
            name = str(field.verbose_name).capitalize()
            told = "" if isinstance(field, models.ForeignKey) else f": {_state(was, field)} → {_state(is_now, field)}"
            found.append(f"{name}{told}")
    return found or ["Nothing that is shown here"]


def _state(value, field):
    if value in (None, ""):
        return "nothing"
    return exactly(value) if isinstance(field, models.DateTimeField) else display_for_field(value, field, NOTHING)
