"""Sessions and their notes."""

from accounts.models import Role
from patients.models import Episode
from patients.views import Filters, Reads, Told, Verb, unset
from patients.views.errors import mark_error

from ..actions import sessions
from ..models import Session, SessionNote
from ..serializers import LogSessionInput, SessionNoteSerializer, SessionSerializer, WriteInput

SEES_PEOPLE = frozenset({Role.COUNSELOR, Role.NURSE, Role.PRESCRIBER, Role.SUPERVISOR, Role.AFTERCARE})


class Sessions(Reads):
    """Sessions."""

    model = Session
    serializer_class = SessionSerializer
    filterset_fields = ["patient", "facility", "episode", "placement", "kind", "attendance"]
    told = (Told("sessions", "{kind} session", "{attendance}", at="started_at", by="logged_by"),)


class SessionNoteFilters(Filters):
    """Still a draft?"""

    draft = unset("signed_at")

    class Meta:
        model = SessionNote
        fields = ["patient", "facility", "session", "session__episode", "drafted_by"]


class SessionNotes(Reads):
    """Notes: readable by those who care for the person, and by the privacy officer."""

    model = SessionNote
    serializer_class = SessionNoteSerializer
    filterset_class = SessionNoteFilters
    told = (
        # Drafts are nobody's business until they are signed.
        Told("notes", "note signed: {session__kind} session", at="signed_at", by="signed_by"),
    )


class LogSession(Verb):
    """treatment.actions.sessions.log_session"""

    noun, answer = Episode, Session
    name, label = "log-session", "Log a session"
    description = "A session took place, or the person did not come; a note is drafted and its signature owed."
    allowed_roles = SEES_PEOPLE
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
    allowed_roles = SEES_PEOPLE
    serializer_class = WriteInput

    def act(self, row, data, by):
        """Write."""
        return sessions.write(row, **data, by=by)


class Sign(Verb):
    """treatment.actions.sessions.sign"""

    noun = SessionNote
    name, label = "sign", "Sign"
    description = "From now on nobody can change this note."
    confirm = "A signed note is locked. Sign it?"
    allowed_roles = SEES_PEOPLE

    def act(self, row, data, by):
        """Sign."""
        return sessions.sign(row, **data, by=by)


MarkSessionError = mark_error(Session)
MarkSessionNoteError = mark_error(SessionNote)
