"""The least a view can do: the same middleware and sign-in, one row by its key, twenty that never change.

Not below /api/ or /admin/, so nothing of it goes into the access log.
"""

from django.contrib import admin
from django.template.response import TemplateResponse
from django.urls import path
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from config.urls import ADMIN_POLICY, with_policy
from config.urls import urlpatterns as real

ROWS = [
    {"id": f"019a0000-0000-7000-8000-{n:012}", "number": n, "preferred_name": "Ada", "legal_name": "Ada Lovelace"}
    for n in range(20)
]


class Bare(APIView):
    """One SELECT by key, twenty rows."""

    def get(self, request):
        """Answer."""
        User.objects.get(pk=request.user.pk)
        return Response({"next": None, "results": ROWS})


def page(request):
    """The admin's frame with nothing in it."""
    User.objects.get(pk=request.user.pk)
    return TemplateResponse(request, "admin/base_site.html", admin.site.each_context(request))


urlpatterns = [
    path("bare/", Bare.as_view()),
    *with_policy(ADMIN_POLICY, [path("bare/page/", admin.site.admin_view(page))]),
    *real,
]
