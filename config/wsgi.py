"""The web server's way in."""

import os
from importlib import import_module

import django
from django.conf import settings

from config.garbage import keep_what_is_loaded
from config.handler import Handler

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup(set_prefix=False)
application = Handler()
import_module(settings.ROOT_URLCONF)  # loaded now and not with the first request
keep_what_is_loaded()
