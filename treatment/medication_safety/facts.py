"""What rules know: plain values, and how a name that somebody typed is read."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from .limits import LIMITS


class Level(StrEnum):
    """What a finding does."""

    BLOCK = "block"
    WARN = "warn"


class Finding(NamedTuple):
    """What a rule found, in a sentence, with where the rule is from."""

    level: Level
    code: str
    sentence: str
    source: str
    overridable: bool = False

    def told(self):
        """As it is kept and sent."""
        return {**self._asdict(), "level": str(self.level)}


def block(code, sentence, source, *, overridable):
    """Not without a prescriber's reason, or not at all."""
    return Finding(Level.BLOCK, code, sentence, source, overridable)


def warn(code, sentence, source):
    """To be read."""
    return Finding(Level.WARN, code, sentence, source)


class Drug(NamedTuple):
    """A medication or substance, as rules know it."""

    name: str
    ingredients: frozenset = frozenset()
    classes: frozenset = frozenset()

    def is_opioid(self):
        """An agonist, partial ones included."""
        return "opioid" in self.classes


class Taken(NamedTuple):
    """Something the person takes or took: from an order, a statement, use, an ambulance or a test.

    `current` means that it goes on. `last_at` is None where nobody knows; `noted_at` is when it was said.
    """

    drug: Drug
    where: str
    noted_at: datetime
    current: bool = False
    last_at: datetime | None = None
    since: datetime | None = None
    daily_mg: Decimal | None = None
    key: object = None  # of the order, where it is one of ours
    rash: bool = False  # it was stopped because of a rash


class KnownAllergy(NamedTuple):
    """What the person reacts to."""

    substance: str
    drug: Drug
    severe: bool = False


class Check(NamedTuple):
    """What was found by asking or testing before a medication."""

    kind: str
    at: datetime
    found: bool | None = None  # True: positive, failed, or something was found
    analytes: frozenset = frozenset()
    value: Decimal | None = None
    planned_at: datetime | None = None


@dataclass(frozen=True)
class Facts:
    """What is known of one person at one moment."""

    at: datetime
    allergies: tuple = ()
    conditions: tuple = ()  # (ICD-10 code, words)
    taken: tuple = ()
    checks: tuple = ()
    pregnant: bool = False
    breastfeeding: bool = False
    suicidal: bool = False
    pressure: tuple | None = None  # (systolic, diastolic), the last one measured
    uses_ketamine: bool = False

    def of(self, ingredient):
        """What is known of taking this ingredient."""
        return [one for one in self.taken if ingredient in one.drug.ingredients]

    def opioids(self):
        """Every opioid the person takes or took."""
        return [one for one in self.taken if one.drug.is_opioid()]

    def last(self, kind, *, within=None):
        """The newest check of this kind, not older than `within`; or None."""
        found = [check for check in self.checks if check.kind == kind and check.at <= self.at]
        newest = max(found, key=lambda check: check.at, default=None)
        return newest if newest and (within is None or self.at - newest.at <= within) else None

    def has(self, name):
        """The first condition that this set of limits describes, in words; or ""."""
        wanted = LIMITS["conditions"][name]
        for code, words in self.conditions:
            coded = any(code.startswith(start) for start in wanted["codes"])
            if coded or any(word in words.lower() for word in wanted["words"]):
                return words
        return ""


@dataclass(frozen=True)
class Proposed:
    """What is to be ordered or given."""

    drug: Drug
    at: datetime  # of the first dose
    dose_mg: Decimal | None = None
    daily_mg: Decimal | None = None
    every: timedelta | None = None  # between doses, where that is a rule
    key: object = None
    replaces: frozenset = frozenset()  # keys of orders that end with this one


class Catalog:
    """Reads names: what is in a text that somebody typed, the longest names first."""

    def __init__(self, entries, rows=None):
        self.rows = rows or {}
        self._drugs = {slug: drug for slug, (drug, _) in entries.items()}
        names = [(name.lower(), slug) for slug, (drug, more) in entries.items()
                 for name in {*more, *(drug.ingredients if len(drug.ingredients) == 1 else ())}]  # fmt: skip
        order = list(self._drugs)
        # Of two entries with one name, the one whose own name it is counts, then the plainer one.
        names.sort(key=lambda pair: (self._drugs[pair[1]].name.lower() != pair[0], len(self._drugs[pair[1]].classes),
                                     order.index(pair[1])))  # fmt: skip
        self._slugs = {}
        for name, slug in names:
            self._slugs.setdefault(name, slug)
        words = sorted(self._slugs, key=len, reverse=True)
        self._names = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, words))})(?!\w)") if words else None

    def entries(self, text):
        """Slugs of the medications named in a text."""
        found = self._names.findall(text.lower()) if self._names else []
        return list(dict.fromkeys(self._slugs[name] for name in found))

    def entry(self, text):
        """The one row of the catalog that a text names; None for none or several."""
        found = self.entries(text)
        return self.rows.get(found[0]) if len(found) == 1 else None

    def read(self, text):
        """A text as rules know it: everything it names, and nothing when it names nothing we know."""
        found = [self._drugs[slug] for slug in self.entries(text)]
        return Drug(
            text.strip(),
            frozenset(one for drug in found for one in drug.ingredients),
            frozenset(one for drug in found for one in drug.classes),
        )


def classes_named(text):
    """Classes of medication that a text names, such as “opioids”."""
    said = text.lower()
    return {name for name, words in LIMITS["class_words"].items()
            if any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", said) for word in words)}  # fmt: skip


def first_number(text):
    """The first number of milligrams in a text, or None."""
    found = re.search(r"(\d+(?:\.\d+)?)\s*mg\b", text.lower())
    return Decimal(found[1]) if found else None
