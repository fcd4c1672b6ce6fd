"""How many statements a verb takes at its worst: when everything that it may have to see to is there."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import given
from tests.config.test_api import statements
from treatment.actions import (
    departures,
    medication_orders,
    observations,
    offers,
    placements,
    proposals,
    schedules,
    waiting,
)

MOST = 25 - 2  # a token that is looked up takes two more
# These take more still, and may not take more than they do.
OVER = {
    # Somebody new is looked for and written down, with all they come with: 16 rows, each of a kind of its own.
    "receive": 34,
    # Every source of what a person takes is a question of its own, so that another is one function more.
    "give_emergency_dose": 26,
    "order_medication": 24,
    # The place waited for is left as the treatment begins, and an offer is locked after its entry and its thread.
    "accept_offer": 24,
    # One placement ends besides, with what was owed because of it, and what travels is kept as a step.
    "accept_offer_of_another_program": 27,
    # Random tests go on with a day drawn anew, in another bed than the one that was given up.
    "found": 25,
    # Ten kinds of rows end with treatment, each in one statement, and six begin: discharge, aftercare plan, first
    # check-in, what is asked after discharge, sight of the person, and a search or an arrival to hear of.
    "discharge": 36,
    "discharge_somebody_missing": 37,
    "discharge_in_transfer": 29,
    # One placement ends and another begins, and somebody who waits is thought of, with everything that is asked.
    "step_down": 25,
    # A bed besides, which was held, of a program that was waited for: three more kinds of rows end.
    "step_up": 28,
}
OFTEN = {"source": "person", "route": "4", "frequency": "5"}
SOMEBODY = {"preferred_name": "Maria", "birth_date": "1990-01-01", "phone": "+12125550123"}


def watched(clinic):
    """In bed, on rounds, observed by a schedule, in an emergency."""
    episode = given.in_bed(clinic, at=given.ago(days=5))
    given.on_rounds(episode, clinic, at=given.ago(hours=1))
    given.observed(episode, clinic)
    observations.observe(episode, respiratory_rate=8, by=clinic.nurse)
    return episode


def allergic(clinic):
    """Treated with this and that, allergic, and asked everything that comes before naltrexone."""
    episode = given.in_bed(clinic, at=given.ago(days=2))
    given.an_allergy(episode.patient, clinic)
    given.taking(episode.patient, clinic)
    given.ordered(episode, clinic)
    given.asked_before_naltrexone(episode.patient, clinic, at=given.ago(hours=1))
    return episode


def on_naltrexone(episode, clinic, **fields):
    """25 mg of it, and told what comes with it."""
    fields = {"dose": 25, "indication": "Alcohol use disorder", **fields}
    order = given.ordered(episode, clinic, "naltrexone", **fields)
    return medication_orders.counsel(order, told=order.medication.counsel["start"], by=clinic.nurse)


def receive(clinic):
    told = {"consciousness": "voice", "breathing": "normal", "respiratory_rate": 8, "source": "ambulance"}
    drugs = [{"drug": "fentanyl"}, {"drug": "ketamine"}]
    uses = [{"substance": code, **OFTEN} for code in ("2004", "0706")]
    here = str(clinic.here.pk)
    return (
        clinic.nurse,
        "handovers",
        {"facility": here, "person": SOMEBODY, "drugs_given": drugs, "substances": uses, **told},
    )


def send_out(clinic):
    episode = watched(clinic)
    given.go_on_leave(episode, clinic)
    return clinic.nurse, f"episodes/{episode.pk}/send-out", {"destination": "General Hospital", "reason": "pain"}


def send_out_before_a_test(clinic):
    episode = watched(clinic)
    given.a_random_test(episode, clinic)
    return clinic.nurse, f"episodes/{episode.pk}/send-out", {"destination": "General Hospital", "reason": "pain"}


def send_out_before_the_talk(clinic):
    episode = given.a_handover(clinic, at=given.ago(hours=3)).episode
    given.on_rounds(episode, clinic, at=given.ago(hours=1))
    observations.observe(episode, respiratory_rate=8, by=clinic.nurse)
    return clinic.nurse, f"episodes/{episode.pk}/send-out", {"destination": "General Hospital", "reason": "pain"}


def bring_back(clinic):
    episode = watched(clinic)
    given.send_out(episode, clinic)
    given.cleared_again(episode, clinic)
    return clinic.nurse, f"episodes/{episode.pk}/bring-back", {}


def report_missing(clinic):
    episode = watched(clinic)
    given.a_random_test(episode, clinic)
    return clinic.nurse, f"episodes/{episode.pk}/report-missing", {}


def give_emergency_dose(clinic):
    drug = {"name": "naloxone", "dose": "4", "dose_unit": "mg", "route": "nasal", "indication": "Opioid overdose"}
    said = {"prescriber": str(clinic.prescriber.pk), "reason": "hard to wake"}
    return clinic.nurse, f"episodes/{allergic(clinic).pk}/give-emergency-dose", {**drug, **said}


def order_medication(clinic):
    episode = allergic(clinic)
    drug = {
        "name": "naltrexone",
        "dose": "50",
        "dose_unit": "mg",
        "route": "oral",
        "indication": "Alcohol use disorder",
    }
    often = {"frequency": "daily", "times": ["08:00"], "override_reason": "25 mg went well"}
    before = {"replaces": str(on_naltrexone(episode, clinic).pk)}
    return clinic.prescriber, f"episodes/{episode.pk}/order-medication", {**drug, **often, **before}


def give(clinic):
    order = on_naltrexone(allergic(clinic), clinic, frequency="once")
    return clinic.nurse, f"doses/{given.a_dose(order).pk}/give", {}


def record_results(clinic):
    test = given.a_test(given.in_bed(clinic), clinic, panel=["ketamine", "tramadol"])
    found = {"ketamine": {"detected": True}, "tramadol": {"detected": True}}
    return clinic.nurse, f"tox-tests/{test.pk}/record-results", {"validity": "valid", "results": found}


def accept_offer(clinic):
    schedules.use_default_schedules(clinic.residential, by=clinic.admin)
    entry = given.waiting(clinic, program=clinic.residential)
    given.using(entry.patient, clinic)
    offer = offers.offer_place(entry, bed=clinic.beds[0], by=clinic.intake)
    return clinic.intake, f"offers/{offer.pk}/accept-offer", {"counselor": str(clinic.counselor.pk)}


def accept_offer_of_another_program(clinic):
    for program in (clinic.residential, clinic.outpatient):
        schedules.use_default_schedules(program, by=clinic.admin)
    episode = given.in_outpatient(clinic)
    given.using(episode.patient, clinic)
    entry = waiting.put_on_wait_list(episode, program=clinic.residential, by=clinic.intake)
    offer = offers.offer_place(entry, bed=clinic.beds[0], by=clinic.intake)
    soon = (timezone.now() + timedelta(days=2)).isoformat()
    told = {"counselor": str(clinic.counselor.pk), "travels": given.all_travels(), "next_contact_at": soon}
    return clinic.intake, f"offers/{offer.pk}/accept-offer", told


def take_verbal_order(clinic):
    episode = allergic(clinic)
    drug = {
        "name": "mirtazapine",
        "dose": "15",
        "dose_unit": "mg",
        "route": "oral",
        "indication": "Depression",
        "frequency": "daily",
        "times": ["08:00"],
    }
    said = {"prescriber": str(clinic.prescriber.pk), "read_back": True}
    return clinic.nurse, f"episodes/{episode.pk}/take-verbal-order", {**drug, **said}


def refer(clinic):
    """Somebody new, under a name like one that is known, which was ruled out."""
    given.self_referred(clinic, "Marie")
    person = {**SOMEBODY, "email": "maria@example.org"}
    said = {"facility": str(clinic.here.pk), "entry": "self", "person": person, "owner": str(clinic.intake.pk)}
    return clinic.intake, "episodes", {**said, "not_a_duplicate": True}


def refer_somebody_known(clinic):
    patient = given.closed(clinic).patient
    said = {"facility": str(clinic.here.pk), "entry": "return", "patient": str(patient.pk)}
    return clinic.intake, "episodes", {**said, "owner": str(clinic.intake.pk)}


def found(clinic):
    """Tested at random, and the bed that was kept was given up meanwhile."""
    episode = watched(clinic)
    given.a_random_test(episode, clinic)
    missed = {"at": given.ago(hours=1), "hold_bed_until": given.ago(minutes=30)}
    departure = departures.report_missing(episode, **missed, by=clinic.nurse)
    placements.lapse_holds(timezone.now())
    return clinic.nurse, f"departures/{departure.pk}/found", {"bed": str(clinic.beds[1].pk)}


def treated(clinic):
    """With everything that ends with treatment: watched, planned, medicated, tested at random; others wait."""
    episode = watched(clinic)
    given.a_random_test(episode, clinic)
    given.a_plan_in_force(episode, clinic)
    given.ordered(episode, clinic)
    given.using(episode.patient, clinic)
    given.held(episode, clinic)
    given.waiting(clinic, "Wim", program=clinic.residential)
    for program in (clinic.residential, clinic.outpatient):
        schedules.use_default_schedules(program, by=clinic.admin)
    proposals.propose_discharge(
        episode,
        grounds=["violence"],
        what_happened="A fight.",
        alternative="Day program at Pier.",
        by=clinic.counselor,
    )
    return episode


def discharge(clinic):
    episode = treated(clinic)
    given.go_on_leave(episode, clinic)
    said = {"reason": "8", "schedule": "kud-12", "coach": str(clinic.aftercare.pk), "checklist_answers": {}}
    return clinic.counselor, f"episodes/{episode.pk}/discharge", said


def discharge_somebody_missing(clinic):
    episode = treated(clinic)
    departures.report_missing(episode, by=clinic.nurse)
    said = {"reason": "1", "schedule": "kud-12", "coach": str(clinic.aftercare.pk), "checklist_answers": given.said()}
    return clinic.counselor, f"episodes/{episode.pk}/discharge", said


def discharge_in_transfer(clinic):
    episode = treated(clinic)
    given.go_on_leave(episode, clinic)
    said = {"reason": "4", "going_to": "Pier", "contact": "Dr. Ames", "checklist_answers": given.said()}
    return clinic.counselor, f"episodes/{episode.pk}/discharge", said


def confirm_arrival(clinic):
    episode = given.in_bed(clinic, at=given.ago(days=2))
    given.using(episode.patient, clinic)
    given.leave(episode, clinic, reason="4", going_to="Pier")
    told = {"told_by": "Dr. Ames", "keep_in_touch": True}
    return clinic.counselor, f"transfers/{episode.transfers.get().pk}/confirm-arrival", told


def step_down(clinic):
    episode = treated(clinic)
    given.level_assessed(episode, clinic)
    soon = (timezone.now() + timedelta(days=2)).isoformat()
    told = {"program": str(clinic.outpatient.pk), "counselor": str(clinic.counselor.pk), "next_contact_at": soon}
    return clinic.counselor, f"episodes/{episode.pk}/move", {**told, "travels": given.all_travels()}


def step_up(clinic):
    """Into a bed that was held, of a program whose place was waited for."""
    for program in (clinic.residential, clinic.outpatient):
        schedules.use_default_schedules(program, by=clinic.admin)
    episode = given.in_outpatient(clinic)
    given.using(episode.patient, clinic)
    given.held(episode, clinic)
    waiting.put_on_wait_list(episode, program=clinic.residential, by=clinic.intake)
    given.waiting(clinic, "Wim")
    told = {"program": str(clinic.residential.pk), "bed": str(clinic.beds[1].pk)}
    told |= {"counselor": str(clinic.counselor.pk), "travels": given.all_travels()}
    soon = (timezone.now() + timedelta(days=2)).isoformat()
    return clinic.counselor, f"episodes/{episode.pk}/move", {**told, "next_contact_at": soon}


WORST = [receive, send_out, send_out_before_a_test, send_out_before_the_talk, bring_back, report_missing,
         give_emergency_dose, order_medication, take_verbal_order, give, record_results, accept_offer,
         accept_offer_of_another_program, refer, refer_somebody_known, found, discharge,
         discharge_somebody_missing, discharge_in_transfer, confirm_arrival, step_down, step_up]  # fmt: skip


@pytest.mark.parametrize("worst", WORST, ids=lambda worst: worst.__name__)
def test_a_verb_takes_few_statements_at_its_worst(clinic, api, worst):
    who, address, body = worst(clinic)
    client = api(who)
    with CaptureQueriesContext(connection) as captured:
        answer = client.post(f"/api/v1/{address}/", body, HTTP_IDEMPOTENCY_KEY=address)
    assert answer.status_code in (200, 201), answer.json()
    # The rungs of a ladder are read once a process.
    taken = [sql for sql in statements(captured.captured_queries) if 'FROM "duties_rung"' not in sql]
    assert len(taken) <= OVER.get(worst.__name__, MOST), "\n".join(sql[:120] for sql in taken)
