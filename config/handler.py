"""What becomes of a request before anything of ours sees it."""

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpRequest


class Request(WSGIRequest):
    """A request in a charset that text can be written in; any other name is ignored, as an unknown one is.

    Python has codecs that are no charsets (`zlib`, `undefined`). Django falls over them while it makes the request:
    a bare 500, and nothing in the access log. Others (`unicode_escape`, `utf-7`) write half a character, too: the
    database takes none, and a search for one would be a 500.
    """

    @property
    def encoding(self):
        """The charset that the request names; none: UTF-8."""
        return HttpRequest.encoding.fget(self)

    @encoding.setter
    def encoding(self, name):
        try:
            b"a=1".decode(name)
            b"a=1".decode(name, "replace")
            if "\ud800".encode(name, "ignore") != "".encode(name, "ignore"):
                return
        except (LookupError, ValueError):
            return
        HttpRequest.encoding.fset(self, name)


class Handler(WSGIHandler):
    """Answers them."""

    request_class = Request
