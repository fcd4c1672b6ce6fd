"""Clinical hours delivered each week, against what the person's level asks for (domain 2.2, 2.4): one statement."""

from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models.expressions import RawSQL

from .groups import SessionKind
from .sessions import CAME

# What counts; what a peer does and unstructured time do not (domain 2.4).
CLINICAL = [
    SessionKind.INDIVIDUAL,
    SessionKind.FAMILY,
    SessionKind.GROUP,
    SessionKind.PSYCHOEDUCATION,
    SessionKind.INTEGRATION,
]

# Monday to Sunday on the wall clock of the place. A week is whole when it is over and the person was in the program,
# and neither away nor looked for, from its beginning to its end: only a whole week can be too little.
WEEKS = """
WITH placed AS (
    SELECT p.id, p.patient_id, p.program_id, p.began_at, p.ended_at, g.name AS program, f.zone,
           g.asam_edition AS edition, g.level_of_care AS level, band.hours_from, band.hours_below
    FROM treatment_placement p
    JOIN treatment_program g ON g.id = p.program_id
    JOIN accounts_facility f ON f.id = p.facility_id
    LEFT JOIN LATERAL (
        SELECT s.hours_from, s.hours_below FROM treatment_levelstandard s
        WHERE s.asam_edition = g.asam_edition AND s.level = g.level_of_care
          AND (s.facility_id = g.facility_id OR s.facility_id IS NULL)
          AND (NOT s.for_minors OR g.max_age < 18)
        ORDER BY s.facility_id IS NULL, s.for_minors DESC LIMIT 1
    ) band ON TRUE
    WHERE p.track = 'main' AND p.entered_in_error_at IS NULL AND p.began_at <= %s AND p.id IN ({placements})
), weeks AS (
    SELECT placed.*, monday::date AS week, monday AT TIME ZONE zone AS starts,
           (monday + interval '7 days') AT TIME ZONE zone AS ends
    FROM placed, generate_series(
        date_trunc('week', greatest(began_at, %s) AT TIME ZONE zone),
        least(ended_at, %s) AT TIME ZONE zone, interval '7 days') monday
), delivered AS (
    SELECT weeks.id, patient_id, program_id, program, edition, level, week, hours_from, hours_below,
           (SELECT coalesce(sum(extract(epoch FROM s.ended_at - s.started_at)), 0) / 3600 FROM treatment_session s
             WHERE s.placement_id = weeks.id AND s.started_at >= starts AND s.started_at < ends
               AND s.entered_in_error_at IS NULL AND s.attendance = ANY(%s) AND s.kind = ANY(%s)) AS hours,
           began_at <= starts AND coalesce(ended_at >= ends, TRUE) AND ends <= %s
               AND NOT EXISTS (
                   SELECT FROM treatment_absence a
                   WHERE a.placement_id = weeks.id AND a.entered_in_error_at IS NULL AND a.left_at < ends
                     AND coalesce(a.returned_at, a.ended_at, ends) > starts)
               AND NOT EXISTS (
                   SELECT FROM treatment_departure d
                   WHERE d.placement_id = weeks.id AND d.entered_in_error_at IS NULL AND d.noticed_at < ends
                     AND coalesce(d.ended_at, ends) > starts) AS whole
    FROM weeks
)
"""
ROWS = """
SELECT id, patient_id, program_id, program, edition, level, week, round(hours, 2), hours_from, hours_below, whole
FROM delivered ORDER BY week, id
"""
UNDER = "SELECT id FROM delivered WHERE whole AND hours < hours_from"
WEEK = timedelta(days=7)


class Week(NamedTuple):
    """One week of somebody in a program."""

    placement: UUID
    patient: UUID
    program: UUID
    name: str
    edition: str
    level: str
    week: date  # its Monday
    hours: Decimal
    hours_from: Decimal | None
    hours_below: Decimal | None
    whole: bool

    @property
    def state(self):
        """under, in or over the band; part of a week; none where the level asks for no hours."""
        if self.hours_from is None and self.hours_below is None:
            return "none"
        if self.hours_below is not None and self.hours >= self.hours_below:
            return "over"
        if self.hours_from is not None and self.hours < self.hours_from:
            return "under" if self.whole else "part"
        return "in"

    @property
    def band(self):
        """In words."""
        low, high = (None if edge is None else float(edge) for edge in (self.hours_from, self.hours_below))
        if low is None or high is None:
            return "" if low == high else f"under {high:g} h" if low is None else f"{low:g} h or more"
        return f"{low:g} to under {high:g} h"


def _asked(placements, now, first, last):
    """The statement about these placements, and its values."""
    keys, of_keys = placements.order_by().values("pk").query.sql_with_params()
    values = [last, *of_keys, first, last, sorted(CAME), CLINICAL, now]
    return WEEKS.replace("{placements}", keys), values


def weekly(placements, *, now, first=None, last=None):
    """The weeks of these placements from one instant to another, the oldest first: [Week]."""
    statement, values = _asked(placements, now, first or now - 26 * WEEK, last or now)
    with connection.cursor() as cursor:
        cursor.execute(statement + ROWS, values)
        return [Week(*row) for row in cursor.fetchall()]


def last_week(placements, *, now):
    """The last week that is over, of each of these placements that was there in it."""
    return weekly(placements, now=now, first=now - WEEK, last=now - WEEK)


def under(placements, *, now):
    """The keys of those with fewer hours in the last whole week than their level asks for."""
    statement, values = _asked(placements, now, now - WEEK, now - WEEK)
    return placements.filter(pk__in=RawSQL(statement + UNDER, values))
