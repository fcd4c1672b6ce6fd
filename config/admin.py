"""The admin site: its front page and its apps."""

from django.contrib.admin.apps import AdminConfig


class ThroughlineAdminConfig(AdminConfig):
    """The admin, with our site in it."""

    default_site = "unfold.sites.UnfoldAdminSite"


def front_page(request, context):
    """What the front page shows."""
    return context
