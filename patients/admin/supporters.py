"""People around people."""

from django.contrib import admin

from ..models import Supporter
from ..models.supporters import MayKnow
from .head import element, loud
from .records import RecordAdmin, yes_no


@admin.register(Supporter)
class SupporterAdmin(RecordAdmin):
    """People around people, and what they may know."""

    list_display = ["patient", "name", "relation", "kind", "told"]
    list_select_related = ["patient"]
    list_filter = [
        "kind",
        yes_no("contact", "contact", "Allowed", "Forbidden", lambda rows: rows.filter(do_not_contact_at=None)),
    ]
    search_fields = ["patient__preferred_name", "patient__legal_name", "name"]
    corrects = {
        "amend": {"name", "relation", "kind", "phone", "email"},
        "permit": {"may_know", "may_know_words"},
    }

    @admin.display(description="May know")
    def told(self, row):
        """Forbidden first, then what was permitted."""
        if row.do_not_contact_at:
            return "■ Do not contact"
        return ", ".join(str(MayKnow(what).label) for what in row.may_know) or "Nothing"

    def alarms(self, request, row):
        """Before anything else: nobody contacts them."""
        if row.do_not_contact_at and not row.entered_in_error_at:
            return [(f"Do not contact, and tell them nothing: {row.do_not_contact_reason}", "", "")]
        return []

    def next_verb(self, row):
        """Written permission, where there is none."""
        return "" if row.do_not_contact_at or row.permission_given_at else "permit"


@element("warnings")
def warnings(head):
    """Whom nobody may contact or tell anything."""
    names = ", ".join(str(one) for one in Supporter.objects.of(head.patient).forbidden())
    return loud(f"Do not contact {names}") if names else ""
