"""Loaded by Schemathesis: which rows exist, what it may not know about refusals, and what was sent."""

import json
import os
import random
from collections import Counter, defaultdict
from copy import deepcopy
from pathlib import Path
from uuid import UUID

import schemathesis
from schemathesis.cli import EventHandler, handler
from schemathesis.core.failures import Failure
from schemathesis.engine import Status
from schemathesis.engine.events import NonFatalError, ScenarioFinished
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

# Whether a moment has passed, a row is there and theirs, how large a decimal in a text is: no schema can say.
UNSAYABLE = {"in_the_future", "out_of_range", "does_not_exist", "zone_unknown", "blank"}
UNSAYABLE |= {"phone_malformed", "email_malformed", "nobody", "kind_unknown", "search_too_short"}
UNSAYABLE |= {"max_value", "min_value", "null_characters_not_allowed", "surrogate_characters_not_allowed"}
UNSAYABLE |= {"key_malformed"}  # of a member's name: OpenAPI 3.0 describes only what is beside it
# The row has changed since it was seen; the key was used for something else.
CONDITIONS = {412, 422}
CONDITIONAL = ("If-Match", "Idempotency-Key")

GIVEN = json.loads(Path(os.environ["FUZZ_ROWS"]).read_text())  # see local.fuzz_rows
ROWS = GIVEN["rows"]  # {noun: keys of rows that exist}
FIT = GIVEN["fit"]  # {operation: keys of rows that it may be done to}
KEYS = GIVEN[
    "keys"
]  # {operation: {path in body or query: noun of the row that the key there names, or what is likely}}
LIKELY = {what for what in ROWS if " " in what}  # not nouns, but what people mean: a moment, a phone
BODIES = GIVEN["bodies"]  # {operation: [(the one row it is for, if so; a body that chance does not hit upon)]}
MADE_VALID = "Positive test case"
VALID = set()  # ids of cases that were made as valid
MADE = GIVEN["made"]  # {operation: noun of the row it answers with}


@schemathesis.hook
def before_call(context, case, kwargs):
    """Most keys, when they are well-formed, are of rows that exist; few requests hang on an earlier one.

    Else hardly anything would be looked at beyond that.
    """
    dice = random.Random(repr((case.path_parameters, case.query, case.body)))
    positive = case.meta is not None and case.meta.generation.mode.is_positive
    if positive:
        VALID.add(case.id)
    name, noun = case.operation.label, case.path.removeprefix("/api/v1/").split("/")[0]
    if case.path_parameters:
        fit = FIT.get(name) if dice.random() < 0.8 else None
        _point(case.path_parameters, "id", fit or ROWS.get(noun), dice)
    for path, noun in KEYS.get(name, {}).items():
        if positive or noun not in LIKELY:
            asked = case.query if name.startswith("GET ") else case.body
            _point_below(asked, path.split("."), ROWS[noun], dice)
    if positive and name in BODIES and case.meta.phase.data.description == MADE_VALID and dice.random() < 0.2:
        key, body = dice.choice(BODIES[name])
        case.body = deepcopy(body)
        if key:
            case.path_parameters["id"] = key
    if case.headers and positive:
        for name in CONDITIONAL:
            if name in case.headers and dice.random() < 0.8:
                del case.headers[name]
        # Schemathesis's coverage phase has no quotes to put into a header, and sends 0 for "0".
        if str(case.headers.get("If-Match", "")).isdigit():
            case.headers["If-Match"] = f'"{case.headers["If-Match"]}"'


@schemathesis.hook
def after_call(context, case, response):
    """What was made is there for whatever is asked next."""
    noun = MADE.get(case.operation.label)
    if noun and response.request.method == "POST" and response.status_code in {200, 201}:
        key = response.json()["id"]
        if key not in ROWS[noun]:
            ROWS[noun].append(key)
            for name in FIT:
                if name.startswith(f"POST /api/v1/{noun}/"):
                    FIT[name].append(key)


def _point_below(value, path, keys, dice):
    """The same for a key that lies deeper; `*` stands for whatever is in a list."""
    if isinstance(value, list) and path[0] == "*":
        for place in range(len(value)):
            if path[1:]:
                _point_below(value[place], path[1:], keys, dice)
            else:
                _point(value, place, keys, dice)
    elif isinstance(value, dict) and path[0] in value:
        if path[1:]:
            _point_below(value[path[0]], path[1:], keys, dice)
        else:
            _point(value, path[0], keys, dice)


def _point(values, place, keys, dice):
    """Let a well-formed key name a row that exists, four times in five; half of them one made since."""
    if keys and _is_key(values[place], like=keys[0]) and dice.random() < 0.8:
        values[place] = dice.choice(keys[-40:] if dice.random() < 0.5 else keys)


def _is_key(value, like):
    """Events are numbered, and what is likely is a text; every other key is a UUID."""
    if isinstance(like, int):
        return type(value) is int
    if not _is_uuid(like):
        return isinstance(value, str)
    return _is_uuid(value)


def _is_uuid(value):
    """Whether it is written as one."""
    try:
        return bool(UUID(value))
    except (TypeError, ValueError, AttributeError):
        return False


@schemathesis.check
def valid_data_is_accepted(ctx, response, case):
    """What the description allows is taken, or refused for a reason that a description cannot give."""
    if response.status_code in CONDITIONS:
        return None
    if response.status_code == 400:
        problem = _problem(response)
        fields = problem.get("fields") or {}
        codes = {error["code"] for errors in fields.values() for error in errors} or {problem.get("code")}
        if codes and codes <= UNSAYABLE:
            return None
    return positive_data_acceptance(ctx, response, case)


@schemathesis.check
def invalid_data_is_refused(ctx, response, case):
    """What the description forbids is refused."""
    # After our hook Schemathesis judges again what it made, and takes the bytes of a file for no text.
    if response.status_code in CONDITIONS or case.id in VALID:
        return None
    try:
        return negative_data_rejection(ctx, response, case)
    except Failure as failure:
        # Blanks around a text do not count, and no schema can say that.
        if "`maxLength`" in failure.message and any(text != text.strip() for text in _texts(case.body)):
            return None
        # A header that nobody asked for is no mistake: every proxy adds some.
        if "in header - object with unexpected properties" in failure.message:
            return None
        raise


def _texts(body):
    """Every text in it."""
    if isinstance(body, str):
        yield body
    for below in body.values() if isinstance(body, dict) else body if isinstance(body, list) else ():
        yield from _texts(below)


def _answer(response):
    """Its status; of a refusal for what is so in the system, and not in what was sent, its code as well."""
    if response.status_code in {403, 409}:
        return f"{response.status_code} {_problem(response).get('code')}"
    return str(response.status_code)


def _problem(response):
    """What a refusal says; nothing where it is none of ours, which other checks find."""
    try:
        return json.loads(response.content)
    except ValueError:
        return {}


class Tally(EventHandler):
    """Writes down what was sent to each operation, and what was answered."""

    def __init__(self, *args, **params):
        self.sent = defaultdict(lambda: {"phases": {}, "sent": 0, "failed": False, "answers": Counter()})

    def handle_event(self, ctx, event):
        """Count the cases of one operation in one phase."""
        if isinstance(event, NonFatalError):
            self.sent[event.label]["failed"] = True
        if not isinstance(event, ScenarioFinished):
            return
        one = self.sent[event.label]
        if event.status in (Status.SUCCESS, Status.FAILURE):
            one["phases"][event.phase.value] = [len(event.recorder.interactions), round(event.elapsed_time, 1)]
        one["failed"] |= event.status in (Status.FAILURE, Status.ERROR)
        one["failed"] |= bool(event.recorder.failing_case_ids())  # found before time was up, too
        asked = [it for it in event.recorder.interactions.values() if it.response]
        one["sent"] += len(asked)
        # Coverage also sends methods that are not described; they are no answers of this operation.
        method = event.label.split()[0]
        one["answers"].update(_answer(it.response) for it in asked if it.request.method == method)
        self._write()

    def shutdown(self, ctx):
        """What came last, too."""
        self._write()

    def _write(self):
        """For whoever started us, and may end us by force."""
        tally = Path(os.environ["FUZZ_TALLY"])
        beside = tally.with_suffix(".new")
        beside.write_text(json.dumps(self.sent))
        beside.replace(tally)


handler()(Tally)  # which, as a decorator, would leave no name to test it by
