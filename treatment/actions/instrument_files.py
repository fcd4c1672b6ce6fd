"""Reading an instrument from a file: every mistake is named by a code, and by where it stands."""

import json
import re

from django.core.exceptions import ValidationError

from ..models import Instrument, Severity

MOST_BYTES = 200_000
MOST_ITEMS = 200
HIGHEST = 10_000  # the highest value an answer may have
CODE = re.compile(r"[a-z0-9][a-z0-9_]{0,19}")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LOINC = re.compile(r"([0-9]{1,8}|LA[0-9]{1,8})-[0-9]")
SEXES = ("female", "male")

# What each part has: {key: (kind, least, most)}; length of a text or list, or range of a number.
TEXT, NUMBER, LIST, OBJECT, TRUTH = str, int, list, dict, bool
FILE = {
    "slug": (TEXT, 1, 50), "edition": (NUMBER, 1, 10_000), "name": (TEXT, 1, 60), "about": (TEXT, 1, 200),
    "license": (TEXT, 1, 500), "source": (TEXT, 1, 500), "items": (LIST, 1, MOST_ITEMS), "scores": (LIST, 1, 40),
}  # fmt: skip
FILE_ALSO = {"ask": (TEXT, 0, 1000), "loinc": (TEXT, 0, 20), "choices": (OBJECT, 0, 40)}
CHOICE, CHOICE_ALSO = {"value": (NUMBER, 0, HIGHEST), "says": (TEXT, 1, 200)}, {"loinc": (TEXT, 0, 20)}
ITEM = {"code": (TEXT, 1, 20), "text": (TEXT, 1, 1000)}
ITEM_ALSO = {
    "choices": (TEXT, 1, 50), "between": (LIST, 2, 2), "loinc": (TEXT, 0, 20), "safety": (OBJECT, 1, 9),
    "asked_if": (OBJECT, 1, 9), "blank": (NUMBER, 0, HIGHEST),
}  # fmt: skip
SAFETY = {"severity": (TEXT, 1, 10), "says": (TEXT, 1, 150)}
SAFETY_ALSO = {
    "after_discharge": (TEXT, 1, 10), "from": (NUMBER, 0, HIGHEST), "up_to": (NUMBER, 0, HIGHEST),
    "suicide": (TRUTH, 0, 1),
}  # fmt: skip
GATE, GATE_ALSO = {"item": (TEXT, 1, 20)}, {"is": (NUMBER, 0, HIGHEST), "from": (NUMBER, 0, HIGHEST)}
SCORE = {"code": (TEXT, 1, 20), "name": (TEXT, 1, 60), "items": (LIST, 1, MOST_ITEMS), "bands": (LIST, 1, 40)}
SCORE_ALSO = {
    "loinc": (TEXT, 0, 20), "how": (TEXT, 1, 10), "weights": (OBJECT, 0, MOST_ITEMS),
    "reversed": (LIST, 0, MOST_ITEMS), "may_miss": (NUMBER, 0, MOST_ITEMS), "bands_for": (OBJECT, 1, 2),
    "rise": (OBJECT, 1, 9), "fall": (OBJECT, 1, 9),
}  # fmt: skip
BAND = {"from": (NUMBER, 0, 1_000_000), "says": (TEXT, 1, 100)}
BAND_ALSO = {"severity": (TEXT, 1, 10), "suicide": (TRUTH, 0, 1)}
MOVE, MOVE_ALSO = {"by": (NUMBER, 1, 1_000_000), "says": (TEXT, 1, 100)}, BAND_ALSO
WORDS = {TEXT: "a text", NUMBER: "a whole number", LIST: "a list", OBJECT: "an object", TRUTH: "true or false"}


def wrong(code, where, sentence):
    """A refusal that says where in the file."""
    return ValidationError(f"{where}: {sentence}" if where else sentence, code=code)


def read(content):
    """An instrument from the bytes of a file, as the fields of its model.

    Raises file_too_large, file_not_json, key_twice, and what `check` raises.
    """
    if len(content) > MOST_BYTES:
        raise wrong("file_too_large", "", f"This file is larger than {MOST_BYTES // 1000} kB.")
    try:
        entry = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise wrong("file_not_json", "", "This file is not JSON in UTF-8.") from None
    check(entry)
    return entry


def _once(pairs):
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = next(key for number, (key, _) in enumerate(pairs) if key in dict(pairs[:number]))
        raise wrong("key_twice", twice[:50], "This stands twice in one object.")
    return found


def _no_number(name):
    raise ValueError(name)


def check(entry):
    """Raise what is wrong with an instrument first: its shape, then what refers to what, then its scores.

    Codes: shape_wrong, key_unknown, key_missing, text_too_long, number_out_of_range, code_malformed, loinc_malformed,
    code_twice, choice_twice, choices_unknown, answers_unclear, scale_reversed, blank_impossible, safety_unclear,
    severity_unknown, gate_unclear, gate_unknown, gate_impossible, how_unknown, item_unknown, item_twice,
    sex_unknown, bands_have_a_hole, bands_overlap, band_beyond.
    """
    _part(entry, "", FILE, FILE_ALSO)
    if not SLUG.fullmatch(entry["slug"]):
        raise wrong("code_malformed", "slug", "Small letters, digits and single hyphens.")
    _loinc(entry, "")
    for name, choices in entry.get("choices", {}).items():
        _check_choices(choices, f"choices.{name[:50]}")
    before = {}
    for number, item in enumerate(entry["items"]):
        _check_item(item, f"items[{number}]", before, entry.get("choices", {}))
        before[item["code"]] = item
    instrument, codes = Instrument(**entry), set()
    for number, rule in enumerate(entry["scores"]):
        where = f"scores[{number}]"
        _check_score(rule, where, before, instrument)
        _new_code(rule["code"], where, codes)
        codes.add(rule["code"])


def _part(value, where, needed, also):
    """An object with these keys, each of its kind and size, and no other."""
    if not isinstance(value, dict):
        raise wrong("shape_wrong", where or "the file", "An object is expected here.")
    for key in value:
        if key not in needed and key not in also:
            raise wrong("key_unknown", where, f"There is no “{key[:50]}” here.")
    for key in needed:
        if key not in value:
            raise wrong("key_missing", where, f"“{key}” is missing.")
    for key, found in value.items():
        _sized(found, f"{where}.{key}" if where else key, *(needed | also)[key])


def _sized(value, where, kind, least, most):
    if not isinstance(value, kind) or (kind is NUMBER and isinstance(value, bool)):
        raise wrong("shape_wrong", where, f"This is {WORDS[kind]}.")
    if kind is TRUTH:
        return
    size = value if kind is NUMBER else len(value.strip() if kind is TEXT else value)
    if kind is TEXT and ("\0" in value or value != value.encode(errors="ignore").decode()):
        raise wrong("shape_wrong", where, "A character here cannot be kept.")
    if size > most:
        code = "text_too_long" if kind is TEXT else "number_out_of_range"
        raise wrong(code, where, f"At most {most}." if kind is NUMBER else f"At most {most} long.")
    if size < least:
        raise wrong("number_out_of_range" if kind is NUMBER else "shape_wrong", where, f"At least {least}.")


def _loinc(part, where):
    if part.get("loinc") and not LOINC.fullmatch(part["loinc"]):
        raise wrong("loinc_malformed", f"{where}.loinc".lstrip("."), "A LOINC code looks like 44249-1.")


def _new_code(code, where, known):
    if not CODE.fullmatch(code):
        raise wrong("code_malformed", f"{where}.code", "Small letters, digits and underscores, at most 20.")
    if code in known:
        raise wrong("code_twice", f"{where}.code", f"“{code}” stands here twice.")


def _check_choices(choices, where):
    _sized(choices, where, LIST, 1, 100)
    values = set()
    for number, choice in enumerate(choices):
        _part(choice, f"{where}[{number}]", CHOICE, CHOICE_ALSO)
        _loinc(choice, f"{where}[{number}]")
        if choice["value"] in values:
            raise wrong("choice_twice", f"{where}[{number}].value", "Two choices have this value.")
        values.add(choice["value"])


def _check_item(item, where, before, choices):
    _part(item, where, ITEM, ITEM_ALSO)
    _new_code(item["code"], where, before)
    _loinc(item, where)
    if ("choices" in item) == ("between" in item):
        raise wrong("answers_unclear", where, "Say “choices” or “between”: one of the two.")
    if "between" in item:
        for number, end in enumerate(item["between"]):
            _sized(end, f"{where}.between[{number}]", NUMBER, 0, HIGHEST)
        if item["between"][0] >= item["between"][1]:
            raise wrong("scale_reversed", f"{where}.between", "The lower end comes first.")
    elif item["choices"] not in choices:
        raise wrong("choices_unknown", f"{where}.choices", f"There are no choices “{item['choices']}”.")
    if "blank" in item and not _possible(item, item["blank"], choices):
        raise wrong("blank_impossible", f"{where}.blank", "This is no answer to this item.")
    if "safety" in item:
        _check_safety(item["safety"], f"{where}.safety")
    if "asked_if" in item:
        _check_gate(item["asked_if"], f"{where}.asked_if", before, choices)


def _possible(item, value, choices):
    if "between" in item:
        return item["between"][0] <= value <= item["between"][1]
    return value in {choice["value"] for choice in choices[item["choices"]]}


def _check_safety(safety, where):
    _part(safety, where, SAFETY, SAFETY_ALSO)
    _severity(safety, where)
    if "from" not in safety and "up_to" not in safety:
        raise wrong("safety_unclear", where, "Say “from” or “up_to” which answer it counts.")
    if safety.get("from", 0) > safety.get("up_to", HIGHEST):
        raise wrong("safety_unclear", where, "“from” comes before “up_to”.")


def _severity(part, where):
    for key in ("severity", "after_discharge"):
        if key in part and part[key] not in Severity.values:
            raise wrong("severity_unknown", f"{where}.{key}", f"One of {', '.join(Severity.values)}.")


def _check_gate(gate, where, before, choices):
    _part(gate, where, GATE, GATE_ALSO)
    if ("is" in gate) == ("from" in gate):
        raise wrong("gate_unclear", where, "Say “is” or “from”: one of the two.")
    if gate["item"] not in before:
        raise wrong("gate_unknown", f"{where}.item", f"There is no item “{gate['item']}” before this one.")
    value, asked = gate.get("is", gate.get("from")), before[gate["item"]]
    if not _possible(asked, value, choices):
        raise wrong("gate_impossible", where, f"{value} is no answer to item “{gate['item']}”.")


def _check_score(rule, where, items, instrument):
    _part(rule, where, SCORE, SCORE_ALSO)
    _loinc(rule, where)
    if rule.get("how", "sum") not in ("sum", "highest"):
        raise wrong("how_unknown", f"{where}.how", "One of sum, highest.")
    _known_items(rule["items"], f"{where}.items", items)
    _known_items(rule.get("reversed", []), f"{where}.reversed", rule["items"])
    _known_items(list(rule.get("weights", {})), f"{where}.weights", rule["items"])
    for code, weight in rule.get("weights", {}).items():
        _sized(weight, f"{where}.weights.{code}", NUMBER, 0, HIGHEST)
    if rule.get("may_miss", 0) >= len(rule["items"]):
        raise wrong("number_out_of_range", f"{where}.may_miss", "At least one item is to be answered.")
    for way in ("rise", "fall"):
        if way in rule:
            _part(rule[way], f"{where}.{way}", MOVE, MOVE_ALSO)
            _severity(rule[way], f"{where}.{way}")
    ends = instrument.lowest(rule), instrument.highest(rule)
    _check_bands(rule["bands"], f"{where}.bands", *ends)
    for sex, bands in rule.get("bands_for", {}).items():
        if sex not in SEXES:
            raise wrong("sex_unknown", f"{where}.bands_for", f"One of {', '.join(SEXES)}.")
        _sized(bands, f"{where}.bands_for.{sex}", LIST, 1, 40)
        _check_bands(bands, f"{where}.bands_for.{sex}", *ends)


def _known_items(codes, where, known):
    for number, code in enumerate(codes):
        if not isinstance(code, str) or code not in known:
            raise wrong("item_unknown", f"{where}[{number}]", "There is no such item.")
        if code in codes[:number]:
            raise wrong("item_twice", f"{where}[{number}]", f"“{code}” stands here twice.")


def _check_bands(bands, where, lowest, highest):
    """They begin at the lowest score there can be, and each ends where the next begins."""
    for number, band in enumerate(bands):
        _part(band, f"{where}[{number}]", BAND, BAND_ALSO)
        _severity(band, f"{where}[{number}]")
        begins = band["from"]
        if number == 0 and begins > lowest:
            raise wrong("bands_have_a_hole", f"{where}[0].from", f"Scores begin at {lowest}: none has a band below.")
        if number and begins <= bands[number - 1]["from"]:
            raise wrong("bands_overlap", f"{where}[{number}].from", "Each band begins above the one before it.")
        if begins > highest or (number == 0 and begins < lowest):
            raise wrong("band_beyond", f"{where}[{number}].from", f"Scores go from {lowest} to {highest}.")
