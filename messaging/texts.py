"""What a message says. To a person: nothing that tells a stranger what it is about. To staff: nobody's name."""

from email.utils import formataddr, parseaddr
from typing import NamedTuple

from django.conf import settings
from django.template.loader import render_to_string


class Letter(NamedTuple):
    """A message, ready to be handed over."""

    subject: str
    body: str
    sender: str


def to_person(notice, person):
    """The letter to a person, in their language, from the facility's neutral sender."""
    facility = notice.facility
    name = _one_line(person.preferred_name)
    context = {
        "name": "" if name.lower() == "unknown" else name,
        "from_whom": facility.sender_name,
        "phone": facility.phone,
    }
    sender = formataddr((facility.sender_name, parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))
    return _letter(f"{notice.template}.{person.language}", context, sender)


def to_staff(notice, now):
    """The letter to staff: what is owed, where and when."""
    duty, facility = notice.duty, notice.facility
    context = {
        "what": duty.ladder.name,
        "facility": facility.name,
        "due": f"{duty.due_at.astimezone(facility.tz()):%a %b %d, %H:%M %Z}",
        "when": when(duty.due_at, now),
        "critical": notice.critical,
        "late_by_us": notice.late_by_us,
    }
    return _letter(notice.template, context, settings.DEFAULT_FROM_EMAIL)


def when(due_at, now):
    """How far off it is, in words: “in 40 minutes”, “now”, “late by 3 days 2 hours”."""
    minutes = int(abs(now - due_at).total_seconds()) // 60
    parts = [(minutes // 1440, "day"), (minutes // 60 % 24, "hour"), (minutes % 60, "minute")]
    words = [f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in parts if count][:2]
    if not words:
        return "now"
    return f"{'late by' if now > due_at else 'in'} {' '.join(words)}"


def _letter(name, context, sender):
    """The first line of the template is the subject. Raises TemplateDoesNotExist."""
    subject, _, body = render_to_string(f"messaging/{name}.txt", context).strip().partition("\n")
    return Letter(subject.strip(), body.strip() + "\n", sender)


def _one_line(text):
    return " ".join(text.split())
