"""A client of the HTTP API, from the standard library alone. It survives a system whose parts die and come back."""

from __future__ import annotations

import http.client
import json
import time
import uuid
from collections.abc import Callable, Iterator
from urllib.parse import urlencode, urlsplit

PATIENCE = 75.0  # seconds for a part that was killed to be back, or for signing in to be allowed again
WAIT = 60.0  # seconds for something to come that the system does by itself
PAUSE = 0.5


class Refused(Exception):
    """The system answered, and said no."""

    def __init__(self, status: int, code: str, sentence: str, answer: dict | None = None):
        self.status, self.code, self.answer = status, code, answer or {}
        super().__init__(f"{sentence} ({status} {code})")


class Unreachable(Exception):
    """The system did not answer, or not sensibly, for as long as we are patient."""


class Api:
    """One running system."""

    def __init__(self, url: str):
        parts = urlsplit(url)
        self.host, self.port = parts.hostname, parts.port

    def sign_in(self, username: str, password: str) -> Staff:
        """Sign in, and act as this user from now on."""
        answer = self.ask("POST", "/api/v1/login/", {"username": username, "password": password})
        return Staff(self, username, answer["token"])

    def ask(self, method: str, path: str, body: dict | None = None, token: str = "") -> dict:
        """One request, sent again under the same key until it is answered. Raises Refused or Unreachable."""
        headers = {"Accept": "application/json"}
        if token:
            headers["Authorization"] = f"Token {token}"
        if method == "POST":
            headers |= {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
        sent = json.dumps(body or {}) if method == "POST" else None
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                status, answer = self._once(method, path, sent, headers)
                trouble = f"{method} {path} answered {status}"
            except (OSError, http.client.HTTPException) as error:
                status, answer, trouble = 503, None, f"{method} {path}: {error or type(error).__name__}"
            if status < 400:
                return answer or {}
            if status < 500 and status != 429:
                raise refused(status, answer)
            if time.monotonic() > deadline:
                raise Unreachable(f"{trouble}, for {PATIENCE:.0f} seconds")
            time.sleep(PAUSE)

    def _once(self, method: str, path: str, body: str | None, headers: dict) -> tuple[int, dict | None]:
        connection = http.client.HTTPConnection(self.host, self.port, timeout=20)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read()
        finally:
            connection.close()
        try:
            return answer.status, json.loads(text) if text else None
        except ValueError:
            return answer.status, None


def refused(status: int, answer: dict | None) -> Refused:
    """The refusal in the system's own words."""
    answer = answer or {}
    sentence = answer.get("detail") or "The request was refused."
    if answer.get("fields"):
        sentence = f"{sentence} {json.dumps(answer['fields'])}"
    return Refused(status, answer.get("code", ""), sentence, answer)


class Staff:
    """Somebody signed in."""

    def __init__(self, api: Api, username: str, token: str):
        self.api, self.username, self.token = api, username, token

    def get(self, path: str) -> dict:
        """One row."""
        return self.api.ask("GET", f"/api/v1/{path}", token=self.token)

    def rows(self, noun: str, **filters) -> Iterator[dict]:
        """Every row of a noun, page by page."""
        path = f"/api/v1/{noun}/?{urlencode({'limit': 100, **filters})}"
        while path:
            page = self.api.ask("GET", path, token=self.token)
            yield from page["results"]
            following = urlsplit(page["next"] or "")
            path = f"{following.path}?{following.query}" if page["next"] else ""

    def list(self, noun: str, **filters) -> list[dict]:
        """All rows of a noun that fit."""
        return list(self.rows(noun, **filters))

    def do(self, path: str, **body) -> dict:
        """A verb."""
        return self.api.ask("POST", f"/api/v1/{path}/", body, self.token)

    def sign_out(self) -> None:
        """Give the token back."""
        self.api.ask("POST", "/api/v1/logout/", token=self.token)


def wait_for(question: Callable, sentence: str, seconds: float = WAIT):
    """Ask until the answer is not empty, and return it. Raises Unreachable, saying what did not come."""
    deadline = time.monotonic() + seconds
    while not (answer := question()):
        if time.monotonic() > deadline:
            raise Unreachable(f"{sentence} did not come within {seconds:.0f} seconds")
        time.sleep(PAUSE)
    return answer
