"""How notices fared, and who asked not to be written to."""

from django.contrib import admin

from patients.admin import RecordAdmin
from patients.admin.records import yes_no
from patients.admin.words import at

from .models import Attempt, OptOut


@admin.register(Attempt)
class AttemptAdmin(RecordAdmin):
    """Tries to hand notices over."""

    list_display = ["notice", "patient", "channel", "result", "when", "detail"]
    list_select_related = ["notice__duty__ladder", "patient"]
    list_filter = ["result", "channel"]
    search_fields = ["patient__preferred_name", "detail"]
    on_page = ["notice__duty__ladder", "contact_point__patient"]
    when = at("at", "When")

    def get_list_filter(self, request):
        """Its place is the notice's."""
        return self.list_filter


@admin.register(OptOut)
class OptOutAdmin(RecordAdmin):
    """Who asked not to be written to."""

    list_display = ["patient", "what", "how", "asked", "lifted"]
    list_select_related = ["patient"]
    list_filter = [
        "channel",
        yes_no("in force", "in_force", "In force", "Lifted", lambda rows: rows.filter(lifted_at=None)),
    ]
    search_fields = ["patient__preferred_name", "patient__legal_name"]
    asked, lifted = at("asked_at", "Asked"), at("lifted_at", "Lifted")

    def get_list_filter(self, request):
        """It holds at every place."""
        return self.list_filter

    @admin.display(description="Channel", ordering="channel")
    def what(self, row):
        """One channel, or all."""
        return row.get_channel_display() or "Every channel"

    def next_verb(self, row):
        """Nothing stands out: it is theirs to ask."""
        return ""
