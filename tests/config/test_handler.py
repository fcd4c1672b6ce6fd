"""What becomes of a request before anything of ours sees it."""

import json

import pytest
from django.test import RequestFactory
from knox.models import get_token_model

from audit.models import AccessEvent
from config.handler import Handler


def asked(content_type, body):
    """The answer to this, in the request the web server makes of it: a test's client makes Django's own."""
    sent = RequestFactory().post("/api/v1/login/", body, content_type="application/json").environ
    handler = Handler()
    answer = handler.get_response(handler.request_class({**sent, "CONTENT_TYPE": content_type}))
    return answer.status_code, json.loads(answer.content)["code"]


@pytest.mark.parametrize("name", ["zlib", "bz2", "rot13", "hex", "undefined", "punycode", "klingon"])
def test_a_codec_that_is_no_charset_is_ignored_as_an_unknown_one_is(clinic, name):
    body = json.dumps({"username": "nobody", "password": "wörtlich"}, ensure_ascii=False).encode()
    assert asked(f"application/json; charset={name}", body) == (401, "login_failed")
    assert AccessEvent.objects.get().code == "login_failed"


@pytest.mark.parametrize("name", ["unicode_escape", "raw_unicode_escape", "utf-7"])
def test_a_charset_that_writes_half_a_character_is_ignored_too(clinic, name):
    """Nothing that the database is asked may hold one: here, a name that somebody searches for."""
    sent = RequestFactory().get("/api/v1/patients/?q=abc%5Cud800%2B2AA-").environ
    token = get_token_model().objects.create(user=clinic.nurse)[1]
    handler = Handler()
    told = {"CONTENT_TYPE": f"text/plain; charset={name}", "HTTP_AUTHORIZATION": f"Token {token}"}
    answer = handler.get_response(handler.request_class({**sent, **told}))
    assert answer.status_code == 200, answer.content
    assert json.loads(answer.content)["results"] == []


def test_a_charset_that_is_one_is_read(clinic):
    body = json.dumps({"username": "nobody", "password": "wörtlich"}, ensure_ascii=False).encode("latin-1")
    assert asked("application/json; charset=latin-1", body) == (401, "login_failed")
    assert asked("application/json", body) == (400, "malformed")
