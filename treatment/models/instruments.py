"""Instruments as versioned data, and how answers are scored: one function for all of them (domain 5)."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef

from audit.models import Record, Rows


class Severity(models.TextChoices):
    """What an answer or a score calls for; which ones do is the instrument's data (domain 7.2)."""

    AMBER = "amber", "Amber: worth a look"
    RED = "red", "Red: a clinician looks the same day"
    CRITICAL = "critical", "Critical: somebody comes now"


RANK = ["", *Severity.values]


@dataclass
class Scored:
    """What answers come to: {code: {name, score, says, severity}}, what cannot wait, and what is missing."""

    scores: dict = field(default_factory=dict)
    flags: list = field(default_factory=list)
    missing: list = field(default_factory=list)
    severity: str = ""

    def call_for(self, severity):
        """The worst counts."""
        self.severity = max(self.severity, severity, key=RANK.index)


class Instruments(Rows):
    """Instruments, edition by edition."""

    def current(self):
        """The newest edition of each."""
        newer = Instrument.objects.filter(slug=OuterRef("slug"), edition__gt=OuterRef("edition"))
        return self.filter(~Exists(newer))


class Instrument(Record):
    """A questionnaire as versioned data: items, what may be answered, scores, bands, and by whose leave."""

    slug = models.SlugField(max_length=50)
    edition = models.PositiveIntegerField(default=1)
    name = models.CharField(max_length=100)
    about = models.CharField(max_length=200)
    ask = models.TextField(max_length=1000, blank=True, help_text="read before the items")
    loinc = models.CharField("LOINC", max_length=20, blank=True)
    license = models.CharField(max_length=500)
    source = models.CharField(max_length=500)
    choices = models.JSONField(default=dict, blank=True, help_text="{name: [{value, says}]}")
    items = models.JSONField(help_text="[{code, text, choices or between, safety, asked_if}]")
    scores = models.JSONField(help_text="[{code, name, items, bands: [{from, says, severity}]}]")

    objects = Instruments.as_manager()

    refusals = {
        "an_instrument_never_changes": ("instrument_published", "An instrument never changes; publish a new edition.")
    }

    class Meta:
        ordering = ["slug", "-edition"]
        constraints = [
            models.UniqueConstraint(
                fields=["slug", "edition"],
                name="one_instrument_per_edition",
                violation_error_code="edition_taken",
                violation_error_message="This edition of the instrument exists already.",
            ),
            models.CheckConstraint(
                name="an_instrument_says_by_whose_leave",
                condition=~models.Q(license="") & ~models.Q(source=""),
                violation_error_code="license_missing",
                violation_error_message="Say under which license it is used, and where it is from.",
            ),
        ]

    def __str__(self):
        return self.name

    def may_be_answered(self, item):
        """[(value, words)] of an item; of one on a scale, only its ends."""
        if "between" in item:
            return [(value, str(value)) for value in item["between"]]
        return [(choice["value"], choice["says"]) for choice in self.choices[item["choices"]]]

    def highest(self, rule):
        """The most a score can come to."""
        items = {item["code"]: item for item in self.items}
        return sum(max(value for value, _ in self.may_be_answered(items[code])) for code in rule["items"])

    def require_answers(self, answers):
        """Raise unknown_item, answer_out_of_range or nothing_answered. `answers` is {code: whole number}."""
        items = {item["code"]: item for item in self.items}
        if unknown := sorted(answers.keys() - items.keys()):
            raise ValidationError(
                "%(name)s has no item %(codes)s.",
                code="unknown_item",
                params={"name": self.name, "codes": ", ".join(unknown)},
            )
        for code, value in answers.items():
            if not self._is_possible(items[code], value):
                raise ValidationError(
                    "%(value)s is no answer to item %(code)s.",
                    code="answer_out_of_range",
                    params={"value": value, "code": code},
                )
        if not answers:
            raise ValidationError("Write down at least one answer.", code="nothing_answered")

    def _is_possible(self, item, value):
        if "between" in item:
            lowest, highest = item["between"]
            return lowest <= value <= highest
        return value in dict(self.may_be_answered(item))

    def score(self, answers):
        """What these answers come to. What was not answered leaves its score open, and hides no danger.

        An item that is asked only after another answer counts as nothing after any other. A score that allows
        `may_miss` items is prorated over those answered, halves up.
        """
        scored = Scored()
        for item in self.items:
            value = answers.get(item["code"])
            safety = item.get("safety")
            if safety and value is not None and value >= safety["from"]:
                scored.flags.append(safety["says"])
                scored.call_for(safety["severity"])
        known = {**dict.fromkeys(self._passed_over(answers), 0), **answers}
        for rule in self.scores:
            self._add(scored, rule, known)
        return scored

    def _passed_over(self, answers):
        """Items nobody had to be asked after what was answered before."""
        for item in self.items:
            gate = item.get("asked_if")
            if gate and answers.get(gate["item"], gate["is"]) != gate["is"]:
                yield item["code"]

    def _add(self, scored, rule, known):
        said = [known[code] for code in rule["items"] if code in known]
        missing = [code for code in rule["items"] if code not in known]
        found = {"name": rule["name"], "score": None, "says": "Incomplete", "severity": ""}
        scored.scores[rule["code"]] = found
        if not said or len(missing) > rule.get("may_miss", 0):
            scored.missing += [code for code in missing if code not in scored.missing]
            return
        total = (2 * sum(said) * len(rule["items"]) + len(said)) // (2 * len(said))
        band = [band for band in rule["bands"] if band["from"] <= total][-1]
        found.update(score=total, says=band["says"], severity=band.get("severity", ""))
        if found["severity"]:
            scored.flags.append(f"{rule['name'].lower()} {total}: {band['says'].lower()}")
            scored.call_for(found["severity"])
