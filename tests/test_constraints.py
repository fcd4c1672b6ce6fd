"""What no action would write, the database itself refuses by name: raw updates, and rows that are there already."""

import re
from datetime import timedelta
from pathlib import Path

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from aftercare.models import Answer, AnswerDraft, CheckIn, CheckInLink, SafeWord, Schedule
from audit.models import uuid7
from audit.problems import constraint_refusals, refusal
from duties.models import DutyEvent, Ladder, Notice, Rung
from messaging.models import Attempt, InboundMessage, Receipt, Reply, Text
from patients.models import CriteriaSet
from tests import given
from treatment.actions import bladder
from treatment.models import (
    Administration,
    AssessmentSchedule,
    Bed,
    Checklist,
    Dose,
    EducationText,
    IncidentPerson,
    IncidentReport,
    Instrument,
    Investigation,
    LevelMapping,
    Medication,
    MedicationCount,
    ObservationOrder,
    PlanTemplate,
    RandomTest,
    ScheduledAssessment,
    Unit,
)


def changed(row, **changes):
    """A row, changed past every rule that is not the database's."""
    return lambda: type(row).objects.filter(pk=row.pk).update(**changes)


def twin(row, **changes):
    """The same row once more."""

    def write():
        values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
        generated = {field.attname for field in row._meta.concrete_fields if field.generated}
        new = {row._meta.pk.attname: uuid7() if row._meta.pk.get_internal_type() == "UUIDField" else None}
        values = {name: value for name, value in values.items() if name not in generated}
        type(row)(**{**values, **new, **changes}).save(force_insert=True)

    return write


def refused_otherwise(cases):
    """{name: what happened} for whatever was written, or was refused by another name than its own."""
    found = {}
    for name, write in cases.items():
        try:
            with transaction.atomic():
                write()
                connection.check_constraints()
            found[name] = "written"
        except IntegrityError as error:
            found[name] = error.__cause__.diag.constraint_name
            assert found[name] != name or refusal(error)[1], name
    return {name: refused for name, refused in found.items() if refused != name}


def test_the_database_itself_refuses_what_no_action_would_write(clinic):
    now = timezone.now()
    maria = given.in_aftercare(clinic, at=given.ago(days=3))
    given.both_ways(maria.patient, clinic)
    given.a_way_in(maria, clinic)
    given.medicated(maria, clinic)
    given.all_tests(maria, clinic)
    given.asking(clinic.residential, clinic)
    low = given.in_bed(clinic, bed=1, name="Low")
    given.a_night_and_what_went_wrong(clinic, maria, low)
    mapping = given.a_mapping(clinic)
    given.duties.tick(now)
    first = {
        model: model.objects.order_by("pk").first()
        for model in (
            Notice, Reply, InboundMessage, Receipt, SafeWord, CheckInLink, AnswerDraft, Investigation, RandomTest,
            IncidentReport, Dose,
        )
    }  # fmt: skip
    scheduled = ScheduledAssessment.objects.filter(episode=low).first()
    owed = given.duties.open(
        "outage", facility=clinic.here, owner_role="supervisor", due_at=now, by=clinic.admin, at=now
    )
    cases = {
        "one_unit_per_name": lambda: Unit.objects.create(facility=clinic.here, name=clinic.unit.name),
        "one_bed_per_label": lambda: Bed.objects.create(unit=clinic.unit, label=clinic.beds[0].label),
        "a_closed_duty_has_who_and_how": changed(owed, closed_at=now),
        "an_order_is_owed": changed(first[Investigation], duty=None, body_check=None),
        "a_random_test_closes_with_an_outcome": changed(first[RandomTest], closed_at=now, closed_by=clinic.nurse),
        "one_random_test_at_a_time": twin(first[RandomTest], duty_id=owed.pk),
        "an_outside_report_is_owed_once": twin(first[IncidentReport], duty_id=owed.pk),
        "a_dose_is_due_once": twin(first[Dose]),
        "one_mapping_per_number": twin(LevelMapping.objects.get(pk=mapping.pk)),
        "what_was_asked_was_asked_after_day_0": changed(scheduled, last_at=given.ago(days=400)),
        "a_notice_is_to_the_person_or_to_staff": changed(first[Notice], to_patient=False, to_user=None, to_role=""),
        "a_handover_has_a_lease": changed(first[Notice], state="handing_over", lease_until=None),
        "one_notice_per_rung": twin(first[Notice]),
        "one_message_per_provider_key": twin(first[InboundMessage]),
        "one_answer_of_a_kind": twin(first[Reply]),
        "a_reply_being_handed_over_has_a_lease": changed(first[Reply], state="handing_over", lease_until=None),
        "one_receipt_per_status": twin(first[Receipt]),
        "one_safe_word_per_person": twin(first[SafeWord]),
        "a_dropped_word_is_forgotten": changed(first[SafeWord], dropped_at=now, dropped_by=clinic.nurse),
        "one_open_draft_per_check_in": twin(first[AnswerDraft]),
        "one_open_link_per_check_in": twin(first[CheckInLink], token_hash="x" * 64),
        "wrong_words_lock_a_link": changed(first[CheckInLink], tries=5),
    }
    assert None not in first.values() and scheduled
    assert refused_otherwise(cases) == {}


def test_what_is_owed_about_a_person_cannot_be_written_away(clinic):
    now = timezone.now()
    maria = given.in_aftercare(clinic, at=given.ago(days=3))
    given.medicated(maria, clinic)
    low = given.in_bed(clinic, bed=1, name="Low")
    given.a_night_and_what_went_wrong(clinic, maria, low)
    spare = given.a_call_owed(maria, clinic).pk
    asked = given.assessed(low, clinic, q9=1)
    sign = bladder.log_bladder(low, cannot_pass=True, by=clinic.nurse)
    miscounted = MedicationCount.objects.get(confirmed=9)
    measured = given.measured(low, clinic, alt=20)
    ordered = ObservationOrder.objects.filter(entered_in_error_at=None).first()
    step = given.stepped_up(clinic)
    check = given.checks(low, clinic)
    drawn = given.a_random_test(maria, clinic)
    closed = {"closed_at": now, "closed_by_id": clinic.nurse.pk, "outcome": "excused", "reason": "ill"}
    unanswered = {"severity": "red", "duty_id": None, "settled_at": None, "settled_by_id": None, "settled_reason": ""}
    given.reviewed(given.a_plan_in_force(low, clinic), clinic)
    mine, other = low.treatment_plans.get(edition=2), given.a_plan(given.in_outpatient(clinic, "Pia"), clinic)
    cases = {
        "a_bladder_sign_is_owed_a_review": twin(sign, duty_id=None),
        "a_discrepancy_is_owed_or_settled": twin(miscounted, duty_id=None),
        "a_result_is_owed_a_reading": twin(measured, duty_id=spare, read_duty_id=None),
        "what_cannot_wait_is_owed_or_settled": twin(asked, **unanswered),
        "a_part_is_in_words": twin(IncidentPerson.objects.first(), part=""),
        "what_was_given_has_an_amount": twin(Administration.objects.filter(outcome="given").first(), amount=None),
        "a_schedule_is_ordered_once": twin(ordered, duty_id=spare),
        "an_assessment_carries_one_step": twin(step, review_duty_id=None, contact_duty_id=None),
        "each_body_check_once": twin(check, duty_id=spare, ended_at=now, ended_by_id=clinic.nurse.pk),
        "one_random_test_a_day": twin(drawn, duty_id=spare, **closed),
        "one_plan_per_edition": changed(mine, edition=1),
        "an_objective_is_of_the_plan_of_its_goal": changed(mine.objectives.first(), goal=other.goals.first()),
        "an_intervention_is_of_the_plan_of_its_objective": changed(
            mine.interventions.first(), objective=other.objectives.first()
        ),
    }
    assert refused_otherwise(cases) == {}


def test_a_message_goes_once_and_an_answer_is_possible(clinic):
    maria, otto = (given.in_aftercare(clinic, name, at=given.ago(days=3), email=f"{name}@example.org")
                   for name in ("Maria", "Otto"))  # fmt: skip
    given.both_ways(maria.patient, clinic)
    given.a_way_in(maria, clinic)
    check_in = CheckIn.objects.open().get(plan__episode=maria)
    given.duties.tick(check_in.due_at)
    given.check_ins.answer(check_in, how="call", craving=20, by=clinic.aftercare)
    late = Notice.objects.filter(patient=maria.patient, to_patient=True).first()
    changed(late, late_by_us=True, state="waiting")()
    draft = AnswerDraft.objects.first()
    talking = {"ended_at": None, "ended_how": "", "asking": "craving"}
    changed(draft, **talking)()
    elsewhere = CheckIn.objects.open().get(plan__episode=otto).pk
    cases = {
        "one_edge_per_rung": twin(DutyEvent.objects.filter(kind="rung").first()),
        "one_waiting_message_after_an_outage": twin(late, late_by_us=True, state="waiting", round=99),
        "an_attempt_is_at_a_notice_or_an_answer": twin(Attempt.objects.first(), notice_id=None, reply_id=None),
        "one_conversation_at_a_time": twin(draft, check_in_id=elsewhere, **talking),
        "craving_is_0_to_100": twin(Answer.objects.first(), craving=101),
    }
    assert refused_otherwise(cases) == {}


def test_reference_data_has_editions_and_says_where_it_is_from(clinic):
    given.asking(clinic.residential, clinic)
    ladder, asks = Ladder.objects.first(), AssessmentSchedule.objects.first()
    medication, template, leaflet = Medication.objects.first(), PlanTemplate.objects.first(), given.a_text()
    twin(ladder, slug="draft", published_at=None)()
    rung = Rung(ladder=Ladder.objects.get(slug="draft"), position=0, offset=timedelta(0), whom="owner", template="t")
    rung.save()
    of_the_site = {"loaded_at": timezone.now(), "loaded_by_id": clinic.admin.pk}
    editions = {
        "one_checklist_per_edition": Checklist, "one_criteria_set_per_edition": CriteriaSet,
        "one_education_text_per_edition": EducationText, "one_instrument_per_edition": Instrument,
        "one_ladder_per_edition": Ladder, "one_medication_per_edition": Medication,
        "one_plan_template_per_edition": PlanTemplate, "one_schedule_per_edition": Schedule,
        "one_text_per_edition": Text,
    }  # fmt: skip
    cases = {
        **{name: twin(model.objects.first()) for name, model in editions.items()},
        "one_rung_per_position": twin(rung),
        "a_rung_tells_or_opens": changed(rung, template=""),
        "a_repeat_takes_time": changed(rung, repeat=timedelta(0)),
        "a_medication_says_where_from": twin(medication, slug="new", source=""),
        "a_verified_code_is_there": twin(medication, slug="new", rxnorm="", rxnorm_verified_on=given.ago(days=9)),
        "a_plan_template_has_sources": twin(template, slug="new", sources=[]),
        "a_plan_template_is_reviewed_again": twin(template, slug="new", review_due_on=template.reviewed_on),
        "an_education_text_has_sources": twin(leaflet, slug="new", sources=[]),
        "an_education_text_is_reviewed_again": twin(leaflet, slug="new", review_due_on=leaflet.reviewed_on),
        "what_a_site_loads_is_kept_as_assessments": twin(
            Instrument.objects.first(), slug="new", kept_as="bladder_log", **of_the_site
        ),
        "a_schedule_of_assessments_has_a_first_day": twin(asks, days=[]),
        "what_is_asked_again_is_asked_after_a_day": twin(asks, every_days=0),
    }
    assert refused_otherwise(cases) == {}


# What the database raises by a name of its own, beside the constraints and keys that are declared.
RAISED = """
SELECT (regexp_matches(prosrc, $$CONSTRAINT = '(\\w+)'|SELECT '(\\w+)'::text FROM$$, 'g')) FROM pg_proc
WHERE pronamespace = 'public'::regnamespace
UNION ALL
SELECT ARRAY[rtrim(encode(tgargs, 'escape'), '\\000')] FROM pg_trigger WHERE NOT tgisinternal AND tgnargs = 1
    AND tgfoid <> 'duty_stands_for_a_record'::regproc -- whose argument is a key
"""
# Never a person's mistake, so there is no sentence. What is only ever added to, `web` may not change at all, by grant
# (tests/test_database.py), so these stop the owner alone; a duty that contradicts its own ladder is our bug, and so
# is what contradicts its own duty.
ONLY_THE_OWNER = {
    "a_round_never_changes",
    "a_strike_never_changes",
    "an_incident_entry_never_changes",
    "a_duty_stays_with_its_history",
}
WITHOUT_A_SENTENCE = ONLY_THE_OWNER | {
    "only_a_thread_ladder_keeps_the_thread",
    "a_duty_stays_with_its_person",
    "an_edge_is_about_its_duty",
    "a_notice_is_about_its_duty",
    "a_notice_stays_with_its_duty",
}


def test_every_rule_of_the_database_speaks_and_is_told_in_some_test(db):
    with connection.cursor() as cursor:
        cursor.execute(RAISED)
        raised = {name for (names,) in cursor for name in names if name}
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace UNION"
            " SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'i'"
        )
        standing = {name for (name,) in cursor}
    refusals = constraint_refusals()
    assert raised - set(refusals) == WITHOUT_A_SENTENCE
    assert set(refusals) - raised - standing == set()
    heard = {word for path in Path(__file__).parent.rglob("*.py") for word in re.findall(r"\w+", path.read_text())}
    untold = {name for name in raised | set(refusals) if name not in heard and refusals[name][0] not in heard}
    assert untold == set()
