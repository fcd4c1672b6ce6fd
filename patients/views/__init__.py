"""The two bases of every view, and the person's own views, one file a noun."""

from importlib import import_module

from .pages import Filters, Pages, unset

__all__ = ["READS", "VERBS", "Filters", "Pages", "Reads", "Verb", "about", "require_role", "unset", "wrong_role"]


def __getattr__(name):
    """The bases, when first asked for: REST framework asks for Pages while its own views are half made."""
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module(".bases", __name__), name)
