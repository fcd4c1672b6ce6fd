"""A client that waits for the whole answer, one request at a time, and says how long it took."""

import http.client
import json
import re
import time
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit


class Failed(Exception):
    """The system did not answer as it should; a figure of it would be a lie."""


class Client:
    """One signed-in user of the API and of the admin."""

    def __init__(self, port, username, password):
        self.port, self.cookies = port, {}
        asked = {"username": username, "password": password}
        self.token = self.ask("POST", "/api/v1/login/", asked)[1]["token"]
        form = self._send("GET", "/admin/login/", None, {})[1]
        mark = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', form).group(1).decode()
        body = urlencode({**asked, "csrfmiddlewaretoken": mark, "next": "/admin/"})
        status, _ = self._send("POST", "/admin/login/", body, {"Content-Type": "application/x-www-form-urlencoded"})
        if status != 302:
            raise Failed(f"{username} could not sign in to the admin: {status}")

    def ask(self, method, path, body=None):
        """(seconds, answer) of the API. Raises Failed."""
        headers = {"Accept": "application/json", "Content-Type": "application/json"}
        if getattr(self, "token", None):
            headers["Authorization"] = f"Token {self.token}"
        began = time.perf_counter()
        status, text = self._send(method, path, json.dumps(body) if body is not None else None, headers, False)
        took = time.perf_counter() - began
        if status >= 400:
            raise Failed(f"{method} {path} answered {status}: {text[:300].decode(errors='replace')}")
        return took, json.loads(text)

    def get(self, path):
        """Seconds of a read of the API."""
        return self.ask("GET", path)[0]

    def page(self, path):
        """Seconds of a page of the admin."""
        began = time.perf_counter()
        status, _ = self._send("GET", path, None, {})
        if status != 200:
            raise Failed(f"{path} answered {status}")
        return time.perf_counter() - began

    def _send(self, method, path, body, headers, cookies=True):
        if cookies:
            headers = {**headers, "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            link.request(method, path, body, headers)
            answer = link.getresponse()
            text = answer.read()
            for line in answer.headers.get_all("Set-Cookie") or []:
                self.cookies.update({name: morsel.value for name, morsel in SimpleCookie(line).items()})
            return answer.status, text
        finally:
            link.close()


def following(answer):
    """The path of the next page, or None."""
    parts = urlsplit(answer["next"] or "")
    return f"{parts.path}?{parts.query}" if parts.path else None
