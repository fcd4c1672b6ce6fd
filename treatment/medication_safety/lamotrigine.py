"""Lamotrigine: slowly up, again from the beginning after too long a gap, and never on with a rash."""

from datetime import timedelta
from decimal import Decimal

from .facts import block, warn
from .limits import LIMITS

SOURCE = "titration by label, from memory; verify with the label in force"
OURS = LIMITS["lamotrigine"]


def restart_after(with_valproate):
    """After a gap of more than five half-lives it is begun anew (domain 6.6)."""
    half_life = OURS["half_life_hours"]["with_valproate" if with_valproate else "alone"]
    return timedelta(hours=half_life * OURS["restart_after_half_lives"])


def most(began, at, with_valproate):
    """The highest daily dose in mg at this point of the titration; half of it beside valproate."""
    steps = OURS["steps"]["with_valproate" if with_valproate else "alone"]
    days = (at - began).days
    return Decimal(str([dose for day, dose in steps if days >= day][-1]))


def titration(facts, order):
    """Slow titration, the rash stop rule, half the dose beside valproate, a restart after a gap (domain 6.6)."""
    valproate = any(one.current for one in facts.of("valproate"))
    taken = facts.of("lamotrigine")
    if "valproate" in order.drug.ingredients:
        if any(one.current for one in taken):
            yield warn(
                "valproate_on_lamotrigine",
                "Valproate about doubles lamotrigine: halve the lamotrigine and titrate anew.",
                SOURCE,
            )
        return
    if "lamotrigine" not in order.drug.ingredients:
        return
    if any(one.rash for one in taken):
        yield block(
            "lamotrigine_rash",
            "Lamotrigine was stopped because of a rash. It is not begun again unless the rash had another cause.",
            SOURCE,
            overridable=True,
        )
    began, unsure = _began(taken, order.at, valproate)
    if order.daily_mg is None:
        yield block(
            "lamotrigine_dose_unread", "Give the dose in mg, so that it can be checked.", SOURCE, overridable=True
        )
        return
    limit = most(began, order.at, valproate)
    known = max((one.daily_mg for one in taken if one.current and one.daily_mg), default=None)
    if order.daily_mg > limit and not (unsure and known is not None and order.daily_mg <= known):
        gap = began == order.at and any(one.last_at for one in taken)
        beside = " beside valproate" if valproate else ""
        why = "After so long a gap it is begun anew" if gap else "It is raised slowly"
        yield block(
            "lamotrigine_restart" if gap else "lamotrigine_too_fast",
            f"{why}: at most {limit.normalize():f} mg a day{beside} at this point.",
            SOURCE,
            overridable=True,
        )
    yield warn("lamotrigine_rash_watch", "Any rash: stop it, and a clinician looks the same day.", SOURCE)


def _began(taken, at, valproate):
    """(when the present run began, is that not known?): now, where there is none or a gap was too long."""
    longest = restart_after(valproate)
    running = [one for one in taken if (at - one.last_at <= longest if one.last_at else one.current)]
    if not running:
        return at, False
    since = [one.since for one in running if one.since]
    return (min(since), False) if since else (at, True)
