"""What is asked at a check-in, as data: which questions, when, in which words, and what counts as an answer.

Editions are checklists named `check-in-questions`; a site changes them by publishing the next one.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db.models import Exists, Q
from django.utils.functional import cached_property

from patients.codes import OPIOIDS
from patients.models import Patient, SubstanceUse
from treatment.models import Checklist, Danger, MedicationOrder, MedicationStatement, SuicideScreen

SLUG = "check-in-questions"
SIGNS, CALLS = "risk-signs", "risk-calls"  # read in `tiers`
HALF_A_DAY = timedelta(hours=12)
YES, NO = {"1", "true", "yes", "y", "si", "sí"}, {"0", "2", "false", "no", "n"}


@dataclass(frozen=True)
class Question:
    """One question. `sms` is empty where it is not asked by text; `when` is asked of what is known so far."""

    key: str
    kind: str  # scale, number, yes_no, choice, choices (several), text
    ask: dict
    sms: dict = field(default_factory=dict)
    low: int | None = None
    high: int | None = None
    choices: tuple = ()
    required: bool = False
    when: dict | None = None
    every_days: int = 0
    of: tuple = ()  # (instrument, item) whose wording this is

    def offered(self, language="en"):
        """What may be chosen: [(value, words)]."""
        return [(choice["value"], choice.get(language) or choice["en"]) for choice in self.choices]

    def said(self, value):
        """An answer in words."""
        if self.kind == "yes_no":
            return "Yes" if value else "No"
        words = dict(self.offered())
        return ", ".join(words[one] for one in value) if self.kind == "choices" else words.get(value, value)


@dataclass(frozen=True)
class Questions:
    """One edition of all there is to ask, in order."""

    edition: int
    each: tuple

    def get(self, key):
        """The question of this key. Raises unknown_question."""
        for question in self.each:
            if question.key == key:
                return question
        raise ValidationError("There is no question “%(key)s”.", code="unknown_question", params={"key": key})

    def read(self, answers):
        """What was said, by key, as it is kept; what was left empty is left out. Raises what `clean` does."""
        asked = ((self.get(key), raw) for key, raw in answers.items() if raw not in (None, "", []))
        return {question.key: clean(question, raw) for question, raw in asked}


_editions = {}  # an edition never changes, so each is read once a process


def current():
    """The questions in force."""
    return _read(Checklist.objects.current(SLUG))


def edition(number):
    """The questions of an edition, to read an older answer by."""
    return _read(Checklist.objects.get(slug=SLUG, edition=number))


def _read(checklist):
    if checklist.pk not in _editions:
        names = set(Question.__dataclass_fields__)
        each = tuple(
            Question(key=item["code"], **{name: value for name, value in item.items() if name in names})
            for item in checklist.items
        )
        _editions[checklist.pk] = Questions(checklist.edition, each)
    return _editions[checklist.pk]


class Known:
    """What decides which questions a check-in asks and what follows from an answer, besides what is said on the way.

    Each is asked for once, when it is needed: three statements.
    """

    def __init__(self, check_in):
        self.check_in = check_in

    @cached_property
    def _editions(self):
        return Checklist.objects.current_of(SLUG, SIGNS, CALLS)

    @property
    def questions(self):
        """The questions in force."""
        return _read(self._editions[0])

    @property
    def rules(self):
        """(signs, calls), the editions in force."""
        return self._editions[1:]

    @cached_property
    def facts(self):
        """What is known of the person."""
        return about(self.check_in.patient)

    @cached_property
    def answers(self):
        """What was answered in its plan, the newest first."""
        rows = self.check_in.answers.model.objects.right().filter(check_in__plan=self.check_in.plan_id)
        return list(rows.order_by("-answered_at").values_list("pk", "check_in", "answered_at", "given", named=True))

    @cached_property
    def told(self):
        """Keys answered at other check-ins of the plan so recently that they are not asked again."""
        spans = {
            one.key: timedelta(days=one.every_days) - HALF_A_DAY for one in self.questions.each if one.every_days
        }
        return {
            key
            for answer in self.answers
            for key in answer.given
            if key in spans and answer.check_in != self.check_in.pk
            if answer.answered_at > self.check_in.due_at - spans[key]
        }


def asked(check_in, given, known=None):
    """The questions of this check-in in order, as far as is known from what was `given` already (domain 7.1).

    A question that need not be asked each time is left out while the plan holds a recent enough answer to it.
    """
    known = known or Known(check_in)
    facts = known.facts | given
    return [
        question
        for question in known.questions.each
        if (question.when is None or holds(question.when, facts)) and question.key not in known.told
    ]


def about(patient):
    """What is known of the person that questions and tiers ask for; ketamine only where it is used (domain 10)."""
    of = {"patient__in": patient.records()}
    uses = SubstanceUse.objects.right().filter(**of)
    screens = SuicideScreen.objects.unsettled().filter(**of)
    naltrexone = MedicationOrder.objects.open().filter(medication__ingredients__contains=["naltrexone"], **of)
    told = MedicationStatement.objects.current().filter(medication__icontains="naltrexone", **of)
    known = (
        Patient.objects.filter(pk=patient.pk)
        .values(
            uses_ketamine=Exists(uses.ketamine()),
            knows_opioids=Exists(uses.filter(substance__in=OPIOIDS)),
            takes_naltrexone=Q(Exists(naltrexone)) | Q(Exists(told)),
            high=Exists(screens.filter(level=Danger.HIGH)),
            moderate=Exists(screens.filter(level=Danger.MODERATE)),
        )
        .get()
    )
    high, moderate = known.pop("high"), known.pop("moderate")
    return known | {"suicide": "high" if high else "moderate" if moderate else None}


def holds(condition, facts, before=None):
    """Is this condition true of these facts? What is not known makes it false.

    {"all" | "any": […]}, or one of fact, sum, before (a fact of the answer before) with one of is, at_least,
    at_most, has, rose_by.
    """
    if "all" in condition:
        return all(holds(one, facts, before) for one in condition["all"])
    if "any" in condition:
        return any(holds(one, facts, before) for one in condition["any"])
    value = _value(condition, before or {} if "before" in condition else facts)
    if value is None:
        return False
    if "rose_by" in condition:
        was = _value(condition, before or {})
        return was is not None and value - was >= condition["rose_by"]
    return any(name in condition and test(value, condition[name]) for name, test in TESTS.items())


TESTS = {
    "is": lambda value, wanted: value == wanted,
    "at_least": lambda value, wanted: value >= wanted,
    "at_most": lambda value, wanted: value <= wanted,
    "has": lambda value, wanted: wanted in value,
}


def _value(condition, facts):
    """The fact a condition is about; a sum counts what was not said as nothing, when anything was said."""
    if "sum" in condition:
        said = [facts[key] for key in condition["sum"] if facts.get(key) is not None]
        return sum(said) if said else None
    return facts.get(condition.get("fact") or condition.get("before"))


def clean(question, raw):
    """An answer as it is kept, whether it came as JSON, from a form or as digits in a text.

    Raises not_a_number, answer_out_of_range, not_yes_or_no, not_a_choice, not_words, answer_too_long.
    """
    return CLEANS[question.kind](question, raw)


def _no(question, code, sentence, **params):
    return ValidationError(
        f"“%(asked)s” {sentence}", code=code, params={"asked": question.ask["en"], "key": question.key, **params}
    )


def _number(question, raw):
    text = str(raw).strip()
    if isinstance(raw, (bool, list, dict)) or not (text.isascii() and text.removeprefix("-").isdigit()):
        raise _no(question, "not_a_number", "takes a whole number.")
    if len(text) > 9 or not question.low <= int(text) <= question.high:
        raise _no(
            question, "answer_out_of_range", "goes from %(low)s to %(high)s.", low=question.low, high=question.high
        )
    return int(text)


def _yes_no(question, raw):
    said = str(raw).strip().lower()
    if said not in YES | NO:
        raise _no(question, "not_yes_or_no", "takes yes or no.")
    return said in YES


def _choice(question, raw):
    found = [value for value, _ in question.offered() if str(value) == str(raw).strip()]
    if not found or isinstance(raw, bool):
        raise _no(question, "not_a_choice", "has no such answer.")
    return found[0]


def _choices(question, raw):
    parts = raw if isinstance(raw, list) else str(raw).split(",")
    said = [_choice(question, part) for part in parts]
    return [value for value, _ in question.offered() if value in said]


def _text(question, raw):
    if not isinstance(raw, str) or "\0" in raw or raw != raw.encode(errors="ignore").decode():
        raise _no(question, "not_words", "takes words.")
    if len(raw) > question.high:
        raise _no(question, "answer_too_long", "takes at most %(high)s letters.", high=question.high)
    return raw.strip()


CLEANS = {
    "scale": _number,
    "number": _number,
    "yes_no": _yes_no,
    "choice": _choice,
    "choices": _choices,
    "text": _text,
}


def other_use(questions, given):
    """What else was used, in words: “Opioids (2 days), Alcohol”."""
    if not given.get("other_use"):
        return "something, not said what" if given.get("used_other") else ""
    words = dict(questions.get("other_use").offered())
    days = {value: given.get(f"{value}_days") for value in given["other_use"]}
    return ", ".join(f"{words[value]} ({count} days)" if count else words[value] for value, count in days.items())
