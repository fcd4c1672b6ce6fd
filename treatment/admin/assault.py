"""Asking about assault: on pages of its own, and on no other."""

from django.contrib import admin

from patients.admin import RecordAdmin
from patients.admin.words import at

from ..models import AssaultReader, AssaultScreen
from .words import PEOPLE


@admin.register(AssaultScreen)
class AssaultScreenAdmin(RecordAdmin):
    """What was answered, for those who were named."""

    list_display = ["patient", "screened"]
    list_select_related = ["patient"]
    on_page = ["episode__patient"]
    search_fields = PEOPLE
    below = ["readers"]
    screened = at("screened_at", "Asked")


@admin.register(AssaultReader)
class AssaultReaderAdmin(RecordAdmin):
    """Who may read which."""

    list_display = ["patient", "reader", "named"]
    list_select_related = ["patient", "reader"]
    search_fields = PEOPLE
    named = at("named_at", "Named")
