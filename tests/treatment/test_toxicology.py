"""Tests for substances: the system never says what a positive means, and nothing unexpected waits till tomorrow."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from accounts.models import Role, User
from duties import actions as duties
from tests import given
from tests.then import duty, forbidden, fresh, owed, refused
from treatment.actions import doses, ketamine, proposals, toxicology
from treatment.models import AnalyteResult, DrugGiven, ToxReading, ToxTest
from treatment.models.tox_context import context
from treatment.models.toxicology import per_creatinine, risen
from treatment.models.uses import before_the_night


@pytest.fixture
def jo(clinic):
    """Somebody who used ketamine daily until ten days ago."""
    episode = given.self_referred(clinic)
    given.using(episode.patient, clinic, frequency="5", last_used_at=given.ago(days=10))
    return episode


def read(test, clinic, reading="residual", by=None):
    return toxicology.read(test, reading=reading, words="Falling, as before.", by=by or clinic.prescriber)


def test_results_are_owed_until_they_come_and_not_by_a_tick(clinic, jo):
    test = given.a_test(jo, clinic)
    assert (test.standing(), owed(jo)) == ("No results yet.", ["intake", "test_results"])
    with refused("results_open"):
        duties.resolve(test.results_duty, by=clinic.nurse)
    test = given.found(test, clinic, ketamine=False, norketamine=False)
    assert (test.standing(), owed(jo)) == ("Nothing that a clinician must read.", ["intake"])
    assert test.found() == "Ketamine not detected, Norketamine not detected"


def test_a_positive_is_read_by_nobody_until_a_clinician_does(clinic, jo):
    test = given.tested(jo, clinic, ketamine=40, norketamine=True)
    assert test.standing() == "Not read by a clinician yet."
    assert (owed(jo), duty(jo, "test_reading").owner_role) == (["intake", "test_reading"], Role.PRESCRIBER)
    with refused("reading_open"):
        duties.resolve(test.read_duty, by=clinic.prescriber)
    read(test, clinic)
    test = fresh(test)
    assert (test.readings.get().reading, test.read_by, owed(jo)) == ("residual", clinic.prescriber, ["intake"])
    assert test.standing() == "Read by Prescriber."
    read(test, clinic, "indeterminate")  # read again, the last holds
    assert [one.reading for one in test.readings.all()] == ["residual", "indeterminate"]


@pytest.mark.parametrize("who", ["counselor", "technician", "supervisor", "system"])
def test_whoever_is_no_clinician_cannot_label_a_positive_nor_can_the_system(clinic, jo, who):
    test = given.tested(jo, clinic, ketamine=True)
    with refused("not_a_clinician"):
        read(test, clinic, by=User.objects.system() if who == "system" else getattr(clinic, who))


def test_one_reading_is_owed_for_all_that_is_unread(clinic, jo):
    first, second = (given.tested(jo, clinic, ketamine=amount) for amount in (40, 30))
    assert first.read_duty == second.read_duty and owed(jo).count("test_reading") == 1
    read(first, clinic)
    assert "test_reading" in owed(jo)
    toxicology.mark_error(second, reason="another person's", by=clinic.nurse)
    assert (owed(jo), list(ToxTest.objects.unread())) == (["intake"], [])


def test_results_come_once_and_neither_they_nor_a_reading_ever_change(clinic, jo):
    test = given.tested(jo, clinic, ketamine=True)
    with refused("results_fixed"):
        given.found(test, clinic, ketamine=False)
    with forbidden("a_test_with_results_never_changes"):
        ToxTest.objects.filter(pk=test.pk).update(validity="dilute")
    read(test, clinic)
    for rows, change in (
        (AnalyteResult.objects.all(), {"detected": False}),
        (ToxReading.objects.all(), {"reading": "new_use"}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)


@pytest.mark.parametrize(
    ("sample", "results", "code"),
    [
        ({"panel": []}, None, "panel_empty"),
        ({"panel": ["luck"]}, None, "unknown_analyte"),
        ({"chain_of_custody": "CC-7"}, None, "custody_not_legal"),
        ({}, {"validity": "valid", "results": {}}, "results_missing"),
        ({}, {"validity": "", "results": {"ketamine": {"detected": True}}}, "validity_missing"),
        ({}, {"validity": "valid", "results": {"luck": {"detected": True}}}, "unknown_analyte"),
        ({}, {"validity": "valid", "results": {"ketamine": {"detected": True, "value": 4}}}, "unit_missing"),
        ({}, {"validity": "valid", "creatinine": 1001, "results": {"ketamine": {"detected": True}}}, "not_plausible"),
    ],
)
def test_what_is_refused(clinic, jo, sample, results, code):
    if results is None:
        with refused(code):
            given.a_test(jo, clinic, **sample)
    else:
        test = given.a_test(jo, clinic)
        with refused(code):
            toxicology.record_results(test, by=clinic.nurse, **results)


def test_a_sample_that_cannot_be_relied_on_needs_no_results_and_a_court_gets_its_chain(clinic, jo):
    test = given.a_test(jo, clinic, why="legal", chain_of_custody="CC-7")
    assert given.found(test, clinic, validity="insufficient", creatinine=None).missing() == [
        "ketamine",
        "norketamine",
    ]


def test_a_presumptive_result_is_confirmed_once_by_mass_spectrometry_and_read_together(clinic, jo):
    strip = given.tested(jo, clinic, method="poc", ketamine=True, fentanyl=False)
    assert strip.is_presumptive() and strip.found() == "Ketamine positive, Fentanyl not detected (presumptive)"
    with refused("method_presumes"):
        toxicology.confirm(strip, method="immunoassay", by=clinic.nurse)
    sent = toxicology.confirm(strip, method="lcms", by=clinic.nurse)
    assert (sent.panel, sent.collected_at, sent.is_presumptive()) == (["ketamine"], strip.collected_at, False)
    with refused("confirmed_already"):
        toxicology.confirm(strip, method="gcms", by=clinic.nurse)
    given.found(sent, clinic, ketamine=12)
    with refused("nothing_to_confirm"):
        toxicology.confirm(sent, method="gcms", by=clinic.nurse)
    read(sent, clinic, "new_use")
    assert (fresh(strip).read_by, owed(jo)) == (clinic.prescriber, ["intake"])
    assert set(ToxReading.objects.values_list("test", "reading")) == {(strip.pk, "new_use"), (sent.pk, "new_use")}


def proposed(episode, clinic, test, grounds=("use", "boundaries")):
    return proposals.propose_discharge(
        episode,
        grounds=list(grounds),
        what_happened="Used here again.",
        alternative="Day program.",
        test=test,
        by=clinic.counselor,
    )


def test_a_presumptive_or_unread_result_is_no_ground_to_end_treatment_and_neither_is_use(clinic):
    episode = given.in_outpatient(clinic)
    strip = given.tested(episode, clinic, method="poc", ketamine=True)
    with refused("presumptive_is_no_ground"):
        proposed(episode, clinic, strip)
    read(strip, clinic)
    with refused("presumptive_is_no_ground"):
        proposed(episode, clinic, fresh(strip))
    sent = given.found(toxicology.confirm(strip, method="lcms", by=clinic.nurse), clinic, ketamine=90)
    with refused("presumptive_is_no_ground"):  # confirmed, and not read yet
        proposed(episode, clinic, sent)
    read(sent, clinic, "new_use")
    with refused("use_is_no_ground"):
        proposed(episode, clinic, sent, ["use"])
    proposal = proposed(episode, clinic, sent)
    with forbidden("a_presumptive_result_is_no_ground"):
        type(proposal).objects.filter(pk=proposal.pk).update(test=strip)


@pytest.mark.parametrize("substance", ["fentanyl", "norfentanyl", "tramadol", "6_mam", "nitazenes"])
def test_an_opioid_nobody_expected_opens_a_contact_the_same_day(clinic, jo, substance):
    test = given.tested(jo, clinic, method="immunoassay", **{substance: True})
    owes = duty(jo, "safety_contact")
    assert owes.due_at == before_the_night(clinic.here, test.resulted_at)
    assert (test.contact_duty, owes.owner_role, "costs them nothing" in owes.note) == (owes, Role.NURSE, True)
    with refused("contact_open"):
        duties.resolve(owes, by=clinic.nurse)
    toxicology.record_contact(test, words="Took it for the pain; has naloxone now.", by=clinic.counselor)
    assert owed(jo) == ["intake"]
    with refused("contacted_already"):
        toxicology.record_contact(test, words="Again.", by=clinic.nurse)


def test_what_a_medicine_or_the_ambulance_explains_is_not_unexpected(clinic):
    handover = given.a_handover(clinic, drugs_given=[{"drug": "Fentanyl", "dose": "100 µg", "at": "in the van"}])
    episode, given_then = handover.episode, handover.drugs.get()
    assert (given_then.drug, given_then.when_told, given_then.giver) == ("fentanyl", "in the van", "hospital")
    given.taking(episode.patient, clinic, "Tramadol 50 mg")
    test = given.tested(episode, clinic, fentanyl=True, norfentanyl=True, tramadol=True)
    assert test.contact_duty is None
    with refused("no_contact_owed"):
        toxicology.record_contact(test, words="Asked all the same.", by=clinic.nurse)
    assert given.tested(episode, clinic, fentanyl=True, oxycodone=True).contact_duty.note.startswith("Oxycodone:")


def test_what_was_given_long_ago_or_by_mistake_explains_nothing(clinic):
    handover = given.a_handover(clinic, at=given.ago(days=20))
    given.drugs_given(handover, clinic, "fentanyl", given_at=given.ago(days=20))
    assert given.tested(handover.episode, clinic, fentanyl=True).contact_duty
    wrong = given.drugs_given(handover, clinic, "fentanyl", given_at=given.ago(hours=2))
    given.patients.mark_error(wrong, reason="another person", by=clinic.nurse)
    assert given.tested(handover.episode, clinic, fentanyl=True).contact_duty


def test_stopped_medicine_explains_nothing_and_ketamine_is_no_opioid(clinic, jo):
    taken = given.taking(jo.patient, clinic, "Oxycodone 10 mg")
    assert given.tested(jo, clinic, oxycodone=True, ketamine=True).contact_duty is None
    given.medication.decide_medication(taken, decision="stopped", by=clinic.prescriber)
    assert given.tested(jo, clinic, oxycodone=True).contact_duty


def test_an_order_explains_what_was_given_by_it_or_is_taken_at_home(clinic, jo):
    order = given.as_needed(jo, clinic, "oxycodone", dose=5, at=given.ago(hours=3))
    assert given.tested(jo, clinic, at=given.ago(hours=2), oxycodone=True).contact_duty, "never given"
    doses.give_as_needed(order, reason="pain", by=clinic.nurse, at=given.ago(hours=1))
    assert given.tested(jo, clinic, oxycodone=True).contact_duty is None
    ann = given.self_referred(clinic, "Ann")
    given.as_needed(ann, clinic, "oxycodone", dose=5, at=given.ago(hours=3), given_here=False)
    assert given.tested(ann, clinic, oxycodone=True).contact_duty is None


def test_whether_an_opioid_was_found_since_is_one_statement(clinic, jo, django_assert_max_num_queries):
    test = given.tested(jo, clinic, method="poc", at=given.ago(days=3), fentanyl=True, ketamine=True)
    given.tested(jo, clinic, at=given.ago(days=1), oxycodone=False)
    jo.patient.survivor()
    with django_assert_max_num_queries(1):
        assert list(ToxTest.objects.opioid_positive(jo.patient, given.ago(days=7))) == [test]
    assert not ToxTest.objects.opioid_positive(jo.patient, given.ago(days=2)).exists()


# The context, and the hint.


@pytest.mark.parametrize(
    ("now", "before", "told"),
    [(150, 100, "1.5"), ("149.9", 100, None), (100, 100, None), (None, 100, None), (100, None, None), (100, 0, None)],
)
def test_a_rise_of_half_is_a_hint_and_less_is_none(now, before, told):
    as_number = [None if one is None else Decimal(one) for one in (now, before)]
    assert risen(*as_number) == (told and Decimal(told))


def test_values_are_counted_by_creatinine():
    assert per_creatinine(Decimal(200), Decimal(50)) == 400  # ng in a mg
    assert per_creatinine(Decimal(200), None) is per_creatinine(None, Decimal(50)) is per_creatinine(1, 0) is None


def twice(episode, clinic, first, then, creatinine=(100, 100)):
    one = given.a_test(episode, clinic, at=given.ago(days=5))
    given.found(one, clinic, creatinine=creatinine[0], at=given.ago(days=4), ketamine=first)
    return given.found(given.a_test(episode, clinic), clinic, creatinine=creatinine[1], ketamine=then)


def test_a_rise_per_creatinine_is_a_hint_and_a_dilute_sample_makes_none(clinic, jo):
    [hint] = context(twice(jo, clinic, 100, 160)).hints
    assert hint.startswith("Ketamine per creatinine is 1.6 times") and hint.endswith("A hint, no more.")
    assert not context(twice(jo, clinic, 100, 160, creatinine=(100, 200))).hints
    [hint] = context(twice(jo, clinic, 100, 100, creatinine=(100, 40))).hints  # hidden in dilute urine


@pytest.mark.parametrize(("days", "frequency", "hints"), [(99, "5", 1), (101, "5", 0), (10, "2", 0)])
def test_the_hint_holds_in_the_first_hundred_days_after_daily_use_alone(clinic, days, frequency, hints):
    episode = given.self_referred(clinic)
    given.using(episode.patient, clinic, frequency=frequency, last_used_at=given.ago(days=days))
    assert len(context(twice(episode, clinic, 100, 300)).hints) == hints


def test_everything_a_clinician_should_know_stands_beside_it(clinic, django_assert_max_num_queries):
    handover = given.a_handover(clinic, at=given.ago(days=40))
    episode = handover.episode
    given.using(episode.patient, clinic, frequency="5", days_used=28, last_used_at=given.ago(days=41))
    given.drugs_given(handover, clinic, "ketamine", dose="100 mg", given_at=given.ago(days=40))
    kept = given.prescribed_ketamine(episode.patient, clinic)
    ketamine.stop(kept, reason="wished to", by=clinic.prescriber)
    given.tested(episode, clinic, at=given.ago(days=9), ketamine=80, fentanyl=False)
    test = given.found(given.a_test(episode, clinic), clinic, ketamine=20, norketamine=5)
    test = ToxTest.objects.select_related("patient").get(pk=test.pk)
    with django_assert_max_num_queries(6):
        told = context(test)
    assert (told.days_since_last_use, told.frequency, told.days_used) == (41, "Daily", 28)
    assert told.prescribed_ketamine == ["Ketamine from Dr. Ames, Calm Clinic"]
    [drug] = told.drugs_given
    assert drug.startswith("Ketamine 100 mg") and "by ambulance" in drug and drug.endswith("(40 days before)")
    assert [(one.analyte, one.value, one.per_creatinine) for one in told.earlier] == [("Ketamine", 80, 80)]
    assert not told.hints and told.notes == ["The system says nothing about what a positive means. A clinician does."]


def test_of_somebody_who_uses_no_ketamine_nothing_is_said_about_it(clinic):
    episode = given.self_referred(clinic)
    given.using(episode.patient, clinic, "0201", rank="1")
    told = context(given.tested(episode, clinic, method="immunoassay", ethyl_glucuronide=300, opiates=False))
    assert (told.days_since_last_use, told.frequency, told.prescribed_ketamine, told.hints) == (None, "", [], [])
    assert not any("etamine" in note for note in told.notes)
    assert any("often misses tramadol, fentanyl" in note for note in told.notes)


def test_drugs_given_are_written_down_as_told_and_never_change(clinic):
    handover = given.a_handover(clinic)
    for code, fields in (("drug_missing", {"drug": "other"}), ("in_the_future", {"given_at": given.ago(days=-1)})):
        with refused(code):
            given.drugs_given(handover, clinic, **{"drug": "ketamine", **fields})
    made = given.drugs_given(handover, clinic, "midazolam", name="Versed", given_at=given.ago(hours=3))
    with forbidden("a_drug_given_never_changes"):
        DrugGiven.objects.filter(pk=made.pk).update(drug="naloxone")
    assert not DrugGiven.objects.opioids(handover.patient, given.ago(days=1)).exists()
    morphine = given.drugs_given(handover, clinic, "morphine")  # when is not known: since the handover
    assert list(DrugGiven.objects.opioids(handover.patient, given.ago(days=1))) == [morphine]
    assert timedelta(0) <= morphine.noted_at - handover.received_at < timedelta(hours=1)
