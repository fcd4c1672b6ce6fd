"""Diagnoses and the criteria behind them."""

from django.contrib import admin
from django.utils.html import format_html_join

from ..models import Condition, CriteriaAssessment, CriteriaSet
from .records import RecordAdmin
from .words import NOTHING, at


@admin.register(Condition)
class ConditionAdmin(RecordAdmin):
    """Diagnoses."""

    list_display = ["patient", "words", "code", "severity", "status", "principal"]
    list_select_related = ["patient"]
    list_filter = ["status", "principal", "system"]
    search_fields = ["patient__preferred_name", "patient__legal_name", "words", "code"]
    corrects = {"amend": {"system", "code", "words", "onset_on", "severity"}}


@admin.register(CriteriaAssessment)
class CriteriaAssessmentAdmin(RecordAdmin):
    """Criteria that were met, and what follows."""

    list_display = ["patient", "criteria_set", "count", "severity", "assessed", "assessed_by"]
    list_select_related = ["patient", "criteria_set", "assessed_by"]
    search_fields = ["patient__preferred_name", "patient__legal_name"]
    assessed = at("assessed_at", "Assessed")

    def get_fields(self, request, obj=None):
        """With what follows from them."""
        return [*super().get_fields(request, obj), "severity", "suggestion"]

    @admin.display(description="Criteria met")
    def count(self, row):
        """How many."""
        return row.count()

    @admin.display(description="Severity")
    def severity(self, row):
        """As it follows from the count."""
        return str(row.severity().label) if row.severity() else "None"

    @admin.display(description="Usual code")
    def suggestion(self, row):
        """A suggestion, never a diagnosis."""
        if not row.suggested_code():
            return NOTHING
        return f"{row.suggested_code()}, in remission {row.suggested_code_in_remission()} (ICD-10-CM, a suggestion)"


@admin.register(CriteriaSet)
class CriteriaSetAdmin(RecordAdmin):
    """Criteria. Editions never change."""

    list_display = ["name", "slug", "edition", "source"]
    list_select_related = False
    search_fields = ["name", "slug"]
    ordering = ["slug", "-edition"]

    def get_list_filter(self, request):
        """It belongs to no place."""
        return self.list_filter

    def get_fields(self, request, obj=None):
        """The criteria as lines."""
        return ["criteria" if name == "items" else name for name in super().get_fields(request, obj)]

    @admin.display(description="Criteria")
    def criteria(self, row):
        """One line each."""
        return format_html_join("", "<div>{}</div>", [(item["text"],) for item in row.items])
