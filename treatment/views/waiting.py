"""The wait list in its order, and the places offered from it."""

from accounts.models import Role
from patients.models import Episode
from patients.serializers import ReasonInput
from patients.views import Filters, Ranked, Reads, Told, Verb, unset

from ..actions import offers, waiting
from ..models import Offer, WaitListEntry
from ..serializers import (
    InLineSerializer,
    LeaveListInput,
    NoteInput,
    OfferInput,
    OfferSerializer,
    RaiseInput,
    WaitingContactInput,
    WaitInput,
    WaitListEntrySerializer,
)
from .placements import ADMITS, TREATS

OFFERS = ADMITS | TREATS


class WaitListFilters(Filters):
    """Still waiting?"""

    open = unset("left_at")

    class Meta:
        model = WaitListEntry
        fields = ["patient", "facility", "episode", "program"]


class WaitListEntries(Reads):
    """Those who wait, or waited."""

    model = WaitListEntry
    serializer_class = WaitListEntrySerializer
    filterset_class = WaitListFilters
    told = (
        Told("placement", "waits for {program__name}", at="since_at", by="since_by"),
        Told("placement", "waits no more for {program__name}", "{left_because}", at="left_at", by="left_by"),
    )


class WaitListLineFilters(Filters):
    """For what, and where?"""

    class Meta:
        model = WaitListEntry
        fields = ["facility", "program"]


class WaitList(WaitListEntries):
    """Those who wait, the first in line first."""

    serializer_class = InLineSerializer
    filterset_class = WaitListLineFilters
    pagination_class = Ranked
    related = ("patient",)
    told = ()

    def get_queryset(self):
        """With their priority."""
        return super().get_queryset().open().in_line()


class OfferFilters(Filters):
    """Still to be answered?"""

    open = unset("ended_at")

    class Meta:
        model = Offer
        fields = ["patient", "facility", "episode", "entry", "program", "bed", "outcome"]


class Offers(Reads):
    """Places offered."""

    model = Offer
    serializer_class = OfferSerializer
    filterset_class = OfferFilters
    told = (
        Told("placement", "{program__name} offered", "until {until_at}", at="offered_at", by="offered_by"),
        Told("placement", "offer of {program__name}: {outcome}", "{note}", at="ended_at", by="ended_by"),
    )


class PutOnWaitList(Verb):
    """treatment.actions.waiting.put_on_wait_list"""

    noun, answer = Episode, WaitListEntry
    name, label = "put-on-wait-list", "Put on a wait list"
    description = "The person waits for a place, and is called at least once a week."
    allowed_roles = OFFERS
    serializer_class = WaitInput
    needs = waiting.put_on_wait_list.needs

    def act(self, row, data, by):
        """Put on."""
        return waiting.put_on_wait_list(row, **data, by=by)


class LogWaitingContact(Verb):
    """treatment.actions.waiting.log_waiting_contact"""

    noun = WaitListEntry
    name, label = "log-waiting-contact", "I called"
    description = "Reached, the next call is owed within a week; not reached, this one stays owed."
    allowed_roles = OFFERS | {Role.AFTERCARE}
    serializer_class = WaitingContactInput
    needs = waiting.log_waiting_contact.needs

    def act(self, row, data, by):
        """Log."""
        return waiting.log_waiting_contact(row, **data, by=by)


class RaisePriority(Verb):
    """treatment.actions.waiting.raise_priority"""

    noun = WaitListEntry
    name, label = "raise-priority", "Raise the priority"
    description = "Move somebody up by hand, with a reason; zero takes it back."
    allowed_roles = OFFERS
    serializer_class = RaiseInput
    needs = waiting.raise_priority.needs

    def act(self, row, data, by):
        """Raise."""
        return waiting.raise_priority(row, **data, by=by)


class LeaveWaitList(Verb):
    """treatment.actions.waiting.leave_wait_list"""

    noun = WaitListEntry
    name, label = "leave-wait-list", "Take off the wait list"
    description = "The person waits no more; at intake, what follows is owed again."
    allowed_roles = OFFERS
    serializer_class = LeaveListInput
    needs = waiting.leave_wait_list.needs

    def act(self, row, data, by):
        """Leave."""
        return waiting.leave_wait_list(row, **data, by=by)


class OfferPlace(Verb):
    """treatment.actions.offers.offer_place"""

    noun, answer = WaitListEntry, Offer
    name, label = "offer-place", "Offer a place"
    description = "Keep a place for the person until they answer."
    allowed_roles = OFFERS
    serializer_class = OfferInput
    needs = offers.offer_place.needs

    def act(self, row, data, by):
        """Offer."""
        return offers.offer_place(row, **data, by=by)


class DeclineOffer(Verb):
    """treatment.actions.offers.decline_offer"""

    noun = Offer
    name, label = "decline-offer", "The person declines"
    description = "They go on waiting; somebody owes offering the place to the next in line."
    allowed_roles = OFFERS
    serializer_class = NoteInput
    needs = offers.decline_offer.needs

    def act(self, row, data, by):
        """Decline."""
        return offers.decline_offer(row, **data, by=by)


class WithdrawOffer(Verb):
    """treatment.actions.offers.withdraw_offer"""

    noun = Offer
    name, label = "withdraw-offer", "Take the offer back"
    description = "The person goes on waiting."
    allowed_roles = OFFERS
    serializer_class = ReasonInput
    needs = offers.withdraw_offer.needs

    def act(self, row, data, by):
        """Withdraw."""
        return offers.withdraw_offer(row, **data, by=by)
