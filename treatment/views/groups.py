"""Group sessions."""

from django_filters import rest_framework as filters

from accounts.models import CHART
from patients.serializers import ReasonInput
from patients.views import Filters, Reads, Verb

from ..actions import groups
from ..models import GroupSession, Program
from ..models.sessions import WRITES
from ..serializers import GroupSessionSerializer, LogGroupInput, WriteInput


class GroupFilters(Filters):
    """Where, of which program, led by whom?"""

    started_after = filters.IsoDateTimeFilter("started_at", lookup_expr="gte")

    class Meta:
        model = GroupSession
        fields = ["facility", "program", "kind", "led_by"]


class Groups(Reads):
    """Group sessions of the user's places: what is shared, and nobody's name."""

    model = GroupSession
    serializer_class = GroupSessionSerializer
    allowed_roles = CHART
    place = "facility"
    newest_first = True
    filterset_class = GroupFilters


class LogGroup(Verb):
    """treatment.actions.groups.log_group"""

    noun, answer = Program, GroupSession
    name, label = "log-group", "Log a group session"
    description = "One attendance for everybody: a session on each chart, and a draft for each who came."
    allowed_roles = WRITES
    serializer_class = LogGroupInput
    needs = groups.log_group.needs

    def act(self, row, data, by):
        """Log."""
        return groups.log_group(program=row, **data, by=by)


class WriteGroup(Verb):
    """treatment.actions.groups.write_group"""

    noun = GroupSession
    name, label = "write", "Write what they share"
    description = "It stands on everybody's chart: name nobody. Until a note of the group is signed."
    allowed_roles = WRITES
    serializer_class = WriteInput
    needs = groups.write_group.needs

    def act(self, row, data, by):
        """Write."""
        return groups.write_group(row, **data, by=by)


class SignGroup(Verb):
    """treatment.actions.groups.sign_group"""

    noun = GroupSession
    name, label = "sign-group", "Sign all my notes"
    description = "Sign every draft of this group that is yours; from then on nobody can change them."
    confirm = "Signed notes are locked, and so is what they share. Sign all of them?"
    allowed_roles = WRITES
    needs = groups.sign_group.needs

    def act(self, row, data, by):
        """Sign."""
        return groups.sign_group(row, **data, by=by)


class MarkGroupError(Verb):
    """treatment.actions.groups.mark_group_error"""

    noun = GroupSession
    name, label = "mark-error", "Entered in error"
    description = "It did not take place: the group, every session of it and the drafts are marked."
    confirm = "This cannot be taken back. Mark it as entered in error?"
    allowed_roles = WRITES
    serializer_class = ReasonInput
    needs = groups.mark_group_error.needs

    def act(self, row, data, by):
        """Mark."""
        return groups.mark_group_error(row, **data, by=by)
