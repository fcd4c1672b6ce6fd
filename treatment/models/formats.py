"""How a note is divided: its parts, each with the heading that stands over it wherever the note is read."""

from typing import NamedTuple

from django.db import models


class NoteFormat(models.TextChoices):
    """Into which parts a note is divided."""

    FREE = "free", "Free text"
    DAP = "dap", "DAP: data, assessment, plan"
    SOAP = "soap", "SOAP: subjective, objective, assessment, plan"
    BIRP = "birp", "BIRP: behavior, intervention, response, plan"
    GIRP = "girp", "GIRP: goal, intervention, response, plan"
    INTEGRATION = "integration", "Integration: what happened, and what now"


class Part(NamedTuple):
    """One part of a note."""

    key: str
    label: str


def _parts(**labels):
    return tuple(Part(*pair) for pair in labels.items())


# A free note has no parts: its text stands alone.
PARTS = {
    NoteFormat.FREE: (),
    NoteFormat.DAP: _parts(data="Data", assessment="Assessment", plan="Plan"),
    NoteFormat.SOAP: _parts(subjective="Subjective", objective="Objective", assessment="Assessment", plan="Plan"),
    NoteFormat.BIRP: _parts(behavior="Behavior", intervention="Intervention", response="Response", plan="Plan"),
    NoteFormat.GIRP: _parts(goal="Goal", intervention="Intervention", response="Response", plan="Plan"),
    # The template of the talk (Conversation), in the same columns; all of it optional (domain 6.2).
    NoteFormat.INTEGRATION: _parts(
        what_happened="What happened",
        meaning="What it means to them",
        what_matters="What matters to them",
        next_step="One small step they chose",
        safety_plan="Safety plan",
    ),
}
OPTIONAL = frozenset({NoteFormat.FREE, NoteFormat.INTEGRATION})  # signed with any part of it written


def missing(format, sections):
    """The headings of the parts that must not stay empty, and are."""
    if format in OPTIONAL:
        return []
    return [part.label for part in PARTS[format] if not sections.get(part.key, "").strip()]


def carried(text, sections, *, old, new):
    """(text, sections) of what was typed, in another format: nothing of it is lost.

    Parts that both formats have stay where they are; the others go, under their headings, into the first part.
    """
    kept = {part.key: sections[part.key] for part in PARTS[new] if part.key in sections}
    rest = [text] if text else []
    rest += [
        f"{part.label}: {sections[part.key]}" for part in PARTS[old] if part.key in sections and part.key not in kept
    ]
    if not PARTS[new]:
        return "\n\n".join(rest), {}
    first = PARTS[new][0].key
    if rest:
        kept[first] = "\n\n".join([*rest, *filter(None, [kept.get(first)])])
    return "", kept
