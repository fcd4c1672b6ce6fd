"""Tests of today: what is to be collected, measured or looked at, and which results nobody has read."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from patients.admin.words import clock, moment
from patients.views.bases import READS
from treatment.models import BodyCheck, Investigation, RandomTest, ToxTest
from treatment.views.investigations import CLINICIANS

MANY = 200


def tests_due(request, context):
    """By the time each is due, the latest first; the number of statements does not grow with the rows."""
    now = timezone.now()
    tomorrow = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)

    def seen(model):
        return READS[model].seen_by(request.user, CLINICIANS)

    ordered = _first(seen(Investigation).due(tomorrow), "due_at")
    checks = _first(seen(BodyCheck).due(tomorrow), "duty__due_at", "duty")
    drawn = _first(seen(RandomTest).open(), "closes_at")
    results = _first(seen(Investigation).unread(), "done_at")
    found = _first(seen(ToxTest).unread(), "resulted_at")
    due = [_line(row, _what(row), row.due_at) for row in ordered]
    due += [_line(row, str(row), row.duty.due_at) for row in checks]
    due += [_line(row, "Random test", row.closes_at) for row in drawn]
    unread = [_line(row, _what(row), row.done_at) for row in results]
    unread += [_line(row, "Test for substances", row.resulted_at) for row in found]
    due, unread = (sorted(lines, key=lambda line: line["at"]) for lines in (due, unread))
    shown = [*due[:MANY], *unread[:MANY]]
    request.patients.update(line["patient"].pk for line in shown)
    for line in shown:
        line["clock"], line["since"] = clock(line["at"], now), moment(line["at"])
    return {
        **context,
        "title": "Tests today",
        "due": due[:MANY],
        "unread": unread[:MANY],
        "more": len(due) > MANY or len(unread) > MANY,
    }


def _first(rows, order, *also):
    return list(rows.select_related("patient", "facility", *also).order_by(order, "pk")[: MANY + 1])


def _what(row):
    return f"{row.get_kind_display()}: {row.what}" if row.what else row.get_kind_display()


def _line(row, what, at):
    address = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    return {"patient": row.patient, "place": row.facility, "what": what, "at": at, "address": address}
