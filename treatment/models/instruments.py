"""Instruments as versioned data, and how answers are scored: one function for all of them (domain 5)."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.models import by_whom
from audit.models import Record, Rows, together


class Severity(models.TextChoices):
    """What an answer or a score calls for; which ones do is the instrument's data (domain 7.2)."""

    AMBER = "amber", "Amber: worth a look"
    RED = "red", "Red: a clinician looks the same day"
    CRITICAL = "critical", "Critical: somebody comes now"


RANK = ["", *Severity.values]
CANNOT_WAIT = (Severity.RED, Severity.CRITICAL)


class KeptAs(models.TextChoices):
    """Where the answers to an instrument are kept, when that is not an assessment."""

    BLADDER_LOG = "bladder_log", "Entries of the bladder log"
    CRITERIA = "criteria", "Criteria of use disorder"


@dataclass
class Scored:
    """What answers come to: {code: {name, score, says, severity}}, what cannot wait, and what is missing."""

    scores: dict = field(default_factory=dict)
    flags: list = field(default_factory=list)
    missing: list = field(default_factory=list)
    severity: str = ""
    about: set = field(default_factory=set)  # of each call that cannot wait: is it about suicide?

    def call_for(self, found, words):
        """What was found calls for somebody, in these words; the worst counts."""
        severity = found.get("severity", "")
        if not severity:
            return
        self.flags.append(words[:200])
        self.severity = max(self.severity, severity, key=RANK.index)
        if severity in CANNOT_WAIT:
            self.about.add(found.get("suicide", False))

    def is_about_suicide(self):
        """Does asking about suicide answer all of it?"""
        return self.about == {True}


class Instruments(Rows):
    """Instruments, edition by edition."""

    def current(self):
        """The newest edition of each."""
        newer = Instrument.objects.filter(slug=OuterRef("slug"), edition__gt=OuterRef("edition"))
        return self.filter(~Exists(newer))

    def usable(self, day):
        """The newest editions that may be used on this day: those shipped, and those with a permission in force."""
        newest = InstrumentPermission.objects.filter(instrument=OuterRef("pk")).order_by("-pk")
        until = models.Subquery(newest.values("valid_until")[:1])
        in_force = Q(loaded_at=None) | Q(permitted_until=None) | Q(permitted_until__gte=day)
        return self.current().annotate(permitted_until=until).filter(in_force)


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
    items = models.JSONField(help_text="[{code, text, choices or between, safety, asked_if, blank}]")
    scores = models.JSONField(help_text="[{code, name, items, how, weights, reversed, may_miss, bands, …}]")
    kept_as = models.CharField(max_length=20, choices=KeptAs, blank=True, help_text="empty: as assessments")
    loaded_at = models.DateTimeField(null=True, blank=True, help_text="by a site; empty: shipped")
    loaded_by = by_whom()

    objects = Instruments.as_manager()

    refusals = {
        "an_instrument_never_changes": ("instrument_published", "An instrument never changes; publish a new edition.")
    }

    class Meta:
        ordering = ["slug", "-edition"]
        constraints = [
            together("a_loaded_instrument_has_who", "loaded_at", "loaded_by"),
            models.UniqueConstraint(
                fields=["slug", "edition"],
                name="one_instrument_per_edition",
                violation_error_code="edition_taken",
                violation_error_message="This edition of the instrument exists already.",
            ),
            models.CheckConstraint(
                name="an_instrument_says_by_whose_leave",
                condition=~Q(license="") & ~Q(source=""),
                violation_error_code="license_missing",
                violation_error_message="Say under which license it is used, and where it is from.",
            ),
            models.CheckConstraint(
                name="what_a_site_loads_is_kept_as_assessments",
                condition=Q(loaded_at=None) | Q(kept_as=""),
                violation_error_code="kept_elsewhere",
                violation_error_message="What a site loads is kept as assessments.",
            ),
        ]

    def __str__(self):
        return self.name

    def may_be_answered(self, item):
        """[(value, words)] of an item; of one on a scale, only its ends."""
        if "between" in item:
            return [(value, str(value)) for value in item["between"]]
        return [(choice["value"], choice["says"]) for choice in self.choices[item["choices"]]]

    def item(self, code):
        """The item of this code."""
        return next(item for item in self.items if item["code"] == code)

    def lowest(self, rule, known=None):
        """The least a score can come to, with what is `known`; an item that need not be asked counts as nothing."""
        return self._reach(rule, min, known or {})

    def highest(self, rule, known=None):
        """The most a score can come to, in the same way."""
        return self._reach(rule, max, known or {})

    def _reach(self, rule, pick, known):
        ends = []
        for code in rule["items"]:
            item = self.item(code)
            if code in known:
                ends.append(self._points(rule, item, known[code]))
                continue
            points = [self._points(rule, item, value) for value, _ in self.may_be_answered(item)]
            ends.append(pick([*points, 0] if "asked_if" in item else points))
        return max(ends) if rule.get("how") == "highest" else sum(ends)

    def _points(self, rule, item, value):
        """What an answer adds to a score; nothing where the item need not be asked."""
        if value is None:
            return 0
        if item["code"] in rule.get("reversed", ()):
            values = [possible for possible, _ in self.may_be_answered(item)]
            value = min(values) + max(values) - value
        return value * rule.get("weights", {}).get(item["code"], 1)

    def bands(self, rule, sex=""):
        """The bands of a score: those for this sex where it has such, else those for everybody."""
        return rule.get("bands_for", {}).get(sex) or rule["bands"]

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

    def asks_about_before(self):
        """Does any score look at what was answered the last time?"""
        return any("rise" in rule or "fall" in rule for rule in self.scores)

    def score(self, answers, *, sex="", before=None, after_discharge=False):
        """What these answers come to. What was not answered leaves its score open, and hides no danger.

        An item that is asked only after another answer counts as nothing after any other. An item with a `blank`
        counts as that when it had to be asked and was not answered (domain 5.2). A score that allows `may_miss`
        items is prorated over those answered, halves up. `before` is {score: number} of the last time. A sign
        may weigh more `after_discharge`, when use is news (domain 7.2).
        """
        scored, known = Scored(), self._known(answers)
        for item in self.items:
            value, blank = known.get(item["code"]), item["code"] not in answers
            self._look_at(scored, item, value, blank=blank, after_discharge=after_discharge)
        for rule in self.scores:
            self._add(scored, rule, known, sex=sex, before=(before or {}).get(rule["code"]))
        scored.missing += [
            code for code in known if known[code] is not None and code not in answers and code not in scored.missing
        ]
        return scored

    def _known(self, answers):
        """What each item counts as; None for one that need not be asked. Those that are open are left out."""
        known = {}
        for item in self.items:
            code, gate = item["code"], item.get("asked_if")
            if code in answers:
                known[code] = answers[code]
            elif gate and gate["item"] in known and not _opens(gate, known[gate["item"]]):
                known[code] = None
            elif "blank" in item:
                known[code] = item["blank"]
        return known

    def _look_at(self, scored, item, value, *, blank, after_discharge):
        """An answer that calls for somebody by itself."""
        safety = item.get("safety")
        if safety is None or value is None:
            return
        if after_discharge and "after_discharge" in safety:
            safety = {**safety, "severity": safety["after_discharge"]}
        if safety.get("from", value) <= value <= safety.get("up_to", value):
            scored.call_for(safety, f"{safety['says']}{' (not answered)' if blank else ''}")

    def _add(self, scored, rule, known, *, sex, before):
        said = [self._points(rule, self.item(code), known[code]) for code in rule["items"] if code in known]
        missing = [code for code in rule["items"] if code not in known]
        found = {"name": rule["name"], "score": None, "says": "Incomplete", "severity": ""}
        scored.scores[rule["code"]] = found
        if not said or len(missing) > rule.get("may_miss", 0):
            scored.missing += [code for code in missing if code not in scored.missing]
            if said:
                self._add_for_sure(scored, rule, found, known, sex=sex)
            return
        if rule.get("how") == "highest":
            total = max(said)
        else:
            total = (2 * sum(said) * len(rule["items"]) + len(said)) // (2 * len(said))
        band = self._band(rule, sex, total)
        found.update(score=total, says=band["says"], severity=band.get("severity", ""))
        if sex in rule.get("bands_for", {}):
            found["sex"] = sex
        if missing:
            found["prorated"] = True
        scored.call_for(band, f"{rule['name'].lower()} {total}: {band['says'].lower()}")
        self._compare(scored, rule, found, before)

    def _band(self, rule, sex, total):
        """The band a score lies in."""
        return [band for band in self.bands(rule, sex) if band["from"] <= total][-1]

    def _add_for_sure(self, scored, rule, found, known, *, sex):
        """What an open score calls for already: the mildest of the bands it can still end in, if all of them do."""
        least = self._band(rule, sex, self.lowest(rule, known))["from"]
        most = self._band(rule, sex, self.highest(rule, known))["from"]
        left = [band for band in self.bands(rule, sex) if least <= band["from"] <= most]
        band = min(left, key=lambda one: RANK.index(one.get("severity", "")))
        found["severity"] = band.get("severity", "")
        scored.call_for(band, f"{rule['name'].lower()}: {band['says'].lower()}, whatever was not answered")

    def _compare(self, scored, rule, found, before):
        """A score that rose or fell by as much as matters since the last time."""
        total = found["score"]
        if before is None:
            return
        for way, moved in (("rise", total - before), ("fall", before - total)):
            limit = rule.get(way)
            if limit and moved >= limit["by"]:
                found["moved"] = f"{before} to {total}: {limit['says'].lower()}"
                scored.call_for(limit, f"{rule['name'].lower()} {found['moved']}")


def _opens(gate, value):
    """Is an item to be asked after this answer to the one before it?"""
    return value is not None and (value == gate["is"] if "is" in gate else value >= gate["from"])


class InstrumentPermissions(Rows):
    """Permissions."""


class InstrumentPermission(Record):
    """By whose leave a site uses an instrument it has loaded: the newest of them counts. It never changes."""

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="permissions", db_index=False)
    given_by = models.CharField(max_length=200, help_text="who gave it: a person or an office")
    reference = models.CharField(max_length=200, help_text="letter, contract or address where it can be read")
    given_on = models.DateField()
    valid_until = models.DateField(null=True, blank=True, help_text="the last day; empty: without an end")
    recorded_at = models.DateTimeField()
    recorded_by = by_whom(null=False, blank=False)

    objects = InstrumentPermissions.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="a_permission_says_who_gave_it",
                condition=~Q(given_by="") & ~Q(reference=""),
                violation_error_code="permission_half_recorded",
                violation_error_message="Say who gave the permission, and where it can be read.",
            ),
            models.CheckConstraint(
                name="a_permission_ends_after_it_was_given",
                condition=Q(valid_until=None) | Q(valid_until__gte=models.F("given_on")),
                violation_error_code="permission_reversed",
                violation_error_message="A permission ends after the day it was given.",
            ),
        ]
        indexes = [models.Index(fields=["instrument", "-id"], name="permissions_by_instrument")]

    def __str__(self):
        return f"{self.instrument}: {self.given_by}, {self.reference}"
