"""The routes of a noun: one address for its list, one for each row, one for each verb."""

from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt


def noun(name, reads, *verbs, key="uuid"):
    """The routes of a noun: its list, one of it, and its verbs; the one that creates is a POST to the list."""
    creates = next((verb for verb in verbs if verb.creates), None)
    many = reads.as_view({"get": "list"})
    yield path(f"{name}/", either(many, creates.as_view()) if creates else many, name=f"{name}-list")
    if key:
        yield path(f"{name}/<{key}:pk>/", reads.as_view({"get": "retrieve"}), name=f"{name}-one")
    for verb in verbs:
        if not verb.creates:
            yield path(f"{name}/<{key}:pk>/{verb.name}/", verb.as_view(), name=f"{name}-{verb.name}")


def either(many, create):
    """One address: a POST creates, everything else is about the list."""

    @csrf_exempt  # REST framework checks it where a session signs somebody in
    def view(request, *args, **kwargs):
        answer = (create if request.method == "POST" else many)(request, *args, **kwargs)
        if request.method == "OPTIONS":
            answer["Allow"] = "GET, HEAD, OPTIONS, POST"
        return answer

    view.cls, view.actions, view.initkwargs, view.create = many.cls, many.actions, many.initkwargs, create
    return view


def with_creation(endpoints):
    """For the description of the API: what a POST to a list does."""
    for address, pattern, method, callback in endpoints:
        yield address, pattern, method, callback
        if hasattr(callback, "create"):
            yield address, pattern, "POST", callback.create


def part_of(noun, name, reads):
    """What is read of one row at an address of its own."""
    return path(f"{noun}/<uuid:pk>/{name}/", reads.as_view({"get": "retrieve"}), name=f"{noun}-{name}")


def figures(name, reads):
    """A list that is read as a whole and has no rows of its own."""
    return path(f"{name}/", reads.as_view({"get": "list"}), name=name)


def by_first_word(routes):
    """The same routes under the first letter and word of their addresses: else a request tries hundreds in vain."""
    letters = {}
    for route in routes:
        word, _, rest = str(route.pattern).partition("/")
        words = letters.setdefault(word[0], {})
        words.setdefault(word[1:], []).append(path(rest, route.callback, name=route.name))
    return [
        path(letter, include([path(f"{word}/", include(found)) for word, found in words.items()]))
        for letter, words in letters.items()
    ]
