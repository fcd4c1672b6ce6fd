"""What people take when they come."""

from django.contrib import admin

from patients.admin import RecordAdmin
from patients.admin.words import at

from ..models import MedicationStatement, Reconciliation
from .words import PEOPLE, unset


@admin.register(MedicationStatement)
class MedicationStatementAdmin(RecordAdmin):
    """What people take, and what was decided about it."""

    list_display = ["patient", "medication", "dose", "how_often", "decision"]
    list_select_related = ["patient"]
    list_filter = [unset("decided_at", "To be decided", "Decided"), "decision"]
    search_fields = [*PEOPLE, "medication"]

    def next_verb(self, row):
        """Deciding."""
        return "decide"


@admin.register(Reconciliation)
class ReconciliationAdmin(RecordAdmin):
    """When allergies and medication were gone through."""

    list_display = ["patient", "reconciled", "reconciled_by", "takes_nothing"]
    list_select_related = ["patient", "reconciled_by"]
    search_fields = PEOPLE
    on_page = ["placement__program"]
    reconciled = at("reconciled_at", "Gone through")
