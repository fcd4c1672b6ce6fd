"""What people use is recorded here, because something may be owed for it; and what is owed."""

from accounts.models import CARE, Role
from patients.models import Patient, SubstanceUse, UseScreening
from patients.serializers import RecordUseInput, ScreenUseInput
from patients.views import Filters, Reads, Told, Verb, unset

from ..actions import uses
from ..models import HarmReductionOffer, MedicationOffer, WithdrawalReview
from ..serializers import (
    HarmReductionOfferSerializer,
    MedicationOfferSerializer,
    OfferHarmReductionInput,
    OfferMedicationInput,
    RecordWithdrawalReviewInput,
    WithdrawalReviewSerializer,
)

PRESCRIBES = frozenset({Role.PRESCRIBER})
CLINICAL = frozenset({Role.NURSE, Role.PRESCRIBER, Role.COUNSELOR, Role.SUPERVISOR})


class HarmReductionOfferFilters(Filters):
    """Still owed?"""

    planned = unset("offered_at")

    class Meta:
        model = HarmReductionOffer
        fields = ["patient", "facility", "episode", "response"]


class HarmReductionOffers(Reads):
    """Harm reduction, owed or offered."""

    model = HarmReductionOffer
    serializer_class = HarmReductionOfferSerializer
    filterset_class = HarmReductionOfferFilters
    told = (Told("use", "harm reduction offered: {offered}", "{response}", at="offered_at", by="offered_by"),)


class MedicationOfferFilters(Filters):
    """Still owed?"""

    planned = unset("offered_at")

    class Meta:
        model = MedicationOffer
        fields = ["patient", "facility", "episode", "response"]


class MedicationOffers(Reads):
    """Medication for opioid use disorder, owed or offered."""

    model = MedicationOffer
    serializer_class = MedicationOfferSerializer
    filterset_class = MedicationOfferFilters
    told = (
        Told(
            "use",
            "medication for opioid use disorder offered: {response}",
            "{referred_to}",
            at="offered_at",
            by="offered_by",
        ),
    )


class WithdrawalReviewFilters(Filters):
    """Still owed?"""

    planned = unset("reviewed_at")

    class Meta:
        model = WithdrawalReview
        fields = ["patient", "facility", "episode"]


class WithdrawalReviews(Reads):
    """Prescribers' reviews, owed or done."""

    model = WithdrawalReview
    serializer_class = WithdrawalReviewSerializer
    filterset_class = WithdrawalReviewFilters
    told = (Told("use", "withdrawal reviewed", "taper needed{taper}", at="reviewed_at", by="reviewed_by"),)


class RecordUse(Verb):
    """treatment.actions.uses.record_use"""

    noun, answer = Patient, SubstanceUse
    name, label = "record-use", "Record what they use"
    description = "What the person uses, as told by somebody at a time."
    allowed_roles = CARE
    serializer_class = RecordUseInput

    def act(self, row, data, by):
        """Record."""
        return uses.record_use(row, **data, by=by)


class ScreenUse(Verb):
    """treatment.actions.uses.screen_use"""

    noun, answer = Patient, UseScreening
    name, label = "screen-use", "Ask about everything they use"
    description = "The whole list, with an answer to each; a yes is written down as use."
    allowed_roles = CARE
    serializer_class = ScreenUseInput

    def act(self, row, data, by):
        """Screen."""
        return uses.screen_use(row, **data, by=by)


class OfferHarmReduction(Verb):
    """treatment.actions.uses.offer_harm_reduction"""

    noun = HarmReductionOffer
    name, label = "offer-harm-reduction", "Offered"
    description = "What was offered, and what the person said. Saying no needs no reason."
    allowed_roles = CARE
    serializer_class = OfferHarmReductionInput
    needs = uses.offer_harm_reduction.needs

    def act(self, row, data, by):
        """Offer."""
        return uses.offer_harm_reduction(row, **data, by=by)


class OfferMedication(Verb):
    """treatment.actions.uses.offer_medication"""

    noun = MedicationOffer
    name, label = "offer-medication", "Offered"
    description = "Medication for opioid use disorder or a referral was offered; what the person said."
    allowed_roles = CLINICAL
    serializer_class = OfferMedicationInput
    needs = uses.offer_medication.needs

    def act(self, row, data, by):
        """Offer."""
        return uses.offer_medication(row, **data, by=by)


class RecordWithdrawalReview(Verb):
    """treatment.actions.uses.record_withdrawal_review"""

    noun = WithdrawalReview
    name, label = "record-withdrawal-review", "Record the review"
    description = "Whether a taper is needed, and the plan."
    allowed_roles = PRESCRIBES
    serializer_class = RecordWithdrawalReviewInput
    needs = uses.record_withdrawal_review.needs

    def act(self, row, data, by):
        """Record."""
        return uses.record_withdrawal_review(row, **data, by=by)
