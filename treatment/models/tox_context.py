"""What stands beside a test while a clinician reads it, and a hint that is no more than that (domain 6.5)."""

from dataclasses import dataclass, field
from datetime import timedelta

from patients.models import SubstanceUse

from .analytes import ANALYTES, KETAMINE
from .handovers import DrugGiven
from .ketamine import PrescribedKetamine
from .toxicology import HINT_WITHIN, AnalyteResult, per_creatinine, risen

BEFORE = timedelta(days=180)  # how far back drugs that were given are shown [D]
NO_KETAMINE = "Ketamine was not looked for: no standard panel finds it. Order it by name."
OF_THE_SYSTEM = "The system says nothing about what a positive means. A clinician does."


@dataclass
class Earlier:
    """One substance in an earlier sample, or in this one."""

    analyte: str
    collected_at: object
    detected: bool
    value: object
    unit: str
    per_creatinine: object
    method: str
    presumptive: bool


@dataclass
class Context:
    """What a clinician should know while reading; nothing of it decides anything."""

    days_since_last_use: int | None = None
    frequency: str = ""
    days_used: int | None = None
    creatinine: object = None
    validity: str = ""
    method: str = ""
    presumptive: bool = False
    prescribed_ketamine: list = field(default_factory=list)
    drugs_given: list = field(default_factory=list)
    now: list = field(default_factory=list)
    earlier: list = field(default_factory=list)
    hints: list = field(default_factory=list)
    notes: list = field(default_factory=list)


def context(test):
    """Everything that stands beside a test, in few statements whatever its history."""
    records = list(test.patient.records().values_list("pk", flat=True))
    uses = list(SubstanceUse.objects.ketamine().filter(patient__in=records, noted_at__lte=_until(test)))
    found = Context(
        creatinine=test.creatinine,
        validity=test.get_validity_display(),
        method=test.get_method_display(),
        presumptive=test.is_presumptive(),
        prescribed_ketamine=_prescribed(test, records),
        drugs_given=_given(test, records),
    )
    if uses:
        _used(found, uses, test)
    rows = list(
        AnalyteResult.objects.right()
        .filter(patient__in=records, test__collected_at__lte=test.collected_at)
        .select_related("test")
        .order_by("-test__collected_at", "-test_id", "analyte")
    )
    wanted = set(test.panel) | {row.analyte for row in rows if row.test_id == test.pk}
    found.now = [_earlier(row) for row in rows if row.test_id == test.pk]
    # The presumptive test of the same sample is one of the earlier ones, too.
    found.earlier = [_earlier(row) for row in rows if row.test_id != test.pk and row.analyte in wanted][:50]
    if uses and _in_the_first_days(uses, test):
        found.hints = _hints(found.now, found.earlier, test)
    found.notes = _notes(found, test, uses)
    return found


def _until(test):
    return test.resulted_at or test.collected_at


def _used(found, uses, test):
    """When ketamine was last used before the sample, and how often, as far as was told."""
    last = max((use.last_used_at for use in uses if use.last_used_at), default=None)
    if last and last <= test.collected_at:
        found.days_since_last_use = (test.collected_at - last).days
    newest = max(uses, key=lambda use: (use.noted_at, use.pk))
    found.frequency, found.days_used = newest.get_frequency_display(), newest.days_used


def _in_the_first_days(uses, test):
    """Was ketamine used daily, and not longer than 100 days before the sample? (domain 6.5)"""
    daily = [use.last_used_at for use in uses if use.is_daily_or_unknown() and use.last_used_at]
    return any(last <= test.collected_at <= last + HINT_WITHIN for last in daily)


def _prescribed(test, records):
    rows = PrescribedKetamine.objects.right().filter(patient__in=records)
    day = test.collected_at.date()
    return [
        ", ".join(filter(None, [str(row), row.product, row.dose, row.how_often]))
        for row in rows
        if (row.stopped_at is None or row.stopped_at >= test.collected_at - BEFORE)
        and (row.started_on is None or row.started_on <= day)
    ]


def _given(test, records):
    rows = DrugGiven.objects.right().when().filter(patient__in=records)
    lately = rows.filter(counts_from__range=(test.collected_at - BEFORE, test.collected_at)).order_by("-counts_from")
    return [f"{row.in_words()} ({_days((test.collected_at - row.counts_from).days)} before)" for row in lately]


def _days(number):
    return f"{number} day{'' if number == 1 else 's'}"


def _earlier(row):
    test = row.test
    by_creatinine = per_creatinine(row.value, test.creatinine) if row.unit == "ng/mL" else None
    return Earlier(
        analyte=ANALYTES[row.analyte].name if row.analyte in ANALYTES else row.analyte,
        collected_at=test.collected_at,
        detected=row.detected,
        value=row.value,
        unit=row.unit,
        per_creatinine=by_creatinine,
        method=test.get_method_display(),
        presumptive=test.is_presumptive(),
    )


def _hints(now, earlier, test):
    """A rise per creatinine from the sample before: a hint, no more (domain 6.5)."""
    names, said = {ANALYTES[code].name for code in KETAMINE}, []
    for one in now:
        before = next(
            (
                row
                for row in earlier
                if row.analyte == one.analyte and row.per_creatinine and row.collected_at < one.collected_at
            ),
            None,
        )
        if one.analyte not in names or before is None:
            continue
        if times := risen(one.per_creatinine, before.per_creatinine):
            said.append(
                f"{one.analyte} per creatinine is {times} times that of the sample of "
                f"{before.collected_at:%Y-%m-%d}. A hint, no more."
            )
    return said


def _notes(found, test, uses):
    """What the method itself cannot do."""
    said = [OF_THE_SYSTEM] if test.read_duty_id else []
    if found.presumptive:
        said.append(test.PRESUMPTIVE)
    if uses and not set(test.panel) & set(KETAMINE):
        said.append(NO_KETAMINE)
    missed = [ANALYTES[code] for code in test.panel if code in ANALYTES and ANALYTES[code].misses]
    return [*said, *(f"{one.name}: often misses {one.misses}." for one in missed)]
