"""Whatever staff can do has two doors, the API's and the admin's; and no refusal goes unheard."""

import ast
import re
from collections import Counter
from dis import get_instructions
from importlib import import_module
from inspect import isfunction, signature, unwrap
from pkgutil import walk_packages
from types import CodeType, ModuleType

from django.apps import apps
from django.contrib import admin

from config import api as routes
from config.admin import ORDER
from patients.models import Patient
from patients.views import READS, VERBS

from .test_architecture import OURS, ROOT

# Actions that no verb calls by itself, and whose part they are.
PARTS = {
    "what other actions owe and end": {
        "duties.duties.open", "duties.duties.open_all", "duties.duties.renew", "duties.duties.cancel_each",
        "duties.duties.resolve_each", "duties.duties.suspend_each", "duties.duties.reschedule_each",
        "duties.duties.open_or_note", "duties.duties.note_each", "duties.duties.note_marked",
        "treatment.schedules.follow", "treatment.registrations.tell_registrar",
    },
    "done by an action of an app further along, which has the verb": {
        "patients.episodes.begin_episode", "patients.uses.record_use", "patients.uses.record_uses",
        "patients.uses.screen_use", "patients.conditions.assess_criteria", "patients.contacts.mark_broken",
        "messaging.opting_out.opt_out", "treatment.uses.record_uses",
    },
    "the person's own, on the page they answer on and by text": {
        "aftercare.opting_out.stop_by_email",
        "aftercare.links.save", "aftercare.links.send_in", "aftercare.wishes.grant", "messaging.inbound.reply",
        "messaging.opting_out.stop_each",
    },
}  # fmt: skip


def modules():
    """Every module of actions."""
    for app in OURS:
        if not any((ROOT / app).glob("actions*")):
            continue
        package = import_module(f"{app}.actions")
        yield package
        for found in walk_packages(getattr(package, "__path__", ()), f"{package.__name__}."):
            yield import_module(found.name)


def actions():
    """{function: name} of what changes the world in somebody's name, in a transaction of its own."""
    return {
        unwrap(found): f"{module.__name__.replace('.actions', '', 1)}.{name}"
        for module in modules()
        for name, found in vars(module).items()
        if isfunction(found) and not name.startswith("_") and unwrap(found).__module__ == module.__name__
        if "by" in signature(found).parameters and found is not unwrap(found)
    }


def code_of(function):
    """A function's code, with that of what is defined inside it."""
    waiting = [function.__code__]
    while waiting:
        code = waiting.pop()
        yield code
        waiting += [part for part in code.co_consts if isinstance(part, CodeType)]


def called_by(function):
    """The functions one names: by themselves, of a module or class, or as it was made with them."""
    function = unwrap(function)
    named = [cell.cell_contents for cell in function.__closure__ or ()]
    for code in code_of(function):
        owner = None
        for step in get_instructions(code):
            if step.opname == "LOAD_GLOBAL":
                owner = function.__globals__.get(step.argval)
            elif step.opname in {"LOAD_ATTR", "LOAD_METHOD"} and isinstance(owner, (ModuleType, type)):
                owner = getattr(owner, step.argval, None)
            else:
                owner = None
            named.append(owner)
    return {unwrap(one) for one in named if isfunction(one)}


def reached(verb):
    """What a verb does, itself or through helpers of its own views."""
    seen, waiting = set(), [verb.act]
    while waiting:
        for one in called_by(waiting.pop()) - seen:
            seen.add(one)
            if ".views" in one.__module__:
                waiting.append(one)
    return seen


def test_every_action_of_staff_has_a_verb_or_is_part_of_one():
    done = set().union(*(reached(verb) for verbs in VERBS.values() for verb in verbs))
    without = {name for function, name in actions().items() if function not in done}
    listed = set().union(*PARTS.values())
    assert without == listed


def codes_raised(path):
    """The codes of the refusals that a file raises."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            said = {word.arg: word.value for word in node.keywords}
            code = said.get("code")
            if isinstance(code, ast.Constant):
                yield code.value


def test_every_refusal_of_an_action_is_heard_in_some_test():
    heard = {word for path in (ROOT / "tests").rglob("*.py") for word in re.findall(r"\w+", path.read_text())}
    raised = {code for app in OURS for path in ROOT.glob(f"{app}/actions*") for file in files(path)
              for code in codes_raised(file)}  # fmt: skip
    assert len(raised) > 200
    assert raised - heard == set()


def files(path):
    """The Python files of a module or package."""
    return path.rglob("*.py") if path.is_dir() else [path]


ERROR = {"entered_in_error_at", "entered_in_error_by", "entered_in_error_reason"}
CLOCKWORK = {
    "once",
    "stands_for_a_record",
    "anchor_at",
    "anchor_offset",
    "next_rung",
    "round",
    "climb",
    "clock_set_at",
    "rung",
    "tries",
    "lease_until",
}
TAKEN_OUT = {"removed_at", "removed_by"}
UNTOLD = {  # columns that no answer of the API tells, and why
    "Duty": CLOCKWORK, "Notice": CLOCKWORK, "Reply": CLOCKWORK | {"contact_point"},
    "AccessEvent": {"patients", "ip"},  # whom else a request was about, and from where
    "SafeWord": {"word_hash"}, "CheckInLink": {"token_hash"}, "CounselingNote": {"key_id", "sealed"},
    "AnswerDraft": {"given", "passed", "misread"},  # the person's own until it is sent
    "User": {"password", "last_login", "is_superuser", "first_name", "last_name", "is_staff", "date_joined"},
    "BodyCheck": ERROR, "RandomTest": ERROR | {"over_at"},  # stopped, excused or missed, never marked
    "Problem": TAKEN_OUT, "Goal": TAKEN_OUT, "Objective": TAKEN_OUT, "Intervention": TAKEN_OUT,
    "SessionObjective": TAKEN_OUT,  # what was taken out is shown to nobody
    "AnalyteResult": {"version"}, "ToxReading": {"version"},  # they never change
}  # fmt: skip


def test_every_column_of_a_noun_is_told_or_is_nobodys_business():
    for model, reads in READS.items():
        told = {
            name
            for key, field in reads.serializer_class().fields.items()
            for name in (key, (field.source or key).split(".")[0])
        }
        columns = {field.name for field in model._meta.concrete_fields}
        assert columns - told <= UNTOLD.get(model.__name__, set()), model
        assert UNTOLD.get(model.__name__, set()) - CLOCKWORK <= columns - told, model


def test_every_address_has_one_route():
    assert {name for name, many in Counter(route.name for route in routes.every).items() if many > 1} == set()


# Read where they belong: a rung on its ladder, a result on its test.
NO_PAGE, NO_PLACE_ASIDE = {"treatment.AnalyteResult"}, {"duties.Rung"}


def test_every_noun_has_its_page_and_its_place_in_the_sidebar():
    registered = {model._meta.label for model in admin.site._registry}
    assert {model._meta.label for model in READS} - registered == NO_PAGE
    assert registered - {model._meta.label for model in READS} == NO_PLACE_ASIDE
    listed = Counter(label for _, nouns in ORDER for label, _ in nouns)
    assert set(listed) == registered - NO_PLACE_ASIDE
    assert set(listed.values()) == {1}


# What a page shows in a way of its own, and what is kept for those it names.
SHOWN_OTHERWISE = {
    "Addendum": "below its note",
    "Problem": "written on its plan",
    "Reply": "under what it answers",
    "AssaultScreen": "private: only those it names, by its own list",
    "AssaultReader": "as private as its screen",
}


def hangs_on(model):
    """The nouns that the page of this one lists, or leads to."""
    page = admin.site._registry.get(model)
    if page is None:
        return
    for name in (*page.below, *(name for tab in page.tabs for name in tab.below)):
        yield apps.get_model(name.split(":")[0]) if ":" in name else model._meta.get_field(name).related_model


def test_whatever_is_known_about_a_person_is_found_from_their_page():
    found, waiting = set(), [Patient, *(one for one in apps.get_models() if one.__name__ in SHOWN_OTHERWISE)]
    while waiting:
        model = waiting.pop()
        if model not in found:
            found.add(model)
            waiting += hangs_on(model)
    about_people = {model for model in admin.site._registry if hasattr(model, "patient")}
    assert {model.__name__ for model in about_people - found} == set()
    assert {one.__name__ for one in hangs_on(Patient)} & set(SHOWN_OTHERWISE) == set()
