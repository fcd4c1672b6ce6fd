"""Legal grounds, and what those around people are worried about."""

from django.contrib import admin

from patients.admin import RecordAdmin
from patients.admin.head import element, link, loud
from patients.admin.records import yes_no
from patients.admin.words import at, due

from ..models import LegalStatus, Worry

PEOPLE = ["patient__preferred_name", "patient__legal_name"]


@admin.register(LegalStatus)
class LegalStatusAdmin(RecordAdmin):
    """Legal grounds."""

    list_display = ["patient", "kind", "authority", "until", "decision", "ended"]
    list_select_related = ["patient", "facility", "duty__ladder"]
    list_filter = ["kind", yes_no("open", "open", "In force", "Ended", lambda rows: rows.filter(ended_at=None))]
    search_fields = [*PEOPLE, "reference"]
    on_page = ["duty__ladder"]
    until, ended = at("until_at", "Until"), at("ended_at", "Ended")

    @admin.display(description="Decision", ordering="duty__due_at")
    def decision(self, row):
        """The clock of its duty."""
        return due()(self, row.duty)

    def alarms(self, request, row):
        """That it ran out, or is about to."""
        return [(row.in_words(), "", "")] if not row.entered_in_error_at and row.is_urgent() else []


@admin.register(Worry)
class WorryAdmin(RecordAdmin):
    """Worries."""

    list_display = ["patient", "supporter", "words", "call", "heard"]
    list_select_related = ["patient", "supporter", "duty__ladder"]
    search_fields = [*PEOPLE, "supporter__name"]
    on_page = ["duty__ladder"]
    heard = at("heard_at", "Heard")

    @admin.display(description="Call", ordering="duty__due_at")
    def call(self, row):
        """The clock of its duty."""
        return due()(self, row.duty)


@element("legal")
def legal(head):
    """The ground that ends first; loudly, when somebody must decide."""
    rows = list(LegalStatus.objects.of(head.patient).open().select_related("facility").order_by("until_at", "pk"))
    if not rows:
        return ""
    words = ", ".join(row.in_words() for row in rows)
    return loud(words) if any(row.is_urgent() for row in rows) else link(rows[0], words)
