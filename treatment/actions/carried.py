"""What was planned, carried over into what took place."""

from datetime import datetime

from audit.planned import Planned
from duties import actions as duties
from duties.models import Duty

from ..models import Appointment, AppointmentState
from ..models.sessions import CAME


def carried_over(episodes, kind, started_at, ended_at):
    """The appointments, one an episode, that a session of this kind at this time was: locked, still planned."""
    rows = PLANNED_THEN([episode.pk for episode in episodes], str(kind), ended_at, started_at)
    return list({row.episode_id: row for row in rows}.values())


PLANNED_THEN = Planned(
    lambda episodes, kind, ended_at, started_at: (
        Appointment.objects.planned()
        .filter(episode__any_of=episodes, kind=kind, starts_at__lte=ended_at, ends_at__gte=started_at)
        .order_by("-starts_at")
        .select_for_update(no_key=True, of=("self",))
    ),
    list,
    str,
    datetime,
    datetime,
)


def carry(planned, held):
    """Each session, not saved yet, names what was planned for it."""
    by_episode = {appointment.episode_id: appointment for appointment in planned}
    for session in held:
        session.appointment = by_episode.get(session.episode_id)


def settle(planned, held, *, by, at):
    """The appointments took place, or were missed; nobody is asked to log them any more."""
    if not planned:
        return
    came = {session.episode_id: session.attendance in CAME for session in held}
    for appointment in planned:
        state = AppointmentState.HELD if came[appointment.episode_id] else AppointmentState.MISSED
        appointment.close(state, by=by, at=at)
    Appointment.objects.bulk_update(planned, ["state", "closed_at", "closed_by"])
    if owed := [appointment.log_duty_id for appointment in planned if appointment.log_duty_id]:
        duties.resolve_each(Duty.objects.filter(pk__in=owed), by=by, at=at, reason="logged")


def let_go(held):
    """These sessions were logged by mistake: what was planned for them is still to be logged."""
    planned = [session.appointment_id for session in held if session.appointment_id]
    if planned:
        Appointment.objects.right().filter(pk__in=planned).update(
            state=AppointmentState.PLANNED, closed_at=None, closed_by=None, log_duty=None
        )
