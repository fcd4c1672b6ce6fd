"""Logging the bladder, who looks when a sign cannot wait, and what symptoms ask for."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import Role
from duties import actions as duties
from patients import actions as patients
from patients.actions import at_stage, needs
from patients.codes import Known
from patients.models import Episode, Stage, SubstanceUse

from ..models import BladderEntry, Checklist, Instrument, Investigation, Severity, UrologyReferral
from ..models.bladder import symptoms
from ..models.urology import STOPPED_FOR
from ..models.uses import before_the_night
from .investigations import (
    RED_FLAGS,
    SYMPTOMS,
    because_of_cramps,
    hung_on,
    imaging,
    not_there_yet,
)
from .observations import where
from .schedules import follow, owe_again
from .urology import because_of_symptoms

LOG = "bladder-log"
PREGNANCY = "pregnancy"


@needs(at_stage(*set(Stage) - {Stage.CLOSED}))
@transaction.atomic
def log_bladder(episode, *, by, at=None, id=None, **said):
    """How the bladder is; a sign that cannot wait is owed a prescriber's look the same day, or at once.

    Signs and symptoms are data (domain 6.4). Recordable for anyone, whatever they used; what symptoms ask for
    beyond that is asked for in people who use or used ketamine.
    """
    episode = Episode.objects.select_related("patient").lock(episode.pk)
    at = at or timezone.now()
    log_bladder.require(episode)
    facility = where(episode)
    newest = SubstanceUse.objects.of(episode.patient).ketamine().order_by("-noted_at", "-pk").first()
    signs, limits = Checklist.objects.current_of(RED_FLAGS, SYMPTOMS)
    entry = BladderEntry(
        patient_id=episode.patient_id,
        facility=facility,
        episode=episode,
        logged_at=at,
        logged_by=by,
        **said,
    )
    if id:
        entry.id = id
    scored = Instrument.objects.current().get(slug=LOG).score(entry.as_answers())
    severity = scored.severity
    entry.red_flags = list(scored.flags)
    found = symptoms(said, limits.items) if newest else []
    flag_pregnancy, referred = _standing(episode) if newest else (False, True)
    if flag_pregnancy:
        entry.red_flags += [item["text"] for item in signs.items if item["code"] == PREGNANCY]
        severity = severity or Severity.RED
    reviews = _review_owed(entry, severity, at=at)
    orders, referrals = [], []
    if newest and said.get("cramps"):
        orders = not_there_yet(episode, facility, because_of_cramps(at), by=by, at=at)
    if found and not referred and _has_stopped_for_long(newest, at):
        referrals = [because_of_symptoms(episode, facility, by=by, at=at)]
    also = [*reviews, *(owed for _, owed in [*orders, *referrals])]
    opened = follow(episode, LOG, by=by, at=at, also=also)
    entry.duty = opened.pop(0) if reviews else None
    entry.save(force_insert=True)
    images = imaging(episode, why=", ".join(found)[:300], by=by, at=at) if found else []
    Investigation.objects.bulk_create([*images, *hung_on(opened[: len(orders)], orders)])
    UrologyReferral.objects.bulk_create(hung_on(opened[len(orders) :], referrals))
    return entry


def _review_owed(entry, severity, *, at):
    """A prescriber's look, if a sign calls for one: [what `duties.open` takes]."""
    if not severity:
        return []
    urgent = severity == Severity.CRITICAL
    return [
        {
            "slug": "bladder_urgent" if urgent else "bladder_review",
            "facility": entry.facility,
            "episode": entry.episode,
            "owner_role": Role.PRESCRIBER,
            "due_at": at if urgent else before_the_night(entry.facility, at),
            "note": ", ".join(entry.red_flags),
        }
    ]


def _standing(episode):
    """(a pregnancy for which nobody was asked to look yet?, is a referral to urology open?) in one statement."""
    flagged = BladderEntry.objects.right().filter(episode=OuterRef("pk"), red_flags__contains=[PREGNANCY])
    referred = UrologyReferral.objects.open().filter(episode=OuterRef("pk"))
    rows = Episode.objects.filter(pk=episode.pk)
    was_flagged, is_referred = rows.values_list(Exists(flagged), Exists(referred)).get()
    return episode.patient.pregnant == Known.YES and not was_flagged, is_referred


def _has_stopped_for_long(newest, at):
    """Was ketamine last used more than four weeks ago, as far as anybody said? Not known is not long ago."""
    return newest.last_used_at is not None and newest.last_used_at <= at - STOPPED_FOR


def is_unreviewed(entry):
    """Raise reviewed_already, or nothing_to_review where there is no sign that cannot wait."""
    if entry.reviewed_at:
        raise ValidationError("Somebody has looked at this already.", code="reviewed_already")
    if entry.entered_in_error_at or entry.duty_id is None:
        raise ValidationError("There is no sign here that cannot wait.", code="nothing_to_review")


@needs(is_unreviewed)
@transaction.atomic
def review_bladder(entry, *, finding, by, at=None):
    """A nurse or prescriber looked, and says what was found. Raises reviewed_already, nothing_to_review."""
    Episode.objects.lock(entry.episode_id)
    entry = BladderEntry.objects.lock(entry.pk)
    at = at or timezone.now()
    review_bladder.require(entry)
    entry.reviewed_at, entry.reviewed_by, entry.finding = at, by, finding
    entry.save(update_fields=["reviewed_at", "reviewed_by", "finding"])
    if entry.duty.is_open():
        duties.resolve(entry.duty, by=by, at=at, reason=finding)
    entry.refresh_from_db()
    return entry


@transaction.atomic
def mark_error(entry, *, reason, by, at=None):
    """It was written down by mistake: the review it called for is not owed to this person, the log is owed again."""
    episode, at = Episode.objects.lock(entry.episode_id), at or timezone.now()
    entry = patients.mark_error(entry, reason=reason, by=by, at=at)
    owe_again(episode, LOG, entry.logged_at, by=by, at=at)
    if entry.duty and entry.duty.is_open():
        duties.cancel(entry.duty, by=by, at=at, reason="entered in error")
    return entry
