"""Ordering what is measured, its results and who reads them; and the checks that ketamine asks for (domain 6.4)."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import Role, User
from duties import actions as duties
from duties.models import Duty
from patients import actions as patients
from patients.actions import at_stage, needs
from patients.models import Episode, Stage, SubstanceUse

from ..models import BladderEntry, BodyCheck, Checklist, Investigation
from ..models.bladder import symptoms
from ..models.investigations import Kind, checked, micromoles
from ..models.urology import ReferredBecause
from ..models.uses import before_the_night
from .observations import where
from .urology import plan_referral

log = logging.getLogger(__name__)
CHECKS, RED_FLAGS, SYMPTOMS = "body-checks", "body-red-flags", "bladder-symptoms"
BASELINE_WITHIN = timedelta(hours=72)  # [D]
READ_WITHIN = timedelta(hours=48)  # [D]
REPEAT_LIVER_AFTER = timedelta(weeks=4)  # [D]
DUCTS_WITHIN = timedelta(days=14)  # [D]
LOOKED_AT_LATELY = timedelta(weeks=12)  # an ultrasound of the bile ducts is not asked for again [D]
LATELY = timedelta(days=28)  # a symptom that was told since then asks for imaging [D]
BLOOD_LATELY = timedelta(days=14)  # blood that was seen since then, when an infection is found or not [D]


def uses_ketamine(patient):
    """Do the rules about ketamine fire for this person? Only on rows of ketamine (domain 10)."""
    return SubstanceUse.objects.of(patient).ketamine().exists()


# Orders.


@needs(at_stage(*set(Stage) - {Stage.CLOSED}))
@transaction.atomic
def order(episode, *, kind, due_at, what="", why="", by, at=None, id=None):
    """Something is to be measured or looked at by then. Raises what_missing, due_before_order."""
    episode = Episode.objects.lock(episode.pk)
    at = at or timezone.now()
    order.require(episode)
    if due_at < at:
        raise ValidationError("It is due after it is ordered.", code="due_before_order")
    investigation = _new(
        episode, kind, facility=where(episode), due_at=due_at, what=what, why=why, ordered_at=at, ordered_by=by
    )
    if id:
        investigation.id = id
    investigation.duty = duties.open(**_owed(investigation), by=by, at=at)
    investigation.save(force_insert=True)
    return investigation


def _new(episode, kind, **fields):
    """A row, not written yet."""
    return Investigation(patient_id=episode.patient_id, episode=episode, kind=kind, **fields)


def _owed(investigation):
    """What `duties.open` takes for an order of its own."""
    return {
        "slug": "investigation",
        "facility": investigation.facility,
        "episode": investigation.episode,
        "owner_role": Role.NURSE,
        "due_at": investigation.due_at,
        "note": str(investigation),
    }


@dataclass(frozen=True)
class Asked:
    """To be measured or looked at by then, unless it is ordered, or was done since."""

    kind: Kind
    unless_done_since: datetime
    due_at: datetime
    why: str

    def is_met_by(self, kind, done_at):
        """By an order that is to be done still, or was done late enough?"""
        return kind == self.kind and (done_at is None or done_at >= self.unless_done_since)


def not_there_yet(episode, facility, asked, *, by, at):
    """Orders for what of this nobody ordered, on a locked episode, and nobody did since.

    [(row not written yet, what `duties.open` takes)]
    """
    if not asked:
        return []
    told = Investigation.objects.right().filter(episode=episode, kind__in=[one.kind for one in asked])
    there = list(told.filter(not_done_at=None).values_list("kind", "done_at"))
    fields = {"facility": facility, "ordered_at": at, "ordered_by": by}
    rows = [
        _new(episode, one.kind, due_at=one.due_at, why=one.why, **fields)
        for one in asked
        if not any(one.is_met_by(kind, done_at) for kind, done_at in there)
    ]
    return [(row, _owed(row)) for row in rows]


def hung_on(opened, wanted):
    """Rows with the duties that were opened for them, to be written: `wanted` is [(row, what was opened)]."""
    for (row, _), duty in zip(wanted, opened, strict=True):
        row.duty = duty
    return [row for row, _ in wanted]


# Results.


def is_open(investigation):
    """Raise done_already."""
    if investigation.done_at or investigation.not_done_at:
        raise ValidationError("What came of this is written down already.", code="done_already")
    if investigation.entered_in_error_at:
        raise ValidationError("This is marked as entered in error.", code="error_marked")


def _locked(investigation):
    episode = Episode.objects.select_related("patient").lock(investigation.episode_id)
    rows = Investigation.objects.select_related("facility", "duty", "body_check__duty", "body_check__checklist")
    investigation = rows.lock(investigation.pk)
    investigation.episode = episode
    return investigation


@needs(is_open)
@transaction.atomic
def record(investigation, *, values=None, report="", by, at=None):
    """What was measured or seen; a reading is owed, the same day or at once where a sign cannot wait.

    Values are {measure: {value, unit, low, high} or {found}}. Raises done_already, nothing_reported, unknown_measure,
    unit_unknown, value_missing.
    """
    investigation = _locked(investigation)
    record.require(investigation)
    at = at or timezone.now()
    investigation.values = checked(investigation.kind, values or {})
    investigation.report = report
    investigation.done_at, investigation.done_by = at, by
    flags = _red_flags(investigation) if uses_ketamine(investigation.episode.patient) else None
    investigation.red_flags = [flag["text"] for flag in flags or []]
    investigation.read_duty = _owe_reading(investigation, flags or [], by=by, at=at)
    investigation.save()
    if flags is not None:
        _follow(investigation, by=by, at=at)
    _settle(investigation, by=by, at=at, reason="done")
    investigation.refresh_from_db()
    return investigation


def _red_flags(investigation):
    """Items of the checklist of signs that these values meet (domain 6.4)."""
    found = {code for code, told in investigation.values.items() if told.get("found")}
    items = Checklist.objects.current(RED_FLAGS).items
    rise = next((item for item in items if item["code"] == "creatinine_rise"), None)
    if rise and "creatinine" in investigation.values and _has_risen(investigation, rise):
        found.add("creatinine_rise")
    return [item for item in items if item["code"] in found]


def _has_risen(investigation, limit):
    """Is creatinine above the baseline by the limit? Baseline: the first of the episode, else the last before."""
    earlier = Investigation.objects.of(investigation.episode.patient).done().filter(kind=Kind.RENAL)
    earlier = [row for row in earlier.order_by("done_at", "pk") if row.values.get("creatinine")]
    here = [row for row in earlier if row.episode_id == investigation.episode_id]
    baseline = here[0] if here else earlier[-1] if earlier else None
    if baseline is None:
        return False
    was, now = (micromoles("creatinine", row.values["creatinine"]) for row in (baseline, investigation))
    by_percent = was * (1 + Decimal(limit["by_percent"]) / 100)
    return now - was >= limit["by_micromoles"] or now >= by_percent


def _owe_reading(investigation, flags, *, by, at):
    """One reading for all that is unread on this thread; one of its own, today or now, for what cannot wait."""
    wanted = {"slug": "results_reading", "due_at": at + READ_WITHIN, "note": ""}
    if flags:
        urgent = any(flag["urgency"] == "urgent" for flag in flags)
        note = f"{investigation}: {', '.join(investigation.red_flags)}"
        due_at = at if urgent else before_the_night(investigation.facility, at)
        wanted = {"slug": "medical_review_now" if urgent else "medical_review", "due_at": due_at, "note": note}
    else:
        here = {"investigations_to_read__episode": investigation.episode, "ladder__slug": wanted["slug"]}
        unread = Duty.objects.open().filter(**here).first()
        if unread:
            return unread
    about = {"facility": investigation.facility, "episode": investigation.episode}
    return duties.open(wanted.pop("slug"), owner_role=Role.PRESCRIBER, by=by, at=at, **about, **wanted)


def _follow(investigation, *, by, at):
    """What results ask for in somebody who uses or used ketamine (domain 6.4)."""
    episode, values = investigation.episode, investigation.values
    raised = [code for code in ("alp", "ggt", "bilirubin") if values.get(code, {}).get("out") == "high"]
    if raised:
        asked = [_ducts("raised liver values", at), _liver_again("raised liver values", at)]
        orders = not_there_yet(episode, where(episode), asked, by=by, at=at)
        opened = duties.open_all([owed for _, owed in orders], by=by, at=at)
        Investigation.objects.bulk_create(hung_on(opened, orders))
    found = {code for code, told in values.items() if told.get("found")}
    if found & {"hydronephrosis", "retention"}:
        plan_referral(episode, ReferredBecause.BLOCKED, by=by, at=at)
    if _is_free_of_infection(investigation) and _blood_was_seen(episode, at):
        plan_referral(episode, ReferredBecause.BLOOD, by=by, at=at)


def _ducts(why, at):
    return Asked(Kind.BILIARY_ULTRASOUND, at - LOOKED_AT_LATELY, at + DUCTS_WITHIN, why)


def _liver_again(why, at):
    return Asked(Kind.LIVER, at + LATELY, at + REPEAT_LIVER_AFTER, why)


def because_of_cramps(at):
    """Cramps in the upper belly ask for liver values and an ultrasound of the bile ducts (domain 6.4)."""
    why = "cramps in the upper belly"
    return [Asked(Kind.LIVER, at - LATELY, at + READ_WITHIN, why), _ducts(why, at)]


def _is_free_of_infection(investigation):
    asked = {Kind.URINALYSIS: {"leukocytes", "nitrite"}, Kind.URINE_CULTURE: {"growth"}}.get(investigation.kind)
    return asked is not None and all(investigation.values.get(code) == {"found": False} for code in asked)


def _blood_was_seen(episode, at):
    entries = BladderEntry.objects.right().filter(episode=episode, visible_blood=True)
    return entries.filter(logged_at__gte=at - BLOOD_LATELY).exists()


def _settle(investigation, *, by, at, reason, close=duties.resolve):
    """What was owed for it is over; when it was the last of its check, the next check is owed."""
    if investigation.duty and investigation.duty.is_open():
        close(investigation.duty, by=by, at=at, reason=reason)
    check = investigation.body_check
    if check and check.ended_at is None and not check.investigations.open().exists():
        check.episode = investigation.episode
        _end_check(check, by=by, at=at)
        _plan_check(check.episode, check.checklist, check.step + 1, anchor_at=check.anchor_at, by=by, at=at)


@needs(is_open)
@transaction.atomic
def not_done(investigation, *, reason, by, at=None):
    """It is not done: the person declined, or it is not needed. Raises done_already."""
    investigation = _locked(investigation)
    not_done.require(investigation)
    at = at or timezone.now()
    investigation.not_done_at, investigation.not_done_by, investigation.not_done_because = at, by, reason
    investigation.save()
    _settle(investigation, by=by, at=at, reason=f"not done: {reason}", close=duties.cancel)
    investigation.refresh_from_db()
    return investigation


def is_to_be_read(investigation):
    """Raise nothing_to_read or read_already."""
    if investigation.done_at is None or investigation.entered_in_error_at:
        raise ValidationError("There is no result to be read.", code="nothing_to_read")
    if investigation.read_at:
        raise ValidationError("Somebody has read this already.", code="read_already")


@needs(is_to_be_read)
@transaction.atomic
def read(investigation, *, words, by, at=None):
    """A clinician read the result, and says what follows. Raises nothing_to_read, read_already, words_missing."""
    investigation = _locked(investigation)
    read.require(investigation)
    at = at or timezone.now()
    investigation.read_at, investigation.read_by, investigation.reading = at, by, words
    investigation.save(update_fields=["read_at", "read_by", "reading"])
    _end_reading(investigation, by=by, at=at, close=duties.resolve, reason="read")
    investigation.refresh_from_db()
    return investigation


def _end_reading(investigation, *, by, at, close, reason):
    duty = investigation.read_duty
    if duty and duty.is_open() and not duty.investigations_to_read.unread().exists():
        close(duty, by=by, at=at, reason=reason)


@transaction.atomic
def mark_error(investigation, *, reason, by, at=None):
    """It was written down by mistake; what it called for is not owed, and its check goes on without it."""
    investigation = _locked(investigation)
    at = at or timezone.now()
    patients.mark_error(investigation, reason=reason, by=by, at=at)
    investigation.refresh_from_db()
    _end_reading(investigation, by=by, at=at, close=duties.cancel, reason="entered in error")
    _settle(investigation, by=by, at=at, reason="entered in error", close=duties.cancel)
    return investigation


# Checks, after a number of weeks.


def plan_checks(now=None):
    """Checks are owed to whoever is in treatment or after it, uses or used ketamine, and has none yet.

    By the clock and not by a verb, so that it holds whichever came first: the ketamine row, the admission, a merge.
    Returns how many were begun.
    """
    now, count = now or timezone.now(), 0
    of_theirs = Q(patient=OuterRef("patient")) | Q(patient__merged_into=OuterRef("patient"))
    ketamine = SubstanceUse.objects.ketamine().filter(of_theirs)
    none_yet = ~Exists(BodyCheck.objects.right().filter(episode=OuterRef("pk")))
    due = Episode.objects.open().filter(
        Exists(ketamine), none_yet, stage__in=[Stage.TREATMENT, Stage.AFTERCARE], patient__death_reported_at=None
    )
    system = User.objects.system()
    for key in list(due.values_list("pk", flat=True)):
        try:
            count += _begin_checks(key, by=system, at=now)
        except Exception:  # one poisoned thread must not stop the others; the next turn tries again
            log.exception("checks of episode %s are stuck", key)
    return count


@transaction.atomic
def _begin_checks(key, *, by, at):
    episode = Episode.objects.lock(key)
    if episode.body_checks.right().exists() or episode.stage == Stage.CLOSED:
        return 0
    _plan_check(episode, Checklist.objects.current(CHECKS), 0, anchor_at=at, by=by, at=at)
    return 1


def _plan_check(episode, checklist, step, *, anchor_at, by, at):
    """One set is owed: what is always looked at, and what symptoms add. Nothing after the last."""
    if step >= len(checklist.items) or episode.stage == Stage.CLOSED:
        return
    item, facility = checklist.items[step], where(episode)
    due_at = max(anchor_at + timedelta(weeks=item["weeks"]), at + BASELINE_WITHIN)
    duty = duties.open(
        "body_check",
        facility=facility,
        episode=episode,
        owner_role=Role.NURSE,
        due_at=due_at,
        note=item["text"],
        by=by,
        at=at,
    )
    check = BodyCheck.objects.create(
        patient_id=episode.patient_id,
        facility=facility,
        episode=episode,
        checklist=checklist,
        step=step,
        name=item["text"],
        anchor_at=anchor_at,
        duty=duty,
        began_at=at,
        began_by=by,
    )
    told = has_symptoms(episode, at)
    kinds = [*item["always"], *(item["with_symptoms"] if told else [])]
    Investigation.objects.bulk_create(_of_check(check, kinds, due_at=due_at, by=by, at=at))


def _of_check(check, kinds, *, due_at, by, at, why=""):
    """Rows of a check, not written yet; the duty of the check is theirs."""
    fields = {"why": why or check.name, "due_at": due_at, "ordered_at": at, "ordered_by": by}
    return [_new(check.episode, kind, facility=check.facility, body_check=check, **fields) for kind in kinds]


def has_symptoms(episode, at):
    """Was a symptom of the bladder told lately?"""
    limits = Checklist.objects.current(SYMPTOMS).items
    entries = BladderEntry.objects.right().filter(episode=episode, logged_at__gte=at - LATELY)
    return any(symptoms(vars(entry), limits) for entry in entries)


def imaging(episode, *, why, by, at):
    """What symptoms add to the check that is to be made, on a locked episode: rows not written yet (domain 6.4)."""
    of_it = Investigation.objects.right().filter(body_check=OuterRef("pk")).order_by()
    checks = episode.body_checks.open().select_related("checklist", "duty", "facility")
    check = checks.annotate(kinds=ArraySubquery(of_it.values("kind"))).first()
    if check is None:
        return []
    missing = [kind for kind in check.checklist.items[check.step]["with_symptoms"] if kind not in check.kinds]
    return _of_check(check, missing, due_at=max(check.duty.due_at, at), why=why, by=by, at=at)


def check_is_open(check):
    """Raise check_ended."""
    if check.ended_at or check.entered_in_error_at:
        raise ValidationError("This check has ended.", code="check_ended")


def _end_check(check, *, by, at, reason=""):
    check.ended_at, check.ended_by, check.stop_reason = at, by, reason
    check.save(update_fields=["ended_at", "ended_by", "stop_reason"])
    if check.duty.is_open():
        close = duties.cancel if reason else duties.resolve
        close(check.duty, by=by, at=at, reason=reason or "every result of the set is there")


@needs(check_is_open)
@transaction.atomic
def stop_checks(check, *, reason, by, at=None):
    """No more checks on this thread, for a reason somebody stands for; what was ordered for it is not done."""
    Episode.objects.lock(check.episode_id)
    check = BodyCheck.objects.select_related("duty").lock(check.pk)
    stop_checks.require(check)
    _stop(check, reason=reason, by=by, at=at or timezone.now())
    check.refresh_from_db()
    return check


def _stop(check, *, reason, by, at):
    check.investigations.open().update(not_done_at=at, not_done_by=by, not_done_because=reason)
    _end_check(check, by=by, at=at, reason=reason)


def end_with_episode(episode, *, reason, by, at):
    """A locked episode closes: its checks and its referral end with it, in words."""
    for check in episode.body_checks.open().select_related("duty"):
        _stop(check, reason=reason, by=by, at=at)
    for referral in episode.urology_referrals.open().select_related("duty"):
        referral.ended_at, referral.ended_by, referral.not_seen_because = at, by, reason
        referral.save()
