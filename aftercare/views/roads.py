"""The talk, the end of treatment, transfers and closing."""

from accounts.models import Role
from patients import actions as patients
from patients.models import Episode
from patients.serializers import ReasonInput
from patients.views import Verb
from treatment.actions import conversations
from treatment.models import Conversation, Discharge, Transfer

from ..actions import closings, discharges, transfers
from ..serializers import (
    ArrivalInput,
    CloseInput,
    DischargeInput,
    NotArrivedInput,
    TalkInput,
)
from .calls import FOLLOWS_UP

TALKS = frozenset({Role.COUNSELOR, Role.NURSE, Role.PRESCRIBER, Role.SUPERVISOR, Role.INTAKE})


class Talk(Verb):
    """aftercare.actions.discharges.talk"""

    noun, answer = Episode, Conversation
    name, label = "talk", "Record the talk"
    description = "The talk was held; what is owed next follows from what the person said."
    allowed_roles = TALKS
    serializer_class = TalkInput
    needs = conversations.hold.needs

    def act(self, row, data, by):
        """Talk."""
        return discharges.talk(row, **data, by=by)


class EndTreatment(Verb):
    """aftercare.actions.discharges.discharge"""

    noun, answer = Episode, Discharge
    name, label = "discharge", "Discharge"
    description = "End treatment and begin aftercare, in one go."
    allowed_roles = frozenset({Role.COUNSELOR, Role.NURSE, Role.PRESCRIBER, Role.SUPERVISOR})
    serializer_class = DischargeInput
    needs = discharges.discharge.needs

    def act(self, row, data, by):
        """Discharge."""
        return discharges.discharge(row, **data, by=by)


class ConfirmArrival(Verb):
    """aftercare.actions.transfers.confirm_arrival"""

    noun = Transfer
    name, label = "confirm-arrival", "Arrived"
    description = "Somebody there said that the person arrived; closing the episode is owed, or we stay in touch."
    allowed_roles = TALKS | FOLLOWS_UP
    serializer_class = ArrivalInput
    needs = transfers.confirm_arrival.needs

    def act(self, row, data, by):
        """Confirm."""
        return transfers.confirm_arrival(row, **data, by=by)


class NotArrived(Verb):
    """aftercare.actions.transfers.not_arrived"""

    noun = Transfer
    name, label = "not-arrived", "Did not arrive"
    description = "Somebody calls the person now; after a discharge they are followed up."
    allowed_roles = TALKS | FOLLOWS_UP
    serializer_class = NotArrivedInput
    needs = transfers.not_arrived.needs

    def act(self, row, data, by):
        """Resume contact."""
        return transfers.not_arrived(row, **data, by=by)


class MarkEpisodeError(Verb):
    """aftercare.actions.closings.mark_error"""

    noun = Episode
    name, label = "mark-error", "Begun by mistake"
    description = "For the wrong person, or twice: it ends wherever it is, and counts for nothing from now on."
    confirm = "Everything owed on this thread ends and a bed is freed at once. This cannot be taken back. Go on?"
    allowed_roles = frozenset({Role.SUPERVISOR})
    serializer_class = ReasonInput
    needs = patients.mark_error.needs

    def act(self, row, data, by):
        """Mark."""
        return closings.mark_error(row, **data, by=by)


class Close(Verb):
    """aftercare.actions.closings.close"""

    noun = Episode
    name, label = "close", "Close the episode"
    description = "A signed decision with a reason. Coming back is always possible."
    confirm = "Nothing will be owed to this person any more. Close the episode?"
    allowed_roles = frozenset({Role.SUPERVISOR, Role.COUNSELOR, Role.AFTERCARE})
    serializer_class = CloseInput
    needs = closings.close.needs

    def act(self, row, data, by):
        """Close."""
        return closings.close(row, **data, by=by)
