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
