"""Counseling notes: read by their author and whom the author named; no list, timeline or answer holds their text."""

from patients.views import Filters, Reads, Verb, unset
from patients.views.errors import mark_error

from ..actions import counseling
from ..models import CounselingGrant, CounselingNote, Session
from ..models.counseling import KEEP, NOT_HERE
from ..serializers import (
    BeginCounselingNoteInput,
    CounselingGrantSerializer,
    CounselingNoteSerializer,
    LetReadInput,
    OpenedNoteSerializer,
    WriteCounselingNoteInput,
)


class CounselingNoteFilters(Filters):
    """Still a draft?"""

    draft = unset("signed_at")

    class Meta:
        model = CounselingNote
        fields = ["patient", "facility", "session", "written_by"]


class CounselingNotes(Reads):
    """Counseling notes: that there are some, to those who may read them. Opened one by one."""

    model = CounselingNote
    serializer_class = CounselingNoteSerializer
    allowed_roles = KEEP
    filterset_class = CounselingNoteFilters
    told = ()

    def get_serializer_class(self):
        """The text only where one note is opened."""
        return OpenedNoteSerializer if self.action == "retrieve" else self.serializer_class


class CounselingGrants(Reads):
    """Who else may read a note, to those who may."""

    model = CounselingGrant
    serializer_class = CounselingGrantSerializer
    allowed_roles = KEEP
    filterset_fields = ["note", "reader"]
    told = ()


class BeginCounselingNote(Verb):
    """treatment.actions.counseling.begin_note"""

    noun, answer = Session, CounselingNote
    name, label = "begin-counseling-note", "Write a counseling note"
    description = NOT_HERE
    allowed_roles = KEEP
    serializer_class = BeginCounselingNoteInput
    needs = counseling.begin_note.needs

    def act(self, row, data, by):
        """Begin."""
        return counseling.begin_note(row, **data, by=by)


class WriteCounselingNote(Verb):
    """treatment.actions.counseling.write"""

    noun = CounselingNote
    name, label = "write", "Write"
    description = NOT_HERE
    allowed_roles = KEEP
    serializer_class = WriteCounselingNoteInput
    needs = counseling.write.needs

    def act(self, row, data, by):
        """Write."""
        return counseling.write(row, **data, by=by)


class SignCounselingNote(Verb):
    """treatment.actions.counseling.sign"""

    noun = CounselingNote
    name, label = "sign", "Sign"
    description = "From now on nobody can change this note."
    confirm = "A signed note is locked. Sign it?"
    allowed_roles = KEEP
    needs = counseling.sign.needs

    def act(self, row, data, by):
        """Sign."""
        return counseling.sign(row, **data, by=by)


class LetRead(Verb):
    """treatment.actions.counseling.let_read"""

    noun, answer = CounselingNote, CounselingGrant
    name, label = "let-read", "Let a clinician read it"
    description = (
        "One more clinician of this place may read this note until then, and nobody else. Only you give this."
    )
    allowed_roles = KEEP
    serializer_class = LetReadInput
    needs = counseling.let_read.needs

    def act(self, row, data, by):
        """Let read."""
        return counseling.let_read(row, **data, by=by)


class RevokeCounselingGrant(Verb):
    """treatment.actions.counseling.revoke"""

    noun = CounselingGrant
    name, label = "revoke", "Take it back"
    description = "They cannot read the note any more."
    allowed_roles = KEEP
    needs = counseling.revoke.needs

    def act(self, row, data, by):
        """Revoke."""
        return counseling.revoke(row, **data, by=by)


MarkCounselingNoteError = mark_error(CounselingNote, counseling.mark_error, allowed_roles=KEEP)
