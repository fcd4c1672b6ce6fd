"""What people must not be given."""

from django.contrib import admin

from ..models import Allergy
from .head import element, faint, loud
from .records import RecordAdmin
from .words import at


@admin.register(Allergy)
class AllergyAdmin(RecordAdmin):
    """Allergies, and statements that none is known."""

    list_display = ["patient", "what", "reaction", "severity", "status", "noted"]
    list_select_related = ["patient"]
    list_filter = ["status", "severity", "none_known"]
    search_fields = ["patient__preferred_name", "patient__legal_name", "substance"]
    corrects = {"amend": {"code", "reaction", "severity"}}
    noted = at("noted_at", "Noted")

    @admin.display(description="To", ordering="substance")
    def what(self, row):
        """The substance, or that none is known."""
        return str(row)


@element("allergies")
def allergies(head):
    """What they must not be given; loudly, that nobody has asked."""
    words = Allergy.objects.of(head.patient).in_words()
    if not words:
        return loud("allergies not asked", "soon", "◐")
    return faint(words) if words == "No known allergies" else loud(f"Allergies: {words}")
