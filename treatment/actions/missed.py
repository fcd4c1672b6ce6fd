"""Who did not come is owed one call; who comes again has answered it (domain 7.3)."""

from datetime import datetime, timedelta

from django.db.models import BooleanField, Case, F, Value, When
from django.db.models.functions import Coalesce

from accounts.models import Role
from audit.planned import Planned
from duties import actions as duties
from duties.models import Duty
from patients.models import Stage

from ..models.sessions import CAME, Attendance, Session

CALL_WITHIN = timedelta(hours=24)  # a missed contact is called about within a day (domain 7.3)


def follow(held, *, facility, by, at):
    """What these sessions, not saved yet and of locked episodes, ask for: one call to each who did not come.

    One that is open already, whatever it is about, hears of the new miss; there is never a second. Excused asks for
    nothing. Who came has answered the call that a miss opened, and one that is about something else hears of it.
    """
    missed = [session for session in held if session.attendance == Attendance.NO_SHOW]
    came = [session for session in held if session.attendance in CAME]
    if missed:
        _owe(missed, facility=facility, by=by, at=at)
    if came:
        _answer(came, by=by, at=at)


def _person(session):
    return session.patient.merged_into_id or session.patient_id


def _owe(missed, *, facility, by, at):
    people = {_person(session) for session in missed}
    calls = (
        Duty.objects.open()
        .filter(ladder__slug="contact")
        .annotate(person=Coalesce("patient__merged_into", "patient"))
    )
    found = {duty.person: duty for duty in calls.filter(person__in=people).order_by("-due_at")}
    duties.note_each([(found[_person(one)], in_words(one)) for one in missed if _person(one) in found], by=by, at=at)
    new = [session for session in missed if _person(session) not in found]
    opened = duties.open_all(
        [
            {
                "slug": "contact",
                "facility": facility,
                "patient": session.patient,
                "episode": session.episode,
                "owner": by if by.is_at(facility, [_owed_by(session)]) else None,
                "owner_role": _owed_by(session),
                "due_at": max(at, session.started_at + CALL_WITHIN),
                "once": f"contact:{session.patient_id}",
                "note": in_words(session),
            }
            for session in new
        ],
        by=by,
        at=at,
    )
    found |= {_person(session): duty for session, duty in zip(new, opened, strict=True)}
    for session in missed:
        session.contact_duty = found[_person(session)]


def _owed_by(session):
    return Role.AFTERCARE if session.episode.stage == Stage.AFTERCARE else Role.COUNSELOR


def in_words(session):
    """Which session was missed and why: reasons are told apart."""
    when = session.started_at.astimezone(session.facility.tz())
    why = session.get_attendance_because_display().lower()
    words = f": {session.attendance_reason}" if session.attendance_reason else ""
    kind = session.get_kind_display().lower()
    return f"did not come to a session ({kind}) on {when:%b} {when.day}, {when:%H:%M} – {why}{words}"


def _answer(came, *, by, at):
    began = max(session.started_at for session in came)
    found = {}
    for duty, its_own in CALLS_ANSWERED([session.episode_id for session in came], began):
        found[duty] = found.get(duty, False) or its_own
    if not found:
        return
    duties.resolve_each(
        Duty.objects.filter(pk__in=[duty for duty, its_own in found.items() if its_own]),
        by=by,
        at=at,
        reason="came to a session",
    )
    others = Duty.objects.open().filter(pk__in=[duty for duty, its_own in found.items() if not its_own])
    duties.note_each([(duty, "came to a session since") for duty in others.order_by("pk")], by=by, at=at)


def _calls_answered(episodes, began):
    """[(call, was it opened by this very miss, and not by something it was added to?)]

    The contact that a move between programs promised is among them: whoever came has had it.
    """
    misses = Session.objects.right().filter(
        episode__any_of=episodes,
        attendance=Attendance.NO_SHOW,
        started_at__lt=began,
        contact_duty__closed_at=None,
        contact_duty__isnull=False,
    )
    same = When(contact_duty__opened_at=F("logged_at"), then=True)
    opened_it = Case(same, default=False, output_field=BooleanField())
    promised = Duty.objects.open().filter(step_to_follow__isnull=False, episode__any_of=episodes)
    return (
        misses.annotate(its_own=opened_it)
        .values_list("contact_duty", "its_own")
        .union(promised.annotate(its_own=Value(True)).values_list("pk", "its_own"))
    )


CALLS_ANSWERED = Planned(_calls_answered, list, datetime)


def forget(held, *, by, at, why):
    """These misses were none: the call one of them opened is not owed, unless another miss waits for it too."""
    called = [session for session in held if session.contact_duty is not None and session.contact_duty.is_open()]
    if not called:
        return
    waiting = Session.objects.right().filter(
        contact_duty__in=[session.contact_duty for session in called], attendance=Attendance.NO_SHOW
    )
    wanted = set(waiting.exclude(pk__in=[session.pk for session in called]).values_list("contact_duty", flat=True))
    own = [
        session
        for session in called
        if session.contact_duty.opened_at == session.logged_at and session.contact_duty_id not in wanted
    ]
    keys = [session.contact_duty_id for session in own]
    duties.cancel_each(Duty.objects.filter(pk__in=keys), by=by, at=at, reason=why)
    rest = [session for session in called if session not in own]
    duties.note_each([(session.contact_duty, f"{why}: {in_words(session)}") for session in rest], by=by, at=at)
