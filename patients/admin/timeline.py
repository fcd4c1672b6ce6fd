"""The tab on which everything that happened to a person stands, newest first, a page at a time."""

from datetime import datetime, time
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404
from django.utils import timezone
from django.utils.dateparse import parse_date

from accounts.models import User
from audit.problems import Problem

from ..views.timeline import Timeline
from .words import moment


def timeline(site, request, patient):
    """One page of it: the entries, the chips that narrow it, and the way on."""
    whole = Timeline(patient, request.user)
    every = whole.kinds()
    kinds = [kind for kind in every if kind in request.GET.getlist("kinds")]
    by, since, until = _key(request.GET.get("by")), _day(request, "since"), _day(request, "until", time.max)
    before = request.GET.get("before")
    try:
        entries, following = whole.page(kinds=kinds, by=by, since=since, until=until, before=before)
    except Problem:
        raise Http404 from None
    asked = {"tab": "timeline", "kinds": kinds, "by": by, **_days(request)}
    return {
        "entries": [_line(site, request, entry, asked) for entry in entries],
        "chips": [
            {"label": kind, "on": kind in kinds, "url": _url(asked, kinds=[*(set(kinds) ^ {kind})])} for kind in every
        ],
        "kinds": kinds,
        "by": User.objects.filter(pk=by).first() if by and entries else by,
        "everybody": _url(asked, by=None),
        "days": _days(request),
        "narrowed": bool(kinds or by or since or until),
        "newest": _url(asked) if before else "",
        "older": _url(asked, before=following) if following else "",
    }


def _line(site, request, entry, asked):
    """One entry: when, who, what, and where it stands, for those who may open it."""
    page = site._registry.get(entry.model)
    return {
        "when": moment(entry.at),
        "day": timezone.localtime(entry.at).date(),
        "by": entry.by,
        "only_by": _url(asked, by=entry.by.pk) if entry.by else "",
        "words": entry.words,
        "wrong": entry.wrong,
        "kind": entry.kind,
        "url": page.page_of(entry.key) if page and page.has_view_permission(request) else "",
    }


def _url(asked, **changes):
    """The same question, changed."""
    wanted = {**asked, **changes}
    return "?" + urlencode({name: value for name, value in wanted.items() if value}, doseq=True)


def _days(request):
    """The days asked for, as they were typed."""
    return {name: request.GET[name] for name in ("since", "until") if _day(request, name)}


def _day(request, name, at=time.min):
    """An end of the day asked for, on the wall clock of whoever looks; nothing when it is no day."""
    try:
        day = parse_date(request.GET.get(name, ""))
    except ValueError:
        return None
    return timezone.make_aware(datetime.combine(day, at)) if day else None


def _key(text):
    """A user's key, or nothing."""
    try:
        return UUID(text or "")
    except ValueError:
        return None
