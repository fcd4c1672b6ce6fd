"""Ketamine and esketamine that a prescriber orders."""

from .facts import block, warn
from .limits import LIMITS

SOURCE = "contraindications of prescribed ketamine: survey for the first two, from memory for blood pressure"


def warnings(facts, order):
    """Schizophrenia, pregnancy, breastfeeding, high blood pressure (domain 6.6, 10): a prescriber says why.

    They are about ketamine that is ordered, never a ground to refuse or delay an admission.
    """
    if "ketamine" not in order.drug.classes:
        return
    if schizophrenia := facts.has("schizophrenia"):
        yield block("ketamine_schizophrenia", f"On record: {schizophrenia}.", SOURCE, overridable=True)
    if facts.pregnant:
        yield block("ketamine_pregnancy", "The person is pregnant.", SOURCE, overridable=True)
    if facts.breastfeeding:
        yield block("ketamine_breastfeeding", "The person is breastfeeding.", SOURCE, overridable=True)
    limit, measured = LIMITS["ketamine"], facts.pressure
    if measured and (measured[0] >= limit["systolic"] or (measured[1] or 0) >= limit["diastolic"]):
        said = f"{measured[0]}/{measured[1]}" if measured[1] else f"{measured[0]}"
        yield block(
            "ketamine_blood_pressure", f"Blood pressure was {said} when last measured.", SOURCE, overridable=True
        )
    elif measured is None:
        yield warn(
            "ketamine_pressure_unknown",
            "Blood pressure was not measured in the last week."
            + (f" On record: {known}." if (known := facts.has("hypertension")) else ""),
            SOURCE,
        )
    if facts.uses_ketamine:
        yield warn("ketamine_use", "The person is treated for the use of ketamine.", "use on record")
