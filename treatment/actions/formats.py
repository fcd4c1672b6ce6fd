"""How a note is divided: what it begins with, writing in its parts, and another format for what is written."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from audit.planned import Planned
from patients.actions import needs

from ..models import NoteFormat, SessionNote
from ..models.formats import PARTS, carried
from ..models.groups import SessionKind


def format_of(kind, *, program, by):
    """What a note begins as: the template of integration, else what the program wants, else its author's last.

    The line that a person has in a group is one text, and is not asked about.
    """
    if kind == SessionKind.INTEGRATION:
        return NoteFormat.INTEGRATION
    if program is not None and program.note_format:
        return program.note_format
    return THEIR_LAST.first(by.pk) or NoteFormat.FREE


THEIR_LAST = Planned(
    lambda author: (
        SessionNote.objects.filter(drafted_by=author, session__group=None)
        .exclude(format=NoteFormat.INTEGRATION)
        .order_by("-pk")
        .values_list("format", flat=True)[:1]
    ),
    UUID,
)


def begun_with(format, text):
    """The columns of a note that begins with this text: in a format with parts it stands in the first."""
    text, sections = carried(text, {}, old=NoteFormat.FREE, new=format)
    return {"format": format, "text": text, "sections": sections}


def has_parts(note):
    """Raises no_parts."""
    if note.format == NoteFormat.FREE:
        raise ValidationError("This note is one text. Write in it, or choose a format first.", code="no_parts")


def is_one_text(note):
    """Raises has_parts."""
    if note.format != NoteFormat.FREE:
        raise ValidationError("This note has parts. Write in those.", code="has_parts")


def is_mine_to_write(note, by):
    """Raises error_marked, note_signed or not_the_author."""
    from .sessions import require_draft_of

    require_draft_of(note, by)


def is_a_draft(note):
    """Raises error_marked or note_signed."""
    from .sessions import require_draft

    require_draft(note)


@needs(is_a_draft, has_parts)
@transaction.atomic
def write_sections(note, *, sections, by, at=None):
    """Change parts of a draft; those that are not named stay as they are.

    Raises no_parts, part_unknown, error_marked, note_signed or not_the_author.
    """
    note = SessionNote.objects.lock(note.pk)
    is_mine_to_write(note, by)
    has_parts(note)
    known = {part.key for part in PARTS[note.format]}
    if unknown := sorted(set(sections) - known):
        raise ValidationError(
            "A note in this format has no part “%(part)s”.", code="part_unknown", params={"part": unknown[0][:50]}
        )
    both = note.sections | sections
    note.sections = {key: text for key, text in both.items() if text.strip()}
    note.save(update_fields=["sections"])
    note.refresh_from_db()
    return note


@needs(is_a_draft)
@transaction.atomic
def change_format(note, *, format, by, at=None):
    """Divide a draft differently; whatever was typed is kept. Raises error_marked, note_signed, not_the_author."""
    note = SessionNote.objects.lock(note.pk)
    is_mine_to_write(note, by)
    note.text, note.sections = carried(note.text, note.sections, old=NoteFormat(note.format), new=NoteFormat(format))
    note.format = format
    note.save(update_fields=["format", "text", "sections"])
    note.refresh_from_db()
    return note
