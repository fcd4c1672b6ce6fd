"""Is somebody there now? What a person is told at once, with numbers that answer when nobody here does."""

import json
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import override

from accounts.models import OnCallShift

NUMBERS = json.loads((Path(__file__).parents[1] / "data" / "numbers.json").read_text())
LOOK_AHEAD = timedelta(days=7)


@dataclass(frozen=True)
class Presence:
    """Whether somebody on call would hear a page now, until when, or from when again; and whom to call at once."""

    live: bool
    until: datetime | None
    back_at: datetime | None
    sentence_en: str
    sentence_es: str
    numbers: list

    def sentence(self, language):
        """What the person is told, in their language."""
        return self.sentence_es if language == "es" else self.sentence_en


def numbers_of(facility):
    """Lines where the facility is, under neutral names: its own, or those of data/numbers.json; none are guessed."""
    if not (facility.emergency_number or facility.talk_number):
        return NUMBERS["countries"].get(facility.country, [])
    own = {"emergency": facility.emergency(), "talk": facility.talk()}
    return [{"number": number, "ways": ["call"], **NUMBERS["own"][name]} for name, number in own.items() if number]


def who_is_there(facility, at, *, told=True):
    """Who would hear a page now. With nobody on the rota the person is told so at once (domain 7.3).

    The last resort is no promise that somebody is there: it is not told. Nor is it said that somebody was `told`
    where nobody was paged.
    """
    shifts = OnCallShift.objects.standing().filter(facility=facility, ends_at__gt=at, starts_at__lt=at + LOOK_AHEAD)
    spans = list(shifts.order_by("starts_at").values_list("starts_at", "ends_at"))
    until = _covered_until(spans, at)
    back_at = None if until else next((starts for starts, _ in spans), None)
    there = "live" if told else "numbers"
    kind = there if until else "nobody" if back_at else "nobody_known"
    said = {
        language: words.format(
            until=_wall(until, facility, at, language), next=_wall(back_at, facility, at, language)
        )
        for language, words in NUMBERS["sentences"][kind].items()
    }
    return Presence(until is not None, until, back_at, said["en"], said["es"], numbers_of(facility))


def _covered_until(spans, at):
    """The end of the unbroken cover that holds at this instant, or None."""
    until = None
    for starts, ends in spans:
        if starts <= (until or at):
            until = max(until or ends, ends)
    return until


A_WEEK = 7  # days from which on a day of the week is another one


def _wall(instant, facility, now, language):
    """A time on the facility's wall clock, with its day when that is not today.

    With its date where the day alone may be another one: a week from now, and midnight, which two days claim.
    """
    if instant is None:
        return ""
    local, today = instant.astimezone(facility.tz()), now.astimezone(facility.tz()).date()
    if local.date() == today:
        return f"{local:%H:%M}"
    with override(language):
        day, month = str(WEEKDAYS[local.weekday()]), str(MONTHS[local.month])
    dated = (local.date() - today).days >= A_WEEK or local.time() == time(0)
    if language == "en":
        return f"{day}, {month} {local.day}, {local:%H:%M}" if dated else f"{day} {local:%H:%M}"
    return f"el {day} {local.day} de {month} a las {local:%H:%M}" if dated else f"el {day} a las {local:%H:%M}"
