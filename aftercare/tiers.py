"""The signs a tier is given for, as data, and the tier they call for: pure, but for reading the edition.

Editions are checklists: `risk-signs` (when is it one, of which tier and weight, by which source) and `risk-calls`
(who is owed a call by when, and what lowers a tier).
"""

from treatment.models import Checklist

from .models.tiers import Tier
from .questions import CALLS, SIGNS, holds


def in_force():
    """(signs, calls), the editions in force, in one statement."""
    return Checklist.objects.current_of(SIGNS, CALLS)


def tier(facts, signs, before=None):
    """(tier, signs found) of what is known now; `before` is what was answered the time before (domain 7.2)."""
    found = [
        {"key": sign["code"], "tier": sign["tier"], "weight": sign["weight"], "says": sign["text"]}
        for sign in signs
        if holds(sign["when"], facts, before)
    ]
    return max((Tier(sign["tier"]) for sign in found), key=lambda one: one.rank, default=Tier.GREEN), found


def settles(was, found, *, heard, lowered_by):
    """The tier that holds now. Signs raise at once; `heard` (nothing, answer, contact) says what may lower.

    `lowered_by` is the least that lowers each tier: answer, contact, or staff alone (domain 7.2).
    """
    was, found = Tier(was), Tier(found)
    if found.rank >= was.rank:
        return found
    enough = {"answer": ("answer", "contact"), "contact": ("contact",)}.get(lowered_by.get(was, "staff"), ())
    return found if heard in enough else was
