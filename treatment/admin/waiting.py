"""The wait list and the places offered from it."""

from django.contrib import admin

from patients.admin import RecordAdmin
from patients.admin.records import yes_no
from patients.admin.words import NOTHING, at, due

from ..models import Offer, WaitListEntry

PEOPLE = ["patient__preferred_name", "patient__legal_name"]


@admin.register(WaitListEntry)
class WaitListEntryAdmin(RecordAdmin):
    """The wait list: the first in line first."""

    list_display = ["patient", "program", "priority", "waiting", "call", "ended"]
    list_select_related = ["patient", "program", "duty__ladder"]
    list_filter = [
        yes_no("waiting", "waiting", "Waiting", "Ended", lambda rows: rows.filter(left_at=None)),
        "program",
    ]
    search_fields = [*PEOPLE, "program__name"]
    on_page = ["episode__patient", "duty__ladder", "place_duty__ladder"]
    below = ["offers"]
    ended = at("left_at", "Ended")

    def get_queryset(self, request):
        """In line."""
        return super().get_queryset(request).in_line()

    def get_ordering(self, request):
        """As they stand in line."""
        return ["left_at", "-priority", "since_at", "pk"]

    @admin.display(description="Priority")
    def priority(self, row):
        """The number, and what raises it."""
        return f"{row.priority}: {', '.join(row.reasons())}" if row.priority else NOTHING

    @admin.display(description="Waiting")
    def waiting(self, row):
        """For how long."""
        days = row.days_waiting()
        return f"{days} day{'' if days == 1 else 's'}"

    @admin.display(description="Next call")
    def call(self, row):
        """The clock of its duty."""
        return due()(self, row.duty) if row.left_at is None else NOTHING

    def next_verb(self, row):
        """Offering the place that is free; otherwise the call."""
        if row.left_at:
            return ""
        return "offer-place" if row.place_duty_id and row.place_duty.is_open() else "log-waiting-contact"


@admin.register(Offer)
class OfferAdmin(RecordAdmin):
    """Places offered."""

    list_display = ["patient", "program", "bed", "offered", "until", "outcome"]
    list_select_related = ["patient", "program", "bed__unit"]
    list_filter = [yes_no("open", "open", "Open", "Ended", lambda rows: rows.filter(ended_at=None)), "outcome"]
    search_fields = [*PEOPLE, "program__name"]
    on_page = ["episode__patient", "entry__patient", "entry__program", "bed__unit", "duty__ladder"]
    offered, until = at("offered_at", "Offered"), at("until_at", "Kept until")

    def next_verb(self, row):
        """The person comes."""
        return "" if row.ended_at else "accept-offer"
