"""What the channel says happened is what happened: against something that answers like the provider, over HTTP."""

import socket
from types import SimpleNamespace

import pytest
from django.test import RequestFactory
from twilio.request_validator import RequestValidator

from messaging.channels import sms
from messaging.models import Result

from .conftest import MOBILE


def send():
    return sms.send(MOBILE, "", "Hello", "")


def test_accepted_with_the_providers_key(gateway):
    outcome = send()
    [taken] = gateway.taken
    assert (outcome.result, outcome.provider_id) == (Result.ACCEPTED, taken["sid"])
    assert (taken["to"], taken["from"], taken["body"]) == (MOBILE, "+12125550100", "Hello")
    assert taken["account_sid"] == "AC1"


@pytest.mark.parametrize(
    ("code", "result", "bad_address", "only_here", "opted_out"),
    [
        (21211, Result.PERMANENT, True, False, False),
        (21614, Result.PERMANENT, True, True, False),
        (21610, Result.PERMANENT, False, False, True),
        (21606, Result.TRANSIENT, False, False, False),  # our own sender: nothing is wrong with the person
        (99999, Result.PERMANENT, False, False, False),
    ],
)
def test_refused(gateway, code, result, bad_address, only_here, opted_out):
    gateway.refuses[MOBILE] = code
    outcome = send()
    assert outcome[0] == result
    assert (outcome.bad_address, outcome.only_here, outcome.opted_out) == (bad_address, only_here, opted_out)
    assert str(code) in outcome.detail


@pytest.mark.parametrize(
    ("does", "result"), [("500", Result.UNKNOWN), ("503", Result.TRANSIENT), ("garbage", Result.UNKNOWN)]
)
def test_an_answer_that_is_none(gateway, does, result):
    gateway.does = does
    assert send().result == result


def test_a_server_that_hangs_may_have_taken_it(gateway, settings):
    gateway.does, gateway.hangs, settings.SMS_TIMEOUT = "hang", 1, 0.3
    assert send().result == Result.UNKNOWN


def test_nobody_listens(gateway, settings):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        settings.SMS_API_URL = f"http://127.0.0.1:{closed.getsockname()[1]}"
    assert send().result == Result.TRANSIENT


def test_without_an_account_nothing_is_sent(gateway, settings):
    settings.SMS_TOKEN = ""
    assert send().result == Result.TRANSIENT
    assert not gateway.taken


def test_only_what_the_provider_signed_is_believed(settings):
    settings.SMS_TOKEN, settings.PUBLIC_URL = "secret", "https://example.org"
    posted = {"MessageSid": "SM1", "From": MOBILE, "Body": "ALTO, é"}

    def asked(posted, signature, path="/sms/messages/?a=1"):
        return RequestFactory().post(path, posted, headers={"X-Twilio-Signature": signature})

    good = RequestValidator("secret").compute_signature("https://example.org/sms/messages/?a=1", posted)
    assert sms.verified(asked(posted, good))
    assert not sms.verified(asked({**posted, "Body": "yes"}, good))
    assert not sms.verified(asked(posted, good, "/sms/receipts/"))
    assert not sms.verified(asked(posted, ""))
    settings.SMS_TOKEN = "another"
    assert not sms.verified(asked(posted, good))


def test_what_is_posted_is_read_as_it_came():
    def posted(**form):
        return SimpleNamespace(POST=form)

    [message] = sms.messages_of(posted(MessageSid="SM1", From=MOBILE, Body="a\x00b"))
    [receipt] = sms.receipts_of(posted(MessageSid="SM1", MessageStatus="failed", ErrorCode="30005"))
    assert (message["body"], receipt["code"]) == ("ab", "30005")
    assert sms.messages_of(posted(From=MOBILE)) is None and sms.receipts_of(posted(MessageSid="SM1")) is None
