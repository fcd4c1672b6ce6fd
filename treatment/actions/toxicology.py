"""Tests for substances: collected, their results written down, read by a clinician (domain 6.5).

No action here says what a positive means; only `read` does, and its reader is a nurse or a prescriber.
"""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.actions import refuse
from accounts.models import Role
from duties import actions as duties
from duties.models import Duty
from patients import actions as patients
from patients.actions import at_stage, needs
from patients.models import Episode, Stage

from ..models import (
    Administration,
    AnalyteResult,
    DrugGiven,
    MedicationOrder,
    MedicationStatement,
    ToxReading,
    ToxTest,
)
from ..models.analytes import ANALYTES, KETAMINE, OPIOID
from ..models.toxicology import Method, Validity
from ..models.uses import before_the_night
from .observations import where
from .random_tests import collected

RESULTS_WITHIN = {Method.POC: timedelta(minutes=30), Method.IMMUNOASSAY: timedelta(days=2)}  # [D]
CONFIRMED_WITHIN = timedelta(days=7)  # [D]
READ_WITHIN = timedelta(hours=48)  # [D]
EXPLAINS_FOR = timedelta(days=14)  # how long an opioid of ambulance or hospital explains one that is found [D]
USABLE = {Validity.VALID, Validity.DILUTE}


def known(codes):
    """Raise unknown_analyte."""
    for code in codes:
        if code not in ANALYTES:
            raise ValidationError(f"“{code}” is nothing that tests look for.", code="unknown_analyte")


@needs(at_stage(*set(Stage) - {Stage.CLOSED}))
@transaction.atomic
def collect(episode, *, panel, by, at=None, id=None, **sample):
    """A sample was collected; its results are owed. A random test that is owed is done by it, whatever the reason.

    Raises panel_empty, unknown_analyte, custody_not_legal.
    """
    episode = Episode.objects.lock(episode.pk)
    at = at or timezone.now()
    collect.require(episode)
    known(panel)
    test = ToxTest(
        patient_id=episode.patient_id,
        facility=where(episode),
        episode=episode,
        panel=list(dict.fromkeys(panel)),
        collected_at=at,
        collected_by=by,
        **sample,
    )
    if id:
        test.id = id
    _owe_results(test, at + RESULTS_WITHIN.get(test.method, CONFIRMED_WITHIN), by=by, at=at)
    test.save(force_insert=True)
    collected(test, by=by, at=at)
    return test


def _owe_results(test, due_at, *, by, at):
    test.results_duty = duties.open(
        "test_results",
        facility=test.facility,
        episode=test.episode,
        owner_role=Role.NURSE,
        due_at=due_at,
        note=str(test),
        by=by,
        at=at,
    )


def _locked(test):
    episode = Episode.objects.lock(test.episode_id)
    test = ToxTest.objects.select_related("facility", "results_duty").lock(test.pk)
    test.episode = episode
    if test.patient_id == episode.patient_id:
        test.patient = episode.patient
    return test


def is_right(test):
    """Raise error_marked."""
    if test.entered_in_error_at:
        raise ValidationError("This is marked as entered in error.", code="error_marked")


def waits_for_results(test):
    """Raise results_fixed: results come once, and never change."""
    if test.resulted_at:
        raise ValidationError(
            "Results never change. Mark the test as entered in error, or have the sample tested again.",
            code="results_fixed",
        )


@needs(is_right, waits_for_results)
@transaction.atomic
def record_results(test, *, validity, results=None, by, at=None, **beside):
    """What was found: {substance: {detected, value, unit, cutoff}}, and whether the sample can be relied on.

    A positive for ketamine or its kin is owed a reading by a clinician; an opioid that nothing explains, a contact
    with the person the same day: both before this returns. Raises results_fixed, unknown_analyte, results_missing.
    """
    test = _locked(test)
    record_results.require(test)
    at, results = at or timezone.now(), results or {}
    known(results)
    if validity in USABLE and not results:
        raise ValidationError("Write down what was found, or not detected.", code="results_missing")
    test.resulted_at, test.resulted_by, test.validity = at, by, validity
    for name, value in beside.items():
        setattr(test, name, value)
    AnalyteResult.objects.bulk_create(
        AnalyteResult(patient_id=test.patient_id, facility=test.facility, test=test, analyte=code, **told)
        for code, told in results.items()
    )
    positive, wanted = [code for code, told in results.items() if told["detected"]], {}
    if set(positive) & set(KETAMINE):
        test.read_duty = _reading_owed_already(test)
        if test.read_duty is None:
            wanted["read_duty"] = _reading(test, at=at)
    if unexpected := unexplained(test, positive):
        wanted["contact_duty"] = _contact(test, unexpected, at=at)
    for column, duty in zip(wanted, duties.open_all([*wanted.values()], by=by, at=at), strict=True):
        setattr(test, column, duty)
    test.save()
    if test.results_duty.is_open():
        duties.resolve(test.results_duty, by=by, at=at, reason="the results came")
    test.refresh_from_db()
    return test


def _reading_owed_already(test):
    """One reading is owed for all that is unread on this thread, whoever added to it last."""
    return Duty.objects.open().filter(tests_to_read__episode=test.episode).first()


def _reading(test, *, at):
    """What `duties.open` takes."""
    return {
        "slug": "test_reading",
        "facility": test.facility,
        "episode": test.episode,
        "owner_role": Role.PRESCRIBER,
        "due_at": at + READ_WITHIN,
        "note": "Not read by a clinician yet.",
    }


def _contact(test, unexpected, *, at):
    """The same."""
    names = ", ".join(ANALYTES[code].name for code in unexpected)
    return {
        "slug": "safety_contact",
        "facility": test.facility,
        "episode": test.episode,
        "owner_role": Role.NURSE,
        "due_at": before_the_night(test.facility, at),
        "note": f"{names}: nothing known explains it. Ask how they are, offer naloxone. It costs them nothing.",
    }


def stated(test):
    """Names of what the person takes, as told; small letters."""
    rows = MedicationStatement.objects.of(test.patient).current()
    return [name.lower() for name in rows.values_list("medication", flat=True)]


def given_before(test):
    """Names of the opioids that ambulance or hospital gave not long before the sample; small letters."""
    rows = DrugGiven.objects.opioids(test.patient, test.collected_at - EXPLAINS_FOR)
    return [f"{row.drug} {row.name}".lower() for row in rows]


def ordered(test):
    """Names of what was ordered before the sample and had not ended long before it; small letters.

    What staff give explains something only once they gave it: an order as needed may never have been used.
    """
    given = Administration.objects.handed_out().filter(order=OuterRef("pk"), administered_at__lte=test.collected_at)
    rows = MedicationOrder.objects.of(test.patient).right().filter(starts_at__lte=test.collected_at)
    rows = rows.filter(
        Q(ended_at=None) | Q(ended_at__gte=test.collected_at - EXPLAINS_FOR), Q(given_here=False) | Exists(given)
    )
    return [name.lower() for name in rows.values_list("name", flat=True)]


# What explains an opioid that is found: functions of the test that answer with names of medicines.
EXPLAINS = [stated, ordered, given_before]


def unexplained(test, positive):
    """The opioids among what was found that nothing explains: no medicine, and nothing given on the way."""
    opioids = [code for code in positive if code in OPIOID]
    names = [name for explains in EXPLAINS for name in explains(test)] if opioids else []
    return [code for code in opioids if not ANALYTES[code].is_explained_by(names)]


def can_be_read(test):
    """Raise nothing_to_read where nothing was found that a clinician reads."""
    if test.read_duty_id is None:
        raise ValidationError("Nothing was found here that a clinician must read.", code="nothing_to_read")


@needs(is_right, can_be_read)
@transaction.atomic
def read(test, *, reading, words, by, at=None):
    """A clinician says what the positive is, in a code and in words; the presumptive test it confirms is read along.

    Read again, the last reading holds. Raises nothing_to_read, not_a_clinician, words_missing.
    """
    test = _locked(test)
    read.require(test)
    at = at or timezone.now()
    rows = [test]
    if test.confirms_id and test.confirms.read_duty_id and test.confirms.read_at is None:
        rows.append(ToxTest.objects.lock(test.confirms_id))
    made = [
        ToxReading(
            patient_id=row.patient_id,
            facility=test.facility,
            test=row,
            reading=reading,
            words=words,
            read_at=at,
            read_by=by,
        )
        for row in rows
    ]
    ToxReading.objects.bulk_create(made)
    ToxTest.objects.filter(pk__in=[row.pk for row in rows]).update(read_at=at, read_by=by)
    _end_reading(test, by=by, at=at, reason="read", done=True)
    return made[0]


def _end_reading(test, *, by, at, reason, done):
    """Nothing more is owed once everything that shares the reading was read, or is a mistake."""
    duty = test.read_duty
    if duty and duty.is_open() and not duty.tests_to_read.unread().exists():
        (duties.resolve if done else duties.cancel)(duty, by=by, at=at, reason=reason)


def can_be_confirmed(test):
    """Raise nothing_to_confirm unless results of a presumptive test came."""
    if test.resulted_at is None or not test.is_presumptive():
        raise ValidationError("Only the result of a presumptive test is confirmed.", code="nothing_to_confirm")


def is_not_being_confirmed(test):
    """Raise confirmed_already."""
    if ToxTest.objects.right().filter(confirms=test).exists():
        refuse(ToxTest, "a_test_is_confirmed_once")


@needs(is_right, can_be_confirmed, is_not_being_confirmed)
@transaction.atomic
def confirm(test, *, method, panel=None, lab="", lab_reference="", by, at=None):
    """The same sample goes to be confirmed by mass spectrometry; what was found is looked for, unless said otherwise.

    Raises nothing_to_confirm, confirmed_already, method_presumes, panel_empty, unknown_analyte.
    """
    test = _locked(test)
    confirm.require(test)
    at = at or timezone.now()
    found = [row.analyte for row in test.results.all() if row.detected]
    known(panel or [])
    sent = ToxTest(
        patient_id=test.patient_id,
        facility=test.facility,
        episode=test.episode,
        why=test.why,
        matrix=test.matrix,
        method=method,
        panel=panel or found,
        confirms=test,
        collected_at=test.collected_at,
        collected_by=test.collected_by,
        observed=test.observed,
        temperature_ok=test.temperature_ok,
        chain_of_custody=test.chain_of_custody,
        lab=lab,
        lab_reference=lab_reference,
    )
    _owe_results(sent, at + CONFIRMED_WITHIN, by=by, at=at)
    sent.save(force_insert=True)
    return sent


def contact_is_owed(test):
    """Raise contacted_already, or no_contact_owed where everything found is explained."""
    if test.contact_duty_id is None:
        raise ValidationError("Nothing unexpected was found here.", code="no_contact_owed")
    if test.contacted_at:
        raise ValidationError("Somebody has spoken with the person about this.", code="contacted_already")


@needs(is_right, contact_is_owed)
@transaction.atomic
def record_contact(test, *, words, by, at=None):
    """Somebody spoke with the person about what nobody expected. Raises contacted_already, words_missing."""
    test = _locked(test)
    record_contact.require(test)
    at = at or timezone.now()
    test.contacted_at, test.contacted_by, test.contact_in_words = at, by, words
    test.save(update_fields=["contacted_at", "contacted_by", "contact_in_words"])
    if test.contact_duty.is_open():
        duties.resolve(test.contact_duty, by=by, at=at, reason="spoken with the person")
    test.refresh_from_db()
    return test


@transaction.atomic
def mark_error(test, *, reason, by, at=None):
    """It was written down by mistake, with all its results; what it called for is not owed to this person."""
    Episode.objects.lock(test.episode_id)
    test = patients.mark_error(test, reason=reason, by=by, at=at)
    at = at or timezone.now()
    for duty in (test.results_duty, test.contact_duty):
        if duty and duty.is_open():
            duties.cancel(duty, by=by, at=at, reason="entered in error")
    _end_reading(test, by=by, at=at, reason="entered in error", done=False)
    return test
