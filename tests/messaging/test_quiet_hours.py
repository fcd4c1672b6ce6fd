"""Quiet hours are the person's wall time, on the days the clocks change too."""

from datetime import UTC, datetime, time, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given as generated
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from messaging.actions import end_of_quiet_hours

pytestmark = pytest.mark.usefixtures("quiet_hours")


def facility(start, end):
    return SimpleNamespace(quiet_from=time.fromisoformat(start), quiet_until=time.fromisoformat(end))


def end(wall, zone, start="21:00", until="08:00", fold=0):
    """The end of quiet hours as local wall time, or None."""
    tz = ZoneInfo(zone)
    instant = datetime.fromisoformat(wall).replace(tzinfo=tz, fold=fold).astimezone(UTC)
    found = end_of_quiet_hours(instant, facility(start, until), tz)
    return found and f"{found.astimezone(tz):%Y-%m-%d %H:%M %z}"


@pytest.mark.parametrize(
    ("wall", "zone", "expected"),
    [
        ("2026-07-01 20:59", "America/New_York", None),
        ("2026-07-01 21:00", "America/New_York", "2026-07-02 08:00 -0400"),
        ("2026-07-02 00:00", "America/New_York", "2026-07-02 08:00 -0400"),
        ("2026-07-02 07:59", "America/New_York", "2026-07-02 08:00 -0400"),
        ("2026-07-02 08:00", "America/New_York", None),
        # The nights the clocks change.
        ("2026-03-07 22:00", "America/New_York", "2026-03-08 08:00 -0400"),
        ("2026-03-08 01:59", "America/New_York", "2026-03-08 08:00 -0400"),
        ("2026-10-31 22:00", "America/New_York", "2026-11-01 08:00 -0500"),
        # Half and quarter hours.
        ("2026-07-01 23:10", "Asia/Kolkata", "2026-07-02 08:00 +0530"),
        ("2026-07-01 23:10", "Asia/Kathmandu", "2026-07-02 08:00 +0545"),
        ("2026-04-04 23:00", "Australia/Lord_Howe", "2026-04-05 08:00 +1030"),
        ("2026-10-03 23:00", "Australia/Lord_Howe", "2026-10-04 08:00 +1100"),
    ],
)
def test_the_end_of_quiet_hours(wall, zone, expected):
    assert end(wall, zone) == expected


def test_equal_hours_mean_none():
    assert end("2026-07-02 03:00", "UTC", "00:00", "00:00") is None
    assert end("2026-07-02 08:00", "UTC", "08:00", "08:00") is None


def test_within_one_day():
    assert end("2026-07-02 13:30", "UTC", "13:00", "15:00") == "2026-07-02 15:00 +0000"
    assert end("2026-07-02 15:00", "UTC", "13:00", "15:00") is None


def test_an_end_that_comes_twice():
    """01:30 comes twice: quiet ends at the first, begins again, and ends at the second."""
    zone = "America/New_York"
    assert end("2026-11-01 01:10", zone, "21:00", "01:30", fold=0) == "2026-11-01 01:30 -0400"
    assert end("2026-11-01 01:10", zone, "21:00", "01:30", fold=1) == "2026-11-01 01:30 -0500"


def test_an_end_that_never_comes():
    """02:30 is skipped: quiet ends when the clock has passed it."""
    assert end("2026-03-08 01:10", "America/New_York", "21:00", "02:30") == "2026-03-08 03:30 -0400"


@hypothesis_settings(max_examples=200, deadline=None)
@generated(
    instant=st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)),
    zone=st.sampled_from(
        ["UTC", "America/New_York", "America/St_Johns", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia"]
    ),
    start=st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    until=st.times().map(lambda t: t.replace(second=0, microsecond=0)),
)
def test_it_always_ends_later_and_outside_of_quiet_hours(instant, zone, start, until):
    place, tz = SimpleNamespace(quiet_from=start, quiet_until=until), ZoneInfo(zone)
    found = end_of_quiet_hours(instant, place, tz)
    if found is not None:
        assert instant < found <= instant + timedelta(hours=26)
        assert end_of_quiet_hours(found, place, tz) is None
