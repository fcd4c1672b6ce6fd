"""Two records that may be one person: what each has, and what speaks against it."""

from dataclasses import dataclass

from django.db import models
from django.db.models import Count, Q

from ..codes import Sex
from .contacts import ContactPoint
from .episodes import Episode


class Conflict(models.TextChoices):
    """What speaks against two records being one person, or is in the way of saying so."""

    SAME_RECORD = "same_record", "This is the same record."
    MERGED_ALREADY = "merged_already", "One of them is merged already."
    BOTH_EPISODES_OPEN = "both_episodes_open", "Both have an open episode: close one of them first."
    BIRTH_DATES_DIFFER = "birth_dates_differ", "The birth dates differ."
    LEGAL_NAMES_DIFFER = "legal_names_differ", "The legal names differ."
    SEXES_DIFFER = "sexes_differ", "The recorded sexes differ."
    ONE_DIED = "one_died", "The death of one of them was reported."


STOPS = {Conflict.SAME_RECORD, Conflict.MERGED_ALREADY, Conflict.BOTH_EPISODES_OPEN}


@dataclass
class Side:
    """One record, with what hangs on every record of the same person."""

    patient: object
    open_episodes: int
    closed_episodes: int
    contact_points: list

    @classmethod
    def of(cls, patient):
        """Counted, in three statements."""
        records = list(patient.records().values_list("pk", flat=True))
        counted = (
            Episode.objects.right()
            .filter(patient__in=records)
            .aggregate(
                open=Count("pk", filter=Q(closed_at=None)), closed=Count("pk", filter=Q(closed_at__isnull=False))
            )
        )
        points = ContactPoint.objects.right().filter(patient__in=records).values_list("value", flat=True)
        return cls(patient, counted["open"], counted["closed"], list(points))

    def __getattr__(self, name):
        return getattr(self.patient, name)


def preview(patient, into):
    """Both sides, and what speaks against merging them."""
    sides = Side.of(patient), Side.of(into)
    found = [conflict for conflict, holds in _asked(*sides) if holds]
    return {
        "merged": sides[0],
        "into": sides[1],
        "conflicts": [{"code": one.value, "detail": one.label, "stops": one in STOPS} for one in found],
    }


def _asked(here, there):
    yield Conflict.SAME_RECORD, here.pk == there.pk
    yield Conflict.MERGED_ALREADY, here.merged_into_id or there.merged_into_id
    yield Conflict.BOTH_EPISODES_OPEN, here.pk != there.pk and here.open_episodes and there.open_episodes
    yield Conflict.BIRTH_DATES_DIFFER, _differ(here.birth_date, there.birth_date)
    yield Conflict.LEGAL_NAMES_DIFFER, _differ(here.legal_name.casefold(), there.legal_name.casefold())
    yield Conflict.SEXES_DIFFER, here.sex != there.sex and Sex.UNKNOWN not in (here.sex, there.sex)
    yield Conflict.ONE_DIED, bool(here.death_reported_at) != bool(there.death_reported_at)


def _differ(one, other):
    return bool(one and other and one != other)
