"""When a machine may write: quiet hours, the hours a person prefers, and how much is enough (domain 7.3, 7.5)."""

from datetime import UTC, datetime, time, timedelta

from django.conf import settings

from audit.planned import Planned
from duties.models import Notice, NoticeState

from ..models import Attempt

NEVER = timedelta(days=400)  # further off than any message is worth
WEEK = timedelta(days=7)
HANDED_OVER = "handed_over"  # a notice with this reason may have left; with any other it surely has not


def end_of_quiet_hours(instant, facility, zone, person=None):
    """When a machine may write again to somebody in this zone, or None when it may now.

    All hours are the person's local wall time, so on the days the clocks change each is looked for twice. Their
    own quiet hours make the facility's longer, never shorter.
    """
    windows = [(facility.quiet_from, facility.quiet_until)] if settings.KEEP_QUIET_HOURS else []
    if person is not None and person.quiet_from is not None:
        windows.append((person.quiet_from, person.quiet_until))

    def is_quiet(moment):
        wall = moment.astimezone(zone).time()
        return any(start <= wall < end if start <= end else wall >= start or wall < end for start, end in windows)

    if not is_quiet(instant):
        return None
    today = instant.astimezone(zone).date()
    ends = (
        datetime.combine(today + timedelta(days=days), end, zone).replace(fold=fold).astimezone(UTC)
        for days in (0, 1, 2)
        for _, end in windows
        for fold in (0, 1)
    )
    return min((moment for moment in ends if moment > instant and not is_quiet(moment)), default=instant + NEVER)


def preferred_hours(instant, point, facility, zone, person=None):
    """When the person would rather be written to, or None when they would now.

    A wish, not a ban as quiet hours are: what would come too late for it is sent when it may be.
    """
    if point.prefers(instant, zone):
        return None
    for start in point.preferred_starts(instant, zone):
        when = end_of_quiet_hours(start, facility, zone, person) or start
        if point.prefers(when, zone):
            return when
    return None


def end_of_cap(notice, records, now, zone):
    """When one more automatic message is not too much any more, or None when it is not.

    A day is the person's own. What only announces a check-in leaves the last place of a week to the check-in.
    """
    facility = notice.facility
    keys = [record.pk for record in records]
    # What another worker has in its hands counts as well.
    sent = SENT(keys, now - WEEK) + [now for key in GOING_OUT(keys) if key != notice.pk]
    moments = []
    today = now.astimezone(zone).date()
    if sum(at.astimezone(zone).date() == today for at in sent) >= facility.most_a_day:
        tomorrow = datetime.combine(today + timedelta(days=1), time.min, zone).astimezone(UTC)
        moments.append(tomorrow if facility.most_a_day else now + NEVER)
    most = facility.most_in_7_days
    if notice.duty.due_at > now and most > 1:
        most -= 1
    if len(sent) >= most:
        moments.append(sent[len(sent) - most] + WEEK if most else now + NEVER)
    return max(moments, default=None)


SENT = Planned(
    lambda people, since: (
        Attempt.objects.by_machine_to(people).filter(at__gt=since).order_by("at").values_list("at", flat=True)
    ),
    list,
    datetime,
)
GOING_OUT = Planned(
    lambda people: Notice.objects.filter(
        to_patient=True, patient__any_of=people, state=NoticeState.HANDING_OVER, state_reason=HANDED_OVER
    ).values_list("pk", flat=True),
    list,
)
