"""Orders: what the rules are told, what is in the way, what a prescriber owes, and what becomes of an order."""

from datetime import time, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from duties.actions import end_membership, resolve
from tests import given
from tests.then import duty, forbidden, fresh, owed, refused
from treatment.actions import doses, medication, medication_counts
from treatment.actions import medication_orders as orders
from treatment.actions.medication_facts import facts_of
from treatment.models import Medication, MedicationCheck, MedicationCount, MedicationOrder, OrderState
from treatment.reference import publish_medications


@pytest.fixture
def episode(clinic):
    return given.self_referred(clinic, "Maria")


def naltrexone(episode, clinic, **fields):
    fields = {"dose": Decimal(25), "indication": "Ketamine use disorder", **fields}
    return given.ordered(episode, clinic, "naltrexone", **fields)


def codes(order):
    return {one["code"] for one in order.findings}


def known(episode):
    """{drug: (where, current, last_at)} of the opioids that the rules are told of."""
    facts = facts_of(episode.patient, timezone.now())
    return {one.drug.name.lower(): (one.where, one.current, one.last_at) for one in facts.opioids()}


# What the rules are told.


def test_every_way_to_an_opioid_counts(clinic):
    given_at = "2026-03-01T10:00:00Z"
    episode = given.a_handover(
        clinic, drugs_given=[{"drug": "Fentanyl", "dose": "50 mcg", "at": given_at}, {"drug": "midazolam"}]
    ).episode
    patient, now = episode.patient, timezone.now()
    given.taking(patient, clinic, "Ultram 50 mg", last_taken_at=now - timedelta(days=3))
    given.using(patient, clinic, "0601", last_used_at=now - timedelta(days=5))
    morphine = given.once(episode, clinic, "morphine", dose=5, override_reason="pain that nothing else reached")
    given.given_dose(morphine, clinic)
    assert known(episode) == {
        "fentanyl": ("given before arrival", False, timezone.datetime.fromisoformat(given_at)),
        "ultram 50 mg": ("told on coming", True, now - timedelta(days=3)),
        "methadone": ("use", False, now - timedelta(days=5)),
        "morphine": ("ordered here", False, morphine.starts_at),
    }


def test_what_a_prescriber_stopped_goes_on_no_more(clinic, episode):
    said = given.taking(episode.patient, clinic, "tramadol 50 mg")
    medication.decide_medication(said, decision="stopped", by=clinic.prescriber)
    [(_, current, last_at)] = known(episode).values()
    assert (current, last_at) == (False, fresh(said).decided_at)
    medication.decide_medication(said, decision="go_on", by=clinic.prescriber)
    assert next(iter(known(episode).values()))[1] is True


def test_what_they_came_with_does_not_go_on_beside_what_it_must_not_meet(clinic, episode):
    given.asked_before_naltrexone(episode.patient, clinic)
    given.once(episode, clinic, "naltrexone", dose=25, indication="Alcohol use disorder")
    opioid = given.taking(episode.patient, clinic, "tramadol 50 mg")
    with refused("order_blocked"):
        medication.decide_medication(
            opioid, decision="go_on", decision_in_words="for the bladder", by=clinic.prescriber
        )
    monthly = given.taking(episode.patient, clinic, "Vivitrol 380 mg")
    with refused("order_blocked"):
        medication.decide_medication(monthly, decision="changed", decision_in_words="as before", by=clinic.prescriber)
    medication.decide_medication(opioid, decision="stopped", by=clinic.prescriber, at=given.ago(days=20))
    medication.decide_medication(monthly, decision="go_on", decision_in_words="as before", by=clinic.prescriber)


def test_what_the_rules_are_told_takes_as_many_statements_for_much_as_for_little(clinic, episode):
    def statements():
        with CaptureQueriesContext(connection) as taken:
            facts_of(episode.patient, timezone.now())
        return len(taken)

    given.using(episode.patient, clinic, "0709")
    few = statements()
    for substance in ("0701", "0703"):
        given.using(episode.patient, clinic, substance)
        given.taking(episode.patient, clinic)
        given.checked(episode.patient, clinic, "monitoring", found=False)
        given.ordered(episode, clinic)
    assert statements() == few <= 12


def test_lamotrigine_that_followed_on_itself_is_one_run(clinic, episode):
    began = given.ago(days=20)
    first = given.ordered(
        episode, clinic, "lamotrigine", dose=25, at=began, starts_at=began, indication="Bipolar disorder"
    )
    orders.counsel(first, told=["rash", "gap"], by=clinic.nurse)
    given.given_dose(first, clinic)
    orders.lay_out([first], until=timezone.now())
    for dose in first.doses.open().filter(due_at__lte=timezone.now()):
        given.doses.give(dose, by=clinic.nurse, at=dose.due_at)
    with refused("order_blocked"):
        given.ordered(episode, clinic, "lamotrigine", dose=100, replaces=first, indication="Bipolar disorder")
    second = given.ordered(episode, clinic, "lamotrigine", dose=50, replaces=first, indication="Bipolar disorder")
    assert "lamotrigine_too_fast" not in codes(second)
    assert (fresh(first).state, fresh(first).ended_because) == (OrderState.STOPPED, "replaced")


# What is in the way.


def test_a_refusal_names_everything_the_rules_found(clinic, episode, api):
    given.taking(episode.patient, clinic, "tramadol 50 mg for the bladder")
    asked = {
        "name": "Vivitrol", "dose": "380", "dose_unit": "mg", "route": "intramuscular", "frequency": "every_days",
        "every": 28, "times": ["09:00"], "indication": "Ketamine use disorder", "override_reason": "I know better",
    }  # fmt: skip
    answer = api(clinic.prescriber).post(f"/api/v1/episodes/{episode.pk}/order-medication/", asked, "json")
    told = answer.json()
    assert (answer.status_code, told["code"], told["codes"]) == (409, "order_blocked", ["naltrexone_opioid_now"])
    assert "tramadol" in told["detail"]
    assert {"naltrexone_test_missing", "naltrexone_reversal"} <= {one["code"] for one in told["findings"]}
    assert not MedicationOrder.objects.exists()


def test_what_may_be_overridden_takes_a_reason_and_is_kept_with_it(clinic, episode):
    with refused("order_blocked"):
        naltrexone(episode, clinic)
    order = naltrexone(episode, clinic, override_reason="tested elsewhere, letter seen")
    assert {"naltrexone_test_missing", "off_label"} <= codes(order)
    assert (order.overridden_by, order.override_reason) == (clinic.prescriber, "tested elsewhere, letter seen")
    plain = given.ordered(episode, clinic, override_reason="not needed")
    assert (plain.override_reason, plain.overridden_by) == ("", None)


@pytest.mark.parametrize(("validity", "is_enough"), [("valid", True), ("dilute", False)])
def test_a_laboratory_that_finds_none_of_the_named_opioids_is_enough_when_the_sample_is_valid(
    clinic, episode, validity, is_enough
):
    given.asked_before_naltrexone(episode.patient, clinic)
    (asked,) = episode.patient.medication_checks.filter(kind="opioid_test")
    given.patients.mark_error(asked, reason="of somebody else", by=clinic.nurse)
    test = given.a_test(episode, clinic, panel=given.NAMED)
    given.found(test, clinic, validity=validity, **dict.fromkeys(given.NAMED, False))
    if is_enough:
        assert "naltrexone_test_missing" not in codes(naltrexone(episode, clinic))
    else:
        with refused("order_blocked"):
            naltrexone(episode, clinic)


def test_what_a_laboratory_found_is_looked_for_again_by_name(clinic, episode):
    given.asked_before_naltrexone(episode.patient, clinic, at=given.ago(hours=3))
    given.tested(episode, clinic, at=given.ago(hours=2), opiates=True, fentanyl=False)
    given.tested(episode, clinic, at=given.ago(hours=1), **dict.fromkeys(given.NAMED, False))
    with refused("order_blocked"):
        naltrexone(episode, clinic, override_reason="it was the poppy seed")
    given.tested(episode, clinic, opiates=False, **dict.fromkeys(given.NAMED, False))
    assert "naltrexone_opioid_positive" not in codes(naltrexone(episode, clinic))


def test_an_allergy_is_ruled_out_first(clinic, episode):
    allergy = given.an_allergy(episode.patient, clinic, "Zoloft")
    with refused("order_blocked"):
        given.ordered(episode, clinic, "sertraline", override_reason="it was mild")
    given.patients.rule_out(allergy, reason="it was the lactose", by=clinic.prescriber)
    assert given.ordered(episode, clinic, "sertraline").findings == []


def test_what_is_known_of_an_indication_is_kept_with_the_order(clinic, episode):
    given.asked_before_naltrexone(episode.patient, clinic)
    alcohol = naltrexone(episode, clinic, indication="alcohol use disorder")
    assert (alcohol.off_label, alcohol.evidence) == (False, "labeled")
    ketamine = naltrexone(episode, clinic)
    assert (ketamine.off_label, ketamine.evidence) == (True, "cases")
    assert "case reports only" in ketamine.evidence_in_words and {"off_label", "ordered_already"} <= codes(ketamine)
    unknown = given.ordered(episode, clinic, "zorbium 20 mg", off_label=True)
    assert (unknown.medication, unknown.off_label, unknown.evidence) == (None, True, "none")


def test_a_brand_name_is_found_in_the_catalog_and_an_old_edition_is_not_ordered(clinic, episode):
    order = given.once(episode, clinic, "Ativan")
    assert (order.medication.slug, order.controlled) == ("lorazepam", True)
    assert given.once(episode, clinic, "something with codeine", override_reason="short").controlled
    old = Medication.objects.get(slug="melatonin")
    publish_medications([{"slug": "melatonin", "edition": 2, "name": "Melatonin", "ingredients": ["melatonin"],
                          "routes": ["oral"], "source": "ours"}])  # fmt: skip
    with refused("edition_superseded"):
        given.ordered(episode, clinic, "", medication=old)
    with forbidden("a_medication_never_changes"):
        Medication.objects.filter(pk=old.pk).update(name="X")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"frequency": "daily", "times": []}, "frequency_unclear"),
        ({"frequency": "every_hours", "every": 0}, "frequency_unclear"),
        ({"frequency": "every_hours"}, "frequency_unclear"),
        ({"frequency": "every_days", "times": [time(8)]}, "frequency_unclear"),
        ({"frequency": "as_needed"}, "as_needed_unlimited"),
        ({"frequency": "as_needed", "as_needed_for": "sleep", "min_hours": 6}, "as_needed_unlimited"),
        ({"frequency": "as_needed", "as_needed_for": "sleep", "max_doses": 2}, "as_needed_unlimited"),
        ({"frequency": "daily", "times": [time(8)], "max_doses": 3}, "as_needed_unlimited"),
        ({"indication": ""}, "order_incomplete"),
        ({"name": " "}, "order_incomplete"),
        ({"ends_at": given.ago(days=1)}, "ends_before_start"),
    ],
)
def test_an_order_says_enough(clinic, episode, fields, code):
    name = fields.pop("name", "sertraline")
    with refused(code):
        given.ordered(episode, clinic, name, **fields)


def test_an_order_begins_at_most_90_days_ago(clinic, episode, api):
    """A year mistyped would owe a hundred thousand doses, all of them late."""
    asked = {
        "name": "sertraline", "dose": "50", "dose_unit": "mg", "route": "oral", "indication": "Depression",
        "frequency": "every_hours", "every": 12, "starts_at": given.ago(days=91).isoformat(),
    }  # fmt: skip
    address = f"/api/v1/episodes/{episode.pk}/order-medication/"
    answer = api(clinic.prescriber).post(address, asked)
    assert (answer.status_code, answer.json()["code"]) == (409, "began_long_ago"), answer.json()
    began = asked.pop("starts_at")
    answer = api(clinic.prescriber).post(address, {**asked, "occurred_at": began})
    assert (answer.status_code, answer.json()["code"]) == (409, "began_long_ago"), answer.json()
    asked["starts_at"] = given.ago(days=89).isoformat()
    assert api(clinic.prescriber).post(address, asked).status_code == 201


# What was said, and what is owed.


def test_a_verbal_order_is_acknowledged_by_the_one_who_said_it(clinic, episode):
    order = given.verbal(episode, clinic)
    owes = duty(episode, "order_acknowledgment")
    assert (owes, owes.owner, order.taken_by) == (order.acknowledge_duty, clinic.prescriber, clinic.nurse)
    with forbidden("a_verbal_order_is_acknowledged"):
        resolve(owes, by=clinic.prescriber)
    other = given.a_user("another_prescriber", clinic.here, "prescriber")
    with refused("not_the_prescriber"):
        orders.acknowledge(order, by=other)
    end_membership(clinic.prescriber.memberships.get(), by=clinic.admin)
    assert orders.acknowledge(order, by=other).acknowledged_by == other
    assert fresh(owes).outcome == "resolved"
    with refused("nothing_to_acknowledge"):
        orders.acknowledge(order, by=other)


def test_what_was_said_is_read_back_names_a_prescriber_and_overrides_nothing(clinic, episode):
    with refused("not_read_back"):
        given.verbal(episode, clinic, read_back=False)
    with refused("not_a_prescriber"):
        given.verbal(episode, clinic, prescriber=clinic.counselor)
    with refused("same_person"):
        given.verbal(episode, clinic, prescriber=clinic.nurse)
    with refused("order_blocked"):
        given.verbal(episode, clinic, "naltrexone", dose=Decimal(25))


def test_an_emergency_dose_is_given_and_acknowledged_within_the_hour(clinic, episode):
    dose = given.emergency_dose(episode, clinic)
    owes = duty(episode, "order_acknowledgment")
    assert (dose.outcome, dose.order.state, dose.is_given()) == ("given", OrderState.COMPLETED, True)
    assert timedelta(0) < owes.due_at - owes.opened_at <= timedelta(hours=1)


def test_what_the_person_must_hear_when_it_stops_is_said_or_owed(clinic, episode):
    given.asked_before_naltrexone(episode.patient, clinic)
    order = orders.stop(naltrexone(episode, clinic), because="wished", reason="wished", by=clinic.prescriber)
    assert [text.split(":")[0] for text in order.to_be_told()] == [
        "Tolerance to opioids is low now", "Naloxone was offered, and how to use it was shown.",
    ]  # fmt: skip
    owes = duty(episode, "medication_counsel")
    order = orders.counsel(order, told=["tolerance"], by=clinic.nurse)
    assert fresh(owes).is_open()
    order = orders.counsel(order, told=["naloxone"], by=clinic.nurse)
    assert (fresh(owes).outcome, order.told_at_stop) == ("resolved", ["tolerance", "naloxone"])
    with refused("nothing_to_tell"):
        orders.counsel(order, told=["naloxone"], by=clinic.nurse)
    again = naltrexone(episode, clinic)
    orders.stop(again, because="done", reason="x", told=["tolerance", "naloxone"], by=clinic.prescriber)
    assert "medication_counsel" not in owed(episode)


def test_liver_values_are_owed_while_naltrexone_goes_on(clinic, episode):
    given.asked_before_naltrexone(episode.patient, clinic)
    order = naltrexone(episode, clinic)
    first = duty(episode, "medication_monitoring")
    assert (first.due_at - order.starts_at).days == 30
    fifty = naltrexone(episode, clinic, dose=Decimal(50), replaces=order, override_reason="25 mg went well")
    assert (fresh(fifty).monitoring_duty, fresh(order).monitoring_duty) == (first, None)
    given.checked(episode.patient, clinic, "liver", times_normal=Decimal("1.2"))
    second = duty(episode, "medication_monitoring")
    assert (fresh(first).outcome, (second.due_at - order.starts_at).days) == ("resolved", 91)
    orders.stop(fresh(fifty), because="done", reason="x", by=clinic.prescriber)
    assert "medication_monitoring" not in owed(episode)


def test_liver_values_are_owed_no_more_once_the_order_ended_with_treatment(clinic):
    episode = given.in_bed(clinic, at=given.ago(days=2))
    given.asked_before_naltrexone(episode.patient, clinic)
    naltrexone(episode, clinic)
    given.leave(episode, clinic)
    assert "medication_monitoring" not in owed(episode)


def test_whoever_leaves_without_the_word_about_tolerance_is_owed_it_and_whoever_heard_it_on_leaving_is_not(clinic):
    told = {"1": given.said(), "8": {}}  # as planned, with everything said; against advice, with nothing
    for reason, answers in told.items():
        episode = given.in_bed(clinic, bed=int(reason == "8"), name=f"Ana {reason}")
        given.asked_before_naltrexone(episode.patient, clinic)
        order = naltrexone(episode, clinic)
        given.leave(episode, clinic, reason=reason, checklist_answers=answers)
        assert fresh(order).told_at_stop == (["tolerance", "naloxone"] if answers else [])
        assert ("medication_counsel" in owed(episode)) == (not answers)
    assert fresh(order).counsel_duty == duty(episode, "medication_counsel")


def test_whoever_stays_in_hospital_is_owed_the_word_about_tolerance(clinic):
    episode = given.in_bed(clinic)
    given.asked_before_naltrexone(episode.patient, clinic)
    order = naltrexone(episode, clinic)
    given.send_out(episode, clinic)
    given.not_back(episode, clinic)
    assert fresh(order).counsel_duty == duty(episode, "medication_counsel")


def test_an_order_whose_time_has_passed_owes_what_one_that_was_stopped_does(clinic, episode):
    given.asked_before_naltrexone(episode.patient, clinic)
    order = naltrexone(episode, clinic, ends_at=timezone.now() + timedelta(days=7))
    doses.end_orders(order.ends_at)
    assert "medication_monitoring" not in owed(episode)
    assert fresh(order).counsel_duty == duty(episode, "medication_counsel")
    assert "has ended" in fresh(order).counsel_duty.note
    orders.counsel(fresh(order), told=["tolerance", "naloxone"], by=clinic.nurse)
    assert "medication_counsel" not in owed(episode)


def test_a_week_of_25_mg_before_50_mg_ends_without_a_word(clinic, episode):
    given.asked_before_naltrexone(episode.patient, clinic)
    week = timezone.now() + timedelta(days=7)
    order = naltrexone(episode, clinic, ends_at=week)
    naltrexone(episode, clinic, dose=Decimal(50), starts_at=week, override_reason="25 mg for a week first")
    doses.end_orders(week)
    assert fresh(order).state == OrderState.COMPLETED
    assert owed(episode).count("medication_monitoring") == 1 and "medication_counsel" not in owed(episode)


def test_what_replaces_naltrexone_by_something_else_ends_it(clinic, episode):
    given.asked_before_naltrexone(episode.patient, clinic)
    order = naltrexone(episode, clinic)
    other = given.ordered(episode, clinic, "acamprosate", dose=666, indication="Alcohol use disorder", replaces=order)
    assert "medication_monitoring" not in owed(episode) and other.told_at_start == []
    assert fresh(order).counsel_duty == duty(episode, "medication_counsel")


def test_liver_values_after_a_single_injection_are_answered_by_the_next_ones(clinic, episode):
    given.asked_before_naltrexone(episode.patient, clinic)
    once = {"frequency": "once", "times": [], "dose": Decimal(25)}
    order = naltrexone(episode, clinic, **once)
    orders.counsel(order, told=order.medication.counsel["start"], by=clinic.nurse)
    given.given_dose(order, clinic)
    assert "medication_monitoring" in owed(episode)
    given.checked(episode.patient, clinic, "liver", times_normal=Decimal(1))
    assert "medication_monitoring" not in owed(episode)


# What becomes of an order.


def test_it_is_held_resumed_and_stopped_and_its_doses_follow(clinic, episode):
    order = given.ordered(episode, clinic, frequency="every_hours", every=4)
    laid_out = order.doses.count()
    held = orders.hold(order, reason="vomits", by=clinic.nurse)
    assert (held.state, held.doses.open().filter(due_at__gte=held.held_at).count()) == (OrderState.HELD, 0)
    with refused("order_ended"):
        orders.hold(held, reason="again", by=clinic.nurse)
    on = orders.resume(held, by=clinic.prescriber)
    assert (on.held_at, on.doses.count()) == (None, laid_out) and on.doses.open().count() >= laid_out - 1
    with refused("order_not_held"):
        orders.resume(on, by=clinic.prescriber)
    stopped = orders.stop(on, because="no_effect", reason="no better", by=clinic.prescriber)
    assert stopped.doses.open().filter(due_at__gte=stopped.ended_at).count() == 0
    with refused("order_ended"):
        orders.stop(stopped, because="done", reason="again", by=clinic.prescriber)


def test_everything_is_asked_again_when_it_goes_on(clinic, episode):
    order = given.ordered(episode, clinic)
    orders.hold(order, reason="rash", by=clinic.nurse)
    given.an_allergy(episode.patient, clinic, "sertraline")
    with refused("order_blocked"):
        orders.resume(order, override_reason="I know", by=clinic.prescriber)


def test_the_database_allows_exactly_the_steps_of_an_order(clinic, episode):
    for here in OrderState:
        for there in OrderState:
            order = given.ordered(episode, clinic)
            if here == OrderState.HELD:
                orders.hold(order, reason="x", by=clinic.nurse)
            elif here == OrderState.STOPPED:
                orders.stop(order, because="done", reason="x", by=clinic.prescriber)
            elif here == OrderState.COMPLETED:
                MedicationOrder.objects.filter(pk=order.pk).update(
                    state="completed", ended_at=timezone.now(), ended_by=clinic.nurse
                )
            allowed = there in MedicationOrder.NEXT[here] or here == there
            rows = MedicationOrder.objects.filter(pk=order.pk)
            whole = {
                "held_at": None, "held_by": None, "held_reason": "", "ended_at": None, "ended_by": None,
                "ended_because": "", "end_reason": "",
            }  # fmt: skip
            if there == OrderState.HELD:
                whole |= {"held_at": timezone.now(), "held_by": clinic.nurse, "held_reason": "x"}
            elif there in (OrderState.STOPPED, OrderState.COMPLETED):
                whole |= {"ended_at": timezone.now(), "ended_by": clinic.nurse}
                whole |= {"ended_because": "done", "end_reason": "x"} if there == OrderState.STOPPED else {}
            if allowed:
                assert rows.update(state=there, **whole) == 1
            else:
                with forbidden("an_order_takes_its_steps"):
                    rows.update(state=there, **whole)


def test_what_was_ordered_never_changes(clinic, episode):
    order = given.ordered(episode, clinic)
    for change in ({"dose": 100}, {"name": "x"}, {"indication": "x"}, {"ordered_by": clinic.nurse}, {"times": []}):
        with forbidden("what_is_ordered_never_changes"):
            MedicationOrder.objects.filter(pk=order.pk).update(**change)


def test_an_order_that_was_a_mistake_owes_nothing_and_one_that_was_given_is_stopped(clinic, episode):
    order = given.verbal(episode, clinic)
    orders.mark_error(order, reason="wrong person", by=clinic.prescriber)
    assert "order_acknowledgment" not in owed(episode) and not order.doses.open().exists()
    given_once = given.emergency_dose(episode, clinic).order
    with refused("doses_given"):
        orders.mark_error(given_once, reason="x", by=clinic.prescriber)


def test_leaving_the_program_ends_what_staff_gave_and_not_what_is_taken_at_home(clinic):
    episode = given.in_bed(clinic, at=given.ago(days=2))
    here, home = given.ordered(episode, clinic), given.ordered(episode, clinic, "melatonin", given_here=False)
    assert here.doses.open().exists() and not home.doses.exists()
    given.leave(episode, clinic)
    assert (fresh(here).state, fresh(here).ended_because) == (OrderState.STOPPED, "left")
    assert fresh(home).state == OrderState.ACTIVE and not here.doses.open().exists()


# Checks and counts.


@pytest.mark.parametrize(
    ("kind", "fields", "code"),
    [
        ("liver", {}, "finding_missing"),
        ("monitoring", {}, "finding_missing"),
        ("monitoring", {"found": False, "analytes": ["tramadol"]}, "finding_missing"),
        ("surgery", {"planned_at": given.ago(days=1)}, "in_the_past"),
    ],
)
def test_a_check_says_what_was_found(clinic, episode, kind, fields, code):
    with refused(code):
        given.checked(episode.patient, clinic, kind, **fields)


def test_a_check_never_changes(clinic, episode):
    row = given.checked(episode.patient, clinic, "monitoring", found=False)
    with forbidden("a_check_never_changes"):
        MedicationCheck.objects.filter(pk=row.pk).update(found=True)


def test_what_is_there_is_counted_by_two_and_a_difference_is_settled_in_words(clinic, episode):
    said = given.taking(episode.patient, clinic, "melatonin 5 mg", brought=10)
    order = given.ordered(episode, clinic, "melatonin", supply=said, units_each=Decimal(2), frequency="once", dose=10)
    given.given_dose(order, clinic)
    first = medication_counts.count(said, counted=Decimal(8), by=clinic.nurse)
    assert first.expected == 8
    with refused("same_person"):
        medication_counts.confirm_count(first, counted=Decimal(8), by=clinic.nurse)
    agreed = medication_counts.confirm_count(first, counted=Decimal(8), by=clinic.technician)
    assert agreed.duty is None and "count_discrepancy" not in owed(episode)
    with refused("nothing_to_settle"):
        medication_counts.settle_count(agreed, reason="x", by=clinic.supervisor)
    second = medication_counts.count(said, counted=Decimal(7), by=clinic.nurse)
    second = medication_counts.confirm_count(second, counted=Decimal(7), by=clinic.technician)
    owes = duty(episode, "count_discrepancy")
    assert (second.expected, second.duty) == (8, owes)
    with forbidden("a_discrepancy_is_settled"):
        resolve(owes, by=clinic.supervisor)
    medication_counts.settle_count(second, reason="one was dropped; seen by two", by=clinic.supervisor)
    assert fresh(owes).outcome == "resolved"
    with forbidden("a_count_never_changes"):
        MedicationCount.objects.filter(pk=second.pk).update(counted=8)
