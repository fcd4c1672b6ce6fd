"""What the rules about medication are told of one person, in few statements however much there is.

Another source of what somebody takes or took is one more function in TAKEN; of what was asked or tested, one more in
CHECKS. Each takes (person, at, catalog) and answers with values of `medication_safety`.
"""

from datetime import timedelta
from decimal import Decimal

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, Max, Min, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from patients.codes import OPIOIDS, Frequency, Known, Substance
from patients.models import Allergy, Condition, Patient, SubstanceUse
from patients.models.allergies import AllergySeverity

from ..medication_safety import Check, Facts, KnownAllergy, Proposed, Taken, check
from ..medication_safety.facts import first_number
from ..medication_safety.lamotrigine import restart_after
from ..models import (
    AnalyteResult,
    CheckKind,
    DoseOutcome,
    DrugGiven,
    Investigation,
    Medication,
    MedicationCheck,
    MedicationOrder,
    MedicationStatement,
    Observation,
    OrderState,
    PrescribedKetamine,
    StopBecause,
    SuicideScreen,
    ToxTest,
)
from ..models.analytes import ANALYTES, OPIOID
from ..models.handovers import DrugCode
from ..models.medication import Decision
from ..models.toxicology import Validity
from .toxicology import USABLE

MEASURED_WITHIN = timedelta(days=7)  # our default
# What use is called in the catalog.
NAMES = {
    Substance.HEROIN: "heroin",
    Substance.METHADONE: "methadone",
    Substance.CODEINE: "codeine",
    Substance.PROPOXYPHENE: "propoxyphene",
    Substance.OXYCODONE: "oxycodone",
    Substance.MEPERIDINE: "meperidine",
    Substance.HYDROMORPHONE: "hydromorphone",
    Substance.OTHER_OPIOID: "morphine",
    Substance.PENTAZOCINE: "pentazocine",
    Substance.HYDROCODONE: "hydrocodone",
    Substance.TRAMADOL: "tramadol",
    Substance.BUPRENORPHINE: "buprenorphine",
}


def from_orders(person, at, catalog):
    """What is ordered here, and when it was given first and last; taken at home, until the order ended."""
    handed_out = Q(administrations__outcome=DoseOutcome.GIVEN, administrations__entered_in_error_at=None)
    rows = (
        MedicationOrder.objects.right()
        .of(person)
        .select_related("medication")
        .annotate(
            first=Min("administrations__administered_at", filter=handed_out),
            last=Max("administrations__administered_at", filter=handed_out),
        )
    )
    found = [(row, row.drug(catalog)) for row in rows]
    for row, drug in found:
        first, last = row.first, row.last
        if not row.given_here and row.starts_at <= at:
            first, last = row.starts_at, row.held_at or row.ended_at or (row.ends_at if row.is_over(at) else at)
        yield Taken(
            drug,
            "ordered here",
            row.ordered_at,
            current=row.state == OrderState.ACTIVE and not row.is_over(at),
            last_at=last,
            since=first,
            daily_mg=row.daily_mg(),
            key=row.pk,
            rash=row.ended_because == StopBecause.RASH,
        )


def from_statements(person, at, catalog):
    """What they came with. Until somebody decides that it stops, it goes on."""
    for row in MedicationStatement.objects.right().of(person):
        ended = row.decision in (Decision.STOPPED, Decision.HELD)
        yield Taken(
            catalog.read(row.medication),
            "told on coming",
            row.noted_at,
            current=not ended,
            last_at=row.last_taken_at or (row.decided_at if ended else None),
            daily_mg=first_number(row.dose) or first_number(row.medication),
        )


def from_use(person, at, catalog):
    """Opioids among what they use. None in the past month was at least thirty days before it was said."""
    for row in SubstanceUse.objects.of(person).current().filter(substance__in=OPIOIDS):
        last_at = row.last_used_at
        if last_at is None and row.frequency == Frequency.NONE:
            last_at = row.noted_at - timedelta(days=30)
        yield Taken(catalog.read(NAMES[row.substance]), "use", row.noted_at, last_at=last_at)


def from_arrival(person, at, catalog):
    """What an ambulance or hospital gave: opioids count (domain 6.6). Without a time, it was when it was noted."""
    for row in DrugGiven.objects.right().of(person).when():
        drug = catalog.read(row.name or row.get_drug_display())
        if row.drug == DrugCode.OTHER_OPIOID and not drug.is_opioid():
            drug = catalog.read(NAMES[Substance.OTHER_OPIOID])
        yield Taken(drug, "given before arrival", row.noted_at, last_at=min(row.counts_from, row.noted_at))


def from_prescribed_ketamine(person, at, catalog):
    """Ketamine that somebody gives on purpose."""
    for row in PrescribedKetamine.objects.right().of(person):
        yield Taken(
            catalog.read(f"ketamine {row.product}"), "prescribed elsewhere", row.recorded_at,
            current=row.stopped_at is None, last_at=row.stopped_at,
        )  # fmt: skip


CODES = {one.name.lower(): code for code, one in ANALYTES.items()}


def _as_named(names):
    """What tests look for, as rules name it: by its code, however it was written."""
    said = (name.strip().lower() for name in names)
    return frozenset(CODES.get(name, name).replace("_", " ") for name in said)


def from_checks(person, at, catalog):
    """What was asked and tested for the sake of a medication."""
    for row in MedicationCheck.objects.right().of(person):
        yield Check(row.kind, row.checked_at, row.found, _as_named(row.analytes), row.times_normal, row.planned_at)


def from_tests(person, at, catalog):
    """What laboratories found: opioids, by name, and the liver's ALT in multiples of its upper limit.

    What was found counts in a dilute sample too; that something was not there only in a valid one.
    """
    tested = ToxTest.objects.right().of(person).filter(resulted_at__isnull=False, validity__in=USABLE)
    opioids = AnalyteResult.objects.filter(test=OuterRef("pk"), analyte__in=OPIOID).order_by()
    told = ArraySubquery(opioids.values(told=JSONObject(analyte="analyte", detected="detected")))
    for collected_at, validity, results in tested.values_list("collected_at", "validity", told):
        for found in (True, False):
            names = {one["analyte"] for one in results if one["detected"] == found}
            if names and (found or validity == Validity.VALID):
                yield Check(CheckKind.OPIOID_TEST, collected_at, found, _as_named(names))
    alt = Investigation.objects.latest_values(person, ["alt"]).get("alt")
    if alt and alt.get("high"):
        yield Check(CheckKind.LIVER, alt["at"], value=Decimal(alt["value"]) / Decimal(alt["high"]))


TAKEN = [from_orders, from_statements, from_use, from_arrival, from_prescribed_ketamine]
CHECKS = [from_checks, from_tests]


def _allergies(person):
    """What the person reacts to, as data."""
    rows = Allergy.objects.of(person).active().filter(none_known=False)
    return rows.values(told=JSONObject(substance="substance", severity="severity"))


def _known(allergies, catalog):
    """The same as rules know it."""
    return tuple(
        KnownAllergy(one["substance"], catalog.read(one["substance"]), one["severity"] == AllergySeverity.SEVERE)
        for one in allergies
    )


def allergies_of(person, catalog=None):
    """What the person reacts to. The catalog is read only where there is something."""
    rows = list(_allergies(person).values_list("told", flat=True))
    return _known(rows, catalog or (Medication.objects.catalog() if rows else None))


def facts_of(person, at, catalog=None):
    """Everything rules ask for about a person at one moment."""
    catalog = catalog or Medication.objects.catalog()
    taken = [one for source in TAKEN for one in source(person, at, catalog)]
    suicidal, uses_ketamine, pressure, conditions, allergies = _watched(person, at)
    return Facts(
        at=at,
        allergies=_known(allergies, catalog),
        conditions=tuple((one["code"], one["words"]) for one in conditions),
        taken=tuple(_with_runs(taken)),
        checks=tuple(one for source in CHECKS for one in source(person, at, catalog)),
        pregnant=person.pregnant == Known.YES,
        breastfeeding=person.breastfeeding == Known.YES,
        suicidal=suicidal,
        pressure=pressure and (pressure["systolic"], pressure["diastolic"]),
        uses_ketamine=uses_ketamine,
    )


def _watched(person, at):
    """(danger of suicide, use of ketamine, the last blood pressure, conditions, allergies) in one statement."""
    measured = Observation.objects.right().of(person).filter(systolic__isnull=False)
    lately = measured.filter(observed_at__gte=at - MEASURED_WITHIN, observed_at__lte=at).order_by("-observed_at")
    return (
        Patient.objects.filter(pk=person.pk)
        .values_list(
            Exists(SuicideScreen.objects.of(person).unsettled()),
            Exists(SubstanceUse.objects.of(person).ketamine()),
            Subquery(lately.values(told=JSONObject(systolic="systolic", diastolic="diastolic"))[:1]),
            ArraySubquery(Condition.objects.of(person).current().values(told=JSONObject(code="code", words="words"))),
            ArraySubquery(_allergies(person)),
        )
        .get()
    )


def _with_runs(taken):
    """Orders that followed on one another count as one run, from its first dose: what a titration asks for."""
    spans = sorted((one.since, one.last_at) for one in taken if one.key and one.since and _is_titrated(one))
    runs = []
    for since, last_at in spans:
        if runs and since - runs[-1][1] <= restart_after(with_valproate=False):
            runs[-1] = (runs[-1][0], max(runs[-1][1], last_at))
        else:
            runs.append((since, last_at))
    for one in taken:
        began = [since for since, last_at in runs if one.since and since <= one.since <= last_at]
        yield one._replace(since=began[0]) if began and _is_titrated(one) else one


def _is_titrated(one):
    return "lamotrigine" in one.drug.ingredients


def findings_of(order, *, at, catalog=None):
    """What the rules find about an order whose next dose is given then."""
    catalog = catalog or Medication.objects.catalog()
    return check(facts_of(order.patient, at, catalog), order.proposed(catalog, at))


def findings_about(statement, *, at):
    """What the rules find about going on with something a person came with, as if it were ordered."""
    catalog = Medication.objects.catalog()
    dose_mg = first_number(statement.dose) or first_number(statement.medication)
    order = Proposed(catalog.read(statement.medication), at, dose_mg=dose_mg, daily_mg=dose_mg)
    return check(facts_of(statement.patient, at, catalog), order)
