"""What must be asked before a medication is ordered or given: pure rules over what is known of a person.

No rule here reads the database; `actions/medication_facts.py` gathers what they ask for. It is not a full interaction
checker, and every page that shows a finding says so.
"""

from . import general, ketamine, lamotrigine, naltrexone
from .facts import Catalog, Check, Drug, Facts, Finding, KnownAllergy, Level, Proposed, Taken
from .limits import LIMITS

NOT_A_CHECKER = (
    "This is not a full interaction checker. It knows allergies, naltrexone and opioids, lamotrigine, ketamine and "
    "what is ordered twice; everything else is the prescriber's and the pharmacist's to know."
)
RULES = (general.allergies, naltrexone.gate, naltrexone.reverse, lamotrigine.titration, ketamine.warnings,
         general.duplicates)  # fmt: skip


def is_asked_each_time(drug):
    """Is what may have changed since the last dose asked again? Of naltrexone and opioids, in both directions."""
    return "naltrexone" in drug.ingredients or drug.is_opioid()


def check(facts, order):
    """Every finding about this order: what blocks first."""
    found = [finding for rule in RULES for finding in rule(facts, order)]
    return sorted(found, key=lambda finding: finding.level != Level.BLOCK)


__all__ = [
    "LIMITS",
    "NOT_A_CHECKER",
    "Catalog",
    "Check",
    "Drug",
    "Facts",
    "Finding",
    "KnownAllergy",
    "Level",
    "Proposed",
    "Taken",
    "check",
    "is_asked_each_time",
]
