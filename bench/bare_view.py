"""What everything is measured against: the same middleware and sign-in, one SELECT by key, and no audit.

Twenty static rows for the API's reads and verbs, an empty page of the admin for its pages. Served by the same
gunicorn as the real thing, with bench.bare_settings.
"""

from django.contrib import admin
from django.template.response import TemplateResponse
from django.urls import include, path
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import Facility

ROWS = [{"id": f"019aa000-0000-7000-8000-{n:012}", "name": f"Row {n}", "number": n, "version": 1} for n in range(20)]


class Bare(APIView):
    """One SELECT by key, and twenty rows that never change."""

    def get(self, request, pk):
        """Answer."""
        return Response({"next": None, "results": ROWS, "at": Facility.objects.get(pk=pk).name})


def page(request, pk):
    """An empty page of the admin, after the same SELECT."""
    context = {**admin.site.each_context(request), "title": Facility.objects.get(pk=pk).name}
    return TemplateResponse(request, "admin/base_site.html", context)


urlpatterns = [
    path("bare/<uuid:pk>/", Bare.as_view()),
    path("page/<uuid:pk>/", admin.site.admin_view(page)),
    path("", include("config.urls")),
]
