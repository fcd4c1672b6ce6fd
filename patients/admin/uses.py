"""What people use, and every time they were asked."""

from django.contrib import admin
from django.utils.html import format_html_join

from ..codes import CoUse
from ..models import SubstanceUse, UseScreening
from .forms import KEYS
from .records import RecordAdmin, yes_no
from .words import at

KEYS["co_use"] = lambda row: CoUse.choices


@admin.register(SubstanceUse)
class SubstanceUseAdmin(RecordAdmin):
    """What people use."""

    list_display = ["patient", "substance", "rank", "route", "frequency", "last_used", "noted"]
    list_select_related = ["patient"]
    list_filter = [
        yes_no("known now", "current", "Newest of each substance", "Said before", lambda rows: rows.current()),
        "substance",
        "rank",
        "source",
    ]
    search_fields = ["patient__preferred_name", "patient__legal_name"]
    last_used = at("last_used_at", "Last used")
    noted = at("noted_at", "Noted")

    def get_fields(self, request, obj=None):
        """With what to bear in mind."""
        return [*super().get_fields(request, obj), "bear_in_mind"]

    @admin.display(description="To bear in mind")
    def bear_in_mind(self, row):
        """One line each."""
        notes = [*row.notes(), row.dose_in_words(row.patient.weight_kg)]
        return format_html_join("", "<div>{}</div>", [(note,) for note in notes if note])


@admin.register(UseScreening)
class UseScreeningAdmin(RecordAdmin):
    """Every time the whole list was asked."""

    list_display = ["patient", *CoUse.values, "screened"]
    list_select_related = ["patient"]
    search_fields = ["patient__preferred_name", "patient__legal_name"]
    screened = at("screened_at", "Asked")
