"""How people come: handed over after an overdose, or asking for help themselves."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from accounts.models import Role
from duties import actions as duties
from patients import actions as patients
from patients.actions import needs
from patients.models import Because, Entry, Episode, Stage

from ..models import Checklist, DrugGiven, Handover, Intake
from ..models.analytes import drug_code
from ..models.handovers import Giver
from .conversations import bring_talk_forward, planned_by, talk_due
from .investigations import hung_on
from .observations import ARRIVAL, EMERGENCY, crossed, first_due, ordered_by, warned_by, warning
from .registrations import known_or_new
from .uses import asked_for

INTAKE_WITHIN = timedelta(hours=72)


def plan_intake(episode, *, by, at, due_at=None, owner=None):
    """An intake is owed: the row, or the one that was planned before, and the duty that will see it done."""
    if owner is not None and not owner.is_at(episode.facility, [Role.INTAKE]):
        raise ValidationError("Whoever does the intake does not hold that role here.", code="not_a_member")
    duty = duties.open(
        "intake",
        facility=episode.facility,
        episode=episode,
        owner=owner,
        owner_role=Role.INTAKE,
        due_at=due_at or at + INTAKE_WITHIN,
        by=by,
        at=at,
    )
    intake = episode.intakes.planned().first()
    if intake is None:
        intake = Intake(patient_id=episode.patient_id, facility=episode.facility, episode=episode)
    intake.duty = duty
    intake.save()
    return intake


@transaction.atomic
def receive(
    *, facility, by, patient=None, person=None, not_a_duplicate=False, substances=(), at=None, id=None, **fields
):
    """Take over a person after an overdose: who they are, in what state, and a talk owed before they leave.

    Observations are owed by the schedule for arrivals, and an answer at once when a number calls for it.
    `person` describes somebody new ({"preferred_name": …}); `substances` are rows of use.
    Raises episode_open when the person already has a thread, and possible_duplicate or needs_registrar when
    somebody new may be somebody known, until `not_a_duplicate` says otherwise.
    """
    at = at or timezone.now()
    patient = known_or_new(
        patient=patient,
        person={"preferred_name": "Unknown", **(person or {})},
        facility=facility,
        because=Because.HANDOVER,
        not_a_duplicate=not_a_duplicate,
        by=by,
        at=at,
    )
    episode = patients.begin_episode(
        patient, facility=facility, entry=Entry.OVERDOSE, because=Because.HANDOVER, by=by, at=at
    )
    limits, schedule = Checklist.objects.current_of(EMERGENCY, ARRIVAL)
    handover = Handover(
        patient=episode.patient,
        facility=facility,
        episode=episode,
        received_at=at,
        received_by=by,
        warnings=crossed(fields, limits),
        **fields,
    )
    if id:
        handover.id = id
    handover.save(force_insert=True)
    _note_drugs(handover, [as_told(handover, told) for told in handover.drugs_given], by=by, at=at)
    used = patients.record_uses(episode.patient, substances, facility=facility, by=by, at=at) if substances else []
    asked, signs = asked_for(episode, used, at=at), handover.warnings
    here = {"facility": facility, "episode": episode}
    talk, rounds, *opened = duties.open_all(
        [
            {"slug": "talk", "owner_role": Role.COUNSELOR, "due_at": talk_due(handover, at), **here},
            {"slug": "arrival_observation", "owner_role": Role.NURSE, "due_at": first_due(schedule, at), **here},
            *(owed for _, owed in asked),
            *([warning(episode, facility, signs, at=at)] if signs else []),
        ],
        by=by,
        at=at,
    )
    planned_by(talk)
    ordered_by(rounds, schedule, by=by, at=at)
    for row in hung_on(opened[: len(asked)], asked):
        row.save()
    episode.move_to(Stage.STABILIZING, by=by, at=at)
    if signs:
        warned_by(opened[-1], signs, by=by, at=at)
    return handover


def as_told(handover, told):
    """A drug in the words of whoever handed over, as a row that rules can ask about."""
    giver = handover.source if handover.source in Giver.values else Giver.UNKNOWN
    said = {"dose": told.get("dose", ""), "route": told.get("route", ""), "when_told": told.get("at", "")}
    said["given_at"] = _instant(said["when_told"])
    return {"drug": drug_code(told["drug"]), "name": told["drug"], "giver": giver, **said}


def _instant(text):
    """A time as an ambulance wrote it, or None where it is words."""
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found and found.tzinfo else None


def _note_drugs(handover, drugs, *, by, at):
    """Drugs given before arrival, in one statement."""
    about = {"patient_id": handover.patient_id, "facility": handover.facility, "handover": handover}
    rows = [DrugGiven(noted_at=at, noted_by=by, **about, **told) for told in drugs]
    return DrugGiven.objects.bulk_create(rows) if rows else []


def is_right(handover):
    """Raise error_marked."""
    if handover.entered_in_error_at:
        raise ValidationError("This handover is marked as entered in error.", code="error_marked")


@needs(is_right)
@transaction.atomic
def record_drugs_given(handover, *, drugs, by, at=None):
    """What ambulance or hospital gave before the person came, learned at the handover or later.

    `drugs` are rows of {drug, name, dose, route, given_at, when_told, giver}. Raises error_marked, drug_missing,
    in_the_future.
    """
    Episode.objects.lock(handover.episode_id)
    handover = Handover.objects.select_related("facility").lock(handover.pk)
    record_drugs_given.require(handover)
    _note_drugs(handover, drugs, by=by, at=at or timezone.now())
    handover.save(update_fields=["source"])  # what hangs on it changed, and so does its version
    handover.refresh_from_db()
    return handover


@needs(is_right)
@transaction.atomic
def expect_leaving(handover, *, expected_leaving_at, by, at=None):
    """The person is now expected to leave then: the talk is owed before it. Raises error_marked."""
    episode = Episode.objects.lock(handover.episode_id)
    handover = Handover.objects.lock(handover.pk)
    at = at or timezone.now()
    expect_leaving.require(handover)
    handover.expected_leaving_at = expected_leaving_at
    handover.save(update_fields=["expected_leaving_at"])
    bring_talk_forward(episode, due_at=talk_due(handover, at), by=by, at=at, note="leaves sooner than thought")
    handover.refresh_from_db()
    return handover


@transaction.atomic
def refer(*, facility, entry, by, patient=None, person=None, not_a_duplicate=False, at=None, owner=None, id=None):
    """Begin a thread for somebody who was not handed over: an intake is owed to them.

    Raises wrong_entry for an overdose, which comes with a handover; possible_duplicate or needs_registrar as
    receive() does.
    """
    at = at or timezone.now()
    if entry == Entry.OVERDOSE:
        raise ValidationError("An overdose comes with a handover.", code="wrong_entry")
    if patient is None and not person:
        raise ValidationError("Say who the person is.", code="person_missing")
    patient = known_or_new(
        patient=patient,
        person=person,
        facility=facility,
        because=Because.REFERRAL,
        not_a_duplicate=not_a_duplicate,
        by=by,
        at=at,
    )
    episode = patients.begin_episode(patient, facility=facility, entry=entry, by=by, at=at, id=id)
    plan_intake(episode, by=by, at=at, owner=owner)
    episode.move_to(Stage.INTAKE, by=by, at=at)
    return episode
