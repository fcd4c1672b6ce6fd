"""What a message says. To a person: nothing that tells a stranger what it is about. To staff: nobody's name."""

import json
import re
import unicodedata
from email.utils import formataddr, parseaddr
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.template.loader import render_to_string

from accounts.models import Facility
from patients.codes import Channel, Language

from .models import Meaning, Text

DATA = Path(__file__).parent / "data"
LONGEST_SMS = 160  # characters; the exemption for health messages ends there (domain 7.5)
# What a text may name, each with a sample. An app further along adds its own, and what fills them.
WORDS = {"name": "Maria", "from_whom": "Your contact", "phone": "+1 212 555 0100", "link": "", "code": "4711"}
WORDS |= {"emergency": "911", "talk": "988", "stop": ""}
ADDS = []  # functions of a notice and its person: {word: what stands in its place}


class Letter(NamedTuple):
    """A message, ready to be handed over."""

    subject: str
    body: str
    sender: str
    stop: str = ""  # where whoever reads it says that they want no more


def to_person(notice, person, channel, stop=""):
    """(text, letter): what a person is written, in their language. Raises Text.DoesNotExist.

    `stop` is the address at which they say that they want no more.
    """
    text = Text.objects.current(notice.template, channel, person.language, notice.facility)
    if text is None:
        raise Text.DoesNotExist(f"{notice.template} by {channel} in {person.language}")
    words = words_for(person, notice.facility) | {"stop": stop}
    for adds in ADDS:
        words |= adds(notice, person)
    return text, letter(text, words)._replace(stop=stop)


def words_for(person, facility, language=None):
    """What a text may name of a person and their place; a number that several have has no person."""
    language = language or (person.language if person else Language.ENGLISH)
    talk = facility.talk()
    name = _one_line(person.preferred_name) if person else ""
    return {
        "name": "" if name.lower() == "unknown" else name,
        "from_whom": (person.sender_name if person else "") or facility.sender_name,
        "phone": facility.phone,
        "emergency": facility.emergency(),
        "talk": f"{talk}, oprima 2" if (talk, language) == ("988", Language.SPANISH) else talk,
    }


def letter(text, words):
    """A text with its words filled in."""
    sender = formataddr((words["from_whom"], parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))
    body = filled(text.body, words)
    if text.channel == Channel.SMS:
        return Letter("", _one_line(body), sender)
    return Letter(_one_line(filled(text.subject, words)), body.strip() + "\n", sender)


def filled(template, words):
    """The words in place; what stands in [brackets] is left out when one of its words is empty. Raises KeyError."""
    known = dict.fromkeys(WORDS, "") | words

    def part(found):
        named = re.findall(r"\{(\w+)\}", found[1])
        return found[1] if all(known[name] for name in named) else ""

    return re.sub(r"\{(\w+)\}", lambda found: known[found[1]], re.sub(r"\[([^\[\]]*)\]", part, template))


def sample(text, facility=None):
    """The letter to nobody in particular."""
    host = settings.PUBLIC_URL or "https://example.org"
    words = dict(WORDS, link=f"{host}/c/{26 * 'x'}", stop=f"{host}/c/s/{26 * 'x'}")
    if facility:
        words |= words_for(None, facility, text.language) | {"name": WORDS["name"]}
    return letter(text, words)


def unknown_words(text):
    """Words a text names that nobody fills in."""
    return sorted(set(re.findall(r"\{(\w+)\}", text.subject + text.body)) - set(WORDS))


# What would tell a stranger.


def revealing(words, facility=None):
    """The words in it that tell what this is about: of the lexicon, of names of places and programs, in links."""
    plain = _plain(words)
    tokens = set(re.findall(r"[a-z]+", plain))
    stems, whole = _lexicon()
    found = {token for token in tokens if token in whole or token.startswith(stems)}
    for link in re.findall(r"(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)+/\S*", plain):
        found |= set(reveals_in_a_link(link))
    return sorted(found | {name for name in _names(facility) if re.search(rf"\b{re.escape(_plain(name))}\b", plain)})


def reveals_in_a_link(address):
    """Stems that stand anywhere in it: a host is written without spaces."""
    return sorted(stem for stem in _lexicon()[0] if stem in _plain(address))


@cache
def _lexicon():
    """(stems, words) of every language: a text in one may be read by speakers of the other."""
    lists = json.loads((DATA / "lexicon.json").read_text()).values()
    return tuple(_plain(stem) for one in lists for stem in one["stems"]), frozenset(
        _plain(word) for one in lists for word in one["words"]
    )


def _names(facility):
    """Names of the place and its programs; of all of them, for what every place sends."""
    if facility:
        names = {facility.name, *(program.name for program in facility.programs.all())}
    else:
        names = {name for pair in Facility.objects.values_list("name", "programs__name") for name in pair if name}
    return {name for name in names if len(name) > 3}


def _plain(text):
    """Small letters without accents."""
    return "".join(one for one in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(one))


GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_TWICE = frozenset("^{}\\[~]|€")


def parts(body):
    """How many text messages it is sent as (GSM 03.38; 16 bits a character where that does not do)."""
    if set(body) <= GSM | GSM_TWICE:
        size, one, each = len(body) + sum(letter in GSM_TWICE for letter in body), 160, 153
    else:
        size, one, each = len(body.encode("utf-16-be")) // 2, 70, 67
    return 1 if size <= one else -(-size // each)


# What people mean.


LONGEST_WISH, LONGEST_PART = 150, 14  # letters, words; whoever writes more is read by somebody


def meaning(body):
    """(what the words ask for, in which language) when they are among those kept as data; None otherwise."""
    return _keywords().get(_asked(body)) or _stop_said(body)


def _stop_said(body):
    """The same for who asks in a sentence of their own, or by a sign alone, not to be written to."""
    said = _asked(body)
    signs, around, asked = _stop_sentences()
    if not said:
        return (Meaning.OPTED_OUT.value, Language.ENGLISH) if any(sign in body for sign in signs) else None
    words = said.split() if len(said) <= LONGEST_WISH else []
    found = {0: None}  # how far it is understood: the language in which they asked by then
    for start in range(len(words)):
        if start not in found:
            continue
        for end in range(start + 1, min(start + LONGEST_PART, len(words)) + 1):
            part = " ".join(words[start:end])
            language = next((one for one, pattern in asked.items() if pattern.fullmatch(part)), None)
            if language or around.fullmatch(part):
                found[end] = found.get(end) or found[start] or language
    language = found.get(len(words))
    return language and (Meaning.OPTED_OUT.value, language)


@cache
def _stop_sentences():
    """(signs, what stands around it in either language, {language: what asks for it})."""
    lists = json.loads((DATA / "stop_sentences.json").read_text())
    languages = {language: {kind: "|".join(of) for kind, of in lists[language].items()} for language in Language}
    asked = {
        language: re.compile(f"{of['words']}|(?:(?:{of['wanting']}) )?(?:{of['sentences']})")
        for language, of in languages.items()
    }
    return lists["signs"], re.compile("|".join(of["around"] for of in languages.values())), asked


def _asked(text):
    return " ".join(re.sub(r"['’]", "", re.sub(r"[^\w\s'’]", " ", _plain(text))).split())


@cache
def _keywords():
    lists = json.loads((DATA / "keywords.json").read_text())
    return {
        _asked(word): (kind, Language(language))
        for language, kinds in lists.items()
        for kind, words in kinds.items()
        for word in words
    }


# To staff.


def to_staff(notice, now):
    """The letter to staff: what is owed, where and when."""
    duty, facility = notice.duty, notice.facility
    context = {
        "what": duty.ladder.name,
        "facility": facility.name,
        "due": f"{duty.due_at.astimezone(facility.tz()):%a %b %d, %H:%M %Z}",
        "when": when(duty.due_at, now),
        "critical": notice.critical,
        "late_by_us": notice.late_by_us,
    }
    return _letter(notice.template, context, settings.DEFAULT_FROM_EMAIL)


def page(notice, now):
    """The text message to staff about what is critical: not even what it is."""
    return Letter("", _one_line(_letter("page", {"when": when(notice.duty.due_at, now)}, "").body), "")


def when(due_at, now):
    """How far off it is, in words: “in 40 minutes”, “now”, “late by 3 days 2 hours”."""
    minutes = int(abs(now - due_at).total_seconds()) // 60
    parts = [(minutes // 1440, "day"), (minutes // 60 % 24, "hour"), (minutes % 60, "minute")]
    words = [f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in parts if count][:2]
    if not words:
        return "now"
    return f"{'late by' if now > due_at else 'in'} {' '.join(words)}"


def _letter(name, context, sender):
    """The first line of the template is the subject. Raises TemplateDoesNotExist."""
    subject, _, body = render_to_string(f"messaging/{name}.txt", context).strip().partition("\n")
    return Letter(subject.strip(), body.strip() + "\n", sender)


def _one_line(text):
    return " ".join(text.split())
