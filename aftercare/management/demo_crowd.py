"""Who the people of a large practice system are: invented, the same for the same hour, at every stage of the road.

Everything about a person is decided here, in plain Python; `demo_bulk` writes it down. Times are relative to `now`.
What is owed lies in the future and is spread over it, so that no clock strikes for everybody at once.
"""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from patients.models import CloseReason, Entry

HOUR, DAY = timedelta(hours=1), timedelta(days=1)

FIRST = [
    "Ada", "Amara", "Ana", "Ben", "Bo", "Carla", "Chidi", "Cleo", "Dana", "Darius", "Elif", "Emil", "Esra", "Eva",
    "Farid", "Finn", "Gia", "Gus", "Hana", "Hugo", "Ida", "Ilan", "Ines", "Ivo", "Jana", "Jin", "Jo", "Juan",
    "Kai", "Kim", "Lara", "Leif", "Lena", "Luz", "Maja", "Malik", "Mara", "Mei", "Milo", "Mina", "Nia", "Nils",
    "Nora", "Omar", "Pia", "Quinn", "Rafa", "Remy", "Rhea", "Rosa", "Rui", "Sami", "Sara", "Sean", "Sofia",
    "Tara", "Theo", "Uma", "Vera", "Wes", "Xenia", "Yara", "Yusuf", "Zoe",
]  # fmt: skip
LAST = [
    "Abara", "Acosta", "Bauer", "Becker", "Bello", "Bloom", "Brandt", "Castro", "Chen", "Cohen", "Costa", "Diaz",
    "Dube", "Egan", "Farah", "Fischer", "Flores", "Garcia", "Haddad", "Hale", "Hansen", "Ito", "Jansen", "Kaya",
    "Keller", "Khan", "Kowal", "Lang", "Lee", "Lopez", "Meyer", "Moreau", "Mori", "Nash", "Ngo", "Novak", "Nunez",
    "Okafor", "Olsen", "Ortega", "Park", "Patel", "Petrov", "Quist", "Ramos", "Reyes", "Rossi", "Saito", "Santos",
    "Schmidt", "Silva", "Singh", "Sousa", "Tran", "Vargas", "Vega", "Walsh", "Weber", "Wolf", "Xu", "Yilmaz",
    "Young", "Zhang", "Ziegler",
]  # fmt: skip
KETAMINE, ALCOHOL = "2004", "0201"

# How many of a thousand are where. The road's first stage is left in the moment it is entered.
STORIES = {
    "stabilizing": 20,
    "listening": 10,
    "thinking": 20,
    "intake": 30,
    "admission": 20,
    "residential": 20,
    "outpatient": 120,
    "aftercare": 230,
    "in_touch": 40,
    "declined": 150,
    "finished": 340,
}
TREATED = {"residential", "outpatient", "aftercare", "finished"}
TURN = [story for story, share in STORIES.items() for _ in range(share)]
Random("turn").shuffle(TURN)


@dataclass(slots=True)
class Person:
    """One row of the crowd: keys, place, who cares for them, and when each step was or is due."""

    n: int
    story: str
    patient: uuid.UUID
    episode: uuid.UUID
    facility: uuid.UUID
    nurse: uuid.UUID
    counselor: uuid.UUID
    intaker: uuid.UUID
    coach: uuid.UUID
    preferred: str
    legal: str
    born: date
    language: str
    email: str
    phone: str
    entry: str
    substance: str
    came: object
    cleared: object = None
    talk_due: object = None
    talked: object = None
    said: str = None
    ask_again: object = None
    intake_due: object = None
    taken: object = None
    admit_due: object = None
    admitted: object = None
    program: uuid.UUID = None
    bed: uuid.UUID = None
    plan_opened: object = None
    plan_due: object = None
    departed: object = None
    anchor: object = None
    schedule: uuid.UUID = None
    zone: str = ""
    number: int = None
    told_due: object = None
    check_opened: object = None
    check_due: object = None
    closed: object = None
    close_reason: str = None


def person(n, place, now):
    """The n-th person. `place` is where they come to: its keys, schedules and free beds."""
    chance = Random(f"throughline:{n}")
    story = TURN[n % len(TURN)]
    if story == "residential" and not place.beds:
        story = "outpatient"
    first, last = chance.choice(FIRST), chance.choice(LAST)
    asked = story in {"intake", "admission"} or (story in TREATED and chance.random() < 0.5)
    entry = chance.choice([Entry.SELF, Entry.SELF, Entry.COURT, Entry.OTHER_PROVIDER]) if asked else Entry.OVERDOSE
    came, steps = STEPS[story](chance, place, now)
    return Person(
        n=n,
        story=story,
        patient=key(chance, came),
        episode=key(chance, came),
        facility=place.facility.pk,
        nurse=place.nurse.pk,
        counselor=place.counselor.pk,
        intaker=place.intake.pk,
        coach=place.aftercare.pk,
        preferred=first,
        legal=f"{first} {last}",
        born=date(1950, 1, 1) + timedelta(days=chance.randrange(20_000)),
        language="es" if chance.random() < 0.15 else "en",
        email=f"{first}.{last}.{n}@example.org".lower(),
        phone=f"+1555{n // 10_000 % 1000:03}{n % 10_000:04}",
        entry=entry.value,
        substance=KETAMINE if entry == Entry.OVERDOSE or chance.random() < 0.6 else ALCOHOL,
        came=came,
        zone=place.facility.zone,
        **(_without_the_talk(steps) if asked else steps),
    )


def key(chance, at):
    """A key of version 7 for something written down at this time."""
    bits = int(at.timestamp() * 1000) << 80 | 7 << 76 | chance.getrandbits(12) << 64 | 2 << 62
    return uuid.UUID(int=bits | chance.getrandbits(62))


def _without_the_talk(steps):
    """Whoever asked for help needs nobody to bring the subject up."""
    return {name: at for name, at in steps.items() if name not in {"talk_due", "talked", "said"}}


def _ago(chance, now, least, most):
    """A time between `most` and `least` ago, to the second."""
    return now - least - timedelta(seconds=chance.randrange(int((most - least).total_seconds())))


def _stabilizing(chance, place, now):
    came = _ago(chance, now, HOUR, 20 * HOUR)
    return came, {"talk_due": came + 24 * HOUR}


def _listening(chance, place, now):
    came = _ago(chance, now, 7 * HOUR, 28 * HOUR)
    return came, {"cleared": came + 6 * HOUR, "talk_due": came + 30 * HOUR}


def _thinking(chance, place, now):
    came = _ago(chance, now, 30 * HOUR, 70 * HOUR)
    talked = came + 12 * HOUR
    steps = {"cleared": came + 6 * HOUR, "talk_due": came + 24 * HOUR, "talked": talked, "said": "thinking"}
    return came, {**steps, "ask_again": talked + 72 * HOUR}


def _intake(chance, place, now):
    came = _ago(chance, now, HOUR, 70 * HOUR)
    return came, {"intake_due": came + 72 * HOUR}


def _taken_in(came, taken):
    """From coming to the end of the intake, for whoever said yes."""
    return {
        "cleared": came + 6 * HOUR,
        "talk_due": came + 24 * HOUR,
        "talked": came + 9 * HOUR,
        "said": "accepted",
        "intake_due": came + 72 * HOUR,
        "taken": taken,
    }


def _admission(chance, place, now):
    came = _ago(chance, now, 30 * HOUR, 50 * HOUR)
    taken = max(came + 20 * HOUR, now - 22 * HOUR)
    return came, {**_taken_in(came, taken), "admit_due": taken + 24 * HOUR, "program": place.outpatient.pk}


def _admitted(came, place):
    steps = {**_taken_in(came, came + 20 * HOUR), "admit_due": came + 44 * HOUR}
    return {**steps, "admitted": came + 30 * HOUR, "program": place.outpatient.pk}


def _outpatient(chance, place, now, longest=120):
    came = _ago(chance, now, 2 * DAY, longest * DAY)
    steps = _admitted(came, place)
    reviewed = now - timedelta(seconds=chance.randrange(int(29 * DAY.total_seconds())))
    if reviewed < steps["admitted"] + 3 * DAY:  # the plan is not written yet, or its first review is ahead
        fresh = steps["admitted"] + 2 * DAY > now
        reviewed = steps["admitted"] + (timedelta(0) if fresh else 2 * DAY)
        ahead = 3 * DAY if fresh else 30 * DAY
        return came, {**steps, "plan_opened": reviewed, "plan_due": max(reviewed + ahead, now + HOUR)}
    return came, {**steps, "plan_opened": reviewed, "plan_due": reviewed + 30 * DAY}


def _residential(chance, place, now):
    came, steps = _outpatient(chance, place, now, longest=26)
    return came, {**steps, "program": place.residential.pk, "bed": place.beds.pop()}


def _aftercare(chance, place, now):
    left = _ago(chance, now, HOUR, 720 * DAY * chance.random() + DAY)
    came = left - timedelta(days=chance.randrange(20, 90))
    return came, {**_admitted(came, place), "departed": left, **_followed(place.kud, left, place, now)}


def _in_touch(chance, place, now):
    came = _ago(chance, now, DAY, 28 * DAY)
    talked = came + 9 * HOUR
    steps = {"cleared": came + 6 * HOUR, "talk_due": came + 24 * HOUR, "talked": talked, "said": "declined"}
    return came, {**steps, **_followed(place.touch, talked, place, now)}


def _followed(schedule, anchor, place, now):
    """The check-in that is owed now, and since when."""
    due = [schedule.due_at(number, anchor, place.facility.zone) for number in range(len(schedule.steps))]
    number = next(number for number, at in enumerate(due) if at > now)
    opened = due[number - 1] + 2 * HOUR if number else anchor
    return {
        "anchor": anchor,
        "schedule": schedule.pk,
        "number": number,
        "told_due": due[number - 1] if number else None,
        "check_opened": min(opened, now),
        "check_due": due[number],
    }


def _declined(chance, place, now):
    came = _ago(chance, now, 2 * DAY, 900 * DAY)
    talked = came + 9 * HOUR
    steps = {"cleared": came + 6 * HOUR, "talk_due": came + 24 * HOUR, "talked": talked, "said": "declined"}
    return came, {**steps, "closed": talked, "close_reason": CloseReason.DECLINED.value}


def _finished(chance, place, now):
    closed = _ago(chance, now, DAY, 900 * DAY)
    left = closed - timedelta(days=chance.randrange(30, 300))
    came = left - timedelta(days=chance.randrange(20, 90))
    why = chance.choice([CloseReason.COMPLETED, CloseReason.COMPLETED, CloseReason.WITHDREW, CloseReason.LOST])
    steps = {**_admitted(came, place), "departed": left, "anchor": left, "schedule": place.kud.pk}
    return came, {**steps, "closed": closed, "close_reason": why.value}


STEPS = {
    "stabilizing": _stabilizing,
    "listening": _listening,
    "thinking": _thinking,
    "intake": _intake,
    "admission": _admission,
    "residential": _residential,
    "outpatient": _outpatient,
    "aftercare": _aftercare,
    "in_touch": _in_touch,
    "declined": _declined,
    "finished": _finished,
}
