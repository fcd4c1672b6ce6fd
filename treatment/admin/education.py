"""Texts for people: read by staff, printed, and given."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join

from patients.admin import RecordAdmin
from patients.admin.forms import OFFERS
from patients.admin.head import loud
from patients.admin.records import yes_no
from patients.admin.words import at

from ..models import EducationGiven, EducationText

PEOPLE = ["patient__preferred_name", "patient__legal_name"]


def _state(row):
    """Is it to be checked again?"""
    return f"past review since {row.review_due_on:%b %d, %Y}" if row.is_past_review() else ""


def offered_texts(rows, row=None):
    """The newest editions; one that should have been checked again says so."""
    texts = rows.filter(pk__in=EducationText.objects.current().values("pk")).order_by("title", "language")
    return [(row.pk, ", ".join(filter(None, [str(row), _state(row)]))) for row in texts]


OFFERS[EducationText] = offered_texts


@admin.register(EducationText)
class EducationTextAdmin(RecordAdmin):
    """Texts for people. Editions never change."""

    list_display = ["title", "language", "edition", "reviewed_on", "review"]
    list_select_related = False
    list_filter = [
        "language",
        yes_no("current", "current", "Newest edition", "Replaced", lambda rows: rows.current()),
    ]
    search_fields = ["title", "slug"]
    ordering = ["slug", "language", "-edition"]

    def get_list_filter(self, request):
        """It belongs to no place."""
        return self.list_filter

    def get_fields(self, request, obj=None):
        """As it is read."""
        written = {"sections": "as_read", "sources": "where_from"}
        return ["sheet", *(written.get(name, name) for name in super().get_fields(request, obj))]

    @admin.display(description="To print")
    def sheet(self, row):
        """Black on white, with nothing else on it."""
        return format_html('<a href="{}">Open the sheet</a>', self._sheet_of(row))

    def _sheet_of(self, row):
        return reverse("admin:treatment_educationtext_print", args=[row.pk])

    @admin.display(description="Review")
    def review(self, row):
        """Still current, or to be checked again."""
        return loud(_state(row).capitalize(), "soon", "◐") if row.is_past_review() else "Current"

    @admin.display(description="Text")
    def as_read(self, row):
        """Headings, paragraphs and lists."""
        return format_html_join("", "<h3>{}</h3>{}{}", (_section(section) for section in row.sections))

    @admin.display(description="Sources")
    def where_from(self, row):
        """One line each."""
        return format_html_join("", "<div>{}</div>", ((source,) for source in row.sources))

    def alarms(self, request, row):
        """That it should have been checked again."""
        if not row.is_past_review():
            return []
        sentence = f"This text should have been checked again by {row.review_due_on:%b %d, %Y}."
        return [(sentence, self._sheet_of(row), "Print it all the same")]

    def get_urls(self):
        """And its sheet."""
        sheet = path("<uuid:pk>/print/", self._wrapped(self.print_view), name="treatment_educationtext_print")
        return [sheet, *super().get_urls()]

    def print_view(self, request, pk):
        """The sheet, black on white: nothing on it says who gave it or to whom."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return TemplateResponse(request, "admin/education.html", {"text": self.find(request, str(pk))})


def _section(section):
    paragraphs = format_html_join("", "<p>{}</p>", ((line,) for line in section.get("says", [])))
    points = format_html_join("", "<div>• {}</div>", ((line,) for line in section.get("points", [])))
    return section["heading"], paragraphs, points


@admin.register(EducationGiven)
class EducationGivenAdmin(RecordAdmin):
    """Texts given."""

    list_display = ["patient", "text", "how", "given", "given_by"]
    list_select_related = ["patient", "text", "given_by"]
    list_filter = ["how"]
    search_fields = [*PEOPLE, "text__title"]
    on_page = ["episode__patient"]
    given = at("given_at", "Given")
