"""How people come: handed over after an overdose, or asking for help themselves."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import Role
from duties import actions as duties
from patients import actions as patients
from patients.models import Because, Entry, Stage

from ..models import Conversation, Handover, Intake
from . import uses

TALK_WITHIN = timedelta(hours=24)  # domain default: before the expected time of leaving, at most 24 h
INTAKE_WITHIN = timedelta(hours=72)


def plan_talk(episode, *, due_at, by, at, kind="engagement", owner=None):
    """A talk is owed: the row, and the duty that will see it done."""
    duty = duties.open(
        "talk",
        facility=episode.facility,
        episode=episode,
        owner=owner,
        owner_role=Role.COUNSELOR,
        due_at=due_at,
        by=by,
        at=at,
    )
    return Conversation.objects.create(
        patient_id=episode.patient_id, facility=episode.facility, episode=episode, duty=duty, kind=kind
    )


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
def receive(*, facility, by, patient=None, person=None, substances=(), at=None, id=None, **fields):
    """Take over a person after an overdose: who they are, in what state, and a talk owed before they leave.

    `person` describes somebody new ({"preferred_name": …}); `substances` are rows of use.
    Raises episode_open when the person already has a thread.
    """
    at = at or timezone.now()
    if patient is None:
        person = {"preferred_name": "Unknown", **(person or {})}
        patient = patients.register(facility=facility, because=Because.HANDOVER, at=at, **person)
    episode = patients.begin_episode(
        patient, facility=facility, entry=Entry.OVERDOSE, because=Because.HANDOVER, by=by, at=at
    )
    handover = Handover(
        patient=episode.patient,
        facility=facility,
        episode=episode,
        received_at=at,
        received_by=by,
        **fields,
    )
    if id:
        handover.id = id
    handover.save(force_insert=True)
    uses.record_uses(episode.patient, substances, facility=facility, by=by, at=at)
    leaving = handover.expected_leaving_at
    due_at = min(leaving, at + TALK_WITHIN) if leaving else at + TALK_WITHIN
    plan_talk(episode, due_at=max(due_at, at), by=by, at=at)
    episode.move_to(Stage.STABILIZING, by=by, at=at)
    return handover


@transaction.atomic
def refer(*, facility, entry, by, patient=None, person=None, at=None, owner=None, id=None):
    """Begin a thread for somebody who was not handed over: an intake is owed to them.

    Raises wrong_entry for an overdose, which comes with a handover.
    """
    at = at or timezone.now()
    if entry == Entry.OVERDOSE:
        raise ValidationError("An overdose comes with a handover.", code="wrong_entry")
    if patient is None:
        if not person:
            raise ValidationError("Say who the person is.", code="person_missing")
        patient = patients.register(facility=facility, because=Because.REFERRAL, at=at, **person)
    episode = patients.begin_episode(patient, facility=facility, entry=entry, by=by, at=at, id=id)
    plan_intake(episode, by=by, at=at, owner=owner)
    episode.move_to(Stage.INTAKE, by=by, at=at)
    return episode
