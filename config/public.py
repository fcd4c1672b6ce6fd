"""What the host of PUBLIC_URL serves, where it is one of its own: the page behind a link, and what providers tell us.

Whoever has a message, or finds the host in one, learns nothing from it: any other path is an empty 404.
"""

from django.conf import settings
from django.http import HttpResponse
from django.http.request import split_domain_port
from django.urls import Resolver404, path, resolve

from aftercare import pages
from aftercare.views import hooks
from messaging.channels import email, sms


def empty(status):
    """An error page that says nothing."""

    def view(request, exception=None):
        request.refusal = "nothing_here"
        return HttpResponse(status=status, content_type="text/plain")

    return view


urlpatterns = [
    # Read by whoever sees the phone: it names nothing.
    path(f"{email.STOP.lstrip('/')}<str:token>", pages.stop, name="stop"),
    path("c/<str:token>/", pages.check_in, name="check_in_page"),
    path("c/<str:token>", pages.check_in),
    path(sms.MESSAGES.lstrip("/"), hooks.text_in, name="text_in"),
    path(sms.RECEIPTS.lstrip("/"), hooks.text_receipt, name="text_receipt"),
    path(email.RECEIPTS.lstrip("/"), hooks.mail_receipt, name="mail_receipt"),
]
handler400, handler403, handler404, handler500 = empty(400), empty(403), empty(404), empty(500)


class PublicHost:
    """Before anything that could answer for the clinic, static files among it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """On the public host, the public paths; everywhere else, everything."""
        if not settings.PUBLIC_HOST or split_domain_port(request.get_host())[0] != settings.PUBLIC_HOST:
            return self.get_response(request)
        request.urlconf = __name__
        try:
            resolve(request.path_info, __name__)
        except Resolver404:
            return handler404(request)
        return self.get_response(request)
