"""Doses that are due, and what became of each."""

from django.contrib import admin
from django.utils import timezone

from patients.admin import RecordAdmin
from patients.admin.records import yes_no
from patients.admin.words import at, due

from ..models import Administration, Dose
from .medication_orders import in_lines
from .words import PEOPLE, unset


@admin.register(Dose)
class DoseAdmin(RecordAdmin):
    """Doses, a day ahead."""

    list_display = ["patient", "order", "due", "closed_because"]
    list_select_related = ["patient", "order"]
    list_filter = [
        unset("closed_at", "Owed", "Closed"),
        yes_no("late", "late", "Late", "Others", lambda rows: rows.late(timezone.now())),
    ]
    search_fields = [*PEOPLE, "order__name"]
    ordering = ["-due_at", "pk"]
    on_page = ["order__episode__patient", "order__medication"]
    below = ["administrations", "incidents"]
    reviews = {"give": ("patient", "order", "due_at"), "not-given": ("patient", "order", "due_at")}
    due = due("due_at", "closed_at")

    def next_verb(self, row):
        """Giving it."""
        return "" if row.closed_at else "give"


@admin.register(Administration)
class AdministrationAdmin(RecordAdmin):
    """What became of doses."""

    list_display = ["patient", "order", "outcome", "administered", "administered_by", "witnessed_by", "reason"]
    list_select_related = ["patient", "order", "administered_by", "witnessed_by"]
    list_filter = [
        "outcome",
        yes_no("unwitnessed", "seen", "Waits for a witness", "Others", lambda rows: rows.unwitnessed()),
    ]
    search_fields = [*PEOPLE, "order__name"]
    on_page = ["episode__patient", "order__medication", "due__order"]
    administered = at("administered_at", "When")

    def get_fields(self, request, obj=None):
        """The findings in lines."""
        return ["found" if name == "findings" else name for name in super().get_fields(request, obj)]

    @admin.display(description="What the rules found")
    def found(self, row):
        """One line each."""
        return in_lines(row.findings) or "Nothing was asked at this dose."

    def next_verb(self, row):
        """Seeing it."""
        return "witness" if row.needs_witness and not row.witnessed_at else ""
