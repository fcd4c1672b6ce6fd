"""Rounds, orders of them, and batches that a supervisor looks at."""

from django.db.models import Q

from accounts.models import CARE, Role
from patients.models import Episode
from patients.serializers import ReasonInput
from patients.views import Filters, Reads, Told, Verb, unset
from patients.views.errors import mark_error

from ..actions import rounds
from ..models import RoundBatch, RoundEntry, RoundOrder
from ..models.rounds import EXCEPTIONS
from ..serializers import (
    EnterRoundInput,
    LookAtRoundsInput,
    OrderRoundsInput,
    RoundBatchSerializer,
    RoundEntrySerializer,
    RoundOrderSerializer,
)
from .observations import NURSES

SUPERVISES = frozenset({Role.SUPERVISOR})


class RoundOrderFilters(Filters):
    """Still going on?"""

    open = unset("duty__closed_at")

    class Meta:
        model = RoundOrder
        fields = ["patient", "facility", "episode", "level"]


class RoundOrders(Reads):
    """How closely people are watched."""

    model = RoundOrder
    serializer_class = RoundOrderSerializer
    told = (
        Told("rounds", "rounds ordered: {level_name}", "{reason}", at="ordered_at", by="ordered_by"),
        Told("rounds", "rounds still needed", "{review}", at="reviewed_at", by="reviewed_by"),
    )
    related = ("duty", "review_duty")
    filterset_class = RoundOrderFilters


class RoundEntryFilters(Filters):
    """Of whom, by whom, where?"""

    class Meta:
        model = RoundEntry
        fields = ["patient", "facility", "order", "entered_by", "where"]


class RoundEntries(Reads):
    """Each time somebody was seen, or looked for. The timeline tells only what stands out."""

    model = RoundEntry
    serializer_class = RoundEntrySerializer
    told = (
        Told(
            "rounds",
            "on rounds: {where}",
            "{breathing}",
            "{behavior}",
            "{words}",
            at="observed_at",
            by="entered_by",
            where=EXCEPTIONS & Q(strike=None),
        ),
    )
    related = ("strike",)
    newest_first = True
    filterset_class = RoundEntryFilters


class RoundBatchFilters(Filters):
    """Still to be looked at?"""

    open = unset("looked_at")

    class Meta:
        model = RoundBatch
        fields = ["facility", "written_by"]


class RoundBatches(Reads):
    """Rounds that cannot have been as they are written."""

    model = RoundBatch
    serializer_class = RoundBatchSerializer
    allowed_roles = SUPERVISES
    place = "facility"
    filterset_class = RoundBatchFilters


class OrderRounds(Verb):
    """treatment.actions.rounds.order_rounds"""

    noun, answer = Episode, RoundOrder
    name, label = "order-rounds", "Order rounds"
    description = "How closely the person is watched, and why; it replaces what was ordered before."
    allowed_roles = NURSES
    serializer_class = OrderRoundsInput
    needs = rounds.order_rounds.needs

    def act(self, row, data, by):
        """Order."""
        return rounds.order_rounds(row, **data, by=by)


class EnterRound(Verb):
    """treatment.actions.rounds.enter"""

    noun, answer = RoundOrder, RoundEntry
    name, label = "enter", "Write down a round"
    description = "Where the person was and what you saw, one person at a time; the next round is owed."
    allowed_roles = CARE
    serializer_class = EnterRoundInput
    needs = rounds.enter.needs

    def act(self, row, data, by):
        """Write down."""
        return rounds.enter(row, **data, by=by)


class ReviewRounds(Verb):
    """treatment.actions.rounds.review_rounds"""

    noun = RoundOrder
    name, label = "review-rounds", "Still needed"
    description = "The level is still needed, and why; the next review is owed."
    allowed_roles = NURSES
    serializer_class = ReasonInput
    needs = rounds.review_rounds.needs

    def act(self, row, data, by):
        """Review."""
        return rounds.review_rounds(row, **data, by=by)


class StopRounds(Verb):
    """treatment.actions.rounds.stop_rounds"""

    noun = RoundOrder
    name, label = "stop-rounds", "End the rounds"
    description = "Nobody needs to watch any more; close watching is ended by a prescriber."
    allowed_roles = NURSES
    serializer_class = ReasonInput
    needs = rounds.stop_rounds.needs

    def act(self, row, data, by):
        """Stop."""
        return rounds.stop_rounds(row, **data, by=by)


class StrikeRound(Verb):
    """treatment.actions.rounds.strike"""

    noun = RoundEntry
    name, label = "strike", "Strike"
    description = "It was written down by mistake: it stays readable, and counts for nothing."
    confirm = "This cannot be taken back. Strike it?"
    allowed_roles = CARE
    serializer_class = ReasonInput
    needs = rounds.strike.needs

    def act(self, row, data, by):
        """Strike."""
        return rounds.strike(row, **data, by=by)


class LookAtRounds(Verb):
    """treatment.actions.rounds.look_at"""

    noun = RoundBatch
    name, label = "look-at", "Say what you found"
    description = "A supervisor looked at these rounds, spoke with whoever wrote them, and says what they found."
    allowed_roles = SUPERVISES
    serializer_class = LookAtRoundsInput
    needs = rounds.look_at.needs

    def act(self, row, data, by):
        """Look."""
        return rounds.look_at(row, **data, by=by)


MarkRoundOrderError = mark_error(RoundOrder, rounds.mark_error, NURSES)
