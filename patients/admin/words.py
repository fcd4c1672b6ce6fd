"""How times and clocks are said in the admin: words first, the exact local time on hover and for screen readers."""

from datetime import timedelta

from django.contrib import admin
from django.utils import timezone
from django.utils.html import format_html

SOON = timedelta(hours=1)
NOTHING = "–"


def exactly(instant):
    """The local time in full, with its zone."""
    local = timezone.localtime(instant)
    return f"{local:%A, %B} {local.day}, {local:%Y, %H:%M %Z}"


def moment(instant):
    """When something happened or will: today and its neighbors by name."""
    if instant is None:
        return NOTHING
    local, today = timezone.localtime(instant), timezone.localdate()
    days = (local.date() - today).days
    near = {0: "today", -1: "yesterday", 1: "tomorrow"}.get(days)
    day = near or (f"{local:%b} {local.day}" + ("" if local.year == today.year else f", {local.year}"))
    return _time(instant, f"{day} {local:%H:%M}")


def duration(delta):
    """How long, in the one unit that matters: “40 min”, “2 h”, “3 days”."""
    minutes = int(abs(delta).total_seconds() // 60)
    if minutes < 1:
        return "under a minute"
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} h"
    return f"{minutes // 1440} days"


def clock(due_at, now=None):
    """A word, a shape and a duration: ▲ late, ◐ soon, ● later."""
    if due_at is None:
        return NOTHING
    left = due_at - (now or timezone.now())
    if left < timedelta(0):
        return _time(due_at, f"late {duration(left)}", "late", "▲")
    if left <= SOON:
        return _time(due_at, f"due in {duration(left)}", "soon", "◐")
    return _time(due_at, f"due in {duration(left)}", "later", "●")


def _time(instant, text, state="", shape=""):
    return format_html(
        '<time datetime="{}" title="{}" class="tl-clock {}">{}{}<span class="tl-spoken"> ({})</span></time>',
        instant.isoformat(),
        exactly(instant),
        f"tl-{state}" if state else "",
        format_html('<span aria-hidden="true">{}</span> ', shape) if shape else "",
        text,
        exactly(instant),
    )


def at(field, label):
    """A column: when."""

    @admin.display(description=label, ordering=field)
    def column(self, row):
        return moment(getattr(row, field))

    return column


def due(field="due_at", ends="closed_at", label="Due"):
    """A column: the clock while it runs, and the plain time once it has ended."""

    @admin.display(description=label, ordering=field)
    def column(self, row):
        instant = getattr(row, field)
        return moment(instant) if getattr(row, ends) else clock(instant)

    return column
