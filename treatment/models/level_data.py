"""What a level asks for, and what a licensed site loads to decide which level is indicated: both are data."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q

from accounts.models import Facility, by_whom
from audit.models import Record, Rows, history, together

from .levels import LEVELS, RATED, Edition, FourthLevel, ThirdLevel, intensity


def of_its_edition(column, edition="asam_edition"):
    """The condition that a level is one of its edition, or not said."""
    return (
        Q(**{column: ""})
        | Q(**{edition: Edition.THIRD, f"{column}__in": ThirdLevel.values})
        | Q(**{edition: Edition.FOURTH, f"{column}__in": FourthLevel.values})
    )


class LevelStandards(Rows):
    """Standards of levels."""

    def best(self, facility, edition, level):
        """The place's own where there is one, else the default; None where there is neither."""
        found = self.filter(Q(facility=facility) | Q(facility=None), for_minors=False)
        return found.filter(asam_edition=edition, level=level).order_by(F("facility").asc(nulls_last=True)).first()


@history
class LevelStandard(Record):
    """What a level asks for: clinical hours a week, and how soon it is assessed again (domain 2.2, 2.4).

    The shipped rows are defaults; a place sets its own beside them, since payers and states differ.
    """

    facility = models.ForeignKey(
        Facility,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="empty: the default everywhere",
        db_index=False,
    )
    asam_edition = models.CharField("ASAM edition", max_length=1, choices=Edition, default=Edition.FOURTH)
    level = models.CharField(max_length=10, help_text="as text: 3.5, 2.1, 1.5")
    for_minors = models.BooleanField(default=False, help_text="hours of programs for people under 18")
    hours_from = models.DecimalField(
        max_digits=5, decimal_places=2, null=True, blank=True, help_text="a week, included; empty: no lower edge"
    )
    hours_below = models.DecimalField(
        max_digits=5, decimal_places=2, null=True, blank=True, help_text="a week, not included; empty: no upper edge"
    )
    review_after = models.DurationField(help_text="the level is assessed again by then; at most 90 days")
    source = models.CharField(max_length=500, help_text="where these numbers are from, and how sure they are")

    objects = LevelStandards.as_manager()

    class Meta:
        ordering = ["asam_edition", "level", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["facility", "asam_edition", "level", "for_minors"],
                nulls_distinct=False,
                name="one_standard_per_level_and_place",
                violation_error_code="standard_taken",
                violation_error_message="This place has a standard for this level already. Change that one.",
            ),
            models.CheckConstraint(
                name="a_standard_is_of_a_level",
                condition=of_its_edition("level") & ~Q(level=""),
                violation_error_code="level_unknown",
                violation_error_message="There is no such level of care in this edition.",
            ),
            models.CheckConstraint(
                name="a_band_of_hours_has_an_order",
                condition=Q(hours_from=None) | Q(hours_below=None) | Q(hours_from__lt=F("hours_below")),
                violation_error_code="hours_reversed",
                violation_error_message="The lower edge comes first.",
            ),
            models.CheckConstraint(
                name="a_level_is_reviewed_within_90_days",
                condition=Q(review_after__gt=timedelta(0), review_after__lte=timedelta(days=90)),
                violation_error_code="review_too_rare",
                violation_error_message="A level of care is assessed again within 90 days.",
            ),
        ]

    def __str__(self):
        return f"Level {self.level}, edition {self.asam_edition}"


class LevelMappings(Rows):
    """Mappings of ratings to levels."""

    def in_force(self, facility, edition, day):
        """The newest of the place whose license holds on this day; None where nothing is loaded."""
        held = self.filter(Q(licensed_until=None) | Q(licensed_until__gte=day), licensed_on__lte=day)
        return held.filter(facility=facility, asam_edition=edition, withdrawn_at=None).order_by("-number").first()


class LevelMapping(Record):
    """Which rating asks for which level, loaded by a site that holds a license for it (domain 2.1).

    None is shipped. `content` is {dimensions: [{dimension, subdimension, name, tokens: {token: level}}],
    rules: [{all: [[level, …], …], level}]}: a rating asks for the level of its token; a rule adds a level where
    each of its groups has a rating in it. The most intensive of all is indicated; nothing is averaged.
    """

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+", db_index=False)
    asam_edition = models.CharField("ASAM edition", max_length=1, choices=Edition)
    number = models.PositiveIntegerField(editable=False, help_text="counted up with each that is loaded")
    name = models.CharField(max_length=200)
    content = models.JSONField()
    license_holder = models.CharField(max_length=200, help_text="who may use it")
    license_reference = models.CharField(max_length=200, help_text="number or date of the permission")
    licensed_on = models.DateField(help_text="from which day it may be used")
    licensed_until = models.DateField(null=True, blank=True, help_text="to which day, included; empty: no end")
    loaded_at = models.DateTimeField(editable=False)
    loaded_by = by_whom(null=False, blank=False, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_by = by_whom(editable=False)
    withdrawn_reason = models.CharField(max_length=500, blank=True, editable=False)

    objects = LevelMappings.as_manager()

    refusals = {
        "a_level_mapping_never_changes": ("mapping_loaded", "A mapping never changes. Load the new one beside it.")
    }

    class Meta:
        ordering = ["-id"]
        constraints = [
            together("a_withdrawn_mapping_has_who", "withdrawn_at", "withdrawn_by"),
            models.UniqueConstraint(
                fields=["facility", "asam_edition", "number"],
                name="one_mapping_per_number",
                violation_error_code="number_taken",
                violation_error_message="Somebody loaded a mapping just now. Look at that one first.",
            ),
            models.CheckConstraint(
                name="a_mapping_says_by_whose_leave",
                condition=~Q(license_holder="") & ~Q(license_reference=""),
                violation_error_code="license_missing",
                violation_error_message="Say who holds the license, and its number or date.",
            ),
            models.CheckConstraint(
                name="a_license_has_an_order",
                condition=Q(licensed_until=None) | Q(licensed_until__gte=F("licensed_on")),
                violation_error_code="license_ended",
                violation_error_message="The license ends before it begins.",
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.number})"

    def rated(self):
        """{(dimension, subdimension): its tokens with their levels}."""
        return {(one["dimension"], one["subdimension"]): one["tokens"] for one in self.content["dimensions"]}

    def indicates(self, levels):
        """The level that ratings which ask for these come to: the most intensive, by the rules too."""
        found = set(levels) - {""}
        for rule in self.content["rules"]:
            if all(found & set(group) for group in rule["all"]):
                found = found | {rule["level"]}
        return max(found, key=lambda level: intensity(self.asam_edition, level), default="")


KNOWN = {"dimensions", "rules"}
OF_A_DIMENSION = {"dimension", "subdimension", "name", "tokens"}
MANY = 200  # entries of any kind; a mapping is a page, not a library


def problems_of(content, edition):
    """What is wrong with the content of a mapping: [(code, sentence)], in the order it is read."""
    if not isinstance(content, dict) or set(content) - KNOWN:
        return [("mapping_malformed", "A mapping is an object with “dimensions” and “rules”, and nothing else.")]
    dimensions, rules = content.get("dimensions"), content.get("rules", [])
    if not isinstance(dimensions, list) or not isinstance(rules, list) or max(len(dimensions), len(rules)) > MANY:
        return [("mapping_malformed", f"“dimensions” and “rules” are lists of at most {MANY}.")]
    if not dimensions:
        return [("mapping_empty", "The mapping rates nothing.")]
    found, seen = [], set()
    for number, one in enumerate(dimensions, 1):
        found += _of_dimension(f"Dimension entry {number}", one, edition, seen)
    for number, rule in enumerate(rules, 1):
        found += _of_rule(f"Rule {number}", rule, edition)
    return found


def _of_dimension(where, one, edition, seen):
    if not isinstance(one, dict) or set(one) - OF_A_DIMENSION or not {"dimension", "tokens"} <= set(one):
        yield "mapping_malformed", f"{where} has a dimension and tokens, and maybe a subdimension and a name."
        return
    names = [one["dimension"], one.get("subdimension", ""), one.get("name", "")]
    if not all(isinstance(name, str) and len(name) <= 100 for name in names) or len(names[1]) > 20:
        yield "mapping_malformed", f"{where}: names are texts; the subdimension has at most 20 letters."
        return
    if names[0] not in RATED[edition]:
        yield "dimension_not_rated", f"{where}: dimension {names[0]} is not rated in this edition."
    if (names[0], names[1]) in seen:
        yield "dimension_twice", f"{where}: {' '.join(names[:2]).strip()} is there twice."
    seen.add((names[0], names[1]))
    tokens = one["tokens"]
    if not isinstance(tokens, dict) or not 0 < len(tokens) <= MANY:
        yield "mapping_malformed", f"{where}: “tokens” is an object of each token with its level."
        return
    for token, level in tokens.items():
        if not 0 < len(token.strip()) <= 10:
            yield "token_malformed", f"{where}: a token is a text of 1 to 10 letters."
        if level != "" and level not in LEVELS[edition].values:
            yield "level_unknown", f"{where}, token {token}: there is no level {level} in this edition."


def _of_rule(where, rule, edition):
    shaped = (
        isinstance(rule, dict)
        and set(rule) == {"all", "level"}
        and isinstance(rule["all"], list)
        and rule["all"]
        and all(isinstance(group, list) and group for group in rule["all"])
    )
    if not shaped:
        yield "rule_malformed", f"{where} has “all”, a list of lists of levels, and “level”."
        return
    for level in [*(level for group in rule["all"] for level in group), rule["level"]]:
        if not isinstance(level, str) or level not in LEVELS[edition].values:
            yield "level_unknown", f"{where}: there is no level {level} in this edition."


def tidy(content):
    """A mapping without problems, with every part there."""
    return {
        "dimensions": [{"subdimension": "", "name": "", **one} for one in content["dimensions"]],
        "rules": content.get("rules", []),
    }
