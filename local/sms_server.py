"""A stand-in for the provider of text messages, on the loopback interface: `python -m local.sms_server PORT`.

It takes messages as Twilio's API does, shows them on a page, and can write back as somebody would: signed with the
account's token, as the provider signs. Tests tell it to misbehave:

    server = SmsServer(); server.start()
    server.does = "hang"          # or "500", "503", "garbage", "works"
    server.refuses["+15550100"] = 21211
    server.write("+15550100", "STOP", "http://127.0.0.1:8000")
    server.tell(server.taken[0]["sid"], "delivered")
"""

from __future__ import annotations

import json
import os
import secrets
import sys
import threading
import time
import urllib.request
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from twilio.request_validator import RequestValidator

INBOUND = "/sms/messages/"
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Text messages</title>
<style>body {{ font: 16px/1.5 sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem }}
article {{ border: 1px solid #999; border-radius: .5rem; padding: .5rem 1rem; margin: 1rem 0 }}</style>
<h1>Text messages</h1>
<p>None of these left this machine. Write back as whoever has the number.</p>
<form method="post" action="/answer"><p><label>From <input name="number" value="{number}"></label>
<label>Words <input name="body" value="STOP"></label> <button>Write back</button></p></form>
{said}{messages}</html>"""


class SmsServer(ThreadingHTTPServer):
    """The provider, for one process: what it took, and how it behaves."""

    daemon_threads = True

    def __init__(self, port: int = 0, *, token: str = "", writes_to: str = ""):
        super().__init__(("127.0.0.1", port), Handler)
        self.token, self.writes_to = token, writes_to
        self.taken: list[dict] = []
        self.does, self.hangs, self.refuses = "works", 60.0, {}
        self.said = ""

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.server_port}"

    def start(self) -> None:
        """Serve until the process ends or `shutdown` is called."""
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def take(self, account: str, posted: dict) -> dict:
        """Keep a message, and give it a key."""
        kept = {"sid": f"SM{secrets.token_hex(16)}", "account_sid": account, "status": "queued", "at": time.time()}
        kept |= {"to": posted.get("To", ""), "from": posted.get("From", ""), "body": posted.get("Body", "")}
        kept["callback"] = posted.get("StatusCallback", "")
        self.taken.append(kept)
        return kept

    def write(self, number: str, body: str, base: str = "", *, sid: str = "") -> int:
        """Send what somebody wrote to the system at this address; returns its status."""
        posted = {"MessageSid": sid or f"SM{secrets.token_hex(16)}", "From": number, "To": "", "Body": body}
        return self._post((base or self.writes_to).rstrip("/") + INBOUND, posted)

    def tell(self, sid: str, status: str, code: str = "") -> int:
        """Say what became of a message, where the sender asked to be told."""
        callback = next(message["callback"] for message in self.taken if message["sid"] == sid)
        return self._post(callback, {"MessageSid": sid, "MessageStatus": status, "ErrorCode": code})

    def _post(self, address: str, posted: dict) -> int:
        signature = RequestValidator(self.token).compute_signature(address, posted)
        request = urllib.request.Request(address, urlencode(posted).encode())
        request.add_header("X-Twilio-Signature", signature)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code


class Handler(BaseHTTPRequestHandler):
    """One request."""

    def log_message(self, *_) -> None:
        """Say nothing: a line for every message hides what matters."""

    def do_GET(self) -> None:
        """What was taken: a page, or JSON at /messages."""
        if self.path == "/messages":
            return self._answer(200, json.dumps(self.server.taken))
        newest = list(reversed(self.server.taken))[:200]
        messages = "".join(
            f"<article><strong>To {escape(one['to'])}</strong><p>{escape(one['body'])}</p></article>"
            for one in newest
        )
        number = escape(newest[0]["to"]) if newest else ""
        said = f"<p><strong>{escape(self.server.said)}</strong></p>" if self.server.said else ""
        page = PAGE.format(number=number, said=said, messages=messages or "<p>Nothing yet.</p>")
        return self._answer(200, page, "text/html; charset=utf-8")

    def do_POST(self) -> None:
        """A message to take, words to write back, or how to behave from now on."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        path = urlsplit(self.path).path
        if path == "/answer":
            return self._write_back(parse_qs(body))
        if path == "/does":
            self.server.does = body.strip()
            return self._answer(200, "{}")
        if not path.endswith("/Messages.json"):
            return self._answer(404, json.dumps({"code": 20404, "message": "Not found", "status": 404}))
        return self._take(path.split("/")[3], dict(parse_qsl(body)))

    def _take(self, account: str, posted: dict) -> None:
        does = self.server.does
        if code := self.server.refuses.get(posted.get("To")):
            said = {"code": code, "message": "Refused", "more_info": "", "status": 400}
            return self._answer(400, json.dumps(said))
        if does in {"500", "503"}:
            return self._answer(int(does), "<html>down</html>", "text/html")
        if does == "hang":
            time.sleep(self.server.hangs)
        kept = self.server.take(account, posted)
        return self._answer(201, "\x00 no JSON" if does == "garbage" else json.dumps(kept))

    def _write_back(self, posted: dict) -> None:
        number, words = (posted.get(name, [""])[0] for name in ("number", "body"))
        try:
            status = self.server.write(number, words)
            self.server.said = f"Written back; the system answered {status}."
        except OSError as error:
            self.server.said = f"The system could not be reached: {error}"
        self.send_response(303)
        self.send_header("Location", "/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _answer(self, status: int, body: str, kind: str = "application/json") -> None:
        told = body.encode()
        try:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)
        except OSError:  # whoever asked has hung up
            self.close_connection = True


if __name__ == "__main__":
    SmsServer(
        int(sys.argv[1]), token=os.environ.get("SMS_TOKEN", ""), writes_to=os.environ.get("PUBLIC_URL", "")
    ).serve_forever()
