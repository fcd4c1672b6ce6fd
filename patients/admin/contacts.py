"""Ways to reach people."""

from django.contrib import admin

from ..models import ContactPoint
from .records import RecordAdmin, yes_no


@admin.register(ContactPoint)
class ContactPointAdmin(RecordAdmin):
    """Ways to reach people."""

    list_display = ["patient", "channel", "value", "agreed", "state"]
    list_select_related = ["patient"]
    list_filter = [
        "channel",
        yes_no("verified", "verified", "Verified", "Not verified", lambda rows: rows.exclude(verified_at=None)),
    ]
    search_fields = ["patient__preferred_name", "patient__legal_name", "value"]
    corrects = {
        "amend": {
            "position",
            "safe_to_leave_message",
            "preferred_days",
            "preferred_from",
            "preferred_until",
            "best_time",
        },
        "consent": {"scopes"},
    }

    @admin.display(description="Agreed to")
    def agreed(self, row):
        """What it may be used for."""
        names = dict(row._meta.get_field("scopes").base_field.choices)
        return ", ".join(names[scope] for scope in row.scopes) or "Nothing"

    @admin.display(description="State")
    def state(self, row):
        """Can it be used?"""
        if row.entered_in_error_at:
            return "Entered in error"
        if row.revoked_at:
            return "Not to be used"
        if row.broken_at:
            return "Does not work"
        return "Works" if row.verified_at else "Not tried yet"
