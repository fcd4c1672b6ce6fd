"""By which way a person is reached, and what is done when one of them does not work."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F
from django.utils import timezone

import duties.actions as duties
from accounts.models import Facility, Role, User
from audit.planned import Planned
from patients import actions as patients
from patients.codes import Channel, Scope
from patients.models import Access, ContactPoint, Episode, Patient

from ..channels import email, sms
from ..models import Attempt, OptOut, Result, Written

REVIEW_WITHIN = timedelta(hours=4)  # of working time
CHANNELS = {Channel.EMAIL: email, Channel.SMS: sms}  # those a machine writes by


def by_machine():
    """The channels a machine can write by."""
    return [Channel.EMAIL, *([Channel.SMS] if sms.is_configured() else [])]


def every_record(person):
    """The records of a person, the one that stands first."""
    return [person, *MERGED(person.pk)]


MERGED = Planned(lambda survivor: Patient.objects.filter(merged_into=survivor), UUID)


def stopped(records):
    """Channels the person does not want to hear from us by."""
    found = set(STOPPED([record.pk for record in records]))
    return found | set(Written.values) if "" in found else found


STOPPED = Planned(
    lambda records: OptOut.objects.in_force().filter(patient__any_of=records).values_list("channel", flat=True), list
)


def ways(records, asked=None):
    """The person's addresses and numbers a machine may write to, in the order they chose.

    `asked` is what `stopped` said of them, where that is known already.
    """
    return _by(set(by_machine()) - (stopped(records) if asked is None else asked), records)


def only_stopped(records, asked):
    """Is it what the person asked for that leaves no way?"""
    return bool(_by(asked & set(by_machine()), records))


def _by(channels, records):
    return [point for point in USABLE([record.pk for record in records]) if point.channel in channels]


USABLE = Planned(
    lambda records: ContactPoint.objects.usable(list(CHANNELS), Scope.CHECK_IN).filter(patient__any_of=records), list
)


def next_way(found, notice, fallback):
    """The ways to try, best first: as chosen, or, for a rung that falls back, those the duty has not used yet."""
    if fallback:
        used = set(
            Attempt.objects.filter(
                notice__duty=notice.duty_id,
                notice__climb=notice.climb,
                notice__to_patient=True,
                result__in=[Result.ACCEPTED, Result.UNKNOWN],
            ).values_list("channel", flat=True)
        )
        return [point for point in found if point.channel not in used] or found
    return found


def may_call(records):
    """Has the person agreed to be called about this, and not taken it back?"""
    agreed = ContactPoint.objects.agreed([Channel.PHONE], Scope.CHECK_IN).filter(patient__in=records)
    stops = OptOut.objects.in_force(Channel.PHONE).filter(patient__in=records)
    return agreed.filter(~Exists(stops)).exists()


def place_of(patient):
    """(facility, open episode): who follows this person now; of somebody nobody follows, who may see them."""
    records = patient.records()
    newest = Episode.objects.right().filter(patient__in=records).select_related("facility")
    episode = newest.order_by(F("closed_at").desc(nulls_first=True), "-id").first()
    if episode:
        return episode.facility, episode if episode.closed_at is None else None
    seen = Access.objects.current().filter(patient__in=records, facility__isnull=False).values("facility")
    return Facility.objects.filter(pk__in=seen).order_by("pk").first(), None


@transaction.atomic
def mark_broken(point, *, by, at=None, only_here=False, because_of=None):
    """It does not work: nothing more is sent there until it is verified, and another way to the person is found.

    A number is marked wherever it stands for this person, unless it fails `only_here`, as a landline does for texts.
    """
    at = at or timezone.now()
    patient = Patient.objects.lock_survivor(point.patient_id)
    point = patients.mark_broken(point, only_here=only_here, by=by, at=at)
    facility, episode = place_of(patient)
    facility = facility or (because_of and because_of.facility)
    if facility is not None and not patient.is_reported_dead():
        duties.open(
            "contact_broken",
            facility=facility,
            owner_role=Role.AFTERCARE,
            due_at=facility.after_working(at, REVIEW_WITHIN),
            patient=patient,
            episode=episode,
            because_of=because_of,
            once=f"broken:{patient.pk}",
            note=f"{point.get_channel_display()} does not work.",
            by=by,
            at=at,
        )
    return point


def owe_review(patient, *, kind, note, at, facility=None, episode=None, because_of=None):
    """Somebody looks into what happened with messages to or from a person: once for a person and kind."""
    if facility is None:
        facility, episode = place_of(patient)
    if facility is None:
        return None
    return duties.open(
        "message_review",
        facility=facility,
        owner_role=Role.AFTERCARE,
        due_at=facility.after_working(at, REVIEW_WITHIN),
        patient=patient,
        episode=episode,
        because_of=because_of,
        once=f"message:{patient.pk}:{kind}",
        note=note,
        by=User.objects.system(),
        at=at,
    )
