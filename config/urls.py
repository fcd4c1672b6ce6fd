"""Where everything is."""

from csp.decorators import csp_update
from django.contrib import admin
from django.urls import URLResolver, include, path
from django.views.generic import RedirectView

from .health import Health

# The admin's theme evaluates expressions in its markup and sets styles in place; nothing else may.
ADMIN_POLICY = {"script-src": ["'self'", "'unsafe-eval'"], "style-src": ["'self'", "'unsafe-inline'"]}


def with_policy(policy, patterns):
    """These views, each answering under this content security policy."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            with_policy(policy, pattern.url_patterns)
        else:
            pattern.callback = csp_update(policy)(pattern.callback)
    return patterns


def admin_urls():
    """The admin's pages under the admin's policy."""
    patterns, app, namespace = admin.site.urls
    return with_policy(ADMIN_POLICY, patterns), app, namespace


urlpatterns = [
    path("", RedirectView.as_view(pattern_name="admin:index"), name="home"),
    path("admin/", admin_urls()),
    path("api/v1/", include("config.api")),
    path("", include("config.public")),
    path("health/", Health.as_view(), name="health"),
]

handler400 = "audit.problems.bad_request"
handler403 = "audit.problems.permission_denied"
handler404 = "audit.problems.not_found"
handler500 = "audit.problems.server_error"
