"""Papers and pictures about people."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import path, reverse
from django.utils.html import format_html

from ..models import Document
from ..views.documents import handed_out
from .head import element
from .records import RecordAdmin
from .words import NOTHING, at


@admin.register(Document)
class DocumentAdmin(RecordAdmin):
    """Papers and pictures."""

    list_display = ["patient", "title", "kind", "dated_on", "added", "added_by"]
    list_select_related = ["patient", "added_by"]
    list_filter = ["kind", "media_type"]
    search_fields = ["patient__preferred_name", "patient__legal_name", "title"]
    corrects = {"amend": {"title", "dated_on"}}
    added = at("added_at", "Added")

    def get_queryset(self, request):
        """Without mistakes, and without photos whose consent was taken back."""
        return super().get_queryset(request).listed()

    def get_fields(self, request, obj=None):
        """With the way to what is in it."""
        return ["file", *super().get_fields(request, obj)]

    @admin.display(description="File")
    def file(self, row):
        """A way to it, while it may be shown."""
        if row.consent_withdrawn_at:
            return NOTHING
        return format_html(
            '<a href="{}">{}, {} kB</a>', file_of(row), row.get_media_type_display(), row.size // 1000 + 1
        )

    def get_urls(self):
        """And its file."""
        file = path("<uuid:pk>/file/", self._wrapped(self.file_view), name="patients_document_file")
        return [file, *super().get_urls()]

    def file_view(self, request, pk):
        """The bytes."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            return handed_out(self.find(request, str(pk)))
        except ValidationError as refusal:
            request.refusal = refusal.code
            raise PermissionDenied(refusal.message) from None


def file_of(document):
    """The address of its bytes."""
    return reverse("admin:patients_document_file", args=[document.pk])


@element("photo")
def photo(head):
    """The person, who agreed to be shown."""
    found = Document.objects.of(head.patient).photo()
    return format_html('<img class="tl-photo" src="{}" alt="Photo">', file_of(found)) if found else ""
