"""What people use."""

from django.contrib import admin

from ..models import SubstanceUse
from .records import RecordAdmin
from .words import at


@admin.register(SubstanceUse)
class SubstanceUseAdmin(RecordAdmin):
    """What people use."""

    list_display = ["patient", "substance", "route", "frequency", "last_used", "noted"]
    list_select_related = ["patient"]
    list_filter = ["substance", "source"]
    search_fields = ["patient__preferred_name", "patient__legal_name"]
    last_used = at("last_used_at", "Last used")
    noted = at("noted_at", "Noted")
