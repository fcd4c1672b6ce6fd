"""Gaps in the rota are an alarm a day ahead, for as long as they are there."""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import Facility, OnCallShift, Role, User
from duties import actions as duties
from duties.models import Duty

from ..models import AftercarePlan

log = logging.getLogger(__name__)

AHEAD = timedelta(hours=24)


def watch_rotas(now=None):
    """Owe, once a place, finding somebody for a gap in the next day, or naming a last resort; end what is filled.

    Watched are places that follow people up or write to them. Returns how many alarms were opened or ended.
    """
    now = now or timezone.now()
    followed = AftercarePlan.objects.active().filter(facility=OuterRef("pk"))
    alarms = Duty.objects.open().filter(facility=OuterRef("pk"), ladder__slug="rota_gap")
    watched = Q(Exists(followed)) | Q(sends_to_patients_at__isnull=False) | Q(Exists(alarms))
    moved = 0
    for facility in Facility.objects.filter(watched).order_by("pk"):
        try:
            moved += _watch(facility, now)
        except Exception:  # one place must not hide the gaps of the others
            log.exception("the rota of %s could not be looked at", facility.pk)
    return moved


@transaction.atomic
def _watch(facility, now):
    gaps = OnCallShift.objects.gaps(facility, now, now + AHEAD)
    said = f"Nobody is on call {_words(facility, *gaps[0])}." if gaps else ""
    if len(gaps) > 1:
        said += f" {len(gaps) - 1} more in the next day."
    missing = "" if facility.last_resort_email else "Nobody outside the rota is named as the last resort."
    return _owe(facility, "rota_gap", Role.SUPERVISOR, said, now) + _owe(
        facility, "last_resort", Role.ADMIN, missing, now
    )


def _owe(facility, mark, role, said, now):
    """One alarm while there is something to say, none when there is not."""
    system = User.objects.system()
    owed = Duty.objects.open().filter(facility=facility, ladder__slug="rota_gap", once=mark)
    if not said:
        return len(duties.resolve_each(owed, by=system, at=now, reason="filled"))
    made = duties.open(
        "rota_gap", facility=facility, owner_role=role, due_at=now, once=mark, note=said, by=system, at=now
    )
    return 1 if made else 0


def _words(facility, start, end):
    start, end = (moment.astimezone(facility.tz()) for moment in (start, end))
    return f"from {start:%a %b %d, %H:%M} to {end:%a %b %d, %H:%M %Z}"
