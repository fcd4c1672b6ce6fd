"""The tabs of a page too long to be read at once: each an address of its own, each asking only for what it shows."""

from typing import NamedTuple


class Tab(NamedTuple):
    """One tab: its address, its words, what it lists, and what else stands on it."""

    slug: str
    label: str
    below: tuple = ()
    shows: frozenset = frozenset()


# Pictures by the tab they stand on, registered by the apps that have the numbers.
PLOTS = {}


def plot(slug):
    """Register a function of the request and the person that answers with a picture, or with nothing."""

    def register(function):
        PLOTS.setdefault(slug, []).append(function)
        return function

    return register


def chosen(tabs, request):
    """The tab that was asked for; the first one when that is none of them, and nothing where there are no tabs."""
    asked = request.GET.get("tab")
    return next((tab for tab in tabs if tab.slug == asked), tabs[0] if tabs else None)
