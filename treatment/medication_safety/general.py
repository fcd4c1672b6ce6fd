"""Allergies, and what is ordered twice."""

from .facts import block, classes_named, warn
from .limits import LIMITS

ALLERGY = "allergies on record"


def allergies(facts, order):
    """What the person reacts to is not given: rule the allergy out first. What is only of its kind may be, with a
    reason. Hypersensitivity is never overridden (domain 6.6)."""
    drug, ours = order.drug, order.drug.classes & set(LIMITS["allergy_classes"])
    for allergy in facts.allergies:
        same = allergy.drug.ingredients & drug.ingredients or _names_it(allergy.substance, drug)
        if same:
            yield block(
                "allergy",
                f"The person is allergic to {allergy.substance}. Rule the allergy out before this is given.",
                ALLERGY,
                overridable=False,
            )
        elif ours & (allergy.drug.classes | classes_named(allergy.substance)):
            yield block(
                "allergy_to_its_kind",
                f"The person is allergic to {allergy.substance}, which is of the same kind.",
                ALLERGY,
                overridable=not allergy.severe,
            )


def _names_it(substance, drug):
    """Is a medication nobody knows here the one that the allergy names?"""
    said, name = substance.strip().lower(), drug.name.strip().lower()
    return bool(said) and (said in name.split() or said == name or name in said.split())


def duplicates(facts, order):
    """The same, or of the same kind, is ordered already."""
    kinds = order.drug.classes & set(LIMITS["duplicate_classes"])
    for one in facts.taken:
        if one.key is None or not one.current or one.key == order.key or one.key in order.replaces:
            continue
        if one.drug.ingredients & order.drug.ingredients or one.drug.name.lower() == order.drug.name.lower():
            yield warn("ordered_already", f"{one.drug.name} is ordered already.", "orders on record")
        elif kinds & one.drug.classes:
            yield warn(
                "same_kind_ordered", f"{one.drug.name}, of the same kind, is ordered already.", "orders on record"
            )
