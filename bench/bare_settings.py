"""The real settings with the bare pages, and without the record of who opened what."""

from config.settings import *  # noqa: F403
from config.settings import MIDDLEWARE

ROOT_URLCONF = "bench.bare_view"
MIDDLEWARE = [one for one in MIDDLEWARE if one != "audit.middleware.AccessLog"]
