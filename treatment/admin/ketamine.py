"""Ketamine that is prescribed."""

from django.contrib import admin

from patients.admin import RecordAdmin
from patients.admin.words import at, due

from ..models import MoodReview, PrescribedKetamine, PrescriberContact
from .words import PEOPLE, unset


@admin.register(PrescribedKetamine)
class PrescribedKetamineAdmin(RecordAdmin):
    """Who gives it, and whether they may be called."""

    list_display = ["patient", "prescriber", "indication", "permitted", "stopped"]
    list_select_related = ["patient"]
    list_filter = [unset("stopped_at", "Given now", "Stopped"), unset("permitted_at", "Not to be called", "Allowed")]
    search_fields = [*PEOPLE, "prescriber"]
    below = ["reviews", "contacts"]
    permitted, stopped = at("permitted_at", "May be called"), at("stopped_at", "Stopped")

    def alarms(self, request, row):
        """What to raise with the prescriber."""
        return [(words, "", "") for words in row.cautions()]

    def next_verb(self, row):
        """Speaking with the prescriber."""
        return "contact-prescriber" if row.permitted_at else "permit-contact"


@admin.register(PrescriberContact)
class PrescriberContactAdmin(RecordAdmin):
    """What was said with prescribers."""

    list_display = ["patient", "spoke_with", "words", "contacted"]
    list_select_related = ["patient"]
    search_fields = [*PEOPLE, "spoke_with"]
    contacted = at("contacted_at", "When")


@admin.register(MoodReview)
class MoodReviewAdmin(RecordAdmin):
    """Reviews of mood, owed or done."""

    list_display = ["patient", "week", "due", "concern", "reviewed"]
    list_select_related = ["patient", "duty__ladder"]
    list_filter = [unset("reviewed_at", "Owed", "Done"), "concern"]
    search_fields = PEOPLE
    on_page = ["duty__ladder"]
    reviewed = at("reviewed_at", "Reviewed")

    @admin.display(description="Due", ordering="duty__due_at")
    def due(self, row):
        """The clock of its duty."""
        return due()(self, row.duty)

    def next_verb(self, row):
        """Looking."""
        return "record-review"
