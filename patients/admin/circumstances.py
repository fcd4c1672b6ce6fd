"""How people live."""

from django.contrib import admin

from ..models import Circumstances
from .records import RecordAdmin
from .words import at


@admin.register(Circumstances)
class CircumstancesAdmin(RecordAdmin):
    """How people live."""

    list_display = ["patient", "living", "employment", "income", "insurance", "noted"]
    list_select_related = ["patient"]
    list_filter = ["living", "employment", "insurance"]
    search_fields = ["patient__preferred_name", "patient__legal_name"]
    on_page = ["episode__patient"]
    noted = at("noted_at", "Noted")
