"""Sessions and their notes."""

from django.db.models import Q
from django_filters import rest_framework as filters

from patients.models import Episode
from patients.serializers import ReasonInput
from patients.views import Filters, Reads, Told, Verb, unset

from ..actions import sessions
from ..models import Addendum, Session, SessionNote
from ..models.sessions import ADOPTS, WRITES
from ..serializers import (
    AddendumInput,
    AddendumSerializer,
    AmendSessionInput,
    LogSessionInput,
    SessionNoteSerializer,
    SessionSerializer,
    SignNoteInput,
    WriteNoteInput,
)


class Sessions(Reads):
    """Sessions."""

    model = Session
    serializer_class = SessionSerializer
    filterset_fields = [
        "patient",
        "facility",
        "episode",
        "placement",
        "kind",
        "how",
        "attendance",
        "attendance_because",
        "group",
        "appointment",
        "late_entry",
    ]
    told = (
        Told(
            "sessions",
            "{kind} session",
            "{attendance}",
            "{attendance_because}",
            "written down late{late_entry}",
            at="started_at",
            by="logged_by",
        ),
    )


class SessionNoteFilters(Filters):
    """Still a draft?"""

    draft = unset("signed_at")
    to_cosign = filters.BooleanFilter(method="by_cosigning")

    class Meta:
        model = SessionNote
        fields = ["patient", "facility", "session", "session__episode", "session__group", "drafted_by"]

    def by_cosigning(self, rows, name, value):
        """Does a co-signature wait?"""
        waiting = SessionNote.objects.to_cosign().values("pk")
        return rows.filter(pk__in=waiting) if value else rows.exclude(pk__in=waiting)


class SessionNotes(Reads):
    """Signed notes, for those who care for the person and the privacy officer; drafts, for their author."""

    model = SessionNote
    serializer_class = SessionNoteSerializer
    related = ("session__group",)
    filterset_class = SessionNoteFilters
    told = (
        # Drafts are nobody's business until they are signed; from then on they are seen with the person.
        Told(
            "notes",
            "note signed: {session__kind} session",
            at="signed_at",
            by="signed_by",
            follows_person=True,
        ),
        Told(
            "notes",
            "note co-signed: {session__kind} session",
            at="cosigned_at",
            by="cosigned_by",
            where=Q(signed_at__isnull=False),
            follows_person=True,
        ),
        Told(
            "notes",
            "note returned",
            "{returned_comment}",
            at="returned_at",
            by="returned_by",
            where=Q(signed_at__isnull=False),
            follows_person=True,
        ),
    )

    def get_queryset(self):
        """With what was added."""
        return super().get_queryset().prefetch_related("addenda")


class AddendumFilters(Filters):
    """About whom, to what?"""

    class Meta:
        model = Addendum
        fields = ["patient", "facility", "note", "added_by"]


class Addenda(Reads):
    """What was added to signed notes."""

    model = Addendum
    serializer_class = AddendumSerializer
    filterset_class = AddendumFilters
    told = (Told("notes", "added to the note of a {note__session__kind} session", at="added_at", by="added_by"),)


class AmendSession(Verb):
    """treatment.actions.sessions.amend_session"""

    noun = Session
    name, label = "amend", "Correct"
    description = "Correct when it was, what it was and who came, while the note is a draft."
    allowed_roles = WRITES
    serializer_class = AmendSessionInput
    needs = sessions.amend_session.needs

    def act(self, row, data, by):
        """Amend."""
        return sessions.amend_session(row, **data, by=by)


class LogSession(Verb):
    """treatment.actions.sessions.log_session"""

    noun, answer = Episode, Session
    name, label = "log-session", "Log a session"
    description = "A session took place, or the person did not come; a note is drafted and its signature owed."
    allowed_roles = WRITES
    serializer_class = LogSessionInput
    needs = sessions.log_session.needs

    def act(self, row, data, by):
        """Log."""
        return sessions.log_session(row, **data, by=by)


class Write(Verb):
    """treatment.actions.sessions.write"""

    noun = SessionNote
    name, label = "write", "Write"
    description = "Change your draft."
    allowed_roles = WRITES
    serializer_class = WriteNoteInput
    needs = (sessions.require_draft, sessions.is_one_text)

    def act(self, row, data, by):
        """Write."""
        return sessions.write(row, **data, by=by)


class Sign(Verb):
    """treatment.actions.sessions.sign"""

    noun = SessionNote
    name, label = "sign", "Sign"
    description = "From now on nobody can change this note."
    confirm = "A signed note is locked. Sign it?"
    allowed_roles = WRITES
    serializer_class = SignNoteInput
    needs = (sessions.require_draft, sessions.require_whole)

    def act(self, row, data, by):
        """Sign."""
        return sessions.sign(row, **data, by=by)


class AdoptDraft(Verb):
    """treatment.actions.sessions.adopt_draft"""

    noun = SessionNote
    name, label = "adopt-draft", "Take over the draft"
    description = "Its author left. You write and sign it from now on; they stay named."
    allowed_roles = ADOPTS
    needs = (sessions.require_draft, sessions.require_left)

    def act(self, row, data, by):
        """Take over."""
        return sessions.adopt_draft(row, **data, by=by)


class AddAddendum(Verb):
    """treatment.actions.sessions.add_addendum"""

    noun, answer = SessionNote, Addendum
    name, label = "add-addendum", "Add to it"
    description = "What was signed stays as it is; this is shown below it, with your name."
    allowed_roles = WRITES
    serializer_class = AddendumInput
    needs = (sessions.require_signed,)

    def act(self, row, data, by):
        """Add."""
        return sessions.add_addendum(row, **data, by=by)


class MarkSessionError(Verb):
    """treatment.actions.sessions.mark_session_error"""

    noun = Session
    name, label = "mark-error", "Entered in error"
    description = "Mark it, and its draft, as a mistake: readable still, and counting for nothing."
    confirm = "This cannot be taken back. Mark it as entered in error?"
    allowed_roles = WRITES
    serializer_class = ReasonInput
    needs = sessions.mark_session_error.needs

    def act(self, row, data, by):
        """Mark."""
        return sessions.mark_session_error(row, **data, by=by)


class MarkSessionNoteError(Verb):
    """treatment.actions.sessions.mark_note_error"""

    noun = SessionNote
    name, label = "mark-error", "Entered in error"
    description = "Mark it as a mistake: readable still, and counting for nothing. Its author or a supervisor does."
    confirm = "This cannot be taken back. Mark it as entered in error?"
    allowed_roles = WRITES
    serializer_class = ReasonInput
    needs = sessions.mark_note_error.needs

    def act(self, row, data, by):
        """Mark."""
        return sessions.mark_note_error(row, **data, by=by)


class MarkAddendumError(Verb):
    """treatment.actions.sessions.mark_addendum_error"""

    noun = Addendum
    name, label = "mark-error", "Entered in error"
    description = "Mark it as a mistake: readable still, and counting for nothing. Its author or a supervisor does."
    confirm = "This cannot be taken back. Mark it as entered in error?"
    allowed_roles = WRITES
    serializer_class = ReasonInput
    needs = sessions.mark_addendum_error.needs

    def act(self, row, data, by):
        """Mark."""
        return sessions.mark_addendum_error(row, **data, by=by)
