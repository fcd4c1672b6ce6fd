"""Counseling notes: on pages of their own, and on no other."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.html import format_html

from patients.admin import RecordAdmin
from patients.admin.pads import Pad
from patients.admin.records import LEADS_TO
from patients.admin.words import NOTHING, at

from ..models import CounselingGrant, CounselingNote
from ..models.counseling import NOT_HERE
from .words import PEOPLE, unset

LEADS_TO["begin-counseling-note"] = lambda note: note


@admin.register(CounselingNote)
class CounselingNoteAdmin(RecordAdmin):
    """One's own, and those one was let read; a list says only that they are there."""

    list_display = ["patient", "written_by", "written", "signed"]
    list_select_related = ["patient", "written_by"]
    list_filter = [unset("signed_at", "Draft", "Signed")]
    search_fields = PEOPLE
    hidden_fields = RecordAdmin.hidden_fields | {"key_id", "sealed"}
    on_page = ["session__patient"]
    below = ["grants"]
    corrects = {"write": {"text"}}
    reviews = {"sign": ("said",)}
    verb_order = ("sign", "let-read")
    written, signed = at("written_at", "Written"), at("signed_at", "Signed")

    def get_fields(self, request, obj=None):
        """With what it says, where one note is opened and not written in."""
        names = super().get_fields(request, obj)
        return names if obj is None or self._is_written_here(request, obj) else [*names, "said"]

    @admin.display(description="What it says")
    def said(self, row):
        """Opened for this page alone."""
        try:
            return format_html('<div class="tl-prose">{}</div>', row.text) if row.key_id else NOTHING
        except ValidationError as broken:
            return broken.messages[0]

    def pads(self, request, row):
        """Its text, while it is a draft of one's own, with what does not belong into it."""
        if not self._is_written_here(request, row):
            return []
        return [Pad(request, row, "write", "text", label="The counseling note", hint=NOT_HERE)]

    def _is_written_here(self, request, row):
        """A draft of one's own whose seal is whole."""
        try:
            return row.is_draft_of(request.user) and row.text is not None
        except ValidationError:
            return False

    def next_verb(self, row):
        """Signing, once there is something to sign."""
        return "" if row.signed_at else "sign" if row.key_id else "write"


@admin.register(CounselingGrant)
class CounselingGrantAdmin(RecordAdmin):
    """Who may read which."""

    list_display = ["patient", "reader", "granted", "until", "revoked"]
    list_select_related = ["patient", "reader"]
    search_fields = PEOPLE
    on_page = ["note"]
    granted, until = at("granted_at", "Since"), at("until_at", "Until")
    revoked = at("revoked_at", "Taken back")
