"""Notes in parts: kept while the format changes, whole before they are signed, under their headings everywhere."""

import pytest

from tests import given
from tests.then import forbidden, refused
from treatment.actions import formats, sessions
from treatment.models import Conversation, NoteFormat, Program, SessionNote
from treatment.models.formats import PARTS

DAP = {"data": "Slept badly.", "assessment": "Tired.", "plan": "Walk at noon."}


@pytest.fixture
def episode(clinic):
    return given.in_bed(clinic)


@pytest.fixture
def note(clinic, episode):
    return given.a_session(episode, clinic, text="Slept badly.")


def in_dap(note, clinic, **parts):
    formats.change_format(note, format="dap", by=clinic.counselor)
    return formats.write_sections(note, sections=parts or DAP, by=clinic.counselor)


def test_what_was_typed_survives_every_change_of_format(clinic, note):
    note = formats.change_format(note, format="dap", by=clinic.counselor)
    assert (note.text, note.sections) == ("", {"data": "Slept badly."})
    note = formats.write_sections(note, sections={"assessment": "Tired.", "plan": "Walk."}, by=clinic.counselor)
    note = formats.change_format(note, format="soap", by=clinic.counselor)
    assert note.sections == {"subjective": "Data: Slept badly.", "assessment": "Tired.", "plan": "Walk."}
    for format in NoteFormat.values:
        note = formats.change_format(note, format=format, by=clinic.counselor)
        said = " ".join(text for _, _, text in note.parts())
        assert all(words in said for words in ("Slept badly.", "Tired.", "Walk.")), format


def test_parts_that_are_not_named_stay_and_a_part_that_is_blank_goes(clinic, note):
    note = in_dap(note, clinic)
    note = formats.write_sections(note, sections={"plan": "Call."}, by=clinic.counselor)
    assert note.sections == {**DAP, "plan": "Call."}
    assert "plan" not in formats.write_sections(note, sections={"plan": " "}, by=clinic.counselor).sections


def test_a_note_is_signed_once_every_part_says_something(clinic, note, episode):
    note = in_dap(note, clinic, data="Slept badly.", assessment="Tired.")
    with refused("parts_missing"):
        sessions.sign(note, by=clinic.counselor)
    formats.write_sections(note, sections={"plan": "Walk."}, by=clinic.counselor)
    note = sessions.sign(note, by=clinic.counselor)
    for change in ({"sections": {}}, {"sections": {**note.sections, "plan": "Other."}}, {"format": "soap"}):
        with forbidden("a_signed_note_never_changes"):
            SessionNote.objects.filter(pk=note.pk).update(**change)
    for act in (
        lambda: formats.write_sections(note, sections={"plan": "x"}, by=clinic.counselor),
        lambda: formats.change_format(note, format="free", by=clinic.counselor),
    ):
        with refused("note_signed"):
            act()
    empty = given.a_session(episode, clinic, text="")
    with refused("note_empty"):
        sessions.sign(empty, by=clinic.counselor)


def test_what_is_refused(clinic, note):
    with refused("no_parts"):
        formats.write_sections(note, sections={"data": "x"}, by=clinic.counselor)
    in_dap(note, clinic)
    with refused("has_parts"):
        sessions.write(note, text="x", by=clinic.counselor)
    with refused("part_unknown"):
        formats.write_sections(note, sections={"goal": "x"}, by=clinic.counselor)
    for act in (
        lambda: formats.write_sections(note, sections={"plan": "x"}, by=clinic.supervisor),
        lambda: formats.change_format(note, format="soap", by=clinic.supervisor),
    ):
        with refused("not_the_author"):
            act()
    with forbidden("a_note_is_written_in_its_format"):
        SessionNote.objects.filter(pk=note.pk).update(text="Both.")


def test_a_note_begins_as_its_program_wants_else_as_its_author_last_chose(clinic, episode, note):
    assert given.a_session(episode, clinic).format == "free"
    last = given.a_session(episode, clinic)
    formats.change_format(last, format="birp", by=clinic.counselor)
    new = given.a_session(episode, clinic, text="Came in.")
    assert (new.format, new.sections) == ("birp", {"behavior": "Came in."})
    assert given.a_session(episode, clinic, by=clinic.supervisor).format == "free"
    Program.objects.filter(pk=clinic.residential.pk).update(note_format="girp")
    assert given.a_session(episode, clinic).format == "girp"


def test_integration_has_the_parts_of_the_talk():
    columns = {field.name for field in Conversation._meta.fields}
    assert {part.key for part in PARTS[NoteFormat.INTEGRATION]} <= columns
