"""What no action would write, the database itself refuses by name: raw updates, and rows that are there already."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from aftercare.models import AnswerDraft, CheckInLink, SafeWord
from audit.models import uuid7
from audit.problems import refusal
from duties.models import Notice
from messaging.models import InboundMessage, Receipt, Reply
from tests import given
from treatment.models import (
    Bed,
    Dose,
    IncidentReport,
    Investigation,
    LevelMapping,
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
    found = {}
    for name, write in cases.items():
        try:
            with transaction.atomic():
                write()
            found[name] = "written"
        except IntegrityError as error:
            found[name] = error.__cause__.diag.constraint_name
            assert found[name] != name or refusal(error)[1], name
    assert {name: refused for name, refused in found.items() if refused != name} == {}
