"""What tests look for, and drugs given before arrival, as data."""

import json
from dataclasses import dataclass
from pathlib import Path

DATA = json.loads((Path(__file__).parent.parent / "data" / "analytes.json").read_text())


@dataclass(frozen=True)
class Analyte:
    """One substance, or a class of them, that a test can find."""

    code: str
    name: str
    family: str
    loinc: str = ""
    explained_by: tuple = ()
    misses: str = ""

    def is_explained_by(self, names):
        """Does the name of one of these medicines explain a positive? Small letters."""
        return any(word in name for name in names for word in self.explained_by)


ANALYTES = {
    one["code"]: Analyte(**{**one, "explained_by": tuple(one.get("explained_by", ()))}) for one in DATA["analytes"]
}


def choices():
    """Code and name of each: called by the columns, so that a new one needs no migration."""
    return [(one.code, one.name) for one in ANALYTES.values()]


CHOICES = choices()


def of_family(*families):
    """The codes of these families."""
    return [code for code, one in ANALYTES.items() if one.family in families]


KETAMINE = of_family("ketamine")
OPIOID = of_family("opioid", "fentanyl")  # fentanyl and its kin are opioids, and are never left out


def drug_code(name):
    """The code of a drug by the words in its name; “other” for what is not known by name."""
    said = name.lower()
    return next((one["code"] for one in DATA["drugs"] if any(word in said for word in one["words"])), "other")


def drugs_of_family(*families):
    """The codes of drugs given before arrival that belong to these families."""
    return [one["code"] for one in DATA["drugs"] if one["family"] in families]
