"""People sent out to hospital, and out on leave."""

from django.contrib import admin
from django.utils import timezone

from patients.admin import RecordAdmin
from patients.admin.records import yes_no
from patients.admin.words import NOTHING, at, clock

from ..models import Absence
from .words import PEOPLE


@admin.register(Absence)
class AbsenceAdmin(RecordAdmin):
    """People who are away, or were."""

    list_display = ["patient", "kind", "destination", "left", "expected_back", "returned"]
    list_select_related = ["patient"]
    list_filter = [yes_no("away", "away", "Away", "Back, or over", lambda rows: rows.open()), "kind"]
    search_fields = [*PEOPLE, "destination"]
    on_page = ["episode__patient", "placement__patient", "placement__program", "duty__ladder"]
    below = ["departures"]
    corrects = {"extend-leave": {"expected_back_at"}}
    left, returned = at("left_at", "Left"), at("returned_at", "Returned")

    @admin.display(description="Expected back", ordering="expected_back_at")
    def expected_back(self, row):
        """The clock, while the person is out."""
        return clock(row.expected_back_at) if row.is_open() and row.expected_back_at else NOTHING

    def next_verb(self, row):
        """Back; once they are late, not back."""
        if not (row.is_open() and row.is_leave()):
            return ""
        return "not-back" if row.is_late(timezone.now()) else "come-back"

    def alarms(self, request, row):
        """Late back."""
        return [("The person is late back from leave.", "", "")] if row.is_late(timezone.now()) else []
