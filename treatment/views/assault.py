"""Asking about assault: read by whoever asked, and by those they named."""

from accounts.models import Role
from patients.models import Episode
from patients.views import Reads, Verb
from patients.views.errors import mark_error

from ..actions import assault
from ..models import AssaultReader, AssaultScreen
from ..serializers import AssaultReaderInput, AssaultReaderSerializer, AssaultScreenInput, AssaultScreenSerializer


class AssaultScreens(Reads):
    """Assault screens; the timeline hears nothing of them."""

    model = AssaultScreen
    allowed_roles = assault.READ_BY
    serializer_class = AssaultScreenSerializer
    filterset_fields = ["patient", "episode"]
    told = ()


class AssaultReaders(Reads):
    """Who may read which."""

    model = AssaultReader
    allowed_roles = assault.READ_BY
    serializer_class = AssaultReaderSerializer
    filterset_fields = ["screen", "reader"]
    told = ()


class ScreenAssault(Verb):
    """treatment.actions.assault.screen_assault"""

    noun, answer = Episode, AssaultScreen
    name, label = "screen-assault", "Ask in private"
    description = "Whether the person was drugged or assaulted. Never required; only you and those you name read it."
    allowed_roles = frozenset({Role.NURSE, Role.PRESCRIBER, Role.COUNSELOR})
    serializer_class = AssaultScreenInput
    needs = assault.screen_assault.needs

    def act(self, row, data, by):
        """Screen."""
        return assault.screen_assault(row, **data, by=by)


class NameReader(Verb):
    """treatment.actions.assault.name_reader"""

    noun, answer = AssaultScreen, AssaultReader
    name, label = "name-reader", "Let a clinician read it"
    description = "One more clinician of this place may read this screen, and nobody else."
    allowed_roles = assault.READ_BY
    serializer_class = AssaultReaderInput

    def act(self, row, data, by):
        """Name."""
        return assault.name_reader(row, **data, by=by)


MarkAssaultScreenError = mark_error(AssaultScreen, allowed_roles=assault.READ_BY)
MarkAssaultReaderError = mark_error(AssaultReader, allowed_roles=assault.READ_BY)
