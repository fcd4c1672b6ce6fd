"""Pictures of numbers: points in, a picture and the table of the same numbers out. Nothing is asked for here.

Lines take the color of the words around them, so that they are right in light and dark.
"""

from typing import NamedTuple

from django.template.loader import render_to_string

WIDTH, HEIGHT = 640, 200
LEFT, RIGHT, TOP, BOTTOM = 36, 24, 16, 28
LANE, BAR = 20, 12  # how high a row of bars is, and a bar in it

# What goes on beside the numbers, registered by the apps that know: functions of a person that answer with [Lane].
LANES = []


class Bar(NamedTuple):
    """Something that went on from a time until another, or goes on: a placement, a medication."""

    began_at: object
    ended_at: object
    words: str


class Lane(NamedTuple):
    """Bars of one kind, drawn as one row under the line."""

    name: str
    bars: list


def lane(function):
    """Register a function of the person: the rows of bars that stand under every line about them."""
    LANES.append(function)
    return function


def lanes_of(patient):
    """Every row of bars there is about a person; asked for once a page."""
    return [one for found in LANES for one in found(patient) if one.bars]


class Point(NamedTuple):
    """One number: when, how much, what else the table says of it, and whether it is marked."""

    at: object
    value: float
    words: str = ""
    marked: bool = False


def line(title, points, *, unit="", bottom=0, top=None, bands=(), as_steps=False, lanes=()):
    """A line through points in the order of time; nothing when there are none. The scale goes from bottom to top.

    `bands` are shaded behind it: (from, to, words). `lanes` are rows of thin bars under it. The picture tells its
    first, last, lowest and highest number to whoever does not see it.
    """
    if not points:
        return ""
    points = sorted(points, key=lambda point: point.at)
    top = top or max(1, *(point.value for point in points))
    places = [(_across(point.at, points), _up(point.value, top, bottom)) for point in points]
    rows = [(one.name, bars) for one in lanes if (bars := _bars(one, points))]
    rows = [{"name": name, "bars": bars, "y": HEIGHT + number * LANE} for number, (name, bars) in enumerate(rows)]
    low, high = (pick(point.value for point in points) for pick in (min, max))
    return render_to_string(
        "admin/plot.html",
        {
            "title": title,
            "summary": f"{len(points)} number{'' if len(points) == 1 else 's'}, "
            f"from {points[0].value:g} to {points[-1].value:g}{unit}; lowest {low:g}, highest {high:g}.",
            "path": _path(places, as_steps),
            "dots": places if len(places) <= 60 else places[-1:],
            "marks": [place for place, point in zip(places, points, strict=True) if point.marked],
            "last": (*places[-1], f"{points[-1].value:g}{unit}"),
            "lines": [(_up(value, top, bottom), f"{value:g}") for value in (bottom, (bottom + top) / 2, top)],
            "bands": [_band(*band, top, bottom) for band in bands],
            "days": [(LEFT, "start", points[0].at), (WIDTH - RIGHT, "end", points[-1].at)][: len(points)],
            "points": points[::-1],
            "unit": unit,
            "lanes": rows,
            "bar": BAR,
            "width": WIDTH,
            "height": HEIGHT + LANE * len(rows),
            "left": LEFT,
            "right": WIDTH - RIGHT,
            "room": WIDTH - RIGHT - LEFT,
            "ground": HEIGHT - 8,
        },
    )


def _bars(lane, points):
    """A row of bars as far as it lies within the time that is shown: (left, width, words, began, ended)."""
    first, last = points[0].at, points[-1].at
    found = []
    for began_at, ended_at, words in lane.bars:
        if began_at > last or (ended_at is not None and ended_at < first):
            continue
        left = _across(max(began_at, first), points) if last > first else LEFT
        right = _across(min(ended_at or last, last), points) if last > first else WIDTH - RIGHT
        found.append((left, max(round(right - left, 1), 2), words, began_at, ended_at))
    return found


def _across(at, points):
    """How far along the time between the first point and the last."""
    first, last = points[0].at, points[-1].at
    part = (at - first) / (last - first) if last > first else 0.5
    return round(LEFT + part * (WIDTH - RIGHT - LEFT), 1)


def _band(lower, upper, words, top, bottom):
    """Where a band begins, how high it is, and its words."""
    place = _up(upper, top, bottom)
    return place, _up(lower, top, bottom) - place, words


def _up(value, top, bottom=0):
    """How high; what lies beyond the scale stays at its edge."""
    part = min(max((value - bottom) / (top - bottom), 0), 1)
    return round(HEIGHT - BOTTOM - part * (HEIGHT - TOP - BOTTOM), 1)


def _path(places, as_steps):
    """The line through the places, straight or in steps."""
    (x, y), *rest = places
    found = [f"M{x} {y}"]
    for x, y in rest:
        found.append(f"H{x}V{y}" if as_steps else f"L{x} {y}")
    return "".join(found)
