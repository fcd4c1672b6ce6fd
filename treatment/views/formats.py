"""Notes in parts, and their co-signing."""

from accounts.models import Role
from patients.views import Verb

from ..actions import cosigning, formats
from ..models import SessionNote
from ..models.sessions import WRITES
from ..serializers import ChangeFormatInput, ReturnNoteInput, WriteSectionsInput

COSIGNS = frozenset({Role.SUPERVISOR})


class WriteSections(Verb):
    """treatment.actions.formats.write_sections"""

    noun = SessionNote
    name, label = "write-sections", "Write its parts"
    description = "Change parts of your draft; those that are left out stay as they are."
    allowed_roles = WRITES
    serializer_class = WriteSectionsInput
    needs = formats.write_sections.needs

    def act(self, row, data, by):
        """Write."""
        return formats.write_sections(row, **data, by=by)


class ChangeFormat(Verb):
    """treatment.actions.formats.change_format"""

    noun = SessionNote
    name, label = "change-format", "Another format"
    description = "Divide your draft differently. Whatever was typed is kept."
    allowed_roles = WRITES
    serializer_class = ChangeFormatInput
    needs = formats.change_format.needs

    def act(self, row, data, by):
        """Change."""
        return formats.change_format(row, **data, by=by)


class Cosign(Verb):
    """treatment.actions.cosigning.cosign"""

    noun = SessionNote
    name, label = "cosign", "Co-sign"
    description = "A supervisor whose license is in force signs too; never the author."
    confirm = "A co-signed note is locked as it is. Co-sign it?"
    allowed_roles = COSIGNS
    needs = cosigning.cosign.needs

    def act(self, row, data, by):
        """Co-sign."""
        return cosigning.cosign(row, **data, by=by)

    @classmethod
    def is_prompted(cls, row):
        """Where a co-signature is owed."""
        return row.cosign_duty_id is not None


class ReturnNote(Verb):
    """treatment.actions.cosigning.return_note"""

    noun = SessionNote
    name, label = "return", "Return with a comment"
    description = "Its author adds what is missing; what was signed stays as it is, and then it comes back."
    allowed_roles = COSIGNS
    serializer_class = ReturnNoteInput
    needs = cosigning.return_note.needs

    def act(self, row, data, by):
        """Return."""
        return cosigning.return_note(row, **data, by=by)

    @classmethod
    def is_prompted(cls, row):
        """Where a co-signature is owed."""
        return row.cosign_duty_id is not None
