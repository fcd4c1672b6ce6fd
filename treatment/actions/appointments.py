"""Planning sessions, moving and canceling them, beginning and ending one, and logging what came of it."""

import logging
from datetime import timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import Role, User
from duties import actions as duties
from duties.models import Duty
from patients import actions as patients
from patients.actions import at_stage, needs
from patients.models import Episode

from ..models import Appointment, AppointmentState, Series
from ..models.appointments import MOST, CancelReason, on_the_wall
from ..models.sessions import WRITES
from ..models.telehealth import TELEHEALTH
from . import sessions
from .observations import where

log = logging.getLogger(__name__)


@needs(at_stage(*sessions.HAVE_SESSIONS))
@transaction.atomic
def plan(episode, *, kind, starts_at, by, minutes=50, counselor=None, how="in_person", place="", at=None, id=None):
    """Plan a session with a person. Raises wrong_stage, in_the_past, not_a_member, appointment_overlaps."""
    episode, facility, at = _ready(episode, plan, at)
    appointment = Appointment(
        patient_id=episode.patient_id,
        facility=facility,
        episode=episode,
        kind=kind,
        how=how,
        place=place,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes),
        counselor=_who(counselor or by, facility),
        planned_at=at,
        planned_by=by,
    )
    if id:
        appointment.id = id
    _require_ahead([starts_at], at)
    appointment.save(force_insert=True)
    return appointment


@needs(at_stage(*sessions.HAVE_SESSIONS))
@transaction.atomic
def plan_series(
    episode,
    *,
    kind,
    first_on,
    local_time,
    by,
    minutes=50,
    until_on=None,
    times=None,
    counselor=None,
    how="in_person",
    place="",
    at=None,
    id=None,
):
    """Plan a session once a week at the same hour of the place's clock, which stays when the clocks change.

    Raises series_without_end, series_too_long, length_unlikely, in_the_past, not_a_member, appointment_overlaps.
    """
    episode, facility, at = _ready(episode, plan_series, at)
    series = Series(
        patient_id=episode.patient_id,
        facility=facility,
        episode=episode,
        kind=kind,
        how=how,
        place=place,
        counselor=_who(counselor or by, facility),
        first_on=first_on,
        local_time=local_time,
        zone=facility.zone,
        minutes=minutes,
        until_on=until_on,
        times=times,
        planned_at=at,
        planned_by=by,
    )
    if id:
        series.id = id
    series.save(force_insert=True)
    if len(list(islice(series.days(), MOST + 1))) > MOST:
        raise ValidationError("A series has at most a year of sessions.", code="series_too_long")
    starts = series.starts()
    _require_ahead(starts, at)
    Appointment.objects.bulk_create(
        Appointment(
            patient_id=episode.patient_id,
            facility=facility,
            episode=episode,
            series=series,
            kind=kind,
            how=how,
            place=place,
            starts_at=start,
            ends_at=start + timedelta(minutes=minutes),
            counselor=series.counselor,
            planned_at=at,
            planned_by=by,
        )
        for start in starts
    )
    return series


def _ready(episode, action, at):
    episode = Episode.objects.select_related("facility").lock(episode.pk)
    action.require(episode)
    return episode, where(episode), at or timezone.now()


def _who(counselor, facility):
    if not counselor.is_at(facility, WRITES):
        raise ValidationError(
            "%(who)s holds no session at this place.", code="not_a_member", params={"who": str(counselor)}
        )
    return counselor


def _require_ahead(starts, at):
    if any(start < at for start in starts):
        raise ValidationError("This lies in the past. Log a session that took place already.", code="in_the_past")


def is_planned(appointment):
    """Raises error_marked or appointment_closed."""
    if appointment.entered_in_error_at:
        raise ValidationError("This is marked as entered in error.", code="error_marked")
    if appointment.state != AppointmentState.PLANNED:
        raise ValidationError(
            "This appointment was %(what)s already.",
            code="appointment_closed",
            params={"what": appointment.get_state_display().lower()},
        )


def has_not_begun(appointment):
    """Raises begun_already."""
    if appointment.begun_at:
        raise ValidationError("This session has begun already.", code="begun_already")


def goes_on(appointment):
    """Raises not_begun or ended_already."""
    if appointment.begun_at is None:
        raise ValidationError("This session has not begun.", code="not_begun")
    if appointment.over_at:
        raise ValidationError("This session has ended already.", code="ended_already")


@needs(is_planned, has_not_begun)
@transaction.atomic
def change(
    appointment, *, by, rest=False, starts_at=None, minutes=None, how=None, place=None, counselor=None, at=None
):
    """Move an appointment or change who, how and where: this one alone, or with the rest of its series.

    The rest moves by as many days, to the same hour on the wall. Raises appointment_closed, begun_already,
    in_the_past, not_a_member, appointment_overlaps.
    """
    appointment, at = _locked(appointment), at or timezone.now()
    change.require(appointment)
    rows = _rows(appointment, rest)
    zone = ZoneInfo(appointment.series.zone) if appointment.series_id else appointment.facility.tz()
    before = appointment.starts_at.astimezone(zone)
    after = starts_at.astimezone(zone) if starts_at else before
    days = after.date() - before.date()
    for row in rows:
        length = timedelta(minutes=minutes) if minutes else row.ends_at - row.starts_at
        if starts_at and row.pk == appointment.pk:
            row.starts_at = starts_at
        elif starts_at:
            row.starts_at = on_the_wall(row.starts_at.astimezone(zone).date() + days, after.time(), zone)
        row.ends_at = row.starts_at + length
        row.how = how or row.how
        row.place = row.place if place is None else place
        row.counselor = _who(counselor, row.facility) if counselor else row.counselor
    if starts_at:
        _require_ahead([row.starts_at for row in rows], at)
        _ask_no_more(rows, by=by, at=at, reason="moved")
    Appointment.objects.bulk_update(rows, ["starts_at", "ends_at", "how", "place", "counselor", "log_duty"])
    appointment.refresh_from_db()
    return appointment


@needs(is_planned)
@transaction.atomic
def cancel(appointment, *, because, by, words="", rest=False, at=None):
    """It will not take place: this one alone, or with the rest of its series. Raises appointment_closed."""
    appointment, at = _locked(appointment), at or timezone.now()
    is_planned(appointment)
    _cancel(_rows(appointment, rest), because=because, words=words, by=by, at=at)
    appointment.refresh_from_db()
    return appointment


def cancel_planned(episode, *, because=CancelReason.ENDED, words="", by, at):
    """Nothing of what was planned takes place any more: of a locked episode that closes."""
    rows = Appointment.objects.planned().filter(episode=episode).select_for_update(no_key=True, of=("self",))
    _cancel(list(rows.order_by("pk")), because=because, words=words, by=by, at=at)


def _cancel(rows, *, because, words, by, at):
    for row in rows:
        row.close(AppointmentState.CANCELED, by=by, at=at)
        row.cancel_because, row.cancel_words = because, words
    Appointment.objects.bulk_update(rows, ["state", "closed_at", "closed_by", "cancel_because", "cancel_words"])
    _ask_no_more(rows, by=by, at=at, reason="canceled")


def _ask_no_more(rows, *, by, at, reason):
    if owed := [row.log_duty_id for row in rows if row.log_duty_id]:
        duties.cancel_each(Duty.objects.filter(pk__in=owed), by=by, at=at, reason=reason)
        for row in rows:
            row.log_duty = None


def _locked(appointment):
    Episode.objects.lock(appointment.episode_id)
    return Appointment.objects.select_related("facility", "series", "log_duty").lock(appointment.pk)


def _rows(appointment, rest):
    if not rest:
        return [appointment]
    rows = Appointment.objects.rest_of(appointment).filter(begun_at=None).select_related("facility")
    return list(rows.order_by("starts_at").select_for_update(no_key=True, of=("self",)))


@needs(is_planned, has_not_begun)
@transaction.atomic
def begin(appointment, *, by, at=None, **known):
    """The session begins now. From afar, not before it is known where the person is and how help would come.

    `known` are the columns of TELEHEALTH. Raises appointment_closed, begun_already or telehealth_blank.
    """
    appointment, at = _locked(appointment), at or timezone.now()
    begin.require(appointment)
    appointment.begun_at, appointment.begun_by = at, by
    for column, value in known.items():
        setattr(appointment, column, value.strip())
    appointment.save(update_fields=["begun_at", "begun_by", *known])
    appointment.refresh_from_db()
    return appointment


@needs(is_planned, goes_on)
@transaction.atomic
def end(appointment, *, by, at=None):
    """The session is over now; it is logged next. Raises appointment_closed, not_begun or ended_already."""
    appointment, at = _locked(appointment), at or timezone.now()
    end.require(appointment)
    appointment.over_at, appointment.over_by = at, by
    appointment.save(update_fields=["over_at", "over_by"])
    appointment.refresh_from_db()
    return appointment


@needs(is_planned)
@transaction.atomic
def log_appointment(appointment, *, attendance, by, started_at=None, ended_at=None, at=None, **facts):
    """What came of an appointment, as a session: what was planned, and when it really was, are carried over.

    Raises appointment_closed and what `log_session` does.
    """
    appointment, at = _locked(appointment), at or timezone.now()
    is_planned(appointment)
    known = {column: facts.pop(column, "") or getattr(appointment, column) for column in TELEHEALTH}
    started = started_at or appointment.begun_at or appointment.starts_at
    ended = ended_at or appointment.over_at or max(started, min(appointment.ends_at, at))
    return sessions.log_session(
        appointment.episode,
        kind=appointment.kind,
        how=appointment.how,
        started_at=started,
        ended_at=ended,
        attendance=attendance,
        appointment=appointment,
        by=by,
        at=at,
        **known,
        **facts,
    )


def owe_logs(now):
    """Whoever was to hold it owes what came of it, once it ended longer ago than its place allows. How many."""
    count = 0
    for key in Appointment.objects.unlogged(now).order_by("ends_at").values_list("pk", flat=True).iterator():
        try:
            count += _owe_log(key, now)
        except Exception:  # one that is stuck must not stop the others; the next run tries again
            log.exception("appointment %s is stuck", key)
    return count


@transaction.atomic
def _owe_log(key, now):
    Episode.objects.lock(Appointment.objects.values_list("episode", flat=True).get(pk=key))
    row = Appointment.objects.unlogged(now).select_related("facility", "episode__patient", "counselor").filter(pk=key)
    row = row.select_for_update(no_key=True, of=("self",)).first()
    if row is None:
        return 0
    held = [role for role in sorted(WRITES) if row.counselor.is_at(row.facility, [role])]
    role = Role.COUNSELOR if Role.COUNSELOR in held or not held else held[0]
    row.log_duty = duties.open(
        "log_session",
        facility=row.facility,
        patient=row.episode.patient,
        episode=row.episode,
        owner=row.counselor if held else None,
        owner_role=role,
        due_at=row.ends_at + row.facility.logged_within,
        by=User.objects.system(),
        at=now,
    )
    row.save(update_fields=["log_duty"])
    return 1


@transaction.atomic
def mark_error(appointment, *, reason, by, at=None):
    """It was planned by mistake; nobody is asked to log it."""
    appointment, at = _locked(appointment), at or timezone.now()
    if appointment.log_duty and appointment.log_duty.is_open():
        duties.cancel(appointment.log_duty, by=by, at=at, reason="entered in error")
    return patients.mark_error(appointment, reason=reason, by=by, at=at)
