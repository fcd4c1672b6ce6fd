"""What `make fuzz` has in its system, and which keys it sends: asked of the code, not guessed from names.

    python -m local.fuzz_rows fill                          a row of every noun, and one for nearly every verb
    python -m local.fuzz_rows keys SEED < operations        as JSON, for local.fuzz_checks

Without rows that fit, a verb answers with its first refusal, and nothing behind it is looked at.
"""

import json
import os
import random
import re
import sys
from datetime import timedelta

import django
from django.utils import timezone
from rest_framework import serializers
from rest_framework.relations import ManyRelatedField, PrimaryKeyRelatedField

MANY = 100  # keys of a noun
TRIED = 400  # rows, at most, for each verb
ENOUGH = 20  # rows that fit a verb
EVERYBODY = "supervisor"  # holds every role that does anything
# What neither a serializer nor a model says.
BESIDE = {
    "GET /api/v1/access-events/": {"patient": "patients"},
    "GET /api/v1/patients/{id}/merge-preview/": {"into": "patients"},
    "GET /api/v1/patients/{id}/trends/": {"instrument": "an instrument"},
    "POST /api/v1/patients/{id}/add-contact-point/": {"value": "a way"},
    "POST /api/v1/aftercare-plans/{id}/change-zone/": {"zone": "a zone"},
}


def fill():
    """The world of the tests, and more people in more states, all in one transaction; somebody holds every role."""
    from django.db import transaction
    from django.test.utils import override_settings

    from accounts import actions as accounts
    from accounts.models import Facility, Role
    from tests import given
    from tests.test_roles import a_world

    with (
        override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend", SMS_ACCOUNT=""),
        transaction.atomic(),
    ):
        clinic = given.a_clinic()
        user = clinic.supervisor
        for one in (user, clinic.technician):
            one.set_password(os.environ.get("DEMO_PASSWORD", ""))
            one.save(update_fields=["password"])
        for place in Facility.objects.all():
            for role in {*Role} - {Role.ANALYST}:
                if not user.memberships.filter(facility=place, role=role).exists():
                    accounts.join(user, facility=place, role=role, by=clinic.admin)
        a_world(clinic)
        more(clinic)
        again(clinic)
        twice(clinic)
        theirs(clinic)


def more(clinic):
    """What that world has nobody for: what is begun, held, paused, away, unsigned or not answered."""
    from duties import actions as duties
    from patients import actions as patients
    from tests import given
    from treatment.actions import (
        appointments,
        assessments,
        formats,
        medication_counts,
        medication_orders,
        random_tests,
        sessions,
        urology,
    )
    from treatment.models import Bed, Instrument, Unit

    here, me = clinic.here, clinic.supervisor
    unit = Unit.objects.create(facility=here, name="West")
    clinic.beds = Bed.objects.bulk_create(Bed(unit=unit, label=str(number)) for number in range(1, 31))
    # On the way in.
    for number in range(3):
        given.engaging(clinic, f"Eva {number}")
        given.asked(given.in_intake(clinic, f"Ike {number}"), clinic)
        given.taken_in(clinic, f"Tia {number}")
        given.ready(clinic, f"Ron {number}")
        given.waiting(clinic, f"Wes {number}")
    late = given.in_intake(clinic, "Una")
    given.intake_done(late, clinic, patient_notice_given=False, notice_deferred_because="too tired to take it in")
    # In a bed, away from it, and without one.
    for number in range(3):
        given.in_bed(clinic, bed=8 + number, name=f"Bea {number}")
    out = given.in_bed(clinic, bed=3, name="Oda")
    given.send_out(out, clinic)
    given.cleared_again(out, clinic)
    for number in range(4, 7):
        given.go_on_leave(given.in_bed(clinic, bed=number, name=f"Lea {number}"), clinic)
    moved = given.in_bed(clinic, bed=7, name="Noa").placements.get()
    patients.mark_error(moved.bed_stays.get(), reason="another bed", by=clinic.nurse)
    # In treatment, with what is begun and not done.
    jo = given.in_outpatient(clinic, "Jo")
    for number in range(3):
        given.in_aftercare(clinic, f"Ada {number}", email=f"ada-{number}@example.org")
        given.a_plan(given.in_outpatient(clinic, f"Drew {number}"), clinic)
        given.a_plan_in_force(given.in_outpatient(clinic, f"Finn {number}"), clinic)
        given.a_session(jo, clinic, by=me)
    half = given.a_plan(given.in_outpatient(clinic, "Half"), clinic)
    given.plans.record_person_answer(half, person_answer="paper", copy_offered=True, by=clinic.counselor)
    formats.change_format(given.a_session(jo, clinic, text="", by=me), format="dap", by=me)
    trainee = given.a_trainee(clinic)
    for _ in range(2):
        sessions.sign(given.a_session(jo, clinic, by=trainee), by=trainee)
    gone = given.a_trainee(clinic, "gone")
    for _ in range(3):
        given.a_session(jo, clinic, by=gone)
    duties.leave(gone, by=clinic.admin)
    appointments.begin(given.an_appointment(jo, clinic, hours=0.2), by=clinic.counselor)
    for slug in ("phq-9", "gad-7"):
        instrument = Instrument.objects.current().get(slug=slug)
        assessments.begin_assessment(jo, instrument=instrument, by=clinic.counselor)
    given.assessed(given.self_referred(clinic, "Lu"), clinic, q9=2)
    medication_orders.hold(given.ordered(jo, clinic), reason="tired", by=clinic.prescriber)
    given.as_needed(jo, clinic)
    given.ordered(jo, clinic, "naltrexone", override_reason="asked by hand")
    medication_counts.count(given.taking(jo.patient, clinic, brought=5), counted=5, by=clinic.nurse)
    given.a_test(jo, clinic)
    given.tested(jo, clinic, method="immunoassay", ketamine=True)
    given.measured(jo, clinic, report="Raised.", alt=900)
    random_tests.pause(given.tested_at_random(jo, clinic), reason="away", by=clinic.counselor)
    urology.send(given.referred(jo, clinic), sent_to="Urology North", by=clinic.nurse)
    # Around a person.
    knows = given.a_supporter(jo.patient, clinic)
    patients.permit(knows, may_know=["presence"], by=clinic.nurse)
    never = given.a_supporter(jo.patient, clinic, "Uwe")
    patients.forbid_contact(never, reason="asked for it", by=clinic.nurse)
    given.prescribed_ketamine(jo.patient, clinic)
    condition = given.a_condition(jo.patient, clinic)
    patients.resolve_condition(condition, by=clinic.prescriber)


def again(clinic):
    """More of what a few requests use up."""
    from aftercare.actions import calls, closings, tiers
    from aftercare.actions import discharges as aftercare
    from aftercare.actions import plans as follow_ups
    from patients import actions as patients
    from tests import given
    from treatment.actions import (
        assessments,
        incidents,
        ketamine,
        medication_orders,
        offers,
        placements,
        programs,
        schedules,
        transfers,
    )
    from treatment.models import Instrument, Program

    me, phq = clinic.supervisor, Instrument.objects.current().get(slug="phq-9")
    ratings = [
        {"dimension": "1", "subdimension": "a", "token": "M"},
        {"dimension": "5", "subdimension": "", "token": "R"},
    ]
    for number in range(4):
        given.closed(clinic, f"Cleo {number}")
        given.send_out(given.in_bed(clinic, bed=11 + number, name=f"Otto {number}"), clinic)
        ben = given.self_referred(clinic, f"Ben {number}")
        closings.report_death(ben.patient, facility=clinic.here, told_by="brother", by=clinic.nurse)
        aftercare.discharge(
            given.in_outpatient(clinic, f"Dan {number}"), reason="1", checklist_answers=given.said(), by=me
        )
        sam = given.in_outpatient(clinic, f"Sam {number}")
        patients.record_no_known_allergies(sam.patient, facility=clinic.here, by=clinic.nurse)
        assessments.begin_assessment(sam, instrument=phq, by=me)
        given.tested_at_random(sam, clinic)
        given.a_plan(sam, clinic)
        known = given.a_supporter(sam.patient, clinic, f"Ina {number}")
        patients.permit(known, may_know=["presence"], by=clinic.nurse)
        ellis = given.in_aftercare(clinic, f"Ellis {number}", email=f"ellis-{number}@example.org")
        follow_up = ellis.aftercare_plans.get()
        tiers.raise_tier(follow_up, tier="red", reason="sounded lost", by=me)
        calls.log_call(given.a_call_owed(ellis, clinic), outcome="reached", by=me)
        given.a_call_owed(ellis, clinic)
        given.cleared_again(given.in_aftercare(clinic, f"Remy {number}", email=f"remy-{number}@example.org"), clinic)
        gil = given.in_aftercare(clinic, f"Gil {number}", email=f"gil-{number}@example.org")
        follow_ups.withdraw(gil.aftercare_plans.get(), by=clinic.aftercare)
        given.on_call(clinic, clinic.counselor, starts_at=timezone.now() + timedelta(days=3 + number))
        given.missing(clinic, f"Mia {number}")
        judged = given.missing(clinic, f"Mio {number}")
        given.departures.record_risk_decision(judged, risk="low", reason="said so", by=clinic.nurse)
        given.a_document(sam.patient, clinic)
        given.asked(sam, clinic, thoughts=True)
        given.level_assessed(sam, clinic, by=me, signed=False, indicated="")
        given.checked(sam.patient, clinic, "monitoring", found=False)
        medication_orders.hold(given.ordered(sam, clinic), reason="tired", by=clinic.prescriber)
        ketamine.permit_contact(given.prescribed_ketamine(sam.patient, clinic), by=clinic.nurse)
        given.stopped_ketamine(ellis.patient, clinic, at=given.ago(days=28))
        offers.offer_place(given.waiting(clinic, f"Wim {number}"), by=clinic.intake)
        tom = given.self_referred(clinic, f"Tom {number}")
        transfers.refer_elsewhere(tom, kind="provider", destination="Pier", by=clinic.intake)
        ash = given.in_bed(clinic, bed=17 + number, name=f"Ash {number}", at=given.ago(hours=20))
        given.send_out(ash, clinic, at=given.ago(hours=20))
        given.ordered(ash, clinic, frequency="every_hours", every=2, at=given.ago(hours=7))
        found = given.under_review(clinic, sam.patient)
        incidents.write_findings(found, conclusion="Wet stairs.", factors=["staffing"], by=me)
        patients.permit(given.a_supporter(sam.patient, clinic, "Ute"), may_know=["emergency"], by=clinic.nurse)
        given.level_assessed(ash, clinic, by=me, signed=False, level="3.7", indicated="", ratings=ratings)
        for name in ("Empty", "Shut"):
            program = Program.objects.create(
                facility=clinic.here, name=f"{name} {number}", setting="outpatient", level_of_care="1.5"
            )
        programs.close_program(program, by=me)
    # Ending a schedule ends what is asked of everybody by it: more of them than a verb is given rows.
    for number in range(6):
        program = Program.objects.create(
            facility=clinic.here, name=f"Asking {number}", setting="outpatient", level_of_care="1.5", level_due=None
        )
        schedules.use_default_schedules(program, by=me)
        cal = given.ready(clinic, f"Cal {number}")
        placements.admit(cal, program=program, counselor=clinic.counselor, by=clinic.intake)


def twice(clinic):
    """Two more of what that world has one of, which the first request uses up."""
    from duties import actions as duties
    from messaging import actions as messaging
    from patients import actions as patients
    from tests import given
    from treatment.actions import (
        appointments,
        assault,
        beds,
        bladder,
        observations,
        proposals,
        random_tests,
        sessions,
        urology,
    )

    for number in range(2):
        # One with every test and medicine.
        zoe = given.in_outpatient(clinic, f"Zoe {number}", at=given.ago(days=9))
        given.using(zoe.patient, clinic)
        given.using(zoe.patient, clinic, "0706", route="4", rank="1")
        given.all_around(zoe.patient, clinic)
        given.medicated(zoe, clinic)
        given.as_needed(zoe, clinic)
        given.circumstances(zoe.patient, clinic)
        given.screened(zoe.patient, clinic=clinic, opioids="yes")
        given.reviewed(given.a_plan_in_force(zoe, clinic, at=given.ago(days=8)), clinic)
        given.assessed(zoe, clinic, q9=1)
        given.a_test(zoe, clinic)
        given.tested(zoe, clinic, method="immunoassay", ketamine=True)
        given.tested(zoe, clinic, ketamine=40)
        given.measured(zoe, clinic, report="Raised.", alt=900)
        given.checks(zoe, clinic)
        given.referred(zoe, clinic)
        bladder.log_bladder(zoe, cannot_pass=True, by=clinic.nurse)
        screen = given.a_private_screen(zoe, clinic)
        assault.name_reader(screen, reader=clinic.supervisor, reason="sees Zoe", by=clinic.nurse)
        patients.forbid_contact(given.a_supporter(zoe.patient, clinic), reason="asked for it", by=clinic.nurse)
        messaging.opt_out(zoe.patient, channel="phone", how="said so", by=clinic.aftercare)
        given.under_review(clinic, zoe.patient, severity=4)
        for duty in zoe.duties.open().filter(suspended_at=None).order_by("pk")[:8]:
            duties.suspend(duty, until=given.ago(days=-1), reason="away", by=clinic.nurse)
        # One who is seen, and is to leave.
        joe = given.in_outpatient(clinic, f"Joe {number}")
        note = given.a_session(joe, clinic)
        sessions.sign(note, by=clinic.counselor)
        sessions.add_addendum(note, text="More.", by=clinic.nurse)
        appointments.begin(given.an_appointment(joe, clinic, hours=0.2), by=clinic.counselor)
        random_tests.pause(given.tested_at_random(joe, clinic), reason="away", by=clinic.counselor)
        fight = {"grounds": ["violence"], "what_happened": "A fight.", "alternative": "Day program at Pier."}
        proposals.propose_discharge(joe, **fight, by=clinic.counselor)
        patients.resolve_condition(given.a_condition(joe.patient, clinic), by=clinic.prescriber)
        urology.send(given.referred(joe, clinic), sent_to="Urology North", by=clinic.nurse)
        # One after treatment, one who came breathing slowly, and beds.
        kim = given.in_aftercare(clinic, f"Kim {number}", email=f"kim-{number}@example.org")
        given.a_way_in(kim, clinic)
        given.a_pause(kim.aftercare_plans.get(), clinic)
        low = given.a_handover(clinic, f"Lou {number}", respiratory_rate=8).episode
        given.drugs_given(low.handovers.get(), clinic)
        observations.observe(low, respiratory_rate=12, by=clinic.nurse)
        given.seen(given.on_rounds(low, clinic), clinic)
        given.held(low, clinic, bed=25 + number)
        beds.block(clinic.beds[27 + number], reason="repair", by=clinic.nurse)
        beds.restrict(clinic.beds[27 + number], kind="women", by=clinic.admin)
        given.without_bed(clinic, f"Ivy {number}")
        ray = given.in_bed(clinic, bed=22 + number, name=f"Ray {number}")
        given.reconciled(ray, clinic)
        given.a_random_test(ray, clinic)
        given.loaded(clinic, slug=f"screen-{number}")
        given.nobody(clinic, f"Nemo {number}")


def theirs(clinic):
    """What only its author may change, or whom it names: by and of the one who asks."""
    from tests import given
    from treatment.actions import counseling, formats

    me, ed = clinic.supervisor, given.in_outpatient(clinic, "Ed")
    beside = [given.in_bed(clinic, bed=15 + number, name=f"Gus {number}") for number in range(2)]
    for number in range(4):
        given.a_counseling_note(ed, clinic, by=me)
        kept = counseling.sign(given.a_counseling_note(ed, clinic, by=me), by=me)
        given.let_read(kept, clinic.prescriber)
        given.a_group(clinic, *beside, by=me, topic=f"Evening {number}")
        given.verbal(ed, clinic, prescriber=me)
        formats.change_format(given.a_session(ed, clinic, text="", by=me), format="dap", by=me)


def keys(seed, operations=None):
    """Of each noun the keys; of each operation those that fit, which noun its body names where, and what it makes."""
    from accounts.models import User
    from patients.views import READS

    user, dice, views = User.objects.get(username=EVERYBODY), random.Random(seed), dict(_views())
    nouns = {reads.model: noun for noun, reads in views.items() if READS[reads.model] is reads}
    found = {"rows": _likely(timezone.now()), "fit": {}, "keys": {}, "made": {}}
    for noun, reads in views.items():  # a list is asked for by the rows that its own rows point to
        found["rows"][noun] = _some(reads.seen_by(user, reads.allowed_roles), dice)[:MANY]
        named = {field.name: nouns.get(field.related_model) for field in reads.model._meta.fields}
        found["keys"][f"GET /api/v1/{noun}/"] = {name: noun for name, noun in named.items() if noun}
    for path, verb in _verbs():
        name = f"POST /api/v1/{path}"
        if operations is not None and name not in operations:
            continue
        found["made"][name] = nouns.get(verb.answer)
        found["keys"][name] = dict(_keys(verb.input(user), nouns))
        if not verb.creates:
            found["fit"][name] = list(_fitting(verb, views[path.split("/")[0]], user, dice))
    found["bodies"] = {f"POST /api/v1/{name}/": [[None, body]] for name, body in _bodies(timezone.now()).items()}
    found["bodies"] |= {f"POST /api/v1/{name}/": list(rows.items()) for name, rows in _own_bodies().items()}
    for name, told in BESIDE.items():
        found["keys"][name] = found["keys"].get(name, {}) | told
    return found


def _bodies(now):
    """What chance does not hit upon: one body for each verb that takes parts only as they fit each other."""
    from accounts.models import Facility, User
    from patients.codes import CoUse
    from patients.models import Patient
    from tests import given
    from treatment.models import Bed, Instrument, LevelMapping, PlanTemplate, Program

    here = Facility.objects.get(name="Harbor House")
    outpatient = Program.objects.get(facility=here, name="Outpatient")
    soon, month = now + timedelta(days=1), now.date() + timedelta(days=30)
    dose = {"dose_unit": "mg", "route": "oral"}
    prescriber = str(User.objects.get(username="prescriber").pk)
    mapping = LevelMapping.objects.first()
    template = PlanTemplate.objects.current().filter(substance="").first()
    return {
        # Not whoever asks: of too many tokens their first would go.
        "login": {"username": "technician", "password": os.environ.get("DEMO_PASSWORD", "")},
        "texts": {
            "facility": str(here.pk), "slug": "check_in", "channel": "sms", "language": "en",
            "body": "{from_whom}: how are you?",
        },
        "on-call-shifts": {
            "facility": str(here.pk), "user": prescriber, "kind": "on_call", "starts_at": soon.isoformat(),
            "ends_at": (soon + timedelta(hours=1)).isoformat(),
        },
        "on-call-shifts/{id}/swap": {"user": str(User.objects.get(username="nurse").pk), "reason": "ill"},
        "instruments": {
            "file": given.a_file(slug="ours").decode(), "given_by": "The publisher", "given_on": str(now.date()),
            "reference": "letter of January 5",
        },
        "level-mappings": {
            "facility": str(here.pk), "asam_edition": "4", "name": "Ours", "license_holder": "Harbor House",
            "license_reference": "2026-118", "licensed_on": str(now.date()), "content": mapping.content,
        },
        "assessments/{id}/answer": {
            "how": "asked",
            "answers": {item["code"]: 0 for item in Instrument.objects.current().get(slug="phq-9").items},
        },
        "patients/{id}/screen-use": {
            "facility": str(here.pk), "co_use": {question: {"answer": "no"} for question in CoUse.values},
        },
        "patients/{id}/merge": {"into": str(Patient.objects.filter(preferred_name="Cleo 0").get().pk)},
        "session-notes/{id}/write-sections": {"sections": {"data": "Talked.", "plan": "Go on."}},
        "group-sessions/{id}/rate-group": {"no_objective": "other", "no_objective_words": "A first evening."},
        "duties/{id}/log-call": {"outcome": "no_answer"},
        "aftercare-plans/{id}/lower-tier": {"tier": "green", "reason": "spoke with them"},
        "wait-list-entries/{id}/log-waiting-contact": {"reached": True},
        "supporters/{id}/log-call": {"facility": str(here.pk), "outcome": "reached"},
        "placements/{id}/reconcile": {"takes_nothing": True},
        "treatment-plans/{id}/add-from-template": {
            "from_template": [f"{template.slug}/{template.problems[0]['code']}"],
        },
        "treatment-plans/{id}/record-person-answer": {"person_answer": "paper", "copy_offered": True},
        "problems/{id}/add-goal": {"own_words": "Sleep through.", "words": "Sleeps six hours."},
        "episodes/{id}/begin-aftercare": {"schedule": "kud-12"},
        "episodes/{id}/go-on-leave": {
            "kind": "pass", "destination": "her sister", "reason": "a birthday",
            "expected_back_at": soon.isoformat(),
        },
        "episodes/{id}/give-emergency-dose": {
            "name": "naloxone", "dose": "4", "dose_unit": "mg", "route": "nasal", "indication": "Opioid overdose",
            "prescriber": prescriber, "reason": "hard to wake",
        },
        "absences/{id}/come-back": {"alert": "yes", "searched": "done", "use_since": "no"},
        "bed-stays/{id}/move": {"to": str(Bed.objects.get(unit__name="West", label="30").pk), "reason": "quieter"},
        "departures/{id}/record-risk-decision": {"risk": "high", "reason": "said so"},
        "departures/{id}/record-police-contact": {"basis": "danger", "told": "Officer Day: a description."},
        "scheduled-assessments/{id}/decline": {"reason": "too tired"},
        "episodes/{id}/talk": {"outcome": "accepted", "information_offered": True},
        "episodes/{id}/clear": {"basis": "cleared", "findings": given.findings()},
        "episodes/{id}/complete-intake": {"patient_notice_given": True},
        "episodes/{id}/plan-series": {
            "kind": "individual", "first_on": str(soon.date() + timedelta(days=1)), "local_time": "14:00", "times": 3,
        },
        "episodes/{id}/order-medication": {
            "name": "sertraline", "dose": "50", **dose, "frequency": "daily", "times": ["08:00"],
            "indication": "Depression",
        },
        "episodes/{id}/take-verbal-order": {
            "name": "lorazepam", "dose": "1", **dose, "frequency": "once", "indication": "Withdrawal",
            "read_back": True, "prescriber": prescriber,
        },
        "episodes/{id}/order-rounds": {"level": "q15", "reason": "first night"},
        "episodes/{id}/assess-level": {
            "kind": "transition", "credential": "student", "recommended": "1.5", "placed": "1.5",
            "needs": {"use": "yes"},
        },
        "episodes/{id}/move": {
            "program": str(outpatient.pk), "next_contact_at": soon.isoformat(), "travels": given.all_travels(),
        },
        "episodes/{id}/discharge": {"reason": "1", "checklist_answers": given.said()},
        "goals/{id}/add-objective": {
            "words": "Sleeps longer.", "measure": "Hours a night", "target": "7", "target_on": str(month),
        },
        "incidents/{id}/write-findings": {"conclusion": "Wet stairs.", "factors": ["staffing"]},
        "medication-counts/{id}/confirm": {"counted": "5"},
        "patients/{id}/record-medication-check": {"facility": str(here.pk), "kind": "monitoring", "found": False},
    }  # fmt: skip


def _own_bodies():
    """{verb that takes only what one row has, or whose rows its own list does not tell: {key: body}}."""
    from accounts.models import Facility
    from patients.models import Episode
    from treatment.models import Placement, Program, TreatmentPlan

    now, here = timezone.now(), Facility.objects.get(name="Harbor House")
    back = {"program": str(Program.objects.get(facility=here, name="Outpatient").pk)}
    plans = TreatmentPlan.objects.in_force().filter(patient__preferred_name__startswith="Finn")
    return {
        "programs/{id}/log-group": {
            str(one.program_id): {
                "topic": "Triggers",
                "started_at": (now - timedelta(hours=1)).isoformat(),
                "ended_at": now.isoformat(),
                "people": {str(one.episode_id): {"attendance": "attended", "line": "Took part."}},
            }
            for one in Placement.objects.open().filter(facility=here, patient__preferred_name__in=["Ed", "Gus 0"])
        },
        "episodes/{id}/return-to-treatment": {
            str(one.pk): back for one in Episode.objects.filter(patient__preferred_name__startswith="Remy")
        },
        "treatment-plans/{id}/review": {
            str(plan.pk): {
                "note": "Looked at together.",
                "decisions": {
                    str(one.pk): {"decision": "go_on"} for one in plan.objectives.standing() if one.is_open()
                },
            }
            for plan in plans
        },
    }


def _likely(now):
    """What people mean, of what the description can only call a text: {kind: values}."""
    hours, days = (1 / 60, 1, 5, 24, 72), (0, 1, 7, 30)
    return {
        "a past": [(now - timedelta(hours=ago)).isoformat() for ago in hours],
        "a moment": [(now + timedelta(hours=ahead)).isoformat() for ahead in (*hours, 240, 600, -1)],
        "a day": [str(now.date() + timedelta(days=off)) for off in (*days, -1, -7, -9000)],
        "a phone": ["+12125550123", "(212) 555-0144"],
        "an email": ["maria@example.org"],
        "a way": ["+12125550123", "maria@example.org"],
        "a zone": ["America/Chicago"],
        "an instrument": ["phq-9", "gad-7"],
    }


def _views():
    """(noun, view) of whatever is read one by one."""
    from config.api import every

    for route in every:
        reads = getattr(route.callback, "cls", None)
        if route.name.endswith("-one") and hasattr(reads, "model"):
            yield route.name.removesuffix("-one"), reads


def _verbs():
    """(path, verb) of whatever can be done."""
    from config.api import every
    from patients.views import Verb

    for route in every:
        verb = getattr(route.callback, "create", route.callback).cls
        if issubclass(verb, Verb):
            yield re.sub("<[a-z]+:pk>", "{id}", str(route.pattern)), verb


def _keys(field, nouns, path=()):
    """(path in the body, noun or kind) of each key and of what is likely; `*` stands for whatever is in a list."""
    from patients.serializers import shapes

    kinds = {shapes.Phone: "a phone", shapes.Email: "an email", shapes.Moment: "a moment", shapes.Day: "a day"}
    if isinstance(field, serializers.Serializer):
        for name, below in field.fields.items():
            yield from _keys(below, nouns, (*path, name))
    elif isinstance(field, ManyRelatedField):
        yield from _keys(field.child_relation, nouns, (*path, "*"))
    elif isinstance(field, serializers.ListField | serializers.ListSerializer):
        yield from _keys(field.child, nouns, (*path, "*"))
    elif isinstance(field, PrimaryKeyRelatedField) and not field.read_only:
        noun = nouns.get(field.queryset.model)
        if noun:
            yield ".".join(path), noun
    else:
        kind = next((kind for shape, kind in kinds.items() if isinstance(field, shape)), None)
        if kind == "a moment" and field.past:
            kind = "a past"
        if kind:
            yield ".".join(path), kind


def _fitting(verb, reads, user, dice):
    """Keys of rows of which the verb asks nothing that they do not have."""
    rows = reads.seen_by(user, verb.allowed_roles)
    keys, fitting = _some(rows, dice)[:TRIED], 0
    for first in range(0, len(keys), MANY):
        for row in reads.whole(reads.model._default_manager.filter(pk__in=keys[first : first + MANY])):
            if fitting < ENOUGH and not verb.why_not(row):
                fitting += 1
                yield row.pk


def _some(rows, dice):
    """Their keys, well mixed."""
    keys = sorted(rows.values_list("pk", flat=True))
    dice.shuffle(keys)
    return keys


if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "fill":
        fill()
    else:
        print(json.dumps(keys(sys.argv[2], set(sys.stdin.read().splitlines())), default=str))
