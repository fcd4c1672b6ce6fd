"""Tiers: found in answers and misses, raised and lowered by staff. Nothing but contact follows from one."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from duties import actions as duties
from duties.models import Duty
from duties.models import Outcome as DutyOutcome
from patients.actions import needs
from treatment.actions.safety import owed as safety_owed
from treatment.models import Danger, Session
from treatment.models.sessions import CAME

from .. import tiers
from ..models import WAS_ANSWERED, AftercarePlan, Answer, AnsweredBy, CheckInOutcome, Tier, TieredFor, Tiering
from ..questions import Known
from .plans import locked, rearrange

HEARD = (AnsweredBy.CALL, AnsweredBy.IN_PERSON)  # somebody spoke with the person
CALLS = {"contact", "check_in", "red_call", "critical_contact"}  # duties that are done by calling


def judge(plan, check_in, *, answer=None, known=None, by, at, reason=""):
    """Give a locked plan the tier that an answer calls for, or a miss; returns (tiering, what is owed for it).

    An answer that was given before another one only raises. `reason` is what a clinician who is present found:
    then nothing is owed. What is `known` is not asked for.
    """
    known = known or Known(check_in)
    signs, calls = known.rules
    facts = known.facts | {"misses": _misses(plan) if answer is None or check_in.closed_at else 0}
    before, stale = None, False
    if answer is not None:
        facts |= answer.given
        last = next((other for other in known.answers if other.pk != answer.pk), None)
        stale = last is not None and last.answered_at > at
        before = None if stale or last is None else last.given
    found, signs_found = tiers.tier(facts, signs.items, before)
    rules = {rule["code"]: rule for rule in calls.items}
    tier = tiers.settles(plan.tier, found, heard=_heard(answer, stale), lowered_by=_lowered_by(rules))
    tiering = _give(
        plan,
        tier,
        found=found,
        because=TieredFor.MISS if answer is None else TieredFor.ANSWER,
        check_in=check_in,
        answer=answer,
        signs=signs_found,
        edition=signs.edition,
        reason=reason,
        by=by,
        at=at,
    )
    return tiering, [] if reason else _owed(plan, tiering, rules, check_in)


def _heard(answer, stale=False):
    """What lowers: an answer that says something, and is the newest."""
    if answer is None or stale or not set(answer.given) - {"text"}:
        return "nothing"
    return "contact" if answer.how in HEARD else "answer"


def _lowered_by(rules):
    return {code: rule.get("lowered_by", "staff") for code, rule in rules.items()}


def _give(plan, tier, *, found, because, by, at, signs=(), **fields):
    """Write a tiering, and the tier on the plan."""
    tiering = Tiering.objects.create(
        patient_id=plan.patient_id,
        facility_id=plan.facility_id,
        plan=plan,
        was=plan.tier,
        tier=tier,
        found=found,
        because=because,
        signs=list(signs),
        weight=sum(sign["weight"] for sign in signs),
        at=at,
        by=by,
        **fields,
    )
    if plan.tier != tier:
        plan.tier = tier
        plan.save(update_fields=["tier"])
    return tiering


def _misses(plan):
    """Check-ins missed in a row, the newest backwards; those we did not ask about count neither way."""
    answered = Answer.objects.right().filter(check_in=OuterRef("pk"))
    closed = plan.check_ins.right().filter(closed_at__isnull=False).order_by("-number")
    count = 0
    for outcome, told in closed.values_list("outcome", Exists(answered))[:10]:
        if told or outcome in WAS_ANSWERED:
            break
        count += outcome == CheckInOutcome.MISSED
    return count


def _owed(plan, tiering, rules, check_in):
    """What the signs call for, as `duties.open` takes it, marked so that it is owed once a person."""
    wanted = []
    keys = {sign["key"] for sign in tiering.signs}
    rule = rules[Tier(tiering.found)]
    about = {"patient": plan.patient, "facility": plan.facility, "episode": plan.open_episode()}
    if "slug" in rule:
        wanted.append(
            about
            | {
                "slug": rule["slug"],
                "owner_role": rule["owner_role"],
                "due_at": _call_by(plan, rule, keys, tiering.at),
                "because_of": check_in and check_in.duty,
                "once": f"{rule['slug']}:{plan.patient_id}",
                "note": tiering.words()[:500],
            }
        )
    if "phq_item_9" in keys:
        who = safety_owed(Danger.MODERATE, plan.facility, tiering.at)
        wanted.append(about | who | {"once": f"safety:{plan.patient_id}", "note": "PHQ-9 item 9 at a check-in"})
    return wanted


def _call_by(plan, rule, keys, at):
    """The next day early on and after what kills, else within working time (domain 7.3)."""
    early = at < plan.anchor_at + timedelta(days=rule.get("early_days", 0) + 1)
    if "else_working_hours" not in rule or early or keys & set(rule["soon"]):
        return at + timedelta(hours=rule["within_hours"])
    return plan.facility.after_working(at, timedelta(hours=rule["else_working_hours"]))


def can_be_raised(plan):
    """Raise tier_not_higher at the highest."""
    if plan.tier == Tier.CRITICAL:
        raise ValidationError("There is no higher tier.", code="tier_not_higher")


def can_be_lowered(plan):
    """Raise tier_not_lower at the lowest."""
    if plan.tier == Tier.GREEN:
        raise ValidationError("There is no lower tier.", code="tier_not_lower")


@needs(AftercarePlan.require_active, can_be_raised)
@transaction.atomic
def raise_tier(plan, *, tier, reason, by, at=None):
    """Somebody is more worried than the signs are, and says why; what the tier owes is owed.

    Raises plan_ended, tier_not_higher.
    """
    plan, at, tier = locked(plan), at or timezone.now(), Tier(tier)
    if tier.rank <= Tier(plan.tier).rank:
        raise ValidationError("This is not higher than the tier now.", code="tier_not_higher")
    rules = {rule["code"]: rule for rule in tiers.in_force()[1].items}
    tiering = _give(plan, tier, found=tier, because=TieredFor.RAISED, reason=reason, by=by, at=at)
    duties.open_or_note(_owed(plan, tiering, rules, None), by=by, at=at)
    rearrange(plan, by=by, at=at, note=f"{tier.label}: {reason}")
    plan.refresh_from_db()
    return plan


def somebody_spoke_with_them(plan):
    """Raise contact_first unless there was contact since the tier rose (domain 7.2).

    Contact is a call that reached them, a session, or an answer by phone or in person.
    """
    if plan.tier == Tier.GREEN:
        return
    rose = plan.tierings.exclude(was=plan.tier).filter(tier=plan.tier).order_by("-id").first()
    since = rose.at if rose else plan.began_at
    of = {"patient": plan.patient_id}
    reached = Duty.objects.filter(
        ladder__slug__in=CALLS, outcome=DutyOutcome.RESOLVED, close_reason__startswith="Reached", closed_at__gte=since
    )
    spoke = (
        Answer.objects.right().filter(how__in=HEARD, answered_at__gt=since, **of).exists()
        or reached.filter(**of).exists()
        or Session.objects.right().filter(attendance__in=CAME, started_at__gte=since, **of).exists()
    )
    if not spoke:
        raise ValidationError("Speak with the person first: lower only after contact.", code="contact_first")


@needs(AftercarePlan.require_active, can_be_lowered, somebody_spoke_with_them)
@transaction.atomic
def lower_tier(plan, *, tier, reason, by, at=None):
    """Somebody spoke with the person and is less worried, and says why.

    Raises plan_ended, tier_not_lower, contact_first.
    """
    plan, at, tier = locked(plan), at or timezone.now(), Tier(tier)
    if tier.rank >= Tier(plan.tier).rank:
        raise ValidationError("This is not lower than the tier now.", code="tier_not_lower")
    lower_tier.require(plan)
    _give(plan, tier, found=tier, because=TieredFor.LOWERED, reason=reason, by=by, at=at)
    rearrange(plan, by=by, at=at, note=f"{tier.label}: {reason}")
    plan.refresh_from_db()
    return plan


def take_back_misses(plan, check_ins, *, reason, by, at):
    """These were not missed by the person: a tier that was given for them alone holds no longer."""
    given = plan.tierings.order_by("-id").first()
    first = plan.tierings.filter(check_in__in=check_ins, because=TieredFor.MISS).order_by("id").first()
    if first is None or given.because != TieredFor.MISS or first.was == plan.tier:
        return
    since = plan.tierings.filter(id__gte=first.id)
    if since.exclude(because=TieredFor.MISS).exists():
        return
    _give(plan, first.was, found=first.was, because=TieredFor.LOWERED, reason=reason, by=by, at=at)


def correct(plan, answer, *, reason, by, at):
    """An answer of a locked plan was entered in error: the tier is what it would be without it, with its signs.

    What was opened for it stays owed, and says so: whoever owes it looks at the person and ends it (domain 7.3).
    """
    mine = list(plan.tierings.filter(answer=answer).order_by("id"))
    if not mine:
        return
    rules = {rule["code"]: rule for rule in tiers.in_force()[1].items}
    words = f"An answer was entered in error: {reason}"[:500]
    told, with_misses = _without(plan, mine[0], rules)
    _give_again(plan, told, TieredFor.CORRECTED, reason=words, by=by, at=at)
    if with_misses.tier != told.tier:
        _give_again(plan, with_misses, TieredFor.MISS, check_in=with_misses.check_in, by=by, at=at)
    opened = [one for tiering in mine for one in _owed(plan, tiering, rules, None)]
    if answer.wants_call:
        opened.append({"facility": plan.facility, "once": f"asked:{plan.patient_id}"})
    duties.note_marked([{**one, "note": words} for one in opened], by=by, at=at)


def _give_again(plan, standing, because, **fields):
    _give(plan, standing.tier, found=standing.tier, because=because, signs=standing.signs, **fields)


def _without(plan, first, rules):
    """What holds when everything since `first` is reckoned anew without it: of answers and staff, and with misses."""
    told = with_misses = Tiering(tier=first.was, signs=_signs_of(plan, first))
    newest = None
    since = plan.tierings.standing().filter(id__gt=first.id).order_by("id").select_related("answer", "check_in")
    for tiering in since:
        heard = {}
        if tiering.because == TieredFor.ANSWER:
            stale = newest is not None and tiering.answer.answered_at < newest
            newest = max(newest or tiering.answer.answered_at, tiering.answer.answered_at)
            heard = {"heard": _heard(tiering.answer, stale), "lowered_by": _lowered_by(rules)}
        with_misses = _after(with_misses, tiering, _moved(with_misses.tier, tiering, heard))
        if tiering.because != TieredFor.MISS:
            told = _after(told, tiering, _moved(told.tier, tiering, heard))
    return told, with_misses


def _moved(tier, tiering, heard):
    """What a tiering makes of a tier."""
    match tiering.because:
        case TieredFor.ANSWER:
            return tiers.settles(tier, tiering.found, **heard)
        case TieredFor.MISS:
            return max(tier, tiering.found, key=_rank)
        case TieredFor.RAISED:
            return max(tier, tiering.tier, key=_rank)
        case TieredFor.LOWERED:
            return min(tier, tiering.tier, key=_rank)


def _rank(tier):
    return Tier(tier).rank


def _after(before, tiering, tier):
    """The tier now, with the signs that it holds for: those of the tiering that found it, else the ones before."""
    mine = tier == tiering.found
    return Tiering(tier=tier, signs=tiering.signs if mine else before.signs, check_in=tiering.check_in)


def _signs_of(plan, first):
    """The signs of what held before."""
    before = plan.tierings.standing().filter(id__lt=first.id, tier=first.was).order_by("-id").first()
    return before.signs if before else []
