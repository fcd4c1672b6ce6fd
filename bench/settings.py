"""The real settings, with the bare views beside the real ones."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "bench.bare_view"
