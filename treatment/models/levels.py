"""Levels of care: tokens of two editions of the ASAM criteria, stored as text, with short labels of our own.

Domain 2.1-2.2: names only. No determination table and no text of the criteria is shipped.
"""

from django.db import models


class Edition(models.TextChoices):
    """The edition of the criteria that a level is named by; most states still use the third."""

    THIRD = "3", "3rd edition"
    FOURTH = "4", "4th edition"


class ThirdLevel(models.TextChoices):
    """Levels of the third edition."""

    EARLY = "0.5", "Early intervention"
    OUTPATIENT = "1", "Outpatient"
    OPIOID = "OTS", "Opioid treatment services"
    INTENSIVE = "2.1", "Intensive outpatient"
    PARTIAL = "2.5", "Partial hospitalization"
    LOW = "3.1", "Low-intensity residential"
    POPULATION = "3.3", "High-intensity residential, population-specific"
    HIGH = "3.5", "High-intensity residential"
    MONITORED = "3.7", "Medically monitored inpatient"
    INPATIENT = "4", "Medically managed inpatient"
    WITHDRAWAL_1 = "1-WM", "Withdrawal management, outpatient"
    WITHDRAWAL_2 = "2-WM", "Withdrawal management, outpatient with on-site monitoring"
    WITHDRAWAL_3_2 = "3.2-WM", "Withdrawal management, residential"
    WITHDRAWAL_3_7 = "3.7-WM", "Withdrawal management, medically monitored inpatient"
    WITHDRAWAL_4 = "4-WM", "Withdrawal management, medically managed inpatient"


class FourthLevel(models.TextChoices):
    """Levels of the fourth edition. A recovery residence is housing, not a level of treatment."""

    RESIDENCE = "RR", "Recovery residence"
    REMISSION = "1.0", "Long-term remission monitoring"
    OUTPATIENT = "1.5", "Outpatient therapy"
    MEDICAL_OUTPATIENT = "1.7", "Medically managed outpatient"
    INTENSIVE = "2.1", "Intensive outpatient"
    HIGH_OUTPATIENT = "2.5", "High-intensity outpatient"
    MEDICAL_INTENSIVE = "2.7", "Medically managed intensive outpatient"
    LOW = "3.1", "Clinically managed low-intensity residential"
    HIGH = "3.5", "Clinically managed high-intensity residential"
    MEDICAL_RESIDENTIAL = "3.7", "Medically managed residential"
    MEDICAL_RESIDENTIAL_BIO = "3.7-BIO", "Medically managed residential, biomedically enhanced"
    INPATIENT = "4", "Medically managed inpatient"
    PSYCHIATRIC = "4-PSY", "Medically managed inpatient, psychiatric"


LEVELS = {Edition.THIRD: ThirdLevel, Edition.FOURTH: FourthLevel}


def named(edition, level):
    """The label of a level in its edition: 3.7 is not the same in both."""
    return dict(LEVELS[edition].choices).get(level, level) if level else ""


# The dimensions that are rated, by edition; the sixth of the fourth is not: it is what stands in the person's way,
# and what they want (domain 2.3).
RATED = {Edition.THIRD: frozenset("123456"), Edition.FOURTH: frozenset("12345")}

# How intensive a level is, on one scale for both editions, from which level of the third each of the fourth comes
# (domain 2.2). It tells up from down, and nothing else; levels that differ in kind alone stand side by side.
INTENSITY = {
    Edition.THIRD: {
        ThirdLevel.EARLY: 5,
        ThirdLevel.OUTPATIENT: 15,
        ThirdLevel.OPIOID: 17,
        ThirdLevel.WITHDRAWAL_1: 17,
        ThirdLevel.INTENSIVE: 21,
        ThirdLevel.PARTIAL: 25,
        ThirdLevel.WITHDRAWAL_2: 27,
        ThirdLevel.LOW: 31,
        ThirdLevel.POPULATION: 35,
        ThirdLevel.HIGH: 35,
        ThirdLevel.WITHDRAWAL_3_2: 36,
        ThirdLevel.MONITORED: 37,
        ThirdLevel.WITHDRAWAL_3_7: 37,
        ThirdLevel.INPATIENT: 40,
        ThirdLevel.WITHDRAWAL_4: 40,
    },
    Edition.FOURTH: {
        FourthLevel.RESIDENCE: 0,
        FourthLevel.REMISSION: 10,
        FourthLevel.OUTPATIENT: 15,
        FourthLevel.MEDICAL_OUTPATIENT: 17,
        FourthLevel.INTENSIVE: 21,
        FourthLevel.HIGH_OUTPATIENT: 25,
        FourthLevel.MEDICAL_INTENSIVE: 27,
        FourthLevel.LOW: 31,
        FourthLevel.HIGH: 35,
        FourthLevel.MEDICAL_RESIDENTIAL: 37,
        FourthLevel.MEDICAL_RESIDENTIAL_BIO: 38,
        FourthLevel.INPATIENT: 40,
        FourthLevel.PSYCHIATRIC: 40,
    },
}


def intensity(edition, level):
    """How intensive a level is; None for none."""
    return INTENSITY[edition].get(level)


class Direction(models.TextChoices):
    """Where a move between programs leads."""

    UP = "up", "Up"
    DOWN = "down", "Down"
    SIDEWAYS = "sideways", "Sideways"


def direction(here, there):
    """Where a move between these programs leads; by the setting where one of them names no level."""
    before, after = (intensity(one.asam_edition, one.level_of_care) for one in (here, there))
    if before is None or after is None:
        before, after = (one.setting == "residential" for one in (here, there))
    return Direction.UP if after > before else Direction.DOWN if after < before else Direction.SIDEWAYS
