"""What is owed because of what a person uses: offers of harm reduction and of medication, reviews of withdrawal."""

from django.contrib import admin

from patients.admin import RecordAdmin
from patients.admin.words import at, due

from ..models import HarmReductionOffer, MedicationOffer, WithdrawalReview
from .words import PEOPLE, unset


class _OwedAdmin(RecordAdmin):
    """Something owed because of what a person uses, with the clock of its duty."""

    verb = ""
    list_select_related = ["patient", "duty__ladder"]
    search_fields = PEOPLE
    on_page = ["episode__patient", "duty__ladder"]

    @admin.display(description="Due", ordering="duty__due_at")
    def due(self, row):
        """The clock of its duty."""
        return due()(self, row.duty)

    def next_verb(self, row):
        """Doing it."""
        return self.verb


@admin.register(HarmReductionOffer)
class HarmReductionOfferAdmin(_OwedAdmin):
    """Harm reduction, owed or offered."""

    verb = "offer-harm-reduction"
    list_display = ["patient", "due", "response", "made"]
    list_filter = [unset("offered_at", "Owed", "Offered"), "response"]
    made = at("offered_at", "Offered")


@admin.register(MedicationOffer)
class MedicationOfferAdmin(_OwedAdmin):
    """Medication for opioid use disorder, owed or offered."""

    verb = "offer-medication"
    list_display = ["patient", "due", "response", "medication", "referred_to", "made"]
    list_filter = [unset("offered_at", "Owed", "Offered"), "response"]
    made = at("offered_at", "Offered")


@admin.register(WithdrawalReview)
class WithdrawalReviewAdmin(_OwedAdmin):
    """Prescribers' reviews, owed or done."""

    verb = "record-withdrawal-review"
    list_display = ["patient", "due", "taper", "scale", "score", "reviewed"]
    list_filter = [unset("reviewed_at", "Owed", "Done"), "taper"]
    reviewed = at("reviewed_at", "Reviewed")
