"""Incidents: reporting, who was in it and who was told, the review, its actions, and the signature."""

import re
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import Role
from duties import actions as duties
from duties.models import Duty
from patients import actions as patients
from patients.actions import needs
from patients.models import Episode, Supporter
from patients.models.supporters import MayKnow

from ..models import (
    Checklist,
    Incident,
    IncidentAction,
    IncidentEntry,
    IncidentPerson,
    IncidentReport,
    IncidentState,
)
from ..models.incidents import PartIn, ReportOutcome

SEVERITIES, REPORTS = "incident-severity", "incident-reports"


@transaction.atomic
def report(
    *, facility, kind, severity, happened_at, place, facts, by, done_at_once="", people=(), staff=(),
    departure=None, emergency_warning=None, medication_order=None, dose=None, at=None, id=None,
):  # fmt: skip
    """Something happened that should not have: whoever saw it says what; a supervisor owes the review.

    `people` are {"patient", "part_in", "part", "injury"}. By the severity the supervisors are paged at once, and
    by the site's rules somebody owes telling those outside (checklists incident-severity and incident-reports).
    Raises names_another, in_it_twice, off_the_scale.
    """
    at = at or timezone.now()
    severities, rules = Checklist.objects.current_of(SEVERITIES, REPORTS)
    item = next((item for item in severities.items if item["code"] == str(severity)), None)
    if item is None:
        raise ValidationError("Severity goes from 1 to 5.", code="off_the_scale")
    incident = Incident(
        facility=facility,
        kind=kind,
        severity=severity,
        checklist=severities,
        happened_at=happened_at,
        place=place,
        facts=facts,
        done_at_once=done_at_once,
        departure=departure,
        emergency_warning=emergency_warning,
        medication_order=medication_order,
        dose=dose,
        reported_at=at,
        reported_by=by,
    )
    if id:
        incident.id = id
    wanted = [_review_owed(incident, item, at)]
    if item.get("pages"):
        wanted.append({**wanted[0], "slug": "incident_page", "due_at": at})
    owed = _outside(incident, rules.items)
    made = duties.open_all([*wanted, *(_report_owed(incident, rule) for rule in owed)], by=by, at=at)
    incident.review_duty = made[0]
    incident.page_duty = made[1] if item.get("pages") else None
    incident.save(force_insert=True)
    incident.staff.set(staff)
    _owe_reports(incident, owed, made[len(wanted) :])
    _add_people(incident, people, by=by, at=at)
    return incident


def _review_owed(incident, item, at):
    return {
        "slug": "incident_review",
        "facility": incident.facility,
        "owner_role": Role.SUPERVISOR,
        "due_at": at + timedelta(hours=item["sign_off_hours"]),
        "note": str(incident),
    }


def _outside(incident, rules, *, known=()):
    """The rules that say somebody outside is told of this incident, leaving out those owed already."""
    return [
        rule
        for rule in rules
        if rule["code"] not in known
        and incident.severity >= rule["from_severity"]
        and (not rule["kinds"] or incident.kind in rule["kinds"])
    ]


def _report_owed(incident, rule):
    """Telling somebody outside, counted from when it happened; of confidentiality the privacy officer decides."""
    return {
        "slug": "incident_report",
        "facility": incident.facility,
        "owner_role": rule.get("by", Role.SUPERVISOR),
        "due_at": incident.happened_at + timedelta(hours=rule["hours"]),
        "note": rule["text"],
    }


def _owe_reports(incident, rules, made):
    IncidentReport.objects.bulk_create(
        IncidentReport(
            incident=incident,
            facility=incident.facility,
            code=rule["code"],
            to=rule["text"],
            jurisdiction=rule["jurisdiction"],
            duty=duty,
        )
        for rule, duty in zip(rules, made, strict=True)
    )


def _names(patient):
    """What somebody is called, as whole words."""
    found = {patient.preferred_name, patient.legal_name, *patient.legal_name.split()}
    return {name for name in found if len(name) > 1}


def _require_own_part(part, others):
    """Raise names_another when what goes into somebody's chart names another person of the incident."""
    for other in others:
        for name in _names(other):
            if re.search(rf"\b{re.escape(name)}\b", part, re.IGNORECASE):
                raise ValidationError(
                    "“%(name)s” is somebody else in this incident. Name nobody else in this person's own part.",
                    code="names_another",
                    params={"name": name},
                )


def _add_people(incident, people, *, by, at):
    """Each person's own part, for their own chart."""
    keys = [one["patient"].pk for one in people]
    if len(set(keys)) < len(keys):
        raise ValidationError("A person is part of an incident once.", code="in_it_twice")
    there = {row.patient_id: row.patient for row in incident.people.right().select_related("patient")}
    everybody = {**there, **{one["patient"].pk: one["patient"] for one in people}}
    for one in people:
        others = (other for key, other in everybody.items() if key != one["patient"].pk)
        _require_own_part(f"{one['part']} {one.get('injury', '')}", others)
    threads = {
        episode.patient_id: episode for episode in Episode.objects.open().filter(patient__in=keys).order_by("pk")
    }
    return IncidentPerson.objects.bulk_create(
        IncidentPerson(
            incident=incident,
            patient=one["patient"],
            facility=incident.facility,
            episode=threads.get(one["patient"].pk),
            happened_at=incident.happened_at,
            part_in=one.get("part_in", PartIn.AFFECTED),
            part=one["part"],
            injury=one.get("injury", ""),
            added_at=at,
            added_by=by,
        )
        for one in people
    )


def is_not_signed(incident):
    """Raise incident_signed or error_marked."""
    if incident.entered_in_error_at:
        raise ValidationError("This incident is marked as entered in error.", code="error_marked")
    if incident.signed_at:
        code, sentence = Incident.refusals["a_signed_incident_never_changes"]
        raise ValidationError(sentence, code=code)


def is_reported(incident):
    """Raise wrong_state once somebody has begun the review."""
    is_not_signed(incident)
    if incident.state != IncidentState.REPORTED:
        raise ValidationError("The review has begun already.", code="wrong_state")


def is_under_review(incident):
    """Raise wrong_state until somebody has begun the review."""
    is_not_signed(incident)
    if incident.state != IncidentState.REVIEW:
        raise ValidationError("Begin the review first.", code="wrong_state")


def _locked(incident):
    return Incident.objects.select_related("facility", "checklist").lock(incident.pk)


def _require_other(incident, by):
    """Raise own_report: nobody reviews or signs what they reported themselves."""
    if incident.reported_by_id == by.pk:
        raise ValidationError("Somebody else reviews and signs what you reported.", code="own_report")


@needs(is_reported)
@transaction.atomic
def begin_review(incident, *, by, at=None):
    """A supervisor who did not report it takes it up; the page is answered by that. Raises own_report."""
    incident = _locked(incident)
    at = at or timezone.now()
    begin_review.require(incident)
    _require_other(incident, by)
    incident.move_to(IncidentState.REVIEW, by=by, at=at)
    incident.save(update_fields=["state", "review_began_at", "review_began_by"])
    for duty in Duty.objects.open().filter(incident_page=incident):
        duties.resolve(duty, by=by, at=at, reason="review begun")
    return _fresh(incident)


def _fresh(incident):
    return Incident.objects.select_related("facility", "checklist").get(pk=incident.pk)


@needs(is_under_review)
@transaction.atomic
def write_findings(incident, *, conclusion, factors, severity=None, by, at=None):
    """What was found and what contributed; how grave it was is corrected, and who is told outside follows.

    Raises own_report, off_the_scale.
    """
    incident = _locked(incident)
    at = at or timezone.now()
    write_findings.require(incident)
    _require_other(incident, by)
    incident.conclusion, incident.factors = conclusion, factors
    incident.severity = severity or incident.severity
    incident.save(update_fields=["conclusion", "factors", "severity"])
    known = set(incident.reports.right().values_list("code", flat=True))
    owed = _outside(incident, Checklist.objects.current(REPORTS).items, known=known)
    if owed:
        _owe_reports(incident, owed, duties.open_all([_report_owed(incident, rule) for rule in owed], by=by, at=at))
    return _fresh(incident)


@needs(is_not_signed)
@transaction.atomic
def add_person(incident, *, patient, part, part_in=PartIn.AFFECTED, injury="", by, at=None):
    """Somebody else was part of it; what is said stands in their chart. Raises names_another, in_it_already."""
    incident = _locked(incident)
    add_person.require(incident)
    line = {"patient": patient, "part": part, "part_in": part_in, "injury": injury}
    return _add_people(incident, [line], by=by, at=at or timezone.now())[0]


@needs(is_not_signed)
@transaction.atomic
def record_told(incident, *, told_whom, words, by, at=None):
    """Somebody was told of it; family is told on the person's own part, with their permission."""
    incident = _locked(incident)
    record_told.require(incident)
    return _entry(incident, words, by=by, at=at, told_whom=told_whom)


def _entry(incident, words, *, by, at, told_whom=""):
    told = {"words": words, "told_whom": told_whom, "at": at or timezone.now(), "by": by}
    return IncidentEntry.objects.create(incident=incident, facility=incident.facility, **told)


@transaction.atomic
def add_addendum(incident, *, words, by, at=None):
    """What is still to be said, signed off or not; nothing that stands is changed by it."""
    return _entry(_locked(incident), words, by=by, at=at)


@needs(is_under_review)
@transaction.atomic
def add_action(incident, *, words, owner, due_at, by, at=None):
    """Something is decided: somebody of the place owes it by then. Raises not_a_member, due_in_the_past."""
    incident = _locked(incident)
    at = at or timezone.now()
    add_action.require(incident)
    roles = [post.role for post in owner.posts if post.facility_id == incident.facility_id]
    if not roles:
        raise ValidationError("Whoever owes it does not work here.", code="not_a_member")
    if due_at <= at:
        raise ValidationError("Say by when, in the future.", code="due_in_the_past")
    duty = duties.open(
        "incident_action",
        facility=incident.facility,
        owner=owner,
        owner_role=Role.SUPERVISOR if Role.SUPERVISOR in roles else roles[0],
        due_at=due_at,
        note=words,
        by=by,
        at=at,
    )
    return IncidentAction.objects.create(
        incident=incident,
        facility=incident.facility,
        words=words,
        owner=owner,
        duty=duty,
        decided_at=at,
        decided_by=by,
    )


@needs(is_under_review)
@transaction.atomic
def sign_off(incident, *, by, at=None):
    """Signed: from now on nothing in it changes. Raises own_report, conclusion_missing."""
    incident = _locked(incident)
    at = at or timezone.now()
    sign_off.require(incident)
    _require_other(incident, by)
    if not incident.conclusion or not incident.factors:
        raise ValidationError("Write what you found and what contributed before you sign.", code="conclusion_missing")
    incident.move_to(IncidentState.SIGNED, by=by, at=at)
    incident.save(update_fields=["state", "signed_at", "signed_by"])
    for duty in Duty.objects.open().filter(incident_review=incident):
        duties.resolve(duty, by=by, at=at, reason="signed off")
    return _fresh(incident)


@transaction.atomic
def mark_error(incident, *, reason, by, at=None):
    """It was reported by mistake: with every part of it in anybody's chart, and with what is owed because of it."""
    at = at or timezone.now()
    incident = patients.mark_error(incident, reason=reason, by=by, at=at)
    incident.people.right().update(entered_in_error_at=at, entered_in_error_by=by, entered_in_error_reason=reason)
    of_it = Q(incident_review=incident) | Q(incident_page=incident)
    of_it |= Q(incident_report__incident=incident) | Q(incident_action__incident=incident)
    duties.cancel_each(Duty.objects.filter(of_it), reason="entered in error", by=by, at=at)
    return incident


def is_not_done(row):
    """Raise done_already or error_marked."""
    if row.entered_in_error_at or row.incident.entered_in_error_at:
        raise ValidationError("This is marked as entered in error.", code="error_marked")
    if row.done_at:
        raise ValidationError("This was done already.", code="done_already")


@needs(is_not_done)
@transaction.atomic
def settle_report(row, *, outcome, words, by, at=None):
    """Those outside were told, or need not be, and why. Raises done_already."""
    row = IncidentReport.objects.select_related("duty", "incident").lock(row.pk)
    at = at or timezone.now()
    settle_report.require(row)
    row.done_at, row.done_by, row.outcome, row.words = at, by, outcome, words
    row.save(update_fields=["done_at", "done_by", "outcome", "words"])
    if row.duty.is_open():
        duties.resolve(row.duty, by=by, at=at, reason=f"{ReportOutcome(outcome).label}: {words}")
    row.refresh_from_db()
    return row


@needs(is_not_done)
@transaction.atomic
def complete_action(row, *, words, by, at=None):
    """It was done, and how. Raises done_already."""
    row = IncidentAction.objects.select_related("duty", "incident").lock(row.pk)
    at = at or timezone.now()
    complete_action.require(row)
    row.done_at, row.done_by, row.done_words = at, by, words
    row.save(update_fields=["done_at", "done_by", "done_words"])
    if row.duty.is_open():
        duties.resolve(row.duty, by=by, at=at, reason=words)
    row.refresh_from_db()
    return row


def is_not_told(row):
    """Raise told_already or error_marked."""
    if row.entered_in_error_at:
        raise ValidationError("This is marked as entered in error.", code="error_marked")
    if row.supporter_told_at:
        raise ValidationError("Family was told already.", code="told_already")


@needs(is_not_told)
@transaction.atomic
def tell_supporter(row, *, supporter, words, by, at=None):
    """Somebody around the person was told, as the person permitted in writing. Raises not_permitted."""
    row = IncidentPerson.objects.lock(row.pk)
    tell_supporter.require(row)
    allowed = Supporter.objects.of(row.patient).may_be_told(MayKnow.EMERGENCY)
    if not allowed.filter(pk=supporter.pk).exists():
        raise ValidationError(
            "The person has not permitted that this supporter is told of an emergency.", code="not_permitted"
        )
    row.supporter, row.supporter_told = supporter, words
    row.supporter_told_at, row.supporter_told_by = at or timezone.now(), by
    row.save(update_fields=["supporter", "supporter_told", "supporter_told_at", "supporter_told_by"])
    row.refresh_from_db()
    return row
