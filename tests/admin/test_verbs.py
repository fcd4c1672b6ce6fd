"""Every verb is a small form that does what the API does; a refusal is a sentence, and what was typed is kept."""

import re
from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import resolve
from django.utils import timezone

from accounts import actions as accounts
from accounts.models import Facility, Membership, OnCallShift, Role, User
from aftercare.actions import check_ins, closings, tiers
from aftercare.actions import plans as plans_after
from aftercare.models import AftercarePlan, Answer, CheckIn, CheckInLink, DeathReport, SafeWord, Schedule
from audit.models import AccessEvent
from duties.actions import leave, suspend, tick
from duties.models import Duty, DutyEvent, Notice
from messaging import actions as messaging
from messaging.models import OptOut, Text
from patients import actions as patients
from patients.codes import CoUse
from patients.models import (
    Allergy,
    Circumstances,
    Condition,
    ContactPoint,
    CriteriaAssessment,
    CriteriaSet,
    Document,
    Episode,
    Patient,
    SubstanceUse,
    Supporter,
    UseScreening,
)
from patients.views.bases import VERBS
from tests import given
from tests.then import fresh, owed
from treatment.actions import (
    appointments,
    assault,
    assessments,
    beds,
    bladder,
    departures,
    formats,
    incidents,
    medication,
    medication_counts,
    medication_orders,
    offers,
    plans,
    programs,
    proposals,
    transfers,
)
from treatment.actions import ketamine as actions_of_ketamine
from treatment.models import (
    Absence,
    Addendum,
    Administration,
    Appointment,
    AssaultReader,
    AssaultScreen,
    Assessment,
    AssessmentSchedule,
    Bed,
    BedBlock,
    BedHold,
    BedRestriction,
    BedStay,
    BladderEntry,
    BodyCheck,
    CounselingGrant,
    CounselingNote,
    Departure,
    Discharge,
    DischargeProposal,
    Dose,
    DrugGiven,
    EducationGiven,
    EmergencyWarning,
    Goal,
    GroupSession,
    Handover,
    HarmReductionOffer,
    Incident,
    IncidentAction,
    IncidentPerson,
    IncidentReport,
    Instrument,
    Intake,
    Intervention,
    Investigation,
    LegalStatus,
    LevelMapping,
    LevelOfCareAssessment,
    MedicationCheck,
    MedicationCount,
    MedicationOffer,
    MedicationOrder,
    MedicationStatement,
    MoodReview,
    Objective,
    Observation,
    Offer,
    Placement,
    PlanReview,
    PrescribedKetamine,
    PrescriberContact,
    Problem,
    Program,
    RandomSchedule,
    RandomTest,
    Reconciliation,
    RoundBatch,
    RoundEntry,
    RoundOrder,
    ScheduledAssessment,
    Session,
    SessionNote,
    Step,
    SuicideScreen,
    ToxTest,
    Transfer,
    TreatmentPlan,
    Unit,
    UrologyReferral,
    WaitListEntry,
    WithdrawalReview,
    Worry,
)

from .conftest import address, begin

MET = {f"findings.{code}.finding": "met" for code in (
    "alert", "gcs", "airway", "respiratory_rate", "oxygen", "heart_rate", "systolic", "temperature", "seizure",
    "walking", "intake", "co_ingestants", "pregnancy", "suicide_screen", "assault_screen", "capacity",
)}  # fmt: skip
SAID = {f"checklist_answers.{code}.answer": "done" for code in (
    "crisis", "overdose", "tolerance", "naloxone", "follow_up", "medication", "belongings", "summary",
)}  # fmt: skip
SOON = "2099-01-01T10:00"


def a_duty(clinic):
    """The intake somebody owes to Jo."""
    return given.self_referred(clinic).duties.open().get()


def a_call(clinic):
    """A call owed to somebody in intake."""
    return given.a_call_owed(given.self_referred(clinic), clinic)


def resting(clinic):
    """A duty whose clock rests."""
    return suspend(a_duty(clinic), until=given.ago(hours=-3), by=clinic.supervisor, reason="away")


def a_notice(clinic):
    """Something the supervisor was told."""
    episode = given.self_referred(clinic, at=given.ago(days=7))
    tick()
    return Notice.objects.filter(duty__episode=episode, to_role=Role.SUPERVISOR).first()


def a_point(clinic):
    """A way to reach Jo."""
    return given.an_address(given.self_referred(clinic).patient, clinic)


def a_report(clinic):
    """Jo is said to have died."""
    patient = given.self_referred(clinic).patient
    return closings.report_death(patient, facility=clinic.here, told_by="a friend", by=clinic.nurse)


def a_draft(clinic):
    """A plan that may still be written."""
    return given.a_plan(given.in_bed(clinic, at=given.ago(days=3)), clinic, at=given.ago(days=2))


def a_planned_group(clinic):
    """A group with somebody who has a plan in force."""
    return given.a_group(clinic, given.signed_plan(a_draft(clinic), clinic, at=given.ago(days=2)).episode)


def a_rating(clinic, group):
    """Of that person's objective."""
    objective = Objective.objects.open().get()
    return {f"ratings.{objective.pk}.progress": "some", f"ratings.{objective.pk}.words": "spoke up"}


def a_plan(clinic):
    return given.in_aftercare(clinic, at=given.ago(days=3)).aftercare_plans.get()


def a_worrying_plan(clinic):
    plan = tiers.raise_tier(a_plan(clinic), tier="red", reason="sounded low", by=clinic.aftercare)
    at = timezone.now() + timedelta(minutes=1)
    check_ins.answer(plan.check_ins.get(), how="call", text="Better.", by=clinic.aftercare, at=at)
    return plan


def a_check_in(clinic):
    """The check-in that is open."""
    return given.in_aftercare(clinic).aftercare_plans.get().check_ins.get()


def an_answer(clinic):
    """What somebody said."""
    from aftercare.actions import check_ins

    return check_ins.answer(a_check_in(clinic), how="call", by=clinic.aftercare)


def a_link(clinic):
    """To Maria's check-in."""
    return given.a_way_in(given.in_aftercare(clinic), clinic)


def a_word(clinic):
    """Maria's."""
    return a_link(clinic).patient.safe_words.get()


def an_opt_out(clinic):
    """Jo asked not to be written to."""
    return messaging.opt_out(given.self_referred(clinic).patient, channel="", how="said so", by=clinic.nurse).opt_out


def a_text(clinic):
    """A draft of what people are written."""
    words = {"slug": "help", "channel": "sms", "language": "en", "body": "Hello."}
    return messaging.draft_text(facility=clinic.here, by=clinic.supervisor, **words)


def a_note(clinic):
    """A draft of the counselor's."""
    return given.a_session(given.in_bed(clinic), clinic)


def an_offer(clinic):
    """A place kept for Jo."""
    return offers.offer_place(given.waiting(clinic), by=clinic.intake)


def judged(clinic):
    """Missing, and a clinician has said how great the risk is."""
    return departures.record_risk_decision(
        given.missing(clinic), risk="low", reason="wrote a message", by=clinic.prescriber
    )


def a_transfer(clinic):
    """Jo is on the way to another provider."""
    return transfers.refer_elsewhere(given.ready(clinic), kind="provider", destination="Pier", by=clinic.intake)


def a_proposal(clinic):
    """Somebody wants to end Jo's treatment."""
    return proposals.propose_discharge(
        given.in_outpatient(clinic),
        grounds=["violence"],
        what_happened="A fight.",
        alternative="Day program at Pier.",
        by=clinic.counselor,
    )


def left_early(clinic):
    """Dropped out with nothing said; the summary is a draft."""
    return given.discharges.discharge(given.in_outpatient(clinic), reason="2", by=clinic.counselor)


def a_signed_note(clinic):
    """A note that is locked."""
    return given.sessions.sign(a_note(clinic), by=clinic.counselor)


def in_parts(clinic):
    """The same in parts."""
    return formats.change_format(a_note(clinic), format="dap", by=clinic.counselor)


def by_a_trainee(clinic):
    """Signed by somebody without a license."""
    trainee = given.a_trainee(clinic)
    return given.sessions.sign(given.a_session(given.in_bed(clinic), clinic, by=trainee), by=trainee)


def a_counseling_note(clinic):
    """What the counselor made of the conversation."""
    return given.a_counseling_note(given.in_bed(clinic), clinic)


def planned(clinic):
    """A session that is planned."""
    return given.an_appointment(given.in_bed(clinic), clinic)


def going_on(clinic):
    """A session that has begun."""
    return appointments.begin(planned(clinic), by=clinic.counselor)


def a_left_note(clinic):
    """A draft of somebody who left."""
    note = a_note(clinic)
    leave(clinic.counselor, by=clinic.admin)
    return note


def a_program(clinic):
    """A program somebody is in."""
    given.in_bed(clinic)
    return clinic.residential


def a_grid(clinic, row):
    """The attendance of a group, as typed."""
    line = f"people.{Episode.objects.get().pk}"
    return {
        "kind": "group", "topic": "Sleep", "started_at": "2026-01-05T10:00", "ended_at": "2026-01-05T11:00",
        "text": "About sleep.", f"{line}.attendance": "late", f"{line}.line": "Asked about naps.",
    }  # fmt: skip


def back(clinic):
    """Sent out, and cleared since."""
    episode = given.sent_out(clinic)
    return given.cleared_again(episode, clinic)


def returning(clinic):
    """In aftercare, and cleared since."""
    return given.cleared_again(given.in_aftercare(clinic), clinic)


def patient(clinic):
    """Somebody in intake."""
    return given.self_referred(clinic).patient


def a_supporter(clinic):
    """Jo's sister."""
    return given.a_supporter(patient(clinic), clinic)


def a_permitted_supporter(clinic):
    """Jo's sister, who may know that Jo is here."""
    return patients.permit(a_supporter(clinic), may_know=["presence"], by=clinic.nurse)


def a_forbidden_supporter(clinic):
    """Somebody Jo is afraid of."""
    return patients.forbid_contact(a_supporter(clinic), reason="Jo is afraid of her", by=clinic.nurse)


def an_allergy(clinic):
    """Jo's allergy."""
    return given.an_allergy(patient(clinic), clinic)


def a_condition(clinic):
    """Jo's diagnosis."""
    return given.a_condition(patient(clinic), clinic)


def in_remission(clinic):
    """Jo's diagnosis, in remission."""
    return patients.remit(a_condition(clinic), criteria_last_met_on=given.ago(days=100).date(), by=clinic.prescriber)


def a_hold(clinic):
    """Jo is held, by law, for three days."""
    return given.a_legal_status(patient(clinic), clinic)


class Again(SimpleUploadedFile):
    """A file that is sent whole each time."""

    def read(self, *args):
        """From the beginning."""
        self.seek(0)
        return super().read(*args)


def a_photo(clinic):
    """Jo, who agreed to be shown."""
    return given.a_photo(patient(clinic), clinic)


def ketamine(clinic):
    """Jo is given ketamine by a clinic, which may be called."""
    return actions_of_ketamine.permit_contact(given.prescribed_ketamine(patient(clinic), clinic), by=clinic.nurse)


def a_medication(clinic):
    """What Jo takes."""
    return given.taking(patient(clinic), clinic)


def an_order(clinic):
    """What the prescriber ordered for Jo."""
    return given.ordered(given.self_referred(clinic), clinic)


def a_held_order(clinic):
    """The same, held."""
    return medication_orders.hold(an_order(clinic), reason="vomits", by=clinic.nurse)


def a_naltrexone_order(clinic):
    """After everything that is asked before."""
    episode = given.self_referred(clinic)
    given.asked_before_naltrexone(episode.patient, clinic)
    return given.ordered(episode, clinic, "naltrexone", dose=25, indication="Alcohol use disorder")


def a_count(clinic):
    """What Jo brought, counted by the nurse."""
    return medication_counts.count(given.taking(patient(clinic), clinic, brought=9), counted=9, by=clinic.nurse)


def a_difference(clinic):
    """What Jo brought; two counted differently."""
    return given.counted_twice(patient(clinic), clinic, confirmed=9)


def a_witnessless(clinic):
    """A controlled dose that waits for its witness."""
    return given.given_dose(given.once(given.self_referred(clinic), clinic), clinic)


def away_with_a_dose(clinic):
    """Maria is in hospital, and a dose came due."""
    episode = given.sent_out(clinic, at=given.ago(hours=20))
    given.ordered(episode, clinic, frequency="every_hours", every=1, at=given.ago(hours=10))
    return episode


def to_reconcile(clinic):
    """Nothing was gone through yet for Maria, who has no allergies."""
    episode = given.in_bed(clinic)
    patients.record_no_known_allergies(episode.patient, facility=clinic.here, by=clinic.nurse)
    return episode.placements.get()


def a_private_screen(clinic):
    """What the nurse was told in private."""
    return given.a_private_screen(given.self_referred(clinic), clinic)


def a_named_reader(clinic):
    """The counselor may read it too."""
    return assault.name_reader(a_private_screen(clinic), reader=clinic.counselor, reason="sees Jo", by=clinic.nurse)


def here(**data):
    return lambda clinic, row: {"facility": clinic.here.pk, **data}


def asked(clinic):
    episode = given.in_intake(clinic)
    given.asked(episode, clinic)
    return episode


def in_danger(clinic):
    return given.asked(given.self_referred(clinic), clinic, thoughts=True, intent=True)


def bleeding(clinic):
    return bladder.log_bladder(given.self_referred(clinic), visible_blood=True, by=clinic.nurse)


def begun(clinic):
    instrument = Instrument.objects.get(slug="phq-9")
    return assessments.begin_assessment(given.self_referred(clinic), instrument=instrument, by=clinic.nurse)


def scheduled(clinic):
    given.asking(clinic.residential, clinic)
    return given.in_bed(clinic).scheduled_assessments.get()


def worrying(clinic):
    return given.assessed(given.self_referred(clinic), clinic, q9=1)


def a_level(clinic):
    return given.level_assessed(given.in_outpatient(clinic), clinic, credential="in_training", signed=False)


def a_signed_level(clinic):
    return given.level_assessed(given.in_outpatient(clinic), clinic, credential="in_training")


def watched(clinic):
    return given.on_rounds(given.in_bed(clinic), clinic)


def a_round(clinic):
    return given.seen(watched(clinic), clinic)


def a_batch(clinic):
    order = watched(clinic)
    for _ in range(3):
        given.seen(order, clinic)
    return RoundBatch.objects.get()


def an_incident(clinic):
    return given.an_incident(clinic, patient(clinic))


def reviewed(clinic):
    return given.under_review(clinic, patient(clinic))


def to_sign(clinic):
    row = reviewed(clinic)
    return incidents.write_findings(row, conclusion="Wet stairs.", factors=["place"], by=clinic.supervisor)


def with_family(clinic):
    row = an_incident(clinic).people.get()
    patients.permit(given.a_supporter(row.patient, clinic), may_know=["emergency"], by=clinic.nurse)
    return row


def happened(**data):
    """What every report says."""
    return {"kind": "fall", "severity": "2", "happened_at": "2026-01-05T10:00", "place": "stairs",
            "facts": "Slipped.", **data}  # fmt: skip


def an_error():
    """What every report of a medication error says."""
    report = happened(part="Was given twice as much.")
    del report["kind"]
    return report


def notice_owed(clinic):
    taken = {"patient_notice_given": False, "notice_deferred_because": "still confused"}
    return given.intake_done(given.self_referred(clinic), clinic, **taken).intakes.get()


def a_test(clinic):
    return given.a_test(given.self_referred(clinic), clinic)


def presumed(clinic):
    return given.tested(given.self_referred(clinic), clinic, method="poc", ketamine=True, fentanyl=True)


def at_random(clinic):
    return given.tested_at_random(given.self_referred(clinic), clinic)


def a_random_test(clinic):
    return given.a_random_test(given.self_referred(clinic), clinic)


def a_test_ordered(clinic):
    return given.an_order(given.self_referred(clinic), clinic)


def referred(clinic):
    return given.referred(given.self_referred(clinic), clinic)


def nothing(clinic):
    """No row to begin with."""


def reason(clinic, row):
    return {"reason": "it was so"}


def plain(clinic, row):
    return {}


def residential(clinic, row):
    return {"program": clinic.residential.pk, "bed": clinic.beds[2].pk}


def said(**data):
    return lambda clinic, row: data


# verb: who, on what, what is typed
TABLE = {
    (Duty, "acknowledge"): ("intake", a_duty, plain),
    (Duty, "resolve"): ("supervisor", lambda c: given.a_call_owed(given.self_referred(c), c), plain),
    (Duty, "tried"): ("intake", a_duty, said(note="no answer")),
    (Duty, "reassign"): ("intake", a_duty, lambda c, row: {"owner": c.intake.pk, "owner_role": "intake"}),
    (Duty, "reschedule"): ("intake", a_duty, lambda c, row: {"due_at": tomorrow()}),
    (Duty, "suspend"): ("intake", a_duty, lambda c, row: {"until": tomorrow(), "reason": "asked for it"}),
    (Duty, "resume"): ("intake", resting, plain),
    (Duty, "excuse"): ("supervisor", a_call, reason),
    (Duty, "cancel"): ("supervisor", a_call, reason),
    (Duty, "give-up"): ("supervisor", a_call, reason),
    (Duty, "log-call"): ("aftercare", a_call, said(outcome="no_answer", note="rang twice")),
    (Notice, "read"): ("supervisor", a_notice, plain),
    (Membership, "end"): ("admin", lambda c: c.nurse.memberships.get(), plain),
    (Membership, "record-license"): (
        "admin", lambda c: c.nurse.memberships.get(),
        lambda c, row: {"license_number": "RN-7", "license_expires_on": "2030-01-05", "supervisor": c.supervisor.pk},
    ),
    (Membership, "join"): (
        "admin", nothing, lambda c, row: {"user": c.outsider.pk, "facility": c.here.pk, "role": "nurse"}
    ),
    (User, "leave"): ("admin", lambda c: c.technician, plain),
    (User, "record-mobile"): ("admin", lambda c: c.technician, said(mobile="(212) 555-0177")),
    (Text, "draft"): (
        "supervisor",
        nothing,
        lambda c, row: {"facility": c.here.pk, "slug": "help", "channel": "sms", "language": "en", "body": "Hello."},
    ),
    (Text, "amend"): ("supervisor", a_text, said(body="Hello there.")),
    (Text, "publish"): ("supervisor", a_text, plain),
    (Patient, "keep-quiet"): ("nurse", patient, said(quiet_from="22:00", quiet_until="09:00")),
    (Patient, "choose-sender-name"): ("nurse", patient, said(sender_name="Lola")),
    (Patient, "amend"): ("nurse", patient, said(preferred_name="Joanna", language="es")),
    (Patient, "correct-birth-date"): (
        "nurse", patient, said(birth_date="1990-05-17", reason="read from the passport")
    ),
    (Patient, "record-weight"): ("nurse", patient, said(weight_kg="61.5")),
    (Patient, "record-pregnancy"): ("nurse", patient, said(pregnant="no", breastfeeding="unknown")),
    (Patient, "record-circumstances"): (
        "nurse", patient,
        lambda c, row: {"facility": c.here.pk, "living": "1", "employment": "4", "not_in_labor_force": "2",
                        "arrests": "0"},
    ),
    (Circumstances, "mark-error"): ("nurse", lambda c: given.circumstances(patient(c), c), reason),
    (Patient, "merge"): (
        "supervisor", patient, lambda c, row: {"into": given.closed(c, "Joanna").patient_id}
    ),
    (Patient, "mark-error"): ("supervisor", lambda c: given.nobody(c), reason),
    (Patient, "add-contact-point"): (
        "nurse", patient, said(channel="email", value="jo@example.org", position="1", scopes=["check_in"])
    ),
    (Patient, "record-use"): (
        "nurse", patient, lambda c, row: {"facility": c.here.pk, "substance": "2004", "source": "person"}
    ),
    (Patient, "add-supporter"): ("nurse", patient, said(name="Ines", kind="emergency_contact", phone="212 555 0123")),
    (Patient, "record-allergy"): ("nurse", patient, here(substance="Penicillin", severity="severe")),
    (Patient, "record-no-known-allergies"): ("nurse", patient, here()),
    (Patient, "record-condition"): (
        "prescriber", patient, here(code="F16.20", words="Ketamine use disorder", severity="severe", principal="on")
    ),
    (Patient, "assess-criteria"): (
        "counselor", patient,
        lambda c, row: {
            "facility": c.here.pk, "criteria_set": CriteriaSet.objects.current("ketamine").pk,
            "met": ["craving", "harm"], "withdrawal_like": "sweats, poor sleep",
        },
    ),
    (Patient, "record-legal-status"): (
        "nurse", patient,
        here(kind="court", from_at="2026-01-05T10:00", until_at="2032-01-05T10:00", decide_hours_before="48"),
    ),
    (Patient, "record-prescribed-ketamine"): (
        "nurse", patient, here(prescriber="Dr. Ames", dose="0.5 mg/kg", indication="depression", route="4"),
    ),
    (PrescribedKetamine, "permit-contact"): (
        "nurse", lambda c: given.prescribed_ketamine(patient(c), c), plain,
    ),
    (PrescribedKetamine, "withdraw-permission"): ("nurse", ketamine, plain),
    (PrescribedKetamine, "contact-prescriber"): (
        "counselor", ketamine, said(spoke_with="Dr. Ames", words="Agreed to pause."),
    ),
    (PrescribedKetamine, "stop"): ("prescriber", ketamine, reason),
    (PrescribedKetamine, "mark-error"): ("nurse", ketamine, reason),
    (PrescriberContact, "mark-error"): (
        "nurse",
        lambda c: actions_of_ketamine.contact_prescriber(ketamine(c), spoke_with="A.", words="Yes.", by=c.nurse),
        reason,
    ),
    (MoodReview, "record-review"): (
        "counselor",
        lambda c: given.stopped_ketamine(patient(c), c, at=given.ago(days=7)).reviews.first(),
        said(mood="low", asked_about_suicide="true", concern="true"),
    ),
    (Patient, "record-medication"): (
        "nurse", patient, here(medication="sertraline 50 mg", brought=12, source="person"),
    ),
    (MedicationStatement, "decide"): ("prescriber", a_medication, said(decision="go_on")),
    (MedicationStatement, "count"): ("technician", a_medication, said(counted="9")),
    (MedicationCount, "confirm"): ("technician", a_count, said(counted="9")),
    (MedicationCount, "settle"): ("supervisor", a_difference, reason),
    (MedicationCount, "mark-error"): ("nurse", a_count, reason),
    (Patient, "record-medication-check"): (
        "nurse", patient, here(kind="opioid_test", found="false", analytes=["tramadol", "fentanyl"]),
    ),
    (MedicationCheck, "mark-error"): (
        "nurse", lambda c: given.checked(patient(c), c, "monitoring", found=False), reason,
    ),
    (Episode, "order-medication"): (
        "prescriber", given.self_referred,
        said(name="sertraline", dose="50", dose_unit="mg", route="oral", frequency="daily", times="08:00, 20:00",
             indication="Depression", given_here="on"),
    ),
    (Episode, "take-verbal-order"): (
        "nurse", given.self_referred,
        lambda c, row: {"name": "lorazepam", "dose": "1", "dose_unit": "mg", "route": "oral", "frequency": "once",
                        "indication": "Withdrawal", "prescriber": c.prescriber.pk, "read_back": "on"},
    ),
    (Episode, "give-emergency-dose"): (
        "nurse", given.self_referred,
        lambda c, row: {"name": "naloxone", "dose": "4", "dose_unit": "mg", "route": "nasal",
                        "indication": "Opioid overdose", "prescriber": c.prescriber.pk, "reason": "hard to wake"},
    ),
    (Episode, "record-on-leave"): ("nurse", away_with_a_dose, plain),
    (MedicationOrder, "hold"): ("nurse", an_order, reason),
    (MedicationOrder, "resume"): ("prescriber", a_held_order, plain),
    (MedicationOrder, "stop"): ("prescriber", an_order, said(because="no_effect", reason="no better")),
    (MedicationOrder, "acknowledge"): (
        "prescriber", lambda c: given.verbal(given.self_referred(c), c), plain,
    ),
    (MedicationOrder, "counsel"): ("nurse", a_naltrexone_order, said(told=["blockade", "naloxone"])),
    (MedicationOrder, "give-as-needed"): (
        "nurse", lambda c: given.as_needed(given.self_referred(c), c), said(reason="headache"),
    ),
    (MedicationOrder, "mark-error"): ("prescriber", an_order, reason),
    (MedicationOrder, "report-error"): ("technician", an_order, said(**an_error())),
    (Dose, "give"): (
        "nurse", lambda c: given.a_dose(given.once(given.self_referred(c), c)), said(amount="1"),
    ),
    (Dose, "report-error"): (
        "nurse", lambda c: given.a_dose(given.once(given.self_referred(c), c)), said(**an_error()),
    ),
    (Dose, "not-given"): (
        "nurse", lambda c: given.a_dose(given.once(given.self_referred(c), c)), said(outcome="refused"),
    ),
    (Administration, "witness"): ("technician", a_witnessless, plain),
    (Administration, "mark-error"): ("nurse", a_witnessless, reason),
    (MedicationStatement, "mark-error"): ("nurse", a_medication, reason),
    (Placement, "reconcile"): ("nurse", to_reconcile, said(takes_nothing="true")),
    (Reconciliation, "mark-error"): (
        "nurse", lambda c: medication.reconcile(to_reconcile(c), takes_nothing=True, by=c.nurse), reason,
    ),
    (Episode, "screen-assault"): (
        "nurse", given.self_referred, said(suspected="true", not_offered_because="She slept."),
    ),
    (AssaultScreen, "name-reader"): (
        "nurse", a_private_screen, lambda c, row: {"reader": str(c.counselor.pk), "reason": "sees Jo"},
    ),
    (AssaultScreen, "mark-error"): ("nurse", a_private_screen, reason),
    (AssaultReader, "mark-error"): ("nurse", a_named_reader, reason),
    (LegalStatus, "renew"): ("prescriber", a_hold, said(until_at="2032-01-05T10:00", reference="24-117")),
    (LegalStatus, "end"): ("prescriber", a_hold, reason),
    (LegalStatus, "mark-error"): ("nurse", a_hold, reason),
    (Patient, "give-education"): (
        "counselor", patient,
        lambda c, row: {"facility": c.here.pk, "text": given.a_text().pk, "how": "paper", "said_back": "stop"},
    ),
    (Patient, "add-document"): (
        "nurse", patient,
        here(kind="photo", title="Photo", consented="on", file=Again("photo.png", given.PNG, "image/png")),
    ),
    (Document, "amend"): ("nurse", a_photo, said(title="Another title")),
    (Document, "withdraw-consent"): ("nurse", a_photo, plain),
    (Document, "mark-error"): ("nurse", a_photo, reason),
    (EducationGiven, "mark-error"): ("counselor", lambda c: given.a_text_given(patient(c), c), reason),
    (Supporter, "log-worry"): ("technician", a_supporter, here(words="She sounded lost.")),
    (Worry, "mark-error"): ("nurse", lambda c: given.a_worry(patient(c), c), reason),
    (Supporter, "log-call"): ("supervisor", a_permitted_supporter, here(outcome="no_answer", note="rang out")),
    (Supporter, "amend"): ("nurse", a_supporter, said(relation="aunt")),
    (Supporter, "permit"): ("nurse", a_supporter, said(may_know=["presence", "visits"], may_know_words="not more")),
    (Supporter, "withdraw-permission"): ("nurse", a_permitted_supporter, plain),
    (Supporter, "forbid-contact"): ("nurse", a_supporter, reason),
    (Supporter, "allow-contact"): ("nurse", a_forbidden_supporter, plain),
    (Supporter, "mark-error"): ("nurse", a_supporter, reason),
    (Episode, "order-rounds"): ("nurse", given.in_bed, said(level="q15", reason="first night")),
    (Episode, "report-incident"): ("technician", given.in_bed, said(**happened(part="Slipped on the stairs."))),
    (Departure, "report-incident"): (
        "nurse", given.missing, said(**happened(kind="leaving", part="Left by the window."))
    ),
    (EmergencyWarning, "report-incident"): (
        "nurse", lambda c: given.a_handover(c, respiratory_rate=8).episode.emergency_warnings.get(),
        said(**happened(kind="medical", part="Breathed 8 times a minute.")),
    ),
    (RoundOrder, "enter"): ("technician", watched, said(where="common", state="awake", behavior=["social"])),
    (RoundOrder, "review-rounds"): ("nurse", watched, reason),
    (RoundOrder, "stop-rounds"): ("prescriber", watched, reason),
    (RoundOrder, "mark-error"): ("nurse", watched, reason),
    (RoundEntry, "strike"): ("technician", a_round, reason),
    (RoundBatch, "look-at"): ("supervisor", a_batch, said(finding="Typed twice.")),
    (Incident, "report"): (
        "technician", nothing,
        lambda c, row: {
            **happened(), "facility": c.here.pk, "staff": [c.nurse.pk],
            "people.0.patient": patient(c).pk, "people.0.part_in": "witness", "people.0.part": "Saw it.",
        },
    ),
    (Incident, "begin-review"): ("supervisor", an_incident, plain),
    (Incident, "write-findings"): ("supervisor", reviewed, said(conclusion="Wet stairs.", factors=["place"])),
    (Incident, "add-person"): (
        "supervisor", reviewed,
        lambda c, row: {"patient": given.in_bed(c).patient_id, "part_in": "witness", "part": "Saw it."},
    ),
    (Incident, "record-told"): ("nurse", an_incident, said(told_whom="prescriber", words="Dr. Lee")),
    (Incident, "add-addendum"): ("nurse", an_incident, said(words="Mats were laid.")),
    (Incident, "add-action"): (
        "supervisor", reviewed, lambda c, row: {"words": "Mats", "owner": c.nurse.pk, "due_at": tomorrow()}
    ),
    (Incident, "sign-off"): ("supervisor", to_sign, plain),
    (Incident, "mark-error"): ("supervisor", an_incident, reason),
    (IncidentPerson, "tell-supporter"): (
        "nurse", with_family,
        lambda c, row: {"supporter": row.patient.supporters.get().pk, "words": "She fell, and is fine."},
    ),
    (IncidentPerson, "mark-error"): ("nurse", lambda c: an_incident(c).people.get(), reason),
    (IncidentReport, "settle"): (
        "supervisor", lambda c: given.an_incident(c, severity=4).reports.get(), said(outcome="made", words="ref 12")
    ),
    (IncidentAction, "complete"): (
        "nurse", lambda c: given.an_action(given.under_review(c), c), said(words="laid on Monday")
    ),
    (Allergy, "amend"): ("nurse", an_allergy, said(reaction="hives", severity="mild")),
    (Allergy, "rule-out"): ("nurse", an_allergy, reason),
    (Allergy, "mark-error"): ("nurse", an_allergy, reason),
    (Condition, "amend"): ("prescriber", a_condition, said(code="F16.10", severity="mild")),
    (Condition, "make-principal"): ("prescriber", a_condition, plain),
    (Condition, "remit"): ("prescriber", a_condition, said(criteria_last_met_on="2025-01-31")),
    (Condition, "reactivate"): ("prescriber", in_remission, plain),
    (Condition, "resolve"): ("prescriber", a_condition, plain),
    (Condition, "mark-error"): ("prescriber", a_condition, reason),
    (CriteriaAssessment, "mark-error"): (
        "counselor", lambda c: given.criteria_met(patient(c), c, "craving"), reason
    ),
    (Patient, "screen-use"): (
        "nurse", patient,
        lambda c, row: {
            "facility": c.here.pk, "setting": "party", **{f"co_use.{one}.answer": "no" for one in CoUse.values},
            "co_use.alcohol.answer": "yes", "co_use.alcohol.frequency": "5", "co_use.alcohol.amount": "six beers",
        },
    ),
    (UseScreening, "mark-error"): (
        "nurse", lambda c: given.screened(given.self_referred(c).patient, c), reason
    ),
    (HarmReductionOffer, "offer-harm-reduction"): (
        "nurse", lambda c: given.owed_for_use(c, HarmReductionOffer),
        said(offered=["naloxone", "safer_route"], response="accepted"),
    ),
    (MedicationOffer, "offer-medication"): (
        "prescriber", lambda c: given.owed_for_use(c, MedicationOffer),
        said(response="referred", referred_to="Hill Street"),
    ),
    (WithdrawalReview, "record-withdrawal-review"): (
        "prescriber", lambda c: given.owed_for_use(c, WithdrawalReview),
        said(scale="cows", score="9", taper="on", plan="Buprenorphine; COWS every four hours."),
    ),
    (Patient, "report-death"): ("nurse", patient, lambda c, row: {"facility": c.here.pk, "told_by": "a friend"}),
    (Patient, "choose-safe-word"): ("nurse", patient, said(word="green kettle", hint="kitchen")),
    (SafeWord, "drop"): ("aftercare", a_word, plain),
    (CheckInLink, "withdraw"): ("aftercare", a_link, plain),
    (Patient, "opt-out"): ("nurse", patient, said(channel="email", how="said so")),
    (ContactPoint, "amend"): (
        "nurse", a_point,
        said(preferred_days=["mon", "fri"], preferred_from="18:00", preferred_until="20:30", best_time="after work"),
    ),
    (ContactPoint, "verify"): ("nurse", a_point, said(how="answered")),
    (ContactPoint, "consent"): ("nurse", a_point, said(scopes=["check_in", "crisis"])),
    (ContactPoint, "revoke"): ("nurse", a_point, plain),
    (ContactPoint, "mark-broken"): ("nurse", a_point, plain),
    (ContactPoint, "mark-error"): ("nurse", a_point, reason),
    (SubstanceUse, "mark-error"): (
        "nurse", lambda c: given.a_handover(c).patient.substance_uses.get(), reason
    ),
    (Episode, "talk"): ("counselor", given.engaging, said(outcome="accepted", information_offered="on")),
    (Episode, "discharge"): ("counselor", given.in_bed, said(reason="1", **SAID)),
    (Episode, "return-to-treatment"): ("nurse", returning, residential),
    (Episode, "close"): ("supervisor", given.self_referred, said(reason="withdrew", note="asked for it")),
    (Episode, "mark-error"): ("supervisor", given.self_referred, reason),
    (Episode, "declare-lost"): ("supervisor", lambda c: given.self_referred(c, at=given.ago(days=31)), reason),
    (Episode, "clear"): ("nurse", lambda c: given.a_handover(c).episode, lambda c, row: {"basis": "cleared", **MET}),
    (Episode, "refer"): (
        "intake", nothing,
        lambda c, row: {"facility": c.here.pk, "entry": "self", "person.preferred_name": "Kim"},
    ),
    (Episode, "complete-intake"): (
        "intake", asked, said(agreed_to_treatment="on", patient_notice_given="on", goals="sleep")
    ),
    (Episode, "admit"): ("nurse", given.taken_in, residential),
    (Episode, "move"): (
        "counselor", given.in_bed,
        lambda c, row: {
            "program": c.outpatient.pk, "next_contact_at": (timezone.now() + timedelta(days=2)).isoformat(),
            **{f"travels.{code}.answer": "handed_over" for code in given.all_travels()},
            **{f"travels.{code}.words": "told the team" for code in given.all_travels()},
        },
    ),
    (Episode, "assess-level"): (
        "counselor", given.in_outpatient,
        said(
            kind="continued_stay", credential="addiction_counselor", indicated="2.1", recommended="2.1",
            variance_reason="waitlist", justification="A place is free in May.", modifiers=["COE"],
            **{"ratings.0.dimension": "1", "ratings.0.token": "0", "ratings.12.dimension": "4",
               "ratings.12.token": "C", "ratings.12.min_level": "2.1", "needs.use": "yes"},
        ),
    ),
    (LevelOfCareAssessment, "amend"): ("counselor", a_level, said(barriers="Works nights.")),
    (LevelOfCareAssessment, "sign"): ("counselor", a_level, plain),
    (LevelOfCareAssessment, "cosign"): ("supervisor", a_signed_level, said(credential="psychologist")),
    (LevelOfCareAssessment, "mark-error"): ("counselor", a_level, reason),
    (Step, "mark-error"): ("counselor", given.stepped_up, reason),
    (LevelMapping, "load"): (
        "admin", nothing,
        here(
            asam_edition="4", name="Ours", license_holder="Harbor House", license_reference="117",
            licensed_on="2026-01-01", content='{"dimensions": [{"dimension": "1", "tokens": {"0": ""}}]}',
        ),
    ),
    (LevelMapping, "withdraw"): ("admin", given.a_mapping, reason),
    (Episode, "send-out"): ("nurse", given.in_bed, said(destination="General Hospital", reason="fever")),
    (Episode, "bring-back"): ("nurse", back, plain),
    (Episode, "not-coming-back"): ("nurse", given.sent_out, reason),
    (Episode, "log-session"): (
        "counselor", given.in_bed,
        said(kind="individual", started_at="2026-01-05T10:00", ended_at="2026-01-05T11:00", attendance="attended"),
    ),
    (CheckIn, "answer"): ("aftercare", a_check_in, said(how="call", craving="40", text="well")),
    (AftercarePlan, "pause"): ("aftercare", a_plan, lambda c, row: {"because": "travel", "until_at": tomorrow()}),
    (AftercarePlan, "resume"): ("aftercare", lambda c: given.a_pause(a_plan(c), c).plan, plain),
    (AftercarePlan, "thin"): ("aftercare", a_plan, said(pace="2")),
    (AftercarePlan, "change-anchor"): (
        "aftercare", a_plan,
        lambda c, row: {"anchor_at": f"{timezone.now() - timedelta(days=2):%Y-%m-%dT%H:%M}", "reason": "typo"},
    ),
    (AftercarePlan, "change-zone"): ("aftercare", a_plan, said(zone="America/Chicago")),
    (AftercarePlan, "raise-tier"): ("aftercare", a_plan, said(tier="red", reason="sounded low")),
    (AftercarePlan, "lower-tier"): (
        "counselor", a_worrying_plan, said(tier="green", reason="spoke with her"),
    ),
    (AftercarePlan, "got-in-touch"): ("aftercare", a_plan, said(way="letter", note="All well.")),
    (AftercarePlan, "withdraw"): ("aftercare", a_plan, plain),
    (Episode, "begin-aftercare"): (
        "aftercare", lambda c: plans_after.withdraw(a_plan(c), by=c.aftercare).episode, said(schedule="telephone"),
    ),
    (Schedule, "draft-edition"): (
        "supervisor", lambda c: Schedule.objects.current("kud-12", None), here(days="1, 5, 9", longest="30"),
    ),
    (Schedule, "amend"): ("supervisor", given.a_drafted_schedule, said(days="2, 4, 8", when_amber="0.6")),
    (Schedule, "publish"): ("supervisor", given.a_drafted_schedule, plain),
    (DeathReport, "confirm"): ("supervisor", a_report, reason),
    (DeathReport, "withdraw"): ("supervisor", a_report, reason),
    (Answer, "mark-error"): ("aftercare", an_answer, reason),
    (OptOut, "lift"): ("nurse", an_opt_out, plain),
    (OptOut, "mark-error"): ("nurse", an_opt_out, reason),
    (Facility, "switch-on-sending"): (
        "admin", lambda c: given.accounts.switch_off_sending(c.here, by=c.admin), plain
    ),
    (Facility, "switch-off-sending"): ("admin", lambda c: c.here, plain),
    (Facility, "name-last-resort"): (
        "admin", lambda c: c.here, said(name="Bo Lind", phone="+12125550111", email="bo@example.org")
    ),
    (OnCallShift, "plan"): (
        "supervisor", nothing,
        lambda c, row: {
            "facility": c.here.pk, "user": c.nurse.pk, "kind": "on_call", "starts_at": tomorrow(),
            "ends_at": f"{timezone.now() + timezone.timedelta(days=2):%Y-%m-%dT%H:%M}",
        },
    ),
    (OnCallShift, "swap"): ("supervisor", given.on_call, lambda c, row: {"user": c.prescriber.pk}),
    (OnCallShift, "cancel"): ("admin", given.on_call, reason),
    (Handover, "receive"): (
        "nurse", nothing,
        lambda c, row: {
            "facility": c.here.pk, "source": "hospital", "consciousness": "alert", "breathing": "normal",
            "person.preferred_name": "Kim", "person.language": "en", "oxygen_saturation": "97",
            "substances.1.substance": "2004", "substances.1.route": "3", "substances.1.frequency": "97",
            "substances.1.source": "person", "drugs_given.0.drug": "midazolam", "drugs_given.0.dose": "2 mg",
        },
    ),
    (Handover, "expect-leaving"): (
        "nurse", given.a_handover, lambda c, row: {"expected_leaving_at": tomorrow()}
    ),
    (Episode, "observe"): (
        "technician", lambda c: given.a_handover(c).episode, said(respiratory_rate="9", sedation="4", pain="3")
    ),
    (Episode, "stop-observations"): ("nurse", lambda c: given.a_handover(c).episode, reason),
    (Episode, "screen-suicide"): (
        "nurse", given.self_referred, said(wish="true", thoughts="true", method="false", intent="true")
    ),
    (Episode, "begin-assessment"): (
        "nurse", given.self_referred, lambda c, row: {"instrument": Instrument.objects.get(slug="phq-9").pk}
    ),
    (Assessment, "answer"): ("counselor", begun, said(how="asked", **{"answers.1": "2", "answers.9": "1"})),
    (Assessment, "decline"): ("nurse", begun, reason),
    (Assessment, "settle"): ("counselor", worrying, reason),
    (Assessment, "mark-error"): ("nurse", worrying, reason),
    (SuicideScreen, "record-safety-plan"): ("counselor", in_danger, said(safety_plan="Calls her sister first.")),
    (SuicideScreen, "clear-safety"): ("nurse", in_danger, reason),
    (SuicideScreen, "mark-error"): ("nurse", in_danger, reason),
    (Episode, "collect-test"): (
        "technician", given.self_referred,
        said(why="clinical", matrix="urine", method="poc", panel=["ketamine", "fentanyl"], observed="true"),
    ),
    (ToxTest, "record-results"): (
        "technician", a_test,
        said(validity="dilute", creatinine="12.5", **{
            "results.ketamine.detected": "true", "results.ketamine.value": "80", "results.ketamine.unit": "ng/mL",
            "results.norketamine.detected": "false",
        }),
    ),
    (ToxTest, "read"): ("prescriber", presumed, said(reading="indeterminate", words="A strip; sent on.")),
    (ToxTest, "send-to-confirm"): ("nurse", presumed, said(method="lcms", lab="North")),
    (ToxTest, "record-contact"): ("counselor", presumed, said(words="Well; took naloxone home.")),
    (ToxTest, "mark-error"): ("nurse", presumed, reason),
    (Episode, "begin-random-tests"): (
        "counselor", given.self_referred, said(least="1", most="3", panel=["ketamine"], window_from="09:00"),
    ),
    (RandomSchedule, "pause"): ("counselor", at_random, reason),
    (RandomSchedule, "resume"): (
        "counselor", lambda c: given.random_tests.pause(at_random(c), reason="away", by=c.nurse), plain
    ),
    (RandomSchedule, "end"): ("counselor", at_random, reason),
    (RandomSchedule, "mark-error"): ("nurse", at_random, reason),
    (RandomTest, "excuse"): ("counselor", a_random_test, reason),
    (RandomTest, "miss"): ("technician", a_random_test, reason),
    (Episode, "order-investigation"): (
        "nurse", given.self_referred, lambda c, row: {"kind": "liver", "due_at": tomorrow()}
    ),
    (Investigation, "record-result"): (
        "nurse", a_test_ordered,
        said(report="As before.", **{
            "values.alt.value": "80", "values.alt.high": "40", "values.bilirubin.value": "1.1",
            "values.bilirubin.unit": "mg/dL",
        }),
    ),
    (Investigation, "not-done"): ("nurse", a_test_ordered, reason),
    (Investigation, "read"): (
        "prescriber", lambda c: given.measured(given.self_referred(c), c, alt=80), said(words="Repeat in a month.")
    ),
    (Investigation, "mark-error"): ("nurse", a_test_ordered, reason),
    (BodyCheck, "stop"): ("nurse", lambda c: given.checks(given.in_bed(c), c), reason),
    (Episode, "refer-to-urology"): (
        "nurse", given.self_referred, said(because="blood", uti_excluded="true", sti_excluded="true")
    ),
    (UrologyReferral, "send"): ("nurse", referred, said(sent_to="City Urology")),
    (UrologyReferral, "set-appointment"): (
        "nurse", lambda c: given.urology.send(referred(c), sent_to="City Urology", by=c.nurse),
        lambda c, row: {"appointment_at": tomorrow()},
    ),
    (UrologyReferral, "record-visit"): ("nurse", referred, said(outcome="Inflamed; again in three months.")),
    (UrologyReferral, "close"): ("nurse", referred, reason),
    (UrologyReferral, "mark-error"): ("nurse", referred, reason),
    (Handover, "record-drugs-given"): (
        "nurse", given.a_handover,
        said(**{"drugs.0.drug": "ketamine", "drugs.0.dose": "100 mg", "drugs.0.giver": "ambulance"}),
    ),
    (DrugGiven, "mark-error"): ("nurse", lambda c: given.drugs_given(given.a_handover(c), c), reason),
    (Episode, "log-bladder"): ("technician", given.self_referred, said(voids="14", visible_blood="true")),
    (BladderEntry, "review"): ("nurse", bleeding, said(finding="urine sent, seen by the prescriber")),
    (BladderEntry, "mark-error"): ("nurse", bleeding, reason),
    (Intake, "amend"): ("intake", lambda c: given.taken_in(c).intakes.get(), said(co_occurring="2")),
    (Intake, "give-notice"): ("intake", notice_owed, said()),
    (Episode, "withdraw-clearance"): ("nurse", given.engaging, reason),
    (Observation, "mark-error"): (
        "nurse", lambda c: given.observations.observe(given.self_referred(c), pain=3, by=c.nurse), reason
    ),
    (EmergencyWarning, "answer"): (
        "nurse", lambda c: given.a_handover(c, respiratory_rate=8).episode.emergency_warnings.get(),
        said(answer="counted again: 14"),
    ),
    (Handover, "mark-error"): ("nurse", given.a_handover, reason),
    (Episode, "draft-plan"): ("counselor", given.in_bed, said(own_words="I want my nights back.")),
    (TreatmentPlan, "write"): ("counselor", a_draft, said(own_words="I want to sleep.")),
    (TreatmentPlan, "add-problem"): ("nurse", a_draft, said(domain="work", words="Lost the job.")),
    (TreatmentPlan, "add-from-template"): (
        "counselor", a_draft, said(from_template=["ketamine-use-disorder/bladder", "around-use/housing"])
    ),
    (TreatmentPlan, "sign"): ("counselor", a_draft, plain),
    (TreatmentPlan, "record-person-answer"): (
        "counselor", a_draft, said(person_answer="unable", person_answer_words="Asleep.", copy_offered="on")
    ),
    (TreatmentPlan, "reopen"): ("supervisor", lambda c: plans.sign_plan(a_draft(c), by=c.counselor), reason),
    (TreatmentPlan, "review"): (
        "counselor", lambda c: given.signed_plan(a_draft(c), c),
        lambda c, row: {
            "note": "Went through it.", f"decisions.{row.objectives.get().pk}.decision": "changed",
            f"decisions.{row.objectives.get().pk}.reason": "Eight hours now.",
        },
    ),
    (TreatmentPlan, "mark-error"): ("counselor", a_draft, reason),
    (Problem, "amend"): ("counselor", lambda c: a_draft(c).problems.get(), said(words="Wakes at three.")),
    (Problem, "add-goal"): ("counselor", lambda c: a_draft(c).problems.get(), said(own_words="Be rested.")),
    (Problem, "remove"): ("counselor", lambda c: a_draft(c).problems.get(), plain),
    (Goal, "amend"): ("counselor", lambda c: a_draft(c).goals.get(), said(words="Restful sleep.")),
    (Goal, "add-objective"): (
        "counselor", lambda c: a_draft(c).goals.get(),
        said(words="Naps less.", measure="Naps a week", target="1", target_on="2030-01-05"),
    ),
    (Goal, "remove"): ("counselor", lambda c: a_draft(c).goals.get(), plain),
    (Objective, "amend"): ("counselor", lambda c: a_draft(c).objectives.get(), said(target="8")),
    (Objective, "add-intervention"): (
        "counselor", lambda c: a_draft(c).objectives.get(),
        lambda c, row: {"what": "Asks about sleep.", "modality": "monitoring", "staff": str(c.nurse.pk)},
    ),
    (Objective, "remove"): ("counselor", lambda c: a_draft(c).objectives.get(), plain),
    (Intervention, "amend"): ("counselor", lambda c: a_draft(c).interventions.get(), said(frequency="weekly")),
    (Intervention, "remove"): ("counselor", lambda c: a_draft(c).interventions.get(), plain),
    (PlanReview, "mark-error"): (
        "counselor", lambda c: given.reviewed(given.signed_plan(a_draft(c), c), c).made_by_review.get(), reason
    ),
    (GroupSession, "rate-group"): ("counselor", a_planned_group, a_rating),
    (Episode, "put-on-wait-list"): ("intake", given.ready, lambda c, row: {"program": c.outpatient.pk}),
    (Episode, "report-missing"): ("technician", given.in_outpatient, said(last_seen="at lunch")),
    (Episode, "refer-elsewhere"): ("intake", given.ready, said(kind="youth_service", destination="Pier")),
    (Episode, "propose-discharge"): (
        "counselor", given.in_outpatient,
        said(grounds=["violence", "use"], what_happened="A fight.", alternative="Day program at Pier."),
    ),
    (WaitListEntry, "log-waiting-contact"): ("intake", given.waiting, said(reached="on", note="well")),
    (WaitListEntry, "raise-priority"): ("intake", given.waiting, said(raised="2", reason="lives in the street")),
    (WaitListEntry, "offer-place"): ("intake", given.waiting, plain),
    (WaitListEntry, "leave-wait-list"): ("intake", given.waiting, said(because="elsewhere")),
    (Offer, "accept-offer"): ("nurse", an_offer, plain),
    (Offer, "decline-offer"): ("intake", an_offer, said(note="not now")),
    (Offer, "withdraw-offer"): ("intake", an_offer, reason),
    (Departure, "record-risk-decision"): ("prescriber", given.missing, said(risk="high", reason="was low")),
    (Departure, "record-police-contact"): ("nurse", given.missing, said(basis="danger", told="The desk: a name.")),
    (Departure, "found"): ("technician", given.missing, said(note="in the garden")),
    (Departure, "end-search"): ("supervisor", judged, reason),
    (Transfer, "confirm-arrival"): ("counselor", a_transfer, said(told_by="their intake desk")),
    (Transfer, "not-arrived"): ("counselor", a_transfer, reason),
    (DischargeProposal, "agree-to-discharge"): ("prescriber", a_proposal, plain),
    (DischargeProposal, "withdraw-proposal"): ("counselor", a_proposal, reason),
    (Discharge, "complete-checklist"): (
        "counselor", left_early, said(**{"checklist_answers.naloxone.answer": "done"})
    ),
    (Discharge, "write-summary"): ("counselor", left_early, said(summary="Came, and left.")),
    (Discharge, "sign-discharge-summary"): ("counselor", left_early, plain),
    (Placement, "set-expected-end"): (
        "nurse", lambda c: given.in_bed(c).placements.get(), said(expected_end_on="2030-01-05")
    ),
    (Instrument, "load"): (
        "admin", nothing,
        lambda c, row: {
            "file": Again("screen.json", given.a_file()), "given_by": "The publisher", "reference": "letter",
            "given_on": "2026-01-05",
        },
    ),
    (Instrument, "record-permission"): (
        "supervisor", given.loaded,
        said(given_by="The publisher", reference="contract", given_on="2026-01-05", valid_until="2030-01-05"),
    ),
    (Program, "schedule-assessment"): (
        "supervisor", a_program,
        lambda c, row: {
            "instrument": Instrument.objects.get(slug="phq-9").pk, "days": "7, 28", "every_days": "30",
            "role": "nurse",
        },
    ),
    (Program, "use-default-schedules"): ("admin", a_program, plain),
    (AssessmentSchedule, "end"): ("admin", lambda c: given.asking(c.residential, c), reason),
    (ScheduledAssessment, "ask"): ("counselor", scheduled, plain),
    (ScheduledAssessment, "decline"): ("nurse", scheduled, reason),
    (Program, "close-program"): ("admin", lambda c: c.outpatient, plain),
    (Program, "reopen-program"): (
        "supervisor", lambda c: programs.close_program(c.outpatient, by=c.admin), plain
    ),
    (SessionNote, "write"): ("counselor", a_note, said(text="Talked about the week.")),
    (SessionNote, "sign"): ("counselor", a_note, plain),
    (SessionNote, "mark-error"): ("counselor", a_note, reason),
    (SessionNote, "write-sections"): ("counselor", in_parts, said(**{"sections.plan": "Call her sister."})),
    (SessionNote, "change-format"): ("counselor", a_note, said(format="soap")),
    (SessionNote, "cosign"): ("supervisor", by_a_trainee, plain),
    (SessionNote, "return"): ("supervisor", by_a_trainee, said(comment="What is the plan?")),
    (Session, "begin-counseling-note"): ("counselor", lambda c: a_note(c).session, plain),
    (CounselingNote, "write"): ("counselor", a_counseling_note, said(text="Speaks of her father, then stops.")),
    (CounselingNote, "sign"): ("counselor", a_counseling_note, plain),
    (CounselingNote, "let-read"): (
        "counselor", a_counseling_note,
        lambda c, row: {"reader": c.prescriber.pk, "reason": "takes over", "until_at": SOON.replace("2099", "2030")},
    ),
    (CounselingNote, "mark-error"): ("counselor", a_counseling_note, reason),
    (CounselingGrant, "revoke"): (
        "counselor", lambda c: given.let_read(a_counseling_note(c), c.supervisor), plain,
    ),
    (Episode, "plan-session"): (
        "counselor", given.in_bed, said(kind="individual", starts_at="2030-01-05T10:00", how="video"),
    ),
    (Episode, "plan-series"): (
        "counselor", given.in_bed,
        said(kind="individual", first_on="2030-01-05", local_time="10:00", times="4"),
    ),
    (Appointment, "begin"): ("counselor", planned, plain),
    (Appointment, "end"): ("counselor", going_on, plain),
    (Appointment, "log-appointment"): (
        "counselor", going_on, said(attendance="late", attendance_because="transport"),
    ),
    (Appointment, "change"): ("counselor", planned, said(starts_at="2030-01-05T10:00", place="Room 2")),
    (Appointment, "cancel"): ("counselor", planned, said(because="ill")),
    (Appointment, "mark-error"): ("counselor", planned, reason),
    (SessionNote, "add-addendum"): ("nurse", a_signed_note, said(text="Said it again.")),
    (SessionNote, "adopt-draft"): ("supervisor", a_left_note, plain),
    (Addendum, "mark-error"): (
        "nurse", lambda c: given.sessions.add_addendum(a_signed_note(c), text="More.", by=c.nurse), reason
    ),
    (Session, "amend"): (
        "counselor", lambda c: a_note(c).session, said(attendance="late", attendance_because="transport"),
    ),
    (Session, "mark-error"): ("counselor", lambda c: a_note(c).session, reason),
    (Program, "log-group"): ("counselor", a_program, a_grid),
    (GroupSession, "write"): ("counselor", lambda c: given.a_group(c, given.in_bed(c)), said(text="About sleep.")),
    (GroupSession, "sign-group"): ("counselor", lambda c: given.a_group(c, given.in_bed(c)), plain),
    (GroupSession, "mark-error"): ("counselor", lambda c: given.a_group(c, given.in_bed(c)), reason),
    (BedStay, "move"): (
        "nurse",
        lambda c: given.in_bed(c).patient.bed_stays.get(),
        lambda c, row: {"to": c.beds[1].pk, "reason": "closer to staff"},
    ),
    (BedStay, "mark-error"): ("nurse", lambda c: given.in_bed(c).patient.bed_stays.get(), reason),
    (Placement, "assign-bed"): ("nurse", given.without_bed, lambda c, row: {"bed": c.beds[1].pk}),
    (Episode, "hold-bed"): (
        "intake", given.taken_in,
        lambda c, row: {"bed": c.beds[1].pk, "reason": "comes tonight", "until_at": tomorrow()},
    ),
    (BedHold, "release-hold"): ("intake", lambda c: given.held(given.taken_in(c), c), plain),
    (BedHold, "mark-error"): ("intake", lambda c: given.held(given.taken_in(c), c), reason),
    (Episode, "go-on-leave"): (
        "nurse", given.in_bed,
        lambda c, row: {"kind": "court", "destination": "County court", "reason": "hearing",
                        "expected_back_at": tomorrow(), "approved_by": c.counselor.pk, "contact": "212 555 0123"},
    ),
    (Absence, "come-back"): (
        "technician", given.on_leave, said(alert="yes", searched="declined", use_since="unknown", return_note="calm")
    ),
    (Absence, "extend-leave"): (
        "counselor", given.on_leave, lambda c, row: {"expected_back_at": tomorrow(), "reason": "the bus"}
    ),
    (Absence, "not-back"): ("nurse", given.on_leave, said(last_seen="at the gate")),
    (Absence, "mark-error"): ("nurse", given.on_leave, reason),
    (Unit, "restrict"): ("supervisor", lambda c: c.unit, said(kind="ages", min_age="18", max_age="25")),
    (Bed, "restrict"): ("admin", lambda c: c.beds[0], said(kind="wheelchair", note="wide door")),
    (BedRestriction, "lift"): ("admin", lambda c: beds.restrict(c.unit, kind="women", by=c.admin), plain),
    (Bed, "block"): ("nurse", lambda c: c.beds[0], said(reason="repair", note="window")),
    (BedBlock, "unblock"): ("nurse", lambda c: beds.block(c.beds[0], reason="repair", by=c.nurse), plain),
}  # fmt: skip


def tomorrow():
    """A wall time, as a browser sends it."""
    return f"{timezone.now() + timezone.timedelta(days=1):%Y-%m-%dT%H:%M}"


def a_form(client, url):
    """The hidden fields of a verb's form, as a browser would send them back."""
    answer = client.get(url)
    assert answer.status_code == 200, answer.status_code
    hidden = dict(re.findall(r'<input type="hidden" name="(_key|_version)" value="([^"]*)"', answer.content.decode()))
    assert hidden["_key"]
    form = answer.context["form"]
    typed = {}
    for name in form.fields:  # what is shown is sent back, as browsers do
        value = form[name].value()
        if value is not None and value is not False and not hasattr(value, "isoformat"):
            typed[name] = "on" if value is True else value
    return SimpleNamespace(answer=answer, hidden=hidden, typed=typed)


def state_of(model):
    """Every row with its version, or what hangs on it, and how much has happened to duties."""
    has_version = any(field.name == "version" for field in model._meta.fields)
    beside = ["version"] if has_version else [one.name for one in model._meta.related_objects if one.one_to_one]
    return set(model.objects.values_list("pk", *beside)), DutyEvent.objects.count()


def at(row, model, verb):
    """Where a verb is done."""
    return begin(model, verb) if row is None else address(row, "do", verb)


LANDED = set()  # (page, what it shows anew): each is opened once


def test_the_table_misses_no_verb():
    assert {(model, verb.name) for model, verbs in VERBS.items() for verb in verbs} == set(TABLE)


@pytest.mark.parametrize("key", TABLE, ids=lambda key: f"{key[0]._meta.model_name}-{key[1]}")
def test_a_verb_is_done_by_its_form(key, clinic, sign_in):
    model, name = key
    who, given_row, typed = TABLE[key]
    verb = next(one for one in VERBS[model] if one.name == name)
    row = given_row(clinic)
    client = sign_in(getattr(clinic, who))
    data = typed(clinic, row)
    url = at(row, model, name)
    form = a_form(client, url)
    assert set(data) <= set(form.answer.context["form"].fields), "every field typed is on the form"
    before = state_of(verb.answer)
    answer = client.post(url, {**form.typed, **form.hidden, **data})
    if hasattr(verb, "preview"):  # shown before its button does it
        assert answer.status_code == 200 and state_of(verb.answer) == before
        form.hidden["_seen"] = answer.context["preview"]["seen"]
        answer = client.post(url, {**form.typed, **form.hidden, **data})
    context = answer.context or {}
    assert answer.status_code == 302, (context.get("refused"), getattr(context.get("form"), "errors", None))
    kind = resolve(urlsplit(answer.url).path).view_name, verb.answer
    if kind not in LANDED:
        assert client.get(answer.url).status_code == 200
        LANDED.add(kind)
    after = state_of(verb.answer)
    assert after != before
    # Sent twice, it is done once.
    again = client.post(url, {**form.typed, **form.hidden, **data})
    assert again.status_code in (302, 403, 404)
    assert state_of(verb.answer) == after
    if name == "mark-error":
        assert verb.why_not(fresh(row)), "marked once, its button is not live"
    stranger = sign_in(clinic.nurse_elsewhere)
    if row is not None:
        assert stranger.get(url).status_code in (403, 404)
        assert stranger.post(url, data).status_code in (403, 404)
    assert sign_in(clinic.outsider).post(url, data).status_code in (403, 404)


def test_what_is_received_is_all_there(clinic, sign_in):
    _, _, typed = TABLE[Handover, "receive"]
    client = sign_in(clinic.nurse)
    url = begin(Handover, "receive")
    client.post(url, {**a_form(client, url).typed, **typed(clinic, None)})
    handover = Handover.objects.get()
    assert (handover.patient.preferred_name, handover.oxygen_saturation) == ("Kim", 97)
    assert [use.substance for use in handover.patient.substance_uses.all()] == ["2004"]
    assert handover.drugs_given == [{"drug": "midazolam", "dose": "2 mg"}]
    assert owed(handover.episode) == ["arrival_observation", "harm_reduction", "talk"]


def test_a_refusal_is_a_sentence_and_keeps_what_was_typed(clinic, sign_in):
    given.in_bed(clinic)
    episode = given.taken_in(clinic, "Jo")
    client = sign_in(clinic.nurse)
    url = address(episode, "do", "admit")
    data = {**a_form(client, url).hidden, "program": clinic.residential.pk, "bed": clinic.beds[0].pk}
    answer = client.post(url, data)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "The bed is taken at that time. Choose another; nothing else was changed." in text
    assert "<code>bed_taken</code>" in text and "What you typed is kept" in text
    assert "Nothing else was changed" not in text, "said once, by the sentence itself"
    assert f'<option value="{clinic.beds[0].pk}" selected>East 1 (taken)</option>' in re.sub(r"\s+", " ", text)
    assert AccessEvent.objects.first().code == "bed_taken"
    assert episode.patient_id in AccessEvent.objects.first().patients
    # The same form, mended, goes through: a refusal gives its key back.
    assert client.post(url, {**data, "bed": clinic.beds[1].pk}).status_code == 302


def test_of_beds_and_programs_that_are_called_alike_each_says_where_it_is(clinic, sign_in):
    stay = given.in_bed(clinic).placements.get().bed_stays.get()
    episode = given.taken_in(clinic, "Jo")
    accounts.join(clinic.nurse, facility=clinic.elsewhere, role=Role.NURSE, by=clinic.admin)
    there = Unit.objects.create(facility=clinic.elsewhere, name="East")
    Bed.objects.create(unit=there, label="2")
    Program.objects.create(facility=clinic.elsewhere, name="Residential", setting="residential", needs_bed=True)
    clinic.outpatient = programs.close_program(clinic.outpatient, by=clinic.admin)
    client = sign_in(clinic.nurse)

    def offered(row, verb, field):
        answer = client.get(address(row, "do", verb))
        return [words for _, words in answer.context["form"].fields[field].choices if words != "Choose"]

    # Somebody who lies in a bed goes to another one of that house.
    assert offered(stay, "move", "to") == ["East 2", "East 3", "East 1 (taken)"]
    assert offered(episode, "admit", "bed") == [
        "Harbor House, East 2", "Harbor House, East 3", "Hill Street, East 2", "Harbor House, East 1 (taken)",
    ]  # fmt: skip
    assert offered(episode, "admit", "program") == [
        "Harbor House, Residential", "Hill Street, Residential", "Harbor House, Outpatient (closed)",
    ]  # fmt: skip


def test_the_refusal_of_a_minor_leads_to_the_referral_filled_in(clinic, sign_in):
    Program.objects.filter(pk=clinic.outpatient.pk).update(min_age=18)
    minor = given.ready(clinic, birth_date=timezone.localdate() - timedelta(days=16 * 365))
    client, url = sign_in(clinic.intake), address(minor, "do", "admit")
    answer = client.post(url, {"program": clinic.outpatient.pk})
    lead = answer.context["refused"]["instead"]
    assert lead["label"] == "Refer elsewhere" and f'href="{lead["url"]}"' in answer.content.decode()
    assert client.get(lead["url"]).context["form"]["kind"].value() == "youth_service"
    assert not minor.transfers.exists(), "nothing is done by itself"
    transfers.refer_elsewhere(minor, kind="youth_service", destination="Pier", by=clinic.intake)
    assert client.post(url, {"program": clinic.outpatient.pk}).context["refused"]["instead"] is None, "on the way"


def test_wrong_fields_are_marked_and_keep_what_was_typed(clinic, sign_in):
    client = sign_in(clinic.nurse)
    url = begin(Handover, "receive")
    answer = client.post(
        url,
        {
            "source": "hospital",
            "source_name": "St. Elsewhere",
            "respiratory_rate": "900",
            "substances.2.substance": "2004",
            "occurred_at": "2099-01-01T10:00",
        },
    )
    form = answer.context["form"]
    assert answer.status_code == 400
    assert {"facility", "consciousness", "respiratory_rate", "substances.2.source", "occurred_at"} <= set(form.errors)
    assert "substances.0.source" not in form.errors
    assert 'value="St. Elsewhere"' in answer.content.decode()
    assert not Handover.objects.exists()


def test_what_is_missing_for_clearance_is_listed(clinic, sign_in):
    episode = given.a_handover(clinic).episode
    client = sign_in(clinic.nurse)
    data = {"basis": "cleared", **MET, "findings.walking.finding": "not_met", "findings.walking.reason": "dizzy"}
    text = client.post(address(episode, "do", "clear"), data).content.decode()
    assert "Walking: not met (dizzy)" in text
    assert 'value="dizzy"' in text


def test_a_signed_note_cannot_be_edited(clinic, sign_in):
    note = a_note(clinic)
    client = sign_in(clinic.counselor)
    assert client.post(address(note, "do", "sign"), {}).status_code == 302
    answer = client.post(address(note, "do", "write"), {"text": "Something else."})
    assert answer.status_code == 409
    assert "This note is signed and cannot be changed." in answer.content.decode()
    assert "Something else." in answer.content.decode()
    assert client.post(address(note), {"text": "Something else."}).status_code == 403
    note.refresh_from_db()
    assert note.text == "Talked."


def test_what_somebody_else_changed_meanwhile_is_said(clinic, sign_in):
    note = a_note(clinic)
    client = sign_in(clinic.counselor)
    url = address(note, "do", "write")
    form = a_form(client, url)
    assert form.typed["text"] == "Talked."
    given.sessions.write(note, text="Talked at length.", by=clinic.counselor)
    answer = client.post(url, {**form.hidden, "text": "Mine."})
    assert answer.status_code == 412
    assert "changed by somebody else meanwhile" in answer.content.decode()
    seen = re.search(r'name="_version" value="(\d+)"', answer.content.decode())[1]
    assert client.post(url, {**form.hidden, "_version": seen, "text": "Mine."}).status_code == 302


def test_wall_times_are_those_of_the_place(clinic, sign_in):
    episode = given.in_bed(clinic, at=given.ago(days=400))
    client = sign_in(clinic.counselor)
    data = {
        "kind": "individual",
        "started_at": "2026-01-05T10:00",
        "ended_at": "2026-01-05T11:00",
        "attendance": "attended",
        "occurred_at": "2026-01-05T11:00",
    }
    assert client.post(address(episode, "do", "log-session"), data).status_code == 302
    assert episode.sessions.get().started_at.isoformat() == "2026-01-05T15:00:00+00:00"


def test_only_verbs_of_the_users_roles_are_shown(clinic, sign_in):
    episode = given.in_bed(clinic)
    shown = {
        name: {link["label"] for link in sign_in(getattr(clinic, name)).get(address(episode)).context["verbs"]}
        for name in ("nurse", "technician", "counselor")
    }
    assert "Admit" in shown["nurse"] and "Discharge" in shown["counselor"]
    assert shown["technician"] == {
        "Record an observation", "Log the bladder", "Collect a test", "Send to hospital", "Report missing or left",
        "Report an incident", "Go on leave",
    }  # fmt: skip
    assert sign_in(clinic.technician).get(address(episode, "do", "admit")).status_code == 403


def test_the_verb_that_is_owed_stands_out(clinic, sign_in):
    episode = given.taken_in(clinic)
    links = sign_in(clinic.nurse).get(address(episode)).context["verbs"]
    assert [link["label"] for link in links if link["primary"]] == ["Admit"]


def test_while_what_is_owed_waits_for_something_else_that_stands_out(clinic, sign_in):
    episode = given.in_intake(clinic)

    def stands_out():
        links = sign_in(clinic.nurse).get(address(episode)).context["verbs"]
        return [link["label"] for link in links if link["primary"]]

    assert stands_out() == ["Ask about suicide"]
    given.asked(episode, clinic)
    assert stands_out() == ["Complete the intake"]


def test_a_role_elsewhere_opens_no_verb_here(clinic, sign_in):
    given.accounts.join(clinic.technician, facility=clinic.elsewhere, role=Role.NURSE, by=clinic.admin)
    episode = given.taken_in(clinic)
    client = sign_in(clinic.technician)
    assert client.get(address(episode)).status_code == 200
    assert client.get(address(episode, "do", "admit")).status_code == 403
    data = {"facility": clinic.here.pk, "entry": "self", "person.preferred_name": "Kim"}
    assert client.post(begin(Episode, "refer"), data).status_code == 403
    assert Episode.objects.count() == 1
